#pragma once

#include <cstddef>
#include <cstdint>

#include "core/description/description.h"

namespace plexarium::sorn {

/// Indices into the lists of description(), in their order there.
namespace neuron {
enum : std::size_t { Kind, Threshold, Active, Recurrent, Input, Starved, QuantaE, QuantaI, Count };
}

namespace link {
enum : std::size_t { Weight, Born, Count };
}

namespace parameter {
enum : std::size_t {
  Stdp,
  Ip,
  Growth,
  InhibitoryStdp,
  Scaling,
  EtaStdp,
  EtaIp,
  EtaInhibitory,
  Target,
  Balance,
  ThresholdMin,
  ThresholdMax,
  WeightCap,
  PruneBelow,
  Births,
  BirthWeight,
  BirthsScale,
  BirthsLast,
  InhibitoryLoss,
  Floor,
  Noise,
  NoiseKind,
  Timing,
  AtThreshold,
  EmptyColumn,
  Precision,
  Count
};
}

namespace metric {
enum : std::size_t {
  Rate,
  Excitatory,
  Inhibitory,
  LinksEE,
  LinksEI,
  Born,
  Pruned,
  Strengthened,
  Weakened,
  Threshold,
  Starved,
  Count
};
}

namespace creation {
enum : std::size_t {
  Preset,
  Excitatory,
  Inputs,
  Symbols,
  Share,
  LambdaEE,
  LambdaEI,
  LambdaIE,
  ThresholdE,
  ThresholdI,
  Count
};
}

enum class Kind : std::uint8_t { Excitatory, Inhibitory };
enum class Preset : std::uint8_t { Package, Counting, Criticality };
enum class NoiseKind : std::uint8_t { Normal, Uniform };
/// Which excitatory firing the inhibitory neurons hear: that of the tick before, or that of this tick.
enum class Timing : std::uint8_t { Before, Same };
enum class Loss : std::uint8_t { Prune, Floor };
enum class Empty : std::uint8_t { GoOn, FallSilent };
enum class Precision : std::uint8_t { Fast, Exact };

/// What a neuron is drawn as.
enum class Phase : std::uint8_t { Resting, Firing, InhibitoryResting, InhibitoryFiring, Starved };
inline constexpr std::size_t phaseCount = 5;
enum class Style : std::uint8_t {
  Exciting,
  Strengthened,
  Weakened,
  Inhibiting,
  InhibitionStrengthened,
  InhibitionWeakened,
  Driving
};
inline constexpr std::size_t styleCount = 7;

inline constexpr double largestThreshold = 1000;
inline constexpr double largestInput = 1e6;
inline constexpr double largestWeight = 1000;
/// A link is a synapse however little it weighs: weight 0 counts as this, until a rule lets it go.
inline constexpr double smallestWeight = 1e-30;

/// The tables of this dynamics: built once, constant, safe from any thread.
const Description& description();

}  // namespace plexarium::sorn
