#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/description/description.h"
#include "core/dynamics/dynamics.h"
#include "core/error.h"
#include "core/world/world.h"

namespace plexarium {

/// The living bodies of a simulation and their ties to the network. Per tick: sense, the network's tick, act.
/// Truth: bodies live here; Embodiment values hold what they were at the last save. Simulation thread.
class Bodies {
 public:
  /// Keeps a reference to `description`.
  explicit Bodies(const Description& description) : description_(description) {}

  /// Brings these bodies to life, states included. Refuses what does not fit the network.
  Result<void> build(const Graph& graph, const Embodiment& embodiment);
  /// Absorbs an edit of an embodiment that was saved before: bodies that stay live on, a new one begins from its state.
  void edited(const Graph& graph, const Embodiment& embodiment);
  [[nodiscard]] bool empty() const { return lives_.empty(); }

  /// Passes on what is felt, before the network's tick.
  void sense(Dynamics& dynamics, Network& network);
  /// Gives the effectors what their neurons say, after it, and lets the bodies live for a tick.
  void act(Dynamics& dynamics, Network& network);
  Result<void> poke(const Poke& poke);

  /// Brings the states in `embodiment` up to date; ties to neurons that the network itself has removed go.
  void save(const Graph& graph, Embodiment& embodiment) const;
  [[nodiscard]] std::vector<std::shared_ptr<const WorldView>> show() const;
  /// What neurons that stand for ports show is the port: its value in `views` (of the last show()), kept within 0..1, is
  /// their level. What the dynamics knows of them never fills them.
  void light(const Graph& graph, const std::vector<std::shared_ptr<const WorldView>>& views, Appearance& appearance) const;

 private:
  struct Life {
    std::string id;
    const WorldDescription* description = nullptr;
    std::unique_ptr<World> world;
    std::vector<double> sensed;   ///< Per sensor port.
    std::vector<double> amounts;  ///< Per effector port.
  };
  /// A binding, looked up.
  struct Tie {
    std::size_t life = 0;
    std::size_t port = 0;  ///< Index into the sensors or the effectors.
    NeuronId neuron;
    double gain = 1;
    double offset = 0;
  };

  void tie(const Graph& graph, const Embodiment& embodiment);
  void findRows(const Graph& graph);

  const Description& description_;
  std::size_t channel_ = 0;  ///< Relayed.
  std::vector<Life> lives_;
  std::vector<Tie> sensors_;
  std::vector<Tie> effectors_;
  std::uint64_t topology_ = 0;         ///< Revision that the rows belong to.
  std::vector<std::uint32_t> rows_;    ///< Neurons of effectors that are there.
  std::vector<std::size_t> effector_;  ///< Per row: index into effectors_.
  std::vector<double> said_;           ///< Per row.
  std::vector<Stimulus> stimuli_;
};

}  // namespace plexarium
