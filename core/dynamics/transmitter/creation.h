#pragma once

#include <cstdint>
#include <span>

#include "core/dynamics/model.h"
#include "core/error.h"

namespace plexarium::transmitter {

/// A new network from checked values of description().creationFields, in order. Refuses more links than fit in memory
/// sensibly. The same values and seed give the same network.
Result<Model> createNetwork(std::span<const double> values, std::uint64_t seed);

}  // namespace plexarium::transmitter
