#pragma once

#include <cstddef>
#include <cstdint>

#include "core/description/description.h"

namespace plexarium::synann {

/// Indices into the lists of description(), in their order there.
namespace neuron {
enum : std::size_t { Join, Gain, Bias, Held, Plasticity, Probability, Excitation, Survival, Surprisal, Odds, Count };
}

namespace link {
enum : std::size_t { Channel, Weight, Delay, Trainable, Gradient, Occupation, SwapRatio, Momentum, Spread, Count };
}

namespace parameter {
enum : std::size_t { Mode, Sweeps, Tolerance, Damping, Firing, Shown, Loss, Temperature, Rule, Rate, Window, Count };
}

namespace metric {
enum : std::size_t {
  Probability,
  Survival,
  Silenced,
  Residual,
  Sweeps,
  Unsettled,
  Loss,
  Error,
  Gradient,
  AdjointSweeps,
  Count
};
}

namespace creation {
enum : std::size_t { Neurons, Inputs, Outputs, Exciting, Inhibiting, Cyclic, Mode, Count };
}

/// How what reaches a neuron's exciting channels becomes one excitation.
enum class Join : std::uint8_t { Or, And, Sum };
enum class Channel : std::uint8_t { Exciting, Inhibiting };
/// What a tick does: settles the whole network, or moves everybody one step.
enum class Mode : std::uint8_t { Relax, Time };
/// When a neuron is said to fire. Nothing depends on it but what is seen and recorded.
enum class Firing : std::uint8_t { ByChance, Rising };
enum class Shown : std::uint8_t { Probability, Surprisal, Odds };
enum class LossKind : std::uint8_t { Square, Binary, Normalised, Softmax };
enum class Rule : std::uint8_t { Adam, Surprisal };
enum class Phase : std::uint8_t { Closed, Open, Held, Silenced, Unsettled };
inline constexpr std::size_t phaseCount = 5;
/// Two for each channel: at once, delayed.
enum class Style : std::uint8_t { Exciting, Inhibiting, ExcitingLater, InhibitingLater };

/// Below this a neuron's inhibition counts as total. Divisions by 1 - p use at least this.
inline constexpr double least = 1e-6;

/// The tables of this dynamics: built once, constant, safe from any thread.
const Description& description();

}  // namespace plexarium::synann
