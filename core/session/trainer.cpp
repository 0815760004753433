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

/// Up to `most` ticks, many at a time where that is quicker; those done, 0 where `goesOn` says no.
Result<Tick> advance(Simulation& simulation, Tick most, const GoesOn& goesOn) {
  if (goesOn && !goesOn()) return 0;
  if (!simulation.takesMany()) {
    auto ticked = simulation.step();
    return ticked ? Result<Tick>(1) : tl::unexpected(std::move(ticked.error()));
  }
  constexpr Tick atATime = 256;
  Tick ticks = 1;
  while (ticks < std::min(most, atATime) && (!goesOn || goesOn())) ++ticks;
  const auto before = simulation.tick();
  auto ticked = simulation.stepMany(ticks);
  return ticked ? Result<Tick>(simulation.tick() - before) : tl::unexpected(std::move(ticked.error()));
}

Result<bool> show(Simulation& simulation, Part part, std::size_t samples, const GoesOn& goesOn) {
  const auto done = [&](const Feed& feed) {
    const auto shown = feed.samplesShown(part);
    return !feed.testing() || shown > samples || (shown == samples && !feed.midSample());
  };
  while (!std::ranges::all_of(simulation.feeding().feeder().feeds(), done)) {
    const auto left = samples - simulation.feeding().feeder().feeds()[0].samplesShown(part);  // of the only one, if it is
    const auto ticked = advance(simulation, static_cast<Tick>(left), goesOn);
    if (!ticked) return tl::unexpected(ticked.error());
    if (*ticked == 0) return false;
  }
  return true;
}

}  // namespace

Result<Tick> train(Simulation& simulation, Tick ticks, const GoesOn& goesOn) {
  if (auto told = refuseSeconds(simulation.feeding().feeder()); !told) return tl::unexpected(std::move(told.error()));
  Tick done = 0;
  while (done < ticks) {
    const auto ticked = advance(simulation, ticks - done, goesOn);
    if (!ticked) return tl::unexpected(ticked.error());
    if (*ticked == 0) break;
    done += *ticked;
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
