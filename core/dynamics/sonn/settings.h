#pragma once

#include <cstdint>
#include <span>

#include "core/dynamics/sonn/fields.h"
#include "core/dynamics/sonn/kernel.h"

namespace plexarium::sonn {

/// What the network's parameters say, as the rules need it.
struct Settings {
  Settings() = default;
  /// `parameters` follows Description::parameters.
  explicit Settings(std::span<const double> parameters);

  /// How far the schedule is after so many samples, 0 to 1; 0 without a schedule.
  [[nodiscard]] double progress(std::uint64_t learned) const;
  /// Share of the samples from which the true column learns.
  [[nodiscard]] double eventRate(std::uint64_t learned) const;
  /// Multiplies strengthening, weakening and decay: 1, and less and less towards the end of the schedule.
  [[nodiscard]] double cooling(std::uint64_t learned) const;

  Window window;
  double strengthen = 20;
  double weaken = 17;
  double rate = 0.2;
  double rateEnd = 0.08;
  double falseShare = 9;
  double markStep = 1;
  double decay = 1;  ///< Units per 1000 samples.
  int prune = 25;
  int cap = 2000;
  double growth = 4;
  double newWeight = 250;
  double newSpread = 100;
  double leastShare = 0.01;
  double mostShare = 0.98;
  std::uint32_t noise = 0;   ///< In 256ths.
  std::uint32_t levels = 4;  ///< Receptors that noise replaces together.
  std::uint32_t block = 64;
  double schedule = 0;
  double coolShare = 0;
  double coolTo = 1;
  FalseMeasure falseMeasure = FalseMeasure::TrueColumn;
  MarkKind marks = MarkKind::Shared;
  TrueRule trueRule = TrueRule::Worst;
  GrowInto growInto = GrowInto::TrueColumn;
  GrowFrom growFrom = GrowFrom::Active;
};

/// base^x for 0 < base, 0 <= x <= 1, by square roots alone: the same bits on every machine.
double power(double base, double x);

}  // namespace plexarium::sonn
