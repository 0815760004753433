#pragma once

#include <cstdint>
#include <span>

#include "core/dynamics/sorn/fields.h"
#include "core/random.h"

namespace plexarium::sorn {

/// Purposes of random numbers.
enum Stream : std::uint32_t { NoiseStream = 1, GrowthStream };

/// Fills `noise` with the numbers of one tick; nothing has to be remembered from tick to tick. Plain arithmetic: the same on
/// every processor.
/// Uniform: 0 to `strength`. Normal: mean 0, deviation `strength`, from the sum of twelve uniform numbers of 16 bits with
/// Cornish and Fisher's correction of its kurtosis: within 7 deviations.
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014 (splitmix64).
inline void drawNoise(std::uint64_t seed, std::uint64_t tick, NoiseKind kind, double strength, std::span<double> noise) {
  const RandomStream stream(seed, NoiseStream);
  std::uint64_t state = (std::uint64_t{stream.bits(tick, 0)} << 32) | stream.bits(tick, 1);
  const auto next = [&state] {
    std::uint64_t value = state += 0x9e3779b97f4a7c15U;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31);
  };
  if (kind == NoiseKind::Uniform) {
    for (auto& one : noise) one = strength * (static_cast<double>(next() >> 11) * 0x1p-53);
    return;
  }
  constexpr std::uint64_t low = 0x0000ffff0000ffffU;
  for (auto& one : noise) {
    std::uint64_t pairs = 0;  // two sums of six, side by side
    for (int k = 0; k < 3; ++k) {
      const std::uint64_t bits = next();
      pairs += (bits & low) + ((bits >> 16) & low);
    }
    const auto sum = static_cast<std::int32_t>((pairs >> 32) + (pairs & 0xffffffffU));
    const double z = (sum - 6 * 65535) * 0x1p-16;
    one = strength * (z + z * (z * z - 3) * (1.0 / 240));
  }
}

}  // namespace plexarium::sorn
