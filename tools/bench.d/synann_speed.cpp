#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "core/denormals.h"
#include "core/dynamics/synann/creation.h"
#include "core/dynamics/synann/fields.h"
#include "core/dynamics/synann/kernels.h"
#include "core/dynamics/synann/synann.h"
#include "core/random.h"
#include "tests/support/synann_reference.h"
#include "tools/bench.d/topics.h"

namespace plexarium::bench {
namespace {

using namespace synann;

/// Seconds of processor time, the least of several trials that take turns with others.
class Timed {
 public:
  explicit Timed(bool quick) : seconds_(quick ? 0.02 : 0.1) {}

  template <typename Work>
  void once(Work work) {
    int rounds = 0;
    const double begin = threadSeconds();
    double now = begin;
    do {
      work();
      ++rounds;
      now = threadSeconds();
    } while (now - begin < seconds_);
    best_ = std::min(best_, (now - begin) / rounds);
  }
  [[nodiscard]] double seconds() const { return best_; }

 private:
  double seconds_;
  double best_ = 1e9;
};

std::vector<float> drawn(std::size_t count, double most, std::uint32_t stream) {
  const RandomStream random(1, stream);
  std::vector<float> values(count);
  for (std::size_t k = 0; k < count; ++k) values[k] = static_cast<float>(most * random.uniform(k));
  return values;
}

Line layer(std::size_t batch, std::size_t n, bool quick) {
  const SynapseShape shape{batch, n, n};
  const auto x = drawn(batch * n, 1, 1);
  const auto weights = drawn(n * n, std::min(1.0, 2.0 / static_cast<double>(n)), 2);
  const auto slope = drawn(batch * n, 1, 3);
  const std::vector<float> gain(n, 1);
  std::vector<float> y(batch * n), survival(batch * n), inhibition(batch * n), product(batch * n);
  std::vector<float> weightSlope(n * n), gainSlope(n), xSlope(batch * n), excitingSlope(batch * n);
  Timed forward(quick), logs(quick), back(quick), plain(quick), reference(quick);
  for (int round = 0; round < (quick ? 3 : 7); ++round) {
    forward.once([&] {
      survivals(shape, x.data(), weights.data(), survival.data());
      openings(shape, x.data(), gain.data(), survival.data(), y.data());
    });
    plain.once([&] { plainProduct(batch, n, x, weights, product); });
    logs.once([&] { inhibitions(shape, x.data(), weights.data(), inhibition.data()); });
    back.once([&] {
      slopesOf(shape, x.data(), x.data(), weights.data(), gain.data(), survival.data(), slope.data(),
               {weightSlope.data(), gainSlope.data(), xSlope.data(), excitingSlope.data()});
    });
    if (round < 2) reference.once([&] { y = referenceShapedSynapse(batch, n, x, weights, false); });
  }
  const double elements = static_cast<double>(batch * n * n) * 1e-9;
  const double toProduct = forward.seconds() / plain.seconds();
  const double toReference = reference.seconds() / forward.seconds();
  return {.name = std::to_string(n) + " x " + std::to_string(n) + ", batch " + std::to_string(batch),
          .figures = {{"forward ns/element", forward.seconds() / elements},
                      {"surprisals", logs.seconds() / elements},
                      {"back", back.seconds() / elements},
                      {"matrix product", plain.seconds() / elements},
                      {"forward/product", toProduct},
                      {"bar", 3.5},
                      {"reference/forward", toReference},
                      {"bar ", 100}},
          .passed = toProduct <= 3.5 && toReference >= 100};
}

/// Ticks of a random network with loops whose inputs change on every tick.
Line graph(double neurons, double degree, bool time, bool learns, bool quick) {
  const std::vector<double> values{neurons, 10, 4, degree, degree, 1, time ? 1.0 : 0.0};
  auto model = createNetwork(values, 1).value();
  Network network{model.graph, model.parameters, 1, 0};
  const auto dynamics = entry().make();
  std::vector<double> metrics(metric::Count);
  double sweeps = 0;
  Timed timed(quick);
  const bool taught = dynamics->build(network) &&
                      dynamics->learn(network, learns ? std::vector<double>{1, 0, 1, 0} : std::vector<double>{}).has_value();
  for (int round = 0; taught && round < (quick ? 2 : 5); ++round) {
    timed.once([&] {
      const Stimulus stimulus{
          {1 + static_cast<std::uint32_t>(network.tick % 10)}, 0, static_cast<double>(network.tick % 3) / 2};
      dynamics->stimulate(network, {&stimulus, 1});
      dynamics->step(network, metrics);
      ++network.tick;
      sweeps += metrics[metric::Sweeps];
    });
  }
  return {.name = std::to_string(static_cast<int>(neurons)) + " neurons, " + std::to_string(static_cast<int>(2 * degree)) +
                  " links each, " + (time ? "time" : "relax") + (learns ? ", learning" : ""),
          .figures = {{"ticks/s", 1 / timed.seconds()},
                      {"sweeps", sweeps / static_cast<double>(std::max<Tick>(1, network.tick))},
                      {"ns/link", timed.seconds() * 1e9 / static_cast<double>(model.graph.linkCount())}}};
}

}  // namespace

Table synannSpeed(const Patience& patience) {
  const FlushDenormals flush;
  Table table{.title = "synann: a layer of synapses against a matrix product and the published program's way", .lines = {}};
  for (const auto& [batch, n] : {std::pair{100, 64}, {64, 256}, {64, 784}})
    table.lines.push_back(layer(static_cast<std::size_t>(batch), static_cast<std::size_t>(n), patience.quick));
  table.notes = {
      "processor time of the thread, one thread, least of several trials that take turns; an element is one factor of one "
      "output of one sample",
      "matrix product: Eigen, compiled for this processor and with fused operations"};
  return table;
}

Table synannGraphs(const Patience& patience) {
  const FlushDenormals flush;
  Table table{.title = "synann: ticks of networks with loops, one thread", .lines = {}};
  for (const bool time : {false, true}) {
    for (const bool learns : {false, true}) {
      table.lines.push_back(graph(150, 5, time, learns, patience.quick));
      table.lines.push_back(graph(2000, 10, time, learns, patience.quick));
    }
  }
  table.notes = {
      "processor time of the thread; one input of ten changes on every tick; the time mode learns through 20 ticks"};
  return table;
}

}  // namespace plexarium::bench
