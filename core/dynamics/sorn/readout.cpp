#include "core/dynamics/sorn/readout.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include <Eigen/Cholesky>

namespace plexarium::sorn {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace

Readout::Readout(std::size_t neurons, std::vector<std::uint32_t> choices)
    : inputs_(neurons + 1),
      outputs_(std::accumulate(choices.begin(), choices.end(), std::size_t{0})),
      choices_(std::move(choices)),
      together_(inputs_ * inputs_, 0.0),
      wanted_(inputs_ * outputs_, 0.0) {}

void Readout::add(std::span<const std::uint32_t> firing, std::span<const std::uint32_t> answers) {
  assert(answers.size() == choices_.size());
  const auto addRow = [&](std::size_t neuron) {
    double* together = together_.data() + neuron * inputs_;
    for (const auto other : firing) together[other] += 1;
    together[inputs_ - 1] += 1;
    double* wanted = wanted_.data() + neuron * outputs_;
    for (std::size_t k = 0; k < answers.size(); wanted += choices_[k++]) wanted[answers[k]] += 1;
  };
  for (const auto neuron : firing) addRow(neuron);
  addRow(inputs_ - 1);
}

void Readout::learn(double ridge) {
  const auto inputs = static_cast<Eigen::Index>(inputs_);
  const auto outputs = static_cast<Eigen::Index>(outputs_);
  Matrix both = Eigen::Map<const Matrix>(together_.data(), inputs, inputs);
  both.diagonal().array() += ridge;
  weights_.resize(wanted_.size());
  Eigen::Map<Matrix>(weights_.data(), inputs, outputs) =
      both.llt().solve(Eigen::Map<const Matrix>(wanted_.data(), inputs, outputs));
}

void Readout::tell(std::span<const std::uint32_t> firing, std::span<std::uint32_t> answers) const {
  assert(answers.size() == choices_.size() && weights_.size() == inputs_ * outputs_);
  const auto row = [&](std::size_t neuron) { return weights_.data() + neuron * outputs_; };
  std::vector<double> said(row(inputs_ - 1), row(inputs_ - 1) + outputs_);
  for (const auto neuron : firing) {
    const double* weights = row(neuron);
    for (std::size_t k = 0; k < outputs_; ++k) said[k] += weights[k];
  }
  auto first = said.cbegin();
  for (std::size_t k = 0; k < answers.size(); ++k) {
    const auto last = first + choices_[k];
    answers[k] = static_cast<std::uint32_t>(std::max_element(first, last) - first);
    first = last;
  }
}

}  // namespace plexarium::sorn
