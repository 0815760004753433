#pragma once

#include <algorithm>

#include "core/graph/ids.h"

namespace plexarium::ui {

/// A place on a surface, in its pixels.
struct Spot {
  float x = 0;
  float y = 0;
  friend constexpr bool operator==(Spot, Spot) = default;
};

/// Upright rectangle in world units; empty while left > right.
struct Box {
  float left = 1, top = 1, right = 0, bottom = 0;

  [[nodiscard]] bool empty() const { return left > right || top > bottom; }
  [[nodiscard]] bool holds(Point p) const { return p.x >= left && p.x <= right && p.y >= top && p.y <= bottom; }
  void include(Point p) {
    if (empty()) {
      *this = {p.x, p.y, p.x, p.y};
      return;
    }
    left = std::min(left, p.x), right = std::max(right, p.x);
    top = std::min(top, p.y), bottom = std::max(bottom, p.y);
  }
};

/// Which part of the world a surface shows. `scale` is pixels of the surface per world unit and at the same time the radius
/// of a neuron in pixels; `ratio` is pixels of the surface per unit of the screen's layout (2 on a doubled display): sizes
/// that are meant for the eye (line widths, text) are multiplied by it.
struct Camera {
  Point centre;
  float scale = 1;
  float ratio = 1;
  int width = 0;
  int height = 0;

  [[nodiscard]] Spot toScreen(Point p) const {
    return {(p.x - centre.x) * scale + static_cast<float>(width) * 0.5F,
            (p.y - centre.y) * scale + static_cast<float>(height) * 0.5F};
  }
  /// On the surface or within `reach` pixels of it.
  [[nodiscard]] bool shows(Spot s, float reach = 0) const {
    return s.x > -reach && s.y > -reach && s.x < static_cast<float>(width) + reach &&
           s.y < static_cast<float>(height) + reach;
  }
  [[nodiscard]] Point toWorld(Spot s) const {
    return {(s.x - static_cast<float>(width) * 0.5F) / scale + centre.x,
            (s.y - static_cast<float>(height) * 0.5F) / scale + centre.y};
  }
  friend bool operator==(const Camera&, const Camera&) = default;
};

/// The camera that shows all of `box` with a margin, at most `largestScale` (per unit of layout); the origin for an empty
/// box.
inline Camera fitted(const Box& box, int width, int height, float ratio, float largestScale = 26) {
  Camera camera{{}, largestScale * ratio, ratio, width, height};
  if (box.empty()) return camera;
  camera.centre = {(box.left + box.right) * 0.5F, (box.top + box.bottom) * 0.5F};
  const float margin = 3.5F;  // world units: rings, loops, role marks and half a name
  camera.scale = std::min({camera.scale, static_cast<float>(width) / (box.right - box.left + 2 * margin),
                           static_cast<float>(height) / (box.bottom - box.top + 2 * margin)});
  return camera;
}

}  // namespace plexarium::ui
