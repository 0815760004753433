#include "ui/canvas/focus.h"

#include <algorithm>

namespace plexarium::ui {

bool Focus::holds(std::size_t link) const { return std::binary_search(links.begin(), links.end(), link); }

Focus focusAround(const GraphImage& graph, const NetworkGeometry& geometry, const std::vector<NeuronId>& chosen) {
  Focus focus;
  std::vector<bool> centre(geometry.neuronCount(), false);
  bool any = false;
  for (const NeuronId id : chosen) {
    if (const auto row = graph.row(id)) centre[*row] = any = true;
  }
  if (!any) return focus;
  focus.neurons = centre;
  for (std::uint32_t link = 0; link < geometry.linkCount(); ++link) {
    const std::size_t from = geometry.source(link);
    const std::size_t to = geometry.target(link);
    if (!centre[from] && !centre[to]) continue;
    focus.links.push_back(link);
    focus.neurons[from] = focus.neurons[to] = true;
  }
  return focus;
}

Focus focusOn(const GraphImage& graph, const NetworkGeometry& geometry, const std::vector<CauseLink>& causes) {
  Focus focus;
  if (causes.empty()) return focus;
  focus.neurons.assign(geometry.neuronCount(), false);
  std::vector<std::pair<std::uint32_t, float>> found;
  for (const CauseLink& cause : causes) {
    for (const NeuronId end : {cause.link.from, cause.link.to}) {
      if (const auto row = graph.row(end)) focus.neurons[*row] = true;
    }
    if (const auto link = graph.link(cause.link)) {
      found.emplace_back(static_cast<std::uint32_t>(*link), std::clamp(cause.strength, 0.0F, 1.0F));
    }
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.first != b.first ? a.first < b.first : a.second > b.second; });
  for (const auto& [link, strength] : found) {
    if (!focus.links.empty() && focus.links.back() == link) continue;
    focus.links.push_back(link);
    focus.strengths.push_back(strength);
  }
  return focus;
}

}  // namespace plexarium::ui
