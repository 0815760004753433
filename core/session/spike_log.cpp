#include "core/session/spike_log.h"

#include <algorithm>

namespace plexarium {
namespace {

constexpr std::size_t blockSize = 8;  // neurons looked at in one go: few fire

}  // namespace

void appendSpikes(const Graph& graph, Tick tick, std::uint32_t branch, std::vector<Spike>& spikes) {
  const auto fired = graph.lastFired();
  const auto ids = graph.ids();
  for (std::size_t begin = 0; begin < fired.size(); begin += blockSize) {
    const auto block = fired.subspan(begin, std::min(blockSize, fired.size() - begin));
    bool any = false;
    for (const Tick last : block) any |= last == tick;
    if (!any) continue;
    for (std::size_t k = 0; k < block.size(); ++k) {
      if (block[k] == tick) spikes.push_back({tick, ids[begin + k], branch});
    }
  }
}

void appendRun(std::vector<TickRun>& runs, const TickRun& more) {
  if (!runs.empty() && runs.back().branch == more.branch && runs.back().first + runs.back().count == more.first) {
    runs.back().count += more.count;
  } else {
    runs.push_back(more);
  }
}

void SpikeLog::push(const SpikeBatch& seen, std::size_t work) {
  spent_ += work;
  batch_.spikes.insert(batch_.spikes.end(), seen.spikes.begin(), seen.spikes.end());
  for (const auto& run : seen.covered) appendRun(batch_.covered, run);
}

}  // namespace plexarium
