#pragma once

#include "core/dynamics/registry.h"

/// A dynamics for tests only, the smallest that learns from targets: sensory neurons hold what they are given, motor neurons
/// are logistic units over the links that reach them, and the delta rule moves the weights of those whose target is known.
namespace plexarium::learner {

DynamicsEntry entry();

/// `inputs` sensory neurons, each linked to all of `outputs` motor neurons; small seeded weights and biases.
Model model(std::size_t inputs, std::size_t outputs, std::uint64_t seed = 1);

}  // namespace plexarium::learner
