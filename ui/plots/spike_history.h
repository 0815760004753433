#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/graph/ids.h"

namespace plexarium::ui {

/// The newest spikes in bounded memory: four bytes each, and one entry for each tick that has any. Neurons are numbered in
/// order of their first spike (a lane), so that whoever draws a million of them looks up rows in a list. GUI thread.
class SpikeHistory {
 public:
  /// capacity >= 1: spikes remembered.
  explicit SpikeHistory(std::size_t capacity) : lanes_(capacity) {}

  /// One spike; ticks must not fall (see forgetFrom).
  void append(Tick tick, NeuronId neuron);
  /// The network went back: what was at `tick` and later did not happen.
  void forgetFrom(Tick tick);
  void clear();

  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(next_ - first_); }
  /// Of the oldest and the newest spike; nothing to ask where size() is 0.
  [[nodiscard]] Tick firstTick() const { return ticks_.front().tick; }
  [[nodiscard]] Tick lastTick() const { return ticks_.back().tick; }
  /// Which neuron a lane is.
  [[nodiscard]] const std::vector<NeuronId>& neurons() const { return neurons_; }

  /// Calls visit(tick, std::span of lanes) for the ticks from `from` to `to`, in order, at most twice for a tick.
  template <typename Visit>
  void each(Tick from, Tick to, Visit visit) const {
    for (std::size_t entry = firstEntry(from); entry < ticks_.size() && ticks_[entry].tick <= to; ++entry) {
      const auto begin = static_cast<std::size_t>(std::max(ticks_[entry].first, first_) % lanes_.size());
      const std::uint64_t last = entry + 1 < ticks_.size() ? ticks_[entry + 1].first : next_;
      const auto count = static_cast<std::size_t>(last - std::max(ticks_[entry].first, first_));
      const std::size_t straight = std::min(count, lanes_.size() - begin);
      visit(ticks_[entry].tick, std::span(lanes_).subspan(begin, straight));
      if (straight < count) visit(ticks_[entry].tick, std::span(lanes_).first(count - straight));
    }
  }

 private:
  struct Entry {
    Tick tick = 0;
    std::uint64_t first = 0;  ///< Number of its first spike.
  };
  [[nodiscard]] std::size_t firstEntry(Tick from) const;
  [[nodiscard]] std::uint32_t laneOf(NeuronId neuron);
  [[nodiscard]] std::uint32_t& lowLane(std::uint32_t id);

  std::vector<std::uint32_t> lanes_;  ///< Spike number n stands at n modulo the capacity.
  std::uint64_t first_ = 0;           ///< Number of the oldest spike that is remembered.
  std::uint64_t next_ = 0;
  std::deque<Entry> ticks_;
  std::vector<NeuronId> neurons_;
  static constexpr std::uint32_t noLane = UINT32_MAX;
  static constexpr std::uint32_t lowIds = 1U << 22U;
  std::vector<std::uint32_t> lowLanes_;  ///< By id, of those below lowIds: nearly all there are.
  std::unordered_map<std::uint32_t, std::uint32_t> highLanes_;
};

}  // namespace plexarium::ui
