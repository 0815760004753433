#include <algorithm>
#include <cassert>

#include "core/session/simulation.h"

// What a snapshot shows.
namespace plexarium {

void Simulation::show(Snapshot& snapshot) {
  dynamics_->publish(network_, &snapshot.appearance);
  settled_ = true;
  assert(snapshot.appearance.phase.size() == model_.graph.neuronCount());
  assert(snapshot.appearance.linkStyle.size() == model_.graph.linkCount());
  snapshot.graph = imager_.image(model_.graph);
  showState(snapshot);
}

bool Simulation::glance(Snapshot& snapshot, const Snapshot& last) {
  if (!watch_.neurons.empty() || !watch_.links.empty()) return false;  // their values need the graph
  if (!std::ranges::equal(model_.graph.ids(), *last.graph.ids)) return false;
  if (!dynamics_->glance(network_, snapshot.appearance)) return false;
  snapshot.graph = last.graph;
  if (snapshot.linksOf != last.linksOf) {
    auto& appearance = snapshot.appearance;
    appearance.lastCarried = last.appearance.lastCarried;
    appearance.linkStyle = last.appearance.linkStyle;
    appearance.linkStrength = last.appearance.linkStrength;
    appearance.linkBorn = last.appearance.linkBorn;
    snapshot.linksOf = last.linksOf;
  }
  showState(snapshot);
  return true;
}

/// What is quick to show.
void Simulation::showState(Snapshot& snapshot) {
  snapshot.tick = network_.tick;
  snapshot.parameters = model_.parameters;
  snapshot.undoLabel = history_.undoLabel();
  snapshot.redoLabel = history_.redoLabel();
  snapshot.editRevision = editRevision_;
  snapshot.worlds = bodies_.show();
  bodies_.light(model_.graph, snapshot.worlds, snapshot.appearance);
  if (bindingsOf_ != editRevision_ || !bindings_) {
    bindings_ = std::make_shared<const std::vector<Binding>>(model_.embodiment.bindings);
    bindingsOf_ = editRevision_;
  }
  snapshot.bindings = bindings_;
  snapshot.feeding = showFeeding();
  fillWatched(snapshot);
}

/// A copy that has the answers as they are just now; a feed itself asks for them when it needs them.
std::shared_ptr<const Feeding> Simulation::showFeeding() {
  if (feeding_.empty()) return nullptr;
  auto shown = std::make_shared<Feeding>(feeding_);
  auto& feeder = shown->feeder();
  if (feeding_.problem() || !feeder.on()) return shown;
  answers_.resize(feeder.motorCount());
  readout(answers_);
  feeder.look(answers_);
  return shown;
}

void Simulation::fillWatched(Snapshot& snapshot) const {
  const auto& graph = model_.graph;
  std::size_t count = 0;
  snapshot.watchedNeurons.resize(watch_.neurons.size());
  for (const auto id : watch_.neurons) {
    const auto row = graph.row(id);
    if (!row) continue;
    auto& watched = snapshot.watchedNeurons[count++];
    watched.id = id;
    watched.values.resize(graph.neuronColumnCount());
    for (std::size_t field = 0; field < watched.values.size(); ++field) {
      watched.values[field] = columnValue(graph.neuronColumn(field), *row);
    }
  }
  snapshot.watchedNeurons.resize(count);
  count = 0;
  snapshot.watchedLinks.resize(watch_.links.size());
  for (const auto key : watch_.links) {
    const auto link = graph.link(key);
    if (!link) continue;
    auto& watched = snapshot.watchedLinks[count++];
    watched.key = key;
    watched.values.resize(graph.linkColumnCount());
    for (std::size_t field = 0; field < watched.values.size(); ++field) {
      watched.values[field] = columnValue(graph.linkColumn(field), *link);
    }
  }
  snapshot.watchedLinks.resize(count);
}

}  // namespace plexarium
