#pragma once

#include <string>
#include <vector>

#include "ui/canvas/camera.h"
#include "ui/canvas/network_geometry.h"
#include "ui/canvas/raster.h"

namespace plexarium::ui {

// What is to be drawn, in pixels of the surface and in colours: all that a painter needs to know.

struct Stroke {
  Spot from, to;
  Pixel colour = 0;
  float width = 1;  ///< At most 1: one pixel, whatever the slope.
  Dash dash;
};

struct StrokeEnd {
  Spot tip;
  Spot direction;  ///< Unit vector.
  float size = 0;
  Pixel colour = 0;
  LinkEnd end = LinkEnd::Arrow;
};

struct Glow {
  Spot centre;
  float radius = 0;
  Pixel colour = 0;
};

/// A convex area.
struct Hull {
  std::vector<Spot> corners;  ///< In order around it, either way.
  Pixel fill = 0;
  Pixel rim = 0;
  float width = 1;
};

struct Ring {
  Spot centre;
  float radius = 0;
  float width = 1;
  float turn = 1;
  Pixel colour = 0;
};

struct NodeMark {
  Spot centre;
  float radius = 0;
  Shape shape = Shape::Disc;
  Role role = Role::Inter;
  ShapePaint paint;
  float store = -1;  ///< Ring, 0..1; negative: none.
  Pixel storeColour = 0;
  Pixel storeRest = 0;
};

struct Name {
  Spot top;  ///< Middle of the text's upper edge.
  std::string text;
  Pixel ink = 0;
  Pixel shade = 0;
  bool operator==(const Name&) const = default;
};

/// Drawn in the order of the members; entries of a list in their order.
struct DisplayList {
  std::vector<Hull> hulls;
  std::vector<Stroke> strokes;
  std::vector<StrokeEnd> ends;
  std::vector<Glow> glows;
  std::vector<NodeMark> nodes;
  std::vector<Ring> rings;
  std::vector<Stroke> marks;  ///< Over everything but names.
  std::vector<Name> names;

  void clear() {
    hulls.clear(), strokes.clear(), ends.clear(), glows.clear(), nodes.clear(), rings.clear(), marks.clear(), names.clear();
  }
};

/// Draws all but the names (text needs Qt).
void draw(const Surface& surface, const DisplayList& list);

/// The part of a path from `begin` to `end` (0..1 of its length) as strokes.
void addPath(std::vector<Stroke>& strokes, const LinkPath& path, Pixel colour, float width, Dash dash = {}, float begin = 0,
             float end = 1);
/// How a path ends; nothing for a path without length.
void addEnd(const LinkPath& path, LinkEnd end, float size, Pixel colour, DisplayList& list);
/// The rim of a hull as strokes.
void addRim(std::vector<Stroke>& strokes, const Hull& hull);
/// Place at `t` (0..1 of the length) on a path that is not empty.
Spot placeOn(const LinkPath& path, float t);

}  // namespace plexarium::ui
