#pragma once

#include <cstdint>
#include <span>

#include "core/dynamics/sorn/fields.h"

namespace plexarium::sorn {

/// What the network's parameters say, as the rules need it. Names follow the parameters' keys.
struct Settings {
  Settings() = default;
  /// `parameters` follows Description::parameters.
  explicit Settings(std::span<const double> parameters);

  bool stdp = true;
  bool ip = true;
  bool growth = true;
  bool istdp = true;
  bool scaling = true;
  double etaStdp = 0;
  double etaIp = 0;
  double etaInhibitory = 0;
  double target = 0;
  double balance = 1;
  double thresholdMin = 0;
  double thresholdMax = 0;
  double cap = 1;
  double prune = 0;
  double births = 0;
  double birthWeight = 0;
  bool birthsScale = false;
  bool birthsLast = false;
  Loss loss = Loss::Floor;
  double floor = 0;
  double noise = 0;
  NoiseKind noiseKind = NoiseKind::Normal;
  Timing timing = Timing::Before;
  bool atThreshold = false;
  Empty empty = Empty::GoOn;
  Precision precision = Precision::Fast;
};

}  // namespace plexarium::sorn
