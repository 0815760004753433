#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/edit/deed.h"
#include "core/session/pacer.h"
#include "core/session/simulation.h"
#include "core/session/snapshot.h"

namespace plexarium {

/// A simulation with its past. Checkpoints, close together near the present and ever sparser away from it, and the log of
/// what a person did between them: any tick since the run began is reached by repeating from the checkpoint before it, bit
/// for bit. What is done in the past begins a new branch; so does a return to the start.
///
/// A branch carries the whole way that led to it (its log), so branches need each other for nothing.
/// Belongs to the thread of the simulation. Checkpoints cost about two percent of the time and at most Limits::bytes.
class Timeline {
 public:
  struct Limits {
    std::size_t bytes = std::size_t{128} << 20;  ///< Of all checkpoints; a network larger than this keeps no past.
    std::size_t checkpoints = 256;
    std::size_t branches = 16;  ///< The oldest are forgotten.
  };

  /// Keeps a reference. The present state of `simulation` is the beginning.
  Timeline(Simulation& simulation, Limits limits);
  explicit Timeline(Simulation& simulation) : Timeline(simulation, Limits{}) {}

  /// One tick: a new one at the head, otherwise one that was before. Metrics valid until the next. Call repeatDeeds once
  /// everybody has looked at what the tick brought.
  Result<std::span<const double>> step();
  /// Up to `most` (at least 1) ticks as step does them, all of them new or all old, none beyond what was done to the
  /// network; only where Simulation::takesMany. One row of metrics a tick. Call repeatDeeds likewise.
  Result<std::span<const double>> stepMany(Tick most);
  /// Does again what was done to the network at this tick; whether there was anything. Nothing at the head.
  Result<bool> repeatDeeds();
  /// A person's deed. In the past it begins a new branch. Ids of new neurons. On an error nothing has changed.
  Result<std::vector<NeuronId>> perform(const Deed& deed);

  /// Goes to the checkpoint from which `tick` is nearest; returns how many steps are left to do. [pastBegin(), head()].
  Result<Tick> goTo(Tick tick);
  /// Likewise to the head of that branch.
  Result<Tick> switchTo(std::uint32_t branch);

  [[nodiscard]] Tick pastBegin() const;
  [[nodiscard]] Tick head() const { return present().info.head; }
  [[nodiscard]] bool inThePast() const { return simulation_.tick() < head(); }
  [[nodiscard]] std::uint32_t branch() const { return present().info.number; }
  /// Never null; the same object until a branch comes, goes or is left.
  [[nodiscard]] const std::shared_ptr<const std::vector<Branch>>& branches() const { return list_; }

  /// What led here. An error where the past is not kept.
  Result<Log> log();
  /// What all checkpoints occupy. O(checkpoints).
  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] std::size_t checkpointCount() const;

 private:
  using CheckpointPointer = std::shared_ptr<const Simulation::Checkpoint>;
  struct Mark {
    CheckpointPointer state;
    std::size_t done = 0;  ///< How many entries of the log it has behind it.
  };
  struct Course {
    Branch info;
    std::vector<std::shared_ptr<const LogEntry>> log;
    std::vector<Mark> marks;  ///< Ascending ticks; the first is where the branch can be gone back to, and stays.
  };

  [[nodiscard]] const Course& present() const { return courses_[present_]; }
  [[nodiscard]] Course& present() { return courses_[present_]; }
  Result<void> remember();
  Result<void> rememberWhenDue();
  void space(Clock::time_point began);
  Result<void> restore(const Mark& mark);
  void fork(const Deed& deed, bool fromStart);
  void trim(const Simulation::Checkpoint* keep);
  bool dropOne(const Simulation::Checkpoint* keep);
  void list();

  Simulation& simulation_;
  Limits limits_;
  std::vector<Course> courses_;  ///< In order of their numbers.
  std::size_t present_ = 0;
  std::size_t done_ = 0;       ///< Entries of the present log that the simulation has behind it.
  CheckpointPointer origin_;   ///< Of the whole session.
  std::uint32_t numbers_ = 0;  ///< The highest branch number ever.
  std::shared_ptr<const std::vector<Branch>> list_;
  bool kept_ = true;       ///< The network is small enough to keep its past.
  std::size_t bytes_ = 0;  ///< Not less than what the checkpoints occupy.
  Tick due_ = 0;           ///< When the next checkpoint is.
  Tick markedTick_ = 0;    ///< Tick and time at which the last one was done.
  Clock::time_point markedTime_;
};

}  // namespace plexarium
