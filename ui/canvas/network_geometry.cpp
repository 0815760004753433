#include "ui/canvas/network_geometry.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <numeric>

#include "ui/canvas/raster.h"

namespace plexarium::ui {
namespace {

// In radii of a neuron.
constexpr float leaveAt = 1.15F;   // a link leaves its source just outside the rim
constexpr float arriveAt = 1.42F;  // and ends outside its target's ring
constexpr float loopRadius = 0.9F;
constexpr float loopHeight = 1.75F;

/// Mixes all bits. Source: the finalizer of MurmurHash3 (A. Appleby, public domain).
std::uint64_t scramble(std::uint64_t key) {
  key = (key ^ key >> 33) * 0xff51afd7ed558ccdULL;
  key = (key ^ key >> 33) * 0xc4ceb9fe1a85ec53ULL;
  return key ^ key >> 33;
}

float squaredDistance(Spot p, Spot a, Spot b) {
  const float dx = b.x - a.x;
  const float dy = b.y - a.y;
  const float square = dx * dx + dy * dy;
  const float t = square > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0.0F, 1.0F) : 0.0F;
  const float ex = a.x + t * dx - p.x;
  const float ey = a.y + t * dy - p.y;
  return ex * ex + ey * ey;
}

void add(LinkPath& path, Spot spot) {
  if (path.count > 0) {
    const Spot last = path.spots[path.count - 1];
    path.length += std::hypot(spot.x - last.x, spot.y - last.y);
  }
  path.spots[path.count++] = spot;
}

/// How far a link that has one back bows out to its left, for a length in radii.
float bow(float length) { return std::min(0.09F * length, 2.0F); }

}  // namespace

NetworkGeometry::Change NetworkGeometry::adopt(const GraphImage& graph) {
  const bool moved = graph.positions != image_.positions;
  const bool rewired = graph.targets != image_.targets || graph.firstLink != image_.firstLink || graph.ids != image_.ids;
  image_ = graph;
  if (rewired) {
    adoptLinks();
    std::erase_if(previewRows_, [this](std::size_t row) { return row >= image_.positions->size(); });
  }
  if (moved || rewired) setPreview(std::move(previewRows_), previewOffset_);
  return {moved, rewired};
}

void NetworkGeometry::adoptLinks() {
  const auto& first = *image_.firstLink;
  const auto& targets = *image_.targets;
  const auto& ids = *image_.ids;
  assert(first.size() == ids.size() + 1 && first.back() == targets.size());
  sources_.resize(targets.size());
  mutual_.assign(targets.size(), 0);
  for (std::uint32_t row = 0; row < ids.size(); ++row)
    std::fill(sources_.begin() + first[row], sources_.begin() + first[row + 1], row);
  for (std::size_t link = 0; link < targets.size(); ++link) {
    const auto begin = targets.begin() + first[targets[link]];
    mutual_[link] = std::binary_search(begin, targets.begin() + first[targets[link] + 1], sources_[link]);
  }
  shuffle();
}

/// Sorts the links by the high bits of their hashes, one bucket for a few links: a network may rewire itself every frame.
void NetworkGeometry::shuffle() {
  const auto& ids = *image_.ids;
  const int bits = std::clamp(static_cast<int>(std::bit_width(sources_.size())) - 2, 1, 20);
  std::vector<std::uint32_t> bucket(sources_.size());
  std::vector<std::uint32_t> next((std::size_t{1} << bits) + 1);
  for (std::size_t link = 0; link < bucket.size(); ++link) {
    const std::uint64_t key = std::uint64_t{ids[sources_[link]].value} << 32 | ids[target(link)].value;
    bucket[link] = static_cast<std::uint32_t>(scramble(key) >> (64 - bits));
    ++next[bucket[link] + 1];
  }
  std::partial_sum(next.begin(), next.end(), next.begin());
  shuffled_.resize(bucket.size());
  for (std::uint32_t link = 0; link < bucket.size(); ++link) shuffled_[next[bucket[link]]++] = link;
}

void NetworkGeometry::setPreview(std::vector<std::size_t> rows, Point offset) {
  previewRows_ = std::move(rows);
  previewOffset_ = offset;
  positions_ = *image_.positions;
  for (const std::size_t row : previewRows_) {
    positions_[row].x += offset.x;
    positions_[row].y += offset.y;
  }
  gridValid_ = false;
}

