#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/dynamics/plexus/creation.h"
#include "core/dynamics/plexus/fields.h"
#include "core/dynamics/plexus/plexus.h"
#include "core/dynamics/registry.h"

namespace plexarium::plexus {

/// A small network for tests: neurons and links first, then build(), then ticks.
class Net {
 public:
  explicit Net(Rule rule) : model(emptyModel(description())) { set(parameter::Rule, static_cast<double>(rule)); }
  explicit Net(Model start) : model(std::move(start)) { build(); }
  Net(const Net&) = delete;
  Net& operator=(const Net&) = delete;

  void set(std::size_t parameter, double value) { model.parameters[parameter] = value; }
  NeuronId add(Role role, double potential = 0.5) {
    const auto id = model.graph.nextId();
    NeuronTable table;
    table.ids = {id};
    table.names = {"N" + std::to_string(id.value)};
    table.roles = {role};
    table.positions = {{}};
    table.values.resize(neuron::Count);
    table.values[neuron::Potential] = {potential};
    model.graph.addNeurons(table);
    return id;
  }
  void link(NeuronId from, NeuronId to, double weight) { model.graph.addLinks({{{from, to}}, {}, {{weight}}}); }
  void build() {
    dynamics = entry().make();
    network = std::make_unique<Network>(Network{model.graph, model.parameters, model.seed, model.tick});
    if (!dynamics->build(*network)) qFatal("the dynamics refuses the network");
  }
  void step(Tick ticks = 1) {
    for (Tick tick = 0; tick < ticks; ++tick, ++network->tick) dynamics->step(*network, metrics);
  }
  void input(NeuronId id, double amount) {
    const Stimulus stimulus{id, 0, amount};
    dynamics->stimulate(*network, {&stimulus, 1});
  }
  Result<void> learn(std::vector<double> targets) { return dynamics->learn(*network, targets); }
  double value(NeuronId id, std::size_t field) {
    dynamics->publish(*network, nullptr);
    return columnValue(model.graph.neuronColumn(field), *model.graph.row(id));
  }
  double weight(NeuronId from, NeuronId to) {
    dynamics->publish(*network, nullptr);
    return columnValue(model.graph.linkColumn(link::Weight), *model.graph.link({from, to}));
  }
  Appearance look() {
    Appearance appearance;
    dynamics->publish(*network, &appearance);
    return appearance;
  }

  Model model;
  std::unique_ptr<Dynamics> dynamics;
  std::unique_ptr<Network> network;
  std::vector<double> metrics = std::vector<double>(metric::Count);
};

/// The article's five parameters.
inline Model madeNetwork(double neurons, double inputs, double outputs, double connectivity, double precision, Rule rule,
                         std::uint64_t seed = 1, double gain = 1e6) {
  return createNetwork(
             std::vector<double>{neurons, inputs, outputs, connectivity, precision, static_cast<double>(rule), gain, 0},
             seed)
      .value();
}

}  // namespace plexarium::plexus
