#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/dynamics/registry.h"
#include "core/edit/history.h"
#include "core/session/command.h"
#include "core/session/graph_imager.h"
#include "core/session/snapshot.h"

namespace plexarium {

/// The network of a session with its dynamics, its edit history and its beginning: everything between two ticks, without
/// thread, time or queue. The thread that runs it is the only one that may touch it, and does so under FlushDenormals.
class Simulation {
 public:
  /// Where the model does not fit the dynamics or the dynamics refuses it: an error.
  static Result<std::unique_ptr<Simulation>> create(const DynamicsEntry& entry, Model model);
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  [[nodiscard]] const Description& description() const { return description_; }
  [[nodiscard]] Tick tick() const { return network_.tick; }
  /// Structure and values, brought up to date; valid until the next call.
  [[nodiscard]] const Graph& graph() {
    settle();
    return model_.graph;
  }
  [[nodiscard]] std::uint64_t editRevision() const { return editRevision_; }

  /// One tick. Returns its metrics, valid until the next.
  std::span<const double> step();

  Result<void> stimulate(const std::vector<Stimulus>& stimuli);
  Result<void> teach(const std::vector<double>& targets);
  /// Ids of new neurons.
  Result<std::vector<NeuronId>> edit(const Edit& edit);
  Result<void> undo();
  Result<void> redo();
  Result<void> returnToStart();
  void watch(Watch watch) { watch_ = std::move(watch); }
  /// The network as it is; a new session that starts from it goes on bit for bit.
  Result<Model> capture();
  /// Fills what a snapshot shows of the network; uses the vectors that are there.
  void show(Snapshot& snapshot);

 private:
  /// The beginning of the run with every edit made since. Where the model came with state that has no column, a second
  /// dynamics absorbs the edits, so that this state fits the edited network.
  struct Start {
    Model model;
    std::unique_ptr<Dynamics> dynamics;  ///< Null where there is no such state.
    std::unique_ptr<Network> network;    ///< Of `dynamics`.
  };

  Simulation(const DynamicsEntry& entry, Model model);
  Result<void> build();
  Result<void> prepareStart(const DynamicsEntry& entry);
  /// Brings the graph's columns up to date.
  void settle();
  template <typename Travel>
  Result<std::vector<NeuronId>> change(Travel travel);
  void fillWatched(Snapshot& snapshot) const;

  const Description& description_;
  Model model_;
  Network network_;
  std::unique_ptr<Dynamics> dynamics_;
  Start start_;
  History history_;
  GraphImager imager_;
  Watch watch_;
  std::vector<double> metrics_;
  bool settled_ = false;
  std::uint64_t editRevision_ = 0;
};

}  // namespace plexarium