Box NetworkGeometry::bounds() const {
  Box box;
  for (const Point p : positions_) box.include(p);
  return box;
}

bool LinkPath::mayShow(const Camera& camera) const {
  if (count < 2) return false;
  float left = spots[0].x, right = left, top = spots[0].y, bottom = top;
  for (int i = 1; i < count; ++i) {
    left = std::min(left, spots[i].x), right = std::max(right, spots[i].x);
    top = std::min(top, spots[i].y), bottom = std::max(bottom, spots[i].y);
  }
  return right > 0 && bottom > 0 && left < static_cast<float>(camera.width) && top < static_cast<float>(camera.height);
}

LinkPath loopCourse(Spot centre, const Camera& camera) {
  const float radius = camera.scale;
  LinkPath path;
  if (radius < 1.5F) return path;
  for (int i = 0; i < LinkPath::most; ++i) {
    const float turn = 0.14F + 0.72F * static_cast<float>(i) / (LinkPath::most - 1);
    const float angle = turn * 6.2831853F;
    add(path, {centre.x + std::sin(angle) * loopRadius * radius,
               centre.y - loopHeight * radius + std::cos(angle) * loopRadius * radius});
  }
  return path;
}

LinkPath NetworkGeometry::path(std::size_t link, const Camera& camera) const {
  const std::size_t from = source(link);
  const std::size_t to = target(link);
  const Spot a = camera.toScreen(positions_[from]);
  if (from == to) return loopCourse(a, camera);
  return linkCourse(a, camera.toScreen(positions_[to]), mutual_[link] != 0, camera);
}

LinkPath linkCourse(Spot a, Spot b, bool mutual, const Camera& camera) {
  LinkPath path;
  const float dx = b.x - a.x;
  const float dy = b.y - a.y;
  const float distance = std::sqrt(dx * dx + dy * dy);
  if (distance <= 0) return path;
  // Below a few pixels the neuron covers the difference and the whole length is the cheaper line.
  const bool trimmed = camera.scale > 2;
  const float begin = trimmed ? leaveAt * camera.scale / distance : 0;
  const float end = trimmed ? 1 - arriveAt * camera.scale / distance : 1;
  if (begin >= end) return path;
  const float sagitta = mutual ? bow(distance / camera.scale) * camera.scale : 0;
  if (sagitta < 0.8F) {
    // Two opposite straight lines would hide each other; far out they are one anyway.
    add(path, {a.x + dx * begin, a.y + dy * begin});
    add(path, {a.x + dx * end, a.y + dy * end});
    return path;
  }
  const int pieces = std::clamp(static_cast<int>(3 + std::sqrt(sagitta)), 3, LinkPath::most - 1);
  const float sideX = dy / distance * sagitta;
  const float sideY = -dx / distance * sagitta;
  for (int i = 0; i <= pieces; ++i) {
    const float t = begin + (end - begin) * static_cast<float>(i) / static_cast<float>(pieces);
    const float out = 4 * t * (1 - t);
    add(path, {a.x + dx * t + sideX * out, a.y + dy * t + sideY * out});
  }
  return path;
}

double NetworkGeometry::ink(const Camera& camera) const {
  constexpr std::size_t most = 2048;
  const std::size_t count = std::min(most, shuffled_.size());
  if (count == 0) return 0;
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    Spot a = camera.toScreen(positions_[source(shuffled_[i])]);
    Spot b = camera.toScreen(positions_[target(shuffled_[i])]);
    if (!clipLine(a.x, a.y, b.x, b.y, 0, 0, static_cast<float>(camera.width), static_cast<float>(camera.height))) continue;
    sum += std::max(std::fabs(b.x - a.x), std::fabs(b.y - a.y));
  }
  return sum * static_cast<double>(shuffled_.size()) / static_cast<double>(count);
}

