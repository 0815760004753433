#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/dynamics/dynamics.h"
#include "core/dynamics/model.h"
#include "core/edit/deed.h"
#include "core/error.h"
#include "core/feed/score.h"
#include "core/record/causes.h"
#include "core/record/record_plan.h"
#include "core/session/breakpoints.h"

namespace plexarium {

struct Run {};
struct Pause {};
/// Pauses, then does `ticks` ticks as fast as they go. Later commands wait for them and the outcome tells where they ended;
/// a Pause that is posted meanwhile cuts them short.
struct StepTicks {
  Tick ticks = 1;
};
/// Pauses and shows the network exactly as it was after `tick` ticks and what was done to it then: any tick from
/// Snapshot::pastBegin to Snapshot::headTick of this branch. Ticks from there on repeat what was, edits and stimuli
/// included, up to the head; a deed (core/edit/deed.h) there begins a new branch and leaves the old one as it is.
/// Later commands wait until it is there; a Pause that is posted meanwhile ends it on its way.
struct GoTo {
  Tick tick = 0;
};
/// Pauses and goes to the head of another branch, with its undo list. The branch left can be returned to likewise.
struct SwitchBranch {
  std::uint32_t branch = 0;  ///< Branch::number.
};
struct SetPace {
  double ticksPerSecond = 0;  ///< 0: unlimited.
};
/// Whose values snapshots carry; replaces the last list.
struct Watch {
  std::vector<NeuronId> neurons;
  std::vector<LinkKey> links;
};
/// A copy of the whole network at a tick border, delivered with the outcome: what saving needs.
struct Capture {};
/// Everything that led here, delivered with the outcome together with a capture of here (for the log's endHash).
struct CaptureLog {};

/// Replaces the list of what stops the network (core/session/breakpoints.h): it pauses right after the tick in which one is
/// met, as the snapshot tells. They are looked at while it runs and steps, new ticks or old, and not on the way of a GoTo.
struct SetBreakpoints {
  std::vector<Breakpoint> breakpoints;
};
/// Whether Session::drainSpikes tells who fires: all who do, or where the network is faster than can be watched, those of as
/// many consecutive ticks after each call as SpikeLog allows (of the last one of those that are done many at a time). A tick
/// of a branch is told once at most, when it is new.
struct RecordSpikes {
  bool on = false;
};
/// Who fired in the last `ticks` ticks up to now, delivered with the outcome: they are lived through again, whether they
/// were recorded or not. Fewer where the past begins later. The network goes on as before then, running or not.
struct RecallSpikes {
  Tick ticks = 100;
};

/// Writes firings or values of this run to a file from now on (core/record/recording.h), one recording at a time. Ticks that
/// are lived through again are not written again; the recording ends where the network takes another course.
struct StartRecording {
  std::string file;
  RecordPlan plan;
};
/// Ends the recording and keeps it. An error where there is none, or the file is not whole.
struct StopRecording {};

using Command = std::variant<Run, Pause, StepTicks, ReturnToStart, SetPace, Stimulate, Teach, ApplyEdit, Undo, Redo, Watch,
                             Capture, GoTo, SwitchBranch, CaptureLog, SetBreakpoints, RecordSpikes, RecallSpikes, Poke,
                             SetFeeds, SetFeeding, NextSample, StartRecording, StopRecording>;

/// What became of a command.
struct Outcome {
  std::uint64_t command = 0;  ///< The number that post() returned.
  Tick tick = 0;              ///< When it took effect.
  std::optional<Error> error;
  std::vector<NeuronId> added;                       ///< ApplyEdit: ids given to new neurons.
  std::shared_ptr<const Model> capture;              ///< Capture and CaptureLog only.
  std::shared_ptr<const Log> log;                    ///< CaptureLog only.
  std::shared_ptr<const std::vector<Spike>> spikes;  ///< RecallSpikes only.
  std::optional<Recorded> recorded;                  ///< StopRecording only.
  std::uint64_t editRevision = 0;                    ///< After the command.
};

/// Mean and extremes of every metric over consecutive ticks. Each tick of a branch is told once, when it is new: not again
/// when it is repeated after a GoTo.
struct MetricBucket {
  std::uint32_t branch = 0;  ///< Branch::number.
  Tick first = 0;
  Tick count = 0;
  std::vector<double> minimum, mean, maximum;  ///< Follow Description::metrics.
  /// How the output groups of all feeds, one after the other, answered the samples that ended meanwhile. `examined`: without
  /// targets, kept for validation. Empty where there are no feeds.
  std::vector<Tally> learnt{}, examined{};
};

}  // namespace plexarium
