#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/record/statistics.h"
#include "core/session/snapshot.h"
#include "ui/plots/spike_tape.h"

namespace plexarium::ui {

/// A copy of what a tape knows, as raw as copying it takes little time.
struct SpikeRecord {
  struct Entry {
    Tick tick = 0;
    std::size_t first = 0;  ///< Index into lanes.
  };
  std::size_t neurons = 0;
  std::vector<std::pair<Tick, Tick>> looked;  ///< First and after last of the stretches of ticks that were looked at.
  std::vector<Entry> entries;
  std::vector<std::uint32_t> lanes;
  std::vector<std::int32_t> numberOfLane;  ///< Among the neurons; negative: none of them.
};
/// Of the neurons in these rows of `graph`, from tick `from` on. GUI thread.
SpikeRecord recordOf(const SpikeTape& tape, Tick from, const GraphImage& graph, const std::vector<std::uint32_t>& rows);

/// Consecutive ticks without a gap.
struct Stretch {
  Tick first = 0;
  statistics::SpikeTrain train;
};
using Stretches = std::vector<Stretch>;
/// In order of time, none of them empty. Any thread.
Stretches stretchesOf(const SpikeRecord& record);

/// All of them one behind the other, each cut to a multiple of `window` ticks.
statistics::SpikeTrain joined(const Stretches& stretches, std::size_t window = 1);
/// The longest one, the latest of those. Not for none.
const Stretch& longest(const Stretches& stretches);

}  // namespace plexarium::ui
