#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/graph/graph.h"

namespace plexarium::sonn {

inline constexpr std::uint32_t nobody = 0xffffffffU;

/// Who is what, by row and counted by kind. Receptors are the sensory neurons, cells the inter neurons, columns the motor
/// neurons: a cell belongs to the columns that it links to.
struct Anatomy {
  /// O(neurons + links).
  void read(const Graph& graph);

  std::vector<std::uint32_t> receptors;  ///< Rows.
  std::vector<std::uint32_t> cells;
  std::vector<std::uint32_t> columns;
  std::vector<std::uint32_t> number;                ///< By row: its number among those of its kind.
  std::vector<std::vector<std::uint32_t>> members;  ///< By column: cells, ascending.
  std::vector<std::uint32_t> voters;                ///< Cells in any column, ascending.
  std::vector<NeuronId> names;                      ///< Of receptors, then of columns: whose order samples are kept in.
};

}  // namespace plexarium::sonn
