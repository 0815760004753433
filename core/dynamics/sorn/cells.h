#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/graph/graph.h"

namespace plexarium::sorn {

/// The neurons as the rules see them: excitatory cells first, then inhibitory ones, each in the order of their rows.
struct Cells {
  [[nodiscard]] std::size_t count() const { return threshold.size(); }
  [[nodiscard]] bool fires(std::size_t cell) const { return (course[cell] & 2) != 0; }

  std::uint32_t excitatory = 0;       ///< How many.
  std::vector<std::uint32_t> rowOf;   ///< By cell.
  std::vector<std::uint32_t> cellOf;  ///< By row.
  std::vector<double> threshold;
  std::vector<double> input;            ///< For the next step.
  std::vector<std::uint8_t> course;     ///< Bit 1: fired in the last step; bit 0: in the one before.
  std::vector<std::uint8_t> recurrent;  ///< Would have fired without input.
  std::vector<std::uint8_t> starved;
  std::vector<std::uint32_t> firing;     ///< Excitatory cells that fired in the last step, ascending.
  std::vector<std::uint32_t> hindering;  ///< Inhibitory cells that did, ascending.
};

/// From the graph's columns; who fired one tick ago is not in them.
Cells readCells(const Graph& graph);
/// Into the columns of the graph that they were read from.
void writeCells(const Cells& cells, Graph& graph);

}  // namespace plexarium::sorn
