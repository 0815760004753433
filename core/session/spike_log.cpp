#include "core/session/spike_log.h"

namespace plexarium {

void appendSpikes(const Graph& graph, Tick tick, std::uint32_t branch, std::vector<Spike>& spikes) {
  const auto fired = graph.lastFired();
  for (std::size_t row = 0; row < fired.size(); ++row) {
    if (fired[row] == tick - 1) spikes.push_back({tick - 1, graph.ids()[row], branch});
  }
}

void SpikeLog::push(std::vector<Spike> spikes) {
  count_ += spikes.size();
  parts_.push_back(std::move(spikes));
  while (count_ > capacity && parts_.size() > 1) {
    count_ -= parts_.front().size();
    lost_ += parts_.front().size();
    parts_.pop_front();
  }
}

}  // namespace plexarium
