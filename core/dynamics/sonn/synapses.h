#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/dynamics/sonn/anatomy.h"
#include "core/dynamics/sonn/fields.h"
#include "core/dynamics/sonn/kernel.h"
#include "core/graph/graph.h"

namespace plexarium::sonn {

/// The connections from inputs to cells, by cell: receptors and weights in two contiguous rows, six bytes a slot. This is
/// the truth between two publications; the graph's link table holds the same by input. The order within a cell means
/// nothing.
class Synapses {
 public:
  /// All links that are connections; weights are cut to what sums can hold. O(neurons + links).
  void read(const Graph& graph, const Anatomy& anatomy);
  /// Makes the graph's links and weights these. Returns whether links came or went. O(neurons + links).
  bool write(Graph& graph, const Anatomy& anatomy);

  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] SlotTable table() const { return {rows_, receptor_, weight_}; }
  [[nodiscard]] std::span<const std::uint32_t> receptors(std::size_t cell) const {
    return {receptor_.data() + rows_[cell].begin, rows_[cell].count};
  }
  [[nodiscard]] std::span<std::int16_t> weights(std::size_t cell) {
    return {weight_.data() + rows_[cell].begin, rows_[cell].count};
  }
  /// How large a weight of the cell may be, so that no sum leaves 16 bits.
  [[nodiscard]] int bound(std::size_t cell) const { return largestSum / std::max(1, static_cast<int>(rows_[cell].count)); }
  [[nodiscard]] bool isFull(std::size_t cell) const { return rows_[cell].count >= rows_[cell].room; }

  /// Where the cell has an open slot and is not connected to the receptor yet; false otherwise. Weights are cut to the
  /// bound.
  bool grow(std::size_t cell, std::uint32_t receptor, int weight);
  /// Every weight of the cell one unit nearer to 0; those below `least` are pruned. Returns how many.
  std::size_t decay(std::size_t cell, int least);

 private:
  void rewire(Graph& graph, const Anatomy& anatomy) const;

  std::vector<SlotRow> rows_;
  std::vector<std::uint32_t> receptor_;
  std::vector<std::int16_t> weight_;
  std::size_t count_ = 0;
  bool rewired_ = false;
};

}  // namespace plexarium::sonn
