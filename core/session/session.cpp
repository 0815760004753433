#include "core/session/session.h"

#include <algorithm>
#include <cassert>
#include <tuple>
#include <utility>

#include "core/denormals.h"
#include "core/session/session_impl.h"

namespace plexarium {
namespace {

constexpr std::chrono::milliseconds bucketTime{4};
constexpr std::chrono::milliseconds commandTime{10};  // served in one go before ticks and snapshots get their turn
constexpr std::chrono::microseconds shortQuantum{250};
constexpr std::chrono::microseconds longQuantum{1000};
constexpr std::chrono::milliseconds patience{300};  // before a journey through time is shown on its way
constexpr std::chrono::milliseconds longestUnseen{500};
constexpr int ticksPerShow = 19;  // so much more time goes into ticks than into snapshots
constexpr Tick longestQuantum = 1 << 16;
// Where many ticks are done at a time, fewer of them take hardly less.
constexpr Tick leastOfMany = 64;
constexpr int patienceWithMany = 8;  // times the quanta above

}  // namespace

void Session::Impl::start() {
  assert(!threaded());
  thread_ = std::jthread([this](const std::stop_token& stop) { live(stop); });
}

void Session::Impl::live(const std::stop_token& stop) {
  const FlushDenormals flush;
  while (!stop.stop_requested()) {
    serveCommands();
    if (mayShow()) {
      const auto began = Clock::now();
      if (auto published = guarded([this] { return publish(), Result<void>{}; }); !published) {
        news_ = false;  // not again until something has changed
        finish({}, std::move(published));
      }
      const auto now = Clock::now();
      nextShow_ = now + std::min<Clock::duration>(ticksPerShow * (now - began), longestUnseen);
    }
    tickOrWait(stop);
  }
  if (runRecord_.progress()) static_cast<void>(runRecord_.stop());  // kept; nobody is left to hear of an error
}

void Session::Impl::serveCommands() {
  if (exchange.attention()) exchange.takeCommands(queue_);
  if (stepping_ && !stepping_->recallFrom && exchange.newestPause() > stepping_->command) finishStepping({});
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
  nextShow_ = {};
  Outcome outcome;
  outcome.command = command.number;
  if (begin(command)) return;
  auto result = guarded([&] { return execute(command.command, outcome); });
  finish(std::move(outcome), std::move(result));
}

/// A network that cannot keep up is shown less often where showing it is costly; what a person does is shown at once.
bool Session::Impl::mayShow() const {
  if (!news_ || !showable() || !exchange.snapshotWanted()) return false;
  const auto now = Clock::now();
  const bool behind = stepping_ || (running_ && pacer_.due(now) > 0);
  return !behind || now >= nextShow_;
}

/// A short journey shows its end only, and a recall nothing.
bool Session::Impl::showable() const {
  if (!stepping_ || !stepping_->journey) return true;
  return !stepping_->recallFrom && Clock::now() - stepping_->began > patience;
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
  outcome.command = stepping_->command;
  if (stepping_->journey) endJourney(outcome);
  stepping_.reset();
  finish(std::move(outcome), std::move(result));
}

void Session::Impl::endJourney(Outcome& outcome) {
  if (!breakpoints_.empty()) breakpoints_.rebase(simulation_->graph(), true);
  if (!stepping_->recallFrom) return;
  outcome.spikes = std::make_shared<const std::vector<Spike>>(std::move(stepping_->recalled));
  hit_ = std::move(stepping_->hit);
  if (stepping_->wasRunning) run();
}

void Session::Impl::run() {
  if (std::exchange(running_, true)) return;
  hit_.reset();
  const auto now = Clock::now();
  sampleClockRead_ = now;
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
  const auto done = ticks(std::min(due, quantum()));
  const auto now = Clock::now();
  if (!done) {
    pause();
    return stepping_ ? finishStepping(tl::unexpected(done.error())) : finish({}, tl::unexpected(done.error()));
  }
  adaptQuantum(now - began);
  if (stepping_) {
    stepping_->remaining -= *done;
    if (stepping_->remaining == 0 || hit_) finishStepping({});
  } else if (hit_) {
    pause();
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
  seenRoom_ = spikesWanted_ ? exchange.spikeRoom() : 0;
  auto result = guarded([&]() -> Result<void> {
    if (gatherer_.empty()) openTallies();
    if (auto ended = endTimedSamples(); !ended) return ended;
    do {
      const bool again = timeline_.inThePast();
      const auto first = simulation_->tick();
      const bool many = !looksAtEveryTick(most) && simulation_->takesMany();
      const auto metrics = many ? timeline_.stepMany(most - done) : timeline_.step();
      if (!metrics) return tl::unexpected(metrics.error());
      done += simulation_->tick() - first;
      if (auto seen = observe(first, *metrics, again); !seen) return seen;
      const auto repeated = timeline_.repeatDeeds();
      if (!repeated) return tl::unexpected(repeated.error());
      if (*repeated && !breakpoints_.empty()) breakpoints_.rebase(simulation_->graph(), false);
      if (again) openTallies();  // what was before is not told again
    } while (done < most && !hit_ && !exchange.attention());
    return {};
  });
  if (seenWork_ > 0) {
    exchange.log(seen_, std::exchange(seenWork_, 0));
    seen_.spikes.clear();
    seen_.covered.clear();
  }
  return result.map([&] { return done; });
}

/// Whether somebody wants to see the network after the next tick, not after up to `most` of them. Where there are many to
/// do, who fires in the last of them is enough.
bool Session::Impl::looksAtEveryTick(Tick most) const {
  if (runRecord_.progress()) return true;
  if (stepping_ && stepping_->journey) return stepping_->recallFrom.has_value();
  return !breakpoints_.empty() || (most < leastOfMany && seenWork_ < seenRoom_ && !timeline_.inThePast());
}

/// Everybody who wants to know of the ticks that were done, of one unless nobody looksAtEveryTick. `again`: they were
/// before.
Result<void> Session::Impl::observe(Tick first, std::span<const double> metrics, bool again) {
  const auto width = simulation_->description().metrics.size();
  const auto count = static_cast<std::size_t>(simulation_->tick() - first);
  for (std::size_t k = 0; k < count && !again; ++k)
    gatherer_.add(first + static_cast<Tick>(k), metrics.subspan(k * width, width));
  if (seenWork_ < seenRoom_ && !again) recordSpikes();
  if (stepping_ && stepping_->journey) {
    if (stepping_->recallFrom && simulation_->tick() > *stepping_->recallFrom) {
      simulation_->appendSpikes(timeline_.branch(), stepping_->recalled);
    }
  } else if (!breakpoints_.empty()) {
    hit_ = breakpoints_.look(simulation_->graph(), simulation_->tick(), metrics);
  }
  return again ? Result<void>{} : runRecord_.follow(*simulation_, metrics, timeline_.branch());
}

/// Samples that last for seconds end by a deed, so that what depends on the clock is in the log. In the past they end as
/// they did.
Result<void> Session::Impl::endTimedSamples() {
  const auto feeds = simulation_->feeding().feeder().feeds();
  const auto timed = [](const Feed& feed) { return feed.plan().unit == FeedUnit::Seconds; };
  if (std::ranges::none_of(feeds, timed)) return {};
  const auto now = Clock::now();
  const auto passed = now - std::exchange(sampleClockRead_, now);
  sampleClocks_.resize(feeds.size());
  if (timeline_.inThePast()) return {};
  for (std::uint32_t k = 0; k < feeds.size(); ++k) {
    const auto& feed = feeds[k];
    if (!timed(feed) || !feed.midSample()) continue;
    const auto begun = feed.samplesShown(Part::Train) + feed.samplesShown(Part::Validation) + feed.samplesShown(Part::Test);
    auto& clock = sampleClocks_[k];
    if (clock.sample != begun) clock = {begun, {}};
    clock.shown += passed;
    if (std::chrono::duration<double>(clock.shown).count() < feed.duration()) continue;
    if (auto done = timeline_.perform(NextSample{k}); !done) return tl::unexpected(std::move(done.error()));
  }
  return {};
}

void Session::Impl::openTallies() {
  const auto& feeder = simulation_->feeding().feeder();
  feeder.tally(Part::Train, learnt_);
  feeder.tally(Part::Validation, examined_);
}

void Session::Impl::recordSpikes() {
  const auto before = seen_.spikes.size();
  simulation_->appendSpikes(timeline_.branch(), seen_.spikes);
  appendRun(seen_.covered, {timeline_.branch(), simulation_->tick() - 1, 1});
  seenWork_ += SpikeLog::lookCost(simulation_->neuronCount()) + seen_.spikes.size() - before;
}

/// Ticks until the next look at the clock, which is at a round tick (see Simulation::stepMany).
Tick Session::Impl::quantum() {
  const auto most = simulation_->takesMany() ? std::max(quantum_, leastOfMany) : quantum_;
  return most - simulation_->tick() % most;
}

void Session::Impl::adaptQuantum(Clock::duration taken) {
  const int times = simulation_->takesMany() ? patienceWithMany : 1;
  if (taken < times * shortQuantum && quantum_ < longestQuantum) quantum_ *= 2;
  if (taken > times * longQuantum && quantum_ > 1) quantum_ /= 2;
}

void Session::Impl::closeBucket() {
  if (gatherer_.empty()) return;
  auto bucket = gatherer_.close();
  bucket.branch = timeline_.branch();
  const auto& feeder = simulation_->feeding().feeder();
  for (auto [part, before, tallies] :
       {std::tuple(Part::Train, &learnt_, &bucket.learnt), std::tuple(Part::Validation, &examined_, &bucket.examined)}) {
    feeder.tally(part, *tallies);
    for (std::size_t group = 0; group < tallies->size(); ++group) (*tallies)[group] -= (*before)[group];
  }
  gatherer_.recycle(exchange.log(std::move(bucket)));
}

void Session::Impl::publish() {
  auto snapshot = pool_->take();
  simulation_->show(*snapshot);
  snapshot->number = ++snapshots_;
  snapshot->running = running_;
  snapshot->pace = pacer_.pace();
  snapshot->achievedRate = running_ ? rate_.rate() : 0;
  snapshot->lostMetrics = exchange.lostMetrics();
  snapshot->stoppedBy = hit_;
  snapshot->recording = runRecord_.progress();
  snapshot->branch = timeline_.branch();
  snapshot->pastBegin = timeline_.pastBegin();
  snapshot->headTick = timeline_.head();
  snapshot->branches = timeline_.branches();
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
      if (!done || --stepping_->remaining == 0 || hit_) finishStepping(std::move(done));
    }
  }
  if (wanted > 0) hit_.reset();
  for (Tick tick = 0; tick < wanted && !hit_; ++tick) {
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

Result<std::unique_ptr<Session>> Session::create(const Registry& registry, Model model, std::shared_ptr<DataShelf> shelf) {
  const FlushDenormals flush;
  const auto entry = registry.require(model.dynamics);
  if (!entry) return tl::unexpected(entry.error());
  std::unique_ptr<Session> session;
  auto made = guarded([&]() -> Result<void> {
    auto simulation = Simulation::create(**entry, std::move(model), std::move(shelf));
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
SpikeBatch Session::drainSpikes() { return impl_->exchange.drainSpikes(); }
std::vector<Outcome> Session::drainOutcomes() { return impl_->exchange.drainOutcomes(); }
void Session::advance(Tick ticks) { impl_->advance(ticks); }

Model Session::capture() {
  assert(!impl_->threaded());
  const FlushDenormals flush;
  return std::move(impl_->simulation().capture().value());
}

}  // namespace plexarium
