#include "core/session/task_run.h"

#include <cassert>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "core/denormals.h"

namespace plexarium {
namespace {

std::string shortest(double value) {
  char text[32];
  const auto end = std::to_chars(std::begin(text), std::end(text), value).ptr;
  return {std::begin(text), end};
}

/// Over the results of a variant, of the number that `of` finds in each, where it was asked.
template <typename Of>
Summary summaryOf(const std::vector<TaskResult>& results, Of of) {
  std::vector<double> values;
  for (const auto& result : results) values.push_back(of(result));
  std::erase_if(values, [](double value) { return std::isnan(value); });
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  return values.empty() ? Summary{unknown, unknown, unknown, 0} : summarize(values, false);
}

void summarise(TaskReport::Variant& variant) {
  const auto& one = variant.results.front();
  for (std::size_t k = 0; k < one.scores.size(); ++k)
    variant.scores.push_back(summaryOf(variant.results, [k](const TaskResult& result) { return result.scores[k]; }));
  for (std::size_t k = 0; k < one.curve.size(); ++k)
    variant.curve.push_back(summaryOf(variant.results, [k](const TaskResult& result) { return result.curve[k]; }));
}

Result<void> check(const Task& task, const TaskPlan& plan) {
  if (plan.values.size() != task.fields.size()) {
    return failure("the task '" + task.key + "' takes " + std::to_string(task.fields.size()) + " values, not " +
                   std::to_string(plan.values.size()));
  }
  for (std::size_t k = 0; k < task.fields.size(); ++k) {
    if (auto checked = checkValue(task.fields[k], plan.values[k], task.fields[k].key); !checked) return checked;
  }
  if (plan.seeds == 0) return failure("at least one network has to do it", "seeds");
  return {};
}

}  // namespace

Result<std::optional<TaskReport>> runTask(const Task& task, TaskPlan plan, const TaskProgress& goesOn) {
  if (auto checked = check(task, plan); !checked) return tl::unexpected(checked.error());
  const FlushDenormals flush;
  TaskReport report{std::move(plan), std::vector<TaskReport::Variant>(task.variants.size())};
  const auto all = static_cast<double>(report.plan.seeds * task.variants.size());
  double done = 0;
  for (std::size_t k = 0; k < report.plan.seeds; ++k) {
    for (std::size_t variant = 0; variant < task.variants.size(); ++variant) {
      const auto result = task.run(report.plan.values, variant, report.plan.firstSeed + k,
                                   [&](double share) { return !goesOn || goesOn((done + share) / all); });
      if (!result) return tl::unexpected(result.error());
      if (!*result) return std::nullopt;
      assert((*result)->scores.size() == task.scores.size());
      report.variants[variant].results.push_back(**result);
      ++done;
    }
  }
  for (auto& variant : report.variants) summarise(variant);
  if (goesOn) goesOn(1);
  return report;
}

std::string writeTask(const Task& task, const TaskReport& report) {
  std::string text = "variant,seed,number,value\n";
  const auto line = [&](std::size_t variant, std::size_t seed, const std::string& number, double value) {
    text += task.variants[variant] + ',' + std::to_string(report.plan.firstSeed + seed) + ',' + number + ',';
    if (!std::isnan(value)) text += shortest(value);
    text += '\n';
  };
  for (std::size_t variant = 0; variant < report.variants.size(); ++variant) {
    const auto& results = report.variants[variant].results;
    for (std::size_t seed = 0; seed < results.size(); ++seed) {
      for (std::size_t k = 0; k < task.scores.size(); ++k) line(variant, seed, task.scores[k].key, results[seed].scores[k]);
      for (std::size_t k = 0; k < results[seed].curve.size(); ++k)
        line(variant, seed, task.curve.x + ' ' + shortest(task.curve.first + static_cast<double>(k)),
             results[seed].curve[k]);
    }
  }
  return text;
}

Result<const Task*> requireTask(const Registry& registry, std::string_view key, std::string_view dynamics) {
  std::string known;
  for (const auto& entry : registry.entries()) {
    if (!dynamics.empty() && entry.description.key != dynamics) continue;
    for (const auto& task : entry.tasks) {
      if (task.key == key) return &task;
      known += (known.empty() ? "" : ", ") + task.key;
    }
  }
  return failure("there is no task '" + std::string(key) + "'", {}, known.empty() ? "" : "There are: " + known);
}

}  // namespace plexarium
