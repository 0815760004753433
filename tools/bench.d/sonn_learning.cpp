#include <algorithm>
#include <string>
#include <vector>

#include "core/denormals.h"
#include "core/session/trainer.h"
#include "tools/bench.d/sonn_protocol.h"
#include "tools/bench.d/topics.h"

namespace plexarium::bench {
namespace {

/// One row of the research log. `epochs`: rounds through the training samples.
struct Experiment {
  const char* name;
  SonnSetting setting;
  double epochs;
  double leastAccuracy = 0;  ///< Bar on the test set, %; 0: the held-out samples tell, and there is none.
};

const std::vector<Experiment>& presets() {
  static const std::vector<Experiment> all{
      {"80,000, 400 epochs, test set", {}, 400, 98.35},
      {"750,000, 150 epochs, test set", {.size = 1}, 150, 98.45},
      {"article, 50 epochs, test set", {.thermometer = false, .rules = 1}, 50, 0.01},
  };
  return all;
}

const std::vector<Experiment>& variants() {
  static const std::vector<Experiment> all{
      {"80,000, 50 epochs", {}, 50},
      {"levels instead of thermometer", {.thermometer = false}, 50},
      {"8 grey levels", {.levels = 8}, 50},
      {"no input noise", {.parameters = {{"noise", 0}}}, 50},
      {"one mark a column", {.parameters = {{"marks", 1}}}, 50},
      {"measured against the mean", {.parameters = {{"false_measure", 1}}}, 50},
      {"learning: those that spiked", {.parameters = {{"learners", 1}}}, 50},
      {"learning: all", {.parameters = {{"learners", 2}}}, 50},
      {"the best recognised", {.parameters = {{"true_rule", 1}}}, 50},
      {"weaken as strengthen", {.parameters = {{"weaken", 20}}}, 50},
      {"no decay", {.parameters = {{"decay", 0}}}, 50},
      {"grow into any column", {.parameters = {{"grow_into", 1}}}, 50},
      {"grow from any receptor", {.parameters = {{"grow_from", 1}}}, 50},
      {"no rare or common receptors left out", {.parameters = {{"least_share", 0}, {"most_share", 1}}}, 50},
      {"half of the neurons feed the others", {.feeding = 0.5}, 50},
      {"5 % and 0.66 %", {.parameters = {{"event_rate", 0.05}, {"event_rate_end", 0.05}, {"false_share", 7.58}}}, 50},
  };
  return all;
}

Line measure(const Experiment& experiment, const PictureSource& source, const Patience& patience) {
  const bool final = experiment.leastAccuracy > 0;
  const int seeds = final ? 3 : 1;
  const double epochs = patience.quick ? std::max(1.0, experiment.epochs / 50) : experiment.epochs;
  std::vector<double> reached;
  double seconds = 0;
  double presentations = 0;
  for (int seed = 1; seed <= seeds; ++seed) {
    const double held = final && source.real ? 0 : 1.0 / 6;
    const auto run = makeSonnRun(experiment.setting, source, epochs, held, static_cast<std::uint64_t>(seed));
    presentations = roundOf(*run) * epochs;
    const double begin = threadSeconds();
    if (!train(*run, static_cast<Tick>(presentations))) return {};
    seconds += (threadSeconds() - begin) / seeds;
    reached.push_back(100 * accuracyOf(*run, source, final, 10000));
  }
  double mean = 0;
  for (const double one : reached) mean += one / static_cast<double>(reached.size());
  Line line{.name = experiment.name,
            .figures = {{"right %", mean},
                        {"worst", std::ranges::min(reached)},
                        {"best", std::ranges::max(reached)},
                        {"bar", experiment.leastAccuracy},
                        {"seeds", double{1} * seeds},
                        {"presentations", presentations},
                        {"s a run", seconds}}};
  if (final && !patience.quick && source.real) line.passed = mean >= experiment.leastAccuracy;
  return line;
}

/// A network that is no SONN, trained on the same receptors.
Line yardstick(const PictureSource& source, std::size_t levels, bool softmax, const Patience& patience) {
  const double right = 100 * linearAccuracy(source, levels, softmax, patience.quick ? 1 : 8);
  return {.name = std::string(softmax ? "softmax" : "perceptron") + ", " + std::to_string(levels) + " levels, one layer",
          .figures = {{"right %", right},
                      {"worst", right},
                      {"best", right},
                      {"bar", 0},
                      {"seeds", 1},
                      {"presentations", 0},
                      {"s a run", 0}}};
}

Table tableOf(const char* title, const std::vector<Experiment>& experiments, const PictureSource& source,
              const Patience& patience) {
  Table table{.title = title, .lines = {}};
  for (const auto& experiment : experiments) table.lines.push_back(measure(experiment, source, patience));
  table.notes = {std::string(source.real ? "MNIST" : "drawn digits: MNIST was not found") +
                     "; rows that do not say 'test set' are measured on a sixth of the training samples that is held out",
                 "processor time; --quick: a fiftieth of the epochs, no bars"};
  return table;
}

}  // namespace

Table sonnLearning(const Patience& patience) {
  const FlushDenormals flush;
  const auto source = digitSource();
  return tableOf("sonn: share named rightly after the last epoch", presets(), source, patience);
}

Table sonnVariants(const Patience& patience) {
  const FlushDenormals flush;
  return tableOf("sonn: what other rules bring", variants(), digitSource(), patience);
}

Table sonnYardsticks(const Patience& patience) {
  const FlushDenormals flush;
  const auto source = digitSource();
  Table table{.title = "sonn: one layer on the same receptors", .lines = {}};
  for (const bool softmax : {true, false}) {
    for (const std::size_t levels : {std::size_t{4}, std::size_t{10}})
      table.lines.push_back(yardstick(source, levels, softmax, patience));
  }
  table.notes = {source.real ? "MNIST, test set; 31,360 weights with 4 levels, 78,400 with 10"
                             : "drawn digits, held out: MNIST was not found"};
  return table;
}

Table sonnHarder(const Patience& patience) {
  const FlushDenormals flush;
  Table table{.title = "sonn: harder pictures", .lines = {}};
  const auto add = [&](const std::string& name, const PictureSource& source) {
    auto line = measure({"", {}, 50}, source, patience);
    line.name = name + ", 80,000, 50 epochs";
    table.lines.push_back(std::move(line));
    line = yardstick(source, 4, true, patience);
    line.name = name + ", softmax, 4 levels";
    table.lines.push_back(std::move(line));
  };
  for (const double difficulty : {0.3, 0.6, 1.0})
    add("drawn digits of difficulty " + std::to_string(difficulty).substr(0, 3), drawnDigits(difficulty));
  if (const auto source = catsAndDogs()) add("cats and dogs", *source);
  table.notes = {
      "one seed. SONN: a sixth of the training pictures that is held out; softmax: the test set where there is one"};
  if (!catsAndDogs()) table.notes.push_back("cats and dogs left out: no real data");
  return table;
}

}  // namespace plexarium::bench
