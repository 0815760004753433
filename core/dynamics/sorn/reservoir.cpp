#include "core/dynamics/sorn/reservoir.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <type_traits>
#include <utility>

#include "core/dynamics/sorn/noise.h"
#include "core/dynamics/sorn/static_links.h"
#include "core/dynamics/sorn/synapses.h"

namespace plexarium::sorn {
namespace {

/// Pairs of the 200 neurons that the usual number of births is meant for.
constexpr double usualPairs = 200.0 * 199;

template <typename Raw>
class ReservoirOf final : public Reservoir {
 public:
  using Real = std::conditional_t<std::is_integral_v<Raw>, float, double>;

  void read(const Graph& graph, const Settings& settings) override;
  void write(Graph& graph, Tick carriedThrough) override;
  Tally step(const Ground& ground) override;
  [[nodiscard]] std::size_t bytes() const override { return ee_.bytes() + ei_.bytes() + static_.bytes(); }

 private:
  void readStatic(const Graph& graph);
  void prepare(const Ground& ground);
  void exciteAll(const Settings& settings);
  void inhibitAll(const Settings& settings);
  void pair(const Settings& settings, Tally& tally);
  void moveThresholds(const Settings& settings);
  void grow(const Ground& ground, Tally& tally);
  void birth(std::uint32_t source, std::uint32_t target, const Ground& ground, Tally& tally);
  void adaptInhibition(const Settings& settings, Tally& tally);
  void scale(const Settings& settings, Tally& tally);
  [[nodiscard]] std::optional<std::pair<std::uint32_t, std::uint32_t>> freePair(const RandomStream& stream, Tick tick,
                                                                                std::uint32_t& draw) const;
  void writeRow(Graph& graph, std::size_t row, Tick carriedThrough, std::vector<std::size_t>& gone, LinkTable& added);
  [[nodiscard]] const Synapses<Raw>& synapsesOf(std::uint32_t cell) const { return cell < cells_.excitatory ? ee_ : ei_; }
  [[nodiscard]] std::size_t sourceOf(std::uint32_t cell) const {
    return cell < cells_.excitatory ? cell : cell - cells_.excitatory;
  }

