#pragma once

#include <cstddef>
#include <cstdint>

#include "core/dynamics/transmitter/step_kernel.h"
#include "core/dynamics/transmitter/wiring.h"
#include "core/graph/graph.h"

namespace plexarium::transmitter {

/// An amount of both transmitters: exciting >= 0, inhibiting <= 0.
struct Amount {
  double exciting = 0;
  double inhibiting = 0;
};

/// What happened in one tick, for the metrics.
struct Tally {
  std::size_t releases = 0;
  std::size_t activations = 0;
  std::size_t deliveries = 0;
  Amount handedOver;
};

/// Hands amounts from neurons to neurons during one tick. Made anew for each tick; simulation thread only.
class Delivery {
 public:
  Delivery(Graph& graph, const NeuronColumns& columns, const Wiring& wiring, Tick tick);

  /// sync rule: the share `returnability` of the pool stays, the rest goes to the targets at once; the synapse column shows
  /// it.
  void release(std::size_t row);
  /// literal rule: the whole pool goes to the synapse, and the share `returnability` stays as well.
  void fillSynapse(std::size_t row);
  /// literal rule, every neuron and tick: the synapse falls to a tenth, and every target gets its share of that.
  void deliverFromSynapse(std::size_t row);
  /// Both rules, at activation: gap_gain * share to every electrical neighbour, exciting, from nowhere.
  void couple(std::size_t row);

  [[nodiscard]] const Tally& tally() const { return tally_; }

 private:
  void deliver(std::size_t row, Amount amount);

  const NeuronColumns& columns_;
  const Wiring& wiring_;
  const std::uint32_t* firstLink_;
  const std::uint32_t* targets_;
  const std::uint8_t* kind_;
  Tick* lastFired_;
  Tick* lastCarried_;
  Tick tick_;
  Tally tally_;
};

}  // namespace plexarium::transmitter
