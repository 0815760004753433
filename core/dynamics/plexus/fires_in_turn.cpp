#include <algorithm>
#include <cassert>

#include "core/dynamics/plexus/activation.h"
#include "core/dynamics/plexus/fires.h"
#include "core/dynamics/plexus/lanes.h"
#include "core/dynamics/plexus/verdict.h"

namespace plexarium::plexus {
namespace {

/// list[index] = value, written as the whole lanes that it is in: a processor that reads these soon after need not wait for
/// the memory.
[[gnu::always_inline]] inline void putOne(float* list, std::uint32_t index, float value) {
  const auto lane = index % Subscriptions::lanes;
  Mask mask;
  only(mask, lane, 0);
  Lanes now;
  load(now, list + (index - lane));
  put(now, mask, value);
  store(now, list + (index - lane));
}

}  // namespace

namespace baseline {
namespace {
#include "core/dynamics/plexus/fires_in_turn.inc"
}  // namespace
}  // namespace baseline

#if defined(PLEXARIUM_PLEXUS_AVX2)
#pragma GCC push_options
#pragma GCC target("avx2")
namespace avx2 {
namespace {
#include "core/dynamics/plexus/fires_in_turn.inc"
}  // namespace
}  // namespace avx2
#pragma GCC pop_options
#endif

Outcome fireInTurn(Rule rule, const Rates& rates, Cells& cells, std::span<const std::uint32_t> order, float* read,
                   Instructions most) {
  assert(rule != Rule::Article);
#if defined(PLEXARIUM_PLEXUS_AVX2)
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  if (has && most >= Instructions::Avx2) return avx2::fire(rule, rates, cells, order, read);
#endif
  static_cast<void>(most);
  return baseline::fire(rule, rates, cells, order, read);
}

float dot(const float* a, const float* b, std::size_t count) {
  Lanes sum{};
  std::size_t k = 0;
  for (; k + Subscriptions::lanes <= count; k += Subscriptions::lanes) {
    Lanes one;
    Lanes other;
    load(one, a + k);
    load(other, b + k);
    sum += one * other;
  }
  for (std::size_t one = 0; k < count; ++k, ++one) sum[one] += a[k] * b[k];
  return baseline::sumOf(sum);
}

float weightedSum(const float* potential, const std::uint32_t* source, const float* weight, std::size_t count, float* read) {
  Lanes sum{};
  std::size_t k = 0;
  for (; k + Subscriptions::lanes <= count; k += Subscriptions::lanes) {
    Lanes now;
    Lanes times;
    baseline::gather(now, potential, source + k);
    load(times, weight + k);
    store(now, read + k);
    sum += now * times;
  }
  for (std::size_t one = 0; k < count; ++k, ++one) {
    read[k] = potential[source[k]];
    sum[one] += read[k] * weight[k];
  }
  return baseline::sumOf(sum);
}

}  // namespace plexarium::plexus
