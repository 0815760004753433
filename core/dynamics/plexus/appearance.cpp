#include "core/dynamics/plexus/appearance.h"

#include <algorithm>
#include <cmath>

namespace plexarium::plexus {
namespace {

/// What it did says more than what it is, and being locked or blamed more than being banned.
Doing phaseOf(const Settings& settings, const Cells& cells, double wave, std::size_t row) {
  const auto did = static_cast<Doing>(cells.doing[row]);
  if (did >= Doing::ByWeights || cells.roles[row] == Role::Sensory) return did;
  const bool locked =
      settings.byTrial() && cells.blameLock[row] >= 0 && wave - cells.blameLock[row] < cells.limits[row].lockedWaves;
  if (locked) return Doing::Locked;
  if (isWanted(cells.desired[row])) return Doing::Blamed;
  return cells.firesInWave[row] >= cells.mostFires[row] ? Doing::Banned : did;
}

void showLinks(const Graph& graph, Appearance& appearance) {
  const auto weights = graph.linkValues<float>(link::Weight);
  float largest = 0;
  for (const float weight : weights) largest = std::max(largest, std::abs(weight));
  appearance.linkStyle.resize(weights.size());
  appearance.linkStrength.resize(weights.size());
  for (std::size_t l = 0; l < weights.size(); ++l) {
    appearance.linkStyle[l] = static_cast<std::uint8_t>(weights[l] < 0 ? Style::Inhibiting : Style::Exciting);
    appearance.linkStrength[l] = largest > 0 ? std::sqrt(std::abs(weights[l]) / largest) : 0;
  }
}

}  // namespace

void show(const Settings& settings, const Cells& cells, const Graph& graph, double wave,
          std::span<const std::uint32_t> order, Appearance& appearance) {
  const auto count = cells.count();
  appearance.phase.resize(count);
  appearance.level.resize(count);
  appearance.store.resize(count);
  for (std::size_t row = 0; row < count; ++row) {
    appearance.phase[row] = static_cast<std::uint8_t>(phaseOf(settings, cells, wave, row));
    appearance.level[row] = std::clamp(cells.potential[row], 0.0F, 1.0F);
    const bool wanted = cells.roles[row] != Role::Sensory && isWanted(cells.desired[row]);
    appearance.store[row] = wanted ? cells.desired[row] : -1;
  }
  appearance.progress.assign(count, -1);
  for (std::size_t k = 0; k < order.size(); ++k)
    appearance.progress[order[k]] = 1 - static_cast<float>(k) / static_cast<float>(order.size());
  appearance.lastFired.assign(graph.lastFired().begin(), graph.lastFired().end());
  appearance.copyCarried(graph);
  showLinks(graph, appearance);
}

}  // namespace plexarium::plexus
