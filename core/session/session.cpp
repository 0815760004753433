#include "core/session/session.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <exception>
#include <thread>
#include <utility>

#include "core/denormals.h"
#include "core/session/exchange.h"
#include "core/session/simulation.h"
#include "core/session/snapshot_pool.h"

namespace plexarium {
namespace {

constexpr std::chrono::milliseconds bucketTime{4};
constexpr std::chrono::milliseconds commandTime{10};  // served in one go before ticks and snapshots get their turn
constexpr std::chrono::microseconds shortQuantum{250};
constexpr std::chrono::microseconds longQuantum{1000};
constexpr Tick longestQuantum = 1 << 16;

template <typename... Calls>
struct Overloaded : Calls... {
  using Calls::operator()...;
};
template <typename... Calls>
Overloaded(Calls...) -> Overloaded<Calls...>;  // clang 14 does not deduce aggregates

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

}  // namespace

/// The life of a session: serves commands, does the ticks that are due, publishes. Everything but `exchange` belongs to the
/// one thread that calls live(), or advance() where there is none.
class Session::Impl {
 public:
  explicit Impl(std::unique_ptr<Simulation> simulation)
      : simulation_(std::move(simulation)), gatherer_(simulation_->description().metrics.size()) {}

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
  [[nodiscard]] bool threaded() const { return thread_.joinable(); }
  Simulation& simulation() { return *simulation_; }

  Exchange exchange;

 private:
  /// A StepTicks in progress.
  struct Stepping {
    std::uint64_t command = 0;
    Tick remaining = 0;
  };

  void live(const std::stop_token& stop);
  void serveCommands();
  void serveQueue(Clock::time_point until);
  void serve(Exchange::Numbered command);
  Result<void> execute(Command& command, Outcome& outcome);
  Result<void> stepTicks(const StepTicks& command, std::uint64_t number);
  void finish(Outcome outcome, Result<void> result);
  void finishStepping(Result<void> result);
  void run();
  void pause();
  void tickOrWait(const std::stop_token& stop);
  Result<Tick> ticks(Tick most);
  void adaptQuantum(Clock::duration taken);
  void closeBucket();

