#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/session/session.h"

namespace plexarium {

/// Looks again and again until `holds` or the time is over. Returns what it saw last.
bool eventually(const std::function<bool()>& holds, std::chrono::milliseconds patience = std::chrono::seconds(20));

/// Talks to a session with a thread the way a window does, but waits for answers. Nothing if there is none in time.
class SessionDriver {
 public:
  explicit SessionDriver(Session& session) : session_(session) {}

  std::optional<Outcome> await(std::uint64_t command);
  std::optional<Outcome> ask(Command command) { return await(session_.post(std::move(command))); }
  /// The first snapshot that `holds`.
  std::shared_ptr<const Snapshot> awaitSnapshot(const std::function<bool(const Snapshot&)>& holds);
  /// Outcomes that answer no command: what went wrong by itself.
  [[nodiscard]] const std::vector<Outcome>& mishaps() const { return mishaps_; }
  void poll();

 private:
  Session& session_;
  std::vector<Outcome> outcomes_;
  std::vector<Outcome> mishaps_;
};

}  // namespace plexarium
