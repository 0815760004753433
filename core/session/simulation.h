#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/data/shelf.h"
#include "core/dynamics/registry.h"
#include "core/edit/deed.h"
#include "core/edit/history.h"
#include "core/graph/graph_archive.h"
#include "core/session/bodies.h"
#include "core/session/command.h"
#include "core/session/feeding.h"
#include "core/session/graph_imager.h"
#include "core/session/snapshot.h"
#include "core/session/spike_log.h"

namespace plexarium {

class Recording;

/// The network of a session with its dynamics, its edit history and its beginning: everything between two ticks, without
/// thread, time or queue. The thread that runs it is the only one that may touch it, and does so under FlushDenormals.
class Simulation {
 public:
  /// Where the model does not fit the dynamics or the dynamics refuses it: an error. Data of its feeds are opened through
  /// `shelf` (null: one of its own); feeds that cannot be read are no error before the first tick, see feeding().
  static Result<std::unique_ptr<Simulation>> create(const DynamicsEntry& entry, Model model,
                                                    std::shared_ptr<DataShelf> shelf = {});
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  [[nodiscard]] const Description& description() const { return description_; }
  [[nodiscard]] Tick tick() const { return network_.tick; }
  /// Structure and values, brought up to date; valid until the next call.
  [[nodiscard]] const Graph& graph() {
    settle();
    return model_.graph;
  }
  [[nodiscard]] std::size_t neuronCount() const { return model_.graph.neuronCount(); }
  /// Appends who fired in the last tick; cheaper than bringing the graph up to date.
  void appendSpikes(std::uint32_t branch, std::vector<Spike>& spikes) const {
    plexarium::appendSpikes(model_.graph, tick() - 1, branch, spikes);
  }
  /// Another number after every edit, undo and redo; the old one again after a return to the state that had it.
  [[nodiscard]] std::uint64_t editRevision() const { return editRevision_; }

  /// One tick, with what the feeds show. Returns its metrics, valid until the next. An error, and no tick, where the feeds
  /// are on and cannot go on.
  Result<std::span<const double>> step();
  /// Whether stepMany is quicker: for this dynamics and these feeds, and where there are no bodies.
  [[nodiscard]] bool takesMany();
  /// Many ticks (at least 1, at most `most`) with what the feeds show, as step does them one by one; only where takesMany().
  /// It stops at every multiple of atATime, so that a dynamics that gathers samples in blocks finds them whole. Returns
  /// their metrics, one row a tick, valid until the next.
  Result<std::span<const double>> stepMany(Tick most);
  static constexpr Tick atATime = 256;

  /// What is shown, and how well it is answered.
  [[nodiscard]] const Feeding& feeding() const { return feeding_; }
  /// Replaces the feeds, now and for a return to the start.
  void feed(Feeder feeder);
  Result<void> feed(const SetFeeding& mode) { return feeding_.set(mode); }

  Result<void> stimulate(const std::vector<Stimulus>& stimuli);
  Result<void> teach(const std::vector<double>& targets);
  Result<void> poke(const Poke& poke);
  /// Shows it the tick that was just done, with values up to date where it wants any.
  Result<void> record(Recording& recording);
  /// What the motor neurons say now: one value each, in row order.
  void readout(std::span<double> outputs);
  /// Ids of new neurons.
  Result<std::vector<NeuronId>> edit(const Edit& edit);
  Result<void> undo();
  Result<void> redo();
  Result<void> returnToStart();
  /// Any of them; ids of new neurons.
  Result<std::vector<NeuronId>> perform(const Deed& deed);
  /// Repeats what was done, so that editRevision is again what it was then. An error means that the network is another one.
  Result<void> repeat(const LogEntry& entry);

  /// Everything that decides how this goes on, put aside: network, dynamics' state, targets, edit history, beginning.
  struct Checkpoint;
  /// Shares with `earlier` (may be null) what is the same. An error where the dynamics cannot tell its state.
  Result<std::shared_ptr<const Checkpoint>> checkpoint(const Checkpoint* earlier);
  /// Of this simulation. After an error the network is void.
  Result<void> restore(const Checkpoint& checkpoint);
  /// The network of a checkpoint.
  [[nodiscard]] Model modelOf(const Checkpoint& checkpoint) const;
  /// New neurons get this id or a later one.
  void raiseNextId(NeuronId id) { nextId_ = std::max(nextId_, id); }
  [[nodiscard]] NeuronId nextId() const { return std::max(nextId_, model_.graph.nextId()); }

