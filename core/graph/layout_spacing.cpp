#include "core/graph/layout_spacing.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "core/graph/layout.h"
#include "core/random.h"

namespace plexarium {
namespace {

struct Box {
  float left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
  void cover(Point point) {
    left = std::min(left, point.x);
    top = std::min(top, point.y);
    right = std::max(right, point.x);
    bottom = std::max(bottom, point.y);
  }
  [[nodiscard]] float width() const { return right - left; }
  [[nodiscard]] float height() const { return bottom - top; }
};

Box boxOf(std::span<const Point> places) {
  Box box;
  for (const auto place : places) box.cover(place);
  return box;
}

double squaredDistance(Point a, Point b) {
  const double x = double{a.x} - double{b.x};
  const double y = double{a.y} - double{b.y};
  return x * x + y * y;
}

/// Rows sorted along the longer side of all places, so that near ones are found by walking a short way along the list.
class Sweep {
 public:
  explicit Sweep(std::span<const Point> places) : places_(places), order_(places.size()) {
    const auto box = boxOf(places);
    across_ = box.width() >= box.height();
    std::iota(order_.begin(), order_.end(), 0U);
    std::ranges::sort(order_, {}, [this](std::uint32_t row) { return std::pair(along(row), row); });
  }
  [[nodiscard]] std::size_t size() const { return order_.size(); }
  [[nodiscard]] std::uint32_t row(std::size_t place) const { return order_[place]; }
  [[nodiscard]] float along(std::uint32_t row) const { return across_ ? places_[row].x : places_[row].y; }

 private:
  std::span<const Point> places_;
  std::vector<std::uint32_t> order_;
  bool across_ = true;
};

/// One round of pushing; how many pairs were too near.
class Pusher {
 public:
  Pusher(std::vector<Point>& places, std::span<const std::uint8_t> frozen, std::uint64_t seed)
      : places_(places), frozen_(frozen), random_(seed, 0x50555348U) {}

  std::size_t round() {
    // A margin makes the last rounds end instead of creeping up to the limit.
    constexpr double wanted = minimumSpacing * 1.02;
    std::size_t near = 0;
    const Sweep sweep(places_);
    ++rounds_;
    for (std::size_t a = 0; a < sweep.size(); ++a) {
      const auto row = sweep.row(a);
      // Those pushed during this round may have left their place in the order; the next round finds them.
      for (std::size_t b = a + 1; b < sweep.size() && sweep.along(sweep.row(b)) - sweep.along(row) < wanted; ++b) {
        const auto other = sweep.row(b);
        if (stays(row) && stays(other)) continue;
        const double squared = squaredDistance(places_[row], places_[other]);
        if (squared >= minimumSpacing * minimumSpacing) continue;
        ++near;
        push(row, other, std::sqrt(squared), wanted);
      }
    }
    return near;
  }
  [[nodiscard]] std::uint32_t rounds() const { return rounds_; }

 private:
  [[nodiscard]] bool stays(std::uint32_t row) const { return !frozen_.empty() && frozen_[row] != 0; }

  void push(std::uint32_t row, std::uint32_t other, double distance, double wanted) {
    double x = double{places_[other].x} - double{places_[row].x};
    double y = double{places_[other].y} - double{places_[row].y};
    // Neurons on the same spot get a direction by chance. So do, over growing distances, those that pushing does not free:
    // wedged between frozen ones, or so far out that a small step is lost in rounding.
    const bool wedged = rounds_ > (frozen_.empty() ? 200U : 50U);
    if (distance < 1e-3 || wedged) {
      const double angle = 2 * std::numbers::pi * random_.uniform(other, rounds_);
      x = std::cos(angle);
      y = std::sin(angle);
      distance = wedged ? -0.02 * rounds_ : 0;
    } else {
      x /= distance;
      y /= distance;
    }
    const double gap = wanted - distance;
    const double share = stays(row) ? 0 : stays(other) ? 1 : 0.5;
    move(row, -x * gap * share, -y * gap * share);
    move(other, x * gap * (1 - share), y * gap * (1 - share));
  }
  void move(std::uint32_t row, double x, double y) {
    places_[row].x += static_cast<float>(x);
    places_[row].y += static_cast<float>(y);
  }

