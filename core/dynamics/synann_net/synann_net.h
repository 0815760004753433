#pragma once

#include "core/dynamics/registry.h"

namespace plexarium::synann_net {

/// A network that recognises pictures with a layer of synapses inside, trained by gradient. docs/dynamics/synann.md has the
/// rules.
DynamicsEntry entry();

}  // namespace plexarium::synann_net
