#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "core/dynamics/dynamics.h"
#include "core/dynamics/model.h"

namespace plexarium::bench {

/// A transmitter network in which soon everybody fires at the highest rate, one release in 12 ticks: the worst case. The
/// same one, link by link, as firing_network() of tests/support/transmitter_twin.py.
Model firingNetwork(std::size_t neurons, std::size_t linksPerNeuron, bool literal);

/// A model with its dynamics, without a session: what the rules alone cost.
class Runner {
 public:
  explicit Runner(Model model);
  /// Returns the number of releases.
  double run(Tick ticks);
  [[nodiscard]] const Graph& graph() const { return model_.graph; }
  void publish(Appearance& appearance) { dynamics_->publish(network_, &appearance); }

 private:
  Model model_;
  std::unique_ptr<Dynamics> dynamics_;
  Network network_;
  std::vector<double> metrics_;
};

}  // namespace plexarium::bench
