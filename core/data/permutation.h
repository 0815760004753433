#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "core/random.h"

namespace plexarium {

/// A seeded shuffle of 0 .. count-1 that is computed where it is asked for and takes no memory, so that a stream may shuffle
/// more samples than it could list. Value type.
/// Source: M. Luby, C. Rackoff, "How to construct pseudorandom permutations", 1988 (a Feistel network), with cycle walking
/// as in J. Black, P. Rogaway, "Ciphers with arbitrary finite domains", 2002.
class Permutation {
 public:
  /// `count` >= 1. `stream` and `round` tell shuffles of one seed apart.
  Permutation(std::uint64_t count, std::uint64_t seed, std::uint32_t stream, std::uint64_t round = 0)
      : count_(count), halfBits_((static_cast<unsigned>(std::bit_width(count - 1)) + 1) / 2) {
    if (halfBits_ < 2) halfBits_ = 2;  // a round function of one bit mixes too little
    const RandomStream random(seed, stream);
    for (std::uint32_t k = 0; k < keys_.size(); ++k) {
      keys_[k] = std::uint64_t{random.bits(round, 2 * k)} << 32U | random.bits(round, 2 * k + 1);
    }
  }

  [[nodiscard]] std::uint64_t count() const { return count_; }
  /// Where `index` (< count) goes; every place is taken once.
  [[nodiscard]] std::uint64_t operator()(std::uint64_t index) const {
    do {
      index = mixed(index);
    } while (index >= count_);  // the network's own domain is up to four times as large
    return index;
  }

 private:
  [[nodiscard]] std::uint64_t mixed(std::uint64_t index) const {
    const std::uint64_t mask = (std::uint64_t{1} << halfBits_) - 1;
    std::uint64_t left = index >> halfBits_;
    std::uint64_t right = index & mask;
    for (const auto key : keys_) {
      const auto next = left ^ (scramble(right ^ key) & mask);
      left = right;
      right = next;
    }
    return left << halfBits_ | right;
  }
  /// The finaliser of splitmix64: every bit of the key and the half moves every bit of the result.
  static std::uint64_t scramble(std::uint64_t bits) {
    bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31U);
  }

  std::uint64_t count_;
  unsigned halfBits_;
  std::array<std::uint64_t, 6> keys_{};
};

}  // namespace plexarium
