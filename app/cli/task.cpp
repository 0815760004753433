#include <unistd.h>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>

#include "app/cli/command.h"
#include "core/io/document.h"
#include "core/session/task_run.h"

namespace plexarium::cli {
namespace {

struct Options {
  std::string task;
  std::string dynamics;
  std::vector<std::string> settings;
  std::size_t seeds = 5;
  std::uint64_t firstSeed = 1;
  std::string csv;
  bool list = false;
  bool json = false;
};

void listTasks(const Registry& registry) {
  for (const auto& entry : registry.entries()) {
    for (const auto& task : entry.tasks) {
      std::cout << task.key << " (" << entry.description.key << "): " << task.help << '\n';
      for (const auto& field : task.fields) {
        std::cout << "  " << field.key << '=' << formatValue(field, field.initial) << "  ("
                  << formatValue(field, field.minimum) << " to " << formatValue(field, field.maximum)
                  << (field.unit.empty() ? "" : " ") << field.unit << ")\n      " << field.help << '\n';
      }
    }
  }
}

/// Null in JSON: it was never asked.
nlohmann::ordered_json number(double value) {
  return std::isnan(value) ? nlohmann::ordered_json() : nlohmann::ordered_json(value);
}

nlohmann::ordered_json told(const Summary& summary) {
  return {{"mean", number(summary.mean)}, {"margin", summary.margin}, {"worst", number(summary.worst)}};
}

void printJson(const Task& task, const TaskReport& report) {
  nlohmann::ordered_json root{{"task", task.key}, {"seeds", report.plan.seeds}, {"first_seed", report.plan.firstSeed}};
  for (std::size_t k = 0; k < task.fields.size(); ++k) root["values"][task.fields[k].key] = report.plan.values[k];
  for (std::size_t variant = 0; variant < report.variants.size(); ++variant) {
    auto& one = root["variants"][task.variants[variant]];
    for (std::size_t k = 0; k < task.scores.size(); ++k) one[task.scores[k].key] = told(report.variants[variant].scores[k]);
    one["curve"] = nlohmann::ordered_json::array();
    for (const auto& place : report.variants[variant].curve) one["curve"].push_back(number(place.mean));
  }
  std::cout << root.dump(2) << '\n';
}

void printTable(const Task& task, const TaskReport& report) {
  std::printf("%-10s", "");
  for (const auto& score : task.scores) std::printf(" %19s", score.label.c_str());
  std::printf("\n");
  for (std::size_t variant = 0; variant < report.variants.size(); ++variant) {
    std::printf("%-10s", task.variants[variant].c_str());
    for (const auto& score : report.variants[variant].scores) std::printf("  %8.3f +- %6.3f", score.mean, score.margin);
    std::printf("\n");
  }
  std::printf("Means over %zu networks, +- half the 95 %% interval of the mean.\n", report.plan.seeds);
}

/// For who watches; scripts get results alone.
TaskProgress progressLine() {
  if (isatty(STDERR_FILENO) == 0) return {};
  return [](double share) {
    std::fprintf(stderr, "\r%3.0f %%", 100 * share);
    if (share >= 1) std::fputs("\r      \r", stderr);
    return true;
  };
}

Ending runIt(const Options& options, const Registry& registry) {
  if (options.list) {
    listTasks(registry);
    return 0;
  }
  if (options.task.empty()) return badArgument({"no task is named", {}, "Give one, or --list"});
  const auto task = requireTask(registry, options.task, options.dynamics);
  if (!task) return badArgument(task.error());
  auto values = initialValues((*task)->fields);
  const auto set = setValues((*task)->fields, options.settings, "setting of the task " + options.task, "--set", values);
  if (!set) return badArgument(set.error());
  const auto report = runTask(**task, {values, options.firstSeed, options.seeds}, progressLine());
  if (!report) return badArgument(report.error());
  if (!options.csv.empty()) {
    if (auto saved = saveAtomically(options.csv, writeTask(**task, **report)); !saved) return badFile(saved.error());
  }
  options.json ? printJson(**task, **report) : printTable(**task, **report);
  return 0;
}

}  // namespace

Command makeTask(CLI::App& program, const Registry& registry) {
  const auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("task", "Let networks learn a task, ask them, and compare them with twins");
  command->add_option("task", options->task, "Task; --list tells which there are")->type_name("TASK");
  command->add_option("--dynamics", options->dynamics, "Dynamics whose task it is, where several have one of that name")
      ->type_name("KEY");
  command->add_option("--set", options->settings, "Setting of the task, once for each")
      ->type_name("key=value")
      ->allow_extra_args(false);
  command->add_option("--seeds", options->seeds, "How many networks of each kind do it")
      ->capture_default_str()
      ->check(atLeast(1));
  command->add_option("--first-seed", options->firstSeed, "Seed of the first; the others follow")->capture_default_str();
  command->add_option("--csv", options->csv, "Write every result as CSV")->type_name("FILE.csv");
  command->add_flag("--list", options->list, "List the tasks and their settings");
  command->add_flag("--json", options->json, "Print JSON");
  command->footer(
      "Examples:\n"
      "  plexarium-cli task --list\n"
      "  plexarium-cli task counting --set repeats=8 --seeds 5\n"
      "  plexarium-cli task memory --set plastic_steps=20000 --csv memory.csv --json");
  return {command, [options, &registry] { return runIt(*options, registry); }};
}

}  // namespace plexarium::cli
