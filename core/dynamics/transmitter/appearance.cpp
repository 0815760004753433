#include "core/dynamics/transmitter/appearance.h"

#include <algorithm>
#include <cmath>

#include "core/dynamics/transmitter/fields.h"

namespace plexarium::transmitter {
namespace {

float fraction(double part, double whole) {
  if (whole <= 0) return part > 0 ? 1.0F : 0.0F;
  return static_cast<float>(std::clamp(part / whole, 0.0, 1.0));
}

bool mainlyInhibits(double productionE, double productionI) { return productionE + productionI < 0; }

void showStore(const Graph& graph, std::vector<float>& store) {
  const auto accumulatedE = graph.neuronValues<double>(neuron::AccumulatedE);
  const auto accumulatedI = graph.neuronValues<double>(neuron::AccumulatedI);
  const auto productionE = graph.neuronValues<double>(neuron::ProductionE);
  const auto productionI = graph.neuronValues<double>(neuron::ProductionI);
  const auto capacity = graph.neuronValues<double>(neuron::Capacity);
  const auto speed = graph.neuronValues<std::int32_t>(neuron::Speed);
  const auto recovery = graph.neuronValues<std::int32_t>(neuron::Recovery);
  for (std::size_t row = 0; row < store.size(); ++row) {
    const double pool = std::max(accumulatedE[row], -accumulatedI[row]);
    if (std::isfinite(capacity[row])) {
      store[row] = fraction(pool, capacity[row]);
      continue;
    }
    // Half full at what the neuron makes between two releases in quickest succession; never quite full.
    const double period = double{1} * speed[row] + recovery[row] + 2;
    const double usual = std::max(productionE[row], -productionI[row]) * period;
    store[row] = fraction(pool, pool + usual);
  }
}

}  // namespace

LinkLook makeLinkLook(const Graph& graph) {
  LinkLook look;
  look.style.resize(graph.linkCount());
  look.strength.resize(graph.linkCount());
  const auto first = graph.firstLink();
  const auto weight = graph.linkValues<double>(link::Weight);
  const auto kind = graph.linkValues<std::uint8_t>(link::Kind);
  const auto productionE = graph.neuronValues<double>(neuron::ProductionE);
  const auto productionI = graph.neuronValues<double>(neuron::ProductionI);
  const double largest = weight.empty() ? 0 : *std::max_element(weight.begin(), weight.end());
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    const auto released = mainlyInhibits(productionE[row], productionI[row]) ? Style::Inhibiting : Style::Exciting;
    for (std::size_t l = first[row]; l < first[row + 1]; ++l) {
      const auto sort = static_cast<Kind>(kind[l]);
      const auto style = sort == Kind::Chemical ? released : sort == Kind::Inverted ? Style::Inverted : Style::Electrical;
      look.style[l] = static_cast<std::uint8_t>(style);
      look.strength[l] = largest > 0 ? static_cast<float>(std::sqrt(weight[l] / largest)) : 0.0F;
    }
  }
  return look;
}

void showNeurons(const Graph& graph, Appearance& appearance) {
  const auto count = graph.neuronCount();
  const auto phase = graph.neuronValues<std::uint8_t>(neuron::Phase);
  const auto stateE = graph.neuronValues<double>(neuron::StateE);
  const auto stateI = graph.neuronValues<double>(neuron::StateI);
  const auto threshold = graph.neuronValues<double>(neuron::Threshold);
  const auto sta = graph.neuronValues<std::int32_t>(neuron::Sta);
  const auto speed = graph.neuronValues<std::int32_t>(neuron::Speed);
  appearance.phase.assign(phase.begin(), phase.end());
  appearance.level.resize(count);
  appearance.store.resize(count);
  appearance.progress.resize(count);
  for (std::size_t row = 0; row < count; ++row) {
    appearance.level[row] = fraction(stateE[row] + stateI[row], threshold[row]);
    appearance.progress[row] = sta[row] > 0 ? 1.0F - fraction(sta[row], speed[row]) : -1.0F;
  }
  showStore(graph, appearance.store);
  appearance.lastFired.assign(graph.lastFired().begin(), graph.lastFired().end());
  appearance.copyCarried(graph);
}

}  // namespace plexarium::transmitter
