#pragma once

#include "core/dynamics/registry.h"

namespace plexarium::transmitter {

/// Worm-like neurons that collect, hold and hand over transmitter. docs/dynamics/transmitter.md has the rules and sources.
DynamicsEntry entry();

}  // namespace plexarium::transmitter
