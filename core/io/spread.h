#pragma once

#include <cstddef>
#include <span>

#include "core/graph/ids.h"

namespace plexarium {

/// Moves points apart, in place, until few are nearer to each other than `distance` (> 0, world units), each as little as
/// that takes: `rounds` sweeps, O(points) each. Depends on the order of the points and on nothing else.
void spreadApart(std::span<Point> points, float distance, std::size_t rounds);

}  // namespace plexarium
