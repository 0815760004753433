#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/dynamics/model.h"
#include "core/dynamics/sorn/fields.h"
#include "core/error.h"

namespace plexarium::sorn {

/// A new network; `values` follows Description::creationFields, checked. Excitatory neurons have the first ids, and the
/// first of them are the inputs. An error where the links are too many or there are more inputs or symbols than fit.
Result<Model> createNetwork(std::span<const double> values, std::uint64_t seed);

/// The parameters that a preset means for a network with so large a share of input neurons, in the order of the tables.
std::vector<double> presetParameters(Preset preset, double inputShare);

}  // namespace plexarium::sorn
