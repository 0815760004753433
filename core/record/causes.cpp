#include "core/record/causes.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <optional>
#include <queue>
#include <unordered_set>

namespace plexarium {
namespace {

constexpr std::uint32_t nobody = 0xffffffffU;

/// The firings of a window, per row, and the sources of every row.
class Past {
 public:
  Past(std::span<const Spike> spikes, Tick begin, Tick end, const Topology& topology)
      : topology_(topology), firings_(topology.neuronCount()), firstSource_(topology.neuronCount() + 1, 0) {
    const auto from = std::ranges::lower_bound(spikes, begin, {}, &Spike::tick);
    for (auto spike = from; spike != spikes.end() && spike->tick <= end; ++spike) {
      if (const auto found = row(spike->neuron)) firings_[*found].push_back(spike->tick);
    }
    for (const auto target : topology.targets) ++firstSource_[target + 1];
    std::partial_sum(firstSource_.begin(), firstSource_.end(), firstSource_.begin());
    sources_.resize(topology.targets.size());
    auto next = firstSource_;
    for (std::uint32_t source = 0; source < topology.neuronCount(); ++source) {
      for (auto link = topology.firstLink[source]; link < topology.firstLink[source + 1]; ++link) {
        sources_[next[topology.targets[link]]++] = source;
      }
    }
  }

  [[nodiscard]] std::optional<std::uint32_t> row(NeuronId id) const {
    const auto found = std::ranges::lower_bound(topology_.ids, id);
    if (found == topology_.ids.end() || *found != id) return std::nullopt;
    return static_cast<std::uint32_t>(found - topology_.ids.begin());
  }
  [[nodiscard]] bool fired(std::uint32_t row, Tick tick) const { return std::ranges::binary_search(firings_[row], tick); }
  [[nodiscard]] std::span<const std::uint32_t> sources(std::uint32_t row) const {
    return std::span(sources_).subspan(firstSource_[row], firstSource_[row + 1] - firstSource_[row]);
  }
  /// Ticks at which `source` fired that explain a firing of `target` at `tick`.
  [[nodiscard]] std::span<const Tick> explaining(std::uint32_t source, std::uint32_t target, Tick tick) const {
    const auto& own = firings_[target];
    const auto before = std::ranges::lower_bound(own, tick);
    const Tick since = before == own.begin() ? 0 : *(before - 1);
    const auto& candidates = firings_[source];
    const auto first = std::ranges::lower_bound(candidates, since);
    return {first, std::ranges::lower_bound(first, candidates.end(), tick)};
  }

 private:
  const Topology& topology_;
  std::vector<std::vector<Tick>> firings_;
  std::vector<std::uint32_t> firstSource_;
  std::vector<std::uint32_t> sources_;
};

/// A firing that is to be explained, the most important one first.
struct Open {
  double part = 0;
  std::uint32_t row = nobody;
  Tick tick = 0;
  friend bool operator<(const Open& a, const Open& b) {
    if (a.part != b.part) return a.part < b.part;
    return a.tick != b.tick ? a.tick < b.tick : a.row > b.row;
  }
};

/// Appends what explains `open`, with shares.
void explain(const Past& past, const Open& open, std::span<const NeuronId> ids, std::vector<Cause>& causes) {
  const auto begin = causes.size();
  double sum = 0;
  for (const auto source : past.sources(open.row)) {
    for (const auto fired : past.explaining(source, open.row, open.tick)) {
      const double weight = 1 / static_cast<double>(open.tick - fired);
      causes.push_back({ids[source], ids[open.row], fired, open.tick, weight, 0});
      sum += weight;
    }
  }
  for (auto k = begin; k < causes.size(); ++k) {
    causes[k].share /= sum;
    causes[k].part = causes[k].share * open.part;
  }
}

}  // namespace

std::vector<Cause> causesOf(NeuronId neuron, Tick tick, std::span<const Spike> spikes, const Topology& topology,
                            const CauseLimits& limits) {
  assert(topology.ids.size() == topology.neuronCount());
  const Past past(spikes, tick - limits.ticks, tick, topology);
  std::vector<Cause> causes;
  const auto row = past.row(neuron);
  if (!row || !past.fired(*row, tick)) return causes;
  const auto key = [](std::uint32_t one, Tick fired) { return static_cast<std::uint64_t>(fired) << 32U ^ one; };
  std::priority_queue<Open> queue;
  std::unordered_set<std::uint64_t> known{key(*row, tick)};
  queue.push({1, *row, tick});
  // Firings come out in the order of their parts, so what comes later is weaker than anything that is there already.
  while (!queue.empty() && causes.size() < limits.causes) {
    const auto open = queue.top();
    queue.pop();
    const auto begin = causes.size();
    explain(past, open, topology.ids, causes);
    for (auto k = begin; k < causes.size(); ++k) {
      const auto source = *past.row(causes[k].from);
      if (known.insert(key(source, causes[k].fired)).second) queue.push({causes[k].part, source, causes[k].fired});
    }
  }
  std::ranges::stable_sort(causes, std::ranges::greater{}, &Cause::part);
  causes.resize(std::min(causes.size(), limits.causes));
  return causes;
}

}  // namespace plexarium
