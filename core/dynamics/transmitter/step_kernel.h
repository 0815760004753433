#pragma once

#include <cstddef>
#include <cstdint>

#include "core/graph/graph.h"

namespace plexarium::transmitter {

/// The neuron columns of a graph, one entry per row. Valid until the next structural change.
struct NeuronColumns {
  explicit NeuronColumns(Graph& graph);

  const double* threshold;
  const double* returnability;
  const std::int32_t* speed;
  const std::int32_t* recovery;
  const double* productionE;
  const double* productionI;
  const double* capacity;
  const double* leak;
  const std::uint8_t* clearWhileRecovering;
  const double* gapGain;
  double* accumulatedE;
  double* accumulatedI;
  double* synapseE;
  double* synapseI;
  double* dendriteE;
  double* dendriteI;
  double* stateE;
  double* stateI;
  std::int32_t* sta;
  std::int32_t* str;
  std::uint8_t* phase;  ///< Phase
};

/// Amounts nearer to zero than this are set to zero wherever an amount is multiplied again and again (leak, returnability,
/// the literal synapse), so that a network that falls silent never computes with denormal numbers, which are slow.
/// Departs: by at most this much from exact arithmetic.
inline constexpr double negligible = 1e-30;

[[nodiscard]] inline double withoutNegligible(double amount) {
  return amount < negligible && amount > -negligible ? 0.0 : amount;
}

/// Which vector instructions the dense pass uses. All give the same bits.
enum class Instructions { Baseline, Avx2, Avx512 };

/// The widest that this processor has.
Instructions widestInstructions();

/// Which parts of the rule anybody in the network uses; the others need not be computed. Leaving a part out changes no bit.
struct UsedExtensions {
  bool capacity = false;
  bool leakOrClear = false;
};

/// One tick of the phase machine for rows first .. last-1, each looking at its own state only: production, the first
/// matching rule, counters, and the phase column. Handing over what is released is the caller's business: pool and synapse
/// of a releasing neuron are left as they are. Source: step rule of the published program, see docs/dynamics/transmitter.md.
using AdvanceNeurons = void (*)(const NeuronColumns& columns, std::size_t first, std::size_t last);

AdvanceNeurons advanceNeurons(Instructions instructions, UsedExtensions extensions);

}  // namespace plexarium::transmitter
