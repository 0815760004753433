#pragma once

#include <QObject>
#include <vector>

#include "ui/analysis/long_series.h"
#include "ui/bridge/session_bridge.h"

namespace plexarium::ui {

/// What is remembered of a network's whole run along the present branch: how many links there were in every picture of it,
/// and the mean of every metric. Gathered whether somebody looks or not. GUI thread.
class Courses : public QObject {
  Q_OBJECT

 public:
  /// `bridge` must outlive it.
  explicit Courses(SessionBridge& bridge, QObject* parent = nullptr);

  [[nodiscard]] const LongSeries& links() const { return links_; }
  /// Index into Description::metrics.
  [[nodiscard]] const LongSeries& metric(std::size_t metric) const { return metrics_[metric]; }

 private:
  void begin();
  void onFrame();
  void take(const std::vector<MetricBucket>& buckets);
  void forgetFrom(Tick tick);

  SessionBridge& bridge_;
  LongSeries links_;
  std::vector<LongSeries> metrics_;
  std::uint32_t branch_ = 0;
};

}  // namespace plexarium::ui
