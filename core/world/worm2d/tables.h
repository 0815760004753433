#pragma once

#include <cstddef>

#include "core/world/world_description.h"

namespace plexarium::worm2d {

inline constexpr std::size_t muscleRows = 12;

/// Indices into the lists of description(), in their order there.
namespace parameter {
enum : std::size_t {
  DragRatio,
  MuscleGain,
  LargestCurvature,
  CurvatureLimit,
  CalciumTime,
  ActivationTime,
  Reference,
  Links,
  Radius,
  Rigidity,
  Damping,
  Stiffness,
  TouchForce,
  StretchAhead,
  NostrilDistance,
  IdlePumping,
  EatingRate,
  StartX,
  StartY,
  StartHeading,
  Count
};
}  // namespace parameter

namespace sensor {
enum : std::size_t {
  NoseTouch,
  AnteriorTouch,
  PosteriorTouch,
  FoodLeft,
  FoodRight,
  FoodHere,
  FoodRise,
  FoodFall,
  Constant,
  StretchDorsal,
  StretchVentral = StretchDorsal + muscleRows,
  Count = StretchVentral + muscleRows
};
}  // namespace sensor

namespace effector {
enum : std::size_t { Dorsal, Ventral = muscleRows, Pharynx = 2 * muscleRows, Count };
}  // namespace effector

namespace object {
enum Kind : std::size_t { Wall, Obstacle, Food, Count };
enum WallField : std::size_t { WallX, WallY, WallWidth, WallHeight, WallAngle };
enum ObstacleField : std::size_t { ObstacleX, ObstacleY, ObstacleRadius };
enum FoodField : std::size_t { FoodX, FoodY, FoodReach, FoodAmount, FoodEaten };
}  // namespace object

namespace measure {
enum : std::size_t { Distance, Undulations, Stride, Speed, Heading, Reversals, FoodEaten, Count };
}  // namespace measure

/// Built once, constant, safe from any thread.
const WorldDescription& description();

}  // namespace plexarium::worm2d
