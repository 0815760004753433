#include <cmath>
#include <cstdlib>

#include "ui/canvas/raster.h"

namespace plexarium::ui {
namespace {

// Keeps both pixels of a smooth step inside the surface, with room for the rounding of the slope over 4,000 steps.
constexpr float edge = 0.6F;
constexpr std::int64_t one = 65536;

/// Steps of a line along its longer axis that may be drawn, with the other coordinate as 16.16 fixed point. Positions are
/// those of pixel indices: pixel n has its centre at n.
struct Steps {
  int first = 0;
  int last = -1;        // inclusive
  std::int64_t at = 0;  // minor coordinate at `first`
  std::int64_t slope = 0;
  bool steep = false;  // longer axis is y
};

std::int64_t fixed(float value) { return static_cast<std::int64_t>(std::lround(static_cast<double>(value) * one)); }

std::int64_t floorDivide(std::int64_t a, std::int64_t b) {
  const std::int64_t quotient = a / b;
  return quotient - ((a % b != 0) && ((a < 0) != (b < 0)));
}
std::int64_t ceilDivide(std::int64_t a, std::int64_t b) { return -floorDivide(-a, b); }

/// Cuts off the steps whose minor coordinate lies outside [low, high).
void limitMinor(Steps& steps, std::int64_t low, std::int64_t high) {
  if (steps.slope == 0) {
    if (steps.at < low || steps.at >= high) steps.last = steps.first - 1;
    return;
  }
  const std::int64_t a =
      steps.slope > 0 ? ceilDivide(low - steps.at, steps.slope) : ceilDivide(high - 1 - steps.at, steps.slope);
  const std::int64_t b =
      steps.slope > 0 ? floorDivide(high - 1 - steps.at, steps.slope) : floorDivide(low - steps.at, steps.slope);
  const std::int64_t count = steps.last - steps.first;
  const std::int64_t from = std::max<std::int64_t>(a, 0);
  const std::int64_t to = std::min(b, count);
  if (from > to) {
    steps.last = steps.first - 1;
    return;
  }
  steps.last = steps.first + static_cast<int>(to);
  steps.at += from * steps.slope;
  steps.first += static_cast<int>(from);
}

/// The steps of the line that fall on the surface's band; `reach` more pixels to either side of the line are wanted. Only
/// the clipping depends on the band, never the place of a step.
Steps stepsOf(const Surface& surface, float x0, float y0, float x1, float y1, float reach) {
  Steps steps;
  float cx0 = x0, cy0 = y0, cx1 = x1, cy1 = y1;
  const float room = reach > 1 ? -reach : edge;
  if (!clipLine(cx0, cy0, cx1, cy1, room, room, static_cast<float>(surface.width) - room,
                static_cast<float>(surface.height) - room)) {
    return steps;
  }
  steps.steep = std::fabs(y1 - y0) > std::fabs(x1 - x0);
  if (steps.steep) {
    std::swap(x0, y0), std::swap(x1, y1), std::swap(cx0, cy0), std::swap(cx1, cy1);
  }
  if (x0 > x1) {
    std::swap(x0, x1), std::swap(y0, y1), std::swap(cx0, cx1), std::swap(cy0, cy1);
  }
  const int limit = steps.steep ? surface.height : surface.width;
  steps.first = std::max(0, static_cast<int>(std::ceil(cx0 - 0.5F)));
  steps.last = std::min(limit - 1, static_cast<int>(std::floor(cx1 - 0.5F)));
  if (steps.first > steps.last) {
    // Shorter than a pixel: the pixel it lies in.
    steps.first = steps.last = std::clamp(static_cast<int>(std::floor((cx0 + cx1) * 0.5F)), 0, limit - 1);
  }
  const float length = x1 - x0;
  const float slope = length > 0 ? (y1 - y0) / length : 0;
  steps.slope = fixed(slope);
  steps.at = fixed(y0 + (static_cast<float>(steps.first) + 0.5F - x0) * slope - 0.5F);
  if (steps.steep) {
    const int from = std::max(steps.first, surface.top);
    steps.at += (from - steps.first) * steps.slope;
    steps.first = from;
    steps.last = std::min(steps.last, surface.bottom - 1);
  } else {
    const auto wide = static_cast<std::int64_t>(std::ceil(reach));
    limitMinor(steps, (surface.top - wide) * one, (surface.bottom + wide - 1) * one);
  }
  return steps;
}

/// Where in the dash pattern a step lies: drawn or not.
class DashWalk {
 public:
  DashWalk(Dash dash, const Steps& steps, float x0, float y0, float x1, float y1) {
    if (dash.unit <= 0) return;
    const float longer = std::max(std::fabs(x1 - x0), std::fabs(y1 - y0));
    const float stretch = longer > 0 ? std::hypot(x1 - x0, y1 - y0) / longer : 1;
    const bool forward = steps.steep ? y1 >= y0 : x1 >= x0;
    const float begin = steps.steep ? y0 : x0;
    const float passed = (static_cast<float>(steps.first) + 0.5F - begin) * (forward ? 1.0F : -1.0F) * stretch;
    active_ = true;
    at_ = fixed((dash.start + passed) / dash.unit);
    step_ = fixed(stretch / dash.unit) * (forward ? 1 : -1);
  }
  /// Whether this step is drawn; goes on to the next.
  bool next() {
    if (!active_) return true;
    const bool drawn = ((at_ >> 16) & 15) < 10;
    at_ += step_;
    return drawn;
  }

