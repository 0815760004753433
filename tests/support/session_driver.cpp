#include "tests/support/session_driver.h"

#include <algorithm>
#include <thread>

namespace plexarium {

bool eventually(const std::function<bool()>& holds, std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
  return true;
}

void SessionDriver::poll() {
  for (auto& outcome : session_.drainOutcomes()) {
    (outcome.command == 0 ? mishaps_ : outcomes_).push_back(std::move(outcome));
  }
}

std::optional<Outcome> SessionDriver::await(std::uint64_t command) {
  std::optional<Outcome> answer;
  eventually([&] {
    poll();
    const auto found = std::ranges::find_if(outcomes_, [&](const Outcome& outcome) { return outcome.command == command; });
    if (found == outcomes_.end()) return false;
    answer = std::move(*found);
    outcomes_.erase(found);
    return true;
  });
  return answer;
}

std::shared_ptr<const Snapshot> SessionDriver::awaitSnapshot(const std::function<bool(const Snapshot&)>& holds) {
  std::shared_ptr<const Snapshot> snapshot;
  const bool seen = eventually([&] {
    snapshot = session_.latest();
    return holds(*snapshot);
  });
  return seen ? snapshot : nullptr;
}

}  // namespace plexarium
