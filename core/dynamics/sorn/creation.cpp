#include "core/dynamics/sorn/creation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <string>

#include "core/dynamics/registry.h"
#include "core/graph/wiring.h"
#include "core/graph/wiring_draw.h"

namespace plexarium::sorn {
namespace {

/// What was asked for, with what the preset says filled in.
struct Wish {
  explicit Wish(std::span<const double> values)
      : preset(static_cast<Preset>(values[creation::Preset])),
        excitatory(static_cast<std::uint32_t>(values[creation::Excitatory])),
        inhibitory(static_cast<std::uint32_t>(values[creation::Share] * excitatory)),
        inputs(static_cast<std::uint32_t>(values[creation::Inputs])),
        symbols(static_cast<std::uint32_t>(values[creation::Symbols])) {
    const bool counting = preset == Preset::Counting;
    const auto or_ = [&](std::size_t field, double usual) { return values[field] > 0 ? values[field] : usual; };
    ee = or_(creation::LambdaEE, counting ? 10 : 20);
    ei = or_(creation::LambdaEI, counting ? excitatory + 10.0 : 0.2 * excitatory);
    ie = or_(creation::LambdaIE, excitatory + 10.0);
    thresholdE = or_(creation::ThresholdE, counting ? 0.5 : 1);
    thresholdI = or_(creation::ThresholdI, 0.5);
  }

  Preset preset;
  std::uint32_t excitatory, inhibitory, inputs, symbols;
  double ee = 0, ei = 0, ie = 0;  ///< Means of links; beyond the number of neurons: all.
  double thresholdE = 0, thresholdI = 0;
};

/// Mean 0, deviation 1, within +-6.
double normal(Draws& draws) {
  double sum = -6;
  for (int k = 0; k < 12; ++k) sum += draws.uniform();
  return sum;
}

/// trunc(N(mean, 1)), as the package has it, at most everybody.
std::size_t drawnCount(double mean, std::size_t available, Draws& draws) {
  return static_cast<std::size_t>(std::clamp(std::trunc(mean + normal(draws)), 0.0, static_cast<double>(available)));
}

double drawnWeight(Draws& draws) { return std::max(0.1 * draws.uniform(), 1e-9); }

/// The weights of a part of the table, all into their targets, made to sum to 1 for each target.
void normalise(LinkTable& table, std::size_t begin, std::size_t neurons) {
  std::vector<double> sums(neurons + 1, 0.0);
  auto& weights = table.values[link::Weight];
  for (std::size_t l = begin; l < weights.size(); ++l) sums[table.keys[l].to.value] += weights[l];
  for (std::size_t l = begin; l < weights.size(); ++l) weights[l] /= sums[table.keys[l].to.value];
}

class Wiring {
 public:
  Wiring(const Wish& wish, Draws& draws) : wish_(wish), draws_(draws) { table_.values.resize(link::Count); }

  LinkTable links() {
    std::size_t begin = 0;
    const auto close = [&] {
      normalise(table_, begin, wish_.excitatory + wish_.inhibitory);
      begin = table_.size();
    };
    excite();
    close();
    inhibit();
    close();
    drive();
    close();
    return std::move(table_);
  }

 private:
  /// Cells are numbered from 0, ids from 1.
  void add(std::uint32_t source, std::uint32_t target) {
    table_.keys.push_back({{source + 1}, {target + 1}});
    table_.values[link::Weight].push_back(drawnWeight(draws_));
    table_.values[link::Born].push_back(-1);
  }

  void excite() {
    DistinctDraw choose(wish_.excitatory);
    const auto others = wish_.excitatory - 1;
    for (std::uint32_t target = 0; target < wish_.excitatory; ++target) {
      // A neuron without a source gets two, where there are any.
      auto count = drawnCount(wish_.ee, others, draws_);
      if (count == 0) count = std::min<std::size_t>(2, others);
      for (const auto source : choose(count, std::span(&target, 1), draws_)) add(source, target);
    }
  }

  void inhibit() {
    if (wish_.inhibitory == 0) return;
    DistinctDraw choose(wish_.excitatory);
    std::vector<std::uint8_t> reached(wish_.excitatory, 0);
    for (std::uint32_t k = 0; k < wish_.inhibitory; ++k) {
      for (const auto target : choose(drawnCount(wish_.ei, wish_.excitatory, draws_), {}, draws_)) {
        add(wish_.excitatory + k, target);
        reached[target] = 1;
      }
    }
    DistinctDraw chooseSource(wish_.inhibitory);
    for (std::uint32_t target = 0; target < wish_.excitatory; ++target) {
      if (reached[target] != 0) continue;
      for (const auto source : chooseSource(std::min(2U, wish_.inhibitory), {}, draws_))
        add(wish_.excitatory + source, target);
    }
  }

  void drive() {
    DistinctDraw choose(wish_.excitatory);
    for (std::uint32_t k = 0; k < wish_.inhibitory; ++k) {
      auto count = drawnCount(wish_.ie, wish_.excitatory, draws_);
      if (count == 0) count = std::min(2U, wish_.excitatory);
      for (const auto source : choose(count, {}, draws_)) add(source, wish_.excitatory + k);
    }
  }