  void watch(Watch watch) { watch_ = std::move(watch); }
  /// The network as it is; a new session that starts from it goes on bit for bit.
  Result<Model> capture();
  /// How the bodies are now, in order of their controllers.
  [[nodiscard]] std::vector<std::shared_ptr<const WorldView>> bodies() const { return bodies_.show(); }
  /// Fills what a snapshot shows of the network; uses the vectors that are there.
  void show(Snapshot& snapshot);
  /// The same where a quick look at the neurons will do (Dynamics::glance): links as in
  /// `last`, which showed this network, or, where `snapshot` has it from an earlier use, as there. False: show it.
  bool glance(Snapshot& snapshot, const Snapshot& last);

 private:
  /// The beginning of the run with every edit made since. Where the model came with state that has no column, a second
  /// dynamics absorbs the edits, so that this state fits the edited network.
  struct Start {
    Model model;
    std::unique_ptr<Dynamics> dynamics;  ///< Null where there is no such state.
    std::unique_ptr<Network> network;    ///< Of `dynamics`.
    Feeding feeding;
  };

  /// What of a checkpoint changes with deeds alone.
  struct Person {
    GraphArchive start;
    std::vector<double> startParameters;
    Embodiment startEmbodiment;
    Feeding startFeeding;
    std::string startState;
    History::State history;
    std::uint64_t editRevision = 0;
  };

  Simulation(const DynamicsEntry& entry, Model model, std::shared_ptr<DataShelf> shelf);
  Result<void> build();
  Result<std::shared_ptr<const Person>> person(const GraphArchive& living, const Checkpoint* earlier);
  Result<std::string> startState();
  Result<void> restorePerson(const std::shared_ptr<const Person>& person);
  Result<void> prepareStart(const DynamicsEntry& entry);
  Result<void> setFeeds(const SetFeeds& deed);
  void adoptFeeding(Feeding feeding);
  Result<bool> present();
  [[nodiscard]] Result<void> checkStimuli(const std::vector<Stimulus>& stimuli) const;
  /// Brings the graph's columns up to date.
  void settle();
  template <typename Travel>
  Result<std::vector<NeuronId>> change(Travel travel);
  void showState(Snapshot& snapshot);
  void fillWatched(Snapshot& snapshot) const;
  std::shared_ptr<const Feeding> showFeeding();

  const Description& description_;
  Model model_;
  Network network_;
  std::unique_ptr<Dynamics> dynamics_;
  Bodies bodies_;
  std::shared_ptr<DataShelf> shelf_;
  Feeding feeding_;
  std::vector<double> answers_;  ///< Of the motor neurons, for the feeds.
  Start start_;
  History history_;
  GraphImager imager_;
  Watch watch_;
  std::vector<double> metrics_;
  std::vector<double> manyMetrics_;
  std::vector<std::uint32_t> motors_;  ///< Rows, for readout.
  /// Shown to the dynamics last and still in force; nothing: it came with its state, which may hold some.
  std::optional<std::vector<double>> targets_;
  std::shared_ptr<const Person> person_;  ///< As it is now; null: not put aside yet.
  NeuronId nextId_;                       ///< Ids below are taken in another branch.
  bool settled_ = false;
  std::uint64_t editRevision_ = 0;
  std::uint64_t editRevisions_ = 0;                       ///< The highest ever.
  std::shared_ptr<const std::vector<Binding>> bindings_;  ///< As snapshots show them; null: not shown yet.
  std::uint64_t bindingsOf_ = 0;                          ///< Their edit revision.
};

struct Simulation::Checkpoint {
  Tick tick = 0;
  GraphArchive graph;
  std::vector<double> parameters;
  Embodiment embodiment;
  Feeding feeding;
  std::string dynamicsState;
  std::optional<std::vector<double>> targets;
  std::shared_ptr<const Person> person;

  /// As GraphArchive::bytes.
  [[nodiscard]] std::size_t bytes(std::unordered_set<const void*>& counted) const {
    std::size_t bodies = 0;
    for (const auto& controller : embodiment.controllers) bodies += controller.state.size();
    return dynamicsState.size() + bodies + feeding.bytes() + graph.bytes(counted) + person->start.bytes(counted);
  }
};

}  // namespace plexarium
