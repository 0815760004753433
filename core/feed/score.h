#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/data/encoding.h"

namespace plexarium {

/// How well an output group answered. Sums, so that one tally taken from a later one is that of the time between. Value
/// type.
struct Tally {
  std::uint64_t samples = 0;
  std::uint64_t correct = 0;        ///< Class named rightly; 0 where there are no classes.
  std::uint64_t decided = 0;        ///< Samples whose answer reached the dominance threshold.
  std::uint64_t decisionTicks = 0;  ///< Ticks that took, summed.
  double absoluteError = 0;         ///< Mean over the group's neurons of |output - target|, summed over samples.
  double squaredError = 0;

  Tally& operator+=(const Tally& more);
  Tally& operator-=(const Tally& earlier);

  // Means over the samples; 0 where there are none.
  [[nodiscard]] double error() const { return mean(absoluteError); }
  [[nodiscard]] double meanSquare() const { return mean(squaredError); }
  [[nodiscard]] double accuracy() const { return mean(static_cast<double>(correct)); }

 private:
  [[nodiscard]] double mean(double sum) const { return samples > 0 ? sum / static_cast<double>(samples) : 0; }
};

/// A tally that knows what was taken for what. Value type.
struct Score : Tally {
  std::vector<std::uint64_t> confusion{};  ///< Wanted class times classes + named class.

  /// `outputs`, `targets`: one value a neuron. `label` where there are classes.
  void add(const TargetEncoder& encoder, std::uint32_t label, std::span<const double> targets,
           std::span<const double> outputs);
  Score& operator-=(const Score& earlier);
};

}  // namespace plexarium
