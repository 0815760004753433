#pragma once

#include <cstddef>
#include <cstdint>

#include "core/dynamics/plexus/cells.h"

namespace plexarium::plexus {

// The order of every sum is fixed (eight lanes, then these pairwise), so that any vector unit yields the same bits.

/// sum of a[k] * b[k]
float dot(const float* a, const float* b, std::size_t count);
/// sum of potential[source[k]] * weight[k]; leaves the potentials in `read`.
float weightedSum(const float* potential, const std::uint32_t* source, const float* weight, std::size_t count, float* read);

/// What the author's later rule, its repair and the local gradient do with a neuron that has just fired and is wanted
/// otherwise: a step for its weights, and a desired potential for each source, the last subscriber's being the one that
/// stays. `read`: its sources' potentials as weightedSum left them. `fade`: the decay that the network has reached. The
/// potential met exactly: nothing more is wanted, and false is returned. Source: docs/dynamics/plexus.md, rules S, S+ and G.
bool learnLocally(const Settings& settings, Cells& cells, std::uint32_t row, float fade, const float* read);

}  // namespace plexarium::plexus
