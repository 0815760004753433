#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/dynamics/registry.h"
#include "core/session/command.h"
#include "core/session/snapshot.h"
#include "core/session/spike_log.h"

namespace plexarium {

class DataShelf;

/// A living network: owns graph, dynamics, history and, once started, one simulation thread.
///
/// The public face is the whole door: commands in; snapshots, metrics and outcomes out. All functions may be called from any
/// one other thread (the reader). None of them waits for a tick.
class Session {
 public:
  /// Builds the dynamics on the model; an error when it refuses. Data of its feeds, and of those that a command sets, are
  /// looked for on `shelf` (null: one of its own) and opened where they are not: a window puts them there beforehand.
  static Result<std::unique_ptr<Session>> create(const Registry& registry, Model model,
                                                 std::shared_ptr<DataShelf> shelf = {});
  /// Asks the thread to stop after the tick in progress and joins it.
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  [[nodiscard]] const Description& description() const;

  /// Starts the simulation thread, paused or not as the last Run/Pause says (paused at first).
  void start();

  /// Queues a command; it is carried out between two ticks. Returns its number.
  std::uint64_t post(Command command);
  /// The newest snapshot, never null; the same object until a newer one exists. Asks for the next one.
  std::shared_ptr<const Snapshot> latest();
  /// Metric buckets since the last call, oldest first.
  std::vector<MetricBucket> drainMetrics();
  /// Who fired since the last call, while RecordSpikes is on.
  SpikeBatch drainSpikes();
  /// Outcomes since the last call, in order of the commands.
  std::vector<Outcome> drainOutcomes();

  /// Without a thread (asserted): carries out what is queued, does `ticks` ticks whatever Run/Pause says (fewer where a
  /// breakpoint is met), and publishes.
  void advance(Tick ticks);
  /// Without a thread: the network as it is now. (Its dynamics must be able to tell its state; a capture command reports an
  /// error where it is not.)
  [[nodiscard]] Model capture();

 private:
  class Impl;
  explicit Session(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace plexarium
