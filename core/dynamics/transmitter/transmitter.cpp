#include "core/dynamics/transmitter/transmitter.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <numbers>
#include <optional>
#include <span>
#include <vector>

#include "core/dynamics/transmitter/appearance.h"
#include "core/dynamics/transmitter/creation.h"
#include "core/dynamics/transmitter/delivery.h"
#include "core/dynamics/transmitter/fields.h"
#include "core/dynamics/transmitter/step_kernel.h"
#include "core/dynamics/transmitter/wiring.h"
#include "core/random.h"

namespace plexarium::transmitter {
namespace {

constexpr std::uint32_t noiseStream = 100;  // others belong to creation.cpp

/// Rows in ascending order: the first `count` of `rows`, which has room for all.
struct RowList {
  std::vector<std::uint32_t> rows;
  std::size_t count = 0;

  [[nodiscard]] std::span<const std::uint32_t> list() const { return {rows.data(), count}; }
  /// Appends row `first` + k for each bit k that is set.
  void append(std::size_t first, std::uint64_t bits) {
    for (; bits != 0; bits &= bits - 1) {
      rows[count++] = static_cast<std::uint32_t>(first + static_cast<std::size_t>(std::countr_zero(bits)));
    }
  }
};

/// The lowest and the second bit of up to 64 bytes: bit k is byte k's.
std::pair<std::uint64_t, std::uint64_t> lowBits(const std::uint8_t* bytes, std::size_t count) {
  std::uint64_t lowest = 0;
  std::uint64_t second = 0;
  std::size_t k = 0;
  if constexpr (std::endian::native == std::endian::little) {
    for (; k + 8 <= count; k += 8) {
      // The product moves the lowest bit of byte n to bit 56 + n.
      const auto gather = [k](std::uint64_t word) {
        return ((word & 0x0101010101010101U) * 0x0102040810204080U >> 56) << k;
      };
      std::uint64_t word = 0;
      std::memcpy(&word, bytes + k, 8);
      lowest |= gather(word);
      second |= gather(word >> 1);
    }
  }
  for (; k < count; ++k) {
    lowest |= std::uint64_t{bytes[k] & 1U} << k;
    second |= std::uint64_t{(bytes[k] >> 1) & 1U} << k;
  }
  return {lowest, second};
}

/// Truth: the graph's columns, always; only Link lastCarried lags behind until publish. The rest here is derived.
class TransmitterDynamics final : public Dynamics {
 public:
  Result<void> build(Network& network) override;
  void edited(Network& network, const Edited& what) override;
  void stimulate(Network& network, std::span<const Stimulus> stimuli) override;
  void step(Network& network, std::span<double> metrics) override;
  void readout(Network& network, std::span<const std::uint32_t> rows, std::span<double> outputs) override;
  void publish(Network& network, Appearance* appearance) override;

 private:
  void readNeurons(Network& network);
  void relay(Network& network, std::size_t row, double amount);
  void addNoise(Network& network, double deviation);
  void advanceTogether(const NeuronColumns& columns, Delivery& delivery);
  void advanceInTurn(const NeuronColumns& columns, Delivery& delivery);
  void collectEvents(const std::uint8_t* phase);

