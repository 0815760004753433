#pragma once

#include <cstdint>
#include <vector>

#include "core/dynamics/synann/circuit.h"

namespace plexarium::synann {

/// The order in which a network settles: strongly connected components of what reads each other within a tick, sources
/// first. Held neurons are in none: they read nobody.
struct Order {
  std::vector<std::uint32_t> rows;   ///< Component after component; within one, as far as there is a way, sources first.
  std::vector<std::uint32_t> first;  ///< Components and one more: where each begins in `rows`.
  std::vector<std::uint8_t> loops;   ///< Of a component: whether anybody in it reads somebody in it.

  [[nodiscard]] std::size_t components() const { return loops.size(); }
};

/// O(neurons + links). Source: Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972).
Order settlingOrder(const Circuit& circuit);

}  // namespace plexarium::synann
