#pragma once

#include <cstdint>

#include "core/blocks/net.h"
#include "core/dynamics/synann_net/settings.h"

namespace plexarium::synann_net {

/// Probabilities that the features give.
std::size_t featureCount(Features features);
/// Adds the blocks that make them of a picture, with weights drawn from the seed. docs/dynamics/synann.md lists them.
void addFeatures(blocks::Net& net, const Settings& settings, std::uint64_t seed);

}  // namespace plexarium::synann_net
