#pragma once

#include <QString>

#include "core/description/description.h"
#include "core/session/snapshot.h"

namespace plexarium::ui {

/// What is known of a neuron or link in this snapshot, a line each: name and role, phase, then every field of the
/// description's tables with its unit. Fields that evolve are told only of watched ones. Empty when it does not exist.
QString hoverText(const Description& description, const Snapshot& snapshot, NeuronId id);
QString hoverText(const Description& description, const Snapshot& snapshot, LinkKey key);

/// How people call a neuron: its name, or "neuron 12".
QString displayName(const GraphImage& graph, NeuronId id);

}  // namespace plexarium::ui
