#include "core/blocks/kernels.h"

#include <algorithm>
#include <cmath>
#include <utility>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace plexarium::blocks {
namespace {

constexpr std::size_t slopeOutputs = 4;  ///< Output channels of a tile of slopes; its inputs:
constexpr std::size_t slopeInputs(std::size_t size) { return size == 1 ? 4 : size <= 3 ? 2 : 1; }

/// The halves are added, then the halves of that.
inline float treeSum(float* sixteen) {
  for (std::size_t half = lotSize / 2; half > 0; half /= 2) {
    for (std::size_t k = 0; k < half; ++k) sixteen[k] += sixteen[k + half];
  }
  return sixteen[0];
}

namespace baseline {
constexpr std::size_t lanes = 4;
constexpr std::size_t channelTile = 2;
using Lanes [[gnu::vector_size(lanes * sizeof(float))]] = float;
inline Lanes fused(Lanes a, Lanes b, Lanes c) {
  return Lanes{std::fma(a[0], b[0], c[0]), std::fma(a[1], b[1], c[1]), std::fma(a[2], b[2], c[2]),
               std::fma(a[3], b[3], c[3])};
}
#include "core/blocks/kernels.inc"
}  // namespace baseline

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define PLEXARIUM_BLOCKS_WIDER
#pragma GCC push_options
#pragma GCC target("avx2,fma")
namespace avx2 {
constexpr std::size_t lanes = 8;
constexpr std::size_t channelTile = 2;
using Lanes [[gnu::vector_size(lanes * sizeof(float))]] = float;
inline Lanes fused(Lanes a, Lanes b, Lanes c) { return _mm256_fmadd_ps(a, b, c); }
#include "core/blocks/kernels.inc"
}  // namespace avx2
#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,prefer-vector-width=512")
namespace avx512 {
constexpr std::size_t lanes = 16;
constexpr std::size_t channelTile = 4;
using Lanes [[gnu::vector_size(lanes * sizeof(float))]] = float;
inline Lanes fused(Lanes a, Lanes b, Lanes c) { return _mm512_fmadd_ps(a, b, c); }
#include "core/blocks/kernels.inc"
}  // namespace avx512
#pragma GCC pop_options
#else
namespace avx2 = baseline;
namespace avx512 = baseline;
#endif

/// Calls the function of that width.
template <typename Baseline, typename Avx2, typename Avx512, typename... Arguments>
void pick(KernelWidth width, Baseline baseline, [[maybe_unused]] Avx2 avx2, [[maybe_unused]] Avx512 avx512,
          const Arguments&... arguments) {
#if defined(PLEXARIUM_BLOCKS_WIDER)
  if (width == KernelWidth::Avx512) return avx512(arguments...);
  if (width == KernelWidth::Avx2) return avx2(arguments...);
#endif
  static_cast<void>(width);
  baseline(arguments...);
}

}  // namespace

KernelWidth widestKernel() {
#if defined(PLEXARIUM_BLOCKS_WIDER)
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

void convolve(const Convolution& shape, Sheet in, const float* weights, const float* bias, Sheet out, KernelWidth width) {
  pick(width, baseline::convolve, avx2::convolve, avx512::convolve, shape, in, weights, bias, out);
}

void turnWeights(const Convolution& shape, const float* weights, float* turned) {
  const auto taps = shape.taps();
  for (std::size_t o = 0; o < shape.outputs; ++o) {
    for (std::size_t i = 0; i < shape.inputs; ++i) {
      const float* from = weights + (o * shape.inputs + i) * taps;
      std::reverse_copy(from, from + taps, turned + (i * shape.outputs + o) * taps);
    }
  }
}

std::size_t slopeTiles(const Convolution& shape) {
  const auto inputs = slopeInputs(shape.size);
  return ((shape.outputs + slopeOutputs - 1) / slopeOutputs) * ((shape.inputs + inputs - 1) / inputs);
}

void slopesOfWeights(const Convolution& shape, const Lots& in, const Lots& outSlopes, std::size_t tile, float* slopes,
                     KernelWidth width) {
  pick(width, baseline::slopesOfWeights, avx2::slopesOfWeights, avx512::slopesOfWeights, shape, in, outSlopes, tile, slopes);
}

void sumChannel(const float* channel, std::size_t row, std::size_t height, std::size_t width, Sums& sums,
                KernelWidth kernel) {
  const auto call = [&](auto function) { function(channel, row, height, width, sums); };
  pick(
      kernel, [&] { call(baseline::sumChannel); }, [&] { call(avx2::sumChannel); }, [&] { call(avx512::sumChannel); });
}

void scaleChannel(Line line, const float* in, std::size_t inRow, float* out, std::size_t outRow, std::size_t height,
                  std::size_t width, KernelWidth kernel) {
  pick(kernel, baseline::scaleChannel, avx2::scaleChannel, avx512::scaleChannel, line, in, inRow, out, outRow, height,
       width);
}

void sumSlopes(Line line, float middle, const float* in, std::size_t inRow, float* slopes, std::size_t slopeRow,
               std::size_t height, std::size_t width, Sums& sums, KernelWidth kernel) {
  const auto call = [&](auto function) { function(line, middle, in, inRow, slopes, slopeRow, height, width, sums); };
  pick(
      kernel, [&] { call(baseline::sumSlopes); }, [&] { call(avx2::sumSlopes); }, [&] { call(avx512::sumSlopes); });
}

void slopeChannel(BackLine line, const float* in, std::size_t inRow, const float* slopes, std::size_t slopeRow,
                  float* inSlopes, std::size_t inSlopeRow, std::size_t height, std::size_t width, KernelWidth kernel) {
  pick(kernel, baseline::slopeChannel, avx2::slopeChannel, avx512::slopeChannel, line, in, inRow, slopes, slopeRow, inSlopes,
       inSlopeRow, height, width);
}

void poolChannel(const float* in, std::size_t inRow, float* out, std::size_t outRow, std::size_t height, std::size_t width,
                 KernelWidth kernel) {
  pick(kernel, baseline::poolChannel, avx2::poolChannel, avx512::poolChannel, in, inRow, out, outRow, height, width);
}

void unpoolChannel(const float* in, std::size_t inRow, const float* out, std::size_t outRow, const float* slopes,
                   std::size_t slopeRow, float* inSlopes, std::size_t inSlopeRow, std::size_t height, std::size_t width,
                   KernelWidth kernel) {
  pick(kernel, baseline::unpoolChannel, avx2::unpoolChannel, avx512::unpoolChannel, in, inRow, out, outRow, slopes, slopeRow,
       inSlopes, inSlopeRow, height, width);
}

}  // namespace plexarium::blocks
