#pragma once

#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "core/dynamics/registry.h"
#include "core/error.h"

namespace plexarium::cli {

/// Exit codes: 0 done, 1 a file could not be read, written or passed, 2 the command line is wrong.
inline constexpr int exitBadFile = 1;
inline constexpr int exitBadArgument = 2;

struct Failure {
  Error error;
  int exitCode = exitBadFile;
};

/// The exit code, or why there is none.
using Ending = tl::expected<int, Failure>;

inline tl::unexpected<Failure> badFile(Error error) { return tl::unexpected(Failure{std::move(error), exitBadFile}); }
inline tl::unexpected<Failure> badArgument(Error error) {
  return tl::unexpected(Failure{std::move(error), exitBadArgument});
}

/// Refuses smaller numbers in words that a person reads at a glance.
CLI::Validator atLeast(long long minimum);

/// One word of the command line with what it does. Every command lives in a file of its own.
struct Command {
  CLI::App* options;
  std::function<Ending()> execute;
};

// Each adds its subcommand to `program`; the registry must outlive the command.
Command makeRun(CLI::App& program, const Registry& registry);
Command makeVerify(CLI::App& program);
Command makeInfo(CLI::App& program, const Registry& registry);
Command makeNew(CLI::App& program, const Registry& registry);
Command makeImport(CLI::App& program, const Registry& registry);
Command makeReplay(CLI::App& program, const Registry& registry);
Command makeBench(CLI::App& program, const Registry& registry);
Command makeTouch(CLI::App& program, const Registry& registry);
Command makeTrain(CLI::App& program, const Registry& registry);
Command makeEvaluate(CLI::App& program, const Registry& registry);
Command makeTask(CLI::App& program, const Registry& registry);

/// A result as people read it (aligned lines) or as a program does (one JSON object).
class Report {
 public:
  /// `key` names it in JSON, `label` on screen; numbers, texts, lists and objects.
  Report& add(std::string key, std::string label, nlohmann::ordered_json value, std::string unit = {});
  void print(bool asJson) const;

 private:
  struct Line {
    std::string key, label;
    nlohmann::ordered_json value;
    std::string unit;
  };
  std::vector<Line> lines_;
};

/// "1234567.8" as "1,234,568"; small numbers keep three significant digits.
std::string readable(double value);

/// Puts `settings` ("key=value") into `values`, which follow `fields`; `kind` and `option` name them in errors.
Result<void> setValues(std::span<const Field> fields, const std::vector<std::string>& settings, const std::string& kind,
                       const std::string& option, std::vector<double>& values);
/// Creation values of a dynamics: the initial ones with `settings` ("key=value") put in.
Result<std::vector<double>> creationValues(const Description& description, const std::vector<std::string>& settings);

}  // namespace plexarium::cli
