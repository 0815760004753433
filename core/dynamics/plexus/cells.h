#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/dynamics/plexus/fields.h"
#include "core/dynamics/plexus/subscriptions.h"
#include "core/graph/graph.h"

namespace plexarium::plexus {

/// Nobody wants anything of the neuron.
inline constexpr float noDesire = std::numeric_limits<float>::quiet_NaN();
inline bool isWanted(float desired) { return !std::isnan(desired); }

/// What the network's parameters say, as the rules need it.
struct Settings {
  Settings() = default;
  /// `parameters` follows Description::parameters.
  explicit Settings(std::span<const double> parameters);

  [[nodiscard]] bool byTrial() const { return rule == Rule::Article; }

  Rule rule = Rule::Gradient;
  TickLength tick = TickLength::Wave;
  double scale = 100;             ///< 10 to the power of the decimals.
  double divisor = 1;             ///< Of the square in the article's activation: sqrt(c), at least 1.
  double lockedWaves = 0;         ///< c
  std::uint32_t weightTries = 0;  ///< trunc(c)
  std::uint32_t blameTries = 1;   ///< trunc(sqrt(c)), at least 1: also most rewirings, and the floor of the fan-in.
  std::int32_t firesPerWave = 1;  ///< More than these and the neuron is banned.
  float gradientRate = 0;
  float gradientBlame = 0;
  float signRate = 0;
  double decay = 1;
  bool join = false;
};

/// The neurons as the rules see them, by row. The spans are columns of the graph, always up to date; desired potentials and
/// subscriptions are the truth between two publications.
struct Cells {
  /// Takes the spans anew. An edit that was refused has changed nothing and told nobody, but its columns may lie elsewhere
  /// now: so before every use. O(1).
  void see(Graph& graph);
  /// All from the graph. O(neurons + links).
  void read(Graph& graph);
  /// Desired potentials and subscriptions to the graph. Returns whether links came or went. O(neurons + links).
  bool write(Graph& graph);

  [[nodiscard]] std::size_t count() const { return potential.size(); }

  std::span<const float> plasticity;
  std::span<float> potential;
  std::span<float> loss;
  std::span<double> fires;
  std::span<std::int32_t> firesInWave;
  std::span<double> blameLock;  ///< Wave; -1: free.
  std::span<std::uint8_t> doing;
  std::span<const Role> roles;
  std::vector<float> desired;  ///< noDesire: none. Of sensory neurons it may be anything.
  Subscriptions subscriptions;
  std::vector<std::uint32_t> sensory;
  std::vector<std::uint32_t> motors;
  std::vector<std::uint32_t> firing;    ///< Everybody but sensory neurons.
  std::vector<std::uint32_t> readable;  ///< Whom a neuron may subscribe to by itself: everybody but motor neurons.
};

}  // namespace plexarium::plexus
