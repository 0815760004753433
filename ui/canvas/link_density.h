#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "ui/canvas/scene.h"

namespace plexarium::ui {

/// Where hundreds of links cross each pixel, single lines say nothing: how many there are does. Counts them from a fair
/// sample and paints their mean colour, the denser the brighter on a logarithmic scale. One thread.
class LinkDensity {
 public:
  /// Links of that many pixels in all are a crowd.
  [[nodiscard]] static bool fits(double ink, const Camera& camera);

  void begin(const Camera& camera);
  /// Counts on, within `budget` pixels; true when the sample is large enough.
  bool add(const Scene& scene, double budget);
  /// Lays the picture over `pixels` (of the camera's size, opaque).
  void lay(std::vector<Pixel>& pixels) const;

 private:
  using Sum = std::array<std::uint32_t, 4>;  // of blue, green, red, alpha

  void count(Spot from, Spot to, Pixel colour);

  Camera camera_;
  std::size_t next_ = 0;
  double counted_ = 0;  // pixels
  std::vector<Sum> sums_;
};

}  // namespace plexarium::ui
