#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/dynamics/registry.h"
#include "core/dynamics/transmitter/fields.h"
#include "core/dynamics/transmitter/transmitter.h"

namespace plexarium::transmitter {

/// A small network for tests: neurons and links first, then build(), then ticks.
class Circuit {
 public:
  explicit Circuit(Rule rule = Rule::Sync) : model(emptyModel(description())) {
    model.parameters[parameter::Rule] = static_cast<double>(rule);
  }
  explicit Circuit(Model start) : model(std::move(start)) {}
  Circuit(const Circuit&) = delete;
  Circuit& operator=(const Circuit&) = delete;

  NeuronId add(std::initializer_list<std::pair<std::size_t, double>> values = {}) {
    NeuronTable table;
    const auto id = model.graph.nextId();
    table.ids = {id};
    table.names = {"N" + std::to_string(id.value)};
    table.roles = {Role::Inter};
    table.positions = {{}};
    model.graph.addNeurons(table);
    for (const auto& [field, value] : values) model.graph.setNeuronValue(*model.graph.row(id), field, value);
    return id;
  }
  void link(NeuronId from, NeuronId to, double weight = 1, Kind kind = Kind::Chemical) {
    LinkTable table;
    table.keys = {{from, to}};
    table.values = {{weight}, {static_cast<double>(kind)}, {}};
    model.graph.addLinks(table);
  }
  void build() {
    dynamics = entry().make();
    network = std::make_unique<Network>(Network{model.graph, model.parameters, model.seed, model.tick});
    if (!dynamics->build(*network)) qFatal("the dynamics refuses the circuit");
  }
  void step(Tick ticks = 1) {
    for (Tick tick = 0; tick < ticks; ++tick, ++network->tick) dynamics->step(*network, metrics);
  }
  void inject(NeuronId id, std::size_t channel, double amount) {
    const Stimulus stimulus{id, channel, amount};
    dynamics->stimulate(*network, {&stimulus, 1});
  }
  void set(NeuronId id, std::size_t field, double value) {
    dynamics->publish(*network, nullptr);
    model.graph.setNeuronValue(*model.graph.row(id), field, value);
    dynamics->edited(*network, {.neuronValues = true});
  }
  void setLink(NeuronId from, NeuronId to, std::size_t field, double value) {
    dynamics->publish(*network, nullptr);
    model.graph.setLinkValue(*model.graph.link({from, to}), field, value);
    dynamics->edited(*network, {.linkValues = true});
  }
  [[nodiscard]] double value(NeuronId id, std::size_t field) const {
    return columnValue(model.graph.neuronColumn(field), *model.graph.row(id));
  }
  /// The letters of the trace format for the phases of the next `ticks` ticks of one neuron.
  std::string phases(NeuronId id, Tick ticks) {
    std::string letters;
    for (Tick tick = 0; tick < ticks; ++tick) {
      step();
      letters += "IACXR"[static_cast<std::size_t>(value(id, neuron::Phase))];
    }
    return letters;
  }
  /// Everything that the columns hold, for comparing runs bit for bit.
  [[nodiscard]] std::vector<std::vector<double>> contents() const {
    std::vector<std::vector<double>> all;
    for (std::size_t field = 0; field < neuron::Count; ++field) all.push_back(columnValues(model.graph.neuronColumn(field)));
    all.emplace_back(model.graph.lastFired().begin(), model.graph.lastFired().end());
    all.emplace_back(model.graph.lastCarried().begin(), model.graph.lastCarried().end());
    return all;
  }

  Model model;
  std::unique_ptr<Dynamics> dynamics;
  std::unique_ptr<Network> network;
  std::vector<double> metrics = std::vector<double>(metric::Count);
};

/// A default neuron that makes nothing by itself, so that sums are easy to follow by hand.
inline constexpr std::initializer_list<std::pair<std::size_t, double>> idle{{neuron::ProductionE, 0},
                                                                            {neuron::ProductionI, 0}};

}  // namespace plexarium::transmitter
