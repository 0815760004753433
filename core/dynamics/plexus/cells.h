#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "core/dynamics/plexus/dense_rows.h"
#include "core/dynamics/plexus/fields.h"
#include "core/dynamics/plexus/subscriptions.h"
#include "core/graph/graph.h"

namespace plexarium::plexus {

/// Nobody wants anything of the neuron.
inline constexpr float noDesire = std::numeric_limits<float>::quiet_NaN();
inline bool isWanted(float desired) { return !std::isnan(desired); }

/// What follows from the usual fan-in c.
struct Limits {
  double divisor = 1;             ///< Of the square in the article's activation: sqrt(c), at least 1.
  double lockedWaves = 0;         ///< c
  std::uint32_t weightTries = 0;  ///< trunc(c)
  std::uint32_t blameTries = 1;   ///< trunc(sqrt(c)), at least 1: also most rewirings, and the floor of the fan-in.
  std::int32_t firesPerWave = 1;  ///< More than these and the neuron is banned.
};

/// What the network's parameters say, as the rules need it.
struct Settings {
  Settings() = default;
  /// `parameters` follows Description::parameters.
  explicit Settings(std::span<const double> parameters);

  [[nodiscard]] bool byTrial() const { return rule == Rule::Article; }
  [[nodiscard]] Limits limitsFor(double fanIn) const;

  Rule rule = Rule::Gradient;
  TickLength tick = TickLength::Wave;
  Executor executor = Executor::InTurn;
  std::size_t threads = 1;  ///< Where generations fire together.
  double scale = 100;       ///< 10 to the power of the decimals.
  double fanIn = 0;         ///< c
  double firesPerWave = 0;  ///< 0: as the limits say.
  float gradientRate = 0;
  float gradientBlame = 0;
  float signRate = 0;
  double decay = 1;
  bool keepBlame = true;
  bool join = false;
};

/// The neurons as the rules see them, by row: the truth between two publications. `potential` and `desired` have at least
/// one place more, of Subscriptions::nobody, and are filled up to whole lanes: the potential there is 0, and anything may be
/// wanted.
struct Cells {
  /// All from the graph. O(neurons + links).
  void read(const Graph& graph, const Settings& settings);
  /// What follows from the settings.
  void limit(const Settings& settings);
  /// All to the graph. Returns whether links came or went. O(neurons + links).
  bool write(Graph& graph);

  [[nodiscard]] std::size_t count() const { return loss.size(); }
  /// Takes the subscriptions as a matrix, where that pays, for rules that do not rewire.
  void makeDense();
  /// The weights back to the subscriptions.
  void endDense();

  std::vector<float> plasticity;
  std::vector<float> madeFor;  ///< Usual fan-in; 0: the network's.
  LaneVector<float> potential;
  LaneVector<float> desired;  ///< noDesire: none. Of sensory neurons it may be anything.
  std::vector<float> loss;
  std::vector<double> fires;  ///< Before this wave.
  std::vector<std::int32_t> firesInWave;
  std::vector<double> blameLock;  ///< Wave; -1: free.
  std::vector<std::uint8_t> doing;
  std::vector<Role> roles;
  std::vector<Limits> limits;
  std::vector<std::int32_t> mostFires;  ///< Limits::firesPerWave.
  Subscriptions subscriptions;
  std::optional<DenseRows> dense;  ///< Has the weights, where it is there.
  std::vector<std::uint32_t> sensory;
  std::vector<std::uint32_t> motors;
  std::vector<std::uint32_t> firing;    ///< Everybody but sensory neurons.
  std::vector<std::uint64_t> inner;     ///< Bits, by row: neither sensory nor motor.
  std::vector<std::uint32_t> readable;  ///< Whom a neuron may subscribe to by itself: everybody but motor neurons.
};

}  // namespace plexarium::plexus
