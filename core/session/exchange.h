#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/session/command.h"
#include "core/session/metric_log.h"
#include "core/session/pacer.h"
#include "core/session/snapshot.h"
#include "core/session/spike_log.h"

namespace plexarium {

/// Where the threads of a session meet, and the only thing that they share. Every lock is held for a few pointer moves, so
/// neither side ever waits for the other's work; between two ticks the simulation looks at one atomic.
class Exchange {
 public:
  struct Numbered {
    std::uint64_t number = 0;
    Command command;
  };

  // The reader's side, any thread.
  std::uint64_t post(Command command);
  std::shared_ptr<const Snapshot> latest();
  std::vector<MetricBucket> drainMetrics();
  std::vector<Outcome> drainOutcomes();
  SpikeBatch drainSpikes();
  /// Makes the simulation look up from its ticks.
  void interrupt() { attention_.store(true, std::memory_order_relaxed); }

  // The simulation's side.
  /// Something was asked for since takeCommands.
  [[nodiscard]] bool attention() const { return attention_.load(std::memory_order_relaxed); }
  /// Appends what was posted, in order.
  void takeCommands(std::deque<Numbered>& queue);
  [[nodiscard]] bool snapshotWanted() const { return wanted_.load(std::memory_order_relaxed); }
  /// Number of the newest Pause that was posted; 0: none.
  [[nodiscard]] std::uint64_t newestPause() const { return newestPause_.load(std::memory_order_relaxed); }
  void publish(std::shared_ptr<const Snapshot> snapshot);
  void report(Outcome outcome);
  /// Returns a bucket to use again.
  MetricBucket log(MetricBucket bucket);
  [[nodiscard]] std::uint64_t lostMetrics();
  /// What SpikeLog::room and SpikeLog::push say.
  [[nodiscard]] std::size_t spikeRoom();
  void log(const SpikeBatch& seen, std::size_t work);
  /// Sleeps until a command comes, a snapshot is wanted that `news` allows, the time has come, or a stop is asked for.
  void wait(const std::stop_token& stop, bool news, std::optional<Clock::time_point> until);

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::atomic<bool> attention_ = false;
  std::atomic<bool> wanted_ = false;
  std::atomic<std::uint64_t> newestPause_ = 0;
  std::uint64_t posted_ = 0;
  std::vector<Numbered> commands_;
  std::shared_ptr<const Snapshot> published_;
  std::vector<Outcome> outcomes_;
  MetricLog metrics_;
  SpikeLog spikes_;
};

}  // namespace plexarium
