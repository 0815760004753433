#pragma once

#include "tools/bench.d/report.h"

namespace plexarium::bench {

// One function per topic; each measures and returns its table. `quick` halves the patience, not the meaning.

Table transmitterSpeed(bool quick);
Table transmitterAgainstPython(bool quick);

}  // namespace plexarium::bench
