#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "core/dynamics/plexus/subscriptions.h"

// Several floats at once, and what can be done with them, once for every set of instructions. Results are the same bits.
namespace plexarium::plexus {

// The compilers' own vectors: whatever registers there are, the lanes and so the bits are the same.
using Lanes [[gnu::vector_size(Subscriptions::lanes * sizeof(float))]] = float;
using Mask [[gnu::vector_size(Subscriptions::lanes * sizeof(float))]] = std::int32_t;  // -1: true

[[gnu::always_inline]] inline void load(Lanes& lane, const float* from) { std::memcpy(&lane, from, sizeof lane); }
[[gnu::always_inline]] inline void store(const Lanes& lane, float* to) { std::memcpy(to, &lane, sizeof lane); }

[[gnu::always_inline]] inline void keepOnly(Lanes& lane, const Mask& mask) {
  Mask bits;
  std::memcpy(&bits, &lane, sizeof bits);
  bits &= mask;
  std::memcpy(&lane, &bits, sizeof bits);
}
/// Where the mask is set the lane must have been 0.
[[gnu::always_inline]] inline void add(Lanes& lane, const Mask& mask, float value) {
  const Lanes all{value, value, value, value, value, value, value, value};
  Mask bits;
  Mask others;
  std::memcpy(&bits, &lane, sizeof bits);
  std::memcpy(&others, &all, sizeof others);
  bits |= others & mask;
  std::memcpy(&lane, &bits, sizeof bits);
}
[[gnu::always_inline]] inline void put(Lanes& lane, const Mask& mask, const Lanes& value) {
  Mask bits;
  Mask others;
  std::memcpy(&bits, &lane, sizeof bits);
  std::memcpy(&others, &value, sizeof others);
  bits = (bits & ~mask) | (others & mask);
  std::memcpy(&lane, &bits, sizeof bits);
}

[[gnu::always_inline]] inline void put(Lanes& lane, const Mask& mask, float value) {
  put(lane, mask, Lanes{value, value, value, value, value, value, value, value});
}

/// Of the lanes from `first` on, `lane` alone. Both are below twice the lanes. From memory, so that compilers do not know
/// the mask for a comparison, of which they make slower blends.
[[gnu::always_inline]] inline void only(Mask& mask, std::uint32_t lane, std::uint32_t first) {
  constexpr std::uint32_t most = 2 * Subscriptions::lanes - 1;
  static constexpr std::int32_t window[2 * most + 1] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1};
  std::memcpy(&mask, window + most - lane + first, sizeof mask);
}

namespace baseline {

[[gnu::always_inline]] inline void gather(Lanes& lane, const float* from, const std::uint32_t* index) {
  lane = Lanes{from[index[0]], from[index[1]], from[index[2]], from[index[3]],
               from[index[4]], from[index[5]], from[index[6]], from[index[7]]};
}

[[gnu::always_inline]] inline float sumOf(const Lanes& lane) {
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

[[gnu::always_inline]] inline void keepWithin(Lanes& value, float least, float most) {
#if defined(__SSE__)
  // The compiler makes branches of conditions on vectors that are wider than its registers.
  constexpr std::size_t half = Subscriptions::lanes / 2;
  for (std::size_t first = 0; first < Subscriptions::lanes; first += half) {
    __m128 four;
    std::memcpy(&four, reinterpret_cast<const char*>(&value) + first * sizeof(float), sizeof four);
    four = _mm_min_ps(_mm_max_ps(four, _mm_set1_ps(least)), _mm_set1_ps(most));
    std::memcpy(reinterpret_cast<char*>(&value) + first * sizeof(float), &four, sizeof four);
  }
#else
  for (std::size_t one = 0; one < Subscriptions::lanes; ++one) value[one] = std::min(std::max(value[one], least), most);
#endif
}

}  // namespace baseline

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define PLEXARIUM_PLEXUS_AVX2
#pragma GCC push_options
#pragma GCC target("avx2")
namespace avx2 {

[[gnu::always_inline]] inline void gather(Lanes& lane, const float* from, const std::uint32_t* index) {
  lane = _mm256_i32gather_ps(from, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(index)), sizeof(float));
}

[[gnu::always_inline]] inline float sumOf(const Lanes& lane) {
  const __m128 four = _mm_add_ps(_mm256_castps256_ps128(lane), _mm256_extractf128_ps(lane, 1));
  const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
}

[[gnu::always_inline]] inline void keepWithin(Lanes& value, float least, float most) {
  value = _mm256_min_ps(_mm256_max_ps(value, _mm256_set1_ps(least)), _mm256_set1_ps(most));
}

}  // namespace avx2
#pragma GCC pop_options
#endif

}  // namespace plexarium::plexus
