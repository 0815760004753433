#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

#include "core/io/data_places.h"
#include "core/io/document.h"
#include "core/io/field_json.h"
#include "core/io/json_text.h"
#include "core/io/json_tree.h"
#include "core/io/model_keys.h"
#include "core/io/world_json.h"

namespace plexarium {
namespace {

/// Writes the three lists of units that have any, for people and other programs; reading needs none of them.
void appendUnits(std::string& text, const Description& description) {
  text += "\"units\":{\"time\":";
  appendQuoted(text, description.tickUnit);
  const auto list = [&](std::string_view name, const std::vector<Field>& fields) {
    text += ",\n ";
    appendKey(text, name);
    text += '{';
    bool first = true;
    for (const auto& field : fields) {
      if (field.unit.empty()) continue;
      if (!first) text += ',';
      first = false;
      appendKey(text, field.key);
      appendQuoted(text, field.unit);
    }
    text += '}';
  };
  list("parameters", description.parameters);
  list("neurons", description.neuronFields);
  list("links", description.linkFields);
  text += "},\n";
}

void appendDynamics(std::string& text, const Description& description, const Model& model) {
  text += "\"dynamics\":{\"key\":";
  appendQuoted(text, description.key);
  text += ",\"parameters\":{";
  bool first = true;
  for (std::size_t k = 0; k < description.parameters.size(); ++k) {
    const Field& field = description.parameters[k];
    if (isInitial(field, model.parameters[k])) continue;
    if (!first) text += ',';
    first = false;
    appendKey(text, field.key);
    appendValue(text, field, model.parameters[k]);
  }
  text += '}';
  if (!model.dynamicsState.empty()) text += ",\n \"state\":" + compactJson(model.dynamicsState);
  text += "},\n";
}

void appendRun(std::string& text, const Model& model) {
  text += "\"run\":{\"tick\":";
  appendNumber(text, std::int64_t{model.tick});
  text += ",\"seed\":";
  appendNumber(text, model.seed);
  text += ",\"pace\":";
  appendNumber(text, model.pace);
  text += "},\n\"view\":{\"x\":";
  appendNumber(text, model.view.centre.x);
  text += ",\"y\":";
  appendNumber(text, model.view.centre.y);
  text += ",\"scale\":";
  appendNumber(text, model.view.scale);
  text += "},\n";
}

void appendGroups(std::string& text, std::span<const Group> groups) {
  if (groups.empty()) return;
  text += "\"groups\":[";
  std::string_view separator = "\n";
  for (const auto& group : groups) {
    text += separator;
    separator = ",\n";
    text += "{\"id\":" + std::to_string(group.id.value) + ",\"name\":";
    appendQuoted(text, group.name);
    text += ",\"colour\":" + std::to_string(group.colour);
    if (group.parent) text += ",\"parent\":" + std::to_string(group.parent.value);
    if (group.collapsed) text += ",\"collapsed\":true";
    text += '}';
  }
  text += "\n],\n";
}

void appendNeuron(std::string& text, const std::vector<Field>& fields, const Graph& graph, std::size_t row) {
  text += "{\"id\":";
  appendNumber(text, std::uint64_t{graph.ids()[row].value});
  text += ",\"name\":";
  appendQuoted(text, graph.names()[row]);
  text += ",\"role\":\"";
  text += roleKey(graph.roles()[row]);
  text += "\",\"x\":";
  appendNumber(text, graph.positions()[row].x);
  text += ",\"y\":";
  appendNumber(text, graph.positions()[row].y);
  if (graph.memberOf()[row]) {
    text += ",\"group\":";
    appendNumber(text, std::uint64_t{graph.memberOf()[row].value});
  }
  for (std::size_t field = 0; field < fields.size(); ++field) {
    const double value = columnValue(graph.neuronColumn(field), row);
    if (isInitial(fields[field], value)) continue;
    text += ',';
    appendKey(text, fields[field].key);
    appendValue(text, fields[field], value);
  }
  if (graph.lastFired()[row] != never) {
    text += ",\"last_fired\":";
    appendNumber(text, std::int64_t{graph.lastFired()[row]});
  }
  text += '}';
}

/// Link fields of which at least one link has another value than the initial one.
std::vector<std::size_t> columnsToWrite(const std::vector<Field>& fields, const Graph& graph) {
  std::vector<std::size_t> columns;
  for (std::size_t field = 0; field < fields.size(); ++field) {
    for (std::size_t link = 0; link < graph.linkCount(); ++link) {
      if (isInitial(fields[field], columnValue(graph.linkColumn(field), link))) continue;
      columns.push_back(field);
      break;
    }
  }
  return columns;
}

void appendLinks(std::string& text, const std::vector<Field>& fields, const Graph& graph) {
  const auto columns = columnsToWrite(fields, graph);
  const auto carried = graph.lastCarried();
  const bool withCarried = std::any_of(carried.begin(), carried.end(), [](Tick tick) { return tick != never; });
  text += "\"links\":{\"columns\":[\"from\",\"to\"";
  for (const auto field : columns) {
    text += ',';
    appendQuoted(text, fields[field].key);
  }
  if (withCarried) text += ",\"last_carried\"";
  text += "],\n \"rows\":[";
  std::string_view separator = "\n";
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    for (std::size_t link = graph.firstLink()[row]; link < graph.firstLink()[row + 1]; ++link) {
      text += separator;
      separator = ",\n";
      text += '[';
      appendNumber(text, std::uint64_t{graph.ids()[row].value});
      text += ',';
      appendNumber(text, std::uint64_t{graph.ids()[graph.targets()[link]].value});
      for (const auto field : columns) {
        text += ',';
        appendValue(text, fields[field], columnValue(graph.linkColumn(field), link));
      }
      if (withCarried) {
        text += ',';
        if (carried[link] == never) {
          text += "null";
        } else {
          appendNumber(text, std::int64_t{carried[link]});
        }
      }
      text += ']';
    }
  }
  text += graph.linkCount() > 0 ? "\n]}\n" : "]}\n";
}

/// Nothing where there are no bodies, so that their documents stay as they were before there were any.
void appendEmbodiment(std::string& text, const Embodiment& embodiment) {
  const auto list = [&](std::string_view key, const auto& values, const auto& append) {
    if (values.empty()) return;
    text.pop_back();  // the line break after the last member
    text += ",\n";
    appendKey(text, key);
    std::string_view separator = "[\n";
    for (const auto& value : values) {
      text += std::exchange(separator, ",\n");
      append(text, value);
    }
    text += "\n]\n";
  };
  list("controllers", embodiment.controllers, appendController);
  list("bindings", embodiment.bindings, appendBinding);
}

/// `feed`: stands for the model's own.
std::string textOf(const Description& description, const Model& model, std::string_view feed) {
  assert(model.dynamics == description.key && model.parameters.size() == description.parameters.size());
  const Graph& graph = model.graph;
  std::string text;
  text.reserve(1024 + graph.neuronCount() * 128 + graph.linkCount() * 24);
  text += "{\"format\":\"";
  text += modelFormat;
  text += "\",\"version\":";
  appendNumber(text, std::int64_t{documentVersion});
  text += ",\n\"name\":";
  appendQuoted(text, model.name);
  text += ",\n\"description\":";
  appendQuoted(text, model.description);
  text += ",\n";
  appendDynamics(text, description, model);
  appendUnits(text, description);
  appendRun(text, model);
  text += "\"nextId\":";
  appendNumber(text, std::uint64_t{graph.nextId().value});
  text += ",\n";
  appendGroups(text, graph.groups());
  text += "\"neurons\":[";
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    text += row == 0 ? "\n" : ",\n";
    appendNeuron(text, description.neuronFields, graph, row);
  }
  text += graph.neuronCount() > 0 ? "\n],\n" : "],\n";
  appendLinks(text, description.linkFields, graph);
  appendEmbodiment(text, model.embodiment);
  if (!feed.empty()) {
    text.pop_back();  // the line break after the last member
    text += ",\n\"feed\":" + compactJson(feed) + '\n';
  }
  text += "}\n";
  return text;
}

}  // namespace

std::string writeModel(const Description& description, const Model& model) { return textOf(description, model, model.feed); }

Result<void> saveModel(const Description& description, const Model& model, const std::filesystem::path& file) {
  return saveAtomically(file, textOf(description, model, placesFor(model.feed, file)));
}

}  // namespace plexarium
