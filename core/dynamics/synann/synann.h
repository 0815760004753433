#pragma once

#include "core/dynamics/registry.h"

namespace plexarium::synann {

/// Synapses as probabilities in a graph that settles or swings, and learns. docs/dynamics/synann.md has the rules and
/// sources.
DynamicsEntry entry();

}  // namespace plexarium::synann
