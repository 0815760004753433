#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/dynamics/registry.h"
#include "core/dynamics/sorn/creation.h"
#include "core/dynamics/sorn/fields.h"
#include "core/dynamics/sorn/sorn.h"

namespace plexarium::sorn {

/// A small network for tests: neurons and links first, then build(), then ticks. Without noise and growth, all rules off.
class Net {
 public:
  explicit Net(Precision precision) : model(emptyModel(description())) {
    for (const auto rule : {parameter::Stdp, parameter::Ip, parameter::Growth, parameter::InhibitoryStdp, parameter::Scaling,
                            parameter::Noise})
      set(rule, 0);
    set(parameter::Precision, static_cast<double>(precision));
  }
  explicit Net(Model start) : model(std::move(start)) { build(); }
  Net(const Net&) = delete;
  Net& operator=(const Net&) = delete;

  void set(std::size_t parameter, double value) { model.parameters[parameter] = value; }
  NeuronId add(Kind kind, double threshold, bool active = false) {
    const auto id = model.graph.nextId();
    NeuronTable table;
    table.ids = {id};
    table.names = {"N" + std::to_string(id.value)};
    table.roles = {Role::Inter};
    table.positions = {{}};
    table.values = {{static_cast<double>(kind)}, {threshold}, {active ? 1.0 : 0.0}};
    table.values.resize(neuron::Count);
    model.graph.addNeurons(table);
    return id;
  }
  void link(NeuronId from, NeuronId to, double weight) { model.graph.addLinks({{{from, to}}, {}, {{weight}, {-1}}}); }
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
  double value(NeuronId id, std::size_t field) {
    dynamics->publish(*network, nullptr);
    return columnValue(model.graph.neuronColumn(field), *model.graph.row(id));
  }
  bool fires(NeuronId id) { return value(id, neuron::Active) != 0; }
  /// 0: there is no such link.
  double weight(NeuronId from, NeuronId to) {
    dynamics->publish(*network, nullptr);
    const auto l = model.graph.link({from, to});
    return l ? columnValue(model.graph.linkColumn(link::Weight), *l) : 0;
  }

  Model model;
  std::unique_ptr<Dynamics> dynamics;
  std::unique_ptr<Network> network;
  std::vector<double> metrics = std::vector<double>(metric::Count);
};

}  // namespace plexarium::sorn
