#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/dynamics/sonn/anatomy.h"
#include "core/dynamics/sonn/marks.h"
#include "core/dynamics/sonn/settings.h"
#include "core/dynamics/sonn/synapses.h"

namespace plexarium::sonn {

/// Samples whose lessons wait until the block is full.
struct Gathered {
  std::uint32_t count = 0;
  std::vector<std::uint64_t> words;  ///< A bit a sample, one word an input.
  std::array<std::uint32_t, laneCount> wanted{};
  std::vector<std::uint64_t> plus;  ///< A bit a sample, one word a column: it is strengthened.
  std::vector<std::uint64_t> minus;
};

/// Everything that decides how learning goes on and has no column in the graph.
struct Course {
  std::uint64_t learned = 0;  ///< Samples learnt from, those gathered left out.
  std::uint64_t judged = 0;   ///< Samples with a target.
  double accuracy = 0;        ///< Running share of them that were named rightly.
  Marks marks;
  double decayDue = 0;                  ///< Share of a cell that is to decay.
  std::uint32_t cell = 0;               ///< Next to decay.
  std::vector<std::uint64_t> previous;  ///< The last sample with a target as it came, a bit a receptor.
  Gathered gathered;
};

/// What a block has done.
struct Turnover {
  std::size_t born = 0;
  std::size_t died = 0;
};

/// Learning from gathered samples. Works on what the dynamics owns; every draw depends on the seed and on how many samples
/// were learnt before, so that it makes no difference whether samples came one by one or many at a time.
class Learner {
 public:
  /// Sets everything to nothing learnt yet.
  void reset(const Anatomy& anatomy);
  /// Forgets what was gathered, for other receptors or columns.
  void fit(const Anatomy& anatomy);

  /// Replaces inputs by those of the sample before, each with the probability of the noise. The lowest `count` > 0 lanes of
  /// `words` (of the receptors) are samples as they came, the others are left alone; keeps the last for the next call.
  void disturb(const Settings& settings, std::uint64_t seed, std::span<std::uint64_t> words, std::uint32_t count);
  /// Adds the lowest `count` lanes of `words`.
  void gather(std::span<const std::uint64_t> words, std::uint32_t count);
  /// Learns from what was gathered. `near`: who was within the window in each gathered sample. `learns`: by cell.
  Turnover absorb(const Settings& settings, std::uint64_t seed, const Anatomy& anatomy, std::span<const std::uint64_t> near,
                  std::span<const std::uint8_t> learns);

  Course course;
  Synapses synapses;
  std::vector<double> share;  ///< By input: running share of the samples in which it was on.

 private:
  void reinforceCells(const Settings& settings, std::uint64_t seed, const Anatomy& anatomy,
                      std::span<const std::uint64_t> near, std::span<const std::uint8_t> learns);
  void countShares();
  std::size_t growAll(const Settings& settings, std::uint64_t seed, const Anatomy& anatomy,
                      std::span<const std::uint8_t> learns);
  std::size_t decayCells(const Settings& settings, const Anatomy& anatomy, std::span<const std::uint8_t> learns);

  std::vector<std::uint64_t> plus_;  ///< By cell.
  std::vector<std::uint64_t> minus_;
};

}  // namespace plexarium::sonn
