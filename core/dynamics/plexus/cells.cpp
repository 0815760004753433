#include "core/dynamics/plexus/cells.h"

#include <algorithm>
#include <cassert>

namespace plexarium::plexus {
namespace {

std::uint32_t wholeRoot(double value) { return static_cast<std::uint32_t>(std::sqrt(value)); }

template <typename List, typename T>
void take(List& to, std::span<const T> from) {
  to.assign(from.begin(), from.end());
}

template <typename List, typename T>
void give(const List& from, std::span<T> to) {
  std::copy_n(from.begin(), to.size(), to.begin());
}

}  // namespace

Settings::Settings(std::span<const double> parameters)
    : rule(static_cast<Rule>(parameters[parameter::Rule])),
      tick(static_cast<TickLength>(parameters[parameter::Tick])),
      executor(static_cast<Executor>(parameters[parameter::Executor])),
      threads(static_cast<std::size_t>(parameters[parameter::Threads])),
      fanIn(parameters[parameter::FanIn]),
      firesPerWave(parameters[parameter::FiresPerWave]),
      gradientRate(static_cast<float>(parameters[parameter::GradientRate])),
      gradientBlame(static_cast<float>(parameters[parameter::GradientBlame])),
      signRate(static_cast<float>(parameters[parameter::SignRate])),
      decay(parameters[parameter::Decay]),
      keepBlame(parameters[parameter::KeepBlame] != 0),
      join(parameters[parameter::Join] != 0) {
  scale = 1;
  for (double decimals = parameters[parameter::Precision]; decimals > 0; --decimals) scale *= 10;
}

Limits Settings::limitsFor(double usual) const {
  Limits limits;
  limits.divisor = std::sqrt(std::max(1.0, usual));
  limits.lockedWaves = usual;
  limits.weightTries = static_cast<std::uint32_t>(usual);
  limits.blameTries = std::max(1U, wholeRoot(usual));
  limits.firesPerWave = static_cast<std::int32_t>(firesPerWave);
  if (firesPerWave == 0)
    limits.firesPerWave = static_cast<std::int32_t>(byTrial() ? wholeRoot(limits.blameTries) : limits.blameTries) + 1;
  return limits;
}

void Cells::read(const Graph& graph, const Settings& settings) {
  const auto count = graph.neuronCount();
  take(plasticity, graph.neuronValues<float>(neuron::Plasticity));
  take(madeFor, graph.neuronValues<float>(neuron::MadeFor));
  take(potential, graph.neuronValues<float>(neuron::Potential));
  take(desired, graph.neuronValues<float>(neuron::Desired));
  take(loss, graph.neuronValues<float>(neuron::Loss));
  take(fires, graph.neuronValues<double>(neuron::Fires));
  take(firesInWave, graph.neuronValues<std::int32_t>(neuron::FiresInWave));
  take(blameLock, graph.neuronValues<double>(neuron::BlameLock));
  take(doing, graph.neuronValues<std::uint8_t>(neuron::Doing));
  take(roles, graph.roles());
  constexpr std::size_t lanes = Subscriptions::lanes;
  potential.resize(std::max(DenseRows::leastStride, (count + lanes) / lanes * lanes), 0);
  desired.resize(potential.size(), noDesire);
  for (std::size_t row = 0; row < count; ++row) fires[row] -= firesInWave[row];
  sensory.clear();
  motors.clear();
  firing.clear();
  readable.clear();
  inner.assign((count + 63) / 64, 0);
  const auto wanted = graph.neuronValues<std::uint8_t>(neuron::Wanted);
  for (std::uint32_t row = 0; row < count; ++row) {
    if (wanted[row] == 0) desired[row] = noDesire;
    (roles[row] == Role::Sensory ? sensory : firing).push_back(row);
    if (roles[row] == Role::Motor) motors.push_back(row);
    if (roles[row] == Role::Inter) inner[row / 64] |= std::uint64_t{1} << row % 64;
    if (roles[row] != Role::Motor) readable.push_back(row);
  }
  dense.reset();
  subscriptions.read(graph);
  limit(settings);
}

void Cells::makeDense() {
  if (!dense && DenseRows::pays(count(), subscriptions.count())) dense.emplace().read(subscriptions);
}

void Cells::endDense() {
  if (dense) dense->write(subscriptions);
  dense.reset();
}

void Cells::limit(const Settings& settings) {
  limits.assign(count(), settings.limitsFor(settings.fanIn));
  for (std::size_t row = 0; row < count(); ++row) {
    if (madeFor[row] > 0) limits[row] = settings.limitsFor(double{madeFor[row]});
  }
  mostFires.resize(count());
  std::ranges::transform(limits, mostFires.begin(), &Limits::firesPerWave);
}

bool Cells::write(Graph& graph) {
  assert(graph.neuronCount() == count());
  give(potential, graph.neuronValues<float>(neuron::Potential));
  give(loss, graph.neuronValues<float>(neuron::Loss));
  const auto allFires = graph.neuronValues<double>(neuron::Fires);
  for (std::size_t row = 0; row < count(); ++row) allFires[row] = fires[row] + firesInWave[row];
  give(firesInWave, graph.neuronValues<std::int32_t>(neuron::FiresInWave));
  give(blameLock, graph.neuronValues<double>(neuron::BlameLock));
  give(doing, graph.neuronValues<std::uint8_t>(neuron::Doing));
  const auto wanted = graph.neuronValues<std::uint8_t>(neuron::Wanted);
  const auto wish = graph.neuronValues<float>(neuron::Desired);
  for (std::size_t row = 0; row < count(); ++row) {
    const bool has = roles[row] != Role::Sensory && isWanted(desired[row]);
    wanted[row] = has ? 1 : 0;
    wish[row] = has ? desired[row] : 0;
  }
  if (dense) dense->write(subscriptions);
  return subscriptions.write(graph);
}

}  // namespace plexarium::plexus
