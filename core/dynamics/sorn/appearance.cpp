#include "core/dynamics/sorn/appearance.h"

#include <algorithm>
#include <cmath>

namespace plexarium::sorn {
namespace {

Phase phaseOf(const Cells& cells, std::size_t cell) {
  const bool fires = cells.fires(cell);
  if (cell >= cells.excitatory) return fires ? Phase::InhibitoryFiring : Phase::InhibitoryResting;
  if (cells.starved[cell] != 0) return Phase::Starved;
  return fires ? Phase::Firing : Phase::Resting;
}

/// What the rules did with the link in the last step, as far as the firing of its ends tells.
Style styleOf(const Settings& settings, const Cells& cells, std::size_t source, std::size_t target) {
  if (target >= cells.excitatory) return source < cells.excitatory ? Style::Driving : Style::Inhibiting;
  const bool sourceBefore = (cells.course[source] & 1) != 0;
  if (source >= cells.excitatory) {
    if (!settings.istdp || !sourceBefore) return Style::Inhibiting;
    return cells.fires(target) ? Style::InhibitionStrengthened : Style::InhibitionWeakened;
  }
  const bool gains = sourceBefore && cells.fires(target);
  const bool loses = cells.fires(source) && (cells.course[target] & 1) != 0;
  if (!settings.stdp || gains == loses) return Style::Exciting;
  return gains ? Style::Strengthened : Style::Weakened;
}

void showLinks(const Settings& settings, const Cells& cells, const Graph& graph, Appearance& appearance) {
  const auto weights = graph.linkValues<double>(link::Weight);
  const auto targets = graph.targets();
  double largest = 0;
  for (const double weight : weights) largest = std::max(largest, weight);
  appearance.linkStyle.resize(weights.size());
  appearance.linkStrength.resize(weights.size());
  appearance.linkBorn.resize(weights.size());
  const auto born = graph.linkValues<double>(link::Born);
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    const auto source = cells.cellOf[row];
    for (std::size_t l = graph.firstLink()[row]; l < graph.firstLink()[row + 1]; ++l) {
      appearance.linkStyle[l] = static_cast<std::uint8_t>(styleOf(settings, cells, source, cells.cellOf[targets[l]]));
      appearance.linkBorn[l] = born[l] < 0 ? never : static_cast<Tick>(born[l]);
      appearance.linkStrength[l] = largest > 0 ? static_cast<float>(std::sqrt(weights[l] / largest)) : 0;
    }
  }
}

}  // namespace

void show(const Settings& settings, const Cells& cells, const Graph& graph, Tick now, Appearance& appearance) {
  const auto count = cells.count();
  const auto fired = graph.lastFired();
  appearance.phase.resize(count);
  appearance.level.resize(count);
  appearance.store.resize(count);
  appearance.progress.assign(count, -1);
  double highest = 1;
  for (const double threshold : cells.threshold) highest = std::max(highest, threshold);
  for (std::size_t row = 0; row < count; ++row) {
    const auto cell = cells.cellOf[row];
    appearance.phase[row] = static_cast<std::uint8_t>(phaseOf(cells, cell));
    const auto age = static_cast<float>(now - 1 - fired[row]);
    appearance.level[row] = fired[row] == never ? 0 : std::exp2(-age / 3);  // what people see of a firing fades
    appearance.store[row] = static_cast<float>(std::clamp(cells.threshold[cell] / highest, 0.0, 1.0));
  }
  appearance.lastFired.assign(fired.begin(), fired.end());
  appearance.copyCarried(graph);
  showLinks(settings, cells, graph, appearance);
}

}  // namespace plexarium::sorn
