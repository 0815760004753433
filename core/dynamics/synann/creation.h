#pragma once

#include <cstdint>
#include <span>

#include "core/dynamics/model.h"
#include "core/error.h"

namespace plexarium::synann {

/// A new network from checked values of description().creationFields, in order. Sensory neurons have the first ids, motor
/// neurons the last. Everybody else reads so many random others, none of them a motor neuron; weights are such that neither
/// excitation nor inhibition drowns the other. The same values and seed give the same network. An error where inputs and
/// outputs are more than the neurons, or the links too many.
Result<Model> createNetwork(std::span<const double> values, std::uint64_t seed);

}  // namespace plexarium::synann
