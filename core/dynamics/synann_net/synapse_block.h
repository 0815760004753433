#pragma once

#include <cstdint>
#include <vector>

#include "core/blocks/block.h"

namespace plexarium::synann_net {

/// A layer of synapses between probabilities and what the answers read:
///   y_i = gain_i e_i prod over j of (1 - beta_ji x_j),   e_i = sum of the exciting links' weight times x.
/// x_j is the probability of one of the features, chosen by `units`. Its kernels are core/dynamics/synann/kernels.h.
/// Parameters: beta [x][synapses], gain [synapses].
class SynapseBlock final : public blocks::Block {
 public:
  struct Excitation {
    std::uint32_t synapse = 0;
    std::uint32_t probability = 0;
    float weight = 1;
  };
  struct Wiring {
    std::vector<std::uint32_t> units;  ///< By probability: the feature that gives it; beyond their number: none.
    std::size_t synapses = 0;
    std::vector<Excitation> excitations;  ///< Ascending by synapse.
    /// What goes out: a synapse, or (from `synapses` on) a probability. Empty: one value that is 0.
    std::vector<std::uint32_t> readers;
  };
  enum : std::size_t { Beta, Gain };

  SynapseBlock(std::size_t features, Wiring wiring);

  void forward(const blocks::Pass& pass, const blocks::Ports& ports, std::size_t lot) override;
  void backward(const blocks::Pass& pass, const blocks::Ports& ports, std::size_t lot) override;
  void prepare(blocks::Way way, const blocks::Pass& pass) override;
  void slopesOf(const blocks::Pass& pass, const blocks::Ports& ports, std::size_t task) override;

  void excite(std::size_t excitation, float weight) { wiring_.excitations[excitation].weight = weight; }
  // Of one sample of the last pass.
  [[nodiscard]] float probability(std::size_t lot, std::size_t sample, std::size_t number) const {
    return lots_[lot].x[sample * wiring_.units.size() + number];
  }
  [[nodiscard]] float survival(std::size_t lot, std::size_t sample, std::size_t number) const {
    return lots_[lot].survival[sample * wiring_.synapses + number];
  }
  [[nodiscard]] float opening(std::size_t lot, std::size_t sample, std::size_t number) const {
    return lots_[lot].y[sample * wiring_.synapses + number];
  }

 private:
  /// Sample after sample, as the kernels want it.
  struct Values {
    std::vector<float> x, excitation, survival, y;
    std::vector<float> ySlope, xSlope, excitationSlope, betaSlope, gainSlope;
  };
  void collect(const blocks::Sheet& in, Values& values) const;

  Wiring wiring_;
  std::vector<Values> lots_;
};

}  // namespace plexarium::synann_net
