#include "core/graph/layout_tree.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numeric>

namespace plexarium {
namespace {

constexpr std::uint32_t leafSize = 8;
constexpr int deepest = 40;

void addPush(Vector2& force, Vector2 place, Vector2 from, double mass) {
  const double x = place.x - from.x;
  const double y = place.y - from.y;
  // The tiny term turns the 0 / 0 of a body on the same spot (itself, mostly) into 0.
  const double strength = mass / (x * x + y * y + 1e-30);
  force.x += x * strength;
  force.y += y * strength;
}

}  // namespace

void RepulsionTree::repulsion(std::span<const Vector2> places, std::span<const double> masses, std::span<Vector2> forces) {
  assert(places.size() == masses.size() && places.size() == forces.size());
  if (places.empty()) return;
  if (bodies_.size() != places.size()) {
    bodies_.resize(places.size());
    for (std::uint32_t k = 0; k < bodies_.size(); ++k) bodies_[k].index = k;
  }
  Vector2 low = places[0];
  Vector2 high = places[0];
  for (auto& body : bodies_) {
    body.place = places[body.index];
    body.mass = masses[body.index];
    low = {std::min(low.x, body.place.x), std::min(low.y, body.place.y)};
    high = {std::max(high.x, body.place.x), std::max(high.y, body.place.y)};
  }
  cells_.clear();
  const Vector2 middle{(low.x + high.x) / 2, (low.y + high.y) / 2};
  build(0, static_cast<std::uint32_t>(bodies_.size()), middle, std::max(high.x - low.x, high.y - low.y) / 2, 0);
  for (const auto& body : bodies_) forces[body.index] = push(body.place);
}

void RepulsionTree::build(std::uint32_t begin, std::uint32_t end, Vector2 middle, double half, int depth) {
  const auto self = cells_.size();
  auto& cell = cells_.emplace_back();
  cell = {{}, 0, 0, 0, begin, begin};
  for (auto k = begin; k < end; ++k) {
    const auto& body = bodies_[k];
    cell.mass += body.mass;
    cell.centre.x += body.mass * body.place.x;
    cell.centre.y += body.mass * body.place.y;
  }
  cell.centre = {cell.centre.x / cell.mass, cell.centre.y / cell.mass};
  const double width = 2 * half / theta_;
  cell.reach = width * width;
  if (end - begin <= leafSize || depth == deepest) {
    cell.end = end;
    cell.next = static_cast<std::uint32_t>(self + 1);
    return;
  }
  const auto cut = [&](std::uint32_t from, std::uint32_t to, auto&& before) {
    return static_cast<std::uint32_t>(std::partition(bodies_.begin() + from, bodies_.begin() + to, before) -
                                      bodies_.begin());
  };
  const auto above = [&](const Body& body) { return body.place.y < middle.y; };
  const auto left = [&](const Body& body) { return body.place.x < middle.x; };
  const auto row = cut(begin, end, above);
  const std::array<std::uint32_t, 5> bounds{begin, cut(begin, row, left), row, cut(row, end, left), end};
  for (std::size_t quarter = 0; quarter < 4; ++quarter) {
    if (bounds[quarter] == bounds[quarter + 1]) continue;
    const Vector2 inner{middle.x + (quarter % 2 == 0 ? -half : half) / 2, middle.y + (quarter < 2 ? -half : half) / 2};
    build(bounds[quarter], bounds[quarter + 1], inner, half / 2, depth + 1);
  }
  cells_[self].next = static_cast<std::uint32_t>(cells_.size());
}

Vector2 RepulsionTree::push(Vector2 place) const {
  Vector2 force;
  for (std::size_t k = 0; k < cells_.size();) {
    const auto& cell = cells_[k];
    const double x = place.x - cell.centre.x;
    const double y = place.y - cell.centre.y;
    const double squared = x * x + y * y;
    if (squared > cell.reach) {
      const double strength = cell.mass / squared;
      force.x += x * strength;
      force.y += y * strength;
      k = cell.next;
      continue;
    }
    for (auto body = cell.begin; body < cell.end; ++body) addPush(force, place, bodies_[body].place, bodies_[body].mass);
    ++k;
  }
  return force;
}

}  // namespace plexarium
