#include "core/io/spread.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace plexarium {
namespace {

/// Points by square cell of side `distance`, so that near ones are found among the eight neighbours: sorted by cell.
struct Celled {
  std::int64_t row;
  std::int64_t column;
  std::uint32_t point;
  friend bool operator<(const Celled& a, const Celled& b) {
    if (a.row != b.row) return a.row < b.row;
    return a.column != b.column ? a.column < b.column : a.point < b.point;
  }
};

std::vector<Celled> sortIntoCells(std::span<const Point> points, float distance) {
  constexpr float widest = 1e9F;  // cells beyond that are all the same one
  const auto cell = [&](float place) {
    return static_cast<std::int64_t>(std::floor(std::clamp(place / distance, -widest, widest)));
  };
  std::vector<Celled> cells;
  cells.reserve(points.size());
  for (std::size_t k = 0; k < points.size(); ++k) {
    cells.push_back({cell(points[k].y), cell(points[k].x), static_cast<std::uint32_t>(k)});
  }
  std::sort(cells.begin(), cells.end());
  return cells;
}

/// Half the overlap for each of two points; where both stand on one spot, their numbers decide the direction.
void pushApart(Point& a, Point& b, float distance, std::uint32_t number) {
  float dx = b.x - a.x;
  float dy = b.y - a.y;
  const float apart = std::hypot(dx, dy);
  if (apart >= distance) return;
  float push = 0;
  if (apart >= 1e-3F) {
    push = (distance - apart) / (2 * apart);
  } else {
    constexpr float goldenAngle = 2.39996F;
    dx = std::cos(goldenAngle * static_cast<float>(number % 1000));
    dy = std::sin(goldenAngle * static_cast<float>(number % 1000));
    push = distance / 2;
  }
  a = {a.x - dx * push, a.y - dy * push};
  b = {b.x + dx * push, b.y + dy * push};
}

}  // namespace

void spreadApart(std::span<Point> points, float distance, std::size_t rounds) {
  // A heap of points on one spot would make every pair a neighbour; so many of one cell are compared and no more.
  constexpr std::ptrdiff_t mostOfCell = 64;
  for (std::size_t round = 0; round < rounds; ++round) {
    const auto cells = sortIntoCells(points, distance);
    bool moved = false;
    for (auto one = cells.begin(); one != cells.end(); ++one) {
      // Each pair once: the rest of the own row's cells up to the next one, and the three cells of the row below.
      for (const std::int64_t below : {0, 1}) {
        const Celled from{one->row + below, below == 0 ? one->column : one->column - 1, below == 0 ? one->point + 1 : 0};
        auto other = std::lower_bound(below == 0 ? one : cells.begin(), cells.end(), from);
        for (std::ptrdiff_t seen = 0; other != cells.end() && seen < 3 * mostOfCell; ++other, ++seen) {
          if (other->row != one->row + below || other->column > one->column + 1) break;
          Point& a = points[one->point];
          Point& b = points[other->point];
          const Point before = a;
          pushApart(a, b, distance, other->point);
          moved = moved || before != a;
        }
      }
    }
    if (!moved) return;
  }
}

}  // namespace plexarium
