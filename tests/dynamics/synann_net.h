#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/dynamics/registry.h"
#include "core/dynamics/synann/creation.h"
#include "core/dynamics/synann/fields.h"
#include "core/dynamics/synann/synann.h"

namespace plexarium::synann {

/// What a test says of a neuron.
struct Cell {
  Role role = Role::Inter;
  double probability = 0;
  double bias = 0;
  double gain = 1;
  Join join = Join::Or;
};

/// A small network for tests: neurons and links first, then build(), then ticks.
class Net {
 public:
  Net() : model(emptyModel(description())) {}
  explicit Net(Model start) : model(std::move(start)) { build(); }
  Net(const Net&) = delete;
  Net& operator=(const Net&) = delete;

  NeuronId add(const Cell& cell) {
    const auto id = model.graph.nextId();
    NeuronTable table;
    table.ids = {id};
    table.names = {"N" + std::to_string(id.value)};
    table.roles = {cell.role};
    table.positions = {{}};
    table.values.resize(neuron::Count);
    table.values[neuron::Probability] = {cell.probability};
    table.values[neuron::Bias] = {cell.bias};
    table.values[neuron::Gain] = {cell.gain};
    table.values[neuron::Join] = {static_cast<double>(cell.join)};
    model.graph.addNeurons(table);
    return id;
  }
  NeuronId input(double probability) { return add({.role = Role::Sensory, .probability = probability}); }
  void link(NeuronId from, NeuronId to, Channel channel, double weight, double delay = 0) {
    LinkTable table{{{from, to}}, {}, std::vector<std::vector<double>>(link::Count)};
    table.values[link::Channel] = {static_cast<double>(channel)};
    table.values[link::Weight] = {weight};
    table.values[link::Delay] = {delay};
    model.graph.addLinks(table);
  }
  void excite(NeuronId from, NeuronId to, double weight = 1, double delay = 0) {
    link(from, to, Channel::Exciting, weight, delay);
  }
  void inhibit(NeuronId from, NeuronId to, double weight = 1, double delay = 0) {
    link(from, to, Channel::Inhibiting, weight, delay);
  }

  void set(std::size_t parameter, double value) {
    model.parameters[parameter] = value;
    if (dynamics) dynamics->edited(*network, {.parameters = true});
  }
  void build() {
    dynamics = entry().make();
    network = std::make_unique<Network>(Network{model.graph, model.parameters, model.seed, model.tick});
    if (!dynamics->build(*network)) qFatal("the dynamics refuses the network");
  }
  void step(Tick ticks = 1) {
    for (Tick tick = 0; tick < ticks; ++tick, ++network->tick) dynamics->step(*network, metrics);
  }
  void stimulate(NeuronId id, double amount) {
    const Stimulus stimulus{id, 0, amount};
    dynamics->stimulate(*network, {&stimulus, 1});
  }
  Result<void> learn(std::vector<double> targets) { return dynamics->learn(*network, targets); }
  double value(NeuronId id, std::size_t field = neuron::Probability) {
    dynamics->publish(*network, nullptr);
    return columnValue(model.graph.neuronColumn(field), *model.graph.row(id));
  }
  double value(LinkKey key, std::size_t field) {
    dynamics->publish(*network, nullptr);
    return columnValue(model.graph.linkColumn(field), *model.graph.link(key));
  }
  void setWeight(LinkKey key, double weight) {
    dynamics->publish(*network, nullptr);
    model.graph.setLinkValue(*model.graph.link(key), link::Weight, weight);
    dynamics->edited(*network, {.linkValues = true});
  }

  Model model;
  std::unique_ptr<Dynamics> dynamics;
  std::unique_ptr<Network> network;
  std::vector<double> metrics = std::vector<double>(metric::Count);
};

}  // namespace plexarium::synann
