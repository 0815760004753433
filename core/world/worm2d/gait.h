#pragma once

#include <cstdint>

#include "core/world/worm2d/body.h"

namespace plexarium::worm2d {

/// Watches how a body moves: undulations, way and reversals. All of it is state that a save keeps.
struct Gait {
  Vector centre = Vector::Zero();  ///< Of the body, one tick ago.
  double speed = 0;                ///< Along the body, smoothed over half a second.
  std::int32_t direction = 1;      ///< 1: forward, -1: backward.
  std::int32_t reversals = 0;
  std::int32_t bend = 0;         ///< Of the middle: 1 dorsal, -1 ventral, 0 neither yet.
  std::int32_t undulations = 0;  ///< Waves that have begun.
  Vector mark = Vector::Zero();  ///< Centre where the last one began.
  double way = 0;                ///< Up to the mark.
  double firstWay = 0;           ///< Of it, up to where the second one began.

  /// From here on.
  void begin(const Body& body);
  /// After each tick.
  void look(const Body& body, double seconds);

  [[nodiscard]] double distance() const { return way + (centre - mark).norm(); }
  /// Body lengths per undulation, without the first one; 0 as long as there is none.
  [[nodiscard]] double stride() const { return undulations < 3 ? 0 : (way - firstWay) / (undulations - 2); }
};

}  // namespace plexarium::worm2d
