#include "core/dynamics/synann/kernels.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace plexarium::synann {
namespace {

constexpr float leastFactor = 1e-6F;
constexpr std::size_t factorsAtOnce = 6;  ///< Of at least leastFactor: their product is a normal float.
constexpr std::size_t stretch = 126;      ///< Inputs of a panel: a multiple of that, and a panel fits the first-level cache.
constexpr std::size_t sumLanes = 16;
constexpr std::size_t inputsAtOnce = 16;  ///< Their weights and slopes stay near while all samples pass.
static_assert(stretch % factorsAtOnce == 0);

/// 1 - w x for w x within 0..1, rounded once, as processors with fused operations do it. The product is exact in a double;
/// of the difference the last bit is made odd where something is lost, so that the second rounding errs in nothing.
/// Source: Boldo and Melquiond, "Emulation of a FMA and correctly rounded sums", IEEE Trans. Computers 57(4), 2008.
inline float fusedFactor(float weight, float x) {
  const double open = double{weight} * double{x};
  const double factor = 1 - open;
  const double lost = (1 - factor) - open;
  auto bits = std::bit_cast<std::int64_t>(factor);
  if (lost != 0 && bits % 2 == 0) bits += lost > 0 ? 1 : -1;
  return static_cast<float>(std::bit_cast<double>(bits));
}

namespace baseline {
constexpr std::size_t lanes = 4;
constexpr std::size_t tileVectors = 2;
using Lanes [[gnu::vector_size(lanes * sizeof(float))]] = float;
inline Lanes factorOf(Lanes weight, float x) {
  return Lanes{fusedFactor(weight[0], x), fusedFactor(weight[1], x), fusedFactor(weight[2], x), fusedFactor(weight[3], x)};
}
#include "core/dynamics/synann/kernels.inc"
}  // namespace baseline

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define PLEXARIUM_SYNANN_WIDER
#pragma GCC push_options
#pragma GCC target("avx2,fma")
namespace avx2 {
constexpr std::size_t lanes = 8;
constexpr std::size_t tileVectors = 2;
using Lanes [[gnu::vector_size(lanes * sizeof(float))]] = float;
inline Lanes factorOf(Lanes weight, float x) { return _mm256_fnmadd_ps(weight, _mm256_set1_ps(x), _mm256_set1_ps(1)); }
#include "core/dynamics/synann/kernels.inc"
}  // namespace avx2
#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,prefer-vector-width=512")
namespace avx512 {
constexpr std::size_t lanes = 16;
constexpr std::size_t tileVectors = 2;
using Lanes [[gnu::vector_size(lanes * sizeof(float))]] = float;
inline Lanes factorOf(Lanes weight, float x) { return _mm512_fnmadd_ps(weight, _mm512_set1_ps(x), _mm512_set1_ps(1)); }
#include "core/dynamics/synann/kernels.inc"
}  // namespace avx512
#pragma GCC pop_options
#endif

/// The same function of one of the widths.
template <typename Function>
Function pick(KernelWidth width, Function baseline, [[maybe_unused]] Function avx2, [[maybe_unused]] Function avx512) {
#if defined(PLEXARIUM_SYNANN_WIDER)
  if (width == KernelWidth::Avx512) return avx512;
  if (width == KernelWidth::Avx2) return avx2;
#endif
  static_cast<void>(width);
  return baseline;
}

#if !defined(PLEXARIUM_SYNANN_WIDER)
namespace avx2 = baseline;
namespace avx512 = baseline;
#endif

}  // namespace

KernelWidth widestKernel() {
#if defined(PLEXARIUM_SYNANN_WIDER)
  static const auto widest = [] {
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl")) {
      return KernelWidth::Avx512;
    }
    const bool fuses = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    return fuses ? KernelWidth::Avx2 : KernelWidth::Baseline;
  }();
  return widest;
#else
  return KernelWidth::Baseline;
#endif
}

void survivals(const SynapseShape& shape, const float* x, const float* weights, float* survival, KernelWidth width) {
  pick(width, baseline::forward<false>, avx2::forward<false>, avx512::forward<false>)(shape, x, weights, survival);
}

void inhibitions(const SynapseShape& shape, const float* x, const float* weights, float* surprisal, KernelWidth width) {
  pick(width, baseline::forward<true>, avx2::forward<true>, avx512::forward<true>)(shape, x, weights, surprisal);
}

void openings(const SynapseShape& shape, const float* exciting, const float* gain, const float* survival, float* y) {
  for (std::size_t sample = 0; sample < shape.batch; ++sample) {
    const auto line = sample * shape.outputs;
    for (std::size_t i = 0; i < shape.outputs; ++i) y[line + i] = gain[i] * exciting[line + i] * survival[line + i];
  }
}

void slopesOf(const SynapseShape& shape, const float* x, const float* exciting, const float* weights, const float* gain,
              const float* survival, const float* ySlope, const SynapseSlopes& slopes, KernelWidth width) {
  float* h = slopes.exciting;  // until its own turn
  for (std::size_t sample = 0; sample < shape.batch; ++sample) {
    const auto line = sample * shape.outputs;
    for (std::size_t i = 0; i < shape.outputs; ++i) {
      const float byGain = ySlope[line + i] * (exciting[line + i] * survival[line + i]);
      slopes.gain[i] += byGain;
      h[line + i] = byGain * gain[i];
    }
  }
  pick(width, baseline::back, avx2::back, avx512::back)(shape, x, h, weights, slopes.weights, slopes.x);
  for (std::size_t sample = 0; sample < shape.batch; ++sample) {
    const auto line = sample * shape.outputs;
    for (std::size_t i = 0; i < shape.outputs; ++i) h[line + i] = ySlope[line + i] * gain[i] * survival[line + i];
  }
}

void batchSurvivals(const SynapseShape& shape, const float* x, const float* weights, float* survival) {
  std::fill_n(survival, shape.outputs, 1.0F);
  for (std::size_t sample = 0; sample < shape.batch; ++sample) {
    for (std::size_t j = 0; j < shape.inputs; ++j) {
      const float open = x[sample * shape.inputs + j];
      for (std::size_t i = 0; i < shape.outputs; ++i) survival[i] *= 1 - weights[j * shape.outputs + i] * open;
    }
  }
}

}  // namespace plexarium::synann
