#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/dynamics/plexus/lane_vector.h"
#include "core/dynamics/plexus/subscriptions.h"

namespace plexarium::plexus {

/// The subscriptions of a small, well connected network once more, as a matrix: reader by source, with gaps. Going over a
/// row from end to end is then faster than looking its sources up. While it is in use, its weights are the truth.
class DenseRows {
 public:
  /// Whether a network pays: at most 1,024 neurons with at least a quarter of all subscriptions. Depends on nothing else,
  /// because the order of a sum is another one.
  static bool pays(std::size_t neurons, std::size_t links);

  void read(const Subscriptions& subscriptions);
  /// The weights to where they belong.
  void write(Subscriptions& subscriptions) const;

  /// Values in the rows of the smallest networks.
  static constexpr std::size_t leastStride = 2 * Subscriptions::lanes;
  /// Values in a row: one for each neuron and for nobody, in whole lanes.
  [[nodiscard]] std::size_t stride() const { return stride_; }
  [[nodiscard]] float* weights() { return weights_.data(); }
  /// -1 where there is a subscription, else 0; laid out like the weights.
  [[nodiscard]] const std::int32_t* masks() const { return masks_.data(); }
  /// Who reads a source: bit r of the words says whether row r does.
  [[nodiscard]] std::span<const std::uint64_t> readers(std::size_t source) const {
    return {readers_.data() + source * words_, words_};
  }
  [[nodiscard]] std::size_t words() const { return words_; }

 private:
  std::size_t stride_ = 0;
  std::size_t words_ = 0;
  LaneVector<float> weights_;
  LaneVector<std::int32_t> masks_;
  std::vector<std::uint64_t> readers_;
};

}  // namespace plexarium::plexus
