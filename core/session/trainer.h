#pragma once

#include <functional>
#include <vector>

#include "core/feed/feeder.h"
#include "core/session/simulation.h"

namespace plexarium {

/// Feeds a network and ticks it on the calling thread, as fast as it goes: for the command line, benchmarks and tests.
/// Both must outlive it. The caller should hold FlushDenormals.
class Trainer {
 public:
  using GoesOn = std::function<bool()>;

  /// Errors: the feeds do not fit the network, or last for seconds, of which nobody tells here.
  static Result<Trainer> create(Simulation& simulation, Feeder& feeder);

  /// `ticks` ticks with what the feeds show, or fewer where `goesOn` (asked before every tick) says no; returns those done.
  /// Errors: the dynamics refuses targets or stimuli, data cannot be read, an edit left the feeds without their neurons.
  Result<Tick> run(Tick ticks, const GoesOn& goesOn = {});
  /// Shows `samples` samples of `part` of every feed without targets (each once before any comes again) and leaves the feeds
  /// in training. Their scores of that part tell the result. False where `goesOn` ended it early.
  Result<bool> test(Part part, std::size_t samples, const GoesOn& goesOn = {});

 private:
  Trainer(Simulation& simulation, Feeder& feeder)
      : simulation_(&simulation), feeder_(&feeder), revision_(simulation.editRevision()) {}
  Result<void> tick();
  Result<bool> show(Part part, std::size_t samples, const GoesOn& goesOn);

  Simulation* simulation_;
  Feeder* feeder_;
  std::uint64_t revision_;
  std::vector<double> outputs_;
};

}  // namespace plexarium
