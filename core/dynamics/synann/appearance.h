#pragma once

#include <cstdint>
#include <vector>

#include "core/dynamics/dynamics.h"
#include "core/dynamics/synann/circuit.h"

namespace plexarium::synann {

/// Fills the whole appearance. `graph` is up to date; `unsettled`: by row. O(neurons + links).
void show(Shown shown, const Circuit& circuit, const Graph& graph, const std::vector<std::uint8_t>& unsettled,
          Appearance& appearance);

}  // namespace plexarium::synann