  const Wish& wish_;
  Draws& draws_;
  LinkTable table_;
};

/// Inhibitory neurons in the middle, excitatory ones around them, all evenly.
Point place(const Wish& wish, std::uint32_t cell) {
  const double spacing = 2.6;
  const bool inner = cell >= wish.excitatory;
  const double rank = inner ? cell - wish.excitatory : 1.15 * wish.inhibitory + (wish.inhibitory > 0 ? 6 : 0) + cell;
  const double distance = spacing * std::sqrt(rank + 0.5);
  const double angle = rank * std::numbers::pi * (3 - std::sqrt(5.0));
  return {static_cast<float>(distance * std::cos(angle)), static_cast<float>(distance * std::sin(angle))};
}

/// Share of the neurons that fire before the first step.
double firstRate(Preset preset, double target) {
  if (preset == Preset::Package) return 0;
  return preset == Preset::Counting ? 0.5 : target;
}

NeuronTable neurons(const Wish& wish, double rate, Draws& draws) {
  NeuronTable table;
  table.values.resize(neuron::Count);
  for (std::uint32_t cell = 0; cell < wish.excitatory + wish.inhibitory; ++cell) {
    const bool excites = cell < wish.excitatory;
    const bool hears = cell < wish.inputs;
    table.ids.push_back({cell + 1});
    table.names.push_back(hears     ? "In " + std::to_string(cell + 1)
                          : excites ? "E" + std::to_string(cell + 1)
                                    : "I" + std::to_string(cell + 1 - wish.excitatory));
    table.roles.push_back(hears ? Role::Sensory : Role::Inter);
    table.positions.push_back(place(wish, cell));
    table.groups.push_back(hears && wish.symbols > 0 ? GroupId{cell * wish.symbols / wish.inputs + 1} : GroupId{});
    table.values[neuron::Kind].push_back(static_cast<double>(excites ? Kind::Excitatory : Kind::Inhibitory));
    table.values[neuron::Threshold].push_back(draws.uniform() * (excites ? wish.thresholdE : wish.thresholdI));
    table.values[neuron::Active].push_back(draws.uniform() < rate ? 1 : 0);
  }
  return table;
}

std::vector<Group> symbolGroups(const Wish& wish) {
  std::vector<Group> groups;
  for (std::uint32_t k = 0; k < wish.symbols; ++k) {
    groups.push_back({{k + 1}, "Symbol " + std::to_string(k + 1), static_cast<std::uint8_t>(k % groupColours), {}, false});
  }
  return groups;
}

Result<void> check(const Wish& wish) {
  if (wish.inputs > wish.excitatory) {
    return failure(std::to_string(wish.inputs) + " input neurons are more than the excitatory neurons", "inputs",
                   "Ask for " + std::to_string(wish.excitatory) + " or fewer");
  }
  if (wish.symbols > wish.inputs) {
    return failure(std::to_string(wish.symbols) + " symbols need as many input neurons", "symbols",
                   "Ask for more input neurons, 10 for each symbol");
  }
  const auto e = double{1} * wish.excitatory;
  const auto i = double{1} * wish.inhibitory;
  if (e * std::min(wish.ee, e) + i * std::min(wish.ei, e) + i * std::min(wish.ie, e) >
      static_cast<double>(maximumWiredLinks)) {
    return failure("these are more than 50 million links", "excitatory",
                   "Ask for fewer neurons or links; inhibitory neurons hear all excitatory ones unless lambda_ie says less");
  }
  return {};
}

}  // namespace

std::vector<double> presetParameters(Preset preset, double inputShare) {
  auto values = initialValues(description().parameters);
  const auto set = [&](std::size_t which, double value) { values[which] = value; };
  switch (preset) {
    case Preset::Package:
      set(parameter::Target, std::min(1.0, inputShare > 0 ? 2 * inputShare : 0.1));
      set(parameter::ThresholdMin, 0);
      set(parameter::ThresholdMax, 1);
      set(parameter::PruneBelow, 0);
      set(parameter::InhibitoryLoss, static_cast<double>(Loss::Prune));
      set(parameter::EmptyColumn, static_cast<double>(Empty::FallSilent));
      break;
    case Preset::Counting:
      set(parameter::Growth, 0);
      set(parameter::InhibitoryStdp, 0);
      set(parameter::EtaStdp, 0.001);
      set(parameter::EtaIp, 0.001);
      set(parameter::Noise, 0);
      set(parameter::Timing, static_cast<double>(Timing::Same));
      set(parameter::AtThreshold, 1);
      break;
    case Preset::Criticality:
      set(parameter::Noise, 0.22360679774997896);  // a variance of 0.05
      set(parameter::AtThreshold, 1);
      break;
  }
  return values;
}

Result<Model> createNetwork(std::span<const double> values, std::uint64_t seed) {
  assert(values.size() == creation::Count);
  const Wish wish(values);
  if (auto checked = check(wish); !checked) return tl::unexpected(checked.error());
  Model model = emptyModel(description());
  model.name = "SORN";
  model.seed = seed;
  model.parameters = presetParameters(wish.preset, double{1} * wish.inputs / wish.excitatory);
  Draws draws(seed);
  model.graph.setGroups(symbolGroups(wish));
  model.graph.addNeurons(neurons(wish, firstRate(wish.preset, model.parameters[parameter::Target]), draws));
  model.graph.addLinks(Wiring(wish, draws).links());
  return model;
}

}  // namespace plexarium::sorn
