#pragma once

#include <vector>

#include "core/dynamics/pictures.h"
#include "core/error.h"

namespace plexarium::synann_net {

/// The weights of every convolution and dense layer of the features, in their order; then beta, alpha and the weights of the
/// answers. Errors: as of the dynamics' state.
Result<std::vector<Picture>> pictures(const Model& model);

}  // namespace plexarium::synann_net
