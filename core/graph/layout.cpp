#include "core/graph/layout.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "core/graph/layout_force.h"
#include "core/graph/layout_spacing.h"

namespace plexarium {
namespace {

constexpr auto spacing = static_cast<float>(idealLinkLength);
/// Places farther out are refused, so that a neuron's disc stays well above the rounding of a float.
constexpr double farthest = 1e6;

bool isFrozen(const LayoutInput& input, std::size_t row) { return !input.frozen.empty() && input.frozen[row] != 0; }

/// Rows that may move.
std::vector<std::uint32_t> freeRows(const LayoutInput& input) {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < input.positions.size(); ++row) {
    if (!isFrozen(input, row)) rows.push_back(row);
  }
  return rows;
}

Point gridPlace(std::size_t index, std::size_t columns) {
  return {spacing * static_cast<float>(index % columns), spacing * static_cast<float>(index / columns)};
}

/// Puts the rows at the places, centred on 0; everybody else stays.
std::vector<Point> settle(const LayoutInput& input, const std::vector<std::uint32_t>& rows, std::vector<Point> places) {
  centre(places);
  std::vector<Point> all(input.positions.begin(), input.positions.end());
  for (std::size_t k = 0; k < rows.size(); ++k) all[rows[k]] = places[k];
  if (rows.size() < all.size()) removeOverlaps(all, input.frozen, input.seed);
  return all;
}

/// Clockwise from the top, in row order.
std::vector<Point> ring(const LayoutInput& input, const LayoutWatch& /*watch*/) {
  const auto rows = freeRows(input);
  const auto count = static_cast<double>(rows.size());
  const double radius = rows.size() < 2 ? 0 : spacing / (2 * std::sin(std::numbers::pi / count));
  std::vector<Point> places;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(k) / count;
    places.push_back({static_cast<float>(radius * std::sin(angle)), static_cast<float>(-radius * std::cos(angle))});
  }
  return settle(input, rows, std::move(places));
}

/// Row by row in a square.
std::vector<Point> grid(const LayoutInput& input, const LayoutWatch& /*watch*/) {
  const auto rows = freeRows(input);
  const auto columns = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(rows.size()))));
  std::vector<Point> places;
  for (std::size_t k = 0; k < rows.size(); ++k) places.push_back(gridPlace(k, columns));
  return settle(input, rows, std::move(places));
}

/// Three blocks side by side, each filled column by column; one column each as long as that is not too high.
std::vector<Point> byRole(const LayoutInput& input, const LayoutWatch& /*watch*/) {
  const auto rows = freeRows(input);
  std::vector<std::vector<std::size_t>> blocks(3);
  for (std::size_t k = 0; k < rows.size(); ++k) {
    blocks[static_cast<std::size_t>(input.roles.empty() ? Role::Inter : input.roles[rows[k]])].push_back(k);
  }
  const auto largest = std::max({blocks[0].size(), blocks[1].size(), blocks[2].size()});
  const auto square = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(largest))));
  const auto height = std::max(square, std::min<std::size_t>(largest, 12));
  std::vector<Point> places(rows.size());
  float left = 0;
  for (const auto& block : blocks) {
    if (block.empty()) continue;
    const auto columns = (block.size() + height - 1) / height;
    const auto perColumn = (block.size() + columns - 1) / columns;
    for (std::size_t k = 0; k < block.size(); ++k) {
      const auto turned = gridPlace(k, perColumn);
      places[block[k]] = {left + turned.y, turned.x - spacing * static_cast<float>(perColumn - 1) / 2};
    }
    left += spacing * static_cast<float>(columns + 1);
  }
  return settle(input, rows, std::move(places));
}

/// The given places, scaled alike in both directions until neighbours are about a link length apart.
std::vector<Point> byCoordinates(const LayoutInput& input, const LayoutWatch& /*watch*/) {
  const auto rows = freeRows(input);
  std::vector<Point> places;
  for (const auto row : rows) places.push_back(input.coordinates[row]);
  centre(places);
  double extent = 0;
  for (const auto place : places) extent = std::max<double>({extent, std::abs(place.x), std::abs(place.y)});
  const double apart = neighbourDistance(places, 0.5);
  if (extent > 0) scale(places, std::min(apart > 0 ? idealLinkLength / apart : 1.0, farthest / extent));
  removeOverlaps(places, {}, input.seed);
  return settle(input, rows, std::move(places));
}

std::vector<Point> byForce(const LayoutInput& input, const LayoutWatch& watch) {
  ForceLayout force(input);
  double reported = -1;
  while (!watch.stop.stop_requested() && force.step()) {
    if (!watch.progress || force.progress() < reported + 0.005) continue;
    reported = force.progress();
    watch.progress(reported, force.positions());
  }
  return force.finished();
}

Result<void> checkInput(const Layout& layout, const LayoutInput& input) {
  const auto count = input.positions.size();
  const auto fits = [count](std::size_t size) { return size == 0 || size == count; };
  if (!fits(input.topology.neuronCount()) || !fits(input.roles.size()) || !fits(input.frozen.size())) {
    return failure("layout '" + layout.key + "' got lists of different lengths");
  }
  assert(input.topology.firstLink.empty() || input.topology.firstLink.back() == input.topology.targets.size());
  if (layout.needsCoordinates && input.coordinates.size() != count) {
    return failure("layout '" + layout.key + "' needs coordinates for all " + std::to_string(count) + " neurons", {},
                   "Import coordinates, or choose another layout");
  }
  for (const auto& points : {input.positions, input.coordinates}) {
    for (std::size_t row = 0; row < points.size(); ++row) {
      const double limit = points.data() == input.coordinates.data() ? 1e18 : farthest;
      if (std::abs(points[row].x) <= limit && std::abs(points[row].y) <= limit) continue;
      return failure("a place is not finite or too far out", "row " + std::to_string(row), "Give the neuron another place");
    }
  }
  return {};
}

}  // namespace

std::span<const Layout> layouts() {
  static const std::vector<Layout> all{
      {"force", "Force-directed", "Linked neurons attract, all others repel each other: shows what belongs together.", false,
       byForce},
      {"ring", "Ring", "All neurons on one circle, clockwise from the top.", false, ring},
      {"grid", "Grid", "Row by row in a square.", false, grid},
      {"role", "By role", "Sensory neurons left, inter neurons in the middle, motor neurons right.", false, byRole},
      {"coordinates", "By coordinates", "Where the given coordinates say, scaled to fit.", true, byCoordinates},
  };
  return all;
}

const Layout* findLayout(std::string_view key) {
  const auto all = layouts();
  const auto found = std::ranges::find(all, key, &Layout::key);
  return found == all.end() ? nullptr : &*found;
}

Result<std::vector<Point>> arrange(const Layout& layout, const LayoutInput& input, const LayoutWatch& watch) {
  if (auto checked = checkInput(layout, input); !checked) return tl::unexpected(checked.error());
  return layout.place(input, watch);
}

}  // namespace plexarium
