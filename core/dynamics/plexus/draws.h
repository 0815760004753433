#pragma once

#include <cstdint>
#include <utility>

#include "core/random.h"

namespace plexarium::plexus {

/// Purposes of random numbers.
enum Stream : std::uint32_t { OrderStream = 1, TrialStream, CreationStream, JoinStream };

/// Random numbers one after the other, quick enough to redraw thousands of weights in one fire. A sequence of its own for
/// every (seed, stream, index): nothing has to be remembered between two of them. Whoever begins many keeps the key of
/// (seed, stream).
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014 (splitmix64).
class Draws {
 public:
  Draws(std::uint64_t seed, Stream stream, std::uint64_t index) : Draws(keyOf(seed, stream), index) {}
  Draws(std::uint64_t key, std::uint64_t index) : state_(mixed(key ^ mixed(index))) {}

  static std::uint64_t keyOf(std::uint64_t seed, Stream stream) {
    const RandomStream start(seed, stream);
    return (std::uint64_t{start.bits(0, 0)} << 32) | start.bits(0, 1);
  }

  /// Uniform in [0, 1), 53 bits.
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  /// Uniform integer in [0, bound), bound > 0; bias below 2^-32 * bound.
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32); }
  /// Two of them from one number, for those who need many: bias below 2^-32 * bound.
  std::pair<std::uint32_t, std::uint32_t> below(std::uint32_t first, std::uint32_t second) {
    const auto value = next();
    return {static_cast<std::uint32_t>(((value >> 32) * first) >> 32),
            static_cast<std::uint32_t>(((value & 0xffffffffU) * second) >> 32)};
  }
  /// Brings the rows into a random order.
  void shuffle(std::uint32_t* rows, std::uint32_t count) {
    for (std::uint32_t k = 0; k + 1 < count; k += 2) {
      const auto [first, second] = below(count - k, count - k - 1);
      std::swap(rows[k], rows[k + first]);
      std::swap(rows[k + 1], rows[k + 1 + second]);
    }
  }
  /// Mean 0, deviation 1, within +-6: the sum of twelve uniform numbers, which is the same on every machine.
  double normal() {
    double sum = -6;
    for (int k = 0; k < 12; ++k) sum += uniform();
    return sum;
  }

 private:
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    return mixed(state_);
  }
  static std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31);
  }

  std::uint64_t state_ = 0;
};

}  // namespace plexarium::plexus