void NetworkGeometry::buildGrid() const {
  gridValid_ = true;
  gridBox_ = bounds();
  const float width = std::max(gridBox_.right - gridBox_.left, 1e-3F);
  const float height = std::max(gridBox_.bottom - gridBox_.top, 1e-3F);
  // About one neuron a cell, at most 512 cells a side.
  gridCell_ = std::max({std::sqrt(width * height / static_cast<float>(positions_.size())), width / 512, height / 512});
  gridColumns_ = static_cast<int>(width / gridCell_) + 1;
  gridLines_ = static_cast<int>(height / gridCell_) + 1;
  const auto cellOf = [this](Point p) {
    const int column = std::clamp(static_cast<int>((p.x - gridBox_.left) / gridCell_), 0, gridColumns_ - 1);
    const int line = std::clamp(static_cast<int>((p.y - gridBox_.top) / gridCell_), 0, gridLines_ - 1);
    return static_cast<std::size_t>(line) * gridColumns_ + column;
  };
  gridFirst_.assign(static_cast<std::size_t>(gridColumns_) * gridLines_ + 1, 0);
  for (const Point p : positions_) ++gridFirst_[cellOf(p) + 1];
  std::partial_sum(gridFirst_.begin(), gridFirst_.end(), gridFirst_.begin());
  gridRows_.resize(positions_.size());
  std::vector<std::uint32_t> next(gridFirst_.begin(), gridFirst_.end() - 1);
  for (std::uint32_t row = 0; row < positions_.size(); ++row) gridRows_[next[cellOf(positions_[row])]++] = row;
}

std::optional<std::size_t> NetworkGeometry::neuronAt(Point world, float reach) const {
  if (positions_.empty()) return std::nullopt;
  if (!gridValid_) buildGrid();
  const auto cell = [this](float value, float origin, int count) {
    return static_cast<int>(std::clamp((value - origin) / gridCell_, 0.0F, static_cast<float>(count - 1)));
  };
  std::optional<std::size_t> best;
  float nearest = reach * reach;
  for (int line = cell(world.y - reach, gridBox_.top, gridLines_); line <= cell(world.y + reach, gridBox_.top, gridLines_);
       ++line) {
    for (int column = cell(world.x - reach, gridBox_.left, gridColumns_);
         column <= cell(world.x + reach, gridBox_.left, gridColumns_); ++column) {
      const std::size_t at = static_cast<std::size_t>(line) * gridColumns_ + column;
      for (std::uint32_t i = gridFirst_[at]; i < gridFirst_[at + 1]; ++i) {
        const Point p = positions_[gridRows_[i]];
        const float square = (p.x - world.x) * (p.x - world.x) + (p.y - world.y) * (p.y - world.y);
        if (square > nearest) continue;
        nearest = square;
        best = gridRows_[i];
      }
    }
  }
  return best;
}

std::optional<std::size_t> NetworkGeometry::linkAt(Spot spot, float reach, const Camera& camera) const {
  std::optional<std::size_t> best;
  float nearest = reach * reach;
  // No course leaves the box around its ends by more than this: most links are passed over by four comparisons.
  const Point place = camera.toWorld(spot);
  const float room = reach / camera.scale + loopHeight + loopRadius;
  for (std::size_t link = 0; link < sources_.size(); ++link) {
    const Point from = positions_[source(link)];
    const Point to = positions_[target(link)];
    if (place.x < std::min(from.x, to.x) - room || place.x > std::max(from.x, to.x) + room ||
        place.y < std::min(from.y, to.y) - room || place.y > std::max(from.y, to.y) + room) {
      continue;
    }
    const Spot a = camera.toScreen(from);
    const Spot b = camera.toScreen(to);
    // No course strays further from its straight line than this.
    const bool self = source(link) == target(link);
    const float stray = reach + (self ? loopHeight + loopRadius : mutual_[link] ? 2.0F : 0.0F) * camera.scale;
    if (squaredDistance(spot, a, b) > stray * stray) continue;
    const LinkPath course = path(link, camera);
    for (int i = 1; i < course.count; ++i) {
      const float square = squaredDistance(spot, course.spots[i - 1], course.spots[i]);
      if (square > nearest) continue;
      nearest = square;
      best = link;
    }
  }
  return best;
}

std::vector<std::size_t> NetworkGeometry::neuronsIn(const Box& box) const {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < positions_.size(); ++row) {
    if (box.holds(positions_[row])) rows.push_back(row);
  }
  return rows;
}

}  // namespace plexarium::ui
