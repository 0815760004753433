#include "core/dynamics/synann_net/appearance.h"

#include <algorithm>
#include <cmath>

#include "core/dynamics/synann_net/fields.h"

namespace plexarium::synann_net {
namespace {

constexpr float fullNormal = 2;  // standard deviations to either side that a fill shows

void showNeurons(const Circuit& circuit, const Graph& graph, Appearance& appearance) {
  const auto probability = graph.neuronValues<float>(neuron::Probability);
  const auto normal = graph.neuronValues<float>(neuron::Normal);
  const auto survival = graph.neuronValues<float>(neuron::Survival);
  const auto put = [&](std::uint32_t row, Phase phase, float level) {
    appearance.phase[row] = static_cast<std::uint8_t>(phase);
    appearance.level[row] = std::clamp(level, 0.0F, 1.0F);
  };
  for (const auto row : circuit.pixels) put(row, probability[row] >= 0.5F ? Phase::Light : Phase::Dark, probability[row]);
  for (const auto* rows : {&circuit.probabilities, &circuit.synapseRows}) {
    for (const auto row : *rows) put(row, probability[row] >= 0.5F ? Phase::Open : Phase::Closed, probability[row]);
  }
  // Beside each other their probabilities may all be small: what tells is how far they are from their usual.
  for (const auto row : circuit.readers)
    put(row, normal[row] > 0 ? Phase::Open : Phase::Closed, 0.5F + normal[row] / (2 * fullNormal));
  for (const auto row : circuit.synapseRows) appearance.store[row] = survival[row];
  std::uint32_t named = 0;
  for (std::uint32_t m = 1; m < circuit.motors.size(); ++m) {
    if (probability[circuit.motors[m]] > probability[circuit.motors[named]]) named = m;
  }
  for (std::uint32_t m = 0; m < circuit.motors.size(); ++m)
    put(circuit.motors[m], m == named ? Phase::Named : Phase::Answer, probability[circuit.motors[m]]);
}

void showLinks(const Circuit& circuit, const Graph& graph, Appearance& appearance) {
  const auto weights = graph.linkValues<float>(link::Weight);
  float most = 1e-6F;
  for (std::size_t l = 0; l < weights.size(); ++l) {
    if (circuit.partOf(l) == Circuit::Part::Answer) most = std::max(most, std::abs(weights[l]));
  }
  for (std::size_t l = 0; l < weights.size(); ++l) {
    auto style = Style::Unused;
    float strength = 0;
    switch (circuit.partOf(l)) {
      case Circuit::Part::Exciting:
        style = Style::Exciting;
        strength = weights[l];
        break;
      case Circuit::Part::Beta:
        style = Style::Inhibiting;
        strength = std::sqrt(std::max(0.0F, weights[l]));
        break;
      case Circuit::Part::Answer:
        style = weights[l] >= 0 ? Style::For : Style::Against;
        strength = std::abs(weights[l]) / most;
        break;
      case Circuit::Part::Unused:
        break;
    }
    appearance.linkStyle[l] = static_cast<std::uint8_t>(style);
    appearance.linkStrength[l] = std::clamp(strength, 0.0F, 1.0F);
  }
}

}  // namespace

void show(const Circuit& circuit, const Graph& graph, Appearance& appearance) {
  const auto neurons = graph.neuronCount();
  const auto links = graph.linkCount();
  appearance.phase.assign(neurons, 0);
  appearance.level.assign(neurons, 0);
  appearance.store.assign(neurons, -1);
  appearance.progress.assign(neurons, -1);
  appearance.lastFired.assign(graph.lastFired().begin(), graph.lastFired().end());
  appearance.copyCarried(graph);
  appearance.linkStyle.assign(links, 0);
  appearance.linkStrength.assign(links, 0);
  showNeurons(circuit, graph, appearance);
  showLinks(circuit, graph, appearance);
}

}  // namespace plexarium::synann_net
