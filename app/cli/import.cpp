#include <filesystem>
#include <memory>

#include "app/cli/command.h"
#include "core/io/connectome.h"
#include "core/io/document.h"

namespace plexarium::cli {
namespace {

struct Options {
  std::string neurons;
  std::string synapses;
  std::string muscles;
  std::string name;
  std::string output;
  bool fromAbove = false;
  bool json = false;
};

Result<ConnectomeTables::Table> tableIn(const std::string& file) {
  if (file.empty()) return ConnectomeTables::Table{};
  auto text = readFile(file);
  if (!text) return tl::unexpected(text.error());
  return ConnectomeTables::Table{std::filesystem::path(file).filename().string(), std::move(*text)};
}

Ending importFiles(const Options& options, const Registry& registry) {
  ConnectomeTables tables;
  tables.fromAbove = options.fromAbove;
  for (const auto& [file, table] :
       {std::pair(&options.neurons, &tables.neurons), std::pair(&options.synapses, &tables.synapses),
        std::pair(&options.muscles, &tables.muscles)}) {
    auto read = tableIn(*file);
    if (!read) return badFile({read.error().what, read.error().where, std::string(connectomeAdvice())});
    *table = std::move(*read);
  }
  auto model = importConnectome(registry, tables);
  if (!model) return badFile(model.error());
  if (!options.name.empty()) model->name = options.name;
  const auto& description = (*registry.require(model->dynamics))->description;
  if (auto saved = saveAtomically(options.output, writeModel(description, *model)); !saved) return badFile(saved.error());
  Report report;
  report.add("file", "Saved", options.output).add("neurons", "Neurons", model->graph.neuronCount());
  report.add("links", "Links", model->graph.linkCount()).add("state_hash", "State hash", stateHash(description, *model));
  report.print(options.json);
  return 0;
}

}  // namespace

Command makeImport(CLI::App& program, const Registry& registry) {
  const auto options = std::make_shared<Options>();
  auto* import = program.add_subcommand("import", "Make a model from tables of other origin");
  import->require_subcommand(1);
  import->footer(
      "Example:\n  plexarium-cli import connectome --neurons neurons.csv --synapses synapses.csv --output worm.json");
  auto* command =
      import->add_subcommand("connectome", "Neurons and their contacts as CSV tables become transmitter neurons");
  command->add_option("--neurons", options->neurons, "name, type, x, dv; neurotransmitter, y where known")
      ->required()
      ->type_name("FILE.csv");
  command->add_option("--synapses", options->synapses, "pre, post, type, weight, sign")->required()->type_name("FILE.csv");
  command->add_option("--muscles", options->muscles, "neuron, target, type, weight, sign")->type_name("FILE.csv");
  command->add_flag("--from-above", options->fromAbove, "Place neurons by x and y instead of x and dv");
  command->add_option("--name", options->name, "Name of the model");
  command->add_option("--output", options->output, "Where to save it")->required()->type_name("FILE.json");
  command->add_flag("--json", options->json, "Print JSON");
  command->footer(
      "Chemical contacts become links (sign -: inverted), electrical ones links without direction or, where chemical links "
      "take\n"
      "both directions, their gap weight.\n"
      "Examples:\n"
      "  plexarium-cli import connectome --neurons neurons.csv --synapses synapses.csv --output worm.json\n"
      "  plexarium-cli run worm.json --stimulate ASHL=19.9,ASHR=19.9 --stimulus-ticks 20 --ticks 80");
  return {import, [options, &registry] { return importFiles(*options, registry); }};
}

}  // namespace plexarium::cli
