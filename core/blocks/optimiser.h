#pragma once

#include <cstdint>

#include "core/blocks/block.h"

namespace plexarium::blocks {

enum class Optimiser : std::uint8_t {
  Nesterov,  ///< Steps down the gradient, with the momentum of those before.
  Adam,      ///< Steps of the mean gradient over the root of the mean square. Source: Kingma and Ba, ICLR 2015.
};

struct Descent {
  Optimiser optimiser = Optimiser::Nesterov;
  float rate = 0.01F;
  float momentum = 0.9F;
  float decay = 0;          ///< Times a value that decays: added to its slope.
  std::uint64_t steps = 0;  ///< Made before.
};

/// One step of every parameter of the block, down its slopes.
void descend(Block& block, const Descent& descent);

/// The share of the peak rate at `progress` (from 0 on) through a course: up in a line over the first `warmUp` of it, then
/// down along a cosine to 0 at 1, where it stays. Source: Loshchilov and Hutter, "SGDR", ICLR 2017.
double courseRate(double progress, double warmUp);

}  // namespace plexarium::blocks
