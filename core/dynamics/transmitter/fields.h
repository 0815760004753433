#pragma once

#include <cstddef>
#include <cstdint>

#include "core/description/description.h"

namespace plexarium::transmitter {

/// Indices into the lists of description(), in their order there.
namespace neuron {
enum : std::size_t {
  Threshold,
  Returnability,
  Speed,
  Recovery,
  ProductionE,
  ProductionI,
  Capacity,
  Leak,
  ClearWhileRecovering,
  GapGain,
  AccumulatedE,
  AccumulatedI,
  SynapseE,
  SynapseI,
  DendriteE,
  DendriteI,
  StateE,
  StateI,
  Sta,
  Str,
  Phase,
  Count
};
}  // namespace neuron

namespace link {
enum : std::size_t { Weight, Kind, GapWeight, Count };
}

namespace parameter {
enum : std::size_t { Rule, Noise, Count };
}

namespace metric {
enum : std::size_t { Releases, Activations, Deliveries, HandedOverE, HandedOverI, Count };
}

namespace creation {
enum : std::size_t { Neurons, Pattern, LinksPerNeuron, Inhibiting, Autostart, Pacemakers, Leak, Count };
}

namespace stimulus {
enum : std::size_t { Exciting, Inhibiting, Relayed, Count };
}

/// What a neuron did in the last tick. The two that are events (they carry something along links) are the odd ones: the
/// search for events relies on it.
enum class Phase : std::uint8_t { Accumulating = 0, Activating = 1, Conducting = 2, Releasing = 3, Recovering = 4 };
inline constexpr std::size_t phaseCount = 5;

enum class Kind : std::uint8_t { Chemical, Inverted, Electrical };
enum class Rule : std::uint8_t { Sync, Literal };
enum class Pattern : std::uint8_t { Random, Ring, Chain, Grid, SmallWorld };
enum class Style : std::uint8_t { Exciting, Inhibiting, Inverted, Electrical };

/// The tables of this dynamics: built once, constant, safe from any thread.
const Description& description();

}  // namespace plexarium::transmitter
