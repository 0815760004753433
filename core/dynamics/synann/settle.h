#pragma once

#include <cstdint>
#include <vector>

#include "core/dynamics/synann/circuit.h"
#include "core/dynamics/synann/history.h"
#include "core/dynamics/synann/order.h"

namespace plexarium::synann {

/// What one tick needs beside the circuit. References stay with the caller.
struct Moment {
  const Settings& settings;
  const Order& order;                       ///< Where the mode is to relax.
  const History& history;                   ///< At least as long as the longest delay, and 1.
  const std::vector<std::uint8_t>& kicked;  ///< By row: keeps its probability in this tick.
};

/// How settling went.
struct Settling {
  std::size_t sweeps = 0;     ///< Of the loop that took the most.
  double residual = 0;        ///< Largest change in the last sweep through any loop.
  std::size_t unsettled = 0;  ///< Neurons in loops that did not settle.
};

/// What an incoming link reads in a tick that ended `ago` ticks before the one that is being made (0: this one). In time
/// mode everybody reads what was a tick before, but for what is held, which is there at once.
inline double reading(const Circuit& circuit, Mode mode, const History& history, std::uint32_t k, std::size_t ago) {
  const auto source = circuit.source[k];
  const bool atOnce = circuit.delay[k] == 0 && (mode == Mode::Relax || circuit.held[source] != 0);
  const auto back = ago + (atOnce ? 0 : std::max<std::size_t>(circuit.delay[k], 1));
  return back == 0 ? circuit.probability[source] : history.back(back)[source];
}

/// Component by component, sources first; each neuron once, those in loops in Gauss-Seidel sweeps until they settle. Writes
/// probability, excitation and survival, what every link reads (`read`), and by row whether it is in an unsettled loop.
Settling settle(Circuit& circuit, const Moment& moment, std::vector<double>& read, std::vector<std::uint8_t>& unsettled);

/// Everybody one step at once. Writes probability, excitation, survival and `read`. O(neurons + links).
void advance(Circuit& circuit, const Moment& moment, std::vector<double>& read);

}  // namespace plexarium::synann
