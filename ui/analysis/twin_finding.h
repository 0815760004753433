#pragma once

#include <functional>
#include <span>

#include "core/session/twin_run.h"
#include "ui/analysis/finding.h"

namespace plexarium::ui {

/// How far a copy of the network in which `disturbed` was turned round drifts from it in `ticks` ticks (at least 1) from
/// where it stands: Hamming distance of the firings of `counted` (ascending, the neuron need not be one), as at most about a
/// thousand means. `unit`: of a tick. Nothing of use where `goesOn`, asked
/// with the share that is done, says no. Any thread.
Finding twinFinding(const DynamicsEntry& entry, const Model& model, NeuronId disturbed, std::span<const NeuronId> counted,
                    Tick ticks, const QString& unit, const std::function<bool(double)>& goesOn);

}  // namespace plexarium::ui
