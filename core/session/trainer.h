#pragma once

#include <functional>

#include "core/data/split.h"
#include "core/session/simulation.h"

namespace plexarium {

// A network with feeds, ticked on the calling thread as fast as it goes: for the command line, benchmarks, tests and exams.
// The caller should hold FlushDenormals. Errors: feeds that last for seconds, of which nobody tells here, and what
// Simulation::step says.

/// Asked before every tick; false ends it early.
using GoesOn = std::function<bool()>;

/// Up to `most` (at least 1) ticks, several at a time where that is quicker; returns those done, 0 where `goesOn` says no.
/// Feeds that last for seconds are none of its business.
Result<Tick> advance(Simulation& simulation, Tick most, const GoesOn& goesOn = {});
/// `ticks` ticks in training, or fewer; returns those done.
Result<Tick> train(Simulation& simulation, Tick ticks, const GoesOn& goesOn = {});
/// Shows `samples` samples of `part` of every feed that has some without targets (each once before any comes again) and
/// leaves the feeds in training. Their scores of that part tell the result. False where `goesOn` ended it early.
Result<bool> test(Simulation& simulation, Part part, std::size_t samples, const GoesOn& goesOn = {});

}  // namespace plexarium
