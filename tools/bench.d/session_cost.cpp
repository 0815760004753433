#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include "core/dynamics/transmitter/transmitter.h"
#include "tools/bench.d/carry_out.h"
#include "tools/bench.d/firing_network.h"
#include "tools/bench.d/topics.h"

namespace plexarium::bench {
namespace {

constexpr std::size_t neurons = 10'000;
constexpr std::size_t linksPerNeuron = 10;
constexpr Tick warmup = 36;
constexpr std::chrono::microseconds framePeriod{16'667};

Model model() { return firingNetwork(neurons, linksPerNeuron, false); }

Registry registry() { return Registry().add(transmitter::entry()); }

/// Ticks per second of the processor time that the thread which does them has used.
double bareRate(Runner& runner, Tick ticks) {
  const double begin = threadSeconds();
  runner.run(ticks);
  return static_cast<double>(ticks) / (threadSeconds() - begin);
}

double advanceRate(Session& session, Tick ticks) {
  const double begin = threadSeconds();
  session.advance(ticks);
  const double rate = static_cast<double>(ticks) / (threadSeconds() - begin);
  session.drainMetrics();
  return rate;
}

/// What a window does with a session: takes the newest snapshot and the metrics once a frame. The values are read through,
/// as a painter would, so that they leave the simulation's cache.
double lookAt(Session& session) {
  const auto snapshot = session.latest();
  double sum = static_cast<double>(session.drainMetrics().size());
  for (const float level : snapshot->appearance.level) sum += level;
  for (const Tick carried : snapshot->appearance.lastCarried) sum += static_cast<double>(carried & 1);
  return sum;
}

struct Threaded {
  double rate = 0;   ///< Ticks per second of processor time of the simulation thread.
  double looks = 0;  ///< Snapshots per second of the same time.
};

/// The simulation thread is the only one besides the calling one, so what the program uses beyond the caller is its own.
Threaded threadedRate(Session& session, double seconds, bool reader) {
  const auto before = session.latest()->number;
  const Tick first = carryOut(session, Run{});
  const double begin = processSeconds() - threadSeconds();
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  double seen = 0;
  for (auto next = std::chrono::steady_clock::now(); next < end; next += framePeriod) {
    std::this_thread::sleep_until(next);
    if (reader) seen += lookAt(session);
  }
  const Tick last = carryOut(session, Pause{});
  [[maybe_unused]] const volatile double kept = seen;  // or the reading would be optimised away
  const double spent = processSeconds() - threadSeconds() - begin;
  return {static_cast<double>(last - first) / spent, static_cast<double>(session.latest()->number - before) / spent};
}

}  // namespace

Table sessionCost(const Patience& patience) {
  Table table{.title = "session: what thread and reader cost the simulation, 10,000 neurons, 10 links each, all firing",
              .lines = {}};
  Runner bare(model());
  bare.run(warmup);
  std::vector<std::unique_ptr<Session>> sessions;
  for (int k = 0; k < 3; ++k) {
    sessions.push_back(std::move(Session::create(registry(), model()).value()));
    sessions.back()->advance(warmup);
    if (k > 0) sessions.back()->start();
  }
  const double slice = patience.quick ? 0.1 : 0.5;
  const auto ticks = std::max<Tick>(10, static_cast<Tick>(bareRate(bare, 500) * slice));
  std::vector<double> bareRates, advanceRates, aloneRates, watchedRates, kept, costs;
  const int rounds = patience.quick ? 7 : 21;
  for (int round = 0; round < rounds; ++round) {
    bareRates.push_back(bareRate(bare, ticks));
    advanceRates.push_back(advanceRate(*sessions[0], ticks));
    const auto alone = threadedRate(*sessions[1], slice, false);
    const auto watched = threadedRate(*sessions[2], slice, true);
    aloneRates.push_back(alone.rate);
    watchedRates.push_back(watched.rate);
    costs.push_back((1 - watched.rate / alone.rate) / watched.looks);
  }
  const double cost = median(costs);
  const auto line = [&bareRates](const char* name, const std::vector<double>& rates) {
    return Line{.name = name,
                .figures = {{"ticks per CPU second", median(rates)},
                            {"% of the bare loop", 100 * median(rates) / median(bareRates)}}};
  };
  table.lines = {line("bare loop of steps", bareRates), line("Session::advance", advanceRates),
                 line("session on its own thread, nobody looks", aloneRates),
                 line("the same, a reader at 60 Hz", watchedRates)};
  table.lines.back().passed = 60 * cost <= 0.1;
  table.notes = {"processor time of the simulating thread alone; median of " + std::to_string(rounds) +
                     " rounds in which all four take turns, so that the machine's drift cancels",
                 "one look costs the thread " + std::to_string(std::lround(cost * 1e6)) +
                     " microseconds, caches included: 60 looks a second take " + percent(60 * cost) +
                     " % of it (bar: 10 %). Where other programs take the processor away the reader looks more often in a "
                     "second of the thread's time, and the last line shows more"};
  return table;
}

}  // namespace plexarium::bench
