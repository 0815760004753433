#pragma once

#include <cstdint>
#include <span>

#include "core/dynamics/model.h"
#include "core/error.h"

namespace plexarium::sonn {

/// A new network; `values` follows Description::creationFields, checked. Receptors have the first ids, value by value and
/// level by level, as a feed codes them; then column by column its neurons; the columns' motor neurons have the last. An
/// error where this is too large.
Result<Model> createNetwork(std::span<const double> values, std::uint64_t seed);

}  // namespace plexarium::sonn
