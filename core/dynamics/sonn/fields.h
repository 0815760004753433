#pragma once

#include <cstddef>
#include <cstdint>

#include "core/description/description.h"

namespace plexarium::sonn {

/// Indices into the lists of description(), in their order there.
namespace neuron {
enum : std::size_t { Slots, Learns, Feeds, On, Share, Potential, Count };
}

namespace link {
enum : std::size_t { Weight, Count };
}

namespace parameter {
enum : std::size_t {
  Threshold,
  WindowLow,
  WindowHigh,
  Strengthen,
  Weaken,
  EventRate,
  EventRateEnd,
  FalseShare,
  MarkStep,
  Decay,
  Prune,
  Cap,
  Growth,
  NewWeight,
  NewSpread,
  LeastShare,
  MostShare,
  Noise,
  Levels,
  Block,
  Schedule,
  CoolShare,
  CoolTo,
  Learners,
  FalseMeasure,
  Marks,
  TrueRule,
  GrowInto,
  GrowFrom,
  Count
};
}

namespace metric {
enum : std::size_t {
  Accuracy,
  Margin,
  Spikes,
  TrueMark,
  FalseMark,
  Strengthened,
  Weakened,
  Born,
  Died,
  Connections,
  Learnt,
  Count
};
}

namespace creation {
enum : std::size_t { Width, Height, Channels, Levels, Columns, Size, Neurons, Slots, Feeding, Rules, Samples, Count };
}

/// Which neurons of a column learn from an event.
enum class Learners : std::uint8_t { Near, Spiked, All };
/// Above what a false column's count is measured.
enum class FalseMeasure : std::uint8_t { TrueColumn, Mean };
enum class MarkKind : std::uint8_t { Shared, OneAColumn };
/// Which samples strengthen the true column.
enum class TrueRule : std::uint8_t { Worst, Best };
enum class GrowInto : std::uint8_t { TrueColumn, AnyColumn };
enum class GrowFrom : std::uint8_t { Active, Any };

enum class Phase : std::uint8_t { Silent, On, Spiked, Near, Strengthened, Weakened, Wins };
inline constexpr std::size_t phaseCount = 7;
enum class Style : std::uint8_t { Exciting, Inhibiting, Vote, Unused };

/// No sum of weights leaves 16 bits: a neuron keeps its weights within this over the number of its connections.
inline constexpr int largestSum = 32767;

/// The tables of this dynamics: built once, constant, safe from any thread.
const Description& description();

}  // namespace plexarium::sonn
