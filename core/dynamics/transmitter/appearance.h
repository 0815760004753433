#pragma once

#include <cstdint>
#include <vector>

#include "core/dynamics/dynamics.h"
#include "core/graph/graph.h"

namespace plexarium::transmitter {

/// The parts of the picture of links that only edits change.
struct LinkLook {
  std::vector<std::uint8_t> style;  ///< Style
  std::vector<float> strength;      ///< Square root of weight / largest weight: wide ranges stay visible.
};

/// O(neurons + links).
LinkLook makeLinkLook(const Graph& graph);

/// Fills everything but the link looks from the columns, which must be up to date.
void showNeurons(const Graph& graph, Appearance& appearance);

}  // namespace plexarium::transmitter
