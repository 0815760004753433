#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/dynamics/synann/circuit.h"
#include "core/dynamics/synann/settle.h"

namespace plexarium::synann {

/// Works out dL/dw of every link. Holds room that is used again.
class Gradient {
 public:
  /// Of a network that has settled, from dL/dp of every neuron by itself (`direct`, by row): lambda = direct + J' lambda,
  /// component by component against the order of settling, sweeps through loops. What comes by delays counts as given.
  /// `read` as settle() left it. Returns the sweeps of the loop that took the most, or 0 sweeps and no gradient where one
  /// did not settle. Sweeping backwards against the forward order makes the transposed iteration, so that whatever settles
  /// forward settles backward at the same rate.
  /// Source: Almeida (1987), Pineda (1987): recurrent back-propagation. Without loops it is plain back-propagation.
  struct Sweeps {
    bool settled = true;
    std::size_t sweeps = 0;
  };
  Sweeps ofSettled(Circuit& circuit, const Moment& moment, const std::vector<double>& read, std::span<const double> direct);

  /// In time mode: through as many ticks back as the window allows and the history knows, as if weights had always been
  /// what they are. Source: Williams and Peng (1990), truncated back-propagation through time.
  void throughTime(Circuit& circuit, const Moment& moment, std::span<const double> direct);

 private:
  double visitBack(const Circuit& circuit, std::uint32_t row, std::span<const double> direct, double damping);
  void stepBack(Circuit& circuit, const Moment& moment, std::size_t ago);

  std::vector<double> slope_;   ///< By incoming link.
  std::vector<double> lambda_;  ///< dL/dp with all that follows, by row.
  std::vector<double> read_, room_;
  std::vector<std::vector<double>> wanted_;  ///< Through time: lambda by ticks ago.
};

}  // namespace plexarium::synann
