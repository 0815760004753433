// Eigen is compiled for this processor here, so that it is not slower than it can be, under a name of its own: elsewhere the
// same templates are compiled for any processor.
#define Eigen EigenForReference

#include "tests/support/synann_reference.h"

#include <Eigen/Core>
#include <cmath>

namespace plexarium {
namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using ConstView = Eigen::Map<const Matrix>;

Eigen::Index index(std::size_t value) { return static_cast<Eigen::Index>(value); }

}  // namespace

SynapseOracle synapseOracle(std::size_t batch, std::size_t n, std::span<const float> x, std::span<const float> weights) {
  SynapseOracle all;
  for (std::size_t s = 0; s < batch; ++s) {
    for (std::size_t i = 0; i < n; ++i) {
      double product = 1;
      double inhibition = 0;
      for (std::size_t j = 0; j < n; ++j) {
        const double open = double{weights[j * n + i]} * double{x[s * n + j]};
        product *= 1 - open;
        inhibition -= std::log1p(-open);
      }
      all.y.push_back(double{x[s * n + i]} * product);
      all.inhibition.push_back(inhibition);
    }
  }
  return all;
}

std::vector<float> referenceShapedSynapse(std::size_t batch, std::size_t n, std::span<const float> x,
                                          std::span<const float> weights, bool coupled) {
  const ConstView inputs(x.data(), index(batch), index(n));
  const ConstView matrix(weights.data(), index(n), index(n));
  Matrix diagonals = Matrix::Zero(index(batch * n), index(n));
  for (std::size_t s = 0; s < batch; ++s) {
    for (std::size_t j = 0; j < n; ++j) diagonals(index(s * n + j), index(j)) = inputs(index(s), index(j));
  }
  Matrix logs = diagonals * matrix;
  logs = (-logs.array()).log1p().matrix();
  Matrix ones = Matrix::Ones(index(batch), index(batch * n));
  for (std::size_t s = 0; s < batch && !coupled; ++s) {
    for (std::size_t other = 0; other < batch; ++other) {
      if (other != s) ones.block(index(s), index(other * n), 1, index(n)).setZero();
    }
  }
  const Matrix y = inputs.array() * (ones * logs).array().exp();
  return {y.data(), y.data() + y.size()};
}

void plainProduct(std::size_t batch, std::size_t n, std::span<const float> x, std::span<const float> weights,
                  std::span<float> y) {
  Eigen::Map<Matrix>(y.data(), index(batch), index(n)).noalias() =
      ConstView(x.data(), index(batch), index(n)) * ConstView(weights.data(), index(n), index(n));
}

}  // namespace plexarium
