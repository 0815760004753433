#pragma once

#include <span>
#include <vector>

#include "core/world/embodiment.h"
#include "core/world/worm2d/body.h"

namespace plexarium::worm2d {

/// How far a point is from a solid thing, and away from it in the shortest way.
struct Clearance {
  double distance = 0;  ///< Below 0: inside.
  Vector outward;       ///< Unit vector.
};

/// A box or a disc.
struct Solid {
  Vector middle;
  Vector halfSize = Vector::Zero();  ///< Box; zero: a disc.
  Vector axis = {1, 0};              ///< Of the box.
  double radius = 0;                 ///< Disc.

  [[nodiscard]] Clearance clearance(const Vector& point) const;
};

/// Food with a bell-shaped concentration: left * exp(-r^2 / (2 reach^2)).
struct Food {
  std::size_t object = 0;  ///< Index into the controller's objects.
  Vector middle;
  double reach = 1;
  double amount = 0;
  double eaten = 0;

  [[nodiscard]] double at(const Vector& point) const;
};

/// The things of an arena, ready for computing with.
struct Arena {
  std::vector<Solid> solids;
  std::vector<Food> foods;

  [[nodiscard]] double foodAt(const Vector& point) const;
};

/// From checked objects.
Arena makeArena(std::span<const ArenaObject> objects);

}  // namespace plexarium::worm2d
