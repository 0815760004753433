#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace plexarium {

// A layer of synapses, y_si = x_si prod_j (1 - w_ji x_sj), for comparisons. Row-major; x and y [batch][n], weights [n][n]:
// [input][output].

/// The product itself, in doubles.
struct SynapseOracle {
  std::vector<double> y;
  std::vector<double> inhibition;  ///< -ln of the product.
};
SynapseOracle synapseOracle(std::size_t batch, std::size_t n, std::span<const float> x, std::span<const float> weights);

/// As the published program computes it: every sample becomes a diagonal matrix, all of them are multiplied by the weights,
/// logarithms are taken, and a matrix of ones adds them up: over the whole batch, or (`coupled` false) as it was meant,
/// sample by sample. Takes batch n n floats, twice. Floats, by Eigen.
std::vector<float> referenceShapedSynapse(std::size_t batch, std::size_t n, std::span<const float> x,
                                          std::span<const float> weights, bool coupled);

/// y = x weights, the yardstick of speed. Floats, by Eigen.
void plainProduct(std::size_t batch, std::size_t n, std::span<const float> x, std::span<const float> weights,
                  std::span<float> y);

}  // namespace plexarium
