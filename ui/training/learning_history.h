#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/session/command.h"

namespace plexarium::ui {

/// How the output groups of a network's feeds have answered since a run began, in bounded memory: neighbours are added up
/// whenever it is full. Value type.
class LearningHistory {
 public:
  struct Point {
    Tick first = 0;
    Tick count = 0;
    std::vector<Tally> learnt, examined;  ///< Of each output group; see MetricBucket.
  };
  static constexpr std::size_t capacity = 2000;

  /// In order of ticks. Buckets of a time that was before (the network went back) replace what was known of it; those of
  /// other groups than before begin anew.
  void append(std::span<const MetricBucket> buckets);
  void clear();

  [[nodiscard]] const std::vector<Point>& points() const { return points_; }
  [[nodiscard]] bool empty() const { return points_.empty(); }
  [[nodiscard]] std::size_t groups() const { return points_.empty() ? 0 : points_.back().learnt.size(); }
  /// Of one group over the last points that together hold `samples` samples, or over all where there are fewer.
  [[nodiscard]] Tally recent(std::size_t group, bool examined, std::uint64_t samples) const;

 private:
  static void merge(Point& into, const Point& next);
  void halve();

  std::vector<Point> points_;
  Tick resolution_ = 1;
};

}  // namespace plexarium::ui
