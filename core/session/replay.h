#pragma once

#include <functional>

#include "core/dynamics/registry.h"
#include "core/edit/deed.h"

namespace plexarium {

/// Lives the life of the log again, as fast as it goes, and returns the network at its end. `goesOn` is asked before every
/// tick; false ends it early. The calling thread works, under FlushDenormals. Errors: the beginning does not fit, a deed
/// cannot be done again, the ticks do not add up.
Result<Model> replay(
    const Registry& registry, const Log& log, const std::function<bool()>& goesOn = [] { return true; });

}  // namespace plexarium
