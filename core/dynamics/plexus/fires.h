#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/dynamics/plexus/cells.h"
#include "core/dynamics/plexus/local_rules.h"
#include "core/dynamics/plexus/small_wave.h"
#include "core/team.h"

// Fires of a generation under the local rules. The order of every sum is fixed (eight lanes, then these pairwise), and so
// are all others that matter: any processor and any number of threads yield the same bits.
namespace plexarium::plexus {

/// What came of some fires.
struct Outcome {
  std::uint64_t wanted = 0;     ///< Of those who had a desired potential:
  std::uint64_t byWeights = 0;  ///< whose weights were moved,
  double loss = 0;              ///< and the sum of their distances from it.
};

/// sum of a[k] * b[k]
float dot(const float* a, const float* b, std::size_t count);
/// sum of potential[source[k]] * weight[k]; leaves the potentials in `read`.
float weightedSum(const float* potential, const std::uint32_t* source, const float* weight, std::size_t count, float* read);

/// What a processor may have beyond what all of its kind have. Computes the same.
enum class Instructions : std::uint8_t { Plain, Avx2, Avx512 };

/// One after the other: each reads what those before it have become, and of several wishes for a neuron the last one stays.
/// Works on cells.dense where it is there. `order`: rows of neurons that are not sensory, each once. `read`: room for
/// Subscriptions::longest(). Whoever meets its desired potential exactly has none any more. The rule must be a local one.
/// `most`: uses no more than this, however much the processor has.
Outcome fireInTurn(Rule rule, const Rates& rates, Cells& cells, std::span<const std::uint32_t> order, float* read,
                   Instructions most = Instructions::Avx512);

/// The same for all that is left of a wave in one of the smallest networks.
Outcome fireSmall(Rule rule, const Rates& rates, Cells& cells, SmallWave& wave, Instructions most = Instructions::Avx512);

/// All at once: each reads what everybody was before, so that threads may share the work; of several wishes the last in
/// `order` stays. `before`: the potentials before, as long as
/// cells.potential; cells.dense must not be there.
Outcome fireTogether(Rule rule, const Rates& rates, Cells& cells, std::span<const std::uint32_t> order,
                     std::span<const float> before, Team& team);

}  // namespace plexarium::plexus
