#pragma once

#include <cstddef>
#include <cstdint>

#include "core/blocks/tensor.h"

// The inner loops of the blocks, each for a lot of sixteen samples (see tensor.h).
//
// Every function gives the same bits on every processor: each sum goes in the order that is written here, and where a
// product is added to a sum the two are rounded once, by a fused operation or as if by one. Sums over samples keep one sum
// for each of the sixteen and join them as a tree. Any thread; nothing allocates; lots begin at multiples of 64 bytes. The
// caller holds core/denormals.h's FlushDenormals.
namespace plexarium::blocks {

/// Which vector instructions are used; all give the same bits, which tests check. Baseline: whatever the compiler assumes;
/// on processors without fused operations it is very slow.
enum class KernelWidth : std::uint8_t { Baseline, Avx2, Avx512 };
/// The widest that this processor has.
KernelWidth widestKernel();

/// Squares of `size` x `size` that step over planes one by one. A dense layer is one with planes of one value.
struct Convolution {
  std::size_t inputs = 1;   ///< Channels.
  std::size_t outputs = 1;  ///< Channels.
  std::size_t size = 1;     ///< 1 to 5.
  std::size_t height = 1;   ///< Of the outputs.
  std::size_t width = 1;
  [[nodiscard]] std::size_t taps() const { return size * size; }
  [[nodiscard]] std::size_t weights() const { return outputs * inputs * taps(); }
};

/// out[o][y][x] = bias[o] + sum over i, v, u of weights[o][i][v][u] * in[i][y + v][x + u], in that order. `bias` may be
/// null. `in.at` is the value under the first weight of the first output: height + size - 1 rows are read.
void convolve(const Convolution& shape, Sheet in, const float* weights, const float* bias, Sheet out,
              KernelWidth width = widestKernel());
/// Weights for convolve that take slopes back: `turned`[i][o][v][u] = weights[o][i][size-1-v][size-1-u].
void turnWeights(const Convolution& shape, const float* weights, float* turned);

/// Several lots of samples, `stride` floats apart.
struct Lots {
  Sheet first;
  std::size_t stride = 0;
  std::size_t count = 0;
};
/// Weights are dealt with in tiles; tile number k < slopeTiles(shape) may be done by any thread.
std::size_t slopeTiles(const Convolution& shape);
/// slopes[o][i][v][u] = sum over lots, y, x and samples of in[i][y + v][x + u] * outSlopes[o][y][x], for the weights of a
/// tile.
void slopesOfWeights(const Convolution& shape, const Lots& in, const Lots& outSlopes, std::size_t tile, float* slopes,
                     KernelWidth width = widestKernel());

/// A sum for each of sixteen samples, and of squares or products.
struct alignas(64) Sums {
  float plain[lotSize] = {};
  float squares[lotSize] = {};
};
/// Of all values of a channel.
void sumChannel(const float* channel, std::size_t row, std::size_t height, std::size_t width, Sums& sums,
                KernelWidth kernel = widestKernel());

/// y = x * scale + shift, not below `floor` (-infinity: as it is).
struct Line {
  float scale = 1;
  float shift = 0;
  float floor = 0;
};
void scaleChannel(Line line, const float* in, std::size_t inRow, float* out, std::size_t outRow, std::size_t height,
                  std::size_t width, KernelWidth kernel = widestKernel());
/// Slopes by y become slopes by the line's value where it was above the floor, else 0, in place; sums of them, and of them
/// times (x - middle).
void sumSlopes(Line line, float middle, const float* in, std::size_t inRow, float* slopes, std::size_t slopeRow,
               std::size_t height, std::size_t width, Sums& sums, KernelWidth kernel = widestKernel());
/// slopes by x = slopes * scale + x * tilt + shift.
struct BackLine {
  float scale = 1;
  float tilt = 0;
  float shift = 0;
};
void slopeChannel(BackLine line, const float* in, std::size_t inRow, const float* slopes, std::size_t slopeRow,
                  float* inSlopes, std::size_t inSlopeRow, std::size_t height, std::size_t width,
                  KernelWidth kernel = widestKernel());

/// The largest of every square of two by two; `height` and `width` of the outputs.
void poolChannel(const float* in, std::size_t inRow, float* out, std::size_t outRow, std::size_t height, std::size_t width,
                 KernelWidth kernel = widestKernel());
/// Slopes go to the first of the square's largest values, in the order of rows; the others get 0.
void unpoolChannel(const float* in, std::size_t inRow, const float* out, std::size_t outRow, const float* slopes,
                   std::size_t slopeRow, float* inSlopes, std::size_t inSlopeRow, std::size_t height, std::size_t width,
                   KernelWidth kernel = widestKernel());

}  // namespace plexarium::blocks
