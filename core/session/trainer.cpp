#include "core/session/trainer.h"

#include <algorithm>

namespace plexarium {

Result<Trainer> Trainer::create(Simulation& simulation, Feeder& feeder) {
  for (const auto& feed : feeder.feeds()) {
    if (feed.plan().unit == FeedUnit::Seconds) {
      return failure("samples last for seconds", feed.plan().name,
                     "Give their duration in ticks, so that the run can be repeated");
    }
  }
  if (auto bound = feeder.bind(simulation.graph()); !bound) return tl::unexpected(bound.error());
  Trainer trainer(simulation, feeder);
  trainer.outputs_.resize(feeder.motorCount());
  return trainer;
}

Result<void> Trainer::tick() {
  if (const auto revision = simulation_->editRevision(); revision != revision_) {
    if (auto bound = feeder_->bind(simulation_->graph(), true); !bound) return bound;
    revision_ = revision;
    outputs_.resize(feeder_->motorCount());
  }
  const auto todo = feeder_->present();
  if (!todo) return tl::unexpected(todo.error());
  if (!(*todo)->stimuli.empty()) {
    if (auto done = simulation_->stimulate((*todo)->stimuli); !done) return done;
  }
  if ((*todo)->targets) {
    if (auto done = simulation_->teach(*(*todo)->targets); !done) return done;
  }
  simulation_->step();
  if (!(*todo)->read) return {};
  simulation_->readout(outputs_);
  feeder_->observe(outputs_);
  return {};
}

Result<Tick> Trainer::run(Tick ticks, const GoesOn& goesOn) {
  Tick done = 0;
  for (; done < ticks && (!goesOn || goesOn()); ++done) {
    if (auto ticked = tick(); !ticked) return tl::unexpected(ticked.error());
  }
  return done;
}

Result<bool> Trainer::test(Part part, std::size_t samples, const GoesOn& goesOn) {
  for (const auto& feed : feeder_->feeds()) {
    if (feed.size(part) == 0) {
      return failure("there are no samples to test with", feed.plan().name, "Keep some of the data for it");
    }
  }
  for (auto& feed : feeder_->feeds()) feed.test(part);
  auto complete = show(part, samples, goesOn);
  for (auto& feed : feeder_->feeds()) feed.train();
  return complete;
}

Result<bool> Trainer::show(Part part, std::size_t samples, const GoesOn& goesOn) {
  const auto done = [&](const Feed& feed) {
    return feed.samplesShown(part) > samples || (feed.samplesShown(part) == samples && !feed.midSample());
  };
  while (!std::ranges::all_of(feeder_->feeds(), done)) {
    if (goesOn && !goesOn()) return false;
    if (auto ticked = tick(); !ticked) return tl::unexpected(ticked.error());
  }
  return true;
}

}  // namespace plexarium
