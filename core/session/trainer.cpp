#include "core/session/trainer.h"

#include <algorithm>

namespace plexarium {
namespace {

Result<void> refuseSeconds(const Feeder& feeder) {
  for (const auto& feed : feeder.feeds()) {
    if (feed.plan().unit != FeedUnit::Seconds) continue;
    return failure("samples last for seconds", feed.plan().name,
                   "Give their duration in ticks, so that the run can be repeated");
  }
  return {};
}

Result<bool> show(Simulation& simulation, Part part, std::size_t samples, const GoesOn& goesOn) {
  const auto done = [&](const Feed& feed) {
    const auto shown = feed.samplesShown(part);
    return !feed.testing() || shown > samples || (shown == samples && !feed.midSample());
  };
  while (!std::ranges::all_of(simulation.feeding().feeder().feeds(), done)) {
    if (goesOn && !goesOn()) return false;
    if (auto ticked = simulation.step(); !ticked) return tl::unexpected(std::move(ticked.error()));
  }
  return true;
}

}  // namespace

Result<Tick> train(Simulation& simulation, Tick ticks, const GoesOn& goesOn) {
  if (auto told = refuseSeconds(simulation.feeding().feeder()); !told) return tl::unexpected(std::move(told.error()));
  Tick done = 0;
  for (; done < ticks && (!goesOn || goesOn()); ++done) {
    if (auto ticked = simulation.step(); !ticked) return tl::unexpected(std::move(ticked.error()));
  }
  return done;
}

Result<bool> test(Simulation& simulation, Part part, std::size_t samples, const GoesOn& goesOn) {
  if (auto told = refuseSeconds(simulation.feeding().feeder()); !told) return tl::unexpected(std::move(told.error()));
  if (auto begun = simulation.feed(SetFeeding{part == Part::Test ? FeedMode::Test : FeedMode::Validate}); !begun) {
    return tl::unexpected(std::move(begun.error()));
  }
  auto complete = show(simulation, part, samples, goesOn);
  if (auto ended = simulation.feed(SetFeeding{FeedMode::Train}); !ended) return tl::unexpected(std::move(ended.error()));
  return complete;
}

}  // namespace plexarium
