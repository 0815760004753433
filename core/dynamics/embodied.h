#pragma once

#include <optional>
#include <string>

#include "core/description/description.h"
#include "core/error.h"
#include "core/graph/graph.h"
#include "core/world/embodiment.h"

namespace plexarium {

// What a body asks of a network and its dynamics. Pure functions; any thread.

/// The stimulus channel through which a sensor's neuron speaks, or nothing.
std::optional<std::size_t> relayedChannel(const Description& description);

/// checkBinding, and whether the dynamics can do it.
Result<void> checkTie(const Description& description, const Embodiment& embodiment, const Binding& binding,
                      const std::string& where);
/// The same, and that the neuron is there.
Result<void> checkTie(const Description& description, const Graph& graph, const Embodiment& embodiment,
                      const Binding& binding, const std::string& where);

}  // namespace plexarium
