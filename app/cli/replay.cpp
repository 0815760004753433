#include <chrono>
#include <csignal>
#include <memory>

#include "app/cli/command.h"
#include "core/io/data_places.h"
#include "core/io/document.h"
#include "core/io/log_document.h"
#include "core/session/replay.h"

namespace plexarium::cli {
namespace {

struct Options {
  std::string file;
  std::string save;
  bool json = false;
};

volatile std::sig_atomic_t interrupted = 0;
extern "C" void interruptReplay(int) { interrupted = 1; }

Ending replayLog(const Options& options, const Registry& registry) {
  const auto text = readFile(options.file);
  if (!text) return badFile(text.error());
  const auto log = readLog(registry, *text, options.file);
  if (!log) return badFile(log.error());
  std::signal(SIGINT, interruptReplay);
  const auto begin = std::chrono::steady_clock::now();
  const auto end = replay(registry, *log, [] { return interrupted == 0; });
  if (!end) return badFile({end.error().text(), options.file, {}});
  if (interrupted != 0) return badFile({"interrupted at tick " + std::to_string(end->tick), options.file, {}});
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const auto& description = (*registry.require(end->dynamics))->description;
  const auto hash = stateHash(description, *end);
  const bool known = !log->endHash.empty();
  const bool passed = known && hash == log->endHash;
  if (!options.save.empty()) {
    if (auto saved = saveModel(description, *end, options.save); !saved) return badFile(saved.error());
  }
  Report report;
  report.add("result", "Result", known ? (passed ? "PASS" : "FAIL") : "the log says no hash to compare with");
  report.add("log", "Log", options.file).add("deeds", "Deeds", log->entries.size()).add("tick", "Last tick", end->tick);
  report.add("seconds", "Time", seconds, "s").add("state_hash", "State hash", hash);
  if (known && !passed) report.add("expected_hash", "Expected", log->endHash);
  report.print(options.json);
  return known && !passed ? exitBadFile : 0;
}

}  // namespace

Command makeReplay(CLI::App& program, const Registry& registry) {
  const auto options = std::make_shared<Options>();
  auto* command =
      program.add_subcommand("replay", "Do again what a log tells, and compare the state at its end bit for bit");
  command->add_option("log", options->file, "Log (JSON)")->required()->type_name("LOG.json");
  command->add_option("--save", options->save, "Save the network as it is at the end")->type_name("OUT.json");
  command->add_flag("--json", options->json, "Print JSON");
  command->footer(
      "Examples:\n"
      "  plexarium-cli replay afternoon.json\n"
      "  plexarium-cli replay afternoon.json --save end.json --json\n"
      "Exits with 1 when the state hash is another one than the log says.");
  return {command, [options, &registry] { return replayLog(*options, registry); }};
}

}  // namespace plexarium::cli
