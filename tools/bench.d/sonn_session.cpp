#include <chrono>
#include <cmath>
#include <string>
#include <thread>
#include <vector>

#include "core/denormals.h"
#include "core/dynamics/sonn/sonn.h"
#include "core/session/trainer.h"
#include "tools/bench.d/carry_out.h"
#include "tools/bench.d/sonn_protocol.h"
#include "tools/bench.d/topics.h"

namespace plexarium::bench {
namespace {

constexpr double wantedShare = 0.9;
constexpr std::chrono::microseconds framePeriod{16'667};

double bareRate(Simulation& run, double seconds) {
  const Tick first = run.tick();
  const double begin = threadSeconds();
  while (threadSeconds() - begin < seconds) {
    if (!train(run, 2048)) return 0;
  }
  return static_cast<double>(run.tick() - first) / (threadSeconds() - begin);
}

/// What a window takes from a session in a frame.
double lookAt(Session& session) {
  const auto snapshot = session.latest();
  double sum = static_cast<double>(session.drainMetrics().size() + session.drainSpikes().spikes.size());
  for (const float level : snapshot->appearance.level) sum += level;
  for (const Tick carried : snapshot->appearance.lastCarried) sum += static_cast<double>(carried & 1);
  return sum;
}

struct Watched {
  double rate = 0;    ///< Samples per second of processor time of the simulation thread, the only one but the calling one.
  double frames = 0;  ///< Snapshots per second.
};

Watched watchedRate(Session& session, double seconds, bool reader) {
  session.latest();
  const auto before = session.latest()->number;
  const Tick first = carryOut(session, Run{});
  const double begin = processSeconds() - threadSeconds();
  const auto start = std::chrono::steady_clock::now();
  const auto end = start + std::chrono::duration<double>(seconds);
  double seen = 0;
  for (auto next = start; next < end; next += framePeriod) {
    std::this_thread::sleep_until(next);
    if (reader) seen += lookAt(session);
  }
  const Tick last = carryOut(session, Pause{});
  [[maybe_unused]] const volatile double kept = seen;  // or the reading would be optimised away
  const double spent = processSeconds() - threadSeconds() - begin;
  const std::chrono::duration<double> whole = std::chrono::steady_clock::now() - start;
  return {static_cast<double>(last - first) / spent, static_cast<double>(session.latest()->number - before) / whole.count()};
}

/// A network that has grown, on a thread, and the same without one.
struct Pair {
  Pair(const SonnSetting& setting, const PictureSource& source) : bare(makeSonnRun(setting, source, 0, 0, 1)) {
    static_cast<void>(train(*bare, 30'000));  // until all slots are taken and every picture has been read
    Registry registry;
    registry.add(sonn::entry());
    for (auto* session : {&alone, &looked}) {
      *session = std::move(Session::create(registry, bare->capture().value()).value());
      (*session)->start();
      carryOut(**session, SetPace{0});
    }
    carryOut(*looked, RecordSpikes{true});
    for (auto* session : {&alone, &looked}) carryOut(**session, StepTicks{30'000});
  }
  std::unique_ptr<Simulation> bare;
  std::unique_ptr<Session> alone, looked;
};

}  // namespace

Table sonnSession(const Patience& patience) {
  const FlushDenormals flush;
  Table table{.title = "sonn: training in a session, drawn digits", .lines = {}};
  for (const double size : {0.0, 1.0}) {
    const PictureSource digits{{"generator:digits"}, {}, false};
    const Pair pair({.size = size}, digits);
    const auto examined = makeSonnRun({.size = size, .examEvery = 9}, digits, 0, 0.2, 1);
    static_cast<void>(train(*examined, 30'000));
    std::vector<double> bare, alone, looked, frames, exams;
    for (int round = 0; round < (patience.quick ? 3 : 9); ++round) {
      bare.push_back(bareRate(*pair.bare, 0.5));
      exams.push_back(bareRate(*examined, 0.5));
      alone.push_back(watchedRate(*pair.alone, 1, false).rate);
      const auto watched = watchedRate(*pair.looked, 1, true);
      looked.push_back(watched.rate);
      frames.push_back(watched.frames);
    }
    const auto line = [&](const char* name, const std::vector<double>& rates) {
      return Line{.name = std::string(size > 0 ? "750,000 connections, " : "80,000 connections, ") + name,
                  .figures = {{"samples per CPU second", median(rates)},
                              {"% of the bare trainer", 100 * median(rates) / median(bare)},
                              {"snapshots/s", 0}}};
    };
    table.lines.push_back(line("bare trainer", bare));
    table.lines.push_back(line("the same, every tenth sample an exam", exams));
    table.lines.push_back(line("session on its own thread", alone));
    table.lines.push_back(line("the same, looked at 60 times a second", looked));
    table.lines.back().figures.back().second = median(frames);
    table.lines.back().passed = median(looked) >= wantedShare * median(bare);
  }
  table.notes = {
      "processor time of the simulating thread; medians of rounds in which all take turns; spikes are recorded "
      "for whoever looks. Bar: 90 %"};
  return table;
}

}  // namespace plexarium::bench
