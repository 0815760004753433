#include <iostream>
#include <memory>

#include "app/cli/command.h"
#include "core/io/document.h"

namespace plexarium::cli {
namespace {

struct Options {
  std::string dynamics = "transmitter";
  std::vector<std::string> settings;
  std::uint64_t seed = 1;
  std::string name;
  std::string output;
  bool list = false;
  bool json = false;
};

std::string rangeOf(const Field& field) {
  if (field.type == FieldType::Flag) return "yes, no";
  if (field.type != FieldType::Choice) {
    return formatValue(field, field.minimum) + " to " + formatValue(field, field.maximum) +
           (field.unlimited ? ", unlimited" : "");
  }
  std::string list;
  for (const auto& choice : field.choices) list += (list.empty() ? "" : ", ") + choice;
  return list;
}

nlohmann::ordered_json tableOf(const Description& description) {
  auto fields = nlohmann::ordered_json::array();
  for (const auto& field : description.creationFields) {
    fields.push_back({{"key", field.key},
                      {"label", field.label},
                      {"unit", field.unit},
                      {"range", rangeOf(field)},
                      {"initial", formatValue(field, field.initial)},
                      {"help", field.help}});
  }
  return {{"dynamics", description.key}, {"label", description.label}, {"help", description.help}, {"fields", fields}};
}

void listTables(const Registry& registry, bool asJson) {
  auto tables = nlohmann::ordered_json::array();
  for (const auto& entry : registry.entries()) tables.push_back(tableOf(entry.description));
  if (asJson) {
    std::cout << tables.dump(2) << '\n';
    return;
  }
  for (const auto& table : tables) {
    std::cout << table["dynamics"].get<std::string>() << ": " << table["help"].get<std::string>() << '\n';
    for (const auto& field : table["fields"]) {
      const auto unit = field["unit"].get<std::string>();
      std::cout << "  " << field["key"].get<std::string>() << '=' << field["initial"].get<std::string>() << "  ("
                << field["range"].get<std::string>() << (unit.empty() ? "" : " " + unit) << ")\n      "
                << field["help"].get<std::string>() << '\n';
    }
  }
}

Ending createModel(const Options& options, const Registry& registry) {
  if (options.list) {
    listTables(registry, options.json);
    return 0;
  }
  if (options.output.empty())
    return badArgument({"--output is required", {}, "Say where to save the model, or give --list"});
  const auto entry = registry.require(options.dynamics);
  if (!entry) return badArgument(entry.error());
  const auto& description = (*entry)->description;
  const auto values = creationValues(description, options.settings);
  if (!values) return badArgument(values.error());
  auto model = create(**entry, *values, options.seed);
  if (!model) return badArgument(model.error());
  if (!options.name.empty()) model->name = options.name;
  if (auto saved = saveAtomically(options.output, writeModel(description, *model)); !saved) return badFile(saved.error());
  Report report;
  report.add("file", "Saved", options.output).add("dynamics", "Dynamics", description.key);
  report.add("neurons", "Neurons", model->graph.neuronCount()).add("links", "Links", model->graph.linkCount());
  report.add("state_hash", "State hash", stateHash(description, *model)).print(options.json);
  return 0;
}

}  // namespace

Command makeNew(CLI::App& program, const Registry& registry) {
  const auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("new", "Make a model from a dynamics' creation fields");
  command->add_option("--dynamics", options->dynamics, "Dynamics of the network")->capture_default_str()->type_name("KEY");
  command->add_option("--set", options->settings, "Creation field, once for each")
      ->type_name("key=value")
      ->allow_extra_args(false);
  command->add_option("--seed", options->seed, "Seed of the construction and of the run")->capture_default_str();
  command->add_option("--name", options->name, "Name of the model");
  command->add_option("--output", options->output, "Where to save it")->type_name("FILE.json");
  command->add_flag("--list", options->list, "List the dynamics and their creation fields");
  command->add_flag("--json", options->json, "Print JSON");
  command->footer(
      "Examples:\n"
      "  plexarium-cli new --list\n"
      "  plexarium-cli new --set neurons=500 --set links_per_neuron=8 --seed 7 --output mine.json");
  return {command, [options, &registry] { return createModel(*options, registry); }};
}

}  // namespace plexarium::cli
