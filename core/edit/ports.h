#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/edit/edit.h"

namespace plexarium {

// Helpers for tying a body to a network. Pure functions that make edits; any thread.

/// Neurons that stand for ports of a controller, laid out along the body (front to the left, dorsal up) about `middle`, in a
/// new group: what a person links like neurons. `ports`: keys; empty: every port that has no neuron yet. `nextGroup`: a free
/// group id. Refuses ports that there are not, a controller that there is not, and a dynamics whose networks have no bodies.
Result<Edit> makePorts(const Description& description, const Embodiment& embodiment, const std::string& controller,
                       std::span<const std::string> ports, Point middle, GroupId nextGroup);

/// How a unit is repeated.
struct Repetition {
  std::vector<NeuronId> unit;  ///< Neurons of the unit; port neurons of its rows stay out.
  int times = 1;               ///< Copies to make, 1 to 100.
  int rows = 1;                ///< How many rows of the body each copy lies behind the one before; below 0: ahead.
  Point shift = {8, 0};        ///< On the canvas, from copy to copy.
  /// Links from each unit to the next one: `first` within the earlier, `second` within the later; named by the neurons of
  /// the unit that is repeated.
  std::vector<std::pair<NeuronId, NeuronId>> chain;
  /// Copies links with other neurons (commands, say), too.
  bool outside = true;
};

/// Copies a part of a network along the body: links within the unit are copied; a link with the neuron of a port that lies
/// in a row leads to the neuron of that port as many rows further. Numbers at the end of names count on by one with each
/// copy. Refuses neurons that there are not, rows that the body has not and ports without a neuron, by name.
Result<Edit> repeatAlongBody(const Description& description, const Graph& graph, const Embodiment& embodiment,
                             const Repetition& wanted);

}  // namespace plexarium
