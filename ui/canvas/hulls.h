#pragma once

#include <string>
#include <vector>

#include "ui/canvas/lens.h"
#include "ui/canvas/network_geometry.h"

namespace plexarium::ui {

/// A group as it lies in the world.
struct GroupArea {
  GroupId group;
  std::uint8_t colour = 0;
  std::string label;
  std::vector<Point> outline;  ///< Convex, in order around it.
  Point top;                   ///< Middle of its upper side.
  float distance = 0;          ///< Of the outline to members, world units.
};

/// The smallest convex outline, with round corners, that keeps `distance` from every place; empty for none. Source: the
/// monotone chain of A. M. Andrew, "Another efficient algorithm for convex hulls in two dimensions", Information Processing
/// Letters 9 (1979).
std::vector<Point> outlineAround(const std::vector<Point>& places, float distance);

/// Every group that has a member in sight and lies apart: where many others are within its outline, colours
/// tell who belongs to it (Colouring::Group). A group comes before those within it. `graph` is what the lens yielded last.
std::vector<GroupArea> groupAreas(const Lens& lens, const GraphImage& graph, const NetworkGeometry& geometry);

/// Draws the outline of a group anew, some of whose members lie elsewhere now. `graph`: as above.
void outlineAnew(GroupArea& area, const GraphImage& graph, const NetworkGeometry& geometry);

}  // namespace plexarium::ui
