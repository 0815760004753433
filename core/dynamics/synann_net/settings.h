#pragma once

#include <cstdint>
#include <span>

#include "core/blocks/distortion.h"
#include "core/blocks/optimiser.h"
#include "core/dynamics/synann_net/fields.h"

namespace plexarium::synann_net {

/// What the network's parameters say, as the rules need it.
struct Settings {
  Settings() = default;
  /// `parameters` follows Description::parameters.
  explicit Settings(std::span<const double> parameters);

  /// Of the batch that ends with sample number `learnt`; 0 after the course.
  [[nodiscard]] double rateAt(std::uint64_t learnt) const;
  [[nodiscard]] blocks::Distortion distortionAt(std::uint64_t learnt) const;
  [[nodiscard]] std::size_t pixels() const { return width * height; }

  Features features = Features::Fast;
  std::size_t width = 28;
  std::size_t height = 28;
  double rate = 0.06;
  double warmUp = 0.15;
  double course = 0;
  std::size_t lots = 6;  ///< Of a batch.
  blocks::Descent descent;
  float smoothing = 0;
  float dropout = 0;
  double distortion = 0;
  double calmShare = 0;
  double calmTo = 1;
  std::size_t threads = 1;
};

}  // namespace plexarium::synann_net