  std::unique_ptr<Simulation> simulation_;
  std::shared_ptr<SnapshotPool> pool_ = std::make_shared<SnapshotPool>();
  std::deque<Exchange::Numbered> queue_;
  std::optional<Stepping> stepping_;
  MetricGatherer gatherer_;
  Pacer pacer_;
  RateMeter rate_;
  Clock::time_point bucketOpened_;
  Tick quantum_ = 1;  ///< Ticks between two looks at the clock.
  bool running_ = false;
  bool news_ = true;  ///< Something changed since the last snapshot.
  std::uint64_t snapshots_ = 0;
  std::jthread thread_;
};

void Session::Impl::start() {
  assert(!threaded());
  thread_ = std::jthread([this](const std::stop_token& stop) { live(stop); });
}

void Session::Impl::live(const std::stop_token& stop) {
  const FlushDenormals flush;
  while (!stop.stop_requested()) {
    serveCommands();
    if (news_ && exchange.snapshotWanted()) {
      if (auto published = guarded([this] { return publish(), Result<void>{}; }); !published) {
        news_ = false;  // not again until something has changed
        finish({}, std::move(published));
      }
    }
    tickOrWait(stop);
  }
}

void Session::Impl::serveCommands() {
  if (exchange.attention()) exchange.takeCommands(queue_);
  if (stepping_ && exchange.newestPause() > stepping_->command) finishStepping({});
  if (!queue_.empty() && !stepping_) serveQueue(Clock::now() + commandTime);
}

void Session::Impl::serveQueue(Clock::time_point until) {
  quantum_ = 1;
  do {
    auto command = std::move(queue_.front());
    queue_.pop_front();
    serve(std::move(command));
  } while (!queue_.empty() && !stepping_ && Clock::now() < until);
}

void Session::Impl::serve(Exchange::Numbered command) {
  news_ = true;
  Outcome outcome;
  outcome.command = command.number;
  if (const auto* steps = std::get_if<StepTicks>(&command.command)) {
    if (auto begun = stepTicks(*steps, command.number); !begun) finish(std::move(outcome), std::move(begun));
    return;
  }
  auto result = guarded([&] { return execute(command.command, outcome); });
  finish(std::move(outcome), std::move(result));
}

Result<void> Session::Impl::execute(Command& command, Outcome& outcome) {
  return std::visit(Overloaded{
                        [&](Run) -> Result<void> { return run(), Result<void>{}; },
                        [&](Pause) -> Result<void> { return pause(), Result<void>{}; },
                        [&](StepTicks) -> Result<void> { return {}; },  // served apart
                        [&](ReturnToStart) {
                          closeBucket();
                          return simulation_->returnToStart();
                        },
                        [&](SetPace wanted) -> Result<void> {
                          if (!std::isfinite(wanted.ticksPerSecond) || wanted.ticksPerSecond < 0) {
                            return failure("a pace must be 0 (unlimited) or above");
                          }
                          pacer_.setPace(wanted.ticksPerSecond, Clock::now());
                          return {};
                        },
                        [&](const Stimulate& wanted) { return simulation_->stimulate(wanted.stimuli); },
                        [&](const Teach& wanted) { return simulation_->teach(wanted.targets); },
                        [&](const ApplyEdit& wanted) {
                          return simulation_->edit(wanted.edit).map([&](auto&& added) {
                            outcome.added = std::forward<decltype(added)>(added);
                          });
                        },
                        [&](Undo) { return simulation_->undo(); },
                        [&](Redo) { return simulation_->redo(); },
                        [&](Watch& wanted) -> Result<void> { return simulation_->watch(std::move(wanted)), Result<void>{}; },
                        [&](Capture) {
                          return simulation_->capture().map([&](auto&& model) {
                            outcome.capture = std::make_shared<const Model>(std::forward<decltype(model)>(model));
                          });
                        },
                    },
                    command);
}

Result<void> Session::Impl::stepTicks(const StepTicks& command, std::uint64_t number) {
  if (command.ticks < 0) return failure("cannot do " + std::to_string(command.ticks) + " ticks");
  pause();
  stepping_ = Stepping{number, command.ticks};
  if (command.ticks == 0) finishStepping({});
  return {};
}

void Session::Impl::finish(Outcome outcome, Result<void> result) {
  outcome.tick = simulation_->tick();
  outcome.editRevision = simulation_->editRevision();
  if (!result) outcome.error = std::move(result.error());
  exchange.report(std::move(outcome));
}

void Session::Impl::finishStepping(Result<void> result) {
  closeBucket();
  Outcome outcome;
  outcome.command = std::exchange(stepping_, std::nullopt)->command;
  finish(std::move(outcome), std::move(result));
}

void Session::Impl::run() {
  if (std::exchange(running_, true)) return;
  const auto now = Clock::now();
  pacer_.restart(now);
  rate_.restart(now);
}

void Session::Impl::pause() {
  running_ = false;
  closeBucket();
}

void Session::Impl::tickOrWait(const std::stop_token& stop) {
  if (!stepping_ && !queue_.empty() && !running_) return;
  if (!stepping_ && !running_) return exchange.wait(stop, news_, std::nullopt);
  const auto began = Clock::now();
  const auto due = stepping_ ? stepping_->remaining : pacer_.due(began);
  if (due == 0) {
    if (queue_.empty()) exchange.wait(stop, news_, pacer_.next(began));
    return;
  }
  if (gatherer_.empty()) bucketOpened_ = began;
  const auto done = ticks(std::min(due, quantum_));
  const auto now = Clock::now();
  if (!done) {
    pause();
    return stepping_ ? finishStepping(tl::unexpected(done.error())) : finish({}, tl::unexpected(done.error()));
  }
  adaptQuantum(now - began);
  if (stepping_) {
    stepping_->remaining -= *done;
    if (stepping_->remaining == 0) finishStepping({});
  } else {
    pacer_.done(*done, now);
    rate_.done(*done, now);
  }
  // A bucket that would not take in another tick in time goes out now: a slow network gives one bucket a tick.
  const auto nextTick = running_ && pacer_.due(now) == 0 ? pacer_.next(now) : now;
  if (nextTick - bucketOpened_ >= bucketTime) closeBucket();
}

/// At least one tick, at most `most`, fewer when something is asked for meanwhile. How many were done.
Result<Tick> Session::Impl::ticks(Tick most) {
  news_ = true;
  Tick done = 0;
  auto result = guarded([&]() -> Result<void> {
    do {
      const auto metrics = simulation_->step();
      gatherer_.add(simulation_->tick() - 1, metrics);
      ++done;
    } while (done < most && !exchange.attention());
    return {};
  });
  return result.map([&] { return done; });
}

void Session::Impl::adaptQuantum(Clock::duration taken) {
  if (taken < shortQuantum && quantum_ < longestQuantum) quantum_ *= 2;
  if (taken > longQuantum && quantum_ > 1) quantum_ /= 2;
}

void Session::Impl::closeBucket() {
  if (!gatherer_.empty()) gatherer_.recycle(exchange.log(gatherer_.close()));
}

void Session::Impl::publish() {
  auto snapshot = pool_->take();
  simulation_->show(*snapshot);
  snapshot->number = ++snapshots_;
  snapshot->running = running_;
  snapshot->pace = pacer_.pace();
  snapshot->achievedRate = running_ ? rate_.rate() : 0;
  snapshot->lostMetrics = exchange.lostMetrics();
  news_ = false;
  exchange.publish(std::move(snapshot));
}

void Session::Impl::advance(Tick wanted) {
  assert(!threaded());
  const FlushDenormals flush;
  exchange.takeCommands(queue_);
  const auto tickAlone = [this]() -> Result<void> {
    auto done = ticks(1);
    closeBucket();
    return done.map([](Tick) {});
  };
  while (!queue_.empty()) {
    serveQueue(Clock::time_point::max());
    while (stepping_) {
      auto done = tickAlone();
      if (!done || --stepping_->remaining == 0) finishStepping(std::move(done));
    }
  }
  for (Tick tick = 0; tick < wanted; ++tick) {
    if (auto done = tickAlone(); !done) {
      finish({}, std::move(done));
      break;
    }
  }
  if (!news_) return;
  if (auto published = guarded([this] { return publish(), Result<void>{}; }); !published) finish({}, std::move(published));
}

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::create(const Registry& registry, Model model) {
  const FlushDenormals flush;
  const auto entry = registry.require(model.dynamics);
  if (!entry) return tl::unexpected(entry.error());
  std::unique_ptr<Session> session;
  auto made = guarded([&]() -> Result<void> {
    auto simulation = Simulation::create(**entry, std::move(model));
    if (!simulation) return tl::unexpected(std::move(simulation.error()));
    session.reset(new Session(std::make_unique<Impl>(std::move(*simulation))));
    session->impl_->publish();
    return {};
  });
  if (!made) return tl::unexpected(std::move(made.error()));
  return session;
}

const Description& Session::description() const { return impl_->simulation().description(); }
void Session::start() { impl_->start(); }
std::uint64_t Session::post(Command command) { return impl_->exchange.post(std::move(command)); }
std::shared_ptr<const Snapshot> Session::latest() { return impl_->exchange.latest(); }
std::vector<MetricBucket> Session::drainMetrics() { return impl_->exchange.drainMetrics(); }
std::vector<Outcome> Session::drainOutcomes() { return impl_->exchange.drainOutcomes(); }
void Session::advance(Tick ticks) { impl_->advance(ticks); }

Model Session::capture() {
  assert(!impl_->threaded());
  const FlushDenormals flush;
  return std::move(impl_->simulation().capture().value());
}

}  // namespace plexarium
