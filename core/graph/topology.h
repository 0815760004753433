#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/graph/graph.h"

namespace plexarium {

/// Who links to whom, seen and not owned: the compressed rows that a Graph and a snapshot's image both store (see Graph for
/// the order). Valid as long as what it was taken from does not change.
struct Topology {
  std::span<const NeuronId> ids;             ///< Ascending; may be left empty where only rows matter (layouts).
  std::span<const std::uint32_t> firstLink;  ///< One entry per neuron and one more; empty: no neurons.
  std::span<const std::uint32_t> targets;    ///< Rows, ascending within a source.

  [[nodiscard]] std::size_t neuronCount() const { return firstLink.empty() ? 0 : firstLink.size() - 1; }
};

inline Topology topology(const Graph& graph) { return {graph.ids(), graph.firstLink(), graph.targets()}; }

}  // namespace plexarium
