#pragma once

#include <optional>

#include "core/edit/edit.h"
#include "core/session/snapshot.h"
#include "ui/bridge/selection.h"

namespace plexarium::ui {

// What the keys of the window ask for, as edits.

/// One neuron with its fields' initial values.
Edit addNeuron(const Description& description, Point place);
/// Links with initial values from `first` to everything else that is selected, except those that exist. With `first` alone
/// selected: a link to itself. An error when nothing would change.
Result<Edit> connectSelected(const Description& description, const GraphImage& graph, const Selection& selection,
                             NeuronId first);
/// Of two selected links into one neuron: each gets the other's source and keeps everything else, values that evolve as they
/// were in the snapshot. An error where that is not what is selected, or their values are not on the watch list.
Result<Edit> exchangeSources(const Snapshot& snapshot, const Selection& selection);
/// Everything selected that still exists. An error when that is nothing.
Result<Edit> removeSelected(const GraphImage& graph, const Selection& selection);

}  // namespace plexarium::ui
