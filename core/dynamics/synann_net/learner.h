#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/blocks/net.h"
#include "core/dynamics/synann_net/settings.h"
#include "core/dynamics/synann_net/state.h"
#include "core/team.h"

namespace plexarium::synann_net {

/// The net at work: answers pictures, gathers lessons, learns from a full batch. What it draws depends on the seed and on
/// how many batches were learnt before, so that it makes no difference whether samples came one by one or many at a time,
/// nor how many threads work.
class Learner {
 public:
  /// Features with drawn weights and nothing learnt yet; the blocks of the circuit are to be added.
  void reset(const Settings& settings, std::uint64_t seed);
  /// Lessons gathered for a larger batch than there is now are forgotten.
  void set(const Settings& settings);
  /// After blocks were added.
  void fit();
  void forgetLessons();

  [[nodiscard]] const Settings& settings() const { return settings_; }
  /// Blocks of the features; those after them are the circuit's.
  [[nodiscard]] std::size_t features() const { return features_; }

  /// Lets net.output say how probable each answer is. `pictures`: `count` of them, at most a batch; lot by lot they stand in
  /// the tensors of the net, until something is learnt.
  void answer(std::span<const float> pictures, std::size_t count);
  /// Adds lessons, at most up to a full batch.
  void gather(std::span<const float> pictures, std::span<const std::int32_t> wanted);
  /// Learns from a full batch and forgets it. Nothing is changed where the course is over or the loss is no number.
  void learn();

  blocks::Net net;
  Course course;

 private:
  Team& team();
  void putLot(std::span<const float> pictures, std::size_t count, std::size_t lot);
  void putDistorted(const blocks::Distortion& distortion, std::size_t lot);
  double slopesOfLoss(const blocks::Pass& pass, std::size_t classes);

  Settings settings_;
  std::uint64_t seed_ = 0;
  std::size_t features_ = 0;
  bool slopes_ = false;  ///< The net has room for slopes: it has learnt.
  std::optional<Team> team_;
};

}  // namespace plexarium::synann_net
