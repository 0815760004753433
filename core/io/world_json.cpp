#include "core/io/world_json.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "core/dynamics/embodied.h"
#include "core/io/field_json.h"
#include "core/io/json_text.h"
#include "core/world/world.h"

namespace plexarium {
namespace {

constexpr std::uint64_t largestId = std::numeric_limits<std::uint32_t>::max() - 1;

void appendText(std::string& text, std::string_view key, std::string_view value) {
  appendKey(text, key);
  appendQuoted(text, value);
}

/// ,"key":value for every value that is not the initial one.
void appendFields(std::string& text, const std::vector<Field>& fields, const std::vector<double>& values) {
  for (std::size_t field = 0; field < fields.size(); ++field) {
    if (isInitial(fields[field], values[field])) continue;
    text += ',';
    appendKey(text, fields[field].key);
    appendValue(text, fields[field], values[field]);
  }
}

void appendObject(std::string& text, const WorldDescription& description, const ArenaObject& object) {
  text += "{\"id\":" + std::to_string(object.id) + ',';
  appendText(text, "kind", object.kind);
  appendFields(text, description.objectKind(object.kind)->fields, object.values);
  text += '}';
}

}  // namespace

void appendController(std::string& text, const Controller& controller) {
  const auto* entry = findWorld(controller.type);
  assert(entry != nullptr);
  const auto& description = entry->description;
  text += '{';
  appendText(text, "id", controller.id);
  text += ',';
  appendText(text, "type", controller.type);
  text += ",\"parameters\":{";
  const auto begin = text.size();
  appendFields(text, description.parameters, controller.parameters);
  if (text.size() > begin) text.erase(begin, 1);  // the first comma
  text += "},\n \"objects\":[";
  std::string_view separator = "\n  ";
  for (const auto& object : controller.objects) {
    text += std::exchange(separator, ",\n  ");
    appendObject(text, description, object);
  }
  text += ']';
  if (!controller.state.empty()) text += ",\n \"state\":" + compactJson(controller.state);
  text += '}';
}

void appendBinding(std::string& text, const Binding& binding) {
  text += '{';
  appendText(text, "controller", binding.controller);
  text += ',';
  appendText(text, "port", binding.port);
  text += ",\"neuron\":" + std::to_string(binding.neuron.value);
  const auto number = [&](std::string_view key, double value, double initial) {
    if (value == initial) return;
    text += ',';
    appendKey(text, key);
    appendNumber(text, value);
  };
  number("gain", binding.gain, Binding{}.gain);
  number("offset", binding.offset, Binding{}.offset);
  text += '}';
}

namespace json {
namespace {

Result<std::string> readText(Node object, std::string_view key, const std::string& place) {
  return require(object, key, Kind::Text, "a text", place).map([](Node node) { return std::string(node.text()); });
}

/// The values of an object whose other keys are `keys`; what is left out has its initial value.
Result<std::vector<double>> readFields(Node object, const std::vector<Field>& fields, Keys keys, const std::string& place) {
  auto values = initialValues(fields);
  const auto others = keys.size();
  for (const auto& field : fields) keys.emplace_back(field.key);
  for (const auto child : object.children()) {
    if (std::find(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(others), child.key()) !=
        keys.begin() + static_cast<std::ptrdiff_t>(others)) {
      continue;
    }
    const auto field = findField(fields, child.key());
    if (!field) return unknownKey(child.key(), keys, place);
    const auto value = fieldValue(fields[*field], child);
    if (!value) return failure(value.error().what, member(place, child.key()), value.error().advice);
    values[*field] = *value;
  }
  return values;
}

Result<ArenaObject> readObject(Node node, const WorldDescription& description, const std::string& place) {
  if (auto object = requireObject(node, place); !object) return tl::unexpected(object.error());
  ArenaObject object;
  const auto id = find(node, "id");
  if (!id) return failure("the key 'id' is missing", place);
  const auto number = wholeNumber(*id, 1, largestId, member(place, "id"));
  if (!number) return tl::unexpected(number.error());
  object.id = static_cast<std::uint32_t>(*number);
  auto kind = readText(node, "kind", place);
  if (!kind) return tl::unexpected(kind.error());
  object.kind = std::move(*kind);
  const auto* known = description.objectKind(object.kind);
  if (known == nullptr) {  // checkObject puts it into words
    return tl::unexpected(checkObject(description, object, place).error());
  }
  auto values = readFields(node, known->fields, {"id", "kind"}, place);
  if (!values) return tl::unexpected(values.error());
  object.values = std::move(*values);
  return object;
}

Result<Controller> readController(Node node, const std::string& place) {
  if (auto object = requireObject(node, place); !object) return tl::unexpected(object.error());
  if (auto known = allowOnly(node, {"id", "type", "parameters", "objects", "state"}, place); !known) {
    return tl::unexpected(known.error());
  }
  const auto id = readText(node, "id", place);
  if (!id) return tl::unexpected(id.error());
  const auto type = readText(node, "type", place);
  if (!type) return tl::unexpected(type.error());
  const auto entry = requireWorld(*type, member(place, "type"));
  if (!entry) return tl::unexpected(entry.error());
  const auto& description = (*entry)->description;
  auto controller = makeController(*id, description);
  if (const auto parameters = find(node, "parameters")) {
    const auto there = member(place, "parameters");
    if (auto object = requireObject(*parameters, there); !object) return tl::unexpected(object.error());
    auto values = readFields(*parameters, description.parameters, {}, there);
    if (!values) return tl::unexpected(values.error());
    controller.parameters = std::move(*values);
  }
  if (const auto objects = find(node, "objects")) {
    const auto there = member(place, "objects");
    if (objects->kind() != Kind::Array) return wrongKind(*objects, "a list", there);
    for (const auto child : objects->children()) {
      auto object = readObject(child, description, element(there, controller.objects.size()));
      if (!object) return tl::unexpected(object.error());
      controller.objects.push_back(std::move(*object));
    }
    std::ranges::stable_sort(controller.objects, {}, &ArenaObject::id);
  }
  if (const auto state = find(node, "state")) controller.state = JsonTree::compact(*state);
  if (auto checked = checkController(controller, place); !checked) return tl::unexpected(checked.error());
  if (auto world = makeWorld(controller); !world) return tl::unexpected(world.error());
  return controller;
}

}  // namespace

Result<std::vector<Controller>> readControllers(Node list, const std::string& place) {
  if (list.kind() != Kind::Array) return wrongKind(list, "a list", place);
  std::vector<Controller> controllers;
  for (const auto node : list.children()) {
    auto controller = readController(node, element(place, controllers.size()));
    if (!controller) return tl::unexpected(std::move(controller.error()));
    controllers.push_back(std::move(*controller));
  }
  std::ranges::stable_sort(controllers, {}, &Controller::id);
  const auto twice = std::ranges::adjacent_find(controllers, {}, &Controller::id);
  if (twice == controllers.end()) return controllers;
  return failure("two controllers are called '" + twice->id + "'", place, "Every controller needs a name of its own");
}

Result<Binding> readBinding(Node node, const std::string& place) {
  if (auto object = requireObject(node, place); !object) return tl::unexpected(object.error());
  if (auto known = allowOnly(node, {"controller", "port", "neuron", "gain", "offset"}, place); !known) {
    return tl::unexpected(known.error());
  }
  Binding binding;
  auto controller = readText(node, "controller", place);
  if (!controller) return tl::unexpected(controller.error());
  binding.controller = std::move(*controller);
  auto port = readText(node, "port", place);
  if (!port) return tl::unexpected(port.error());
  binding.port = std::move(*port);
  const auto neuron = find(node, "neuron");
  if (!neuron) return failure("the key 'neuron' is missing", place);
  const auto id = wholeNumber(*neuron, 1, largestId, member(place, "neuron"));
  if (!id) return tl::unexpected(id.error());
  binding.neuron.value = static_cast<std::uint32_t>(*id);
  for (const auto& [key, value] : {std::pair("gain", &binding.gain), std::pair("offset", &binding.offset)}) {
    const auto number = find(node, key);
    if (!number) continue;
    if (!number->isNumber()) return wrongKind(*number, "a number", member(place, key));
    *value = number->number();
  }
  return binding;
}

Result<std::vector<Binding>> readBindings(Node list, const std::string& place, const Description& description,
                                          const Graph& graph, const Embodiment& embodiment) {
  if (list.kind() != Kind::Array) return wrongKind(list, "a list", place);
  std::vector<Binding> bindings;
  for (const auto node : list.children()) {
    const auto there = element(place, bindings.size());
    auto binding = readBinding(node, there);
    if (!binding) return tl::unexpected(std::move(binding.error()));
    if (auto fits = checkTie(description, graph, embodiment, *binding, there); !fits) return tl::unexpected(fits.error());
    bindings.push_back(std::move(*binding));
  }
  std::ranges::sort(bindings, {}, &Binding::key);
  const auto twice = std::ranges::adjacent_find(bindings, {}, &Binding::key);
  if (twice == bindings.end()) return bindings;
  return failure(
      "neuron " + std::to_string(twice->neuron.value) + " is bound to " + twice->controller + ':' + twice->port + " twice",
      place);
}

}  // namespace json
}  // namespace plexarium
