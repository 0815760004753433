#pragma once

#include <cstddef>
#include <cstdint>

#include "core/description/description.h"

namespace plexarium::synann_net {

/// Indices into the lists of description(), in their order there.
namespace neuron {
enum : std::size_t { Unit, Probability, Survival, Normal, Gain, Scale, Shift, Mean, Variance, Bias, Count };
}

namespace link {
enum : std::size_t { Channel, Weight, Count };
}

namespace parameter {
enum : std::size_t {
  Features,
  Width,
  Height,
  Rate,
  WarmUp,
  Course,
  Batch,
  Optimiser,
  Momentum,
  Decay,
  Smoothing,
  Dropout,
  Distortion,
  CalmShare,
  CalmTo,
  Threads,
  Count
};
}

namespace metric {
enum : std::size_t { Loss, Accuracy, Rate, Probability, Survival, Learnt, Batches, Count };
}

namespace creation {
enum : std::size_t { Features, Synapse, Width, Height, Classes, Course, Count };
}

/// What makes probabilities of a picture.
enum class Features : std::uint8_t { Small, Fast, Dense };
enum class Channel : std::uint8_t { Exciting, Inhibiting };
enum class Phase : std::uint8_t { Closed, Open, Dark, Light, Answer, Named };
inline constexpr std::size_t phaseCount = 6;
enum class Style : std::uint8_t { Exciting, Inhibiting, For, Against, Unused };

/// Batches are so many times blocks::lotSize at most.
inline constexpr std::size_t mostLots = 16;
inline constexpr std::size_t mostThreads = 16;
/// Probabilities times synapses, of a network that is loaded: a weight is kept for each pair.
inline constexpr std::size_t mostPairs = 4'000'000;
inline constexpr double largestGain = 4;

/// The tables of this dynamics: built once, constant, safe from any thread.
const Description& description();

}  // namespace plexarium::synann_net
