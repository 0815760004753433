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

/// A sample that was taken for another class.
struct Mistake {
  std::size_t sample = 0;  ///< In the data.
  std::uint32_t wanted = 0;
  std::uint32_t said = 0;
  friend bool operator==(const Mistake&, const Mistake&) = default;
};

/// A tally that knows what was taken for what. Value type.
struct Score : Tally {
  static constexpr std::size_t mistakesKept = 24;

  std::vector<std::uint64_t> confusion{};  ///< Wanted class times classes + named class.
  std::vector<Mistake> mistakes{};         ///< The last ones, oldest first; at most mistakesKept.

  /// `sample`: its number in the data. `outputs`, `targets`: one value a neuron. `label` where there are classes.
  void add(const TargetEncoder& encoder, std::size_t sample, std::uint32_t label, std::span<const double> targets,
           std::span<const double> outputs);
  /// The last mistakes stay.
  Score& operator-=(const Score& earlier);
};

}  // namespace plexarium
