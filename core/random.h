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

}  // namespace plexarium
