#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/dynamics/dynamics.h"
#include "core/dynamics/model.h"
#include "core/edit/edit.h"
#include "core/world/world.h"

namespace plexarium {

// Deeds are what a person does to a living network between two ticks. Together with the model of the beginning they decide
// the whole life of a network, so they are remembered with their ticks.

struct ApplyEdit {
  Edit edit;
};
struct Undo {};
struct Redo {};
struct Stimulate {
  std::vector<Stimulus> stimuli;
};
struct Teach {
  std::vector<double> targets;  ///< See Dynamics::learn. An edit of neurons, links or roles ends the teaching.
};
/// Replaces all feeds: what Feeder::write says (core/feed/feeder.h); empty: none. They go on from the places that it tells.
struct SetFeeds {
  std::string feeds;
};
enum class FeedMode : std::uint8_t {
  Off,       ///< Nothing is shown and nothing wanted.
  Train,     ///< On from where training stopped.
  Validate,  ///< Samples kept for validation, without targets.
  Test,      ///< Samples kept for the test, without targets.
  Show,      ///< One sample to one feed, without target, until told otherwise.
};
struct SetFeeding {
  FeedMode mode = FeedMode::Train;
  std::uint32_t feed = 0;        ///< Show: which,
  std::uint64_t sample = 0;      ///< and its number in the data;
  std::vector<double> inputs{};  ///< or, where not empty, these values instead: as many as a sample has, finite.
};
/// Ends the sample that a feed shows: how time passes for feeds whose samples last for seconds.
struct NextSample {
  std::uint32_t feed = 0;
};
/// Back to the state of the beginning of this run (load or creation); edits made since stay, and stay undoable.
struct ReturnToStart {};

using Deed = std::variant<ApplyEdit, Undo, Redo, Stimulate, Teach, ReturnToStart, Poke,  // core/world/world.h has Poke
                          SetFeeds, SetFeeding, NextSample>;

/// "Add neuron", "Undo", "Stimulate": for lists of what was done.
std::string labelOf(const Deed& deed);
/// The edit with the ids that its new neurons were given, so that it gives the same ones again. One id per new neuron, in
/// the order of the tables.
Edit resolved(Edit edit, const std::vector<NeuronId>& added);

/// A deed that was done, when, and what Snapshot::editRevision was after it.
struct LogEntry {
  Tick tick = 0;  ///< Ticks done before it.
  Deed deed;
  std::uint64_t revision = 0;
};

/// A life that can be lived again: from `beginning`, each entry when its tick is reached (a ReturnToStart takes the count of
/// ticks back), then on to tick `end`.
struct Log {
  Model beginning;
  std::vector<std::shared_ptr<const LogEntry>> entries;
  Tick end = 0;
  std::string endHash;  ///< stateHash of the network at the end; empty: not known.
};

}  // namespace plexarium
