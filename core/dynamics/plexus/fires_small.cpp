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
#pragma GCC target("avx2,bmi,bmi2,avx512f,avx512vl,avx512dq")
namespace avx512 {
namespace {

using Line [[gnu::vector_size(DenseRows::leastStride * sizeof(float))]] = float;
using Place = __mmask16;

[[gnu::always_inline]] inline void load(Line& line, const float* from) { line = _mm512_loadu_ps(from); }
[[gnu::always_inline]] inline void store(const Line& line, float* to) { _mm512_storeu_ps(to, line); }
[[gnu::always_inline]] inline void find(Place& place, std::uint32_t row) { place = static_cast<Place>(1U << row); }
[[gnu::always_inline]] inline void clear(Line& line, const Place& place) {
  line = _mm512_maskz_mov_ps(static_cast<Place>(~place), line);
}
[[gnu::always_inline]] inline void fill(Line& line, const Place& place, float value) {
  line = _mm512_mask_broadcastss_ps(line, place, _mm_set_ss(value));
}
[[gnu::always_inline]] inline float at(const Line& line, std::uint32_t row) {
  return _mm512_cvtss_f32(_mm512_maskz_permutexvar_ps(1, _mm512_set1_epi32(static_cast<int>(row)), line));
}
[[gnu::always_inline]] inline float sumOfProducts(const Line& one, const Line& other) {
  const Line products = one * other;
  return avx2::sumOf(__builtin_shufflevector(products, products, 0, 1, 2, 3, 4, 5, 6, 7) +
                     __builtin_shufflevector(products, products, 8, 9, 10, 11, 12, 13, 14, 15));
}

template <Rule rule>
[[gnu::always_inline]] inline void learnLine(const Step& step, const Line& potential, float* weight,
                                             const std::int32_t* mask, Line& desired) {
  const Line least = _mm512_set1_ps(-largestWeight);
  const Line most = _mm512_set1_ps(largestWeight);
  const Place are = _mm512_cmpneq_epi32_mask(_mm512_loadu_si512(mask), _mm512_setzero_si512());
  Line now;
  Line wish;
  load(now, weight);
  learnFrom<rule>(step, potential, now, wish);
  store(_mm512_maskz_min_ps(are, _mm512_maskz_max_ps(are, now, least), most), weight);
  desired = _mm512_mask_min_ps(desired, are, _mm512_maskz_max_ps(are, wish, _mm512_setzero_ps()), _mm512_set1_ps(1));
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
  const bool avx512 =
      __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
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
