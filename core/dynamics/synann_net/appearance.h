#pragma once

#include "core/dynamics/dynamics.h"
#include "core/dynamics/synann_net/circuit.h"

namespace plexarium::synann_net {

/// Fills the whole appearance from the graph, which must be up to date. O(neurons + links).
void show(const Circuit& circuit, const Graph& graph, Appearance& appearance);

}  // namespace plexarium::synann_net
