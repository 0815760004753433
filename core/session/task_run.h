#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/dynamics/registry.h"
#include "core/feed/summary.h"

namespace plexarium {

/// Which networks do a task.
struct TaskPlan {
  std::vector<double> values;   ///< Follows Task::fields.
  std::uint64_t firstSeed = 1;  ///< Each network has a seed of its own, from this on.
  std::size_t seeds = 5;        ///< At least 1.
};

/// What became of a task.
struct TaskReport {
  struct Variant {
    std::vector<TaskResult> results;  ///< By seed.
    std::vector<Summary> scores;      ///< Over the seeds; follows Task::scores.
    std::vector<Summary> curve;       ///< Likewise; follows TaskResult::curve.
  };
  TaskPlan plan;
  std::vector<Variant> variants;  ///< Follows Task::variants.
};

/// Every variant with every seed, all variants of a seed before the next one. `goesOn` is told the share of all. Nothing
/// where it was ended early; an error where a value is out of range or the values do not go together. The calling thread
/// works, under FlushDenormals.
Result<std::optional<TaskReport>> runTask(const Task& task, TaskPlan plan, const TaskProgress& goesOn = {});

/// As CSV: one line a variant, seed and number, scores by their key and the curve by its place.
std::string writeTask(const Task& task, const TaskReport& report);

/// The task of that key among those of all dynamics, or of the one that `dynamics` names; an error that lists what there is.
Result<const Task*> requireTask(const Registry& registry, std::string_view key, std::string_view dynamics = {});

}  // namespace plexarium
