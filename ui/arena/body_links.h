#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/session/snapshot.h"

namespace plexarium::ui {

// Bodies of a network and which neurons move which part of them. Pure functions; O(links).

/// The body of that name, else the first; null: there is none.
const WorldView* bodyCalled(const Snapshot& snapshot, const std::string& controller);

/// Indices of the effector ports that the neuron stands for, or that a neuron stands for which it has a link to; ascending.
std::vector<std::size_t> effectorsOf(const Snapshot& snapshot, const WorldView& body, NeuronId neuron);

/// The neurons that stand for this effector port, and those with a link to one of them; ascending.
std::vector<NeuronId> neuronsOf(const Snapshot& snapshot, const WorldView& body, std::size_t effector);

}  // namespace plexarium::ui
