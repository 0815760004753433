#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/denormals.h"
#include "core/dynamics/sorn/creation.h"
#include "core/dynamics/sorn/fields.h"
#include "core/dynamics/sorn/reservoir.h"
#include "core/record/statistics.h"
#include "tools/bench.d/topics.h"

// Sources: Zheng, Dimitrakakis, Triesch, "Network self-organization explains the statistics and dynamics of synaptic
// connection strengths in cortex", PLoS Computational Biology 2013; Del Papa, Priesemann, Triesch, "Criticality meets
// learning", PLoS ONE 2017.
namespace plexarium::bench {
namespace {

using namespace plexarium::sorn;

constexpr Tick allSteps = 2'000'000;
constexpr Tick lastSteps = 1'000'000;  // whose avalanches are looked at
constexpr double weightCut = 0.01;

struct Run {
  double fewest = std::numeric_limits<double>::infinity();  ///< Excitatory synapses, from 20,000 to 100,000 steps.
  double before = 0;                                        ///< 200,000 steps before the end.
  double last = 0;                                          ///< At the end.
  std::vector<double> counts;                               ///< Firings by step, of the last steps.
  std::vector<double> weights;                              ///< Of excitatory synapses, at the end.
};

Run live(std::uint64_t seed) {
  auto model =
      createNetwork(std::vector<double>{static_cast<double>(sorn::Preset::Criticality), 200, 0, 0, 0.2, 0, 0, 0, 0, 0}, seed)
          .value();
  const Settings settings(model.parameters);
  const auto reservoir = Reservoir::make(settings.precision);
  reservoir->read(model.graph, settings);
  const FlushDenormals flush;
  Run run;
  for (Tick now = 0; now < allSteps; ++now) {
    const auto tally = reservoir->step({settings, model.graph, model.seed, now});
    const auto links = static_cast<double>(tally.linksEE);
    if (now >= 20'000 && now <= 100'000) run.fewest = std::min(run.fewest, links);
    if (now == allSteps - 200'000) run.before = links;
    if (now + 1 == allSteps) run.last = links;
    if (now >= allSteps - lastSteps) run.counts.push_back(static_cast<double>(tally.excitatory));
  }
  reservoir->write(model.graph, allSteps);
  const auto kinds = model.graph.neuronValues<std::uint8_t>(neuron::Kind);
  const auto weights = model.graph.linkValues<double>(link::Weight);
  const auto excitatory = [&](std::size_t row) { return kinds[row] == static_cast<std::uint8_t>(Kind::Excitatory); };
  for (std::size_t l = 0; l < weights.size(); ++l) {
    if (excitatory(model.graph.source(l)) && excitatory(model.graph.targets()[l])) run.weights.push_back(weights[l]);
  }
  return run;
}

Line analyse(std::uint64_t seed) {
  const auto run = live(seed);
  double rate = 0;
  for (const double count : run.counts) rate += count / static_cast<double>(run.counts.size()) / 200;
  double squares = 0;
  for (const double count : run.counts) squares += std::pow(count - 200 * rate, 2);
  const auto fits = statistics::fitWeights(run.weights, weightCut).value_or(statistics::WeightFits{});
  const auto storms = statistics::avalanches(run.counts, statistics::avalancheThreshold(run.counts));
  const auto durations = statistics::fitPowerLaw(storms.durations, 6, 60).value_or(statistics::PowerLaw{});
  const auto sizes = statistics::fitPowerLaw(storms.sizes, 10, 1500).value_or(statistics::PowerLaw{});
  return {.name = "seed " + std::to_string(seed),
          .figures = {{"fewest", run.fewest},
                      {"at 2e6", run.last},
                      {"change % in 2e5", 100 * (run.last / run.before - 1)},
                      {"rate", rate},
                      {"firing sd", std::sqrt(squares / static_cast<double>(run.counts.size()))},
                      {"ln mean", fits.lognormal.location},
                      {"ln sd", fits.lognormal.spread},
                      {"ln skew", fits.logSkew},
                      {"KS lognormal", fits.lognormal.distance},
                      {"KS normal", fits.normal.distance},
                      {"KS expon.", fits.exponential.distance},
                      {"T exponent", durations.exponent},
                      {"T gain", durations.gain},
                      {"S exponent", sizes.exponent},
                      {"S gain", sizes.gain}}};
}

double figureOf(const Line& line, std::string_view name) {
  return std::ranges::find(line.figures, name, &std::pair<std::string, double>::first)->second;
}

/// Whether a network, or the mean of them, keeps the bars.
bool keeps(const Line& line) {
  const auto figure = [&](std::string_view name) { return figureOf(line, name); };
  const double lognormal = figure("KS lognormal");
  return figure("fewest") < 900 && figure("at 2e6") >= 2200 && figure("at 2e6") <= 4000 && lognormal < figure("KS normal") &&
         lognormal < figure("KS expon.") && figure("T gain") > 0 && figure("S gain") > 0;
}

/// Mean, and deviation over n - 1, of every figure.
std::pair<Line, Line> meanAndDeviation(const std::vector<Line>& lines) {
  Line mean{.name = "mean", .figures = lines.front().figures};
  Line deviation{.name = "deviation", .figures = lines.front().figures};
  const auto count = static_cast<double>(lines.size());
  for (std::size_t k = 0; k < mean.figures.size(); ++k) {
    double sum = 0;
    double squares = 0;
    for (const auto& line : lines) sum += line.figures[k].second;
    for (const auto& line : lines) squares += std::pow(line.figures[k].second - sum / count, 2);
    mean.figures[k].second = sum / count;
    deviation.figures[k].second = count > 1 ? std::sqrt(squares / (count - 1)) : 0;
  }
  return {std::move(mean), std::move(deviation)};
}

}  // namespace

Table sornCriticality(const Patience& patience) {
  Table table{.title = "sorn: preset criticality, 200 neurons, 2 million steps", .lines = {}};
  const std::uint64_t seeds = patience.quick ? 5 : 20;  // five leave the mean of the plateau to chance
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    auto& line = table.lines.emplace_back(analyse(seed));
    line.passed = keeps(line);
  }
  std::vector<double> plateaus, spreads;
  for (const auto& line : table.lines) {
    plateaus.push_back(figureOf(line, "at 2e6"));
    spreads.push_back(figureOf(line, "firing sd"));
  }
  const double related = statistics::correlation(plateaus, spreads).value_or(0);
  auto [mean, deviation] = meanAndDeviation(table.lines);
  mean.passed = keeps(mean);
  table.lines.push_back(std::move(mean));
  table.lines.push_back(std::move(deviation));
  table.notes = {
      "the bars are asked of each network and of the mean; fewest: excitatory synapses between 20,000 and 100,000 steps "
      "(bar: below 900); at "
      "2e6: 2,200 to 4,000",
      "firing sd: deviation of how many fire in a step, in the last million steps; its correlation with the synapses at 2e6 "
      "is " +
          std::to_string(related),
      "weights of 0.01 and more; KS: largest distance of the cumulated shares (bar: lognormal's is the least)",
      "avalanches of the last million steps above floor(mean / 2): T durations 6 to 60, S sizes 10 to 1500; gain: "
      "log-likelihood of the power law less the exponential's (bar: above 0)"};
  return table;
}

}  // namespace plexarium::bench
