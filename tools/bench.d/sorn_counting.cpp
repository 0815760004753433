#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/dynamics/sorn/tasks.h"
#include "core/session/task_run.h"
#include "tools/bench.d/topics.h"

namespace plexarium::bench {
namespace {

using sorn::Variant;

enum Score : std::size_t { Norm, Last, Position, Rate };

/// Over n - 1.
double deviation(const TaskReport::Variant& variant, std::size_t score) {
  double squares = 0;
  for (const auto& result : variant.results) {
    squares += std::pow(result.scores[score] - variant.scores[score].mean, 2);
  }
  const auto count = static_cast<double>(variant.results.size());
  return count > 1 ? std::sqrt(squares / (count - 1)) : 0;
}

/// Nothing where the line has no bar.
std::optional<bool> passes(int repeats, Variant variant, const TaskReport& report) {
  const auto mean = [&](Variant of, Score score) {
    return report.variants[static_cast<std::size_t>(of)].scores[score].mean;
  };
  const double last = mean(variant, Last);
  if (variant == Variant::Whole && repeats <= 20) {
    if (std::abs(mean(variant, Rate) - 0.1) > 0.01) return false;
    if (repeats <= 8) return last >= 0.98 && mean(variant, Position) >= 0.99;
    if (repeats == 14) return last >= 0.7;
    if (repeats == 20) return mean(variant, Position) >= mean(Variant::Static, Position) + 0.2;
  }
  if (variant == Variant::IpOnly && repeats == 8) return last <= 0.1;
  if (variant == Variant::Static && repeats == 8) return last <= 0.8;
  if (variant == Variant::Static && repeats == 14) return last <= 0.25;
  return std::nullopt;
}

}  // namespace

Table sornCounting(const Patience& patience) {
  Table table{.title = "sorn: counting, which letter comes next in words a b..b c and d e..e f of n b or e", .lines = {}};
  const Task& task = sorn::tasks().front();
  const std::size_t seeds = patience.quick ? 2 : 20;  // five leave the means of static networks to chance
  for (const int repeats : {4, 8, 14, 20, 28}) {
    TaskPlan plan{.values = initialValues(task.fields), .seeds = seeds};
    plan.values.front() = repeats;
    const auto report = runTask(task, plan).value().value();
    for (std::size_t k = 0; k < report.variants.size(); ++k) {
      const auto& variant = report.variants[k];
      table.lines.push_back({.name = "n = " + std::to_string(repeats) + ", " + task.variants[k],
                             .figures = {{"norm", variant.scores[Norm].mean},
                                         {"last", variant.scores[Last].mean},
                                         {"+- ", deviation(variant, Last)},
                                         {"position", variant.scores[Position].mean},
                                         {"+-  ", deviation(variant, Position)},
                                         {"rate", variant.scores[Rate].mean}},
                             .passed = passes(repeats, static_cast<Variant>(k), report)});
    }
  }
  table.notes = {
      std::to_string(seeds) +
          " seeds, mean and deviation; preset counting, 50,000 steps with the rules, then frozen: 5,000 to train a "
          "ridge readout (1e-3), 5,000 to test it",
      "norm: share of letters told right over the best possible; last: of last letters; position: of the next "
      "letter's place in its word; rate: share of the neurons that fire, once the rules are off",
      "no STDP: intrinsic plasticity and scaling alone; static: all rules off from the beginning"};
  return table;
}

}  // namespace plexarium::bench
