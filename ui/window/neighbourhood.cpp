#include "ui/window/neighbourhood.h"

#include <cstdint>
#include <numeric>

namespace plexarium::ui {
namespace {

/// One mark per row.
using Marks = std::vector<std::uint8_t>;

Marks marked(const GraphImage& graph, std::span<const NeuronId> neurons) {
  Marks marks(graph.ids->size());
  for (const NeuronId id : neurons) {
    if (const auto row = graph.row(id)) marks[*row] = 1;
  }
  return marks;
}

std::vector<NeuronId> idsOf(const GraphImage& graph, const Marks& marks, bool wanted = true) {
  std::vector<NeuronId> ids;
  for (std::size_t row = 0; row < marks.size(); ++row) {
    if ((marks[row] != 0) == wanted) ids.push_back((*graph.ids)[row]);
  }
  return ids;
}

/// Calls `visit(from, to)` with the rows of every link.
template <typename Visit>
void forLinks(const GraphImage& graph, Visit visit) {
  for (std::size_t from = 0; from < graph.ids->size(); ++from) {
    for (auto link = (*graph.firstLink)[from]; link < (*graph.firstLink)[from + 1]; ++link) {
      visit(from, (*graph.targets)[link]);
    }
  }
}

/// Sets of rows that grow together (union-find with halved paths).
class Sets {
 public:
  explicit Sets(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t root(std::size_t row) {
    while (parent_[row] != row) row = parent_[row] = parent_[parent_[row]];
    return row;
  }
  void join(std::size_t one, std::size_t other) { parent_[root(one)] = root(other); }

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace

std::vector<NeuronId> allBut(const GraphImage& graph, std::span<const NeuronId> neurons) {
  return idsOf(graph, marked(graph, neurons), false);
}

std::vector<NeuronId> withRole(const GraphImage& graph, Role role) {
  Marks marks(graph.ids->size());
  for (std::size_t row = 0; row < marks.size(); ++row) marks[row] = (*graph.roles)[row] == role;
  return idsOf(graph, marks);
}

std::vector<NeuronId> inputsOf(const GraphImage& graph, std::span<const NeuronId> neurons) {
  const Marks marks = marked(graph, neurons);
  Marks inputs(marks.size());
  forLinks(graph, [&](std::size_t from, std::size_t to) {
    if (marks[to]) inputs[from] = 1;
  });
  return idsOf(graph, inputs);
}

std::vector<NeuronId> outputsOf(const GraphImage& graph, std::span<const NeuronId> neurons) {
  const Marks marks = marked(graph, neurons);
  Marks outputs(marks.size());
  forLinks(graph, [&](std::size_t from, std::size_t to) {
    if (marks[from]) outputs[to] = 1;
  });
  return idsOf(graph, outputs);
}

std::vector<NeuronId> connectedTo(const GraphImage& graph, std::span<const NeuronId> neurons) {
  const Marks marks = marked(graph, neurons);
  Sets sets(marks.size());
  forLinks(graph, [&](std::size_t from, std::size_t to) { sets.join(from, to); });
  Marks reached(marks.size());
  for (std::size_t row = 0; row < marks.size(); ++row) {
    if (marks[row]) reached[sets.root(row)] = 1;
  }
  Marks joined(marks.size());
  for (std::size_t row = 0; row < marks.size(); ++row) joined[row] = reached[sets.root(row)];
  return idsOf(graph, joined);
}

}  // namespace plexarium::ui
