#include "ui/analysis/stretches.h"

#include <algorithm>

namespace plexarium::ui {

SpikeRecord recordOf(const SpikeTape& tape, Tick from, const GraphImage& graph, const std::vector<std::uint32_t>& rows) {
  SpikeRecord record;
  record.neurons = rows.size();
  const auto& history = tape.history();
  const auto& coverage = tape.coverage();
  from = std::max(from, Tick{0});
  // Where the memory is full, firings of the oldest tick may be forgotten in part.
  if (history.size() == SpikeTape::capacity) from = std::max(from, history.firstTick() + 1);
  const Tick end = coverage.end();
  Tick begin = from;
  const auto add = [&](Tick last) {
    if (begin < last) record.looked.emplace_back(begin, last);
  };
  coverage.eachGap(from, end, [&](Tick first, Tick last) {
    add(first);
    begin = last;
  });
  add(end);
  history.each(from, end, [&](Tick tick, std::span<const std::uint32_t> lanes) {
    record.entries.push_back({tick, record.lanes.size()});
    record.lanes.insert(record.lanes.end(), lanes.begin(), lanes.end());
  });
  for (const auto neuron : history.neurons()) {
    const auto row = graph.row(neuron);
    const auto found = row ? std::ranges::lower_bound(rows, *row) : rows.end();
    const bool known = found != rows.end() && *found == *row;
    record.numberOfLane.push_back(known ? static_cast<std::int32_t>(found - rows.begin()) : -1);
  }
  return record;
}

Stretches stretchesOf(const SpikeRecord& record) {
  Stretches stretches;
  auto entry = record.entries.begin();
  for (const auto& [first, last] : record.looked) {
    auto& stretch = stretches.emplace_back();
    stretch.first = first;
    stretch.train.neurons = record.neurons;
    stretch.train.steps.resize(static_cast<std::size_t>(last - first));
    while (entry != record.entries.end() && entry->tick < first) ++entry;
    for (; entry != record.entries.end() && entry->tick < last; ++entry) {
      const auto next = std::next(entry);
      const auto end = next != record.entries.end() ? next->first : record.lanes.size();
      auto& step = stretch.train.steps[static_cast<std::size_t>(entry->tick - first)];
      for (auto k = entry->first; k < end; ++k) {
        const auto number = record.numberOfLane[record.lanes[k]];
        if (number >= 0) step.push_back(static_cast<std::uint32_t>(number));
      }
    }
    for (auto& step : stretch.train.steps) std::ranges::sort(step);
  }
  return stretches;
}

statistics::SpikeTrain joined(const Stretches& stretches, std::size_t window) {
  statistics::SpikeTrain all;
  for (const auto& stretch : stretches) {
    all.neurons = stretch.train.neurons;
    const auto whole = stretch.train.steps.size() / window * window;
    const auto begin = stretch.train.steps.begin();
    all.steps.insert(all.steps.end(), begin, begin + static_cast<std::ptrdiff_t>(whole));
  }
  return all;
}

const Stretch& longest(const Stretches& stretches) {
  return *std::ranges::max_element(stretches, [](const Stretch& one, const Stretch& other) {
    return one.train.steps.size() != other.train.steps.size() ? one.train.steps.size() < other.train.steps.size()
                                                              : one.first < other.first;
  });
}

}  // namespace plexarium::ui
