#include <array>
#include <cmath>

#include "ui/canvas/raster.h"

namespace plexarium::ui {
namespace {

constexpr float rootHalf = 0.70710678F;

std::uint32_t covered(float distance) {
  return static_cast<std::uint32_t>(std::clamp(distance + 0.5F, 0.0F, 1.0F) * 256.0F);
}

/// Distance from (x, y) to the rim in pixels, positive inside. Sizes keep the shapes' areas near a disc's.
template <Shape shape>
float inside(float x, float y, float radius) {
  if constexpr (shape == Shape::Disc) {
    return radius - std::sqrt(x * x + y * y);
  } else if constexpr (shape == Shape::Square) {
    return 0.88F * radius - std::max(std::fabs(x), std::fabs(y));
  } else if constexpr (shape == Shape::Diamond) {
    return (1.26F * radius - std::fabs(x) - std::fabs(y)) * rootHalf;
  } else if constexpr (shape == Shape::Triangle) {
    // Equilateral, point up, centred on its own middle.
    return 0.74F * radius - std::max(y, std::fabs(x) * 0.8660254F - y * 0.5F);
  } else {
    // A little flat, so that it is not taken for a disc.
    return std::min(0.85F * radius - std::fabs(y), radius - std::fabs(x) * 0.8660254F - std::fabs(y) * 0.5F);
  }
}

/// Calls `colourAt(dx, dy, pixel)` for each pixel of the box around (x, y) that may be written.
template <typename Visit>
void eachPixel(const Surface& surface, float x, float y, float reach, Visit visit) {
  // Far outside, a coordinate would not fit an int.
  if (!(std::fabs(x) < 1e6F && std::fabs(y) < 1e6F && reach < 1e6F)) return;
  const int left = std::max(0, static_cast<int>(std::floor(x - reach)));
  const int right = std::min(surface.width - 1, static_cast<int>(std::ceil(x + reach)));
  const int top = std::max(surface.top, static_cast<int>(std::floor(y - reach)));
  const int bottom = std::min(surface.bottom - 1, static_cast<int>(std::ceil(y + reach)));
  for (int row = top; row <= bottom; ++row) {
    Pixel* const pixels = surface.row(row);
    const float dy = static_cast<float>(row) + 0.5F - y;
    for (int column = left; column <= right; ++column) visit(static_cast<float>(column) + 0.5F - x, dy, pixels[column]);
  }
}

void lay(Pixel& pixel, Pixel colour, std::uint32_t coverage) {
  pixel = over(pixel, toLanes(colour), colour >> 24, coverage);
}

template <Shape shape>
void drawShapeOf(const Surface& surface, float x, float y, float radius, const ShapePaint& paint) {
  const float lowest = shape == Shape::Triangle ? 0.74F * radius : radius;
  const float highest = shape == Shape::Triangle ? -1.48F * radius : -radius;
  const float line = lowest + (highest - lowest) * std::clamp(paint.level, 0.0F, 1.0F);
  eachPixel(surface, x, y, radius * shapeExtent(shape) + 1, [&](float dx, float dy, Pixel& pixel) {
    const float distance = inside<shape>(dx, dy, radius);
    if (distance <= -0.5F) return;
    Pixel colour = paint.level > 0 ? mixed(paint.body, paint.fill, covered(dy - line)) : paint.body;
    colour = mixed(colour, paint.outline, covered(paint.outlineWidth - distance));
    lay(pixel, colour, covered(distance));
  });
}

}  // namespace

float shapeExtent(Shape shape) {
  switch (shape) {
    case Shape::Disc:
      return 1.0F;
    case Shape::Square:
      return 1.245F;
    case Shape::Diamond:
      return 1.26F;
    case Shape::Triangle:
      return 1.48F;
    case Shape::Hexagon:
      return 1.16F;
  }
  return 1.0F;
}

void drawShape(const Surface& surface, Shape shape, float x, float y, float radius, const ShapePaint& paint) {
  switch (shape) {
    case Shape::Disc:
      return drawShapeOf<Shape::Disc>(surface, x, y, radius, paint);
    case Shape::Square:
      return drawShapeOf<Shape::Square>(surface, x, y, radius, paint);
    case Shape::Diamond:
      return drawShapeOf<Shape::Diamond>(surface, x, y, radius, paint);
    case Shape::Triangle:
      return drawShapeOf<Shape::Triangle>(surface, x, y, radius, paint);
    case Shape::Hexagon:
      return drawShapeOf<Shape::Hexagon>(surface, x, y, radius, paint);
  }
}

void drawDisc(const Surface& surface, float x, float y, float radius, Pixel colour) {
  eachPixel(surface, x, y, radius + 1,
            [&](float dx, float dy, Pixel& pixel) { lay(pixel, colour, covered(inside<Shape::Disc>(dx, dy, radius))); });
}

void drawRing(const Surface& surface, float x, float y, float radius, float width, float turn, Pixel colour, Pixel rest) {
  const float angle = std::clamp(turn, 0.0F, 1.0F) * 6.2831853F;
  const float endX = std::sin(angle);
  const float endY = -std::cos(angle);
  const float half = width * 0.5F;
  const float outer = radius + half + 0.5F;
  const float inner = std::max(0.0F, radius - half - 0.5F);
  eachPixel(surface, x, y, outer, [&](float dx, float dy, Pixel& pixel) {
    const float square = dx * dx + dy * dy;
    if (square >= outer * outer || square < inner * inner) return;
    float part = turn > 0 ? 1.0F : 0.0F;
    if (turn > 0 && turn < 1) {
      // Right of the upward ray and left of the end's ray, or either of them once past half a turn.
      const float behind = endX * -dy + endY * dx;
      part = std::clamp((turn <= 0.5F ? std::min(dx, behind) : std::max(dx, behind)) + 0.5F, 0.0F, 1.0F);
    }
    lay(pixel, mixed(rest, colour, part), covered(half - std::fabs(std::sqrt(square) - radius)));
  });
}

void drawGlow(const Surface& surface, float x, float y, float radius, Pixel colour) {
  if (radius <= 0) return;
  const float scale = 1.0F / (radius * radius);
  eachPixel(surface, x, y, radius, [&](float dx, float dy, Pixel& pixel) {
    const float rest = 1.0F - (dx * dx + dy * dy) * scale;
    if (rest > 0) lay(pixel, colour, static_cast<std::uint32_t>(rest * rest * 256.0F));
  });
}

void drawTriangle(const Surface& surface, float ax, float ay, float bx, float by, float cx, float cy, Pixel colour) {
  struct Side {
    float nx, ny, offset;
  };
  const float turn = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) < 0 ? -1.0F : 1.0F;
  const float middleX = (ax + bx + cx) / 3;
  const float middleY = (ay + by + cy) / 3;
  const auto side = [&](float px, float py, float qx, float qy) {
    const float length = std::max(std::hypot(qx - px, qy - py), 1e-6F) * turn;
    const float nx = -(qy - py) / length;
    const float ny = (qx - px) / length;
    return Side{nx, ny, nx * (middleX - px) + ny * (middleY - py)};
  };
  const std::array<Side, 3> sides{side(ax, ay, bx, by), side(bx, by, cx, cy), side(cx, cy, ax, ay)};
  const float reach = std::max({std::hypot(ax - middleX, ay - middleY), std::hypot(bx - middleX, by - middleY),
                                std::hypot(cx - middleX, cy - middleY)}) +
                      1;
  eachPixel(surface, middleX, middleY, reach, [&](float dx, float dy, Pixel& pixel) {
    float distance = 1e9F;
    for (const Side& edge : sides) distance = std::min(distance, edge.nx * dx + edge.ny * dy + edge.offset);
    if (distance > -0.5F) lay(pixel, colour, covered(distance));
  });
}

