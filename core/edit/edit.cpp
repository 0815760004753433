#include "core/edit/edit.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <span>

#include "core/edit/steps.h"

namespace plexarium {
namespace {

void merge(Edited& into, const Edited& more) {
  into.topology = into.topology || more.topology;
  into.neuronValues = into.neuronValues || more.neuronValues;
  into.linkValues = into.linkValues || more.linkValues;
  into.parameters = into.parameters || more.parameters;
  into.embodiment = into.embodiment || more.embodiment;
}

/// The last step is undone first; within a step the order stays.
std::vector<EditStep> flattened(std::vector<std::vector<EditStep>>& inverses) {
  std::vector<EditStep> steps;
  for (auto inverse = inverses.rbegin(); inverse != inverses.rend(); ++inverse) {
    steps.insert(steps.end(), std::make_move_iterator(inverse->begin()), std::make_move_iterator(inverse->end()));
  }
  return steps;
}

/// What the steps so far have done.
struct Progress {
  std::vector<std::vector<EditStep>> inverses;
  Applied applied;

  void add(edit::Done done) {
    inverses.push_back(std::move(done.inverse));
    merge(applied.touched, done.touched);
    applied.added.insert(applied.added.end(), done.added.begin(), done.added.end());
  }
};

template <typename Step>
Result<void> advance(const edit::Site& site, const Step& step, Progress& progress) {
  return edit::applyStep(site, step).map([&](edit::Done&& done) { progress.add(std::move(done)); });
}

Result<void> advance(const edit::Site& site, const AddCircuit& circuit, Progress& progress) {
  auto names = circuit.neurons.ids;
  std::sort(names.begin(), names.end());
  if (std::adjacent_find(names.begin(), names.end()) != names.end()) {
    return failure("two new neurons have the same name within an edit", {}, "Give every row an id of its own");
  }
  AddNeurons neurons{circuit.neurons};
  std::fill(neurons.neurons.ids.begin(), neurons.neurons.ids.end(), NeuronId{});
  const std::size_t before = progress.applied.added.size();
  if (auto done = advance(site, neurons, progress); !done) return done;
  const std::vector<NeuronId> ids(progress.applied.added.begin() + static_cast<std::ptrdiff_t>(before),
                                  progress.applied.added.end());
  if (auto done = advance(site, edit::linksOf(circuit, ids), progress); !done || circuit.bindings.empty()) return done;
  return advance(site, edit::bindingsOf(circuit, ids), progress);
}

Result<void> advance(const edit::Site& site, const EditStep& step, Progress& progress) {
  return std::visit([&](const auto& one) { return advance(site, one, progress); }, step);
}

}  // namespace

Result<Applied> apply(const Edit& edit, const Description& description, EditSite on, EditMode mode) {
  auto& graph = on.graph;
  const edit::Site site{description, graph, on.parameters, on.embodiment, mode};
  const auto nextId = graph.nextId();
  Progress progress;
  for (const auto& step : edit.steps) {
    auto done = advance(site, step, progress);
    if (done) continue;
    const edit::Site back{description, graph, on.parameters, on.embodiment, EditMode::Tolerant};
    Progress undone;
    for (const auto& inverse : flattened(progress.inverses)) {
      [[maybe_unused]] const auto fits = advance(back, inverse, undone);
      assert(fits);  // what was just there can come back
    }
    graph.takeBackIds(nextId);
    return tl::unexpected(std::move(done.error()));
  }
  progress.applied.inverse = {edit.label, flattened(progress.inverses)};
  return std::move(progress.applied);
}

}  // namespace plexarium
