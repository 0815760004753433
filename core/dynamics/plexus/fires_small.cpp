#include <algorithm>
#include <cassert>

#include "core/dynamics/plexus/activation.h"
#include "core/dynamics/plexus/fires.h"
#include "core/dynamics/plexus/lanes.h"
#include "core/dynamics/plexus/verdict.h"

namespace plexarium::plexus {

namespace baseline {
namespace {
#include "core/dynamics/plexus/line_of_two.inc"

#include "core/dynamics/plexus/fires_small.inc"
}  // namespace
}  // namespace baseline

#if defined(PLEXARIUM_PLEXUS_AVX2)
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2")
namespace avx2 {
namespace {
#include "core/dynamics/plexus/line_of_two.inc"

#include "core/dynamics/plexus/fires_small.inc"
}  // namespace
}  // namespace avx2
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2,avx512f,avx512vl")
namespace avx512 {
namespace {

/// Two registers here, too: half the instructions on registers twice as wide would leave a third of the processor's units
/// idle. But neurons are found, masked and blended without memory.
struct Line {
  __m256 low, high;
};
struct Place {
  __mmask8 low, high;
};

[[gnu::always_inline]] inline void load(Line& line, const float* from) {
  line = {_mm256_loadu_ps(from), _mm256_loadu_ps(from + Subscriptions::lanes)};
}
[[gnu::always_inline]] inline void store(const Line& line, float* to) {
  _mm256_storeu_ps(to, line.low);
  _mm256_storeu_ps(to + Subscriptions::lanes, line.high);
}
[[gnu::always_inline]] inline void find(Place& place, std::uint32_t row) {
  const auto bit = 1U << row;
  place = {static_cast<__mmask8>(bit), static_cast<__mmask8>(bit >> Subscriptions::lanes)};
}
[[gnu::always_inline]] inline void clear(Line& line, const Place& place) {
  line.low = _mm256_maskz_mov_ps(static_cast<__mmask8>(~place.low), line.low);
  line.high = _mm256_maskz_mov_ps(static_cast<__mmask8>(~place.high), line.high);
}
[[gnu::always_inline]] inline void fill(Line& line, const Place& place, float value) {
  line.low = _mm256_mask_broadcastss_ps(line.low, place.low, _mm_set_ss(value));
  line.high = _mm256_mask_broadcastss_ps(line.high, place.high, _mm_set_ss(value));
}
[[gnu::always_inline]] inline float at(const Line& line, std::uint32_t row) {
  return _mm256_cvtss_f32(_mm256_permutex2var_ps(line.low, _mm256_set1_epi32(static_cast<int>(row)), line.high));
}
[[gnu::always_inline]] inline float sumOfProducts(const Line& one, const Line& other) {
  return avx2::sumOf(one.low * other.low + one.high * other.high);
}

template <Rule rule>
[[gnu::always_inline]] inline void learnHalf(const Step& step, const __m256& potential, float* weight,
                                             const std::int32_t* mask, __m256& desired) {
  const __m256i is = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(mask));
  const __mmask8 are = _mm256_test_epi32_mask(is, is);
  __m256 now = _mm256_loadu_ps(weight);
  __m256 wish;
  learnFrom<rule>(step, potential, now, wish);
  now = _mm256_max_ps(now, _mm256_set1_ps(-largestWeight));
  _mm256_storeu_ps(weight, _mm256_maskz_min_ps(are, now, _mm256_set1_ps(largestWeight)));
  desired = _mm256_mask_min_ps(desired, are, _mm256_max_ps(wish, _mm256_setzero_ps()), _mm256_set1_ps(1));
}
template <Rule rule>
[[gnu::always_inline]] inline void learnLine(const Step& step, const Line& potential, float* weight,
                                             const std::int32_t* mask, Line& desired) {
  constexpr auto half = Subscriptions::lanes;
  learnHalf<rule>(step, potential.low, weight, mask, desired.low);
  learnHalf<rule>(step, potential.high, weight + half, mask + half, desired.high);
}

#include "core/dynamics/plexus/fires_small.inc"
}  // namespace
}  // namespace avx512
#pragma GCC pop_options
#endif

namespace {

/// What the processor has.
Instructions available() {
#if defined(PLEXARIUM_PLEXUS_AVX2)
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
  if (!avx2) return Instructions::Plain;
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl");
  return avx512 ? Instructions::Avx512 : Instructions::Avx2;
#else
  return Instructions::Plain;
#endif
}

}  // namespace

Outcome fireSmall(Rule rule, const Rates& rates, Cells& cells, SmallWave& wave, Instructions most) {
  assert(rule != Rule::Article && SmallWave::takes(cells));
  static const auto has = available();
  [[maybe_unused]] const auto use = std::min(has, most);
#if defined(PLEXARIUM_PLEXUS_AVX2)
  if (use == Instructions::Avx512) return avx512::fire(rule, rates, cells, wave);
  if (use == Instructions::Avx2) return avx2::fire(rule, rates, cells, wave);
#endif
  return baseline::fire(rule, rates, cells, wave);
}

}  // namespace plexarium::plexus
