#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "core/denormals.h"
#include "core/io/document.h"
#include "core/session/simulation.h"
#include "tools/bench.d/topics.h"

namespace plexarium::bench {
namespace {

constexpr double barOfRealTime = 300;

struct Speed {
  double realTime = 0;  ///< Simulated seconds per second of the thread's processor time.
  double look = 0;      ///< Microseconds that one view of the body costs.
};

Speed measureWorm(const std::string& name, bool quick) {
  const auto registry = builtInDynamics();
  const auto file = std::filesystem::path(PLEXARIUM_MODELS) / name;
  auto model = loadModel(registry, file);
  if (!model) throw std::runtime_error(model.error().text());
  const FlushDenormals flush;
  const auto simulation = Simulation::create(*registry.find(model->dynamics), *model).value();
  const double tick = simulation->bodies().at(0)->description->tickSeconds;
  const Tick slice = quick ? 2000 : 10'000;
  std::vector<double> rates;
  for (int round = 0; round < 7; ++round) {
    const double begin = threadSeconds();
    for (Tick k = 0; k < slice; ++k) simulation->step();
    rates.push_back(static_cast<double>(slice) * tick / (threadSeconds() - begin));
  }
  const double begin = threadSeconds();
  constexpr int looks = 1000;
  for (int k = 0; k < looks; ++k) static_cast<void>(simulation->bodies());
  return {median(rates), 1e6 * (threadSeconds() - begin) / looks};
}

}  // namespace

Table wormSpeed(const Patience& patience) {
  Table table{.title = "worm: body, circuit and arena in a loop, one thread", .lines = {}};
  for (const auto* name : {"worm_crawling.json", "worm_wall.json", "worm_food.json", "worm_proprioceptive.json"}) {
    const auto speed = measureWorm(name, patience.quick);
    table.lines.push_back({.name = name,
                           .figures = {{"times real time", speed.realTime}, {"microseconds a look", speed.look}},
                           .passed = speed.realTime >= barOfRealTime});
  }
  table.notes = {"simulated seconds per second of the thread's processor time, median of 7 runs (bar: 300)"};
  return table;
}

}  // namespace plexarium::bench
