#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include "core/graph/graph.h"
#include "core/record/causes.h"

namespace plexarium {

/// Firings since the last call, in order of their ticks.
struct SpikeBatch {
  std::vector<Spike> spikes;
  std::uint64_t lost = 0;  ///< Earlier ones that were thrown away meanwhile because nobody called.
};

/// Appends who fired in the last of `tick` ticks, in order of the ids. The graph must be up to date. O(neurons).
void appendSpikes(const Graph& graph, Tick tick, std::uint32_t branch, std::vector<Spike>& spikes);

/// Firings until somebody reads them: about the newest `capacity`. No thread of its own.
class SpikeLog {
 public:
  static constexpr std::size_t capacity = std::size_t{1} << 20;  // 16 MiB

  struct Taken {
    std::deque<std::vector<Spike>> parts;
    std::uint64_t lost = 0;
  };
  void push(std::vector<Spike> spikes);
  Taken take() { return {std::exchange(parts_, {}), (count_ = 0, std::exchange(lost_, 0))}; }

 private:
  std::deque<std::vector<Spike>> parts_;
  std::size_t count_ = 0;
  std::uint64_t lost_ = 0;
};

}  // namespace plexarium
