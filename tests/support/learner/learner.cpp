#include "tests/support/learner/learner.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include "core/random.h"

namespace plexarium::learner {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
enum NeuronField : std::size_t { Level, Bias };
enum LinkField : std::size_t { Weight };
enum Parameter : std::size_t { Rate };

Description describe() {
  Description learner;
  learner.key = "learner";
  learner.label = "Learner";
  learner.help = "Logistic units with the delta rule.";
  learner.tickUnit = "wave";
  learner.neuronFields = {{"level", "Level", "", "What the neuron says.", FieldType::Real, -infinity, infinity, 0, {}, true},
                          {"bias", "Bias", "", "Moves with learning.", FieldType::Real, -infinity, infinity, 0, {}, true}};
  learner.linkFields = {{"weight", "Weight", "", "Moves with learning.", FieldType::Real, -infinity, infinity, 0, {}, true}};
  learner.parameters = {{"rate", "Rate", "", "Of learning.", FieldType::Real, 0, 10, 0.5}};
  learner.creationFields = {{"inputs", "Inputs", "", "How many.", FieldType::Integer, 1, 10000, 4},
                            {"outputs", "Outputs", "", "How many.", FieldType::Integer, 1, 10000, 2}};
  learner.metrics = {{"taught", "Taught", "", "Motor neurons with a target."}};
  learner.phases = {{"calm", "", Tint::Calm, Shape::Disc}};
  learner.linkStyles = {{"link", Tint::Excite, LinkEnd::Arrow, false}};
  learner.stimuli = {{"level", "Level", "", "Held until the next.", 1, -10, 10, false, true}};
  return learner;
}

const Description& description() {
  static const Description instance = describe();
  return instance;
}

class Learner : public Dynamics {
 public:
  Result<void> build(Network& /*network*/) override {
    targets_.clear();
    return {};
  }
  void edited(Network& /*network*/, const Edited& /*what*/) override {}

  void stimulate(Network& network, std::span<const Stimulus> stimuli) override {
    const auto level = network.graph.neuronValues<double>(Level);
    for (const auto& stimulus : stimuli) {
      if (const auto row = network.graph.row(stimulus.neuron)) level[*row] = stimulus.amount;
    }
  }

  Result<void> learn(Network& network, std::span<const double> targets) override {
    const auto motors = static_cast<std::size_t>(std::ranges::count(network.graph.roles(), Role::Motor));
    if (!targets.empty() && targets.size() != motors)
      return failure("there are " + std::to_string(motors) + " motor neurons");
    targets_.assign(targets.begin(), targets.end());
    return {};
  }

  void step(Network& network, std::span<double> metrics) override {
    auto& graph = network.graph;
    const auto level = graph.neuronValues<double>(Level);
    const auto bias = graph.neuronValues<double>(Bias);
    const auto weight = graph.linkValues<double>(Weight);
    const auto roles = graph.roles();
    std::vector<double> sum(bias.begin(), bias.end());
    forLinks(graph, [&](std::size_t from, std::size_t to, std::size_t link) { sum[to] += level[from] * weight[link]; });
    std::vector<double> change(sum.size(), 0);
    auto target = targets_.begin();
    metrics[0] = 0;
    for (std::size_t row = 0; row < roles.size(); ++row) {
      if (roles[row] != Role::Motor) continue;
      level[row] = 1 / (1 + std::exp(-sum[row]));
      if (level[row] >= 0.5) graph.lastFired()[row] = network.tick;
      const double wanted = target == targets_.end() ? std::nan("") : *target++;
      if (std::isnan(wanted)) continue;
      ++metrics[0];
      change[row] = network.parameters[Rate] * (wanted - level[row]);
      bias[row] += change[row];
    }
    forLinks(graph, [&](std::size_t from, std::size_t to, std::size_t link) { weight[link] += change[to] * level[from]; });
  }

  void readout(Network& network, std::span<const std::uint32_t> rows, std::span<double> outputs) override {
    const auto level = network.graph.neuronValues<double>(Level);
    for (std::size_t k = 0; k < rows.size(); ++k) outputs[k] = level[rows[k]];
  }

  void publish(Network& network, Appearance* appearance) override {
    if (appearance == nullptr) return;
    const auto neurons = network.graph.neuronCount();
    const auto links = network.graph.linkCount();
    appearance->phase.assign(neurons, 0);
    appearance->level.assign(neurons, 0.0F);
    appearance->store.assign(neurons, -1.0F);
    appearance->progress.assign(neurons, -1.0F);
    appearance->lastFired.assign(network.graph.lastFired().begin(), network.graph.lastFired().end());
    appearance->lastCarried.assign(links, never);
    appearance->linkStyle.assign(links, 0);
    appearance->linkStrength.assign(links, 0.5F);
  }

  Result<std::string> state(Network& /*network*/, const std::string* restore) override {
    if (restore != nullptr) {
      const auto read = nlohmann::json::parse(*restore, nullptr, false);
      if (!read.is_array()) return failure("the learner's state is damaged");
      targets_.clear();
      for (const auto& target : read) targets_.push_back(target.is_null() ? std::nan("") : target.get<double>());
    }
    return nlohmann::json(targets_).dump();  // NaN becomes null
  }

 private:
  template <typename Visit>
  static void forLinks(const Graph& graph, Visit visit) {
    for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
      for (auto link = graph.firstLink()[row]; link < graph.firstLink()[row + 1]; ++link)
        visit(row, graph.targets()[link], link);
    }
  }
  std::vector<double> targets_;
};

}  // namespace

DynamicsEntry entry() {
  return {description(), []() -> std::unique_ptr<Dynamics> { return std::make_unique<Learner>(); },
          [](std::span<const double> values, std::uint64_t seed) -> Result<Model> {
            return model(static_cast<std::size_t>(values[0]), static_cast<std::size_t>(values[1]), seed);
          }};
}

Model model(std::size_t inputs, std::size_t outputs, std::uint64_t seed) {
  Model model = emptyModel(description());
  model.seed = seed;
  const RandomStream random(seed, 1);
  NeuronTable neurons;
  neurons.values.resize(2);
  for (std::size_t k = 0; k < inputs + outputs; ++k) {
    neurons.ids.push_back({static_cast<std::uint32_t>(k + 1)});
    neurons.names.emplace_back();
    neurons.roles.push_back(k < inputs ? Role::Sensory : Role::Motor);
    neurons.positions.push_back({static_cast<float>(k), 0});
    neurons.values[Level].push_back(0);
    neurons.values[Bias].push_back(0.1 * (random.uniform(k) - 0.5));
  }
  LinkTable links;
  links.values.resize(1);
  for (std::uint32_t from = 1; from <= inputs; ++from) {
    for (std::size_t k = 0; k < outputs; ++k) {
      links.keys.push_back({{from}, {static_cast<std::uint32_t>(inputs + k + 1)}});
      links.values[Weight].push_back(0.1 * (random.uniform(from, static_cast<std::uint32_t>(k + 1)) - 0.5));
    }
  }
  model.graph.addNeurons(neurons);
  model.graph.addLinks(links);
  return model;
}

}  // namespace plexarium::learner
