#pragma once

#include "core/world/world.h"

namespace plexarium::worm2d {

/// A worm in the plane, moved by its muscles through drag, among walls, obstacles and food. docs/world/worm2d.md has the
/// equations and their sources.
WorldEntry entry();

}  // namespace plexarium::worm2d
