#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/dynamics/dynamics.h"
#include "core/dynamics/model.h"
#include "core/edit/edit.h"
#include "core/error.h"

namespace plexarium {

struct Run {};
struct Pause {};
/// Pauses, then does `ticks` ticks as fast as they go. Later commands wait for them and the outcome tells where they ended;
/// a Pause that is posted meanwhile cuts them short.
struct StepTicks {
  Tick ticks = 1;
};
/// Back to the state of the beginning of this run (load or creation); edits made since stay, and stay undoable.
struct ReturnToStart {};
struct SetPace {
  double ticksPerSecond = 0;  ///< 0: unlimited.
};
struct Stimulate {
  std::vector<Stimulus> stimuli;
};
struct Teach {
  std::vector<double> targets;  ///< See Dynamics::learn.
};
struct ApplyEdit {
  Edit edit;
};
struct Undo {};
struct Redo {};
/// Whose values snapshots carry; replaces the last list.
struct Watch {
  std::vector<NeuronId> neurons;
  std::vector<LinkKey> links;
};
/// A copy of the whole network at a tick border, delivered with the outcome: what saving needs.
struct Capture {};

using Command =
    std::variant<Run, Pause, StepTicks, ReturnToStart, SetPace, Stimulate, Teach, ApplyEdit, Undo, Redo, Watch, Capture>;

/// What became of a command.
struct Outcome {
  std::uint64_t command = 0;  ///< The number that post() returned.
  Tick tick = 0;              ///< When it took effect.
  std::optional<Error> error;
  std::vector<NeuronId> added;           ///< ApplyEdit: ids given to new neurons.
  std::shared_ptr<const Model> capture;  ///< Capture only.
  std::uint64_t editRevision = 0;        ///< After the command.
};

/// Mean and extremes of every metric over consecutive ticks.
struct MetricBucket {
  Tick first = 0;
  Tick count = 0;
  std::vector<double> minimum, mean, maximum;  ///< Follow Description::metrics.
};

}  // namespace plexarium
