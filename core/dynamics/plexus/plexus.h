#pragma once

#include "core/dynamics/registry.h"

namespace plexarium::plexus {

/// Neurons that subscribe to each other and learn in waves. docs/dynamics/plexus.md has the rules, sources and departures.
DynamicsEntry entry();

}  // namespace plexarium::plexus
