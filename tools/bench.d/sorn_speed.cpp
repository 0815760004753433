#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/denormals.h"
#include "core/dynamics/sorn/creation.h"
#include "core/dynamics/sorn/fields.h"
#include "core/dynamics/sorn/reservoir.h"
#include "tools/bench.d/bandwidth.h"
#include "tools/bench.d/topics.h"

namespace plexarium::bench {
namespace {

using namespace plexarium::sorn;

struct Size {
  double excitatory;
  double leastSteps;  ///< Steps per second that are wanted.
  int twinSteps;      ///< 0: its matrices are too large.
};
constexpr std::array sizes{Size{200, 100e3, 2000}, Size{1000, 15e3, 60}, Size{5000, 1e3, 4}, Size{10000, 400, 0}};
constexpr double mostBytes = 20;  // a synapse

/// The network that the twin makes, too: 20 excitatory inputs, 40 targets of an inhibitory neuron, all others dense.
Model network(double excitatory, Precision precision) {
  auto model =
      createNetwork(std::vector<double>{static_cast<double>(sorn::Preset::Package), excitatory, 0, 0, 0.2, 20, 40, 0, 0, 0},
                    1)
          .value();
  model.parameters[parameter::Precision] = static_cast<double>(precision);
  return model;
}

/// Bytes that an average step must read and write, by what the step visits; the widths are those of the layout.
double bytesOfStep(const Cells& cells, const Tally& sum, double steps, bool exact) {
  const double weight = exact ? 8 : 4;
  const double synapse = exact ? 16 : 8;
  const double e = cells.excitatory;
  const double i = static_cast<double>(cells.count()) - e;
  const double ee = static_cast<double>(sum.linksEE) / steps / e;              // a source's synapses
  const double ei = i > 0 ? static_cast<double>(sum.linksEI) / steps / i : 0;  // likewise
  const double firing = static_cast<double>(sum.excitatory) / steps;
  const double hindering = static_cast<double>(sum.inhibitory) / steps;
  // Heard: synapse, sum read and written. STDP: synapse and course of the target, before and after; those that change are
  // written, with sum and quanta of their target.
  double bytes = firing * ee * (synapse + 2 * weight + 2 * (synapse + 1));
  bytes += static_cast<double>(sum.strengthened + sum.weakened) / steps * (weight + 24);
  // Inhibition heard; its own rule writes every one.
  bytes += hindering * ei * (synapse + 2 * weight + synapse + 1 + weight + 24);
  // Into inhibitory neurons: a dense row a firing, added to one list.
  bytes += firing * i * 3 * weight;
  // Scaling: sums to quanta; exact: every synapse added up and divided.
  bytes += exact ? static_cast<double>(sum.linksEE + sum.linksEI) / steps * (3 * synapse + 24) : e * 2 * 16;
  // Cells: noise written and read, threshold twice, input twice, course, flags, sums of what is heard, fan-in.
  bytes += (e + i) * (16 + 32 + 16 + 4) + e * (4 * weight + 32 + 8);
  return bytes;
}

struct Speed {
  double steps = 0;      ///< Per second of processor time, the best of several trials.
  double rate = 0;       ///< Share of the excitatory neurons that fire.
  double bytes = 0;      ///< That a step moves.
  double perLink = 0;    ///< Bytes that the rules hold, by link.
  double bandwidth = 0;  ///< Bytes a second over a working set of that size.
};

void add(Tally& sum, const Tally& one) {
  sum.excitatory += one.excitatory;
  sum.inhibitory += one.inhibitory;
  sum.linksEE += one.linksEE;
  sum.linksEI += one.linksEI;
  sum.strengthened += one.strengthened;
  sum.weakened += one.weakened;
}

Speed measure(const Size& size, Precision precision, bool quick) {
  auto model = network(size.excitatory, precision);
  const Settings settings(model.parameters);
  const auto reservoir = Reservoir::make(precision);
  reservoir->read(model.graph, settings);
  const FlushDenormals flush;
  Tick now = 0;
  Tally sum;
  const auto run = [&](Tick steps) {
    for (Tick k = 0; k < steps; ++k, ++now) add(sum, reservoir->step({settings, model.graph, model.seed, now}));
  };
  run(static_cast<Tick>(quick ? 200 : 1000));  // until everybody fires about as often as it should
  sum = {};
  const auto begin = now;
  Speed speed;
  const auto portion = std::max<Tick>(1, static_cast<Tick>(size.leastSteps / 200));
  for (int trial = 0; trial < 5; ++trial) {
    const auto before = now;
    const double start = threadSeconds();
    double seconds = 0;
    while (seconds < (quick ? 0.05 : 0.4)) {
      run(portion);
      seconds = threadSeconds() - start;
    }
    speed.steps = std::max(speed.steps, static_cast<double>(now - before) / seconds);
  }
  const auto steps = static_cast<double>(now - begin);
  speed.rate = static_cast<double>(sum.excitatory) / steps / size.excitatory;
  speed.bytes = bytesOfStep(reservoir->cells(), sum, steps, precision == Precision::Exact);
  speed.bandwidth = sweepBandwidth(reservoir->bytes());
  reservoir->write(model.graph, now);
  speed.perLink = static_cast<double>(reservoir->bytes()) / static_cast<double>(model.graph.linkCount());
  return speed;
}

/// Steps per second of the twin; 0 where there is no Python with numpy.
double twinSpeed(const Size& size, bool quick) {
  const int steps = std::max(2, quick ? size.twinSteps / 4 : size.twinSteps);
  const auto command = "OPENBLAS_NUM_THREADS=1 python3 '" PLEXARIUM_SORN_TWIN "' --neurons " +
                       std::to_string(static_cast<int>(size.excitatory)) + " --steps " + std::to_string(steps);
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return 0;
  std::string text;
  std::array<char, 4096> part{};
  while (const auto count = std::fread(part.data(), 1, part.size(), pipe)) text.append(part.data(), count);
  if (pclose(pipe) != 0) return 0;
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return 0;
  return json.at("steps_per_second").get<double>();
}

}  // namespace

Table sornSpeed(const Patience& patience) {
  Table table{.title = "sorn: steps per second, one thread, against the numpy twin", .lines = {}};
  for (const auto& size : sizes) {
    const double twin = size.twinSteps > 0 ? twinSpeed(size, patience.quick) : 0;
    for (const auto precision : {Precision::Fast, Precision::Exact}) {
      const auto speed = measure(size, precision, patience.quick);
      const bool fast = precision == Precision::Fast;
      Line line{.name = std::to_string(static_cast<int>(size.excitatory)) + (fast ? " neurons" : " neurons, exact"),
                .figures = {{"steps/s", speed.steps},
                            {"bar", fast ? size.leastSteps : 0},
                            {"rate", speed.rate},
                            {"numpy steps/s", twin},
                            {"times as fast", twin > 0 ? speed.steps / twin : 0},
                            {"bytes/synapse", speed.perLink},
                            {"bar ", fast ? mostBytes : 0},
                            {"sweep GB/s", speed.bandwidth / 1e9},
                            {"share of bound %", 100 * speed.steps * speed.bytes / speed.bandwidth}}};
      if (fast) {
        const bool compared = twin > 0 || size.twinSteps == 0;
        line.passed = compared && speed.steps >= size.leastSteps && speed.perLink <= mostBytes;
      }
      table.lines.push_back(std::move(line));
    }
  }
  table.notes = {
      "20 excitatory inputs a neuron, 40 targets an inhibitory one, dense into inhibitory neurons; noise and all five rules "
      "on",
      "bytes/synapse: what the rules hold for all links; the bars are those of the usual precision",
      "bound: the bytes that a step must move (counted in tools/bench.d/sorn_speed.cpp) over what one thread sweeps in a "
      "working set of the same size, measured in this run",
      "numpy: dense matrices, blocks of those that fired, one thread; at 10,000 neurons they do not fit",
      "processor time of the thread, best of five trials"};
  return table;
}

}  // namespace plexarium::bench
