#pragma once

#include "core/dynamics/dynamics.h"
#include "core/dynamics/sorn/cells.h"
#include "core/dynamics/sorn/settings.h"

namespace plexarium::sorn {

/// Fills the whole appearance from the graph, which must be up to date. `now`: ticks done. O(neurons + links).
void show(const Settings& settings, const Cells& cells, const Graph& graph, Tick now, Appearance& appearance);

}  // namespace plexarium::sorn
