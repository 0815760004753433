#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/dynamics/plexus/lane_vector.h"
#include "core/graph/graph.h"

namespace plexarium::plexus {

/// Who reads whom, by reader: for each row the rows that it subscribes to, ascending, and the weights beside them, both
/// contiguous, with room to grow. This is the truth between two publications; the graph's link table holds the same by
/// source, so that subscriptions and publications mirror each other by construction.
///
/// Rooms are whole numbers of lanes, and what is not in use subscribes to nobody with weight 0: whoever goes over a row may
/// do so by whole lanes.
class Subscriptions {
 public:
  static constexpr std::uint32_t lanes = 8;

  struct Row {
    std::size_t begin = 0;
    std::uint32_t count = 0;
    std::uint32_t room = 0;
    std::uint32_t deaf = 0;  ///< So many of the first sources, in whole lanes, are sensory: nothing is wanted of them.

    /// The count in whole lanes.
    [[nodiscard]] std::uint32_t padded() const { return (count + lanes - 1) / lanes * lanes; }
  };

  /// All links of the graph. O(neurons + links).
  void read(const Graph& graph);
  /// Makes the graph's links and weights these. Returns whether links were added or removed. O(neurons + links).
  bool write(Graph& graph);

  [[nodiscard]] std::size_t count() const { return count_; }
  /// The source of what is not in use: the row after the last one.
  [[nodiscard]] std::uint32_t nobody() const { return static_cast<std::uint32_t>(rows_.size()); }
  /// Everything at once, for those who go over many rows: `Row::begin` is the place in both lists.
  [[nodiscard]] const Row* rows() const { return rows_.data(); }
  [[nodiscard]] const std::uint32_t* allSources() const { return sources_.data(); }
  [[nodiscard]] float* allWeights() { return weights_.data(); }
  /// Of the longest row, in whole lanes.
  [[nodiscard]] std::size_t longest() const;
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
  void moveToEnd(Row& row);

  std::vector<Row> rows_;
  LaneVector<std::uint32_t> sources_;
  LaneVector<float> weights_;
  std::size_t count_ = 0;
  bool rewired_ = false;
};

}  // namespace plexarium::plexus
