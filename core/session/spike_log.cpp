#include "core/session/spike_log.h"

namespace plexarium {

void appendSpikes(const Graph& graph, Tick tick, std::uint32_t branch, std::vector<Spike>& spikes) {
  const auto fired = graph.lastFired();
  for (std::size_t row = 0; row < fired.size(); ++row) {
    if (fired[row] == tick) spikes.push_back({tick, graph.ids()[row], branch});
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
