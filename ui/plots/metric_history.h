#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <vector>

#include "core/session/command.h"

namespace plexarium::ui {

/// The recent past of every metric in bounded memory: the last `span` ticks, or the whole run, as at most `capacity` points.
/// A point covers at least `resolution()` ticks; over a whole run neighbours are merged, and the resolution doubled,
/// whenever the memory is full. GUI thread.
class MetricHistory {
 public:
  /// `span` in ticks; 0: the whole run. capacity >= 2.
  MetricHistory(Tick span, std::size_t capacity);

  /// Buckets in order of their ticks; one that starts before the last one ended (the network went back to its start) clears.
  void append(std::span<const MetricBucket> buckets);
  void clear();
  /// What was at `tick` and later (and a point that reaches so far) is another branch's.
  void forgetFrom(Tick tick);

  [[nodiscard]] const std::deque<MetricBucket>& points() const { return points_; }
  [[nodiscard]] Tick span() const { return span_; }
  [[nodiscard]] Tick resolution() const { return resolution_; }

 private:
  void forget();
  void halve();

  Tick span_;
  std::size_t capacity_;
  Tick resolution_;
  std::deque<MetricBucket> points_;
};

}  // namespace plexarium::ui
