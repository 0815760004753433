#include "ui/plots/metric_history.h"

#include <algorithm>

namespace plexarium::ui {
namespace {

Tick endOf(const MetricBucket& bucket) { return bucket.first + bucket.count; }

/// `into` comes before `next`; afterwards it covers both.
void merge(MetricBucket& into, const MetricBucket& next) {
  const auto had = static_cast<double>(into.count);
  const auto more = static_cast<double>(next.count);
  for (std::size_t metric = 0; metric < into.mean.size(); ++metric) {
    into.minimum[metric] = std::min(into.minimum[metric], next.minimum[metric]);
    into.maximum[metric] = std::max(into.maximum[metric], next.maximum[metric]);
    into.mean[metric] = (into.mean[metric] * had + next.mean[metric] * more) / (had + more);
  }
  into.count += next.count;
}

}  // namespace

MetricHistory::MetricHistory(Tick span, std::size_t capacity)
    : span_(span), capacity_(capacity), resolution_(std::max<Tick>(1, span / static_cast<Tick>(capacity))) {}

void MetricHistory::append(std::span<const MetricBucket> buckets) {
  for (const auto& bucket : buckets) {
    if (!points_.empty() && bucket.first < endOf(points_.back())) clear();
    if (!points_.empty() && points_.back().count < resolution_) {
      merge(points_.back(), bucket);
    } else {
      points_.push_back(bucket);
    }
    forget();
  }
}

void MetricHistory::forget() {
  while (span_ > 0 && points_.size() > 1 && endOf(points_.front()) + span_ < endOf(points_.back())) points_.pop_front();
  if (points_.size() <= capacity_) return;
  if (span_ > 0) {
    points_.pop_front();
  } else {
    halve();
  }
}

void MetricHistory::halve() {
  std::deque<MetricBucket> half;
  for (std::size_t point = 0; point < points_.size(); ++point) {
    if (point % 2 == 0) {
      half.push_back(std::move(points_[point]));
    } else {
      merge(half.back(), points_[point]);
    }
  }
  points_ = std::move(half);
  resolution_ *= 2;
}

void MetricHistory::forgetFrom(Tick tick) {
  while (!points_.empty() && endOf(points_.back()) > tick) points_.pop_back();
}

void MetricHistory::clear() {
  points_.clear();
  if (span_ == 0) resolution_ = 1;
}

}  // namespace plexarium::ui
