#include "core/dynamics/synann/gradient.h"

#include <algorithm>
#include <cmath>

#include "core/dynamics/synann/cell.h"

namespace plexarium::synann {

double Gradient::visitBack(const Circuit& circuit, std::uint32_t row, std::span<const double> direct, double damping) {
  double sum = direct[row];
  for (auto l = circuit.firstOut[row]; l < circuit.firstOut[row + 1]; ++l) {
    const auto k = circuit.out[l];
    if (circuit.delay[k] == 0) sum += slope_[k] * circuit.weight[k] * lambda_[circuit.target[k]];
  }
  const double before = lambda_[row];
  lambda_[row] = damping * before + (1 - damping) * sum;
  return std::abs(lambda_[row] - before);
}

Gradient::Sweeps Gradient::ofSettled(Circuit& circuit, const Moment& moment, const std::vector<double>& read,
                                     std::span<const double> direct) {
  const auto& [settings, order, history, kicked] = moment;
  slope_.assign(read.size(), 0);
  lambda_.assign(circuit.count(), 0);
  for (const auto row : order.rows) {
    if (kicked[row] == 0) slopes(circuit, row, read, slope_, room_);
  }
  Sweeps all;
  for (std::size_t c = order.components(); c-- > 0;) {
    const auto rows = std::span(order.rows).subspan(order.first[c], order.first[c + 1] - order.first[c]);
    if (order.loops[c] == 0) {
      visitBack(circuit, rows[0], direct, 0);
      continue;
    }
    double change = 0;
    double largest = 0;
    std::size_t sweeps = 0;
    do {
      change = largest = 0;
      for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        change = std::max(change, visitBack(circuit, *row, direct, settings.damping));
        largest = std::max(largest, std::abs(lambda_[*row]));
      }
      ++sweeps;
    } while (change > settings.tolerance * largest && sweeps < settings.sweeps);
    all.sweeps = std::max(all.sweeps, sweeps);
    if (change > settings.tolerance * largest) return {false, all.sweeps};
  }
  for (std::size_t k = 0; k < read.size(); ++k) circuit.gradient[k] = lambda_[circuit.target[k]] * slope_[k] * read[k];
  return all;
}

void Gradient::throughTime(Circuit& circuit, const Moment& moment, std::span<const double> direct) {
  const std::size_t reach = std::max<std::size_t>(circuit.longestDelay, 1);
  const auto ticks = std::min(moment.settings.window, moment.history.size() + 1 - reach);
  wanted_.resize(std::max(wanted_.size(), ticks + reach));
  for (std::size_t ago = 0; ago < ticks + reach; ++ago) wanted_[ago].assign(circuit.count(), 0);
  wanted_[0].assign(direct.begin(), direct.end());
  slope_.assign(circuit.source.size(), 0);
  read_.resize(circuit.source.size());
  std::ranges::fill(circuit.gradient, 0.0);
  for (std::size_t ago = 0; ago < ticks; ++ago) stepBack(circuit, moment, ago);
}

/// Hands what is wanted of everybody `ago` ticks ago to what they read then.
void Gradient::stepBack(Circuit& circuit, const Moment& moment, std::size_t ago) {
  const double damping = moment.settings.damping;
  const auto& wanted = wanted_[ago];
  for (std::uint32_t row = 0; row < circuit.count(); ++row) {
    if (wanted[row] == 0 || circuit.held[row] != 0 || (ago == 0 && moment.kicked[row] != 0)) continue;
    for (auto k = circuit.first[row]; k < circuit.first[row + 1]; ++k) {
      read_[k] = reading(circuit, Mode::Time, moment.history, k, ago);
    }
    slopes(circuit, row, read_, slope_, room_);
    const double share = wanted[row] * (1 - damping);
    for (auto k = circuit.first[row]; k < circuit.first[row + 1]; ++k) {
      circuit.gradient[k] += share * slope_[k] * read_[k];
      const std::size_t back = std::max<std::size_t>(circuit.delay[k], 1);
      if (circuit.held[circuit.source[k]] == 0)
        wanted_[ago + back][circuit.source[k]] += share * slope_[k] * circuit.weight[k];
    }
    wanted_[ago + 1][row] += damping * wanted[row];
  }
}

}  // namespace plexarium::synann
