#include "tools/bench.d/carry_out.h"

#include <chrono>
#include <thread>

namespace plexarium::bench {

Tick carryOut(Session& session, Command command) {
  const auto number = session.post(std::move(command));
  while (true) {
    for (const auto& outcome : session.drainOutcomes()) {
      if (outcome.command == number) return outcome.tick;
    }
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
}

}  // namespace plexarium::bench
