#pragma once

#include <cstddef>
#include <cstdint>

#include "core/description/description.h"

namespace plexarium::plexus {

/// Indices into the lists of description(), in their order there.
namespace neuron {
enum : std::size_t { Plasticity, MadeFor, Potential, Wanted, Desired, Loss, Fires, FiresInWave, BlameLock, Doing, Count };
}

namespace link {
enum : std::size_t { Weight, Count };
}

namespace parameter {
enum : std::size_t {
  Rule,
  Tick,
  Executor,
  Threads,
  FanIn,
  Precision,
  FiresPerWave,
  GradientRate,
  GradientBlame,
  SignRate,
  Decay,
  KeepBlame,
  Join,
  Count
};
}

namespace metric {
enum : std::size_t { Error, Loss, Decision, Fires, Wanted, ByWeights, ByBlame, Rewired, FanIn, Count };
}

namespace creation {
enum : std::size_t { Neurons, Inputs, Outputs, Connectivity, Precision, Rule, Gain, Bias, Count };
}

/// How a neuron that has fired comes nearer to its desired potential. docs/dynamics/plexus.md has them in full.
enum class Rule : std::uint8_t { Article, Sign, SignRepaired, Gradient };
/// How far one tick goes.
enum class TickLength : std::uint8_t { Wave, Generation };
/// Who computes the fires of a generation, and what they read.
enum class Executor : std::uint8_t { InTurn, Together, ThreadPerNeuron };
/// Threads of an executor, at most.
inline constexpr std::size_t mostThreads = 64;
/// What became of a neuron's last fire in the tick, or what it is; what comes later says more.
enum class Doing : std::uint8_t { Idle, Fired, Banned, Blamed, Locked, ByWeights, ByBlame, Rewired };
inline constexpr std::size_t doingCount = 8;
enum class Style : std::uint8_t { Exciting, Inhibiting };

/// Weights are kept within +-largestWeight, so that no sum leaves the range of a float.
inline constexpr float largestWeight = 1e6F;
/// Potentials that people and inputs set lie within +-largestPotential.
inline constexpr double largestPotential = 1000;

/// The tables of this dynamics: built once, constant, safe from any thread.
const Description& description();

}  // namespace plexarium::plexus
