#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/dynamics/synann/circuit.h"

namespace plexarium::synann {

/// How far outputs are from what is wanted of them. Targets within 0..1; NaN: nothing is wanted of that one.
struct Lack {
  double loss = 0;
  double error = 0;  ///< Mean |output - target|.
};
/// `direct` (one value an output) becomes dL/d output; probabilities enter logarithms and quotients as at least 1e-6.
Lack lack(LossKind kind, double temperature, std::span<const double> outputs, std::span<const double> targets,
          std::span<double> direct);

/// A learnt weight stays between these, the sigmoids of -8 and 8, so that no gradient dies for good.
inline constexpr double leastWeight = 0.00033535013046647811;
inline constexpr double mostWeight = 1 - leastWeight;

/// Moves every weight that learns down its gradient; `step` counts the steps from 1 (Adam's first moments are too small).
/// Returns the root of the mean square of their gradients.
/// Adam: on the logit of the weight. Source: Kingma and Ba (2015), beta 0.9 and 0.999, epsilon 1e-8.
/// Surprisal: gamma = -ln w moves by -rate dL/dgamma = rate w dL/dw. For an inhibiting link of a lone synapse that is the
/// paper's rule, gamma += rate h n(gamma + u), n the occupation and h = dL/d(surprisal of the target).
double descend(Circuit& circuit, const Settings& settings, std::uint64_t step);

}  // namespace plexarium::synann
