#include "tests/support/toy/toy.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>
#include <numbers>
#include <set>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>

#include "core/random.h"

namespace plexarium::toy {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double threshold = 1;
enum Stream : std::uint32_t { Removal = 1, Growth = 2, Creation = 3 };

Description describe() {
  Description toy;
  toy.key = "toy";
  toy.label = "Toy";
  toy.help = "Neurons that gather charge, in a network that rewires itself on every tick.";
  toy.neuronFields = {
      {"bias", "Bias", "per tick", "Charge that comes by itself.", FieldType::Real, 0, 1, 0.125},
      {"charge", "Charge", "", "Fires at 1.", FieldType::Real, -infinity, infinity, 0, {}, true},
  };
  toy.linkFields = {
      {"gain", "Gain", "", "Multiplies what the link carries.", FieldType::Single, 0, 4, 1},
      {"weight", "Weight", "", "Grows with use.", FieldType::Real, -infinity, infinity, 0.0625, {}, true},
  };
  toy.parameters = {
      {"milliseconds_per_tick", "Slowness", "ms", "Each tick takes at least this long.", FieldType::Real, 0, 10000, 0},
      {"rewires", "Rewires", "", "One link goes and one comes on every tick.", FieldType::Flag, 0, 1, 1},
      {"throw_at_tick", "Throw at tick", "", "That tick fails; -1: none.", FieldType::Integer, -1, 1e9, -1},
  };
  toy.creationFields = {
      {"neurons", "Neurons", "", "How many.", FieldType::Integer, 1, 1e6, 60},
      {"links", "Links", "", "How many besides the ring.", FieldType::Integer, 0, 1e7, 240},
  };
  toy.metrics = {{"mean_charge", "Mean charge", "", ""}, {"fired", "Fired", "", ""}, {"links", "Links", "", ""}};
  toy.phases = {{"calm", "", Tint::Calm, Shape::Disc}, {"fired", "", Tint::Burst, Shape::Hexagon}};
  toy.linkStyles = {{"link", Tint::Excite, LinkEnd::Arrow, false}};
  toy.stimuli = {{"charge", "Charge", "", "Added at once.", 1, -10, 10}};
  return toy;
}

const Description& description() {
  static const Description instance = describe();
  return instance;
}

class Toy : public Dynamics {
 public:
  Result<void> build(Network& network) override {
    rewired_ = 0;
    targets_.clear();
    adopt(network);
    return {};
  }

  void edited(Network& network, const Edited& what) override {
    if (what.topology || what.neuronValues) adopt(network);
  }

  void stimulate(Network& network, std::span<const Stimulus> stimuli) override {
    for (const auto& stimulus : stimuli) {
      if (const auto row = network.graph.row(stimulus.neuron)) charge_[*row] += stimulus.amount;
    }
  }

  void step(Network& network, std::span<double> metrics) override {
    if (static_cast<double>(network.tick) == network.parameters[ThrowAtTick]) throw std::runtime_error("the toy broke");
    if (const auto pause = network.parameters[MillisecondsPerTick]; pause > 0) {
      std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(pause));
    }
    const auto fired = fire(network);
    teach(network);
    if (network.parameters[Rewires] != 0) rewire(network);
    double sum = 0;
    for (const auto charge : charge_) sum += charge;
    metrics[MeanCharge] = charge_.empty() ? 0 : sum / static_cast<double>(charge_.size());
    metrics[Fired] = static_cast<double>(fired);
    metrics[Links] = static_cast<double>(network.graph.linkCount());
  }

  Result<void> learn(Network& network, std::span<const double> targets) override {
    const auto roles = network.graph.roles();
    const auto motors = static_cast<std::size_t>(std::ranges::count(roles, Role::Motor));
    if (!targets.empty() && targets.size() != motors)
      return failure("there are " + std::to_string(motors) + " motor neurons");
    targets_.assign(targets.begin(), targets.end());
    return {};
  }

  void readout(Network& /*network*/, std::span<const std::uint32_t> rows, std::span<double> outputs) override {
    for (std::size_t k = 0; k < rows.size(); ++k) outputs[k] = charge_[rows[k]];
  }

  void publish(Network& network, Appearance* appearance) override {
    std::ranges::copy(charge_, network.graph.neuronValues<double>(Charge).begin());
    if (appearance == nullptr) return;
    const auto neurons = network.graph.neuronCount();
    const auto links = network.graph.linkCount();
    const auto lastFired = network.graph.lastFired();
    appearance->phase.resize(neurons);
    appearance->level.resize(neurons);
    for (std::size_t row = 0; row < neurons; ++row) {
      appearance->phase[row] = lastFired[row] != never && lastFired[row] + 1 == network.tick ? 1 : 0;
      appearance->level[row] = static_cast<float>(std::clamp(charge_[row], 0.0, 1.0));
    }
    appearance->store.assign(neurons, -1.0F);
    appearance->progress.assign(neurons, -1.0F);
    appearance->lastFired.assign(lastFired.begin(), lastFired.end());
    appearance->copyCarried(network.graph);
    appearance->linkStyle.assign(links, 0);
    const auto weights = network.graph.linkValues<double>(Weight);
    appearance->linkStrength.resize(links);
    std::ranges::transform(weights, appearance->linkStrength.begin(),
                           [](double weight) { return static_cast<float>(std::clamp(weight, 0.0, 1.0)); });
  }

