#include "core/blocks/distortion.h"

#include <algorithm>
#include <cassert>

namespace plexarium::blocks {
namespace {

/// From the picture that is made back to the one there was.
struct Map {
  float xx, xy, yx, yy;
  float x, y;  ///< Where the middle comes from.
};

Map drawMap(const Distortion& most, DrawSequence& draw) {
  const auto one = [&draw] { return 2 * draw.uniform() - 1; };
  const double angle = most.turn * one();
  const double shear = most.shear * one();
  const double wider = 1 + most.stretch * one();
  const double higher = 1 + most.stretch * one();
  const double square = angle * angle;
  const double sine = angle * (1 - square / 6 * (1 - square / 20 * (1 - square / 42)));
  const double cosine = 1 - square / 2 * (1 - square / 12 * (1 - square / 30 * (1 - square / 56)));
  return {static_cast<float>(cosine / wider),     static_cast<float>((shear * cosine - sine) / higher),
          static_cast<float>(sine / wider),       static_cast<float>((shear * sine + cosine) / higher),
          static_cast<float>(most.shift * one()), static_cast<float>(most.shift * one())};
}

}  // namespace

void distort(const Distortion& most, std::span<const float> picture, std::size_t height, std::size_t width,
             DrawSequence& draw, std::vector<float>& room, float* to, std::size_t stride) {
  assert(picture.size() == height * width);
  const auto line = width + 2;
  room.assign((height + 2) * line, 0.0F);
  for (std::size_t y = 0; y < height; ++y) std::copy_n(picture.data() + y * width, width, room.data() + (y + 1) * line + 1);
  const auto map = drawMap(most, draw);
  const auto middleX = static_cast<float>(width - 1) / 2;
  const auto middleY = static_cast<float>(height - 1) / 2;
  const auto mostX = static_cast<float>(width + 1);
  const auto mostY = static_cast<float>(height + 1);
  for (std::size_t y = 0; y < height; ++y) {
    const float up = static_cast<float>(y) - middleY;
    for (std::size_t x = 0; x < width; ++x) {
      const float left = static_cast<float>(x) - middleX;
      // One more than the place, as the room has a border.
      const float fromX = std::clamp(map.xx * left + map.xy * up + map.x + middleX + 1, 0.0F, mostX);
      const float fromY = std::clamp(map.yx * left + map.yy * up + map.y + middleY + 1, 0.0F, mostY);
      const auto column = std::min(static_cast<std::size_t>(fromX), width);
      const auto row = std::min(static_cast<std::size_t>(fromY), height);
      const float right = fromX - static_cast<float>(column);
      const float down = fromY - static_cast<float>(row);
      const float* const corner = room.data() + row * line + column;
      const float above = corner[0] + right * (corner[1] - corner[0]);
      const float below = corner[line] + right * (corner[line + 1] - corner[line]);
      to[(y * width + x) * stride] = above + down * (below - above);
    }
  }
}

}  // namespace plexarium::blocks
