#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "core/description/description.h"
#include "ui/canvas/camera.h"

namespace plexarium::ui {

/// One premultiplied pixel, 0xAARRGGBB: no channel is larger than the alpha.
using Pixel = std::uint32_t;

/// `red`, `green`, `blue` are straight (not premultiplied), all 0..255.
constexpr Pixel makePixel(std::uint32_t red, std::uint32_t green, std::uint32_t blue, std::uint32_t alpha = 255) {
  const auto scale = [alpha](std::uint32_t channel) { return (channel * alpha + 127) / 255; };
  return alpha << 24 | scale(red) << 16 | scale(green) << 8 | scale(blue);
}
constexpr Pixel makePixel(std::uint32_t rgb) { return 0xff000000u | rgb; }

// Four 8-bit channels in the four 16-bit lanes of one word: one multiplication works on all of them.
constexpr std::uint64_t laneMask = 0x00ff00ff00ff00ffu;
constexpr std::uint64_t toLanes(Pixel pixel) { return (pixel | std::uint64_t{pixel} << 24) & laneMask; }
constexpr Pixel fromLanes(std::uint64_t lanes) { return static_cast<Pixel>(lanes | lanes >> 24); }

/// The pixel with its alpha and colour times `amount` / 256 (0..256).
constexpr Pixel faded(Pixel pixel, std::uint32_t amount) { return fromLanes(toLanes(pixel) * amount >> 8 & laneMask); }
/// `amount` in 0..1; values outside are clamped.
inline Pixel faded(Pixel pixel, float amount) {
  return faded(pixel, static_cast<std::uint32_t>(std::clamp(amount, 0.0F, 1.0F) * 256.0F + 0.5F));
}
/// Between `a` (0) and `b` (256).
constexpr Pixel mixed(Pixel a, Pixel b, std::uint32_t amount) {
  return fromLanes((toLanes(a) * (256 - amount) + toLanes(b) * amount) >> 8 & laneMask);
}
inline Pixel mixed(Pixel a, Pixel b, float amount) {
  return mixed(a, b, static_cast<std::uint32_t>(std::clamp(amount, 0.0F, 1.0F) * 256.0F + 0.5F));
}
/// `source` laid over `below`, `coverage` 0..256 of it, rounded to the nearest level: many faint layers neither darken nor
/// stall, and what was opaque stays opaque.
constexpr Pixel over(Pixel below, std::uint64_t sourceLanes, std::uint32_t sourceAlpha, std::uint32_t coverage) {
  // Of 256, what shines through: 256 - alpha * coverage / 255, rounded. A full lane then lies within 127 of 255 * 256, so
  // that adding half a level never carries into the next lane.
  const std::uint32_t product = sourceAlpha * coverage + 128;
  const std::uint32_t rest = 256 - ((product + (product >> 8)) >> 8);
  constexpr std::uint64_t half = 127 * 0x0001000100010001u;
  return fromLanes((sourceLanes * coverage + toLanes(below) * rest + half) >> 8 & laneMask);
}

/// Pixels to draw on, and the rows of them that may be touched. Drawing the same list of things on every band of a surface
/// gives exactly what drawing it on the whole gives, so bands may be drawn by several threads.
struct Surface {
  Pixel* pixels = nullptr;
  int width = 0;
  int height = 0;
  int stride = 0;  ///< Pixels from one row to the next.
  int top = 0;     ///< First row that may be written.
  int bottom = 0;  ///< One past the last row that may be written.

  [[nodiscard]] Pixel* row(int y) const { return pixels + static_cast<std::ptrdiff_t>(y) * stride; }
  [[nodiscard]] Surface band(int from, int to) const {
    return {pixels, width, height, stride, std::max(top, from), std::min(bottom, to)};
  }
};

// Everything below: coordinates in pixels, y down, the centre of the first pixel at (0.5, 0.5); colours premultiplied; what
// lies outside the surface is clipped. No state, no allocation; the same input gives the same bytes on any machine and any
// thread.

/// How the pixels along a line are chosen.
enum class LineQuality : std::uint8_t { Fast, Smooth };

/// A gap pattern along a line: 10 of every 16 units are drawn. `unit` is in pixels, 0 means a full line; `start` is how many
/// pixels of the pattern lie behind the line's beginning, so that the pieces of a polyline join.
struct Dash {
  float unit = 0;
  float start = 0;
};

/// Clips to the box; false when nothing is left. Source: Liang and Barsky, "A new concept and method for line clipping",
/// ACM Transactions on Graphics 3(1), 1984.
bool clipLine(float& x0, float& y0, float& x1, float& y1, float left, float top, float right, float bottom);

/// One pixel wide. Smooth shares each step between the two nearest pixels (after Wu, "An efficient antialiasing technique",
/// SIGGRAPH 1991); Fast lights the nearest one. 16.16 fixed-point steps along the longer axis.
void drawLine(const Surface& surface, float x0, float y0, float x1, float y1, Pixel colour, LineQuality quality,
              Dash dash = {});

/// `width` > 1 pixels, anti-aliased sides, ends cut along the shorter axis.
void drawThickLine(const Surface& surface, float x0, float y0, float x1, float y1, float width, Pixel colour,
                   Dash dash = {});

/// What a shape is painted with: the lower `level` (0..1) of it with `fill`, the rest with `body`, the rim with `outline`.
struct ShapePaint {
  Pixel body = 0;
  Pixel fill = 0;
  Pixel outline = 0;
  float level = 0;
  float outlineWidth = 1;
};
/// Shapes have about the area of a disc of that radius.
void drawShape(const Surface& surface, Shape shape, float x, float y, float radius, const ShapePaint& paint);
/// Radius of the circle around the shape, in units of the radius given to drawShape.
float shapeExtent(Shape shape);

void drawDisc(const Surface& surface, float x, float y, float radius, Pixel colour);
/// A circle: the first `turn` (0..1) of it, clockwise from the top, in one colour, what is left in another.
void drawRing(const Surface& surface, float x, float y, float radius, float width, float turn, Pixel colour, Pixel rest = 0);
/// Light that falls off smoothly to nothing at `radius`.
void drawGlow(const Surface& surface, float x, float y, float radius, Pixel colour);
void drawTriangle(const Surface& surface, float ax, float ay, float bx, float by, float cx, float cy, Pixel colour);

/// A convex polygon; its upper and lower edges are not smoothed (draw a rim over them).
void drawConvex(const Surface& surface, std::span<const Spot> corners, Pixel colour);

/// How a link ends at (x, y), coming along the unit vector (dx, dy): arrow head, bar across or ball. `size` is the arrow's
/// length.
void drawLinkEnd(const Surface& surface, LinkEnd end, float x, float y, float dx, float dy, float size, Pixel colour);

}  // namespace plexarium::ui
