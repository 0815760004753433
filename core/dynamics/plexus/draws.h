#pragma once

#include <cstdint>

#include "core/random.h"

namespace plexarium::plexus {

/// Purposes of random numbers.
enum Stream : std::uint32_t { OrderStream = 1, TrialStream, CreationStream, JoinStream };

/// Random numbers one after the other, quick enough to redraw thousands of weights in one fire. A sequence of its own for
/// every (seed, stream, index): nothing has to be remembered between two of them.
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014 (splitmix64).
class Draws {
 public:
  Draws(std::uint64_t seed, Stream stream, std::uint64_t index) {
    const RandomStream start(seed, stream);
    state_ = (std::uint64_t{start.bits(index, 0)} << 32) | start.bits(index, 1);
  }

  /// Uniform in [0, 1), 53 bits.
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  /// Uniform integer in [0, bound), bound > 0; bias below 2^-32 * bound.
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32); }
  /// Mean 0, deviation 1, within +-6: the sum of twelve uniform numbers, which is the same on every machine.
  double normal() {
    double sum = -6;
    for (int k = 0; k < 12; ++k) sum += uniform();
    return sum;
  }

 private:
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t value = state_;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31);
  }

  std::uint64_t state_ = 0;
};

}  // namespace plexarium::plexus
