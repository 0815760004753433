#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/dynamics/synann/history.h"
#include "core/error.h"
#include "core/graph/ids.h"

namespace plexarium::synann {

/// What decides how a run goes on and has no column.
struct Course {
  History history{};
  /// Of the motor neurons, in their row order; NaN: of this one nothing is wanted; empty: of nobody.
  std::vector<double> targets{};
  std::vector<std::pair<NeuronId, double>> kicks{};  ///< Neurons that keep a probability in the next tick.
  std::uint64_t steps = 0;                           ///< Of learning.
};

/// The course as JSON.
std::string stateText(const Course& course);
/// Reads it. An error where it is damaged or does not fit the network.
Result<Course> readState(const std::string& text, std::span<const NeuronId> ids, std::size_t motors);

}  // namespace plexarium::synann