void drawConvex(const Surface& surface, std::span<const Spot> corners, Pixel colour) {
  if (corners.size() < 3) return;
  float top = corners[0].y, bottom = top;
  for (const Spot spot : corners) top = std::min(top, spot.y), bottom = std::max(bottom, spot.y);
  const float firstRow = std::max(top, static_cast<float>(surface.top) - 1);
  const float lastRow = std::min(bottom, static_cast<float>(surface.bottom) + 1);
  const int end = std::min(surface.bottom, static_cast<int>(std::ceil(lastRow)));
  for (int y = std::max(surface.top, static_cast<int>(std::floor(firstRow))); y < end; ++y) {
    const float middle = static_cast<float>(y) + 0.5F;
    float left = static_cast<float>(surface.width), right = 0;
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const Spot a = corners[i];
      const Spot b = corners[(i + 1) % corners.size()];
      if ((a.y <= middle) == (b.y <= middle)) continue;
      const float x = a.x + (b.x - a.x) * (middle - a.y) / (b.y - a.y);
      left = std::min(left, x), right = std::max(right, x);
    }
    left = std::max(left, 0.0F);
    right = std::min(right, static_cast<float>(surface.width));
    Pixel* row = surface.row(y);
    for (int x = static_cast<int>(left); static_cast<float>(x) < right; ++x) {
      const float part = std::min(right, static_cast<float>(x + 1)) - std::max(left, static_cast<float>(x));
      lay(row[x], colour, static_cast<std::uint32_t>(std::clamp(part, 0.0F, 1.0F) * 256.0F));
    }
  }
}

void drawLinkEnd(const Surface& surface, LinkEnd end, float x, float y, float dx, float dy, float size, Pixel colour) {
  const float wing = size * 0.42F;
  switch (end) {
    case LinkEnd::Arrow: {
      const float baseX = x - dx * size;
      const float baseY = y - dy * size;
      drawTriangle(surface, x, y, baseX - dy * wing, baseY + dx * wing, baseX + dy * wing, baseY - dx * wing, colour);
      break;
    }
    case LinkEnd::Bar:
      drawThickLine(surface, x - dy * size * 0.6F, y + dx * size * 0.6F, x + dy * size * 0.6F, y - dx * size * 0.6F,
                    std::max(1.0F, size * 0.3F), colour);
      break;
    case LinkEnd::Ball:
      drawDisc(surface, x - dx * wing, y - dy * wing, wing, colour);
      break;
  }
}

}  // namespace plexarium::ui
