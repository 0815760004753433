#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "core/denormals.h"
#include "core/dynamics/sonn/kernel.h"
#include "core/random.h"
#include "core/session/trainer.h"
#include "tools/bench.d/sonn_protocol.h"
#include "tools/bench.d/topics.h"

namespace plexarium::bench {
namespace {

struct Size {
  const char* name;
  double size;
  double leastSeen;  ///< Samples per second that are wanted; 0: no bar.
  double leastTaught;
};
constexpr std::array sizes{Size{"80,000 connections", 0, 150'000, 100'000}, Size{"750,000 connections", 1, 0, 20'000}};

std::optional<nlohmann::json> twinSpeed() {
  FILE* pipe = popen("python3 '" PLEXARIUM_SONN_TWIN "' --speed", "r");
  if (pipe == nullptr) return std::nullopt;
  std::string text;
  std::array<char, 4096> part{};
  while (const auto size = std::fread(part.data(), 1, part.size(), pipe)) text.append(part.data(), size);
  if (pclose(pipe) != 0) return std::nullopt;
  auto json = nlohmann::json::parse(text, nullptr, false);
  return json.is_object() ? std::optional(json) : std::nullopt;
}

/// Connections times samples per second of the bare sum over 64 samples, all in the first-level cache: what this machine's
/// vector unit allows.
double machinesBound() {
  constexpr std::uint32_t cells = 40;
  constexpr std::uint32_t slots = 20;
  DrawSequence draws(1, 2, 3);
  std::vector<sonn::SlotRow> rows;
  std::vector<std::uint32_t> receptor;
  std::vector<std::int16_t> weight;
  for (std::uint32_t cell = 0; cell < cells; ++cell) {
    rows.push_back({cell * slots, slots, slots});
    for (std::uint32_t k = 0; k < slots; ++k) {
      receptor.push_back(draws.below(256));
      weight.push_back(250);
    }
  }
  std::vector<std::uint64_t> words(256);
  for (auto& word : words) word = draws.next();
  std::vector<std::uint64_t> spiked(cells);
  std::vector<std::uint64_t> near(cells);
  sonn::Evaluator evaluator;
  double best = 0;
  for (int trial = 0; trial < 20; ++trial) {
    const double begin = threadSeconds();
    for (int k = 0; k < 500; ++k) evaluator.evaluate({rows, receptor, weight}, words, {}, spiked, near);
    best = std::max(best, 500.0 * cells * slots * sonn::laneCount / (threadSeconds() - begin));
  }
  return best;
}

/// Samples per second of processor time, the best of several trials: feed, network, scores, all of it.
struct Speed {
  double taught = 0;
  double seen = 0;
  double connections = 0;
};

Speed speedOf(const Size& size, bool quick) {
  const auto source = digitSource();
  const auto run = makeSonnRun({.size = size.size}, source, 0, 1.0 / 6, 1);
  if (!train(*run, static_cast<Tick>(roundOf(*run)) * (quick ? 1 : 2))) return {};
  Speed speed;
  const Tick some = size.size > 0 ? 5000 : 20000;
  for (int trial = 0; trial < (quick ? 2 : 5); ++trial) {
    const double begin = threadSeconds();
    if (!train(*run, some)) return {};
    speed.taught = std::max(speed.taught, static_cast<double>(some) / (threadSeconds() - begin));
  }
  const auto held = run->feeding().feeder().feeds()[0].size(Part::Validation);
  for (int trial = 0; trial < (quick ? 2 : 5); ++trial) {  // the first reads the files
    const double begin = threadSeconds();
    if (!test(*run, Part::Validation, held)) return {};
    speed.seen = std::max(speed.seen, static_cast<double>(held) / (threadSeconds() - begin));
  }
  const auto& graph = run->graph();
  speed.connections =
      static_cast<double>(graph.linkCount()) - static_cast<double>(std::ranges::count(graph.roles(), Role::Inter));
  return speed;
}

/// How long training takes until 97 % of the digits that are held out are named rightly, looked at after every round.
std::string timeTo97() {
  constexpr int rounds = 20;
  const auto source = digitSource();
  const auto run = makeSonnRun({}, source, rounds, 1.0 / 6, 1);
  double seconds = 0;
  for (int round = 1; round <= rounds; ++round) {
    const double begin = threadSeconds();
    if (!train(*run, static_cast<Tick>(roundOf(*run)))) return {};
    seconds += threadSeconds() - begin;
    if (accuracyOf(*run, source, false, 10000) < 0.97) continue;
    return "97 % of " + std::string(source.real ? "MNIST's" : "the drawn") + " held-out digits after " +
           std::to_string(std::lround(seconds)) + " s of training (" + std::to_string(round) + " rounds of a schedule of " +
           std::to_string(rounds) + ')';
  }
  return "97 % were not reached in " + std::to_string(rounds) + " rounds";
}

}  // namespace

Table sonnSpeed(const Patience& patience) {
  const FlushDenormals flush;
  Table table{.title = "sonn: samples per second, one thread, the whole way from the data set to the scores", .lines = {}};
  const double bound = machinesBound();
  const auto twin = twinSpeed();
  for (const auto& size : sizes) {
    const auto speed = speedOf(size, patience.quick);
    const double theirs = twin && size.size == 0 ? twin->at("taught_per_second").get<double>() : 0;
    table.lines.push_back({.name = size.name,
                           .figures = {{"connections", speed.connections},
                                       {"taught/s", speed.taught},
                                       {"bar", size.leastTaught},
                                       {"seen/s", speed.seen},
                                       {"bar ", size.leastSeen},
                                       {"of the bound %", 100 * speed.seen * speed.connections / bound},
                                       {"Python taught/s", theirs},
                                       {"times as fast", theirs > 0 ? speed.taught / theirs : 0}},
                           .passed = speed.taught >= size.leastTaught && speed.seen >= size.leastSeen});
  }
  table.notes = {"processor time of the thread, best of five trials, after two rounds of training; " +
                     std::string(digitSource().real ? "MNIST" : "drawn digits: MNIST was not found"),
                 "bound: the sum of weights alone, with everything in the first-level cache"};
  if (!patience.quick) table.notes.push_back(timeTo97());
  return table;
}

}  // namespace plexarium::bench
