#include "core/session/exchange.h"

#include <iterator>
#include <utility>

namespace plexarium {

std::uint64_t Exchange::post(Command command) {
  const bool pause = std::holds_alternative<Pause>(command);
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    number = ++posted_;
    commands_.push_back({number, std::move(command)});
    if (pause) newestPause_.store(number, std::memory_order_relaxed);
    attention_.store(true, std::memory_order_relaxed);
  }
  wake_.notify_one();
  return number;
}

std::shared_ptr<const Snapshot> Exchange::latest() {
  std::shared_ptr<const Snapshot> snapshot;
  bool asked = false;
  {
    const std::lock_guard lock(mutex_);
    snapshot = published_;
    asked = !wanted_.exchange(true, std::memory_order_relaxed);
    if (asked) attention_.store(true, std::memory_order_relaxed);
  }
  if (asked) wake_.notify_one();
  return snapshot;
}

std::vector<MetricBucket> Exchange::drainMetrics() {
  std::deque<MetricBucket> buckets;
  {
    const std::lock_guard lock(mutex_);
    buckets = metrics_.take();
  }
  return {std::make_move_iterator(buckets.begin()), std::make_move_iterator(buckets.end())};
}

std::vector<Outcome> Exchange::drainOutcomes() {
  const std::lock_guard lock(mutex_);
  return std::exchange(outcomes_, {});
}

SpikeBatch Exchange::drainSpikes() {
  const std::lock_guard lock(mutex_);
  return spikes_.take();
}

std::size_t Exchange::spikeRoom() {
  const std::lock_guard lock(mutex_);
  return spikes_.room();
}

void Exchange::log(const SpikeBatch& seen, std::size_t work) {
  const std::lock_guard lock(mutex_);
  spikes_.push(seen, work);
}

void Exchange::takeCommands(std::deque<Numbered>& queue) {
  std::vector<Numbered> commands;
  {
    const std::lock_guard lock(mutex_);
    attention_.store(false, std::memory_order_relaxed);
    commands.swap(commands_);
  }
  queue.insert(queue.end(), std::make_move_iterator(commands.begin()), std::make_move_iterator(commands.end()));
}

void Exchange::publish(std::shared_ptr<const Snapshot> snapshot) {
  const std::lock_guard lock(mutex_);
  // Swapped, not assigned: the old one, if nobody reads it, is let go after the lock.
  published_.swap(snapshot);
  wanted_.store(false, std::memory_order_relaxed);
}

void Exchange::report(Outcome outcome) {
  const std::lock_guard lock(mutex_);
  outcomes_.push_back(std::move(outcome));
}

MetricBucket Exchange::log(MetricBucket bucket) {
  const std::lock_guard lock(mutex_);
  return metrics_.push(std::move(bucket));
}

std::uint64_t Exchange::lostMetrics() {
  const std::lock_guard lock(mutex_);
  return metrics_.lost();
}

void Exchange::wait(const std::stop_token& stop, bool news, std::optional<Clock::time_point> until) {
  std::unique_lock lock(mutex_);
  const auto asked = [&] { return !commands_.empty() || (news && wanted_.load(std::memory_order_relaxed)); };
  if (until) {
    wake_.wait_until(lock, stop, *until, asked);
  } else {
    wake_.wait(lock, stop, asked);
  }
}

}  // namespace plexarium
