#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/error.h"
#include "core/graph/ids.h"
#include "core/world/world_description.h"

namespace plexarium {

/// Something that stands in an arena.
struct ArenaObject {
  std::uint32_t id = 0;        ///< Names it within its controller; not 0.
  std::string kind;            ///< ObjectKind::key.
  std::vector<double> values;  ///< Follows ObjectKind::fields.
  friend bool operator==(const ArenaObject&, const ArenaObject&) = default;
};

/// A body with its arena as a value: what a document and an edit hold.
struct Controller {
  std::string id;    ///< Names it within a model: "worm1".
  std::string type;  ///< WorldDescription::key.
  std::vector<double> parameters;
  std::vector<ArenaObject> objects;  ///< In order of their ids.
  std::string state;                 ///< Of the body, JSON text; empty: it has not lived yet.
};

/// A neuron that stands for a port. To a sensor: before each tick the neuron passes gain * max(0, value - offset) on to its
/// targets. To an effector: what the neuron says after each tick (Dynamics::readout), times the gain, goes to the port.
struct Binding {
  std::string controller;
  std::string port;
  NeuronId neuron;
  double gain = 1;    ///< Sensors: from 0.
  double offset = 0;  ///< Sensors only.

  /// What names it: a neuron may stand for several ports and a port have several neurons.
  [[nodiscard]] auto key() const { return std::tie(controller, port, neuron); }
};

/// The bodies of a network and how they are tied to it. Controllers stand in order of their ids, bindings in order of their
/// keys. Value type.
struct Embodiment {
  std::vector<Controller> controllers;
  std::vector<Binding> bindings;

  [[nodiscard]] bool empty() const { return controllers.empty() && bindings.empty(); }
};

// Pure functions; any thread. Errors of the checks name the field below `where` ("controllers[0]", "controller worm1").

const Controller* findController(const Embodiment& embodiment, std::string_view id);
const Binding* findBinding(const Embodiment& embodiment, const Binding& binding);
/// A fresh controller of that type with initial parameters; the type must be there.
Controller makeController(std::string id, const WorldDescription& description);
/// An id that no object of the controller has.
std::uint32_t freeObjectId(const Controller& controller);

/// Type, id, parameters and objects; not the state.
Result<void> checkController(const Controller& controller, const std::string& where);
Result<void> checkObject(const WorldDescription& description, const ArenaObject& object, const std::string& where);
/// Ids ascend, are unique and not 0.
Result<void> checkObjectIds(std::span<const ArenaObject> objects, const std::string& where);
/// Controller, port, gain and offset; not the neuron.
Result<void> checkBinding(const Embodiment& embodiment, const Binding& binding, const std::string& where);

}  // namespace plexarium
