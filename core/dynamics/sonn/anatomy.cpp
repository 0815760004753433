#include "core/dynamics/sonn/anatomy.h"

#include "core/dynamics/sonn/fields.h"

namespace plexarium::sonn {

void Anatomy::read(const Graph& graph) {
  receptors.clear();
  cells.clear();
  columns.clear();
  voters.clear();
  names.clear();
  feeders.clear();
  feeds.clear();
  number.resize(graph.neuronCount());
  const auto roles = graph.roles();
  for (std::uint32_t row = 0; row < roles.size(); ++row) {
    auto& kind = roles[row] == Role::Sensory ? receptors : roles[row] == Role::Inter ? cells : columns;
    number[row] = static_cast<std::uint32_t>(kind.size());
    kind.push_back(row);
  }
  inputs = receptors;
  for (std::uint32_t cell = 0; cell < cells.size(); ++cell) {
    feeds.push_back(graph.neuronValues<std::uint8_t>(neuron::Feeds)[cells[cell]]);
    if (feeds.back() == 0) continue;
    feeders.push_back(cell);
    inputs.push_back(cells[cell]);
  }
  for (const auto row : inputs) names.push_back(graph.ids()[row]);
  for (const auto row : columns) names.push_back(graph.ids()[row]);
  members.assign(columns.size(), {});
  for (std::uint32_t cell = 0; cell < cells.size(); ++cell) {
    bool votes = false;
    for (auto l = graph.firstLink()[cells[cell]]; l < graph.firstLink()[cells[cell] + 1]; ++l) {
      const auto target = graph.targets()[l];
      if (roles[target] != Role::Motor) continue;
      members[number[target]].push_back(cell);
      votes = true;
    }
    if (votes) voters.push_back(cell);
  }
}

}  // namespace plexarium::sonn
