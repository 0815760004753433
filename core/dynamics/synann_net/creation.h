#pragma once

#include <cstdint>
#include <span>

#include "core/dynamics/model.h"
#include "core/error.h"

namespace plexarium::synann_net {

/// A new network; `values` follows Description::creationFields, checked. Pixels have the first ids, row by row; then the
/// probabilities, the synapses (one excited by each probability and inhibited by all) and the answers.
Result<Model> createNetwork(std::span<const double> values, std::uint64_t seed);

}  // namespace plexarium::synann_net
