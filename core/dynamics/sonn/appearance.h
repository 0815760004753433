#pragma once

#include <cstdint>
#include <span>

#include "core/dynamics/dynamics.h"
#include "core/dynamics/sonn/anatomy.h"

namespace plexarium::sonn {

/// What the last sample did, for the picture alone.
struct LastSample {
  Tick tick = never;
  std::span<const std::uint8_t> on;          ///< By receptor.
  std::span<const std::int32_t> potentials;  ///< By cell.
  std::span<const std::uint32_t> spikes;     ///< By column.
  std::span<const std::uint64_t> near;       ///< By cell: within the window, in the bit `lane`. Empty: not known.
  std::uint32_t lane = 0;
  std::span<const std::uint8_t> taught;  ///< By column: 0 nothing, 1 strengthened, 2 weakened.
  double threshold = 1;
};

/// Fills what an appearance has of neurons; of the graph it reads who fired. O(neurons).
void showNeurons(const LastSample& last, const Anatomy& anatomy, const Graph& graph, Appearance& appearance);
/// Fills what it has of links from the graph, which must be up to date. When a link carried is left to its ends: nothing is
/// kept for each of them. O(links).
void showLinks(const Anatomy& anatomy, const Graph& graph, Appearance& appearance);

}  // namespace plexarium::sonn
