#pragma once

#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "core/session/breakpoints.h"
#include "core/session/exchange.h"
#include "core/session/metric_log.h"
#include "core/session/pacer.h"
#include "core/session/run_record.h"
#include "core/session/session.h"
#include "core/session/simulation.h"
#include "core/session/snapshot_pool.h"
#include "core/session/timeline.h"

// Private to session.cpp (life) and session_commands.cpp (what commands do).
namespace plexarium {

/// Runs code that is not ours; whatever it throws becomes an error.
template <typename Call>
Result<void> guarded(Call call) {
  constexpr auto advice = "The network may be half-way through a tick; return to the start of the run or load it again";
  try {
    return call();
  } catch (const std::exception& problem) {
    return failure(problem.what(), "dynamics", advice);
  } catch (...) {
    return failure("something unknown went wrong", "dynamics", advice);
  }
}

/// The life of a session: serves commands, does the ticks that are due, publishes. Everything but `exchange` belongs to the
/// one thread that calls live(), or advance() where there is none.
class Session::Impl {
 public:
  explicit Impl(std::unique_ptr<Simulation> simulation)
      : simulation_(std::move(simulation)),
        timeline_(*simulation_),
        gatherer_(simulation_->description().metrics.size()),
        breakpoints_(simulation_->description()) {}

  ~Impl() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    exchange.interrupt();
    thread_.join();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void start();
  void advance(Tick ticks);
  void publish();
  void glance();
  [[nodiscard]] bool threaded() const { return thread_.joinable(); }
  Simulation& simulation() { return *simulation_; }

  Exchange exchange;

 private:
  /// A StepTicks, or a journey through time, in progress.
  struct Stepping {
    std::uint64_t command = 0;
    Tick remaining = 0;
    bool journey = false;
    std::optional<Tick> recallFrom{};    ///< Collects who fires from there on; ends where it began, and nobody sees it.
    bool wasRunning = false;             ///< Before a recall.
    std::optional<BreakpointHit> hit{};  ///< What had paused it before a recall.
    std::vector<Spike> recalled{};
    Clock::time_point began{};
  };

  void live(const std::stop_token& stop);
  void serveCommands();
  void serveQueue(Clock::time_point until);
  void serve(Exchange::Numbered command);
  Result<void> execute(Command& command, Outcome& outcome);
  bool begin(const Exchange::Numbered& command);
  Result<void> begin(const StepTicks& command, std::uint64_t number);
  Result<void> begin(const GoTo& command, std::uint64_t number);
  Result<void> begin(const SwitchBranch& command, std::uint64_t number);
  Result<void> begin(const RecallSpikes& command, std::uint64_t number);
  Result<void> beginSteps(Result<Tick> ticks, Stepping stepping);
  void endJourney(Outcome& outcome);
  [[nodiscard]] bool looksAtEveryTick(Tick most) const;
  Result<void> observe(Tick first, std::span<const double> metrics, bool again);
  void recordSpikes();
  Result<void> endTimedSamples();
  void openTallies();
  Result<void> captureLog(Outcome& outcome);
  [[nodiscard]] bool mayShow() const;
  [[nodiscard]] bool mayGlance() const;
  Clock::duration look(void (Impl::*way)());
  void handOver(std::shared_ptr<Snapshot> snapshot);
  [[nodiscard]] bool showable() const;
  void finish(Outcome outcome, Result<void> result);
  void finishStepping(Result<void> result);
  void run();
  void pause();
  void tickOrWait(const std::stop_token& stop);
  Result<Tick> ticks(Tick most);
  [[nodiscard]] Tick quantum();
  void adaptQuantum(Clock::duration taken);
  void closeBucket();

  std::unique_ptr<Simulation> simulation_;
  Timeline timeline_;
  std::shared_ptr<SnapshotPool> pool_ = std::make_shared<SnapshotPool>();
  std::deque<Exchange::Numbered> queue_;
  std::optional<Stepping> stepping_;
  MetricGatherer gatherer_;
  std::vector<Tally> learnt_, examined_;  ///< When the bucket was opened.
  /// How long a sample that lasts for seconds has been shown.
  struct SampleClock {
    std::uint64_t sample = 0;
    Clock::duration shown{};
  };
  std::vector<SampleClock> sampleClocks_;  ///< One a feed.
  Clock::time_point sampleClockRead_;
  BreakpointWatch breakpoints_;
  std::optional<BreakpointHit> hit_;  ///< What paused it; until it goes on.
  SpikeBatch seen_;                   ///< Recorded, not handed over yet,
  std::size_t seenWork_ = 0;          ///< for so much,
  std::size_t seenRoom_ = 0;          ///< of what is allowed.
  bool spikesWanted_ = false;         ///< Spikes for Session::drainSpikes.
  RunRecord runRecord_;
  Pacer pacer_;
  RateMeter rate_;
  Clock::time_point bucketOpened_;
  Tick quantum_ = 1;  ///< Ticks between two looks at the clock.
  bool running_ = false;
  bool news_ = true;  ///< Something changed since the last snapshot.
  Clock::time_point nextShow_;
  std::shared_ptr<const Snapshot> shown_;  ///< The last one with everything.
  bool glances_ = false;                   ///< Neurons could be looked at alone when that was tried last.
  Clock::time_point nextGlance_;
  std::uint64_t snapshots_ = 0;
  std::jthread thread_;
};

}  // namespace plexarium
