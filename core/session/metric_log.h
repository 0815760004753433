#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <utility>

#include "core/session/command.h"

namespace plexarium {

/// Gathers consecutive ticks into one bucket. Simulation thread.
class MetricGatherer {
 public:
  explicit MetricGatherer(std::size_t metrics) : metrics_(metrics) {}

  /// One value per metric, of tick number `tick`, which follows the last one.
  void add(Tick tick, std::span<const double> values);
  [[nodiscard]] bool empty() const { return open_.count == 0; }
  /// The bucket so far, not empty; a new one begins.
  MetricBucket close();
  /// Takes vectors to use again.
  void recycle(MetricBucket spare);

 private:
  std::size_t metrics_;
  MetricBucket open_;
};

/// Closed buckets until somebody reads them: the newest `capacity`, what is older is lost and counted. No thread of its own.
class MetricLog {
 public:
  static constexpr std::size_t capacity = 8192;  // half a minute at 250 buckets a second

  /// Returns a bucket whose vectors may be used again: of the one that was lost, if any.
  MetricBucket push(MetricBucket bucket);
  /// Everything, oldest first.
  [[nodiscard]] std::deque<MetricBucket> take() { return std::exchange(buckets_, {}); }
  [[nodiscard]] std::uint64_t lost() const { return lost_; }

 private:
  std::deque<MetricBucket> buckets_;
  std::uint64_t lost_ = 0;
};

}  // namespace plexarium
