#pragma once

#include "core/dynamics/registry.h"

namespace plexarium::sorn {

/// Excitatory and inhibitory threshold neurons under five rules of plasticity, with synapses that are born and die.
/// docs/dynamics/sorn.md has the rules, sources and departures.
DynamicsEntry entry();

}  // namespace plexarium::sorn