  std::vector<Point>& places_;
  std::span<const std::uint8_t> frozen_;
  RandomStream random_;
  std::uint32_t rounds_ = 0;
};

}  // namespace

void centre(std::span<Point> places) {
  const auto box = boxOf(places);
  const float x = (box.left + box.right) / 2;
  const float y = (box.top + box.bottom) / 2;
  for (auto& place : places) place = {place.x - x, place.y - y};
}

void scale(std::span<Point> places, double factor) {
  for (auto& place : places) {
    place = {static_cast<float>(place.x * factor), static_cast<float>(place.y * factor)};
  }
}

double neighbourDistance(std::span<const Point> places, double share) {
  if (places.size() < 2) return 0;
  const Sweep sweep(places);
  std::vector<double> nearest(places.size(), INFINITY);
  for (std::size_t a = 0; a < sweep.size(); ++a) {
    const auto row = sweep.row(a);
    for (std::size_t b = a + 1; b < sweep.size(); ++b) {
      const auto other = sweep.row(b);
      const double ahead = sweep.along(other) - sweep.along(row);
      if (ahead * ahead > nearest[row]) break;
      const double squared = squaredDistance(places[row], places[other]);
      nearest[row] = std::min(nearest[row], squared);
      nearest[other] = std::min(nearest[other], squared);
    }
  }
  const auto middle = nearest.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(nearest.size() - 1));
  std::ranges::nth_element(nearest, middle);
  return std::sqrt(*middle);
}

void removeOverlaps(std::vector<Point>& places, std::span<const std::uint8_t> frozen, std::uint64_t seed) {
  Pusher pusher(places, frozen, seed);
  const bool mayGrow = std::ranges::none_of(frozen, [](std::uint8_t stays) { return stays != 0; });
  while (pusher.round() > 0) {
    // A crowd disperses slowly from its rim inward; stretching everything keeps its shape and ends it.
    if (mayGrow && pusher.rounds() % 20 == 0) scale(places, 1.1);
  }
}

void pack(std::span<const Parcel> parcels, std::span<Point> places) {
  struct Item {
    std::size_t parcel;
    Box box;
  };
  constexpr auto margin = static_cast<float>(idealLinkLength);
  std::vector<Item> items;
  Box fixed;
  double area = 0;
  float widest = 0;
  for (std::size_t parcel = 0; parcel < parcels.size(); ++parcel) {
    Box box;
    for (const auto row : parcels[parcel].rows) (parcels[parcel].fixed ? fixed : box).cover(places[row]);
    if (parcels[parcel].fixed || parcels[parcel].rows.empty()) continue;
    area += double{box.width() + margin} * double{box.height() + margin};
    widest = std::max(widest, box.width());
    items.push_back({parcel, box});
  }
  std::ranges::stable_sort(items, std::greater{}, [](const Item& item) { return item.box.height(); });
  const bool below = fixed.left <= fixed.right;
  const float left = below ? fixed.left : 0;
  const float shelfWidth = std::max(widest, static_cast<float>(std::sqrt(area * std::numbers::phi)));
  float x = 0;
  float y = below ? fixed.bottom + margin : 0;
  float shelf = 0;
  for (const auto& item : items) {
    if (x > 0 && x + item.box.width() > shelfWidth) {
      y += shelf + margin;
      x = shelf = 0;
    }
    for (const auto row : parcels[item.parcel].rows) {
      places[row] = {places[row].x - item.box.left + left + x, places[row].y - item.box.top + y};
    }
    x += item.box.width() + margin;
    shelf = std::max(shelf, item.box.height());
  }
}

}  // namespace plexarium
