#pragma once

#include <cmath>
#include <type_traits>

#include "core/dynamics/plexus/fields.h"

// What the author's later rule, its repair and the local gradient do with a neuron that has just fired and is wanted
// otherwise: a step for its weights, and a desired potential for each source. Source: docs/dynamics/plexus.md, rules S, S+
// and G. Templates over a float and whatever holds several of them.
namespace plexarium::plexus {

struct Rates {
  float gradient = 0;
  float blame = 0;
  float sign = 0;  ///< With the decay that the network has reached.
};

/// What a fire asks of each of its subscriptions, but for what the source and the weight say.
struct Step {
  float weight = 0;
  float wish = 0;
};

/// `error`: desired potential minus potential, not 0.
template <Rule rule>
[[gnu::always_inline]] inline Step stepOf(const Rates& rates, float potential, float error, float plasticity) {
  if constexpr (rule == Rule::Gradient) {
    const float gradient = error * (potential * (1 - potential));
    return {rates.gradient * gradient * plasticity, rates.blame * gradient};
  } else {
    const float sign = std::copysign(1.0F, error);  // no branch: it would be a guess
    return {sign * error * error * rates.sign * plasticity, sign};
  }
}

/// -1, 0 or 1. Conditions of vectors are -1 where they are true.
[[gnu::always_inline]] inline void signOf(float value, float& sign) {
  sign = static_cast<float>(value > 0) - static_cast<float>(value < 0);
}
template <typename Lanes>
[[gnu::always_inline]] inline void signOf(const Lanes& value, Lanes& sign) {
  sign = __builtin_convertvector((value < 0) - (value > 0), Lanes);
}

/// Moves the weight, and says what the source should be. Both are still to be kept within their ranges.
template <Rule rule, typename Value>
[[gnu::always_inline]] inline void learnFrom(const Step& step, const Value& source, Value& weight, Value& wish) {
  if constexpr (rule == Rule::Gradient) {
    wish = source + step.wish * weight;
    weight += step.weight * source;
  } else if constexpr (rule == Rule::Sign) {
    const Value steepness = source * (1 - source);
    wish = source + step.wish * steepness;
    weight += step.weight * steepness;
  } else {
    Value side;
    signOf(weight, side);
    wish = source + (side * (source * (1 - source))) * step.wish;
    weight += step.weight * source;
  }
}

}  // namespace plexarium::plexus
