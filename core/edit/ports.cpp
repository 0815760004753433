#include "core/edit/ports.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "core/edit/steps.h"
#include "core/world/world.h"

namespace plexarium {
namespace {

constexpr float bodyLength = 96;  // canvas units, so that twelve rows are 8 apart

/// Where ports of one side and sort go, from the middle line outwards.
float lineOf(const Port& port, bool sensor) {
  const float outward = port.side == BodySide::Middle ? 0.0F : port.series.empty() ? 4.0F : sensor ? 8.0F : 14.0F;
  return port.side == BodySide::Dorsal ? -outward : outward;
}

bool isBound(const Embodiment& embodiment, const std::string& controller, const std::string& port) {
  return std::ranges::any_of(
      embodiment.bindings, [&](const Binding& binding) { return binding.controller == controller && binding.port == port; });
}

Result<std::vector<PortIndex>> choosePorts(const WorldDescription& body, const Embodiment& embodiment,
                                           const std::string& controller, std::span<const std::string> wanted) {
  std::vector<PortIndex> chosen;
  for (const auto& key : wanted) {
    const auto port = findPort(body, key);
    if (!port) return failure(body.label + " has no port '" + key + "'", "controller " + controller);
    chosen.push_back(*port);
  }
  if (!wanted.empty()) return chosen;
  for (const bool sensor : {true, false}) {
    const auto count = (sensor ? body.sensors : body.effectors).size();
    for (std::size_t index = 0; index < count; ++index) {
      const PortIndex port{sensor, index};
      if (!isBound(embodiment, controller, portAt(body, port).key)) chosen.push_back(port);
    }
  }
  return chosen;
}

/// Moves a point along the body until it is clear of those before it.
Point freePlace(std::span<const Point> taken, Point place) {
  constexpr float apart = 4;
  const auto near = [&](Point other) { return std::hypot(other.x - place.x, other.y - place.y) < apart; };
  while (std::ranges::any_of(taken, near)) place.x -= apart;
  return place;
}

/// "DB3" and 2: "DB5"; a name without a number stays.
std::string countedOn(const std::string& name, int by) {
  auto digits = name.size();
  while (digits > 0 && std::isdigit(static_cast<unsigned char>(name[digits - 1])) != 0 && name.size() - digits < 9) --digits;
  if (digits == name.size()) return name;
  return name.substr(0, digits) + std::to_string(std::stol(name.substr(digits)) + by);
}

/// Copies one unit again and again.
class Repeater {
 public:
  Repeater(const Description& description, const Graph& graph, const Embodiment& embodiment, const Repetition& wanted)
      : description_(description), graph_(graph), embodiment_(embodiment), wanted_(wanted) {}

  Result<Edit> run() {
    if (wanted_.times < 1 || wanted_.times > 100) return failure("a unit is repeated 1 to 100 times");
    if (auto fits = findUnit(); !fits) return tl::unexpected(fits.error());
    circuit_.links.values.resize(description_.linkFields.size());
    for (int copy = 1; copy <= wanted_.times; ++copy) {
      addNeurons(copy);
      if (auto added = addLinks(copy); !added) return tl::unexpected(added.error());
      addChain(copy);
    }
    return Edit{"Repeat along the body", {std::move(circuit_)}};
  }

 private:
  Result<void> findUnit() {
    for (const auto id : wanted_.unit) {
      const auto row = graph_.row(id);
      if (!row) return tl::unexpected(edit::absent(graph_, id));
      rows_.push_back(*row);
    }
    std::ranges::sort(rows_);
    rows_.erase(std::unique(rows_.begin(), rows_.end()), rows_.end());
    if (rows_.empty()) return failure("there is no unit to repeat", {}, "Select the neurons of one first");
    for (const auto& [from, to] : wanted_.chain) {
      if (!inUnit(from) || !inUnit(to)) return failure("a chain links neurons of the unit");
    }
    return {};
  }

  [[nodiscard]] bool inUnit(NeuronId id) const {
    const auto row = graph_.row(id);
    return row && std::ranges::binary_search(rows_, *row);
  }

  /// What a copy's neuron is called within the edit: above every id that is there.
  [[nodiscard]] NeuronId nameOf(NeuronId id, int copy) const {
    if (copy == 0) return id;
    const auto place = std::ranges::lower_bound(rows_, *graph_.row(id)) - rows_.begin();
    const auto number = (copy - 1) * static_cast<std::ptrdiff_t>(rows_.size()) + place;
    return {graph_.nextId().value + static_cast<std::uint32_t>(number)};
  }

  void addNeurons(int copy) {
    auto table = graph_.neuronTable(rows_);
    auto& all = circuit_.neurons;
    all.values.resize(table.values.size());
    for (std::size_t k = 0; k < table.size(); ++k) {
      all.ids.push_back(nameOf(table.ids[k], copy));
      all.names.push_back(countedOn(table.names[k], copy));
      all.roles.push_back(table.roles[k]);
      const auto times = static_cast<float>(copy);
      all.positions.push_back(
          {table.positions[k].x + times * wanted_.shift.x, table.positions[k].y + times * wanted_.shift.y});
      all.groups.push_back(table.groups.empty() ? GroupId{} : table.groups[k]);
      for (std::size_t field = 0; field < table.values.size(); ++field) all.values[field].push_back(table.values[field][k]);
    }
  }

