#include <algorithm>
#include <array>
#include <cmath>

#include "core/io/graphml.h"
#include "core/io/graphml_keys.h"
#include "core/io/json_text.h"
#include "core/io/json_tree.h"
#include "core/io/model_keys.h"
#include "core/io/world_json.h"

namespace plexarium {
namespace {

/// Text between tags or quotes.
void appendEscaped(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const auto size = utf8Length(text.substr(0, 4));
    const auto letter = static_cast<unsigned char>(text.front());
    switch (letter) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      // Readers turn plain line ends and tabs in some places into others; references they keep.
      case '\n':
        out += "&#10;";
        break;
      case '\r':
        out += "&#13;";
        break;
      case '\t':
        out += "&#9;";
        break;
      default:
        if (size == 0 || letter < 0x20)
          out += "\xef\xbf\xbd";
        else
          out += text.substr(0, size);
    }
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
}

/// The value as GraphML's types (those of Java) have it.
std::string valueText(const Field& field, double value) {
  if (std::isinf(value)) return "Infinity";
  if (field.type == FieldType::Flag) return value != 0 ? "true" : "false";
  return formatValue(field, value);
}

std::string_view typeName(FieldType type) {
  constexpr std::array<std::string_view, 5> names = {"double", "float", "int", "boolean", "string"};
  return names[static_cast<std::size_t>(type)];
}

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void key(std::string_view id, std::string_view owner, std::string_view name, std::string_view type,
           std::string_view help = {}) {
    out_ += "  <key id=\"";
    appendEscaped(out_, id);
    out_ += "\" for=\"";
    out_ += owner;
    out_ += "\" attr.name=\"";
    appendEscaped(out_, name);
    out_ += "\" attr.type=\"";
    out_ += type;
    out_ += '"';
    if (help.empty()) {
      out_ += "/>\n";
      return;
    }
    out_ += "><desc>";
    appendEscaped(out_, help);
    out_ += "</desc></key>\n";
  }
  void data(std::string_view key, std::string_view text) {
    out_ += "<data key=\"";
    appendEscaped(out_, key);
    out_ += "\">";
    appendEscaped(out_, text);
    out_ += "</data>";
  }
  template <typename Number>
  void number(std::string_view key, Number value) {
    std::string text;
    appendNumber(text, value);
    data(key, text);
  }

 private:
  std::string& out_;
};

/// Keys of fields with their ids made once, not once per value.
struct FieldKeys {
  FieldKeys(const std::vector<Field>& list, std::string (*id)(const std::string&)) : fields(list) {
    for (const auto& field : list) ids.push_back(id(field.key));
  }
  void declare(Writer& writer, std::string_view owner) const {
    for (std::size_t k = 0; k < fields.size(); ++k) {
      const auto unit = fields[k].unit.empty() ? "" : " [" + fields[k].unit + "]";
      writer.key(ids[k], owner, fields[k].key, typeName(fields[k].type), fields[k].help + unit);
    }
  }
  const std::vector<Field>& fields;
  std::vector<std::string> ids;
};

void declareFixedKeys(Writer& writer) {
  for (const auto& [id, type] :
       std::array<std::pair<std::string_view, std::string_view>, 14>{{{graphml::format, "int"},
                                                                      {graphml::dynamics, "string"},
                                                                      {graphml::modelName, "string"},
                                                                      {graphml::about, "string"},
                                                                      {graphml::seed, "string"},
                                                                      {graphml::tick, "long"},
                                                                      {graphml::pace, "double"},
                                                                      {graphml::nextId, "long"},
                                                                      {graphml::viewX, "float"},
                                                                      {graphml::viewY, "float"},
                                                                      {graphml::viewScale, "float"},
                                                                      {graphml::state, "string"},
                                                                      {graphml::controllers, "string"},
                                                                      {graphml::bindings, "string"}}}) {
    writer.key(id, "graph", id, type);
  }
  writer.key(graphml::name, "node", graphml::name, "string");
  writer.key(graphml::role, "node", graphml::role, "string", "sensory, inter or motor");
  writer.key(graphml::x, "node", graphml::x, "float");
  writer.key(graphml::y, "node", graphml::y, "float", "downwards");
  writer.key(graphml::lastFired, "node", graphml::lastFired, "long");
  writer.key(graphml::lastCarried, "edge", graphml::lastCarried, "long");
}

