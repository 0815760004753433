#include "ui/plots/spike_history.h"

#include <cassert>

namespace plexarium::ui {

std::uint32_t SpikeHistory::laneOf(NeuronId neuron) {
  auto& lane = neuron.value < lowIds ? lowLane(neuron.value) : highLanes_.try_emplace(neuron.value, noLane).first->second;
  if (lane == noLane) {
    lane = static_cast<std::uint32_t>(neurons_.size());
    neurons_.push_back(neuron);
  }
  return lane;
}

std::uint32_t& SpikeHistory::lowLane(std::uint32_t id) {
  if (id >= lowLanes_.size()) lowLanes_.resize(std::size_t{id} + 1, noLane);
  return lowLanes_[id];
}

void SpikeHistory::append(Tick tick, NeuronId neuron) {
  assert(ticks_.empty() || tick >= lastTick());
  if (ticks_.empty() || tick > lastTick()) ticks_.push_back({tick, next_});
  lanes_[static_cast<std::size_t>(next_ % lanes_.size())] = laneOf(neuron);
  ++next_;
  if (size() > lanes_.size()) ++first_;
  while (ticks_.size() > 1 && ticks_[1].first <= first_) ticks_.pop_front();
}

void SpikeHistory::forgetFrom(Tick tick) {
  while (!ticks_.empty() && lastTick() >= tick) {
    next_ = std::max(ticks_.back().first, first_);
    ticks_.pop_back();
  }
}

void SpikeHistory::clear() {
  ticks_.clear();
  neurons_.clear();
  lowLanes_.clear();
  highLanes_.clear();
  first_ = next_ = 0;
}

std::size_t SpikeHistory::firstEntry(Tick from) const {
  const auto found =
      std::lower_bound(ticks_.begin(), ticks_.end(), from, [](const Entry& entry, Tick tick) { return entry.tick < tick; });
  return static_cast<std::size_t>(found - ticks_.begin());
}

}  // namespace plexarium::ui
