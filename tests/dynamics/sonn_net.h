#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/dynamics/registry.h"
#include "core/dynamics/sonn/fields.h"
#include "core/dynamics/sonn/sonn.h"

namespace plexarium::sonn {

/// Receptors, columns and cells without a connection: receptors have the first ids, then cells column by column, then the
/// columns.
inline Model bareModel(std::uint32_t receptors, std::uint32_t columns, std::uint32_t neurons, int slotCount) {
  Model model = emptyModel(description());
  NeuronTable table;
  const auto add = [&](Role role) {
    table.ids.push_back({static_cast<std::uint32_t>(table.ids.size()) + 1});
    table.names.push_back("N" + std::to_string(table.ids.size()));
    table.roles.push_back(role);
    table.positions.push_back({});
  };
  for (std::uint32_t k = 0; k < receptors; ++k) add(Role::Sensory);
  for (std::uint32_t k = 0; k < columns * neurons; ++k) add(Role::Inter);
  for (std::uint32_t k = 0; k < columns; ++k) add(Role::Motor);
  table.values.resize(neuron::Count);
  table.values[neuron::Slots].assign(table.size(), slotCount);
  model.graph.addNeurons(table);
  LinkTable votes;
  for (std::uint32_t k = 0; k < columns * neurons; ++k)
    votes.keys.push_back({{receptors + k + 1}, {receptors + columns * neurons + k / neurons + 1}});
  model.graph.addLinks(votes);
  return model;
}

/// A network on its own, without a simulation.
class Net {
 public:
  explicit Net(Model start) : model(std::move(start)) {}
  Net(const Net&) = delete;
  Net& operator=(const Net&) = delete;

  void set(std::size_t parameter, double value) { model.parameters[parameter] = value; }
  void link(std::uint32_t from, std::uint32_t to, double weight) {
    model.graph.addLinks({{{{from}, {to}}}, {}, {{weight}}});
  }
  void build() {
    dynamics = entry().make();
    network = std::make_unique<Network>(Network{model.graph, model.parameters, model.seed, model.tick});
    if (!dynamics->build(*network)) qFatal("the dynamics refuses the network");
  }
  /// Shows exactly these receptors and ticks.
  void show(const std::vector<int>& inputs) {
    std::vector<Stimulus> stimuli;
    for (std::uint32_t k = 0; k < inputs.size(); ++k) stimuli.push_back({{k + 1}, 0, double{1} * inputs[k]});
    dynamics->stimulate(*network, stimuli);
    step();
  }
  void step() {
    dynamics->step(*network, metrics);
    ++network->tick;
  }
  Result<void> learn(std::vector<double> targets) { return dynamics->learn(*network, targets); }
  double value(std::uint32_t id, std::size_t field) {
    dynamics->publish(*network, nullptr);
    return columnValue(model.graph.neuronColumn(field), *model.graph.row({id}));
  }
  double weight(std::uint32_t from, std::uint32_t to) {
    dynamics->publish(*network, nullptr);
    const auto l = model.graph.link({{from}, {to}});
    return l ? columnValue(model.graph.linkColumn(link::Weight), *l) : 0;
  }
  bool fired(std::uint32_t id) { return model.graph.lastFired()[*model.graph.row({id})] == network->tick - 1; }

  Model model;
  std::unique_ptr<Dynamics> dynamics;
  std::unique_ptr<Network> network;
  std::vector<double> metrics = std::vector<double>(metric::Count);
};

}  // namespace plexarium::sonn
