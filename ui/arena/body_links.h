#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/session/snapshot.h"

namespace plexarium::ui {

// Which neurons move which part of a body. Pure functions; O(links).

/// Indices of the effector ports that the neuron stands for, or that a neuron stands for which it has a link to; ascending.
std::vector<std::size_t> effectorsOf(const Snapshot& snapshot, const WorldView& body, NeuronId neuron);

/// The neurons that stand for this effector port, and those with a link to one of them; ascending.
std::vector<NeuronId> neuronsOf(const Snapshot& snapshot, const WorldView& body, std::size_t effector);

}  // namespace plexarium::ui
