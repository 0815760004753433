#pragma once

#include <optional>
#include <span>
#include <variant>

#include "core/record/recording.h"
#include "core/session/command.h"
#include "core/session/simulation.h"

namespace plexarium {

/// The recording of a session's run, while there is one. Belongs to the thread that ticks.
class RunRecord {
 public:
  /// `branch`: the course the network is on. Errors: one is under way, the plan does not fit, the file cannot be written.
  Result<void> start(const StartRecording& wanted, Simulation& simulation, std::uint32_t branch);
  /// After every tick that is new, with its metrics. Where the network has taken another course the recording has ended, and
  /// is kept. Errors of the disk; the recording has ended with them.
  Result<void> follow(Simulation& simulation, std::span<const double> metrics, std::uint32_t branch);
  /// Errors: there is none, or of the disk.
  Result<Recorded> stop();
  [[nodiscard]] const std::optional<Recorded>& progress() const { return progress_; }

 private:
  using File = std::variant<Recording, MetricRecorder>;
  static Result<File> create(const StartRecording& wanted, Simulation& simulation);

  std::optional<File> recording_;
  std::optional<Recorded> progress_;  ///< Goes with the recording.
  std::uint32_t branch_ = 0;
  Tick followed_ = 0;  ///< Ticks done when it was asked last.
};

}  // namespace plexarium
