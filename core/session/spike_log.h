#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/graph/graph.h"
#include "core/record/causes.h"

namespace plexarium {

/// Consecutive ticks of one branch.
struct TickRun {
  std::uint32_t branch = 0;  ///< Branch::number.
  Tick first = 0;
  Tick count = 0;
};

/// Who fired in ticks that were looked at, in their order. Where a network is faster than can be watched, the ticks between
/// this batch and the one before were not looked at.
struct SpikeBatch {
  std::vector<Spike> spikes;
  std::vector<TickRun> covered;  ///< Every tick that was looked at, whether somebody fired or not.
};

/// Appends who fired in tick number `tick`, in order of the ids. graph.lastFired() must be up to date. O(neurons).
void appendSpikes(const Graph& graph, Tick tick, std::uint32_t branch, std::vector<Spike>& spikes);

/// Adds ticks to the last of `runs` where they follow it, otherwise as a run of their own.
void appendRun(std::vector<TickRun>& runs, const TickRun& more);

/// Firings until somebody reads them. A reader that comes 60 times a second gets whole stretches of consecutive ticks, each
/// of bounded work, so that watching costs a fast network some percent of its speed at most. No thread of its own.
class SpikeLog {
 public:
  /// Work between two reads, in spikes told; the tick that passes it is still told.
  static constexpr std::size_t allowance = std::size_t{1} << 14;
  /// What looking through the neurons of a tick costs.
  static constexpr std::size_t lookCost(std::size_t neurons) { return neurons / 8 + 4; }

  [[nodiscard]] std::size_t room() const { return spent_ < allowance ? allowance - spent_ : 0; }
  /// What was seen since the last push, for `work`.
  void push(const SpikeBatch& seen, std::size_t work);
  SpikeBatch take() { return (spent_ = 0, std::exchange(batch_, {})); }

 private:
  SpikeBatch batch_;
  std::size_t spent_ = 0;
};

}  // namespace plexarium
