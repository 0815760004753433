#include "ui/training/learning_history.h"

namespace plexarium::ui {

void LearningHistory::append(std::span<const MetricBucket> buckets) {
  for (const auto& bucket : buckets) {
    if (bucket.learnt.empty()) continue;
    if (bucket.learnt.size() != groups()) clear();
    while (!points_.empty() && points_.back().first >= bucket.first) points_.pop_back();
    Point point{bucket.first, bucket.count, bucket.learnt, bucket.examined};
    if (!points_.empty() && points_.back().count < resolution_) {
      merge(points_.back(), point);
    } else {
      points_.push_back(std::move(point));
    }
    if (points_.size() > capacity) halve();
  }
}

void LearningHistory::clear() {
  points_.clear();
  resolution_ = 1;
}

void LearningHistory::merge(Point& into, const Point& next) {
  into.count = next.first + next.count - into.first;
  for (std::size_t group = 0; group < into.learnt.size(); ++group) {
    into.learnt[group] += next.learnt[group];
    into.examined[group] += next.examined[group];
  }
}

void LearningHistory::halve() {
  std::vector<Point> half;
  half.reserve(capacity);
  for (std::size_t k = 0; k < points_.size(); ++k) {
    if (k % 2 == 0) {
      half.push_back(std::move(points_[k]));
    } else {
      merge(half.back(), points_[k]);
    }
  }
  points_ = std::move(half);
  resolution_ = 2 * (points_.back().first + points_.back().count - points_.front().first) / static_cast<Tick>(capacity) + 1;
}

Tally LearningHistory::recent(std::size_t group, bool examined, std::uint64_t samples) const {
  Tally sum;
  for (auto point = points_.rbegin(); point != points_.rend() && sum.samples < samples; ++point) {
    const auto& tallies = examined ? point->examined : point->learnt;
    if (group < tallies.size()) sum += tallies[group];
  }
  return sum;
}

}  // namespace plexarium::ui
