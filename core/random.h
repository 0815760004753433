#pragma once

#include <array>
#include <cstdint>

#include <Random123/philox.h>

namespace plexarium {

/// Counter-based random numbers: the value depends on (seed, stream, index, draw) alone, so any thread may ask for any of
/// them in any order. One stream per purpose. Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011
/// (Philox4x32-10, by the Random123 library).
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::uint32_t stream)
      : key_{{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}}, stream_(stream) {}

  /// 32 uniform bits.
  [[nodiscard]] std::uint32_t bits(std::uint64_t index, std::uint32_t draw = 0) const {
    const r123::Philox4x32::ctr_type counter{
        {static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32), draw, stream_}};
    return r123::Philox4x32{}(counter, key_)[0];
  }
  /// Uniform in [0, 1).
  [[nodiscard]] double uniform(std::uint64_t index, std::uint32_t draw = 0) const { return bits(index, draw) * 0x1p-32; }
  /// Uniform integer in [0, bound), bound > 0; bias below 2^-32 * bound.
  [[nodiscard]] std::uint32_t below(std::uint32_t bound, std::uint64_t index, std::uint32_t draw = 0) const {
    return static_cast<std::uint32_t>((std::uint64_t{bits(index, draw)} * bound) >> 32);
  }

 private:
  r123::Philox4x32::key_type key_;
  std::uint32_t stream_;
};

/// Random numbers one after the other, quick enough to redraw thousands of weights at once. A sequence of its own for every
/// (seed, stream, index): nothing has to be remembered between two of them.
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014 (splitmix64).
class DrawSequence {
 public:
  DrawSequence(std::uint64_t seed, std::uint32_t stream, std::uint64_t index) {
    const RandomStream start(seed, stream);
    state_ = (std::uint64_t{start.bits(index, 0)} << 32) | start.bits(index, 1);
  }

  /// 64 uniform bits.
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t value = state_;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31);
  }
  /// Uniform in [0, 1), 53 bits.
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  /// Uniform integer in [0, bound), bound > 0; bias below 2^-32 * bound.
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32); }

 private:
  std::uint64_t state_ = 0;
};

}  // namespace plexarium