  std::size_t neurons_ = 0;
  Wiring wiring_;
  AdvanceNeurons advance_ = nullptr;
  RowList released_;              ///< sync: rows with something in the synapse.
  RowList activated_;             ///< sync: rows that activated in this tick.
  Tick carriedThrough_ = 0;       ///< Releases from this tick on are not in lastCarried yet.
  std::optional<LinkLook> look_;  ///< Made when somebody looks, dropped by edits.
};

Result<void> TransmitterDynamics::build(Network& network) {
  carriedThrough_ = network.tick;
  edited(network, {.topology = true, .neuronValues = true, .linkValues = true, .parameters = true});
  return {};
}

void TransmitterDynamics::edited(Network& network, const Edited& what) {
  if (what.topology || what.linkValues) wiring_ = makeWiring(network.graph);
  if (what.topology || what.neuronValues || what.parameters) readNeurons(network);
  if (what.topology || what.linkValues || what.neuronValues) look_.reset();
}

void TransmitterDynamics::readNeurons(Network& network) {
  auto& graph = network.graph;
  neurons_ = graph.neuronCount();
  const auto capacity = graph.neuronValues<double>(neuron::Capacity);
  const auto leak = graph.neuronValues<double>(neuron::Leak);
  const auto clear = graph.neuronValues<std::uint8_t>(neuron::ClearWhileRecovering);
  UsedExtensions used;
  used.capacity = std::any_of(capacity.begin(), capacity.end(), [](double most) { return std::isfinite(most); });
  used.leakOrClear = std::any_of(leak.begin(), leak.end(), [](double share) { return share != 0; }) ||
                     std::any_of(clear.begin(), clear.end(), [](std::uint8_t flag) { return flag != 0; });
  advance_ = advanceNeurons(widestInstructions(), used);

  const auto synapseE = graph.neuronValues<double>(neuron::SynapseE);
  const auto synapseI = graph.neuronValues<double>(neuron::SynapseI);
  released_.rows.resize(neurons_);
  activated_.rows.resize(neurons_);
  released_.count = activated_.count = 0;
  for (std::size_t row = 0; row < neurons_; ++row) {
    if (synapseE[row] != 0 || synapseI[row] != 0) released_.rows[released_.count++] = static_cast<std::uint32_t>(row);
  }
}

void TransmitterDynamics::stimulate(Network& network, std::span<const Stimulus> stimuli) {
  auto& graph = network.graph;
  const auto dendriteE = graph.neuronValues<double>(neuron::DendriteE);
  const auto dendriteI = graph.neuronValues<double>(neuron::DendriteI);
  for (const auto& one : stimuli) {
    assert(one.channel < stimulus::Count && one.amount >= 0 && std::isfinite(one.amount));
    const auto row = graph.row(one.neuron);
    if (!row) continue;
    if (one.channel == stimulus::Relayed) relay(network, *row, one.amount);
    if (one.channel == stimulus::Exciting) dendriteE[*row] += one.amount;
    if (one.channel == stimulus::Inhibiting) dendriteI[*row] -= one.amount;
  }
}

/// What somebody puts on the links of a neuron instead of into it.
void TransmitterDynamics::relay(Network& network, std::size_t row, double amount) {
  auto& graph = network.graph;
  if (amount == 0) return;
  const auto dendriteE = graph.neuronValues<double>(neuron::DendriteE);
  const auto dendriteI = graph.neuronValues<double>(neuron::DendriteI);
  const auto weight = graph.linkValues<double>(link::Weight);
  const auto kind = graph.linkValues<std::uint8_t>(link::Kind);
  for (std::size_t l = graph.firstLink()[row]; l < graph.firstLink()[row + 1]; ++l) {
    const auto target = graph.targets()[l];
    if (static_cast<Kind>(kind[l]) == Kind::Electrical) continue;
    if (static_cast<Kind>(kind[l]) == Kind::Chemical) dendriteE[target] += amount * weight[l];
    if (static_cast<Kind>(kind[l]) == Kind::Inverted) dendriteI[target] -= amount * weight[l];
    graph.lastCarried()[l] = network.tick;
  }
}

/// The sum of four uniform numbers, scaled to variance 1: near enough to a bell, and the same bits on every machine.
void TransmitterDynamics::addNoise(Network& network, double deviation) {
  const RandomStream random(network.seed, noiseStream);
  auto& graph = network.graph;
  const auto dendriteE = graph.neuronValues<double>(neuron::DendriteE);
  const auto dendriteI = graph.neuronValues<double>(neuron::DendriteI);
  const auto index = static_cast<std::uint64_t>(network.tick);
  for (std::size_t row = 0; row < neurons_; ++row) {
    const auto id = graph.ids()[row].value;
    const double sum = random.uniform(index, 4 * id) + random.uniform(index, 4 * id + 1) +
                       random.uniform(index, 4 * id + 2) + random.uniform(index, 4 * id + 3);
    const double noise = deviation * std::numbers::sqrt3 * (sum - 2);
    (noise > 0 ? dendriteE : dendriteI)[row] += noise;
  }
}

/// Both potentials. At leak 1 that is what was taken in in the last tick.
void TransmitterDynamics::readout(Network& network, std::span<const std::uint32_t> rows, std::span<double> outputs) {
  const auto stateE = network.graph.neuronValues<double>(neuron::StateE);
  const auto stateI = network.graph.neuronValues<double>(neuron::StateI);
  for (std::size_t k = 0; k < rows.size(); ++k) outputs[k] = stateE[rows[k]] + stateI[rows[k]];
}

void TransmitterDynamics::step(Network& network, std::span<double> metrics) {
  assert(neurons_ == network.graph.neuronCount() && metrics.size() == metric::Count);
  if (const double noise = network.parameters[parameter::Noise]; noise > 0) addNoise(network, noise);
  const NeuronColumns columns(network.graph);
  Delivery delivery(network.graph, columns, wiring_, network.tick);
  if (static_cast<Rule>(network.parameters[parameter::Rule]) == Rule::Literal) {
    advanceInTurn(columns, delivery);
  } else {
    advanceTogether(columns, delivery);
  }
  const auto& tally = delivery.tally();
  metrics[metric::Releases] = static_cast<double>(tally.releases);
  metrics[metric::Activations] = static_cast<double>(tally.activations);
  metrics[metric::Deliveries] = static_cast<double>(tally.deliveries);
  metrics[metric::HandedOverE] = tally.handedOver.exciting;
  metrics[metric::HandedOverI] = tally.handedOver.inhibiting;
}

/// sync: everybody first looks at its own state only; then what was released arrives, in ascending order of the sources, so
/// that sums are rounded the same way on every run.
void TransmitterDynamics::advanceTogether(const NeuronColumns& columns, Delivery& delivery) {
  for (const auto row : released_.list()) columns.synapseE[row] = columns.synapseI[row] = 0;
  advance_(columns, 0, neurons_);
  collectEvents(columns.phase);
  for (const auto row : released_.list()) delivery.release(row);
  for (const auto row : activated_.list()) delivery.couple(row);
}

/// literal: one neuron after the other, each seeing what those before it have just handed over.
void TransmitterDynamics::advanceInTurn(const NeuronColumns& columns, Delivery& delivery) {
  for (std::size_t row = 0; row < neurons_; ++row) {
    advance_(columns, row, row + 1);
    const auto phase = static_cast<Phase>(columns.phase[row]);
    if (phase == Phase::Releasing) delivery.fillSynapse(row);
    if (phase == Phase::Activating) delivery.couple(row);
    delivery.deliverFromSynapse(row);
  }
}

/// Events are the odd phases; a release has the second bit as well.
void TransmitterDynamics::collectEvents(const std::uint8_t* phase) {
  released_.count = activated_.count = 0;
  for (std::size_t row = 0; row < neurons_; row += 64) {
    const auto [odd, second] = lowBits(phase + row, std::min<std::size_t>(64, neurons_ - row));
    released_.append(row, odd & second);
    activated_.append(row, odd & ~second);
  }
}

void TransmitterDynamics::publish(Network& network, Appearance* appearance) {
  auto& graph = network.graph;
  const auto first = graph.firstLink();
  const auto fired = graph.lastFired();
  const auto carried = graph.lastCarried();
  const auto kind = graph.linkValues<std::uint8_t>(link::Kind);
  for (std::size_t row = 0; row < neurons_; ++row) {
    if (fired[row] < carriedThrough_) continue;
    for (std::size_t l = first[row]; l < first[row + 1]; ++l) {
      if (static_cast<Kind>(kind[l]) != Kind::Electrical) carried[l] = std::max(carried[l], fired[row]);
    }
  }
  carriedThrough_ = network.tick;
  if (appearance == nullptr) return;
  showNeurons(graph, *appearance);
  if (!look_) look_ = makeLinkLook(graph);
  appearance->linkStyle = look_->style;
  appearance->linkStrength = look_->strength;
}

}  // namespace

DynamicsEntry entry() {
  return {description(), []() -> std::unique_ptr<Dynamics> { return std::make_unique<TransmitterDynamics>(); },
          createNetwork};
}

}  // namespace plexarium::transmitter
