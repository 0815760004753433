#include "ui/arena/body_links.h"

#include <algorithm>

namespace plexarium::ui {
namespace {

void tidy(auto& items) {
  std::ranges::sort(items);
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

/// Calls visit(port index, neuron) for every neuron that stands for an effector of the body.
template <typename Visit>
void eachEffector(const Snapshot& snapshot, const WorldView& body, Visit visit) {
  for (const auto& binding : *snapshot.bindings) {
    if (binding.controller != body.controller) continue;
    const auto& ports = body.description->effectors;
    const auto port = std::ranges::find(ports, binding.port, &Port::key);
    if (port != ports.end()) visit(static_cast<std::size_t>(port - ports.begin()), binding.neuron);
  }
}

}  // namespace

const WorldView* bodyCalled(const Snapshot& snapshot, const std::string& controller) {
  const auto& bodies = snapshot.worlds;
  const auto found = std::ranges::find(bodies, controller, [](const auto& body) { return body->controller; });
  if (found != bodies.end()) return found->get();
  return bodies.empty() ? nullptr : bodies.front().get();
}

std::vector<std::size_t> effectorsOf(const Snapshot& snapshot, const WorldView& body, NeuronId neuron) {
  std::vector<std::size_t> found;
  eachEffector(snapshot, body, [&](std::size_t port, NeuronId node) {
    if (node == neuron || snapshot.graph.link({neuron, node})) found.push_back(port);
  });
  tidy(found);
  return found;
}

std::vector<NeuronId> neuronsOf(const Snapshot& snapshot, const WorldView& body, std::size_t effector) {
  std::vector<NeuronId> found;
  eachEffector(snapshot, body, [&](std::size_t port, NeuronId node) {
    if (port == effector) found.push_back(node);
  });
  const std::vector<NeuronId> nodes = found;
  const auto& graph = snapshot.graph;
  for (std::size_t row = 0; row < graph.ids->size(); ++row) {
    for (std::size_t link = (*graph.firstLink)[row]; link < (*graph.firstLink)[row + 1]; ++link) {
      if (std::ranges::find(nodes, (*graph.ids)[(*graph.targets)[link]]) != nodes.end()) found.push_back((*graph.ids)[row]);
    }
  }
  tidy(found);
  return found;
}

}  // namespace plexarium::ui
