#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "core/denormals.h"
#include "core/dynamics/synann_net/creation.h"
#include "core/dynamics/synann_net/fields.h"
#include "core/dynamics/synann_net/synann_net.h"
#include "core/session/trainer.h"
#include "tools/bench.d/sonn_protocol.h"
#include "tools/bench.d/topics.h"

namespace plexarium::bench {
namespace {

using synann_net::Features;

/// One row: a kind of network, how long it learns, and what it must reach.
struct Experiment {
  const char* name;
  Features features;
  bool synapse;
  double epochs;
  int seeds;
  double leastMean = 0;    ///< Bars on the test set, %; 0: none.
  double leastWorst = 0;   ///< Every seed must be above this.
  double mostSeconds = 0;  ///< Of processor time an epoch.
};

const std::vector<Experiment>& experiments() {
  static const std::vector<Experiment> all{
      {"fast, with synapses", Features::Fast, true, 20, 3, 99.65, 99.59},
      {"fast, without", Features::Fast, false, 20, 3},
      {"small, with synapses", Features::Small, true, 6, 3, 98.0, 0, 10},
      {"small, without", Features::Small, false, 6, 3},
      {"dense, with synapses", Features::Dense, true, 15, 3},
      {"dense, without", Features::Dense, false, 15, 3},
  };
  return all;
}

/// 5,000 training samples are kept out where `held` is set.
std::unique_ptr<Simulation> makeRun(const Experiment& experiment, const PictureSource& source, double epochs, bool held,
                                    std::uint64_t seed) {
  FeedPlan plan;
  plan.source = source.training;
  plan.duration = plan.examDuration = 1;
  plan.order = FeedOrder::Shuffled;
  plan.seed = seed;
  plan.inputs[0].coding.code = InputCode::Unit;
  plan.split = {held ? 1.0 / 12 : 0, 0, 1, true};
  const auto& description = synann_net::description();
  std::vector<Feed> feeds;
  feeds.push_back(valueOf(Feed::create(plan, valueOf(openData(plan.source)), description)));
  auto wish = initialValues(description.creationFields);
  wish[synann_net::creation::Features] = static_cast<double>(experiment.features);
  wish[synann_net::creation::Synapse] = experiment.synapse ? 1 : 0;
  wish[synann_net::creation::Course] = epochs * static_cast<double>(feeds[0].size(Part::Train));
  auto run = valueOf(Simulation::create(synann_net::entry(), valueOf(synann_net::createNetwork(wish, seed))));
  run->feed(Feeder(std::move(feeds)));
  return run;
}

Line measure(const Experiment& experiment, const PictureSource& source, bool final, const Patience& patience) {
  using Clock = std::chrono::steady_clock;
  const double epochs = patience.quick ? 1 : experiment.epochs;
  const int seeds = final && !patience.quick ? experiment.seeds : 1;
  std::vector<double> reached;
  double seconds = 0;
  double wall = 0;
  for (int seed = 1; seed <= seeds; ++seed) {
    const auto run = makeRun(experiment, source, epochs, !final || !source.real, static_cast<std::uint64_t>(seed));
    const auto began = Clock::now();
    const double begin = processSeconds();
    if (!train(*run, static_cast<Tick>(roundOf(*run) * epochs))) return {};
    seconds += (processSeconds() - begin) / epochs / seeds;
    wall += std::chrono::duration<double>(Clock::now() - began).count();
    reached.push_back(100 * accuracyOf(*run, source, final, 10000));
    std::fprintf(stderr, "%s, seed %d: %.2f %% right, %.0f s\n", experiment.name, seed, reached.back(), wall);
  }
  double mean = 0;
  for (const double one : reached) mean += one / static_cast<double>(reached.size());
  Line line{.name = experiment.name,
            .figures = {{"right %", mean},
                        {"worst", std::ranges::min(reached)},
                        {"best", std::ranges::max(reached)},
                        {"bar", experiment.leastMean},
                        {"seeds", double{1} * seeds},
                        {"epochs", epochs},
                        {"CPU s an epoch", seconds},
                        {"s in all", wall}}};
  if (final && !patience.quick && source.real && experiment.leastMean > 0) {
    const bool soonEnough = experiment.mostSeconds == 0 || seconds <= experiment.mostSeconds;
    line.passed = mean >= experiment.leastMean && std::ranges::min(reached) > experiment.leastWorst && soonEnough;
  }
  return line;
}

Table tableOf(const char* title, bool final, const Patience& patience) {
  const FlushDenormals flush;
  const auto source = digitSource();
  Table table{.title = title, .lines = {}};
  for (const auto& experiment : experiments()) table.lines.push_back(measure(experiment, source, final, patience));
  table.notes = {std::string(source.real ? "MNIST" : "drawn digits: MNIST was not found") +
                     "; after the last epoch; processor time of all threads",
                 "--quick: one epoch, one seed, no bars"};
  return table;
}

}  // namespace

Table synannMnist(const Patience& patience) {
  return tableOf("synann: share of the test set named rightly, taught with all training samples", true, patience);
}

Table synannHeld(const Patience& patience) {
  return tableOf("synann: share of a twelfth of the training samples, held out, for choices", false, patience);
}

}  // namespace plexarium::bench
