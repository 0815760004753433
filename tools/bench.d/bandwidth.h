#pragma once

#include <cstddef>

namespace plexarium::bench {

/// Bytes per second that one thread reads and writes when it sweeps over `workingSet` bytes again and again, adding one list
/// of doubles to another (two reads and a write an element). In cache or from memory, as the size has it.
double sweepBandwidth(std::size_t workingSet);

}  // namespace plexarium::bench
