#include <array>
#include <bit>
#include <cassert>
#include <numeric>
#include <type_traits>

#include "core/io/document.h"
#include "core/io/json_text.h"
#include "core/io/json_tree.h"
#include "core/world/world.h"

namespace plexarium {
namespace {

/// " key=value" for every field that the dynamics does not change by itself.
void dumpValues(std::string& text, const std::vector<Field>& fields, const auto& valueOf) {
  for (std::size_t field = 0; field < fields.size(); ++field) {
    if (fields[field].evolves) continue;
    text += ' ' + fields[field].key + '=' + formatValue(fields[field], valueOf(field));
  }
  text += '\n';
}

/// FNV-1a, 64 bits. Source: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, "The FNV non-cryptographic hash algorithm",
/// RFC 9923.
class Hash {
 public:
  void add(std::uint64_t value, int bytes) {
    for (int byte = 0; byte < bytes; ++byte) addByte(static_cast<std::uint8_t>(value >> (8 * byte)));
  }
  void add(std::string_view text) {
    add(text.size(), 8);
    for (const char character : text) addByte(static_cast<std::uint8_t>(character));
  }
  /// Little-endian whatever the machine's order is.
  template <typename T>
  void addValues(std::span<const T> values) {
    using Bits =
        std::conditional_t<sizeof(T) == 8, std::uint64_t, std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint8_t>>;
    add(values.size(), 8);
    for (const auto value : values) add(std::bit_cast<Bits>(value), sizeof(T));
  }
  void add(const Column& column) {
    std::visit([this](const auto& values) { addValues(std::span(values)); }, column);
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  void addByte(std::uint8_t byte) { value_ = (value_ ^ byte) * 0x100000001b3ULL; }
  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

std::string hexadecimal(std::uint64_t value) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += digits[(value >> shift) & 0xfU];
  return text;
}

void addGraph(Hash& hash, const Graph& graph) {
  hash.addValues(graph.ids());
  for (const auto& name : graph.names()) hash.add(name);
  hash.addValues(graph.roles());
  for (const auto& position : graph.positions()) {
    hash.add(std::bit_cast<std::uint32_t>(position.x), 4);
    hash.add(std::bit_cast<std::uint32_t>(position.y), 4);
  }
  hash.addValues(graph.lastFired());
  for (std::size_t field = 0; field < graph.neuronColumnCount(); ++field) hash.add(graph.neuronColumn(field));
  hash.addValues(graph.firstLink());
  hash.addValues(graph.targets());
  hash.add(graph.linkCount(), 8);
  for (std::size_t link = 0; link < graph.linkCount(); ++link)
    hash.add(std::bit_cast<std::uint64_t>(graph.lastCarried(link)), sizeof(Tick));
  for (std::size_t field = 0; field < graph.linkColumnCount(); ++field) hash.add(graph.linkColumn(field));
  hash.add(graph.nextId().value, 4);
  if (graph.groups().empty()) return;  // so that a network without groups keeps the hash of before there were any
  for (const auto& group : graph.groups()) {
    hash.add(group.id.value, 4);
    hash.add(group.name);
    hash.add(group.colour, 1);
    hash.add(group.parent.value, 4);
    hash.add(group.collapsed ? 1 : 0, 1);
  }
  for (const auto id : graph.memberOf()) hash.add(id.value, 4);
}

void addEmbodiment(Hash& hash, const Embodiment& embodiment) {
  if (embodiment.empty()) return;  // so that a network without bodies keeps the hash of before there were any
  for (const auto& controller : embodiment.controllers) {
    hash.add(controller.id);
    hash.add(controller.type);
    hash.addValues(std::span(controller.parameters));
    for (const auto& object : controller.objects) {
      hash.add(object.id, 4);
      hash.add(object.kind);
      hash.addValues(std::span(object.values));
    }
    hash.add(compactJson(controller.state));
  }
  for (const auto& binding : embodiment.bindings) {
    hash.add(binding.controller);
    hash.add(binding.port);
    hash.add(binding.neuron.value, 4);
    hash.addValues(std::span(&binding.gain, 1));
    hash.addValues(std::span(&binding.offset, 1));
  }
}

void dumpEmbodiment(std::string& text, const Embodiment& embodiment) {
  for (const auto& controller : embodiment.controllers) {
    const auto& description = findWorld(controller.type)->description;
    text += "controller " + controller.id + ' ' + controller.type;
    dumpValues(text, description.parameters, [&](std::size_t field) { return controller.parameters[field]; });
    for (const auto& object : controller.objects) {
      text += "object " + std::to_string(object.id) + ' ' + object.kind;
      dumpValues(text, description.objectKind(object.kind)->fields, [&](std::size_t field) { return object.values[field]; });
    }
  }
  for (const auto& binding : embodiment.bindings) {
    text += "binding " + binding.controller + ':' + binding.port + ' ' + std::to_string(binding.neuron.value) + " gain=";
    appendNumber(text, binding.gain);
    text += " offset=";
    appendNumber(text, binding.offset);
    text += '\n';
  }
}

}  // namespace

std::string canonicalDump(const Description& description, const Model& model) {
  assert(model.parameters.size() == description.parameters.size());
  const Graph& graph = model.graph;
  std::string text = model.dynamics;
  dumpValues(text, description.parameters, [&](std::size_t field) { return model.parameters[field]; });
  for (const auto& group : graph.groups()) {
    text += "group " + std::to_string(group.id.value) + ' ';
    appendQuoted(text, group.name);
    text += " colour=" + std::to_string(group.colour) + " in=" + std::to_string(group.parent.value);
    text += group.collapsed ? " collapsed\n" : "\n";
  }
  constexpr std::array roleNames = {"sensory", "inter", "motor"};
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    text += "neuron " + std::to_string(graph.ids()[row].value) + ' ';
    appendQuoted(text, graph.names()[row]);
    text += ' ';
    text += roleNames[static_cast<std::size_t>(graph.roles()[row])];
    text += ' ';
    appendNumber(text, graph.positions()[row].x);
    text += ' ';
    appendNumber(text, graph.positions()[row].y);
    if (graph.memberOf()[row]) text += " group=" + std::to_string(graph.memberOf()[row].value);
    dumpValues(text, description.neuronFields,
               [&](std::size_t field) { return columnValue(graph.neuronColumn(field), row); });
  }
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    for (std::size_t link = graph.firstLink()[row]; link < graph.firstLink()[row + 1]; ++link) {
      text +=
          "link " + std::to_string(graph.ids()[row].value) + ' ' + std::to_string(graph.ids()[graph.targets()[link]].value);
      dumpValues(text, description.linkFields,
                 [&](std::size_t field) { return columnValue(graph.linkColumn(field), link); });
    }
  }
  dumpEmbodiment(text, model.embodiment);
  return text;
}

std::string stateHash([[maybe_unused]] const Description& description, const Model& model) {
  assert(model.parameters.size() == description.parameters.size());
  Hash hash;
  hash.add(model.dynamics);
  hash.addValues(std::span(model.parameters));
  addGraph(hash, model.graph);
  addEmbodiment(hash, model.embodiment);
  hash.add(compactJson(model.dynamicsState));
  hash.add(static_cast<std::uint64_t>(model.tick), 8);
  hash.add(model.seed, 8);
  if (!model.feed.empty()) hash.add(compactJson(model.feed));
  return hexadecimal(hash.value());
}

}  // namespace plexarium
