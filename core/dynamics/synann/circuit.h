#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/dynamics/synann/fields.h"
#include "core/graph/graph.h"

namespace plexarium::synann {

/// What the network's parameters say, as the rules need it.
struct Settings {
  Settings() = default;
  /// `parameters` follows Description::parameters.
  explicit Settings(std::span<const double> parameters);

  Mode mode = Mode::Relax;
  std::size_t sweeps = 50;
  double tolerance = 1e-6;
  double damping = 0;
  Firing firing = Firing::ByChance;
  Shown shown = Shown::Probability;
  LossKind loss = LossKind::Square;
  double temperature = 1;
  Rule rule = Rule::Adam;
  double rate = 0;
  std::size_t window = 1;
};

/// The network as the rules see it: the truth between two publications. Every neuron knows its incoming links, the exciting
/// ones first and both kinds in order of their sources, so that every product has one order. Doubles: loops are settled and
/// gradients checked far below the precision of a float.
struct Circuit {
  /// All from the graph. O(neurons + links).
  void read(const Graph& graph);
  /// All that evolves to the graph. O(neurons + links).
  void write(Graph& graph) const;
  [[nodiscard]] std::size_t count() const { return probability.size(); }

  // One entry a neuron, by row.
  std::vector<Join> join;
  std::vector<double> gain, bias, plasticity, probability, excitation, survival;
  std::vector<std::uint8_t> held;              ///< By role or by hand.
  std::vector<std::uint32_t> first;            ///< And one more: its incoming links are first[row] .. first[row+1]-1,
  std::vector<std::uint32_t> firstInhibiting;  ///< and from here on they inhibit.
  std::vector<std::uint32_t> firstOut;         ///< And one more: its place in `out`.

  // One entry an incoming link, in the order of targets.
  std::vector<std::uint32_t> source, target, delay, linkRow;
  std::vector<double> weight, gradient, momentum, spread;
  std::vector<std::uint8_t> trainable;

  std::vector<std::uint32_t> out;  ///< Numbers of incoming links, in the order of sources: the graph's link rows.
  std::uint32_t longestDelay = 0;
};

}  // namespace plexarium::synann
