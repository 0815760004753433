#include "app/cli/train_report.h"

#include <algorithm>

#include "app/cli/command.h"
#include "core/feed/summary.h"

namespace plexarium::cli {
namespace {

using Json = nlohmann::ordered_json;

Json scoreJson(const GroupResult& group) {
  const auto& score = group.score;
  Json json{{"samples", score.samples}, {"error", score.error()}, {"mean_square", score.meanSquare()}};
  if (!group.classes.empty()) json["accuracy"] = score.accuracy();
  if (group.waits) {
    json["decided"] = score.decided;
    const auto decided = static_cast<double>(std::max<std::uint64_t>(score.decided, 1));
    json["mean_decision_ticks"] = static_cast<double>(score.decisionTicks) / decided;
  }
  // A hundred classes make ten thousand cells that nobody reads.
  if (!group.classes.empty() && group.classes.size() <= 100 && !score.confusion.empty()) {
    Json rows = Json::array();
    for (std::size_t wanted = 0; wanted < group.classes.size(); ++wanted) {
      const auto begin = score.confusion.begin() + static_cast<std::ptrdiff_t>(wanted * group.classes.size());
      rows.push_back(Json(std::vector<std::uint64_t>(begin, begin + static_cast<std::ptrdiff_t>(group.classes.size()))));
    }
    json["classes"] = group.classes;
    json["confusion"] = std::move(rows);
  }
  return json;
}

Json groupsJson(const std::vector<GroupResult>& groups) {
  Json json = Json::object();
  for (const auto& group : groups) json[group.name] = scoreJson(group);
  return json;
}

Json summaryJson(const std::vector<double>& values, bool highIsWorse) {
  const auto summary = summarize(values, highIsWorse);
  Json json{{"mean", summary.mean}, {"median", summary.median}, {"worst", summary.worst}};
  json["interval_95"] = values.size() < 2 ? Json() : Json{summary.interval().first, summary.interval().second};
  return json;
}

/// One figure of one group over all runs that were tested.
std::vector<double> figures(const std::vector<TrainingRun>& runs, std::size_t group, double (Score::*figure)() const) {
  std::vector<double> values;
  for (const auto& run : runs) {
    if (group < run.test.size() && run.test[group].score.samples > 0) values.push_back((run.test[group].score.*figure)());
  }
  return values;
}

void addSummaries(Report& report, const std::vector<TrainingRun>& runs) {
  if (runs.empty()) return;
  Json errors = Json::object();
  Json accuracies = Json::object();
  for (std::size_t group = 0; group < runs.front().test.size(); ++group) {
    const auto& first = runs.front().test[group];
    if (first.score.samples == 0) continue;
    errors[first.name] = summaryJson(figures(runs, group, &Score::error), true);
    if (!first.classes.empty()) accuracies[first.name] = summaryJson(figures(runs, group, &Score::accuracy), false);
  }
  if (!errors.empty()) report.add("test_error", "Error in the test", errors);
  if (!accuracies.empty()) report.add("test_accuracy", "Accuracy in the test", accuracies);
}

}  // namespace

std::vector<GroupResult> resultsOf(const Feeder& feeder, Part part) {
  std::vector<GroupResult> results;
  for (const auto& feed : feeder.feeds()) {
    for (std::size_t k = 0; k < feed.plan().outputs.size(); ++k) {
      const auto& group = feed.plan().outputs[k];
      if (!group.enabled) continue;
      auto name = feeder.feeds().size() > 1 ? feed.plan().name + '/' + group.name : group.name;
      results.push_back({std::move(name), feed.data().info().classes, group.dominance > 0, feed.score(k, part)});
    }
  }
  return results;
}

void printTraining(const std::vector<TrainingRun>& runs, const std::string& tickUnit, bool interrupted, bool asJson) {
  Report report;
  Tick ticks = 0;
  double seconds = 0;
  Json list = Json::array();
  for (const auto& run : runs) {
    ticks += run.ticks;
    seconds += run.seconds;
    Json one{{"seed", run.seed}, {"ticks", run.ticks}, {"seconds", run.seconds}};
    if (!run.training.empty()) one["training"] = groupsJson(run.training);
    if (!run.test.empty()) one["test"] = groupsJson(run.test);
    list.push_back(std::move(one));
  }
  report.add("runs", "Runs", runs.size());
  if (ticks > 0) {
    report.add("ticks", "Ticks of training", ticks, tickUnit + "s").add("seconds", "Time of training", seconds, "s");
    report.add("ticks_per_second", "Speed", seconds > 0 ? static_cast<double>(ticks) / seconds : 0, tickUnit + "s/s");
  }
  for (const auto& run : asJson || runs.size() != 1 ? std::vector<TrainingRun>{} : runs) {
    for (const auto& group : run.training) {
      report.add("training", "Error in training, " + group.name, group.score.error());
      if (!group.classes.empty()) report.add("training", "Accuracy in training, " + group.name, group.score.accuracy());
    }
  }
  addSummaries(report, runs);
  if (asJson) report.add("results", "", std::move(list));
  if (interrupted) report.add("interrupted", "Interrupted", true);
  report.print(asJson);
}

}  // namespace plexarium::cli
