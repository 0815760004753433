#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "tools/bench.d/plexus_protocol.h"
#include "tools/bench.d/threads.h"
#include "tools/bench.d/topics.h"

namespace plexarium::bench {
namespace {

using plexus::Rule;

/// What the scores of a line must be; negative: no bar.
struct Bar {
  double error = -1;
  double median = -1;
  double worst = -1;
  double accuracy = -1;
  double seconds = -1;
  double errorAtLeast = 0;
};

struct Experiment {
  const char* name;
  Protocol protocol;
  int networks;
  Bar bar;
};

PlexusSetting setting(double neurons, double inputs, double outputs, double connectivity, double precision, Rule rule,
                      double rate, double gain = authorsGain, double blame = 2) {
  return {neurons, inputs, outputs, connectivity, precision, rule, gain, rate, blame};
}

const std::vector<Experiment>& experiments() {
  static const std::vector<Experiment> all{
      {"bigger 1, gradient, 3000 waves",
       {.setting = setting(14, 4, 2, 1, 2, Rule::Gradient, 4), .waves = 3000},
       100,
       {.error = 0.015, .median = 0.0102, .worst = 0.10, .accuracy = 0.995, .seconds = 1}},
      {"bigger 1, gradient, 30 waves",
       {.setting = setting(14, 4, 2, 1, 2, Rule::Gradient, 4), .waves = 30},
       100,
       {.error = 0.06}},
      {"bigger 1, sign repaired, 3000", {.setting = setting(14, 4, 2, 1, 2, Rule::SignRepaired, 1), .waves = 3000}, 60, {}},
      {"bigger 1, sign, 100", {.setting = setting(14, 4, 2, 1, 2, Rule::Sign, 1), .waves = 100}, 100, {}},
      {"bigger 1, sign, 1000",
       {.setting = setting(14, 4, 2, 1, 2, Rule::Sign, 1), .waves = 1000},
       100,
       {.error = 0.18, .errorAtLeast = 0.08}},
      {"bigger 2, sign repaired",
       {.setting = setting(50, 32, 2, 0.5, 2, Rule::SignRepaired, 1), .waves = 100},
       30,
       {.error = 0.03}},
      {"bigger 3, sign repaired",
       {.setting = setting(290, 256, 2, 0.5, 2, Rule::SignRepaired, 1), .waves = 20},
       30,
       {.error = 0.03}},
      {"bigger 4, sign repaired",
       {.setting = setting(546, 512, 2, 0.5, 2, Rule::SignRepaired, 1), .waves = 20},
       30,
       {.error = 0.05}},
      {"bigger 5, sign repaired",
       {.setting = setting(1090, 1024, 2, 0.25, 2, Rule::SignRepaired, 1), .waves = 20},
       30,
       {.error = 0.05}},
      {"article network, article",
       {.setting = setting(256, 4, 2, 0.5, 1, Rule::Article, 1), .loads = 79, .waves = 10, .untilDecided = true},
       30,
       {.error = 0.54, .errorAtLeast = 0.46}},
      {"article network, gradient, 400 loads",
       {.setting = setting(256, 4, 2, 0.5, 1, Rule::Gradient, 0.3, 3), .loads = 400, .waves = 20},
       30,
       {.error = 0.10, .accuracy = 0.98}},
      {"article network, sign, 400 loads",
       {.setting = setting(256, 4, 2, 0.5, 1, Rule::Sign, 1), .loads = 400, .waves = 20},
       30,
       {}},
      {"prime 32, gradient, 400 loads",
       {.setting = setting(49, 32, 1, 0.5, 2, Rule::Gradient, 1), .sample = prime, .loads = 400, .waves = 50},
       30,
       {.error = 0.10, .accuracy = 0.95}},
      {"sequence, gradient",
       {.setting = setting(14, 4, 1, 1, 2, Rule::Gradient, 4),
        .sample = everyEighth,
        .loads = 8 * 200,
        .waves = 2,
        .tests = 160},
       30,
       {}},
  };
  return all;
}

Line measure(const Experiment& experiment, bool quick) {
  const int networks = quick ? std::max(3, experiment.networks / 10) : experiment.networks;
  std::vector<Score> scores(static_cast<std::size_t>(networks));
  sideBySide(scores.size(), [&](std::size_t k) { scores[k] = trainAndTest(experiment.protocol, k + 1); });
  std::vector<double> errors;
  double error = 0, square = 0, accuracy = 0, seconds = 0;
  for (const auto& score : scores) {
    errors.push_back(score.error);
    error += score.error / networks;
    square += score.error * score.error / networks;
    accuracy += score.accuracy / networks;
    seconds += score.seconds / networks;
  }
  const double interval = 1.96 * std::sqrt(std::max(0.0, square - error * error) / networks);
  const double middle = median(errors);
  const double worst = *std::ranges::max_element(errors);
  const auto& bar = experiment.bar;
  const auto below = [](double value, double most) { return most < 0 || value <= most; };
  Line line{.name = experiment.name,
            .figures = {{"networks", double{1} * networks},
                        {"mean error", error},
                        {"+-", interval},
                        {"median", middle},
                        {"worst", worst},
                        {"correct %", 100 * accuracy},
                        {"s a network", seconds},
                        {"bar", bar.error}}};
  if (bar.error >= 0) {
    line.passed = below(error, bar.error) && below(middle, bar.median) && below(worst, bar.worst) &&
                  accuracy >= bar.accuracy && below(seconds, bar.seconds) && error >= bar.errorAtLeast;
  }
  return line;
}

}  // namespace

Table plexusLearning(const Patience& patience) {
  Table table{.title = "plexus: error after training, inputs alone at the test", .lines = {}};
  for (const auto& experiment : experiments()) table.lines.push_back(measure(experiment, patience.quick));
  table.notes = {
      "error: mean distance of outputs from targets; +-: half the 95 % interval of its mean over networks; 19 loads "
      "and 100 tests where nothing else is said; bar -1: none",
      "bigger 1 also asks for a median of 0.0102, a worst network of 0.10, 99.5 % and a second; the article's rule "
      "must be at chance, 0.46 to 0.54; sign at 1000 waves 0.08 to 0.18",
      "sequence: without a memory 0.125 is the least"};
  return table;
}

}  // namespace plexarium::bench
