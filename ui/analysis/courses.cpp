#include "ui/analysis/courses.h"

#include <algorithm>

namespace plexarium::ui {

Courses::Courses(SessionBridge& bridge, QObject* parent) : QObject(parent), bridge_(bridge) {
  connect(&bridge_, &SessionBridge::opened, this, &Courses::begin);
  connect(&bridge_, &SessionBridge::frame, this, &Courses::onFrame);
  connect(&bridge_, &SessionBridge::metrics, this, &Courses::take);
  if (bridge_.snapshot()) begin();
}

void Courses::begin() {
  branch_ = bridge_.snapshot()->branch;
  metrics_.assign(bridge_.description().metrics.size(), {});
  links_.clear();
  onFrame();
}

/// A branch that leaves this one takes over where it began; of another one nothing is known.
void Courses::onFrame() {
  const Snapshot& now = *bridge_.snapshot();
  if (now.branch != branch_) {
    const auto found = std::ranges::find(*now.branches, now.branch, &Branch::number);
    forgetFrom(found != now.branches->end() && found->parent == branch_ ? found->fork : 0);
    branch_ = now.branch;
  }
  if (now.tick == now.headTick) links_.append(now.tick, static_cast<double>(now.graph.targets->size()));
}

/// Buckets may be newer than the snapshot; then their branch leaves the present one.
void Courses::take(const std::vector<MetricBucket>& buckets) {
  for (const auto& bucket : buckets) {
    if (bucket.branch != branch_) {
      forgetFrom(bucket.first);
      branch_ = bucket.branch;
    }
    for (std::size_t metric = 0; metric < metrics_.size(); ++metric) {
      metrics_[metric].append(bucket.first + bucket.count - 1, bucket.mean[metric], bucket.count);
    }
  }
}

void Courses::forgetFrom(Tick tick) {
  links_.forgetFrom(tick);
  for (auto& series : metrics_) series.forgetFrom(tick);
}

}  // namespace plexarium::ui
