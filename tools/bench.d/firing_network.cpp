#include "tools/bench.d/firing_network.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

#include "core/dynamics/registry.h"
#include "core/dynamics/transmitter/fields.h"
#include "core/dynamics/transmitter/transmitter.h"
#include "core/graph/layout.h"

namespace plexarium::bench {
namespace {

namespace fields = transmitter;

/// Finaliser of splitmix64. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
std::uint64_t mixed(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15U;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31);
}

}  // namespace

Model firingNetwork(std::size_t neurons, std::size_t linksPerNeuron, bool literal) {
  auto model = emptyModel(fields::description());
  model.parameters[fields::parameter::Rule] = static_cast<double>(literal ? fields::Rule::Literal : fields::Rule::Sync);
  const auto side = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(neurons))));
  constexpr auto spacing = static_cast<float>(idealLinkLength);
  NeuronTable table;
  table.values.resize(fields::neuron::Count);
  for (std::size_t k = 0; k < neurons; ++k) {
    table.ids.push_back({static_cast<std::uint32_t>(k) + 1});
    table.names.emplace_back();
    table.roles.push_back(Role::Inter);
    table.positions.push_back({static_cast<float>(k % side) * spacing, static_cast<float>(k / side) * spacing});
    table.values[fields::neuron::ProductionE].push_back(50);
    table.values[fields::neuron::ProductionI].push_back(-1);
    table.values[fields::neuron::Sta].push_back(static_cast<double>(1 + mixed(k) % 12));
  }
  model.graph.addNeurons(table);
  LinkTable links;
  std::vector<std::uint32_t> targets;
  for (std::size_t k = 0; k < neurons; ++k) {
    targets.clear();
    for (std::uint64_t draw = 0; targets.size() < std::min(linksPerNeuron, neurons - 1); ++draw) {
      const auto target = static_cast<std::uint32_t>(mixed(k * 4096 + draw + (std::uint64_t{1} << 40)) % neurons);
      if (target != k && std::find(targets.begin(), targets.end(), target) == targets.end()) targets.push_back(target);
    }
    for (const auto target : targets) links.keys.push_back({{static_cast<std::uint32_t>(k) + 1}, {target + 1}});
  }
  model.graph.addLinks(links);
  return model;
}

Runner::Runner(Model model)
    : model_(std::move(model)),
      dynamics_(fields::entry().make()),
      network_{model_.graph, model_.parameters, model_.seed, model_.tick},
      metrics_(fields::metric::Count) {
  if (!dynamics_->build(network_)) std::abort();  // a network made above is always sound
}

double Runner::run(Tick ticks) {
  double releases = 0;
  for (Tick tick = 0; tick < ticks; ++tick, ++network_.tick) {
    dynamics_->step(network_, metrics_);
    releases += metrics_[fields::metric::Releases];
  }
  return releases;
}

}  // namespace plexarium::bench
