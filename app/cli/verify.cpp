#include <filesystem>
#include <iomanip>
#include <iostream>
#include <memory>

#include "app/cli/command.h"
#include "core/dynamics/sorn/golden_trace.h"
#include "core/dynamics/transmitter/golden_trace.h"
#include "core/io/document.h"

namespace plexarium::cli {
namespace {

struct Options {
  std::vector<std::string> files;
  bool json = false;
};

nlohmann::ordered_json asJson(const std::string& file, const GoldenReport& report) {
  nlohmann::ordered_json columns = nlohmann::ordered_json::array();
  for (const auto& column : report.columns) {
    columns.push_back({{"name", column.name},
                       {"exact", column.exact},
                       {"largest_absolute", column.largestAbsolute},
                       {"largest_relative", column.largestRelative},
                       {"out_of_tolerance", column.outOfTolerance}});
  }
  return {{"file", file},
          {"circuit", report.circuit},
          {"mode", report.mode},
          {"neurons", report.neurons},
          {"links", report.links},
          {"ticks", report.ticks},
          {"phase_mismatches", report.phaseMismatches},
          {"first_mismatch", report.firstMismatch},
          {"columns", columns},
          {"passed", report.passed}};
}

void print(const std::string& file, const GoldenReport& report) {
  std::cout << (report.passed ? "PASS  " : "FAIL  ") << file << "  (" << report.circuit << ", " << report.mode << ", "
            << report.neurons << " neurons, " << report.links << " links, " << report.ticks << " ticks)\n";
  if (report.phaseMismatches > 0) std::cout << "      phases: " << report.phaseMismatches << " differ\n";
  for (const auto& column : report.columns) {
    std::cout << "      " << std::left << std::setw(15) << column.name << std::right << " largest deviation "
              << std::setw(10) << column.largestAbsolute << " (relative " << column.largestRelative << "), "
              << column.outOfTolerance << " out of tolerance" << (column.exact ? ", must be equal" : "") << '\n';
  }
  if (!report.firstMismatch.empty()) std::cout << "      first: " << report.firstMismatch << '\n';
}

/// By the format that the text names; what names none is compared as the oldest kind.
Result<GoldenReport> compare(const std::string& text, const std::filesystem::path& file) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_object() && json.contains("format") && json["format"] == sorn::goldenFormat) {
    return sorn::verifyGoldenTrace(text, file.string(),
                                   [&](const std::string& name) { return readFile(file.parent_path() / name); });
  }
  return transmitter::verifyGoldenTrace(text, file.string());
}

Ending verify(const Options& options) {
  bool allPassed = true;
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const auto& file : options.files) {
    const auto report = readFile(file).and_then([&](const std::string& text) { return compare(text, file); });
    if (!report) return badFile(report.error());
    allPassed = allPassed && report->passed;
    if (options.json) {
      list.push_back(asJson(file, *report));
    } else {
      print(file, *report);
    }
  }
  if (options.json) std::cout << list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
  return allPassed ? 0 : exitBadFile;
}

}  // namespace

Command makeVerify(CLI::App& program) {
  const auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand(
      "verify", "Compare a run with golden traces: phases, firings and counters exact, amounts to 1e-9 or nearer");
  command->add_option("golden", options->files, "Golden traces (JSON)")->required()->type_name("GOLDEN.json...");
  command->add_flag("--json", options->json, "Print JSON");
  command->footer(
      "Examples:\n"
      "  plexarium-cli verify traces/*.json\n"
      "  plexarium-cli verify --json traces/02_mutual_pair.sync.json\n"
      "Exits with 1 when a trace does not pass.");
  return {command, [options] { return verify(*options); }};
}

}  // namespace plexarium::cli
