#pragma once

#include <cstdint>
#include <span>

#include "core/dynamics/dynamics.h"
#include "core/dynamics/sonn/anatomy.h"

namespace plexarium::sonn {

/// What the last sample did, for the picture alone.
struct LastSample {
  Tick tick = never;
  std::span<const std::uint64_t> near;  ///< By cell: within the window, in the bit `lane`. Empty: not known.
  std::uint32_t lane = 0;
  std::span<const std::uint8_t> taught;  ///< By column: 0 nothing, 1 strengthened, 2 weakened.
  double threshold = 1;
};

/// Fills the whole appearance from the graph, which must be up to date. O(neurons + links).
void show(const LastSample& last, const Anatomy& anatomy, const Graph& graph, Appearance& appearance);

}  // namespace plexarium::sonn
