#include <algorithm>
#include <memory>

#include "app/cli/command.h"
#include "core/io/document.h"
#include "core/session/touch_test.h"

namespace plexarium::cli {
namespace {

struct Options {
  std::string model;
  std::vector<std::string> tests;
  TouchSettings settings;
  bool json = false;
};

Ending touchModel(const Options& options, const Registry& registry) {
  const auto model = loadModel(registry, options.model);
  if (!model) return badFile(model.error());
  Report report;
  for (const auto& test : touches()) {
    const bool wanted =
        options.tests.empty() || std::find(options.tests.begin(), options.tests.end(), test.key) != options.tests.end();
    if (!wanted) continue;
    const auto answers = touch(registry, *model, test, answeringPools(), options.settings);
    if (!answers) return badFile(answers.error());
    auto table = nlohmann::ordered_json::object();
    for (const auto& answer : *answers) {
      auto& line = table[answer.pool];
      line["releases"] = answer.releases;
      line["per_neuron"] = answer.perNeuron();
      if (answer.first) line["first_tick"] = *answer.first;
    }
    report.add(test.key, test.label, table);
  }
  report.print(options.json);
  return 0;
}

}  // namespace

Command makeTouch(CLI::App& program, const Registry& registry) {
  const auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("touch", "Touch a connectome and count who fires");
  std::vector<std::string> known;
  for (const auto& test : touches()) known.push_back(test.key);
  command->add_option("model", options->model, "Model (JSON) whose neurons have their usual names")
      ->required()
      ->type_name("MODEL");
  command->add_option("--test", options->tests, "anterior, posterior or nose; all where none is given")
      ->check(CLI::IsMember(known))
      ->delimiter(',');
  command->add_option("--amount", options->settings.amount, "Put into each sensory neuron and tick")->capture_default_str();
  command->add_option("--stimulus-ticks", options->settings.stimulusTicks, "For how many ticks")
      ->capture_default_str()
      ->check(atLeast(1));
  command->add_option("--ticks", options->settings.ticks, "Ticks to do")->capture_default_str()->check(atLeast(1));
  command->add_flag("--json", options->json, "Print JSON");
  command->footer("Example:\n  plexarium-cli touch worm.json --test anterior,posterior --json");
  return {command, [options, &registry] { return touchModel(*options, registry); }};
}

}  // namespace plexarium::cli