  Synapses<Raw> ee_;
  Synapses<Raw> ei_;                             ///< From inhibitory cells, counted from 0, to excitatory ones.
  StaticLinks<Real> static_;                     ///< From any cell to inhibitory ones.
  std::vector<std::uint32_t> heard_, hindered_;  ///< Who fired in the step before.
  std::vector<double> noise_;
  std::vector<Raw> excitation_, inhibition_;
  std::vector<Real> drives_;
  std::vector<std::uint32_t> place_;  ///< By target: where the row that is written has it, plus 1; all 0 between uses.
};

template <typename Raw>
void ReservoirOf<Raw>::read(const Graph& graph, const Settings& settings) {
  cells_ = readCells(graph);
  const std::size_t excitatory = cells_.excitatory;
  const std::size_t inhibitory = cells_.count() - excitatory;
  const auto weights = graph.linkValues<double>(link::Weight);
  const auto born = graph.linkValues<double>(link::Born);
  const auto plastic = [&](std::uint32_t first, std::size_t count) {
    return [&, first, count](auto visit) {
      for (std::size_t source = 0; source < count; ++source) {
        const auto row = cells_.rowOf[first + source];
        for (std::size_t l = graph.firstLink()[row]; l < graph.firstLink()[row + 1]; ++l) {
          const auto target = cells_.cellOf[graph.targets()[l]];
          if (target < cells_.excitatory) visit(source, target, weights[l], static_cast<std::uint32_t>(born[l] + 1));
        }
      }
    };
  };
  const auto quanta = [&](std::size_t field) {
    const auto column = graph.neuronValues<double>(field);
    std::vector<double> byCell(excitatory);
    for (std::size_t cell = 0; cell < excitatory; ++cell) byCell[cell] = column[cells_.rowOf[cell]];
    return byCell;
  };
  ee_.read(excitatory, quanta(neuron::QuantaE), settings.cap, plastic(0, excitatory));
  ei_.read(inhibitory, quanta(neuron::QuantaI), settings.cap, plastic(cells_.excitatory, inhibitory));
  readStatic(graph);
  noise_.assign(cells_.count(), 0.0);
  excitation_.assign(excitatory, 0);
  inhibition_.assign(excitatory, 0);
  drives_.assign(inhibitory, 0);
  place_.assign(excitatory, 0);
}

template <typename Raw>
void ReservoirOf<Raw>::readStatic(const Graph& graph) {
  const auto weights = graph.linkValues<double>(link::Weight);
  static_.clear(cells_.count() - cells_.excitatory);
  std::vector<std::uint32_t> targets;
  std::vector<double> values;
  for (std::size_t cell = 0; cell < cells_.count(); ++cell) {
    targets.clear();
    values.clear();
    const auto row = cells_.rowOf[cell];
    for (std::size_t l = graph.firstLink()[row]; l < graph.firstLink()[row + 1]; ++l) {
      const auto target = cells_.cellOf[graph.targets()[l]];
      if (target < cells_.excitatory) continue;
      targets.push_back(target - cells_.excitatory);
      values.push_back(cell < cells_.excitatory ? weights[l] : -weights[l]);
    }
    static_.append(targets, values);
  }
}

template <typename Raw>
Tally ReservoirOf<Raw>::step(const Ground& ground) {
  const auto& settings = ground.settings;
  Tally tally;
  tally.linksEE = ee_.count();
  tally.linksEI = ei_.count();
  prepare(ground);
  exciteAll(settings);
  inhibitAll(settings);
  tally.excitatory = cells_.firing.size();
  tally.inhibitory = cells_.hindering.size();
  const auto fired = ground.graph.lastFired();
  for (const auto cell : cells_.firing) fired[cells_.rowOf[cell]] = ground.now;
  for (const auto cell : cells_.hindering) fired[cells_.rowOf[cell]] = ground.now;
  if (settings.stdp) pair(settings, tally);
  if (settings.ip) moveThresholds(settings);
  if (settings.growth && !settings.birthsLast) grow(ground, tally);
  if (settings.istdp) adaptInhibition(settings, tally);
  scale(settings, tally);
  if (settings.growth && settings.birthsLast) grow(ground, tally);
  ee_.settle(settings.cap);
  ei_.settle(settings.cap);
  return tally;
}

/// Noise, and what everybody hears of those who fired last.
template <typename Raw>
void ReservoirOf<Raw>::prepare(const Ground& ground) {
  if (ground.script != nullptr) {
    std::ranges::copy(ground.script->noise, noise_.begin());
  } else if (ground.settings.noise > 0) {
    drawNoise(ground.seed, static_cast<std::uint64_t>(ground.now), ground.settings.noiseKind, ground.settings.noise, noise_);
  } else {
    std::ranges::fill(noise_, 0.0);
  }
  std::swap(heard_, cells_.firing);
  std::swap(hindered_, cells_.hindering);
  std::ranges::fill(excitation_, Raw{0});
  std::ranges::fill(inhibition_, Raw{0});
  for (const auto cell : heard_) ee_.gather(cell, excitation_.data());
  for (const auto cell : hindered_) ei_.gather(cell - cells_.excitatory, inhibition_.data());
}

template <typename Raw>
void ReservoirOf<Raw>::exciteAll(const Settings& settings) {
  const auto above = [&](double drive) { return settings.atThreshold ? drive >= 0 : drive > 0; };
  cells_.firing.clear();
  for (std::uint32_t cell = 0; cell < cells_.excitatory; ++cell) {
    const double heard = ee_.weight(excitation_[cell], cell) - ei_.weight(inhibition_[cell], cell) + noise_[cell];
    const bool awake = cells_.starved[cell] == 0;
    const bool fires = awake && above(heard + cells_.input[cell] - cells_.threshold[cell]);
    cells_.recurrent[cell] = awake && above(heard - cells_.threshold[cell]) ? 1 : 0;
    cells_.course[cell] = static_cast<std::uint8_t>((cells_.course[cell] >> 1) | (fires ? 2 : 0));
    cells_.input[cell] = 0;
    if (fires) cells_.firing.push_back(cell);
  }
}

template <typename Raw>
void ReservoirOf<Raw>::inhibitAll(const Settings& settings) {
  const auto above = [&](double drive) { return settings.atThreshold ? drive >= 0 : drive > 0; };
  std::ranges::fill(drives_, Real{0});
  for (const auto cell : settings.timing == Timing::Before ? heard_ : cells_.firing) static_.gather(cell, drives_.data());
  for (const auto cell : hindered_) static_.gather(cell, drives_.data());
  cells_.hindering.clear();
  for (auto cell = cells_.excitatory; cell < cells_.count(); ++cell) {
    const double heard = double{drives_[cell - cells_.excitatory]} + noise_[cell];
    const bool fires = above(heard + cells_.input[cell] - cells_.threshold[cell]);
    cells_.recurrent[cell] = above(heard - cells_.threshold[cell]) ? 1 : 0;
    cells_.course[cell] = static_cast<std::uint8_t>((cells_.course[cell] >> 1) | (fires ? 2 : 0));
    cells_.input[cell] = 0;
    if (fires) cells_.hindering.push_back(cell);
  }
}

/// A synapse gains where its source fired before its target, loses where it was the other way round; both: nothing.
template <typename Raw>
void ReservoirOf<Raw>::pair(const Settings& settings, Tally& tally) {
  const Limits limits{settings.cap, settings.prune, 0};
  const auto* course = cells_.course.data();
  const auto visit = [&](const std::vector<std::uint32_t>& sources, unsigned sourceAlso, unsigned target, double by,
                         std::size_t& tell) {
    for (const auto source : sources) {
      // Where the source fired in both steps, a target that did so too gains and loses the same.
      const unsigned looked = (course[source] & sourceAlso) != 0 ? 3U : target;
      const auto own = ee_.of(source);
      for (std::size_t k = 0, size = own.size(); k < size;) {
        if ((course[own[k].target] & looked) != target) {
          ++k;
          continue;
        }
        ++tell;
        if (ee_.change(source, k, by, limits)) {
          ++tally.pruned;
          --size;
        } else {
          ++k;
        }
      }
    }
  };
  visit(heard_, 2, 2, settings.etaStdp, tally.strengthened);
  visit(cells_.firing, 1, 1, -settings.etaStdp, tally.weakened);
}

template <typename Raw>
void ReservoirOf<Raw>::moveThresholds(const Settings& settings) {
  for (std::size_t cell = 0; cell < cells_.excitatory; ++cell) {
    const double moved = cells_.threshold[cell] + settings.etaIp * ((cells_.fires(cell) ? 1.0 : 0.0) - settings.target);
    cells_.threshold[cell] = std::max(std::min(moved, settings.thresholdMax), settings.thresholdMin);
  }
}

template <typename Raw>
void ReservoirOf<Raw>::birth(std::uint32_t source, std::uint32_t target, const Ground& ground, Tally& tally) {
  const auto born = static_cast<std::uint32_t>(std::min<Tick>(ground.now + 1, 0xffffffff));
  ee_.insert(source, target, std::min(ground.settings.birthWeight, ground.settings.cap), born);
  ++tally.born;
}

template <typename Raw>
void ReservoirOf<Raw>::grow(const Ground& ground, Tally& tally) {
  if (ground.script != nullptr) {
    const auto& wanted = ground.script->birth;
    if (wanted && !ee_.has(wanted->first, wanted->second)) birth(wanted->first, wanted->second, ground, tally);
    return;
  }
  const double pairs = double{1} * cells_.excitatory * (cells_.excitatory - 1.0);
  const double wanted = ground.settings.births * (ground.settings.birthsScale ? pairs / usualPairs : 1);
  const RandomStream stream(ground.seed, GrowthStream);
  const auto index = static_cast<std::uint64_t>(ground.now);
  double births = std::floor(wanted);
  if (stream.uniform(index, 0) < wanted - births) ++births;
  births = std::min(births, double{1} * cells_.excitatory);
  std::uint32_t draw = 1;
  for (; births >= 1; --births) {
    const auto free = freePair(stream, ground.now, draw);
    if (!free) break;
    birth(free->first, free->second, ground, tally);
  }
}

/// Any pair of different excitatory cells without a synapse, all alike; nothing where there is none.
template <typename Raw>
std::optional<std::pair<std::uint32_t, std::uint32_t>> ReservoirOf<Raw>::freePair(const RandomStream& stream, Tick tick,
                                                                                  std::uint32_t& draw) const {
  const auto count = cells_.excitatory;
  if (count < 2) return std::nullopt;
  const auto index = static_cast<std::uint64_t>(tick);
  constexpr int quickTries = 16;
  for (int k = 0; k < quickTries; ++k) {
    const auto source = stream.below(count, index, draw++);
    const auto target = stream.below(count, index, draw++);
    if (source != target && !ee_.has(source, target)) return std::pair{source, target};
  }
  // So full that guessing may never end: count what is free, and take one of it.
  const auto freeOf = [&](std::uint32_t source) {
    return count - 1 - static_cast<std::uint32_t>(ee_.of(source).size()) + (ee_.has(source, source) ? 1U : 0U);
  };
  std::uint64_t free = 0;
  for (std::uint32_t source = 0; source < count; ++source) free += freeOf(source);
  if (free == 0) return std::nullopt;
  const double share = (stream.bits(index, draw) + stream.bits(index, draw + 1) * 0x1p-32) * 0x1p-32;
  draw += 2;
  auto chosen = std::min(static_cast<std::uint64_t>(share * static_cast<double>(free)), free - 1);
  for (std::uint32_t source = 0; source < count; ++source) {
    if (chosen >= freeOf(source)) {
      chosen -= freeOf(source);
      continue;
    }
    for (std::uint32_t target = 0; target < count; ++target) {
      if (target == source || ee_.has(source, target)) continue;
      if (chosen-- == 0) return std::pair{source, target};
    }
  }
  assert(false);
  return std::nullopt;
}

template <typename Raw>
void ReservoirOf<Raw>::adaptInhibition(const Settings& settings, Tally& tally) {
  const Limits limits{settings.cap, settings.prune, settings.loss == Loss::Floor ? settings.floor : 0};
  const double silent = -settings.etaInhibitory;
  const double fired = -settings.etaInhibitory * (1 - (1 + 1 / settings.balance));
  for (const auto cell : hindered_) {
    const auto source = cell - cells_.excitatory;
    const auto own = ei_.of(source);
    for (std::size_t k = 0, size = own.size(); k < size;) {
      if (ei_.change(source, k, cells_.fires(own[k].target) ? fired : silent, limits)) {
        ++tally.pruned;
        --size;
      } else {
        ++k;
      }
    }
  }
}

template <typename Raw>
void ReservoirOf<Raw>::scale(const Settings& settings, Tally& tally) {
  if (settings.scaling) {
    ee_.scale();
    ei_.scale();
  }
  const bool hindered = cells_.count() > cells_.excitatory;
  for (std::uint32_t cell = 0; cell < cells_.excitatory; ++cell) {
    const bool starved = ee_.fanIn(cell) == 0 || (hindered && ei_.fanIn(cell) == 0);
    if (!starved) continue;
    ++tally.starved;
    if (settings.scaling && settings.empty == Empty::FallSilent) cells_.starved[cell] = 1;
  }
}

template <typename Raw>
void ReservoirOf<Raw>::write(Graph& graph, Tick carriedThrough) {
  assert(graph.neuronCount() == cells_.count());
  writeCells(cells_, graph);
  const auto quantaE = graph.neuronValues<double>(neuron::QuantaE);
  const auto quantaI = graph.neuronValues<double>(neuron::QuantaI);
  for (std::size_t cell = 0; cell < cells_.excitatory; ++cell) {
    quantaE[cells_.rowOf[cell]] = ee_.quanta(cell);
    quantaI[cells_.rowOf[cell]] = ei_.quanta(cell);
  }
  std::vector<std::size_t> gone;
  LinkTable added;
  added.values.resize(link::Count);
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) writeRow(graph, row, carriedThrough, gone, added);
  if (!gone.empty()) graph.removeLinks(gone);
  if (added.size() > 0) graph.addLinks(added);
}

template <typename Raw>
void ReservoirOf<Raw>::writeRow(Graph& graph, std::size_t row, Tick carriedThrough, std::vector<std::size_t>& gone,
                                LinkTable& added) {
  const auto cell = cells_.cellOf[row];
  const auto& synapses = synapsesOf(cell);
  const auto source = sourceOf(cell);
  const auto own = synapses.of(source);
  for (std::uint32_t k = 0; k < own.size(); ++k) place_[own[k].target] = k + 1;
  const auto weights = graph.linkValues<double>(link::Weight);
  const auto births = graph.linkValues<double>(link::Born);
  const auto carried = graph.lastCarried();
  const Tick fired = graph.lastFired()[row];
  const bool carries = fired >= carriedThrough;
  for (std::size_t l = graph.firstLink()[row]; l < graph.firstLink()[row + 1]; ++l) {
    const auto target = cells_.cellOf[graph.targets()[l]];
    double born = -1;
    if (target < cells_.excitatory) {
      if (place_[target] == 0) {
        gone.push_back(l);
        continue;
      }
      const std::size_t k = std::exchange(place_[target], 0U) - 1;
      weights[l] = std::min(synapses.weight(own[k].raw, target), largestWeight);  // a whole count may round up
      born = double{1} * synapses.born(source, k) - 1;
      if (births[l] != born) carried[l] = never;  // gone and grown anew since the last look
      births[l] = born;
    }
    if (carries && static_cast<double>(fired) > born) carried[l] = fired;
  }
  for (std::size_t k = 0; k < own.size(); ++k) {
    const auto target = own[k].target;
    if (std::exchange(place_[target], 0U) == 0) continue;
    const double born = double{1} * synapses.born(source, k) - 1;
    added.keys.push_back({graph.ids()[row], graph.ids()[cells_.rowOf[target]]});
    added.lastCarried.push_back(carries && static_cast<double>(fired) > born ? fired : never);
    added.values[link::Weight].push_back(std::min(synapses.weight(own[k].raw, target), largestWeight));
    added.values[link::Born].push_back(born);
  }
}

}  // namespace

std::unique_ptr<Reservoir> Reservoir::make(Precision precision) {
  if (precision == Precision::Exact) return std::make_unique<ReservoirOf<double>>();
  return std::make_unique<ReservoirOf<std::int32_t>>();
}

void Reservoir::put(std::size_t row, double amount) {
  auto& input = cells_.input[cells_.cellOf[row]];
  input = std::clamp(input + amount, -largestInput, largestInput);
}

}  // namespace plexarium::sorn
