#pragma once

#include <string>
#include <vector>

#include "core/description/description.h"
#include "core/error.h"
#include "core/graph/graph.h"
#include "core/io/json_object.h"
#include "core/world/embodiment.h"

// Bodies and their ties in JSON, as docs/model-format.md has them: for models and logs, writer and reader alike.
namespace plexarium {

void appendController(std::string& text, const Controller& controller);
void appendBinding(std::string& text, const Binding& binding);

namespace json {

/// Untrusted; checked (checkController, and that the state fits), in order of their ids.
Result<std::vector<Controller>> readControllers(Node list, const std::string& place);
/// Untrusted; its parts alone, not whether controller, port and neuron are there.
Result<Binding> readBinding(Node node, const std::string& place);
/// Untrusted; checked (checkTie) against the network and the bodies of `embodiment`, in order of their keys, none twice.
Result<std::vector<Binding>> readBindings(Node list, const std::string& place, const Description& description,
                                          const Graph& graph, const Embodiment& embodiment);

}  // namespace json
}  // namespace plexarium
