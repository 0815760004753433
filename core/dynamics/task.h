#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/description/field.h"
#include "core/error.h"

namespace plexarium {

/// Told from time to time what share (0..1) of the work is done; false: nobody wants it any more.
using TaskProgress = std::function<bool(double share)>;

/// What one network made of a task.
struct TaskResult {
  std::vector<double> scores;  ///< Follows Task::scores.
  std::vector<double> curve;   ///< What came at place 0, 1, ... of Task::curve; NaN: it was never asked.
};

/// A number that a task finds.
struct TaskScore {
  std::string key;
  std::string label;
  std::string help;
};

/// A score by place: in a word, or by how long ago something was.
struct TaskCurve {
  std::string x;     ///< What the places are, with their unit.
  std::string y;     ///< What is told of each.
  double first = 0;  ///< Of place 0 on the axis.
};

/// Something that networks of a dynamics learn and are then asked, each run with a network of its own. Window and command
/// line are generated from it. Constant; any thread.
struct Task {
  std::string key;    ///< On the command line, lower_snake_case.
  std::string label;  ///< On screen.
  std::string help;   ///< A sentence or two for a newcomer.
  std::vector<Field> fields;
  /// Networks that begin alike and differ in their rules, to be compared; at least one.
  std::vector<std::string> variants;
  std::vector<TaskScore> scores;
  TaskCurve curve;
  /// Makes a network from the seed, lets it live and asks it. `values` follow `fields` and are checked; `variant` <
  /// variants.size(). Nothing where it was ended early; an error where the values do not go together. The calling thread
  /// works, under FlushDenormals.
  Result<std::optional<TaskResult>> (*run)(std::span<const double> values, std::size_t variant, std::uint64_t seed,
                                           const TaskProgress& goesOn);
};

}  // namespace plexarium
