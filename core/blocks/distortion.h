#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/random.h"

namespace plexarium::blocks {

/// How far pictures are turned, sheared, stretched and moved at random, at most.
struct Distortion {
  double turn = 0;     ///< Radians.
  double shear = 0;    ///< Columns a row.
  double stretch = 0;  ///< Share of the size.
  double shift = 0;    ///< Pixels, each way.
};

/// A picture through a random affine map around its middle, between pixels by the mean of the four around, outside 0. Pixel
/// (y, x) goes to to[(y * width + x) * stride]. `room` is worked in.
void distort(const Distortion& most, std::span<const float> picture, std::size_t height, std::size_t width,
             DrawSequence& draw, std::vector<float>& room, float* to, std::size_t stride);

}  // namespace plexarium::blocks
