#include "ui/canvas/display_list.h"

#include <cmath>

namespace plexarium::ui {
namespace {

bool touches(const Surface& surface, float top, float bottom) {
  return bottom >= static_cast<float>(surface.top) && top <= static_cast<float>(surface.bottom);
}

void draw(const Surface& surface, const Stroke& stroke) {
  const float room = stroke.width + 1;
  if (!touches(surface, std::min(stroke.from.y, stroke.to.y) - room, std::max(stroke.from.y, stroke.to.y) + room)) return;
  if (stroke.width <= 1) {
    drawLine(surface, stroke.from.x, stroke.from.y, stroke.to.x, stroke.to.y, stroke.colour, LineQuality::Smooth,
             stroke.dash);
  } else {
    drawThickLine(surface, stroke.from.x, stroke.from.y, stroke.to.x, stroke.to.y, stroke.width, stroke.colour, stroke.dash);
  }
}

/// A neuron too small for a shape: its colour on as many pixels as it covers.
void drawSpeck(const Surface& surface, const NodeMark& node) {
  const Pixel colour = mixed(node.paint.outline, node.paint.fill, node.paint.level * 0.5F);
  drawDisc(surface, node.centre.x, node.centre.y, std::max(node.radius, 0.7F), colour);
}

/// Sensory neurons wear a wedge that points in from the left, motor neurons one that points out to the right.
void drawRole(const Surface& surface, const NodeMark& node) {
  if (node.role == Role::Inter || node.radius < 4) return;
  const float wedge = node.radius * 0.55F;
  const float base = node.centre.x + node.radius * (node.role == Role::Sensory ? -2.05F : 1.5F);
  const float y = node.centre.y;
  drawTriangle(surface, base, y - wedge * 0.8F, base, y + wedge * 0.8F, base + wedge, y, node.paint.outline);
}

void draw(const Surface& surface, const NodeMark& node) {
  const float reach = node.radius * 2.2F + 2;
  if (!touches(surface, node.centre.y - reach, node.centre.y + reach)) return;
  if (node.radius < 1.5F) return drawSpeck(surface, node);
  if (node.store >= 0 && node.radius >= 4) {
    const float radius = node.radius * 1.27F;
    const float width = std::max(1.0F, node.radius * 0.16F);
    drawRing(surface, node.centre.x, node.centre.y, radius, width, node.store, node.storeColour, node.storeRest);
    // Corners of a square or a triangle would cross the ring.
    drawShape(surface, node.shape, node.centre.x, node.centre.y,
              node.radius / std::max(1.0F, shapeExtent(node.shape) * 0.88F), node.paint);
  } else {
    drawShape(surface, node.shape, node.centre.x, node.centre.y, node.radius, node.paint);
  }
  drawRole(surface, node);
}

}  // namespace

void draw(const Surface& surface, const DisplayList& list) {
  for (const Hull& hull : list.hulls) {
    drawConvex(surface, hull.corners, hull.fill);
    std::vector<Stroke> rim;
    addRim(rim, hull);
    for (const Stroke& stroke : rim) draw(surface, stroke);
  }
  for (const Stroke& stroke : list.strokes) draw(surface, stroke);
  for (const StrokeEnd& end : list.ends) {
    if (!touches(surface, end.tip.y - 2 * end.size, end.tip.y + 2 * end.size)) continue;
    drawLinkEnd(surface, end.end, end.tip.x, end.tip.y, end.direction.x, end.direction.y, end.size, end.colour);
  }
  for (const Glow& glow : list.glows) drawGlow(surface, glow.centre.x, glow.centre.y, glow.radius, glow.colour);
  for (const NodeMark& node : list.nodes) draw(surface, node);
  for (const Ring& ring : list.rings) {
    drawRing(surface, ring.centre.x, ring.centre.y, ring.radius, ring.width, ring.turn, ring.colour);
  }
  for (const Stroke& stroke : list.marks) draw(surface, stroke);
}

void addPath(std::vector<Stroke>& strokes, const LinkPath& path, Pixel colour, float width, Dash dash, float begin,
             float end) {
  float passed = 0;
  for (int i = 1; i < path.count; ++i) {
    const Spot a = path.spots[i - 1];
    const Spot b = path.spots[i];
    const float length = path.count == 2 ? path.length : std::hypot(b.x - a.x, b.y - a.y);
    if (length <= 0) continue;
    const float from = std::max(0.0F, (begin * path.length - passed) / length);
    const float to = std::min(1.0F, (end * path.length - passed) / length);
    if (from < to) {
      strokes.push_back({{a.x + (b.x - a.x) * from, a.y + (b.y - a.y) * from},
                         {a.x + (b.x - a.x) * to, a.y + (b.y - a.y) * to},
                         colour,
                         width,
                         {dash.unit, dash.start + passed + from * length}});
    }
    passed += length;
  }
}

void addEnd(const LinkPath& path, LinkEnd end, float size, Pixel colour, DisplayList& list) {
  if (path.count < 2) return;
  const Spot a = path.spots[path.count - 2];
  const Spot b = path.spots[path.count - 1];
  const float length = std::hypot(b.x - a.x, b.y - a.y);
  if (length > 0) list.ends.push_back({b, {(b.x - a.x) / length, (b.y - a.y) / length}, size, colour, end});
}

void addRim(std::vector<Stroke>& strokes, const Hull& hull) {
  for (std::size_t i = 0; i < hull.corners.size(); ++i) {
    strokes.push_back({hull.corners[i], hull.corners[(i + 1) % hull.corners.size()], hull.rim, hull.width, {}});
  }
}

Spot placeOn(const LinkPath& path, float t) {
  float left = t * path.length;
  for (int i = 1; i < path.count; ++i) {
    const Spot a = path.spots[i - 1];
    const Spot b = path.spots[i];
    const float length = std::hypot(b.x - a.x, b.y - a.y);
    if (left <= length || i + 1 == path.count) {
      const float part = length > 0 ? std::min(left / length, 1.0F) : 0;
      return {a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part};
    }
    left -= length;
  }
  return path.spots[0];
}

}  // namespace plexarium::ui
