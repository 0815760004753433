#include "core/world/worm2d/arena.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/world/worm2d/tables.h"

namespace plexarium::worm2d {
namespace {

Clearance fromDisc(const Solid& disc, const Vector& point) {
  const Vector away = point - disc.middle;
  const double distance = away.norm();
  if (distance < 1e-9) return {-disc.radius, {0, 1}};
  return {distance - disc.radius, away / distance};
}

Clearance fromBox(const Solid& box, const Vector& point) {
  const Vector side{-box.axis.y(), box.axis.x()};
  const Vector offset = point - box.middle;
  const Vector local{offset.dot(box.axis), offset.dot(side)};
  const Vector beyond = local.cwiseAbs() - box.halfSize;  // of either pair of sides
  const auto sign = [](double value) { return value < 0 ? -1.0 : 1.0; };
  Vector outward;
  double distance = 0;
  if (beyond.x() > 0 && beyond.y() > 0) {
    distance = beyond.norm();
    outward = Vector{beyond.x() * sign(local.x()), beyond.y() * sign(local.y())} / distance;
  } else if (beyond.x() > beyond.y()) {
    distance = beyond.x();
    outward = {sign(local.x()), 0};
  } else {
    distance = beyond.y();
    outward = {0, sign(local.y())};
  }
  return {distance, outward.x() * box.axis + outward.y() * side};
}

}  // namespace

Clearance Solid::clearance(const Vector& point) const {
  return halfSize.isZero() ? fromDisc(*this, point) : fromBox(*this, point);
}

double Food::at(const Vector& point) const {
  const double left = std::max(0.0, amount - eaten);
  return left * std::exp(-(point - middle).squaredNorm() / (2 * reach * reach));
}

double Arena::foodAt(const Vector& point) const {
  double sum = 0;
  for (const auto& food : foods) sum += food.at(point);
  return sum;
}

Arena makeArena(std::span<const ArenaObject> objects) {
  Arena arena;
  const auto& kinds = description().objects;
  for (std::size_t k = 0; k < objects.size(); ++k) {
    const auto& kind = objects[k].kind;
    const auto& values = objects[k].values;
    const Vector middle{values[0], values[1]};
    if (kind == kinds[object::Wall].key) {
      const double angle = values[object::WallAngle] * std::numbers::pi / 180;
      arena.solids.push_back({middle,
                              Vector{values[object::WallWidth], values[object::WallHeight]} / 2,
                              {std::cos(angle), std::sin(angle)},
                              0});
    } else if (kind == kinds[object::Obstacle].key) {
      Solid disc;
      disc.middle = middle;
      disc.radius = values[object::ObstacleRadius];
      arena.solids.push_back(disc);
    } else {
      arena.foods.push_back({k, middle, values[object::FoodReach], values[object::FoodAmount], values[object::FoodEaten]});
    }
  }
  return arena;
}

}  // namespace plexarium::worm2d