 private:
  bool active_ = false;
  std::int64_t at_ = 0;
  std::int64_t step_ = 0;
};

/// Both neighbours of the exact place, by distance; rows outside the band are left out.
template <bool dashed>
void smoothFlat(const Surface& surface, const Steps& steps, Pixel colour, DashWalk& walk) {
  const std::uint64_t lanes = toLanes(colour);
  const std::uint32_t alpha = colour >> 24;
  std::int64_t at = steps.at;
  for (int x = steps.first; x <= steps.last; ++x, at += steps.slope) {
    if (dashed && !walk.next()) continue;
    const int y = static_cast<int>(at >> 16);
    const auto part = static_cast<std::uint32_t>(at >> 8) & 255;
    Pixel* pixel = surface.row(y) + x;
    if (y >= surface.top && y < surface.bottom) *pixel = over(*pixel, lanes, alpha, 256 - part);
    pixel += surface.stride;
    if (y + 1 >= surface.top && y + 1 < surface.bottom) *pixel = over(*pixel, lanes, alpha, part);
  }
}

template <bool dashed>
void smoothSteep(const Surface& surface, const Steps& steps, Pixel colour, DashWalk& walk) {
  const std::uint64_t lanes = toLanes(colour);
  const std::uint32_t alpha = colour >> 24;
  std::int64_t at = steps.at;
  const auto last = static_cast<unsigned>(surface.width - 1);
  for (int y = steps.first; y <= steps.last; ++y, at += steps.slope) {
    if (dashed && !walk.next()) continue;
    const int x = static_cast<int>(at >> 16);
    if (static_cast<unsigned>(x) >= last) continue;
    const auto part = static_cast<std::uint32_t>(at >> 8) & 255;
    Pixel* pixel = surface.row(y) + x;
    pixel[0] = over(pixel[0], lanes, alpha, 256 - part);
    pixel[1] = over(pixel[1], lanes, alpha, part);
  }
}

template <bool dashed>
void fastLine(const Surface& surface, const Steps& steps, Pixel colour, DashWalk& walk) {
  const std::uint64_t lanes = toLanes(colour);
  const std::uint32_t alpha = colour >> 24;
  std::int64_t at = steps.at + one / 2;
  for (int major = steps.first; major <= steps.last; ++major, at += steps.slope) {
    if (dashed && !walk.next()) continue;
    const int minor = static_cast<int>(at >> 16);
    const int x = steps.steep ? minor : major;
    const int y = steps.steep ? major : minor;
    if (x < 0 || x >= surface.width || y < surface.top || y >= surface.bottom) continue;
    Pixel* pixel = surface.row(y) + x;
    *pixel = over(*pixel, lanes, alpha, 256);
  }
}

template <bool dashed>
void thinLine(const Surface& surface, const Steps& steps, Pixel colour, LineQuality quality, DashWalk walk) {
  if (quality == LineQuality::Fast) {
    fastLine<dashed>(surface, steps, colour, walk);
  } else if (steps.steep) {
    smoothSteep<dashed>(surface, steps, colour, walk);
  } else {
    smoothFlat<dashed>(surface, steps, colour, walk);
  }
}

}  // namespace

bool clipLine(float& x0, float& y0, float& x1, float& y1, float left, float top, float right, float bottom) {
  const float dx = x1 - x0;
  const float dy = y1 - y0;
  float enter = 0;
  float leave = 1;
  const auto cut = [&enter, &leave](float direction, float room) {
    if (direction == 0) return room >= 0;
    const float t = room / direction;
    if (direction < 0) {
      enter = std::max(enter, t);
    } else {
      leave = std::min(leave, t);
    }
    return enter <= leave;
  };
  if (!cut(-dx, x0 - left) || !cut(dx, right - x0) || !cut(-dy, y0 - top) || !cut(dy, bottom - y0)) return false;
  if (leave < 1) {
    x1 = x0 + leave * dx;
    y1 = y0 + leave * dy;
  }
  if (enter > 0) {
    x0 += enter * dx;
    y0 += enter * dy;
  }
  return true;
}

void drawLine(const Surface& surface, float x0, float y0, float x1, float y1, Pixel colour, LineQuality quality, Dash dash) {
  const Steps steps = stepsOf(surface, x0, y0, x1, y1, 1);
  if (steps.first > steps.last) return;
  const DashWalk walk(dash, steps, x0, y0, x1, y1);
  if (dash.unit > 0) {
    thinLine<true>(surface, steps, colour, quality, walk);
  } else {
    thinLine<false>(surface, steps, colour, quality, walk);
  }
}

void drawThickLine(const Surface& surface, float x0, float y0, float x1, float y1, float width, Pixel colour, Dash dash) {
  const float length = std::hypot(x1 - x0, y1 - y0);
  if (length <= 0) return;
  const float slant = std::max(std::fabs(x1 - x0), std::fabs(y1 - y0)) / length;  // cosine of the angle to the longer axis
  const float half = width * 0.5F;
  const float reach = (half + 0.5F) / slant + 1.0F;
  const Steps steps = stepsOf(surface, x0, y0, x1, y1, reach);
  if (steps.first > steps.last) return;
  DashWalk walk(dash, steps, x0, y0, x1, y1);
  const std::uint64_t lanes = toLanes(colour);
  const std::uint32_t alpha = colour >> 24;
  const int low = steps.steep ? 0 : surface.top;
  const int high = steps.steep ? surface.width : surface.bottom;
  const std::ptrdiff_t pitch = steps.steep ? 1 : surface.stride;
  // Coverage in 1/65536: full up to half the width, then falling within a pixel of distance.
  const std::int64_t full = fixed(half + 0.5F);
  const std::int64_t cosine = fixed(slant);
  const std::int64_t spread = fixed(reach - 1);
  std::int64_t at = steps.at;
  for (int major = steps.first; major <= steps.last; ++major, at += steps.slope) {
    if (!walk.next()) continue;
    const int from = std::max(low, static_cast<int>((at - spread) >> 16));
    const int to = std::min(high - 1, static_cast<int>((at + spread) >> 16) + 1);
    Pixel* pixel = steps.steep ? surface.row(major) + from : surface.row(from) + major;
    for (int minor = from; minor <= to; ++minor, pixel += pitch) {
      const std::int64_t away = std::abs(minor * one - at) * cosine >> 16;
      const std::int64_t coverage = std::clamp<std::int64_t>(full - away, 0, one);
      *pixel = over(*pixel, lanes, alpha, static_cast<std::uint32_t>(coverage >> 8));
    }
  }
}

}  // namespace plexarium::ui
