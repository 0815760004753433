#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/dynamics/registry.h"

namespace plexarium {

/// How a network and its twin drift apart.
struct Divergence {
  std::vector<std::uint32_t> differing;  ///< By tick: how many of the counted neurons fired in one of them alone.
  bool flipped = false;                  ///< Otherwise the twin was stimulated.
};

/// Two copies of a network go on from where it stands, with the same seed and feeds. In one of them a neuron (which the
/// model must have) has been turned round: Description::firedField; where there is none, it was given the usual amount of
/// the first stimulus. `counted`: whose firings are compared, ascending. Nothing where `goesOn` (asked now and then with the
/// share that is done, may be empty) said no. The calling thread works, under FlushDenormals.
/// Source: the Hamming distance of reservoirs; core/record/statistics.h.
Result<std::optional<Divergence>> runTwin(const DynamicsEntry& entry, const Model& model, NeuronId disturbed,
                                          std::span<const NeuronId> counted, Tick ticks,
                                          const std::function<bool(double)>& goesOn = {});

}  // namespace plexarium
