#include "core/dynamics/synann/circuit.h"

#include <algorithm>
#include <cassert>

#include "core/elementary.h"

namespace plexarium::synann {
namespace {

template <typename T>
void take(std::vector<T>& to, std::span<const T> from) {
  to.assign(from.begin(), from.end());
}

/// odds(p), never infinite.
double oddsOf(double probability) { return probability / std::max(1 - probability, least); }

/// S(x, y) / S(y, x) of a synapse with one exciting source x and weight b of the inhibiting source y: odds(b x) / odds(b y),
/// in a form that needs no b. Source: the swap equation of the paper, S(x, y; a, b) = a x (1 - b y).
double swapRatio(double x, double y, double weight) {
  const double as = x * (1 - weight * y), exchanged = y * (1 - weight * x);
  if (as == exchanged) return 1;  // also where both are closed
  return std::min(as / std::max(exchanged, as * least), 1 / least);
}

double surprisalOf(double probability) { return 0 - logarithm(std::max(probability, 1e-300)); }

}  // namespace

Settings::Settings(std::span<const double> parameters)
    : mode(static_cast<Mode>(parameters[parameter::Mode])),
      sweeps(static_cast<std::size_t>(parameters[parameter::Sweeps])),
      tolerance(parameters[parameter::Tolerance]),
      damping(parameters[parameter::Damping]),
      firing(static_cast<Firing>(parameters[parameter::Firing])),
      shown(static_cast<Shown>(parameters[parameter::Shown])),
      loss(static_cast<LossKind>(parameters[parameter::Loss])),
      temperature(parameters[parameter::Temperature]),
      rule(static_cast<Rule>(parameters[parameter::Rule])),
      rate(parameters[parameter::Rate]),
      window(static_cast<std::size_t>(parameters[parameter::Window])) {}

void Circuit::read(const Graph& graph) {
  const auto neurons = graph.neuronCount();
  const auto links = graph.linkCount();
  take(gain, graph.neuronValues<double>(neuron::Gain));
  take(bias, graph.neuronValues<double>(neuron::Bias));
  take(plasticity, graph.neuronValues<double>(neuron::Plasticity));
  take(probability, graph.neuronValues<double>(neuron::Probability));
  take(excitation, graph.neuronValues<double>(neuron::Excitation));
  take(survival, graph.neuronValues<double>(neuron::Survival));
  take(held, graph.neuronValues<std::uint8_t>(neuron::Held));
  join.resize(neurons);
  std::ranges::transform(graph.neuronValues<std::uint8_t>(neuron::Join), join.begin(),
                         [](std::uint8_t one) { return static_cast<Join>(one); });
  for (std::size_t row = 0; row < neurons; ++row) {
    if (graph.roles()[row] == Role::Sensory) held[row] = 1;
  }
  const auto channel = graph.linkValues<std::uint8_t>(link::Channel);
  const auto targets = graph.targets();
  first.assign(neurons + 1, 0);
  std::vector<std::uint32_t> inhibiting(neurons, 0);
  for (std::size_t l = 0; l < links; ++l) {
    ++first[targets[l] + 1];
    inhibiting[targets[l]] += channel[l];
  }
  for (std::size_t row = 0; row < neurons; ++row) first[row + 1] += first[row];
  firstInhibiting.resize(neurons);
  for (std::size_t row = 0; row < neurons; ++row) firstInhibiting[row] = first[row + 1] - inhibiting[row];

  for (auto* list : {&source, &target, &delay, &linkRow, &out}) list->resize(links);
  for (auto* list : {&weight, &gradient, &momentum, &spread}) list->resize(links);
  trainable.resize(links);
  take(firstOut, graph.firstLink());
  longestDelay = 0;
  auto nextExciting = first;
  auto nextInhibiting = firstInhibiting;
  for (std::uint32_t row = 0; row < neurons; ++row) {
    for (auto l = firstOut[row]; l < firstOut[row + 1]; ++l) {
      const auto to = targets[l];
      const auto k = channel[l] != 0 ? nextInhibiting[to]++ : nextExciting[to]++;
      source[k] = row;
      target[k] = to;
      linkRow[k] = l;
      out[l] = k;
      delay[k] = static_cast<std::uint32_t>(graph.linkValues<std::int32_t>(link::Delay)[l]);
      weight[k] = graph.linkValues<double>(link::Weight)[l];
      gradient[k] = graph.linkValues<double>(link::Gradient)[l];
      momentum[k] = graph.linkValues<double>(link::Momentum)[l];
      spread[k] = graph.linkValues<double>(link::Spread)[l];
      trainable[k] = graph.linkValues<std::uint8_t>(link::Trainable)[l];
      longestDelay = std::max(longestDelay, delay[k]);
    }
  }
}

void Circuit::write(Graph& graph) const {
  assert(graph.neuronCount() == count() && graph.linkCount() == out.size());
  std::ranges::copy(probability, graph.neuronValues<double>(neuron::Probability).begin());
  std::ranges::copy(excitation, graph.neuronValues<double>(neuron::Excitation).begin());
  std::ranges::copy(survival, graph.neuronValues<double>(neuron::Survival).begin());
  std::ranges::transform(probability, graph.neuronValues<double>(neuron::Surprisal).begin(), surprisalOf);
  std::ranges::transform(probability, graph.neuronValues<double>(neuron::Odds).begin(), oddsOf);
  const auto weights = graph.linkValues<double>(link::Weight);
  const auto gradients = graph.linkValues<double>(link::Gradient);
  const auto occupations = graph.linkValues<double>(link::Occupation);
  const auto ratios = graph.linkValues<double>(link::SwapRatio);
  const auto momenta = graph.linkValues<double>(link::Momentum);
  const auto spreads = graph.linkValues<double>(link::Spread);
  for (std::size_t l = 0; l < out.size(); ++l) {
    const auto k = out[l];
    weights[l] = weight[k];
    gradients[l] = gradient[k];
    occupations[l] = oddsOf(weight[k] * probability[source[k]]);
    const auto to = target[k];
    const bool synapse = k >= firstInhibiting[to] && firstInhibiting[to] == first[to] + 1;
    ratios[l] = synapse ? swapRatio(probability[source[first[to]]], probability[source[k]], weight[k]) : 1;
    momenta[l] = momentum[k];
    spreads[l] = spread[k];
  }
}

}  // namespace plexarium::synann
