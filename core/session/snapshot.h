#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/dynamics/dynamics.h"
#include "core/graph/graph.h"
#include "core/record/record_plan.h"
#include "core/session/breakpoints.h"
#include "core/world/world.h"

namespace plexarium {

class Feeding;

/// The parts of a graph that only edits (or rewiring) change, shared between snapshots: each pointer changes when its part
/// did, so a reader compares pointers instead of contents. Never null. Rows as in Graph.
struct GraphImage {
  std::shared_ptr<const std::vector<NeuronId>> ids;
  std::shared_ptr<const std::vector<std::uint32_t>> firstLink;  ///< neurons + 1 entries
  std::shared_ptr<const std::vector<std::uint32_t>> targets;
  std::shared_ptr<const std::vector<std::string>> names;
  std::shared_ptr<const std::vector<Role>> roles;
  std::shared_ptr<const std::vector<Point>> positions;
  std::shared_ptr<const std::vector<Group>> groups;         ///< In order of their ids.
  std::shared_ptr<const std::vector<GroupId>> memberOf;     ///< One entry per row.
  std::shared_ptr<const std::vector<Column>> neuronFields;  ///< Fields that evolve are empty here: watch them.
  std::shared_ptr<const std::vector<Column>> linkFields;

  [[nodiscard]] std::optional<std::size_t> row(NeuronId id) const;
  [[nodiscard]] std::optional<std::size_t> link(LinkKey key) const;
  [[nodiscard]] LinkKey key(std::size_t link) const;
};

/// Every field of one watched neuron or link at the snapshot's tick.
struct WatchedNeuron {
  NeuronId id;
  std::vector<double> values;
};
struct WatchedLink {
  LinkKey key;
  std::vector<double> values;
};

/// One course that the life of the network has taken. Ticks before `fork` belong to its parent, too.
struct Branch {
  std::uint32_t number = 0;  ///< Names it for the whole session; the first is 0.
  std::uint32_t parent = 0;  ///< May have been forgotten meanwhile.
  Tick fork = 0;             ///< Tick of the deed with which it began.
  std::string label;         ///< Of that deed; empty for the first branch.
  Tick begin = 0;            ///< The earliest tick that can be gone to.
  Tick head = 0;             ///< The latest. Of the present branch see Snapshot::headTick: this one lags behind.
};

/// One consistent look at a session between two ticks. Immutable once published.
struct Snapshot {
  std::uint64_t number = 0;  ///< Rises by one with each published snapshot.
  /// Number of the snapshot for which links were looked at: this one, as a rule. Where looking at them takes long, an
  /// earlier one while the network runs and nothing is watched: then the graph's links and what `appearance` has of them
  /// are of its tick, and only the rest is of this one's.
  std::uint64_t linksOf = 0;
  Tick tick = 0;
  bool running = false;
  double pace = 0;          ///< Wanted ticks per second; 0: unlimited.
  double achievedRate = 0;  ///< Measured ticks per second over the last half second; 0 when paused.
  GraphImage graph;
  Appearance appearance;
  std::vector<double> parameters;
  std::vector<std::shared_ptr<const WorldView>> worlds;  ///< One per controller, in order of their names.
  std::shared_ptr<const std::vector<Binding>> bindings;  ///< Never null; the same object until an edit.
  /// What the network is shown and says just now, and how well it answers (core/session/feeding.h); null: no feeds.
  std::shared_ptr<const Feeding> feeding;
  std::vector<WatchedNeuron> watchedNeurons;  ///< Those of the watch list that exist.
  std::vector<WatchedLink> watchedLinks;
  std::string undoLabel;  ///< Empty: nothing to undo.
  std::string redoLabel;
  std::uint64_t editRevision =
      0;                     ///< Another one after every edit, undo and redo; a document compares it with the saved one.
  std::uint32_t branch = 0;  ///< Branch::number of the present one.
  Tick pastBegin = 0;        ///< The earliest tick that GoTo can go to; equals headTick where no past is kept.
  Tick headTick = 0;         ///< The latest; later than `tick` after going back.
  std::shared_ptr<const std::vector<Branch>> branches;  ///< All, in order of their numbers. Never null.
  std::optional<BreakpointHit> stoppedBy;               ///< Why it paused, until it goes on.
  std::optional<Recorded> recording;                    ///< While one is under way.
  std::uint64_t lostMetrics = 0;                        ///< Metric buckets that overflowed because nobody drained them.
};

}  // namespace plexarium
