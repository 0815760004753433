#pragma once

#include <QString>

#include "core/description/description.h"
#include "core/session/snapshot.h"
#include "ui/canvas/lens.h"

namespace plexarium::ui {

/// A glance at a neuron or link, at most ten lines: who it is, what it does, then values with their units. Of a watched
/// neuron the fields that evolve, of a link all that are numbers or choices; what is 0 or said already is left out. Empty
/// when it does not exist.
QString hoverText(const Description& description, const Snapshot& snapshot, NeuronId id);
QString hoverText(const Description& description, const Snapshot& snapshot, LinkKey key);
/// Of a collapsed group: its name and size.
QString hoverText(const Lens::Folded& group);

/// How people call a neuron: its name, or "neuron 12".
QString displayName(const GraphImage& graph, NeuronId id);

}  // namespace plexarium::ui
