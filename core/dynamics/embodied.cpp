#include "core/dynamics/embodied.h"

#include <algorithm>

#include "core/world/world.h"

namespace plexarium {

std::optional<std::size_t> relayedChannel(const Description& description) {
  const auto found = std::ranges::find(description.stimuli, true, &StimulusChannel::relayed);
  if (found == description.stimuli.end()) return std::nullopt;
  return static_cast<std::size_t>(found - description.stimuli.begin());
}

Result<void> checkTie(const Description& description, const Embodiment& embodiment, const Binding& binding,
                      const std::string& where) {
  if (auto checked = checkBinding(embodiment, binding, where); !checked) return checked;
  const auto& world = findWorld(findController(embodiment, binding.controller)->type)->description;
  if (!findPort(world, binding.port)->sensor || relayedChannel(description)) return {};
  return failure(description.label + " cannot be told what a sensor feels", where + ".port", "Bind effectors only");
}

Result<void> checkTie(const Description& description, const Graph& graph, const Embodiment& embodiment,
                      const Binding& binding, const std::string& where) {
  if (auto checked = checkTie(description, embodiment, binding, where); !checked) return checked;
  if (graph.row(binding.neuron)) return {};
  return failure("there is no neuron " + std::to_string(binding.neuron.value), where + ".neuron");
}

}  // namespace plexarium
