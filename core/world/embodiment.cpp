#include "core/world/embodiment.h"

#include <algorithm>
#include <cmath>

#include "core/world/world.h"

namespace plexarium {
namespace {

constexpr double largestGain = 1e6;

Result<void> checkValues(const std::vector<Field>& fields, std::span<const double> values, const std::string& where) {
  if (values.size() != fields.size()) {
    return failure("there are " + std::to_string(values.size()) + " values, not " + std::to_string(fields.size()), where);
  }
  for (std::size_t k = 0; k < fields.size(); ++k) {
    if (auto checked = checkValue(fields[k], values[k], where + "." + fields[k].key); !checked) return checked;
  }
  return {};
}

}  // namespace

const ObjectKind* WorldDescription::objectKind(std::string_view kind) const {
  const auto found = std::ranges::find(objects, kind, &ObjectKind::key);
  return found == objects.end() ? nullptr : &*found;
}

std::optional<PortIndex> findPort(const WorldDescription& description, std::string_view key) {
  for (const bool sensor : {true, false}) {
    const auto& ports = sensor ? description.sensors : description.effectors;
    const auto found = std::ranges::find(ports, key, &Port::key);
    if (found != ports.end()) return PortIndex{sensor, static_cast<std::size_t>(found - ports.begin())};
  }
  return std::nullopt;
}

const Port& portAt(const WorldDescription& description, PortIndex index) {
  return (index.sensor ? description.sensors : description.effectors)[index.index];
}

const Controller* findController(const Embodiment& embodiment, std::string_view id) {
  const auto& all = embodiment.controllers;
  const auto found = std::ranges::lower_bound(all, id, {}, &Controller::id);
  return found != all.end() && found->id == id ? &*found : nullptr;
}

const Binding* findBinding(const Embodiment& embodiment, const Binding& binding) {
  const auto& all = embodiment.bindings;
  const auto found = std::ranges::lower_bound(all, binding.key(), {}, &Binding::key);
  return found != all.end() && found->key() == binding.key() ? &*found : nullptr;
}

Controller makeController(std::string id, const WorldDescription& description) {
  return {std::move(id), description.key, initialValues(description.parameters), {}, {}};
}

std::uint32_t freeObjectId(const Controller& controller) {
  return controller.objects.empty() ? 1 : controller.objects.back().id + 1;
}

Result<void> checkController(const Controller& controller, const std::string& where) {
  if (controller.id.empty()) return failure("a controller needs a name", where + ".id");
  const auto entry = requireWorld(controller.type, where + ".type");
  if (!entry) return tl::unexpected(entry.error());
  const auto& description = (*entry)->description;
  if (auto checked = checkValues(description.parameters, controller.parameters, where + ".parameters"); !checked) {
    return checked;
  }
  for (std::size_t k = 0; k < controller.objects.size(); ++k) {
    const auto place = where + ".objects[" + std::to_string(k) + "]";
    if (auto checked = checkObject(description, controller.objects[k], place); !checked) return checked;
  }
  return checkObjectIds(controller.objects, where + ".objects");
}

Result<void> checkObject(const WorldDescription& description, const ArenaObject& object, const std::string& where) {
  const auto* kind = description.objectKind(object.kind);
  if (kind == nullptr) {
    std::string known;
    for (const auto& one : description.objects) known += (known.empty() ? "" : ", ") + one.key;
    return failure("there is no '" + object.kind + "' in this arena", where + ".kind", "There are: " + known);
  }
  if (object.id == 0) return failure("an object's id is not 0", where + ".id");
  return checkValues(kind->fields, object.values, where);
}

Result<void> checkObjectIds(std::span<const ArenaObject> objects, const std::string& where) {
  const auto wrong = std::ranges::adjacent_find(objects, std::ranges::greater_equal{}, &ArenaObject::id);
  if (wrong == objects.end()) return {};
  return failure("the id " + std::to_string((wrong + 1)->id) + " stands out of order or twice", where,
                 "Every object needs an id of its own");
}

Result<void> checkBinding(const Embodiment& embodiment, const Binding& binding, const std::string& where) {
  const auto* controller = findController(embodiment, binding.controller);
  if (controller == nullptr) {
    return failure("there is no controller '" + binding.controller + "'", where + ".controller");
  }
  const auto& description = findWorld(controller->type)->description;
  const auto port = findPort(description, binding.port);
  if (!port) {
    return failure(description.label + " has no port '" + binding.port + "'", where + ".port",
                   "Its effectors go from " + description.effectors.front().key + " to " + description.effectors.back().key);
  }
  const double least = port->sensor ? 0 : -largestGain;
  if (!(binding.gain >= least && binding.gain <= largestGain)) {
    return failure("the gain is out of range", where + ".gain",
                   port->sensor ? "A sensor's gain goes from 0 to 1000000; an inverted link makes it inhibit"
                                : "It goes from -1000000 to 1000000");
  }
  if (!std::isfinite(binding.offset) || std::abs(binding.offset) > largestGain) {
    return failure("the offset is out of range", where + ".offset", "It goes from -1000000 to 1000000");
  }
  if (!port->sensor && binding.offset != 0) {
    return failure("an effector has no offset", where + ".offset", "Leave it at 0");
  }
  return {};
}

}  // namespace plexarium
