#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/dynamics/model.h"
#include "core/dynamics/plexus/cells.h"
#include "core/dynamics/plexus/draws.h"
#include "core/error.h"

namespace plexarium::plexus {

/// A new network by the article's parameters; `values` follows Description::creationFields, checked. Sensory neurons have
/// the first ids, motor neurons the last, so that inputs and outputs are in the order of ids. An error where inputs and
/// outputs are more than the neurons, or the links too many.
Result<Model> createNetwork(std::span<const double> values, std::uint64_t seed);

/// Subscribes a neuron without links to older ones and, unless it is a motor neuron, older ones to it, as many as the usual
/// fan-in says. The same neuron joins the same network with the same links.
LinkTable linksToJoin(const Settings& settings, const Cells& cells, std::span<const NeuronId> ids, std::uint32_t row,
                      std::uint64_t seed);

}  // namespace plexarium::plexus
