#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "core/dynamics/transmitter/fields.h"
#include "tools/bench.d/bandwidth.h"
#include "tools/bench.d/firing_network.h"
#include "tools/bench.d/topics.h"

namespace plexarium::bench {
namespace {

constexpr std::size_t linksPerNeuron = 10;
constexpr Tick warmup = 36;

// Bytes that one neuron-step must read and write at one release in 12 ticks, by column.
// Dense pass: reads threshold 8, speed and recovery 8, production 16, pools 16, dendrites 16, potentials 16, counters 8;
// writes pools 16, dendrites 16, potentials 16, counters 8, phase 1; the search for events reads the phases, 1.
constexpr double denseBytes = 8 + 8 + 16 + 16 + 16 + 16 + 8 + 16 + 16 + 16 + 8 + 1 + 1;
// Release: returnability 8, pools read and written 32, synapse written twice 32, lastFired 8, first links 8.
constexpr double releaseBytes = 8 + 32 + 32 + 8 + 8;
// Delivery: target 4, share 8, dendrites read and written 32.
constexpr double deliveryBytes = 4 + 8 + 32;
constexpr double bytesPerNeuronStep = denseBytes + (releaseBytes + linksPerNeuron * deliveryBytes) / 12;
// What has to be kept at hand: all of the above columns once, and the links.
constexpr double workingSetPerNeuron = 8 + 8 + 8 + 16 + 16 + 16 + 16 + 8 + 16 + 1 + 8 + 4 + linksPerNeuron * 12;

/// Neuron-steps per second of processor time, the best of several trials.
double speed(Runner& runner, double share) {
  const auto neurons = static_cast<double>(runner.graph().neuronCount());
  const Tick ticks = std::max<Tick>(2, static_cast<Tick>(share * 2e7 / neurons));
  double best = 0;
  for (int trial = 0; trial < 5; ++trial) {
    const double begin = threadSeconds();
    runner.run(ticks);
    best = std::max(best, neurons * static_cast<double>(ticks) / (threadSeconds() - begin));
  }
  return best;
}

struct Twin {
  double speed;
  double releases;
  double accumulated;
};

/// Runs the Python twin; nothing where there is no Python.
std::optional<Twin> runTwin(std::size_t neurons, const std::string& mode, Tick ticks) {
  const std::string command = "python3 '" PLEXARIUM_TWIN "' --json --mode " + mode + " --neurons " +
                              std::to_string(neurons) + " --links " + std::to_string(linksPerNeuron) + " --warmup " +
                              std::to_string(warmup) + " --ticks " + std::to_string(ticks);
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return std::nullopt;
  std::string text;
  std::array<char, 4096> part{};
  while (const auto size = std::fread(part.data(), 1, part.size(), pipe)) text.append(part.data(), size);
  if (pclose(pipe) != 0) return std::nullopt;
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  return Twin{json.at("neuron_steps_per_second"), json.at("releases"), json.at("accumulated")};
}

/// The same network in both programs: the same releases and, to rounding, the same pools.
bool sameRun(std::size_t neurons, bool literal, Tick ticks, const Twin& twin) {
  Runner runner(firingNetwork(neurons, linksPerNeuron, literal));
  runner.run(warmup);
  const double releases = runner.run(ticks);
  double accumulated = 0;
  for (const double one : runner.graph().neuronValues<double>(transmitter::neuron::AccumulatedE)) accumulated += one;
  return releases == twin.releases && std::abs(accumulated - twin.accumulated) <= 1e-9 * std::abs(accumulated);
}

}  // namespace

Table transmitterSpeed(const Patience& patience) {
  Table table{.title = "transmitter: neuron-steps per second, one thread, 10 links per neuron, all firing", .lines = {}};
  for (const std::size_t neurons : {100U, 1000U, 10000U, 100000U, 1000000U}) {
    Runner runner(firingNetwork(neurons, linksPerNeuron, false));
    runner.run(warmup);
    const double steps = speed(runner, patience.quick ? 0.2 : 1);
    const double bandwidth = sweepBandwidth(static_cast<std::size_t>(workingSetPerNeuron * static_cast<double>(neurons)));
    const double releases = runner.run(24) / (24 * static_cast<double>(neurons));
    table.lines.push_back({.name = std::to_string(neurons) + " neurons",
                           .figures = {{"neuron-steps/s", steps},
                                       {"ticks/s", steps / static_cast<double>(neurons)},
                                       {"releases/neuron-step", releases},
                                       {"sweep GB/s", bandwidth / 1e9},
                                       {"share of bound %", 100 * steps * bytesPerNeuronStep / bandwidth}}});
  }
  table.notes = {
      "bound: a neuron-step moves " + std::to_string(static_cast<int>(bytesPerNeuronStep)) +
          " bytes (dense pass, and a twelfth of a release with 10 deliveries); 'sweep' is what one thread moves over "
          "a working set of the same size, measured in this run",
      "processor time of the thread, best of five trials"};
  return table;
}

Table transmitterAgainstPython(const Patience& patience) {
  Table table{.title = "transmitter: times as fast as the Python twin, in neuron-steps per second", .lines = {}};
  const Tick ticks = patience.quick ? 6 : 20;
  for (const auto& [neurons, bar] : {std::pair<std::size_t, double>{1000, 300}, {10000, 600}}) {
    const auto literalTwin = runTwin(neurons, "literal", ticks);
    const auto syncTwin = runTwin(neurons, "sync", ticks);
    if (!literalTwin || !syncTwin) {
      table.lines.push_back({.name = std::to_string(neurons) + " neurons: not measured", .figures = {}, .passed = false});
      table.notes = {"not measured: python3 did not run " PLEXARIUM_TWIN};
      return table;
    }
    Runner sync(firingNetwork(neurons, linksPerNeuron, false));
    Runner literal(firingNetwork(neurons, linksPerNeuron, true));
    sync.run(warmup);
    literal.run(warmup);
    const double syncSpeed = speed(sync, patience.quick ? 0.2 : 1);
    const double literalSpeed = speed(literal, patience.quick ? 0.05 : 0.2);
    const bool agrees = sameRun(neurons, false, ticks, *syncTwin) && sameRun(neurons, true, ticks, *literalTwin);
    const double ratio = syncSpeed / literalTwin->speed;
    table.lines.push_back({.name = std::to_string(neurons) + " neurons",
                           .figures = {{"sync", syncSpeed},
                                       {"literal", literalSpeed},
                                       {"Python as published", literalTwin->speed},
                                       {"Python sync", syncTwin->speed},
                                       {"sync / published", ratio},
                                       {"bar", bar},
                                       {"sync / Python sync", syncSpeed / syncTwin->speed},
                                       {"literal / published", literalSpeed / literalTwin->speed},
                                       {"same run", agrees ? 1.0 : 0.0}},
                           .passed = ratio >= bar && agrees});
  }
  table.notes = {
      "the published program hands over on every link in every tick; 'Python sync' is the same objects with our rule",
      "same run: releases equal and pools equal within 1e-9 in both programs and both rules"};
  return table;
}

}  // namespace plexarium::bench
