#include "core/dynamics/sonn/appearance.h"

#include <algorithm>
#include <cmath>

#include "core/dynamics/sonn/fields.h"

namespace plexarium::sonn {
namespace {

/// Learning says more than spiking, and spiking more than being near.
void showCells(const LastSample& last, const Anatomy& anatomy, const Graph& graph, Appearance& appearance) {
  const auto fired = graph.lastFired();
  const auto perThreshold = static_cast<float>(1 / last.threshold);
  const bool known = last.near.size() == anatomy.cells.size();
  for (std::size_t cell = 0; cell < anatomy.cells.size(); ++cell) {
    const auto row = anatomy.cells[cell];
    const bool spiked = last.tick >= 0 && fired[row] == last.tick;
    const bool near = known && (last.near[cell] >> last.lane & 1U) != 0;
    appearance.phase[row] = static_cast<std::uint8_t>(spiked ? Phase::Spiked : near ? Phase::Near : Phase::Silent);
    appearance.level[row] = std::clamp(static_cast<float>(last.potentials[cell]) * perThreshold, 0.0F, 1.0F);
  }
  for (std::size_t column = 0; column < last.taught.size(); ++column) {
    if (last.taught[column] == 0) continue;
    for (const auto cell : anatomy.members[column]) {
      if (!known || (last.near[cell] >> last.lane & 1U) == 0) continue;
      appearance.phase[anatomy.cells[cell]] =
          static_cast<std::uint8_t>(last.taught[column] == 1 ? Phase::Strengthened : Phase::Weakened);
    }
  }
}

}  // namespace

void showLinks(const Anatomy& anatomy, const Graph& graph, Appearance& appearance) {
  const auto weights = graph.linkValues<std::int32_t>(link::Weight);
  const auto roles = graph.roles();
  appearance.lastCarried.clear();
  appearance.linkStyle.assign(weights.size(), static_cast<std::uint8_t>(Style::Unused));
  appearance.linkStrength.assign(weights.size(), 0.1F);
  float largest = 1;
  for (const auto row : anatomy.inputs) {
    for (auto l = graph.firstLink()[row]; l < graph.firstLink()[row + 1]; ++l)
      largest = std::max(largest, std::abs(static_cast<float>(weights[l])));
  }
  for (const auto row : anatomy.inputs) {
    for (auto l = graph.firstLink()[row]; l < graph.firstLink()[row + 1]; ++l) {
      if (!anatomy.connects(graph, row, graph.targets()[l])) continue;
      appearance.linkStyle[l] = static_cast<std::uint8_t>(weights[l] < 0 ? Style::Inhibiting : Style::Exciting);
      appearance.linkStrength[l] = std::sqrt(std::abs(static_cast<float>(weights[l])) / largest);
    }
  }
  for (const auto row : anatomy.cells) {
    for (auto l = graph.firstLink()[row]; l < graph.firstLink()[row + 1]; ++l) {
      if (roles[graph.targets()[l]] == Role::Motor) appearance.linkStyle[l] = static_cast<std::uint8_t>(Style::Vote);
    }
  }
}

void showNeurons(const LastSample& last, const Anatomy& anatomy, const Graph& graph, Appearance& appearance) {
  const auto count = graph.neuronCount();
  appearance.phase.assign(count, static_cast<std::uint8_t>(Phase::Silent));
  appearance.level.assign(count, 0);
  appearance.store.assign(count, -1);
  appearance.progress.assign(count, -1);
  for (std::size_t receptor = 0; receptor < anatomy.receptors.size(); ++receptor) {
    const auto row = anatomy.receptors[receptor];
    appearance.phase[row] = static_cast<std::uint8_t>(last.on[receptor] != 0 ? Phase::On : Phase::Silent);
    appearance.level[row] = last.on[receptor] != 0 ? 1.0F : 0.0F;
  }
  showCells(last, anatomy, graph, appearance);
  for (std::size_t column = 0; column < anatomy.columns.size(); ++column) {
    const auto row = anatomy.columns[column];
    const bool wins = last.tick >= 0 && graph.lastFired()[row] == last.tick;
    appearance.phase[row] = static_cast<std::uint8_t>(wins ? Phase::Wins : Phase::Silent);
    const auto members = static_cast<float>(std::max<std::size_t>(1, anatomy.members[column].size()));
    appearance.level[row] = std::clamp(static_cast<float>(last.spikes[column]) / members, 0.0F, 1.0F);
  }
  appearance.lastFired.assign(graph.lastFired().begin(), graph.lastFired().end());
}

}  // namespace plexarium::sonn
