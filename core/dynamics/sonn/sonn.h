#pragma once

#include "core/dynamics/registry.h"

namespace plexarium::sonn {

/// Columns of spiking neurons that grow their own links to receptors and learn by counting spikes. docs/dynamics/sonn.md has
/// the rules, sources and departures.
DynamicsEntry entry();

}  // namespace plexarium::sonn
