#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/dynamics/plexus/cells.h"
#include "core/dynamics/plexus/fires.h"
#include "core/dynamics/plexus/lane_vector.h"
#include "core/graph/graph.h"
#include "core/team.h"

namespace plexarium::plexus {

/// What decides how a run goes on and belongs to no neuron.
struct Course {
  std::uint64_t wave = 0;              ///< Waves done.
  std::uint64_t generation = 0;        ///< Generations done: the index of the next one's random order.
  std::uint64_t fires = 0;             ///< Of all neurons: the index of the next one's random trials.
  std::vector<std::uint32_t> queue{};  ///< Rows of the next generation, ascending; empty: the next one begins a wave.
  /// Of the motor neurons, in their row order; noDesire: of this one nothing is wanted; empty: of nobody.
  std::vector<float> targets{};
  bool loaded = false;  ///< Inputs or targets are new: the motor neurons get their targets with the next tick.
};

/// What happened in one tick.
struct Tally {
  std::uint64_t fires = 0;
  std::uint64_t wanted = 0;
  std::uint64_t byWeights = 0;
  std::uint64_t byBlame = 0;
  std::uint64_t rewired = 0;
  double loss = 0;  ///< Sum over `wanted`.
};

/// Lets waves run over the cells.
///
/// A wave begins with everybody who is subscribed to a sensory neuron. The members of a generation fire one after the other
/// in random order, each seeing what those before it have done, or together, each seeing what was before the generation;
/// then everybody who is subscribed to one of them and has not fired too often makes the next generation. When there is none
/// the wave is over and, but for the article's rule, which treats them like others, the motor neurons fire once each.
class Waves {
 public:
  /// Call whenever neurons, roles or links were changed from outside. A wave on its way is dropped: the next begins anew.
  void rebuild(const Cells& cells);

  /// What a tick works on.
  struct Ground {
    const Settings& settings;
    Cells& cells;
    Graph& graph;  ///< Its links are those of the cells unless these say that they were rewired.
    std::uint64_t seed;
    Tick now;  ///< Everybody who fires gets it into lastFired.
  };
  Tally tick(const Ground& ground);

  Course course;
  /// Who fired in the last tick, in order, with repeats.
  [[nodiscard]] std::span<const std::uint32_t> order() const { return order_; }

 private:
  void begin(const Ground& ground);
  void fireSmallWave(const Ground& ground, bool begun);
  void fireGeneration(const Ground& ground);
  void fireAll(const Ground& ground, std::span<const std::uint32_t> rows);
  void fireByTrial(const Ground& ground, std::uint32_t row, std::span<const float> potentials);
  Team& team(const Ground& ground);
  void end(const Ground& ground, bool motorsFired);
  void tellWhoFired(const Ground& ground);
  void count(const Outcome& outcome, std::size_t fires);
  void findNext(const Ground& ground);
  void findNextDense(const Cells& cells);
  void findFirst(const Settings& settings, const Cells& cells);
  template <typename Reached>
  void collect(const Settings& settings, const Cells& cells, Reached reached);
  Rates rates(const Settings& settings);
  float fade(const Settings& settings);
  std::uint64_t orderKey(std::uint64_t seed);

  Tally tally_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> fired_;      ///< This generation.
  std::vector<std::uint8_t> hasFired_;    ///< By row; all 0 between uses.
  std::vector<std::uint8_t> isSensory_;   ///< By row.
  std::vector<std::uint8_t> isReached_;   ///< By row; all 0 between uses.
  std::vector<std::uint32_t> firstWave_;  ///< Who begins a wave; void after rewiring.
  bool firstKnown_ = false;
  bool firstByTrial_ = false;  ///< The kind of rule that firstWave_ was found for.
  LaneVector<float> read_;
  std::vector<float> room_;
  LaneVector<float> before_;    ///< Potentials before a generation that fires together.
  std::optional<Team> team_;    ///< Of the executor; made when it is first needed.
  std::size_t teamSize_ = 0;    ///< As asked for.
  std::uint64_t orderKey_ = 0;  ///< Of the random orders, for orderSeed_.
  std::optional<std::uint64_t> orderSeed_;
  double fade_ = 1;  ///< decay to the power of fadedFor_
  double fadedBy_ = 1;
  std::uint64_t fadedFor_ = 0;
};

}  // namespace plexarium::plexus
