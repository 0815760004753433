#pragma once

#include <span>
#include <vector>

#include "core/session/snapshot.h"

namespace plexarium::ui {

// Which neurons a selection command means. Ids ascending; ids that are gone are passed over. O(neurons + links).

std::vector<NeuronId> allBut(const GraphImage& graph, std::span<const NeuronId> neurons);
std::vector<NeuronId> withRole(const GraphImage& graph, Role role);
/// Those with a link to any of `neurons`.
std::vector<NeuronId> inputsOf(const GraphImage& graph, std::span<const NeuronId> neurons);
/// Those with a link from any of `neurons`.
std::vector<NeuronId> outputsOf(const GraphImage& graph, std::span<const NeuronId> neurons);
/// `neurons` and whatever is joined to them by any chain of links, whichever way these lead.
std::vector<NeuronId> connectedTo(const GraphImage& graph, std::span<const NeuronId> neurons);

}  // namespace plexarium::ui
