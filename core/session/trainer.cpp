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
    const auto left = samples - simulation.feeding().feeder().feeds()[0].samplesShown(part);  // of the only one, if it is
    const auto ticked = advance(simulation, static_cast<Tick>(left), goesOn);
    if (!ticked) return tl::unexpected(ticked.error());
    if (*ticked == 0) return false;
  }
  return true;
}

}  // namespace

Result<Tick> advance(Simulation& simulation, Tick most, const GoesOn& goesOn) {
  if (goesOn && !goesOn()) return 0;
  if (!simulation.takesMany()) {
    auto ticked = simulation.step();
    return ticked ? Result<Tick>(1) : tl::unexpected(std::move(ticked.error()));
  }
  const auto before = simulation.tick();
  const auto mostAtOnce = std::min(most, Simulation::atATime - before % Simulation::atATime);
  Tick ticks = 1;
  while (ticks < mostAtOnce && (!goesOn || goesOn())) ++ticks;
  auto ticked = simulation.stepMany(ticks);
  return ticked ? Result<Tick>(simulation.tick() - before) : tl::unexpected(std::move(ticked.error()));
}

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
