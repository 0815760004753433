#include "ui/analysis/long_series.h"

#include <algorithm>

namespace plexarium::ui {

void LongSeries::append(Tick tick, double value, Tick count) {
  forgetFrom(tick);
  sum_ += value * static_cast<double>(count);
  ticks_ += count;
  const Tick apart = points_.empty() ? 0 : (points_.back().tick - points_.front().tick) / fineness;
  if (!points_.empty() && tick - points_.back().tick < apart) return;
  points_.push_back({tick, sum_ / static_cast<double>(ticks_)});
  sum_ = 0;
  ticks_ = 0;
}

void LongSeries::forgetFrom(Tick tick) {
  if (points_.empty() || points_.back().tick < tick) return;
  while (!points_.empty() && points_.back().tick >= tick) points_.pop_back();
  sum_ = 0;
  ticks_ = 0;
}

}  // namespace plexarium::ui
