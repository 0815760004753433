#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/graph/topology.h"

namespace plexarium {

/// Distance that layouts aim at between linked neurons, world units; a neuron's disc has radius 1.
inline constexpr double idealLinkLength = 6;
/// Centres that a layout leaves nearer than this to each other there are none (frozen neurons among themselves excepted).
inline constexpr double minimumSpacing = 2.4;

/// What a layout works on: one entry per row in every list that is not empty. A Graph or a snapshot's image provides it.
struct LayoutInput {
  std::span<const Point> positions{};      ///< Where the neurons are now, finite.
  Topology topology{};                     ///< `ids` are not needed.
  std::span<const Role> roles{};           ///< Empty: all Inter.
  std::span<const Point> coordinates{};    ///< Given places in any unit; only where the layout needs them.
  std::span<const std::uint8_t> frozen{};  ///< Not 0: stays where it is. Empty: nobody.
  std::uint64_t seed = 1;
};

/// How a long layout is watched and stopped. Both are used on the thread that called `arrange`.
struct LayoutWatch {
  std::stop_token stop{};  ///< When asked to stop: what has been reached so far is finished and returned.
  /// Share done (0..1, rising) and where the neurons are by now; called at most about 200 times.
  std::function<void(double, std::span<const Point>)> progress{};
};

/// One way of laying out, for menus and command lines.
struct Layout {
  std::string key;
  std::string label;
  std::string help;
  bool needsCoordinates = false;
  /// The bare layout on a checked input; the frozen are the layout's business. Callers use `arrange`.
  std::vector<Point> (*place)(const LayoutInput&, const LayoutWatch&);
};

std::span<const Layout> layouts();
/// Null where no layout is called that.
const Layout* findLayout(std::string_view key);

/// New places for all neurons, in row order, centred on 0 where none is frozen; no two discs overlap. The same input gives
/// the same places. Pure; any thread; ring, grid and by role take O(n), force-directed O((n + links) log n).
/// Errors: lists of the wrong length, places that are not finite or beyond a million
/// world units (coordinates: 1e18 of their units), coordinates missing.
Result<std::vector<Point>> arrange(const Layout& layout, const LayoutInput& input, const LayoutWatch& watch = {});

}  // namespace plexarium
