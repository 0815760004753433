#pragma once

#include <cstddef>

// A whole layer of synapses at once, without a graph: for networks of blocks. Per sample s and output i
//   y = gain_i e_si P_si,   P_si = prod over inputs j of (1 - w_ji x_sj)
// Source: Li, "A Synaptic Neural Network and Synapse Learning" (2018), section on the fully connected synapse graph.
// Departs: what excites is a list of its own, so that there may be more or fewer outputs than inputs; the paper's layer has
// e = x. The published program multiplies P over the whole batch; see batchSurvivals.
//
// Floats, row-major: x [batch][inputs], e, y and P [batch][outputs], weights [inputs][outputs], so that the outputs of one
// input stand together. Lists may not overlap unless said so. Probabilities and weights lie in 0..1; gains are >= 0.
// Every function gives the same bits for a sample whatever else is in the batch, and on every processor: products go in the
// order of the inputs, and each factor of them is rounded once, by a fused operation or as if by one. Any thread; the caller
// holds core/denormals.h's FlushDenormals, or products that fade away cost a hundred times as much. No function allocates.
namespace plexarium::synann {

struct SynapseShape {
  std::size_t batch = 0;
  std::size_t inputs = 0;
  std::size_t outputs = 0;
};

/// Which vector instructions are used; all give the same bits, which tests check.
enum class KernelWidth { Baseline, Avx2, Avx512 };
/// The widest that this processor has.
KernelWidth widestKernel();

/// P. A product needs no logarithm: underflow to 0 is right.
void survivals(const SynapseShape& shape, const float* x, const float* weights, float* survival,
               KernelWidth width = widestKernel());

/// y from P; `y` may be `survival` or `exciting`.
void openings(const SynapseShape& shape, const float* exciting, const float* gain, const float* survival, float* y);

/// -ln P in nats, where P itself would be 0: what inhibition adds to an output's surprisal. A factor counts as at least
/// 1e-6. One logarithm for each output: the product's powers of two are put aside every few factors. Absolute error about
/// 1e-7 times the square root of twice the inputs, plus a float's rounding of the result.
void inhibitions(const SynapseShape& shape, const float* x, const float* weights, float* surprisal,
                 KernelWidth width = widestKernel());

/// The gradient, from that by y. q = 1 / (1 - w x), with 1 - w x at least 1e-6:
///   by weights:   -sum_s h_si x_sj q         added to `weightSlope` [inputs][outputs], h = slope_si y_si
///   by gain:       sum_s slope_si e_si P_si  added to `gainSlope` [outputs]
///   by x:         -sum_i h_si w_ji q         written to `xSlope` [batch][inputs]
///   by exciting:   slope_si gain_i P_si      written to `excitingSlope` [batch][outputs]
/// Where the same list excites and inhibits (e = x) the last two are added up by the caller. Products that are 0 pass
/// nothing back to what inhibits.
struct SynapseSlopes {
  float* weights = nullptr;
  float* gain = nullptr;
  float* x = nullptr;
  float* exciting = nullptr;
};
void slopesOf(const SynapseShape& shape, const float* x, const float* exciting, const float* weights, const float* gain,
              const float* survival, const float* ySlope, const SynapseSlopes& slopes, KernelWidth width = widestKernel());

/// Compatibility with the published program, whose matrix of ones runs over the whole batch: one factor for each output,
/// the product over all samples and inputs, so that an answer depends on what else is in the batch and on its size. For
/// comparison only. Weights may be negative here. `survival`: [outputs].
void batchSurvivals(const SynapseShape& shape, const float* x, const float* weights, float* survival);

}  // namespace plexarium::synann
