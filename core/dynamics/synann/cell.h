#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/dynamics/synann/circuit.h"

// One neuron's rule and its derivatives. `read` holds what every incoming link of the circuit reads, by its number.
//   E = 1 - (1 - bias)(1 - J),  J = 1 - prod(1 - w x) | prod(w x) | min(1, sum(w x)) over exciting links; 0 without any
//   H = prod(1 - w x) over inhibiting links
//   p = min(1, gain E H)
// Source: Li, "A Synaptic Neural Network and Synapse Learning" (2018), for one exciting link: S = alpha x prod(1 - beta y).
// Departs: any number of exciting links, joined in one of three ways; a bias; a gain.
namespace plexarium::synann {

struct Opening {
  double excitation;
  double survival;
  double probability;
};

inline Opening opening(const Circuit& circuit, std::size_t row, const std::vector<double>& read) {
  const auto begin = circuit.first[row];
  const auto middle = circuit.firstInhibiting[row];
  const auto end = circuit.first[row + 1];
  const auto& weight = circuit.weight;
  double shut = 1 - circuit.bias[row];  // the chance that nothing excites
  if (circuit.join[row] == Join::Or) {
    for (auto k = begin; k < middle; ++k) shut *= 1 - weight[k] * read[k];
  } else if (begin < middle) {
    const bool all = circuit.join[row] == Join::And;
    double joined = all ? 1 : 0;
    for (auto k = begin; k < middle; ++k) joined = all ? joined * (weight[k] * read[k]) : joined + weight[k] * read[k];
    shut *= 1 - std::min(1.0, joined);
  }
  double survival = 1;
  for (auto k = middle; k < end; ++k) survival *= 1 - weight[k] * read[k];
  const double excitation = 1 - shut;
  return {excitation, survival, std::min(1.0, circuit.gain[row] * excitation * survival)};
}

/// values[k] becomes the product of all others: no division, so that it is right where factors are 0.
inline void productsOfOthers(double* values, std::size_t count, std::vector<double>& room) {
  room.resize(std::max(room.size(), count));
  double before = 1;
  for (std::size_t k = 0; k < count; ++k) {
    room[k] = before;
    before *= values[k];
  }
  double after = 1;
  for (std::size_t k = count; k-- > 0;) {
    const double own = values[k];
    values[k] = room[k] * after;
    after *= own;
  }
}

/// slope[k] = dp / d(w_k x_k) for every incoming link k of the row: times x it is the derivative by the weight, times w that
/// by the source. 0 where the probability is kept at 1. `room` is for the function's own use.
inline void slopes(const Circuit& circuit, std::size_t row, const std::vector<double>& read, std::vector<double>& slope,
                   std::vector<double>& room) {
  const auto begin = circuit.first[row];
  const auto middle = circuit.firstInhibiting[row];
  const auto end = circuit.first[row + 1];
  const auto& weight = circuit.weight;
  const auto now = opening(circuit, row, read);
  const double gain = circuit.gain[row];
  if (gain * now.excitation * now.survival > 1) {
    std::fill(slope.begin() + begin, slope.begin() + end, 0.0);
    return;
  }
  const auto join = circuit.join[row];
  double sum = 0;
  for (auto k = begin; k < middle; ++k) {
    const double open = weight[k] * read[k];
    sum += open;
    slope[k] = join == Join::Or ? 1 - open : join == Join::And ? open : 1;
  }
  if (join != Join::Sum) productsOfOthers(slope.data() + begin, middle - begin, room);
  const double byJoined = join == Join::Sum && sum > 1 ? 0 : gain * now.survival * (1 - circuit.bias[row]);
  for (auto k = begin; k < middle; ++k) slope[k] *= byJoined;
  for (auto k = middle; k < end; ++k) slope[k] = 1 - weight[k] * read[k];
  productsOfOthers(slope.data() + middle, end - middle, room);
  for (auto k = middle; k < end; ++k) slope[k] *= -gain * now.excitation;
}

}  // namespace plexarium::synann
