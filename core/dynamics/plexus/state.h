#pragma once

#include <span>
#include <string>

#include "core/dynamics/plexus/cells.h"
#include "core/dynamics/plexus/waves.h"
#include "core/error.h"

namespace plexarium::plexus {

/// The course as JSON; neurons in the queue are named by their ids. `ids`: by row.
std::string stateText(const Course& course, std::span<const NeuronId> ids);
/// Reads it. An error where it is damaged or names neurons that are not there, or has another number of targets than there
/// are motor neurons.
Result<Course> readState(const std::string& text, std::span<const NeuronId> ids, const Cells& cells);

}  // namespace plexarium::plexus