/// A list as the model document has it, as data of the graph; nothing where it is empty.
template <typename Value>
void writeList(Writer& writer, std::string_view key, const std::vector<Value>& values,
               void (*append)(std::string&, const Value&)) {
  if (values.empty()) return;
  std::string text;
  for (const auto& value : values) {
    text += text.empty() ? '[' : ',';
    append(text, value);
  }
  writer.data(key, compactJson(text + ']'));
}

void writeNetworkData(Writer& writer, const Model& model, const FieldKeys& parameters) {
  writer.number(graphml::format, std::int64_t{graphml::version});
  writer.data(graphml::dynamics, model.dynamics);
  writer.data(graphml::modelName, model.name);
  writer.data(graphml::about, model.description);
  writer.number(graphml::seed, model.seed);
  writer.number(graphml::tick, std::int64_t{model.tick});
  writer.number(graphml::pace, model.pace);
  writer.number(graphml::nextId, std::int64_t{model.graph.nextId().value});
  writer.number(graphml::viewX, model.view.centre.x);
  writer.number(graphml::viewY, model.view.centre.y);
  writer.number(graphml::viewScale, model.view.scale);
  if (!model.dynamicsState.empty()) writer.data(graphml::state, model.dynamicsState);
  writeList(writer, graphml::controllers, model.embodiment.controllers, appendController);
  writeList(writer, graphml::bindings, model.embodiment.bindings, appendBinding);
  for (std::size_t k = 0; k < parameters.ids.size(); ++k) {
    writer.data(parameters.ids[k], valueText(parameters.fields[k], model.parameters[k]));
  }
}

void writeNodes(std::string& out, Writer& writer, const Graph& graph, const FieldKeys& fields) {
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    out += "    <node id=\"n" + std::to_string(graph.ids()[row].value) + "\">";
    writer.data(graphml::name, graph.names()[row]);
    writer.data(graphml::role, roleKey(graph.roles()[row]));
    writer.number(graphml::x, graph.positions()[row].x);
    writer.number(graphml::y, graph.positions()[row].y);
    if (graph.lastFired()[row] != never) writer.number(graphml::lastFired, std::int64_t{graph.lastFired()[row]});
    for (std::size_t k = 0; k < fields.ids.size(); ++k) {
      writer.data(fields.ids[k], valueText(fields.fields[k], columnValue(graph.neuronColumn(k), row)));
    }
    out += "</node>\n";
  }
}

void writeEdges(std::string& out, Writer& writer, const Graph& graph, const FieldKeys& fields) {
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    for (std::size_t link = graph.firstLink()[row]; link < graph.firstLink()[row + 1]; ++link) {
      out += "    <edge source=\"n" + std::to_string(graph.ids()[row].value) + "\" target=\"n" +
             std::to_string(graph.ids()[graph.targets()[link]].value) + "\">";
      if (const auto carried = graph.lastCarried(link); carried != never)
        writer.number(graphml::lastCarried, std::int64_t{carried});
      for (std::size_t k = 0; k < fields.ids.size(); ++k) {
        writer.data(fields.ids[k], valueText(fields.fields[k], columnValue(graph.linkColumn(k), link)));
      }
      out += "</edge>\n";
    }
  }
}

}  // namespace

std::string writeGraphml(const Description& description, const Model& model) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
      "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
      "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";
  Writer writer(out);
  const FieldKeys parameters(description.parameters, graphml::parameterKey);
  const FieldKeys neuronFields(description.neuronFields, graphml::neuronKey);
  const FieldKeys linkFields(description.linkFields, graphml::linkKey);
  declareFixedKeys(writer);
  parameters.declare(writer, "graph");
  neuronFields.declare(writer, "node");
  linkFields.declare(writer, "edge");
  out += "  <graph id=\"network\" edgedefault=\"directed\">\n    ";
  writeNetworkData(writer, model, parameters);
  out += '\n';
  writeNodes(out, writer, model.graph, neuronFields);
  writeEdges(out, writer, model.graph, linkFields);
  out += "  </graph>\n</graphml>\n";
  return out;
}

}  // namespace plexarium
