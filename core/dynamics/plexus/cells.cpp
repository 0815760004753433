#include "core/dynamics/plexus/cells.h"

#include <algorithm>
#include <cassert>

namespace plexarium::plexus {
namespace {

std::uint32_t wholeRoot(double value) { return static_cast<std::uint32_t>(std::sqrt(value)); }

}  // namespace

Settings::Settings(std::span<const double> parameters)
    : rule(static_cast<Rule>(parameters[parameter::Rule])),
      tick(static_cast<TickLength>(parameters[parameter::Tick])),
      divisor(std::sqrt(std::max(1.0, parameters[parameter::FanIn]))),
      lockedWaves(parameters[parameter::FanIn]),
      weightTries(static_cast<std::uint32_t>(parameters[parameter::FanIn])),
      blameTries(std::max(1U, wholeRoot(parameters[parameter::FanIn]))),
      firesPerWave(static_cast<std::int32_t>(parameters[parameter::FiresPerWave])),
      gradientRate(static_cast<float>(parameters[parameter::GradientRate])),
      gradientBlame(static_cast<float>(parameters[parameter::GradientBlame])),
      signRate(static_cast<float>(parameters[parameter::SignRate])),
      decay(parameters[parameter::Decay]),
      join(parameters[parameter::Join] != 0) {
  scale = 1;
  for (double decimals = parameters[parameter::Precision]; decimals > 0; --decimals) scale *= 10;
  if (firesPerWave == 0) firesPerWave = static_cast<std::int32_t>(byTrial() ? wholeRoot(blameTries) : blameTries) + 1;
}

void Cells::see(Graph& graph) {
  plasticity = graph.neuronValues<float>(neuron::Plasticity);
  potential = graph.neuronValues<float>(neuron::Potential);
  loss = graph.neuronValues<float>(neuron::Loss);
  fires = graph.neuronValues<double>(neuron::Fires);
  firesInWave = graph.neuronValues<std::int32_t>(neuron::FiresInWave);
  blameLock = graph.neuronValues<double>(neuron::BlameLock);
  doing = graph.neuronValues<std::uint8_t>(neuron::Doing);
  roles = graph.roles();
}

void Cells::read(Graph& graph) {
  see(graph);
  const auto wanted = graph.neuronValues<std::uint8_t>(neuron::Wanted);
  const auto wish = graph.neuronValues<float>(neuron::Desired);
  desired.resize(count());
  sensory.clear();
  motors.clear();
  firing.clear();
  readable.clear();
  for (std::uint32_t row = 0; row < count(); ++row) {
    desired[row] = wanted[row] != 0 ? wish[row] : noDesire;
    (roles[row] == Role::Sensory ? sensory : firing).push_back(row);
    if (roles[row] == Role::Motor) motors.push_back(row);
    if (roles[row] != Role::Motor) readable.push_back(row);
  }
  subscriptions.read(graph);
}

bool Cells::write(Graph& graph) {
  see(graph);
  assert(graph.neuronCount() == count());
  const auto wanted = graph.neuronValues<std::uint8_t>(neuron::Wanted);
  const auto wish = graph.neuronValues<float>(neuron::Desired);
  for (std::size_t row = 0; row < count(); ++row) {
    const bool has = roles[row] != Role::Sensory && isWanted(desired[row]);
    wanted[row] = has ? 1 : 0;
    wish[row] = has ? desired[row] : 0;
  }
  return subscriptions.write(graph);
}

}  // namespace plexarium::plexus
