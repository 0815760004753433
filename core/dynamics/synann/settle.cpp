#include "core/dynamics/synann/settle.h"

#include <algorithm>
#include <cmath>

#include "core/dynamics/synann/cell.h"

namespace plexarium::synann {
namespace {

void readAll(const Circuit& circuit, const Moment& moment, std::vector<double>& read) {
  read.resize(circuit.source.size());
  for (std::uint32_t k = 0; k < read.size(); ++k) read[k] = reading(circuit, moment.settings.mode, moment.history, k, 0);
}

/// One neuron from what is now; how far it moved.
double visit(Circuit& circuit, const Moment& moment, std::uint32_t row, std::vector<double>& read, double damping) {
  for (auto k = circuit.first[row]; k < circuit.first[row + 1]; ++k) {
    if (circuit.delay[k] == 0) read[k] = circuit.probability[circuit.source[k]];
  }
  const auto now = opening(circuit, row, read);
  circuit.excitation[row] = now.excitation;
  circuit.survival[row] = now.survival;
  if (moment.kicked[row] != 0) return 0;
  const double before = circuit.probability[row];
  circuit.probability[row] = damping * before + (1 - damping) * now.probability;
  return std::abs(circuit.probability[row] - before);
}

}  // namespace

Settling settle(Circuit& circuit, const Moment& moment, std::vector<double>& read, std::vector<std::uint8_t>& unsettled) {
  const auto& [settings, order, history, kicked] = moment;
  readAll(circuit, moment, read);
  unsettled.assign(circuit.count(), 0);
  Settling all;
  for (std::size_t c = 0; c < order.components(); ++c) {
    const auto rows = std::span(order.rows).subspan(order.first[c], order.first[c + 1] - order.first[c]);
    if (order.loops[c] == 0) {
      visit(circuit, moment, rows[0], read, 0);
      continue;
    }
    double change = 0;
    std::size_t sweeps = 0;
    do {
      change = 0;
      for (const auto row : rows) change = std::max(change, visit(circuit, moment, row, read, settings.damping));
      ++sweeps;
    } while (change > settings.tolerance && sweeps < settings.sweeps);
    all.sweeps = std::max(all.sweeps, sweeps);
    all.residual = std::max(all.residual, change);
    if (change <= settings.tolerance) continue;
    all.unsettled += rows.size();
    for (const auto row : rows) unsettled[row] = 1;
  }
  readAll(circuit, moment, read);  // the last sweep moved what was read before it
  return all;
}

void advance(Circuit& circuit, const Moment& moment, std::vector<double>& read) {
  const double damping = moment.settings.damping;
  readAll(circuit, moment, read);
  for (std::uint32_t row = 0; row < circuit.count(); ++row) {
    if (circuit.held[row] != 0) continue;
    const auto now = opening(circuit, row, read);
    circuit.excitation[row] = now.excitation;
    circuit.survival[row] = now.survival;
    if (moment.kicked[row] == 0)
      circuit.probability[row] = damping * circuit.probability[row] + (1 - damping) * now.probability;
  }
}

}  // namespace plexarium::synann
