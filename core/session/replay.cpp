#include "core/session/replay.h"

#include "core/denormals.h"
#include "core/session/trainer.h"

namespace plexarium {

Result<Model> replay(const Registry& registry, const Log& log, const std::function<bool()>& goesOn) {
  const FlushDenormals flush;
  const auto entry = registry.require(log.beginning.dynamics);
  if (!entry) return tl::unexpected(entry.error());
  const auto simulation = Simulation::create(**entry, log.beginning);
  if (!simulation) return tl::unexpected(simulation.error());
  const auto liveTo = [&](Tick tick) -> Result<void> {
    if (tick < (*simulation)->tick()) {
      return failure("tick " + std::to_string(tick) + " is before tick " + std::to_string((*simulation)->tick()), "log",
                     "The deeds of a log stand in the order in which they were done");
    }
    while ((*simulation)->tick() < tick) {
      const auto ticked = advance(**simulation, tick - (*simulation)->tick(), goesOn);
      if (!ticked) return tl::unexpected(ticked.error());
      if (*ticked == 0) break;
    }
    return {};
  };
  for (const auto& deed : log.entries) {
    if (auto lived = liveTo(deed->tick); !lived) return tl::unexpected(std::move(lived.error()));
    if ((*simulation)->tick() < deed->tick) return (*simulation)->capture();
    if (auto repeated = (*simulation)->repeat(*deed); !repeated) return tl::unexpected(std::move(repeated.error()));
  }
  if (auto lived = liveTo(log.end); !lived) return tl::unexpected(std::move(lived.error()));
  return (*simulation)->capture();
}

}  // namespace plexarium
