#pragma once

#include <cstdint>
#include <span>

#include "core/dynamics/dynamics.h"
#include "core/dynamics/plexus/cells.h"

namespace plexarium::plexus {

/// Fills the whole appearance from the graph, which must be up to date. `order`: who fired in the last tick, in order, with
/// repeats: their pulses are the farther on their way the earlier they set out. O(neurons + links).
void show(const Settings& settings, const Cells& cells, const Graph& graph, double wave,
          std::span<const std::uint32_t> order, Appearance& appearance);

}  // namespace plexarium::plexus
