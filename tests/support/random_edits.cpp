#include "tests/support/random_edits.h"

#include <algorithm>
#include <cmath>

namespace plexarium {
namespace {

std::string structureFaults(std::span<const NeuronId> ids, std::span<const std::uint32_t> first,
                            std::span<const std::uint32_t> targets) {
  if (std::ranges::adjacent_find(ids, std::ranges::greater_equal{}) != ids.end()) return "ids do not ascend";
  if (first.size() != ids.size() + 1 || first.front() != 0 || first.back() != targets.size()) return "first links are wrong";
  if (!std::ranges::is_sorted(first)) return "first links do not ascend";
  for (std::size_t row = 0; row < ids.size(); ++row) {
    const auto own = targets.subspan(first[row], first[row + 1] - first[row]);
    if (std::ranges::adjacent_find(own, std::ranges::greater_equal{}) != own.end()) return "targets do not ascend";
    if (!own.empty() && own.back() >= ids.size()) return "a link dangles";
  }
  return {};
}

std::size_t length(const Column& column) {
  return std::visit([](const auto& values) { return values.size(); }, column);
}

}  // namespace

RandomEdits::RandomEdits(const Description& description, std::uint64_t seed, std::vector<std::size_t> parameters,
                         std::size_t fewest, std::size_t most)
    : description_(description), stream_(seed, 77), parameters_(std::move(parameters)), fewest_(fewest), most_(most) {}

std::optional<LinkKey> RandomEdits::anyLink(const GraphImage& image) {
  if (image.targets->empty()) return std::nullopt;
  return image.key(below(image.targets->size()));
}

Point RandomEdits::anyPoint() {
  return {static_cast<float>(below(2000)) / 10 - 100, static_cast<float>(below(2000)) / 10 - 100};
}

double RandomEdits::anyValue(const Field& field) {
  const double least = std::isinf(field.minimum) ? -1 : field.minimum;
  const double greatest = std::min(field.maximum, least + 10);
  switch (field.type) {
    case FieldType::Choice:
      return below(field.choices.size());
    case FieldType::Flag:
      return below(2);
    case FieldType::Integer:
      return std::ceil(least) + below(static_cast<std::size_t>(std::floor(greatest) - std::ceil(least)) + 1);
    case FieldType::Real:
    case FieldType::Single:
      break;
  }
  return least + (greatest - least) * stream_.uniform(draws_++);
}

std::optional<std::size_t> RandomEdits::anyField(const std::vector<Field>& fields) {
  if (fields.empty()) return std::nullopt;
  const std::size_t field = below(fields.size());
  if (!fields[field].editable) return std::nullopt;
  return field;
}

Edit RandomEdits::addNeurons(const GraphImage& image) {
  AddNeurons add;
  const auto count = 1 + below(3);
  for (std::uint32_t k = 0; k < count; ++k) {
    add.neurons.ids.emplace_back();
    add.neurons.names.push_back("R" + std::to_string(below(1000)));
    add.neurons.roles.push_back(static_cast<Role>(below(3)));
    add.neurons.positions.push_back(anyPoint());
  }
  Edit edit{"Add neurons", {std::move(add)}};
  AddLinks links;
  links.links.keys.push_back({anyNeuron(image), anyNeuron(image)});
  if (below(2) == 0 && !image.link(links.links.keys[0])) edit.steps.emplace_back(std::move(links));
  return edit;
}

Edit RandomEdits::anyGrouping(const GraphImage& image) {
  const auto& groups = *image.groups;
  const auto anyGroup = [&] { return below(4) == 0 || groups.empty() ? GroupId{} : groups[below(groups.size())].id; };
  if (groups.size() < 3) {
    const auto id = freeGroupId(groups);
    const auto colour = static_cast<std::uint8_t>(below(groupColours));
    return {"Group", {AddGroups{{{id, "G", colour, anyGroup(), false}}}, AssignGroups{{{anyNeuron(image), id}}}}};
  }
  switch (below(groups.size() > 8 ? 1 : 4)) {
    case 0:
      return {"Ungroup", {RemoveGroups{{groups[below(groups.size())].id}}}};
    case 1: {
      auto group = groups[below(groups.size())];
      group.parent = anyGroup();  // sometimes itself: refused
      group.collapsed = !group.collapsed;
      return {"Change group", {SetGroups{{std::move(group)}}}};
    }
    default:
      return {"Assign", {AssignGroups{{{anyNeuron(image), anyGroup()}, {anyNeuron(image), anyGroup()}}}}};
  }
}

Edit RandomEdits::next(const GraphImage& image) {
  const auto neurons = image.ids->size();
  if (neurons < std::max<std::size_t>(fewest_, 1)) {
    if (neurons > 0) return addNeurons(image);
    return {"Add neuron", {AddNeurons{{{{}}, {"R"}, {Role::Inter}, {anyPoint()}, {}, {}}}}};
  }
  if (neurons > most_) return {"Remove neuron", {RemoveNeurons{{anyNeuron(image)}}}};
  const auto link = anyLink(image);
  switch (below(12)) {
    case 0:
      return addNeurons(image);
    case 1:
      return {"Remove neuron", {RemoveNeurons{{anyNeuron(image)}}}};
    case 2:
    case 3:
      return {"Add link", {AddLinks{{{{anyNeuron(image), anyNeuron(image)}}, {}, {}}}}};
    case 4:
      if (link) return {"Remove link", {RemoveLinks{{*link}}}};
      break;
    case 5:
      if (const auto field = anyField(description_.neuronFields)) {
        const auto value = anyValue(description_.neuronFields[*field]);
        return {"Set", {SetNeuronField{*field, {{anyNeuron(image), value}}}}};
      }
      break;
    case 6:
      if (const auto field = anyField(description_.linkFields); link && field) {
        return {"Set", {SetLinkField{*field, {{*link, anyValue(description_.linkFields[*field])}}}}};
      }
      break;
    case 7:
      if (!parameters_.empty()) {
        const auto parameter = parameters_[below(parameters_.size())];
        return {"Set", {SetParameter{parameter, anyValue(description_.parameters[parameter])}}};
      }
      break;
    case 8:
      return {"Rename", {RenameNeurons{{{anyNeuron(image), "S" + std::to_string(below(1000))}}}}};
    case 9:
    case 10:
      return anyGrouping(image);
    default:
      break;
  }
  if (below(2) == 0) return {"Role", {SetRoles{{{anyNeuron(image), static_cast<Role>(below(3))}}}}};
  return {"Move", {MoveNeurons{{{anyNeuron(image), anyPoint()}}}}};
}

/// Comes, moves or goes.
Edit RandomEdits::anyThing(const WorldView& body) {
  const auto& kinds = body.description->objects;
  const auto any = [&] {
    const auto& kind = kinds[below(kinds.size())];
    ArenaObject object{1 + below(12), kind.key, {}};
    for (const auto& field : kind.fields) object.values.push_back(field.evolves ? field.initial : anyValue(field));
    object.values[0] = static_cast<double>(below(200)) / 20 - 5;  // about the body
    object.values[1] = static_cast<double>(below(200)) / 20 - 5;
    return object;
  };
  if (body.objects.empty() || below(3) == 0) return {"Place", {AddObjects{body.controller, {any()}}}};
  const auto& there = body.objects[below(body.objects.size())];
  if (below(2) == 0) return {"Remove", {RemoveObjects{body.controller, {there.id}}}};
  ArenaObject moved = there;
  moved.values[0] += 0.25;
  return {"Move", {SetObjects{body.controller, {std::move(moved)}}}};
}

Edit RandomEdits::anyTie(const Snapshot& seen, const WorldView& body) {
  const auto& ties = *seen.bindings;
  const bool sensor = below(2) == 0;
  const auto& ports = sensor ? body.description->sensors : body.description->effectors;
  const Binding fresh{body.controller, ports[below(ports.size())].key, anyNeuron(seen.graph), 1, 0};
  if (ties.empty() || below(3) == 0) return {"Tie", {AddBindings{{fresh}}}};
  Binding known = ties[below(ties.size())];
  if (below(2) == 0) return {"Untie", {RemoveBindings{{std::move(known)}}}};
  known.gain = static_cast<double>(below(8)) / 2;
  return {"Gain", {SetBindings{{std::move(known)}}}};
}

Edit RandomEdits::next(const Snapshot& seen) {
  if (seen.worlds.empty() || seen.graph.ids->empty() || below(3) != 0) return next(seen.graph);
  const WorldView& body = *seen.worlds[below(seen.worlds.size())];
  switch (below(8)) {
    case 0: {
      const auto& field = body.description->parameters[below(body.description->parameters.size())];
      return {"Set", {SetWorldParameter{body.controller, field.key, anyValue(field)}}};
    }
    case 1:
      if (seen.worlds.size() > 1) return {"Remove body", {RemoveControllers{{body.controller}}}};
      return {"Add body", {AddControllers{{makeController("body" + std::to_string(below(3)), *body.description)}}}};
    case 2:
    case 3:
    case 4:
      return anyThing(body);
    default:
      return anyTie(seen, body);
  }
}

std::string faults(const Snapshot& snapshot) {
  const auto& image = snapshot.graph;
  if (auto wrong = structureFaults(*image.ids, *image.firstLink, *image.targets); !wrong.empty()) return wrong;
  const auto neurons = image.ids->size();
  const auto links = image.targets->size();
  const auto& seen = snapshot.appearance;
  for (const auto size : {image.names->size(), image.roles->size(), image.positions->size(), seen.phase.size(),
                          seen.level.size(), seen.lastFired.size()}) {
    if (size != neurons) return "a list of neurons has another length";
  }
  if (!seen.lastCarried.empty() && seen.lastCarried.size() != links) return "a list of links has another length";
  for (const auto size : {seen.linkStyle.size(), seen.linkStrength.size()}) {
    if (size != links) return "a list of links has another length";
  }
  const auto fits = [](std::size_t count) {
    return [count](const Column& column) { return length(column) == 0 || length(column) == count; };
  };
  if (!std::ranges::all_of(*image.neuronFields, fits(neurons))) return "a neuron field has another length";
  if (!std::ranges::all_of(*image.linkFields, fits(links))) return "a link field has another length";
  const auto future = [&](Tick tick) { return tick > snapshot.tick; };
  if (std::ranges::any_of(seen.lastFired, future)) return "a neuron fired in the future";
  if (std::ranges::any_of(seen.lastCarried, future)) return "a link carried in the future";
  for (const auto& body : snapshot.worlds) {
    const auto finite = [](double value) { return std::isfinite(value); };
    const bool sound = std::ranges::all_of(body->sensors, finite) && std::ranges::all_of(body->effectors, finite) &&
                       std::ranges::all_of(body->spine, [&](ArenaPoint p) { return finite(p.x) && finite(p.y); });
    if (!sound) return "a body is no number";
  }
  return {};
}

std::string faults(const Graph& graph) {
  if (auto wrong = structureFaults(graph.ids(), graph.firstLink(), graph.targets()); !wrong.empty()) return wrong;
  const auto neurons = graph.neuronCount();
  if (graph.names().size() != neurons || graph.roles().size() != neurons || graph.positions().size() != neurons ||
      graph.lastFired().size() != neurons ||
      (!graph.lastCarried().empty() && graph.lastCarried().size() != graph.linkCount())) {
    return "a list has another length";
  }
  for (std::size_t field = 0; field < graph.neuronColumnCount(); ++field) {
    if (length(graph.neuronColumn(field)) != neurons) return "a neuron column has another length";
  }
  for (std::size_t field = 0; field < graph.linkColumnCount(); ++field) {
    if (length(graph.linkColumn(field)) != graph.linkCount()) return "a link column has another length";
  }
  if (!graph.ids().empty() && graph.ids().back() >= graph.nextId()) return "the next id is in use";
  return {};
}

}  // namespace plexarium
