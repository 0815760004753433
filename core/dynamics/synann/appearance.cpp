#include "core/dynamics/synann/appearance.h"

#include <algorithm>
#include <cmath>

namespace plexarium::synann {
namespace {

constexpr double fullSurprisal = 5;  // nats
constexpr double fullOdds = 6;       // nats from even odds to an empty or full disc

Phase phaseOf(const Circuit& circuit, const std::vector<std::uint8_t>& unsettled, std::size_t row) {
  if (circuit.held[row] != 0) return Phase::Held;
  if (unsettled[row] != 0) return Phase::Unsettled;
  if (circuit.survival[row] < least) return Phase::Silenced;
  return circuit.probability[row] < 0.5 ? Phase::Closed : Phase::Open;
}

float levelOf(Shown shown, double probability) {
  const double log = std::log(std::max(probability, least));
  double level = probability;
  if (shown == Shown::Surprisal) level = -log / fullSurprisal;
  if (shown == Shown::Odds) level = 0.5 + (log - std::log(std::max(1 - probability, least))) / (2 * fullOdds);
  return static_cast<float>(std::clamp(level, 0.0, 1.0));
}

}  // namespace

void show(Shown shown, const Circuit& circuit, const Graph& graph, const std::vector<std::uint8_t>& unsettled,
          Appearance& appearance) {
  const auto count = circuit.count();
  appearance.phase.resize(count);
  appearance.level.resize(count);
  appearance.store.resize(count);
  appearance.progress.assign(count, -1);
  for (std::size_t row = 0; row < count; ++row) {
    appearance.phase[row] = static_cast<std::uint8_t>(phaseOf(circuit, unsettled, row));
    appearance.level[row] = levelOf(shown, circuit.probability[row]);
    const bool inhibited = circuit.held[row] == 0 && circuit.firstInhibiting[row] < circuit.first[row + 1];
    appearance.store[row] = inhibited ? static_cast<float>(circuit.survival[row]) : -1;
  }
  appearance.lastFired.assign(graph.lastFired().begin(), graph.lastFired().end());
  appearance.copyCarried(graph);
  appearance.linkStyle.resize(circuit.out.size());
  appearance.linkStrength.resize(circuit.out.size());
  for (std::size_t l = 0; l < circuit.out.size(); ++l) {
    const auto k = circuit.out[l];
    const bool inhibits = k >= circuit.firstInhibiting[circuit.target[k]];
    const auto style = circuit.delay[k] == 0 ? (inhibits ? Style::Inhibiting : Style::Exciting)
                                             : (inhibits ? Style::InhibitingLater : Style::ExcitingLater);
    appearance.linkStyle[l] = static_cast<std::uint8_t>(style);
    appearance.linkStrength[l] = static_cast<float>(circuit.weight[k]);
  }
}

}  // namespace plexarium::synann
