#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/graph/graph.h"

namespace plexarium::plexus {

/// Who reads whom, by reader: for each row the rows that it subscribes to, ascending, and the weights beside them, both
/// contiguous, with room to grow. This is the truth between two publications; the graph's link table holds the same by
/// source, so that subscriptions and publications mirror each other by construction.
class Subscriptions {
 public:
  /// All links of the graph. O(neurons + links).
  void read(const Graph& graph);
  /// Makes the graph's links and weights these. Returns whether links were added or removed. O(neurons + links).
  bool write(Graph& graph);

  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::span<const std::uint32_t> sources(std::size_t row) const {
    return {sources_.data() + rows_[row].begin, rows_[row].count};
  }
  [[nodiscard]] std::span<float> weights(std::size_t row) { return {weights_.data() + rows_[row].begin, rows_[row].count}; }
  [[nodiscard]] std::span<const float> weights(std::size_t row) const {
    return {weights_.data() + rows_[row].begin, rows_[row].count};
  }

  /// True: a new subscription. False: there was one already, and its weight is this now. Voids spans.
  bool subscribe(std::size_t row, std::uint32_t source, float weight);
  /// The subscription at this place in sources(row). Voids spans.
  void unsubscribe(std::size_t row, std::size_t index);
  /// Whether anything was subscribed or broken off since the graph was read or written.
  [[nodiscard]] bool rewired() const { return rewired_; }

 private:
  struct Row {
    std::size_t begin = 0;
    std::uint32_t count = 0;
    std::uint32_t room = 0;
  };

  void moveToEnd(Row& row);

  std::vector<Row> rows_;
  std::vector<std::uint32_t> sources_;
  std::vector<float> weights_;
  std::size_t count_ = 0;
  bool rewired_ = false;
};

}  // namespace plexarium::plexus
