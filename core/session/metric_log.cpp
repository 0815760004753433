#include "core/session/metric_log.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace plexarium {

void MetricGatherer::add(Tick tick, std::span<const double> values) {
  assert(values.size() == metrics_);
  if (open_.count == 0) {
    open_.first = tick;
    open_.minimum.assign(values.begin(), values.end());
    open_.mean.assign(values.begin(), values.end());
    open_.maximum.assign(values.begin(), values.end());
  } else {
    for (std::size_t metric = 0; metric < metrics_; ++metric) {
      open_.minimum[metric] = std::min(open_.minimum[metric], values[metric]);
      open_.mean[metric] += values[metric];
      open_.maximum[metric] = std::max(open_.maximum[metric], values[metric]);
    }
  }
  ++open_.count;
}

MetricBucket MetricGatherer::close() {
  assert(!empty());
  for (auto& sum : open_.mean) sum /= static_cast<double>(open_.count);
  return std::exchange(open_, {});
}

void MetricGatherer::recycle(MetricBucket spare) {
  assert(empty());
  open_ = std::move(spare);
  open_.count = 0;
}

MetricBucket MetricLog::push(MetricBucket bucket) {
  MetricBucket spare;
  if (buckets_.size() == capacity) {
    spare = std::move(buckets_.front());
    buckets_.pop_front();
    ++lost_;
  }
  buckets_.push_back(std::move(bucket));
  return spare;
}

}  // namespace plexarium
