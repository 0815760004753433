#include "core/dynamics/plexus/subscriptions.h"

#include <algorithm>
#include <cassert>

#include "core/dynamics/plexus/fields.h"

namespace plexarium::plexus {
namespace {

std::uint32_t roomFor(std::uint32_t count) {
  constexpr auto lanes = Subscriptions::lanes;
  return (count + count / 4 + 4 + lanes - 1) / lanes * lanes;
}

}  // namespace

void Subscriptions::read(const Graph& graph) {
  const auto targets = graph.targets();
  const auto first = graph.firstLink();
  const auto weight = graph.linkValues<float>(link::Weight);
  rows_.assign(graph.neuronCount(), {});
  for (const auto target : targets) ++rows_[target].room;
  std::size_t end = 0;
  for (auto& row : rows_) {
    row.begin = end;
    row.room = roomFor(row.room);
    end += row.room;
  }
  sources_.assign(end, nobody());
  weights_.assign(end, 0);
  for (std::size_t source = 0; source < rows_.size(); ++source) {
    for (std::size_t l = first[source]; l < first[source + 1]; ++l) {
      auto& row = rows_[targets[l]];
      sources_[row.begin + row.count] = static_cast<std::uint32_t>(source);
      weights_[row.begin + row.count] = weight[l];
      if (row.deaf == row.count && graph.roles()[source] == Role::Sensory) ++row.deaf;
      ++row.count;
    }
  }
  for (auto& row : rows_) row.deaf -= row.deaf % lanes;
  count_ = targets.size();
  rewired_ = false;
}

bool Subscriptions::write(Graph& graph) {
  std::vector<std::uint32_t> next(rows_.size(), 0);  // in each row, the first subscription not looked at yet
  const bool changed = rewired_;
  if (rewired_) {
    const auto first = graph.firstLink();
    const auto targets = graph.targets();
    std::vector<std::size_t> broken;
    LinkTable added;
    const auto addUpTo = [&](std::size_t target, std::uint32_t source) {
      const auto own = sources(target);
      for (; next[target] < own.size() && own[next[target]] < source; ++next[target])
        added.keys.push_back({graph.ids()[own[next[target]]], graph.ids()[target]});
    };
    for (std::size_t source = 0; source < rows_.size(); ++source) {
      for (std::size_t l = first[source]; l < first[source + 1]; ++l) {
        const auto target = targets[l];
        addUpTo(target, static_cast<std::uint32_t>(source));
        const auto own = sources(target);
        if (next[target] < own.size() && own[next[target]] == source) {
          ++next[target];
        } else {
          broken.push_back(l);
        }
      }
    }
    for (std::size_t target = 0; target < rows_.size(); ++target) addUpTo(target, static_cast<std::uint32_t>(rows_.size()));
    graph.removeLinks(broken);
    graph.addLinks(added);
    rewired_ = false;
    std::ranges::fill(next, 0U);
  }
  assert(graph.linkCount() == count_);
  const auto targets = graph.targets();
  const auto weight = graph.linkValues<float>(link::Weight);
  for (std::size_t l = 0; l < targets.size(); ++l) weight[l] = weights_[rows_[targets[l]].begin + next[targets[l]]++];
  return changed;
}

std::size_t Subscriptions::longest() const {
  std::size_t most = 0;
  for (const auto& row : rows_) most = std::max<std::size_t>(most, row.padded());
  return most;
}

bool Subscriptions::subscribe(std::size_t row, std::uint32_t source, float weight) {
  auto& own = rows_[row];
  const auto known = sources(row);
  const auto place = std::ranges::lower_bound(known, source);
  const auto index = static_cast<std::size_t>(place - known.begin());
  if (place != known.end() && *place == source) {
    weights_[own.begin + index] = weight;
    return false;
  }
  if (own.count == own.room) moveToEnd(own);
  const auto at = [&](auto& list, std::size_t k) { return list.begin() + static_cast<std::ptrdiff_t>(own.begin + k); };
  std::copy_backward(at(sources_, index), at(sources_, own.count), at(sources_, own.count + 1));
  std::copy_backward(at(weights_, index), at(weights_, own.count), at(weights_, own.count + 1));
  sources_[own.begin + index] = source;
  weights_[own.begin + index] = weight;
  own.deaf = 0;  // where it is, its sources are asked each
  ++own.count;
  ++count_;
  rewired_ = true;
  return true;
}

void Subscriptions::unsubscribe(std::size_t row, std::size_t index) {
  auto& own = rows_[row];
  assert(index < own.count);
  const auto at = [&](auto& list, std::size_t k) { return list.begin() + static_cast<std::ptrdiff_t>(own.begin + k); };
  std::copy(at(sources_, index + 1), at(sources_, own.count), at(sources_, index));
  std::copy(at(weights_, index + 1), at(weights_, own.count), at(weights_, index));
  --own.count;
  sources_[own.begin + own.count] = nobody();
  weights_[own.begin + own.count] = 0;
  own.deaf = 0;
  --count_;
  rewired_ = true;
}

/// Rooms double, so what is left behind stays below what is in use; reading the graph again closes the holes.
void Subscriptions::moveToEnd(Row& row) {
  const auto begin = sources_.size();
  const auto room = 2 * row.room;
  sources_.resize(begin + room, nobody());
  weights_.resize(begin + room, 0);
  const auto copy = [&](auto& list) {
    std::copy_n(list.begin() + static_cast<std::ptrdiff_t>(row.begin), row.count,
                list.begin() + static_cast<std::ptrdiff_t>(begin));
  };
  copy(sources_);
  copy(weights_);
  row.begin = begin;
  row.room = room;
}

}  // namespace plexarium::plexus
