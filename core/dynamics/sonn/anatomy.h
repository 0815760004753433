#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/graph/graph.h"

namespace plexarium::sonn {

inline constexpr std::uint32_t nobody = 0xffffffffU;

/// Who is what, by row and counted by kind. Receptors are the sensory neurons, cells the inter neurons, columns the motor
/// neurons: a cell belongs to the columns that it links to. A cell grows connections from receptors; one that does not feed
/// others also from those that do.
struct Anatomy {
  /// O(neurons + links).
  void read(const Graph& graph);

  /// Whether a link between these rows is a connection that grows, learns and dies.
  [[nodiscard]] bool connects(const Graph& graph, std::size_t source, std::size_t target) const {
    const auto roles = graph.roles();
    if (roles[target] != Role::Inter) return false;
    return roles[source] == Role::Sensory ||
           (roles[source] == Role::Inter && feeds[number[source]] != 0 && feeds[number[target]] == 0);
  }
  /// How many inputs a cell may choose from: the first ones.
  [[nodiscard]] std::size_t choice(std::size_t cell) const { return feeds[cell] != 0 ? receptors.size() : inputs.size(); }

  std::vector<std::uint32_t> receptors;  ///< Rows.
  std::vector<std::uint32_t> cells;
  std::vector<std::uint32_t> feeders;  ///< Cells, by number, that feed others; ascending.
  std::vector<std::uint32_t> inputs;   ///< Rows of receptors, then of feeders: what connections may come from.
  std::vector<std::uint8_t> feeds;     ///< By cell.
  std::vector<std::uint32_t> columns;
  std::vector<std::uint32_t> number;                ///< By row: its number among those of its kind.
  std::vector<std::vector<std::uint32_t>> members;  ///< By column: cells, ascending.
  std::vector<std::uint32_t> voters;                ///< Cells in any column, ascending.
  std::vector<NeuronId> names;                      ///< Of inputs, then of columns: whose order samples are kept in.
};

}  // namespace plexarium::sonn
