#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>

#include "app/cli/command.h"
#include "core/io/document.h"
#include "core/io/model_keys.h"

namespace plexarium::cli {
namespace {

struct Options {
  std::string model;
  bool neurons = false;
  bool json = false;
};

/// A field's value as JSON: choices by name, no limit as null.
nlohmann::ordered_json jsonValue(const Field& field, double value) {
  if (field.type == FieldType::Choice) return formatValue(field, value);
  if (field.type == FieldType::Flag) return value != 0;
  if (field.type == FieldType::Integer) return static_cast<std::int64_t>(value);
  if (std::isinf(value)) return "unlimited";
  return value;
}

nlohmann::ordered_json parametersOf(const Description& description, const Model& model) {
  auto object = nlohmann::ordered_json::object();
  for (std::size_t k = 0; k < model.parameters.size(); ++k) {
    object[description.parameters[k].key] = jsonValue(description.parameters[k], model.parameters[k]);
  }
  return object;
}

/// For each field that is not the same everywhere at its initial value: what there is. Choices and flags are counted,
/// numbers give their range.
nlohmann::ordered_json valuesOf(const std::vector<Field>& fields, const auto& columnOf) {
  auto object = nlohmann::ordered_json::object();
  for (std::size_t k = 0; k < fields.size(); ++k) {
    const Field& field = fields[k];
    const auto values = columnValues(columnOf(k));
    if (field.evolves || std::all_of(values.begin(), values.end(), [&](double value) { return value == field.initial; }))
      continue;
    if (field.type == FieldType::Choice || field.type == FieldType::Flag) {
      auto counts = nlohmann::ordered_json::object();
      for (double choice = field.minimum; choice <= field.maximum; ++choice) {
        counts[formatValue(field, choice)] = std::count(values.begin(), values.end(), choice);
      }
      object[field.key] = counts;
    } else {
      const auto [least, most] = std::minmax_element(values.begin(), values.end());
      object[field.key] = {{"least", jsonValue(field, *least)}, {"most", jsonValue(field, *most)}};
    }
  }
  return object;
}

void printNeurons(const Graph& graph) {
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    std::cout << graph.ids()[row].value << '\t' << roleKey(graph.roles()[row]) << '\t' << graph.names()[row] << '\n';
  }
}

/// Type, things in the arena and number of bound neurons of every body.
nlohmann::ordered_json bodiesOf(const Embodiment& embodiment) {
  auto bodies = nlohmann::ordered_json::object();
  for (const auto& controller : embodiment.controllers) {
    bodies[controller.id] = {{"type", controller.type},
                             {"objects", controller.objects.size()},
                             {"bindings", std::ranges::count(embodiment.bindings, controller.id, &Binding::controller)}};
  }
  return bodies;
}

Ending info(const Options& options, const Registry& registry) {
  const auto model = loadModel(registry, options.model);
  if (!model) return badFile(model.error());
  const auto& description = (*registry.require(model->dynamics))->description;
  const Graph& graph = model->graph;
  if (options.neurons && !options.json) {
    printNeurons(graph);
    return 0;
  }
  auto roles = nlohmann::ordered_json::object();
  for (std::size_t role = 0; role < roleKeys.size(); ++role) {
    roles[std::string(roleKeys[role])] = std::count(graph.roles().begin(), graph.roles().end(), static_cast<Role>(role));
  }
  Report report;
  report.add("name", "Name", model->name).add("description", "Description", model->description);
  report.add("dynamics", "Dynamics", description.key).add("parameters", "Parameters", parametersOf(description, *model));
  report.add("neurons", "Neurons", graph.neuronCount())
      .add("roles", "Roles", roles)
      .add("links", "Links", graph.linkCount());
  report.add("neuron_values", "Neuron values",
             valuesOf(description.neuronFields, [&](std::size_t k) -> const Column& { return graph.neuronColumn(k); }));
  report.add("link_values", "Link values",
             valuesOf(description.linkFields, [&](std::size_t k) -> const Column& { return graph.linkColumn(k); }));
  if (const auto bodies = bodiesOf(model->embodiment); !bodies.empty()) report.add("bodies", "Bodies", bodies);
  report.add("tick", "Ticks done", model->tick).add("seed", "Seed", model->seed).add("pace", "Pace", model->pace, "ticks/s");
  report.add("state_hash", "State hash", stateHash(description, *model));
  if (options.neurons) {
    auto list = nlohmann::ordered_json::array();
    for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
      list.push_back({{"id", graph.ids()[row].value}, {"name", graph.names()[row]}, {"role", roleKey(graph.roles()[row])}});
    }
    report.add("neuron_list", "Neuron list", list);
  }
  report.print(options.json);
  return 0;
}

}  // namespace

Command makeInfo(CLI::App& program, const Registry& registry) {
  const auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("info", "Say what is in a model");
  command->add_option("model", options->model, "Model (JSON)")->required()->type_name("MODEL");
  command->add_flag("--neurons", options->neurons, "List the neurons: id, role, name");
  command->add_flag("--json", options->json, "Print JSON");
  command->footer(
      "Examples:\n"
      "  plexarium-cli info models/welcome.json\n"
      "  plexarium-cli info --neurons models/reflex.json");
  return {command, [options, &registry] { return info(*options, registry); }};
}

}  // namespace plexarium::cli
