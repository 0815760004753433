#pragma once

#include <vector>

#include "core/graph/ids.h"

namespace plexarium::ui {

/// A quantity over a whole run, however long: the older it gets, the farther apart are new points, so that memory grows
/// with the logarithm of time and every part of a logarithmic axis has as many. A value type.
class LongSeries {
 public:
  static constexpr Tick fineness = 512;  ///< Points come at least elapsed / fineness ticks apart.

  struct Point {
    Tick tick = 0;  ///< The last one that it stands for.
    double value = 0;
  };
  /// A value for the `count` >= 1 ticks up to `tick`; a point is the mean of what came since the one before. What is there
  /// from `tick` on did not happen.
  void append(Tick tick, double value, Tick count = 1);
  void forgetFrom(Tick tick);
  void clear() { *this = {}; }
  [[nodiscard]] const std::vector<Point>& points() const { return points_; }

 private:
  std::vector<Point> points_;
  double sum_ = 0;  ///< Since the last point.
  Tick ticks_ = 0;
};

}  // namespace plexarium::ui
