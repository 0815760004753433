#pragma once

#include <cstdint>
#include <vector>

#include "core/graph/topology.h"

namespace plexarium {

/// A network as a layout sees it: undirected, links between the same two merged, no self-links.
struct Springs {
  std::vector<std::uint32_t> first{0};  ///< Like Topology::firstLink; every spring stands in both its ends' rows.
  std::vector<std::uint32_t> ends;
  std::vector<float> weights;        ///< How many springs of the finest network it stands for.
  std::vector<double> masses;        ///< How many neurons a row stands for.
  std::vector<std::uint8_t> frozen;  ///< Not 0: keeps its place, and its row through all coarsening.

  [[nodiscard]] std::size_t size() const { return masses.size(); }
};

/// One row per neuron.
Springs springs(const Topology& topology, std::size_t count, std::span<const std::uint8_t> frozen);
/// The rows of each connected component, largest component first, rows ascending.
std::vector<std::vector<std::uint32_t>> components(const Springs& network);
/// The part between `rows` (ascending), renumbered in their order. `place` is scratch of network.size() entries.
Springs part(const Springs& network, const std::vector<std::uint32_t>& rows, std::vector<std::uint32_t>& place);

/// A smaller network that resembles a larger one: rows that are linked closely become one.
struct Coarser {
  Springs network;
  std::vector<std::uint32_t> group;  ///< For every row of the larger network its row in this one.
};
/// Deterministic; O(springs). Source: heavy edge matching, Karypis and Kumar, "A fast and high quality multilevel scheme for
/// partitioning irregular graphs", SIAM J. Sci. Comput. 20 (1998). Departs: rows left without a partner join the lightest
/// group beside them, so that a hub with a thousand leaves shrinks too.
Coarser coarsen(const Springs& network);

}  // namespace plexarium