  Result<void> addLinks(int copy) {
    for (const auto link : graph_.linksTouching(rows_)) {
      const auto key = graph_.key(link);
      const auto from = counterpart(key.from, copy);
      if (!from) return tl::unexpected(from.error());
      const auto to = counterpart(key.to, copy);
      if (!to) return tl::unexpected(to.error());
      if (*from && *to) addLink({**from, **to}, link);
    }
    return {};
  }

  /// A tie of the unit with its next one, like the first link that leaves the earlier neuron, or with initial values.
  void addChain(int copy) {
    for (const auto& [from, to] : wanted_.chain) {
      addLink({nameOf(from, copy - 1), nameOf(to, copy)}, std::nullopt);
    }
  }

  void addLink(LinkKey key, std::optional<std::size_t> like) {
    const bool there = std::ranges::find(circuit_.links.keys, key) != circuit_.links.keys.end() ||
                       (graph_.row(key.from) && graph_.row(key.to) && graph_.link(key));
    if (there) return;
    circuit_.links.keys.push_back(key);
    for (std::size_t field = 0; field < circuit_.links.values.size(); ++field) {
      const double value = like ? columnValue(graph_.linkColumn(field), *like) : description_.linkFields[field].initial;
      circuit_.links.values[field].push_back(value);
    }
  }

  /// Who stands for a neuron in a copy; nobody where the link is not copied.
  Result<std::optional<NeuronId>> counterpart(NeuronId id, int copy) const {
    if (inUnit(id)) return std::optional(nameOf(id, copy));
    for (const auto& binding : embodiment_.bindings) {
      if (binding.neuron != id) continue;
      const auto& body = findWorld(findController(embodiment_, binding.controller)->type)->description;
      const auto& port = portAt(body, *findPort(body, binding.port));
      if (port.row == 0) continue;
      const auto shifted = port.series + '.' + std::to_string(port.row + copy * wanted_.rows);
      const auto found = std::ranges::find_if(embodiment_.bindings, [&](const Binding& other) {
        return other.controller == binding.controller && other.port == shifted;
      });
      if (found != embodiment_.bindings.end()) return std::optional(found->neuron);
      return failure(findPort(body, shifted) ? "no neuron stands for " + shifted : "the body has no " + shifted,
                     "copy " + std::to_string(copy), "Repeat it fewer times or make the port first");
    }
    return wanted_.outside ? std::optional(id) : std::nullopt;
  }

  const Description& description_;
  const Graph& graph_;
  const Embodiment& embodiment_;
  const Repetition& wanted_;
  std::vector<std::size_t> rows_;  ///< Of the unit, ascending.
  AddCircuit circuit_;
};

}  // namespace

Result<Edit> makePorts(const Description& description, const Embodiment& embodiment, const std::string& controller,
                       std::span<const std::string> ports, Point middle, GroupId nextGroup) {
  const auto* owner = findController(embodiment, controller);
  if (owner == nullptr) return failure("there is no controller '" + controller + "'");
  if (description.portValues.empty()) return failure(description.label + " cannot have a body");
  const auto& body = findWorld(owner->type)->description;
  const auto chosen = choosePorts(body, embodiment, controller, ports);
  if (!chosen) return tl::unexpected(chosen.error());
  if (chosen->empty()) return failure("every port has its neuron already");

  AddCircuit circuit;
  auto& table = circuit.neurons;
  table.values.resize(description.neuronFields.size());
  for (const auto index : *chosen) {
    const auto& port = portAt(body, index);
    const auto along = static_cast<float>(port.along) - 0.5F;
    table.ids.push_back({static_cast<std::uint32_t>(table.size() + 1)});
    table.names.push_back(port.key);
    table.roles.push_back(index.sensor ? Role::Sensory : Role::Motor);
    table.positions.push_back(
        freePlace(table.positions, {middle.x + along * bodyLength, middle.y + lineOf(port, index.sensor)}));
    table.groups.push_back(nextGroup);
    circuit.bindings.push_back({controller, port.key, table.ids.back(), port.usualGain, port.usualOffset});
  }
  for (const auto& [field, value] : description.portValues) table.values[field].assign(table.size(), value);
  Group group{nextGroup, body.label + ' ' + controller, 0, {}, false};
  return Edit{"Add ports of the body", {AddGroups{{std::move(group)}}, std::move(circuit)}};
}

Result<Edit> repeatAlongBody(const Description& description, const Graph& graph, const Embodiment& embodiment,
                             const Repetition& wanted) {
  return Repeater(description, graph, embodiment, wanted).run();
}

}  // namespace plexarium