  Result<std::string> state(Network& /*network*/, const std::string* restore) override {
    constexpr std::string_view key = "{\"rewired\":";
    if (restore != nullptr) {
      if (!restore->starts_with(key)) return failure("the toy's state is damaged");
      const char* const end = restore->data() + restore->size();
      const auto read = std::from_chars(restore->data() + key.size(), end, rewired_);
      if (read.ec != std::errc{} || read.ptr + 1 != end || *read.ptr != '}') return failure("the toy's state is damaged");
    }
    return std::string(key) + std::to_string(rewired_) + '}';
  }

 private:
  void adopt(const Network& network) {
    const auto charges = std::as_const(network.graph).neuronValues<double>(Charge);
    charge_.assign(charges.begin(), charges.end());
  }

  std::size_t fire(Network& network) {
    auto& graph = network.graph;
    const auto bias = std::as_const(graph).neuronValues<double>(Bias);
    const auto gain = std::as_const(graph).linkValues<float>(Gain);
    const auto weight = graph.linkValues<double>(Weight);
    sent_.assign(charge_.size(), 0);
    std::size_t fired = 0;
    for (std::size_t row = 0; row < charge_.size(); ++row) {
      charge_[row] += bias[row];
      if (charge_[row] < threshold) continue;
      ++fired;
      charge_[row] -= threshold;
      graph.lastFired()[row] = network.tick;
      for (auto link = graph.firstLink()[row]; link < graph.firstLink()[row + 1]; ++link) {
        sent_[graph.targets()[link]] += static_cast<double>(gain[link]) * weight[link];
        weight[link] += (0.25 - weight[link]) / 64;
        graph.lastCarried()[link] = network.tick;
      }
    }
    for (std::size_t row = 0; row < charge_.size(); ++row) charge_[row] += sent_[row];
    return fired;
  }

  void teach(Network& network) {
    auto bias = network.graph.neuronValues<double>(Bias);
    const auto roles = network.graph.roles();
    auto target = targets_.begin();
    for (std::size_t row = 0; row < roles.size() && target != targets_.end(); ++row) {
      if (roles[row] == Role::Motor) bias[row] = std::clamp(bias[row] + (*target++ - bias[row]) / 8, 0.0, 1.0);
    }
  }

  /// One link goes, and another comes where the counter says.
  void rewire(Network& network) {
    auto& graph = network.graph;
    const auto neurons = static_cast<std::uint32_t>(graph.neuronCount());
    if (graph.linkCount() > 0) {
      const RandomStream removal(network.seed, Removal);
      const std::size_t link = removal.below(static_cast<std::uint32_t>(graph.linkCount()), rewired_);
      graph.removeLinks({&link, 1});
    }
    const RandomStream growth(network.seed, Growth);
    for (std::uint32_t attempt = 0; neurons > 0 && attempt < 8; ++attempt) {
      const LinkKey key{graph.ids()[growth.below(neurons, rewired_, 2 * attempt)],
                        graph.ids()[growth.below(neurons, rewired_, 2 * attempt + 1)]};
      if (graph.link(key)) continue;
      graph.addLinks({{key}, {}, {}});
      break;
    }
    ++rewired_;
  }

  std::vector<double> charge_;  ///< The truth between two publications.
  std::vector<double> sent_;
  std::vector<double> targets_;
  std::uint64_t rewired_ = 0;
};

Result<Model> createToy(std::span<const double> values, std::uint64_t seed) {
  return model(static_cast<std::size_t>(values[0]), static_cast<std::size_t>(values[1]), seed);
}

}  // namespace

DynamicsEntry entry() {
  return {description(), []() -> std::unique_ptr<Dynamics> { return std::make_unique<Toy>(); }, createToy};
}

Model model(std::size_t neurons, std::size_t links, std::uint64_t seed) {
  Model model = emptyModel(description());
  model.name = "Toy";
  model.seed = seed;
  NeuronTable table;
  const RandomStream creation(seed, Creation);
  table.values.resize(2);
  for (std::size_t k = 0; k < neurons; ++k) {
    const auto angle = 2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(neurons);
    const auto radius = static_cast<double>(neurons);
    table.ids.push_back({static_cast<std::uint32_t>(k + 1)});
    table.names.push_back("N" + std::to_string(k + 1));
    table.roles.push_back(k == 0 ? Role::Sensory : k + 1 == neurons ? Role::Motor : Role::Inter);
    table.positions.push_back({static_cast<float>(radius * std::cos(angle)), static_cast<float>(radius * std::sin(angle))});
    table.values[Bias].push_back(creation.uniform(k) / 4);
    table.values[Charge].push_back(creation.uniform(k, 1));
  }
  std::set<LinkKey> keys;
  const auto id = [&](std::size_t k) { return table.ids[k % neurons]; };
  for (std::size_t k = 0; k < neurons; ++k) keys.insert({id(k), id(k + 1)});
  for (std::size_t k = 0; k < links; ++k) {
    const auto bound = static_cast<std::uint32_t>(neurons);
    keys.insert({id(creation.below(bound, k, 2)), id(creation.below(bound, k, 3))});
  }
  model.graph.addNeurons(table);
  model.graph.addLinks({{keys.begin(), keys.end()}, {}, {}});
  return model;
}

}  // namespace plexarium::toy
