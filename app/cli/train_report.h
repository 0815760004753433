#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/feed/feeder.h"

namespace plexarium::cli {

/// What came of one output group.
struct GroupResult {
  std::string name;
  std::vector<std::string> classes;  ///< Empty where the targets are values.
  bool waits = false;                ///< Has a dominance threshold.
  Score score;
};

/// What came of one seed. Nothing was tested where `test` is empty.
struct TrainingRun {
  std::uint64_t seed = 0;
  Tick ticks = 0;
  double seconds = 0;
  std::vector<GroupResult> training;
  std::vector<GroupResult> test;
};

/// Enabled groups of all feeds, in order.
std::vector<GroupResult> resultsOf(const Feeder& feeder, Part part);

/// Every run, and what they come to together: mean, median, worst and 95 % interval over seeds.
void printTraining(const std::vector<TrainingRun>& runs, const std::string& tickUnit, bool interrupted, bool asJson);

}  // namespace plexarium::cli
