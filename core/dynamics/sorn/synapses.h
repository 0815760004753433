#pragma once

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>
#include <vector>

#include "core/dynamics/sorn/fields.h"

namespace plexarium::sorn {

/// Between which a rule keeps a weight.
struct Limits {
  double cap = 1;    ///< No weight is made larger.
  double prune = 0;  ///< A weight that comes down to this goes ...
  double floor = 0;  ///< ... or, where this is above 0, is set to it.
};

/// Plastic synapses by source: for each, its targets and weights in one contiguous row with room to grow and in no order.
/// Sources and targets are numbers of the caller's own, each counted from 0.
///
/// Raw = std::int32_t: a weight is a whole number of quanta of its target, so that the sum of all that a target takes in is
/// exact in whatever order it was gathered, and scaling a target's inputs only changes its quanta: O(1). Resolution: better
/// than 1e-8 of the target's sum. 12 bytes a synapse.
/// Raw = double: the weight itself; scaling divides every weight, adding up in the order of the sources. 16 bytes a synapse.
/// Both: what a step does depends on which synapses there are and what they weigh, not on how they came to be. Room is at
/// most about twice what is in use.
template <typename Raw>
class Synapses {
 public:
  static constexpr bool counted = std::is_integral_v<Raw>;
  struct Bare {
    std::uint32_t target;
    Raw raw;
  };
  struct Dated {
    std::uint32_t target;
    std::uint32_t born;
    Raw raw;
  };
  /// Births lie beside the weights where they would not fit into padding.
  using Synapse = std::conditional_t<counted, Bare, Dated>;

  /// Replaces all. `each(visit)` calls visit(source, target, weight, born) for every synapse, sources ascending, as often
  /// as it is called. `quanta` by target: kept where they are sound, so that a network that is written and read again goes
  /// on bit for bit.
  template <typename Each>
  void read(std::size_t sources, std::span<const double> quanta, double cap, Each each);

  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::size_t bytes() const {
    return synapses_.capacity() * sizeof(Synapse) + born_.capacity() * sizeof(std::uint32_t);
  }
  [[nodiscard]] std::span<const Synapse> of(std::size_t source) const {
    return {synapses_.data() + rows_[source].begin, rows_[source].count};
  }
  [[nodiscard]] std::uint32_t born(std::size_t source, std::size_t k) const { return bornAt(rows_[source].begin + k); }
  [[nodiscard]] std::uint32_t fanIn(std::size_t target) const { return fanIn_[target]; }
  /// Parts of a weight of 1; 0 where weights are not counted.
  [[nodiscard]] double quanta(std::size_t target) const { return counted ? quanta_[target] : 0; }
  /// What `raw`, of one synapse or summed over several, weighs at the target.
  [[nodiscard]] double weight(Raw raw, std::size_t target) const {
    if constexpr (counted) return static_cast<double>(raw) / quanta_[target];
    return static_cast<double>(raw);
  }

  /// Adds the source's weights to its targets' places.
  void gather(std::size_t source, Raw* sums) const {
    for (const auto& one : of(source)) sums[one.target] += one.raw;
  }
  /// Changes the weight of the source's synapse `k`. True: it is gone, and another may be in its place.
  bool change(std::size_t source, std::size_t k, double by, const Limits& limits);
  [[nodiscard]] bool has(std::size_t source, std::uint32_t target) const {
    return std::ranges::any_of(of(source), [&](const Synapse& one) { return one.target == target; });
  }
  /// A new one. `born`: the tick plus 1; 0: unknown.
  void insert(std::size_t source, std::uint32_t target, double weight, std::uint32_t born);
  /// Makes every target's weights sum to 1, where it has any.
  void scale();
  /// Keeps quanta fine enough and small enough, and gives back what the dead have left; to be called after every step.
  /// `cap`: Limits::cap.
  void settle(double cap);

 private:
  static constexpr double finest = 0x1p30;    ///< Quanta of a target's weights together, or of its largest possible one.
  static constexpr double coarsest = 0x1p27;  ///< Fewer and they are made finer.
  static constexpr double wanted = 0x1p29;
  struct Row {
    std::size_t begin = 0;
    std::uint32_t count = 0;
    std::uint32_t room = 0;
  };

  [[nodiscard]] std::uint32_t bornAt(std::size_t place) const {
    if constexpr (counted)
      return born_[place];
    else
      return synapses_[place].born;
  }
  void put(std::size_t place, std::uint32_t target, Raw raw, std::uint32_t born);
  void move(std::size_t from, std::size_t to) { put(to, synapses_[from].target, synapses_[from].raw, bornAt(from)); }
  void resize(std::size_t places);
  void compact();
  void erase(std::size_t source, std::size_t k);
  template <typename Each>
  void chooseQuanta(std::span<const double> kept, double cap, Each each);
  [[nodiscard]] Raw rawOf(double weight, std::size_t target) const;
  static Raw whole(double quanta) {
    return static_cast<Raw>(std::clamp(quanta + 0.5, 1.0, double{std::numeric_limits<std::int32_t>::max()}));
  }

  std::vector<Row> rows_;
  std::vector<Synapse> synapses_;
  std::vector<std::uint32_t> born_;  ///< By place; empty where synapses are dated.
  std::vector<std::uint32_t> fanIn_;
  std::vector<double> quanta_;
  std::vector<std::int64_t> sums_;  ///< By target, where weights are counted.
  std::vector<double> totals_;      ///< By target, room for scale() where they are not.
  std::size_t count_ = 0;
};

template <typename Raw>
Raw Synapses<Raw>::rawOf(double weight, std::size_t target) const {
  if constexpr (counted) {
    return whole(weight * quanta_[target]);
  } else {
    return std::max(weight, smallestWeight);
  }
}

template <typename Raw>
template <typename Each>
void Synapses<Raw>::chooseQuanta(std::span<const double> kept, double cap, Each each) {
  const auto targets = kept.size();
  quanta_.assign(kept.begin(), kept.end());
  std::vector<double> totals(targets, 0.0), counts(targets, 0.0);
  each([&](std::size_t, std::uint32_t target, double weight, std::uint32_t) {
    totals[target] += weight;
    counts[target] += std::floor(std::max(weight * kept[target] + 0.5, 1.0));
  });
  for (std::size_t target = 0; target < targets; ++target) {
    // Half of what settle() allows is sound, too: a rule may have run since.
    const double most = std::max(counts[target], cap * kept[target]);
    const bool sound = most >= coarsest / 2 && most < 0x1p31 - 1;
    if (!sound) quanta_[target] = wanted / std::max(totals[target], cap);
  }
}

template <typename Raw>
template <typename Each>
void Synapses<Raw>::read(std::size_t sources, std::span<const double> quanta, double cap, Each each) {
  rows_.assign(sources, {});
  fanIn_.assign(quanta.size(), 0);
  sums_.assign(quanta.size(), 0);
  totals_.assign(counted ? 0 : quanta.size(), 0.0);
  if constexpr (counted) chooseQuanta(quanta, cap, each);
  each([&](std::size_t source, std::uint32_t, double, std::uint32_t) { ++rows_[source].room; });
  std::size_t end = 0;
  for (auto& row : rows_) {
    row.begin = end;
    row.room += row.room / 8 + 2;
    end += row.room;
  }
  resize(end);
  count_ = 0;
  each([&](std::size_t source, std::uint32_t target, double weight, std::uint32_t born) {
    auto& row = rows_[source];
    const Raw raw = rawOf(weight, target);
    put(row.begin + row.count, target, raw, born);
    ++row.count;
    ++fanIn_[target];
    ++count_;
    if constexpr (counted) sums_[target] += raw;
  });
}

template <typename Raw>
void Synapses<Raw>::put(std::size_t place, std::uint32_t target, Raw raw, std::uint32_t born) {
  if constexpr (counted) {
    synapses_[place] = {target, raw};
    born_[place] = born;
  } else {
    synapses_[place] = {target, born, raw};
  }
}

template <typename Raw>
void Synapses<Raw>::resize(std::size_t places) {
  // Doubling, as a vector does by itself, would leave half of it empty.
  if (places > synapses_.capacity()) {
    synapses_.reserve(places + places / 8);
    if constexpr (counted) born_.reserve(places + places / 8);
  }
  synapses_.resize(places);
  if constexpr (counted) born_.resize(places);
}

/// Where most places are empty, rows are moved together, each with some room. O(synapses), and seldom.
template <typename Raw>
void Synapses<Raw>::compact() {
  if (synapses_.size() <= 2 * count_ + 8 * rows_.size()) return;
  const auto old = *this;
  std::size_t end = 0;
  for (auto& row : rows_) {
    row.begin = end;
    row.room = row.count + row.count / 8 + 2;
    end += row.room;
  }
  synapses_ = std::vector<Synapse>(end);
  if constexpr (counted) born_ = std::vector<std::uint32_t>(end);
  for (std::size_t source = 0; source < rows_.size(); ++source) {
    for (std::size_t k = 0; k < rows_[source].count; ++k) {
      const auto& one = old.of(source)[k];
      put(rows_[source].begin + k, one.target, one.raw, old.born(source, k));
    }
  }
}

template <typename Raw>
bool Synapses<Raw>::change(std::size_t source, std::size_t k, double by, const Limits& limits) {
  auto& one = synapses_[rows_[source].begin + k];
  const double unit = counted ? quanta_[one.target] : 1;
  double next = static_cast<double>(one.raw) + by * unit;
  const bool bottom = next <= limits.prune * unit || (counted ? next < 0.5 : next < smallestWeight);
  if (bottom) {
    if (limits.floor <= 0) {
      erase(source, k);
      return true;
    }
    next = limits.floor * unit;
  }
  next = std::min(next, limits.cap * unit);
  if constexpr (counted) {
    const Raw raw = whole(next);
    sums_[one.target] += std::int64_t{raw} - one.raw;
    one.raw = raw;
  } else {
    one.raw = next;
  }
  return false;
}

template <typename Raw>
void Synapses<Raw>::erase(std::size_t source, std::size_t k) {
  auto& row = rows_[source];
  auto& gone = synapses_[row.begin + k];
  --fanIn_[gone.target];
  if constexpr (counted) sums_[gone.target] -= gone.raw;
  --row.count;
  move(row.begin + row.count, row.begin + k);
  --count_;
}

/// Rooms grow by half, so what rows leave behind stays below twice what is in use.
template <typename Raw>
void Synapses<Raw>::insert(std::size_t source, std::uint32_t target, double weight, std::uint32_t born) {
  assert(!has(source, target));
  auto& row = rows_[source];
  if (row.count == row.room) {
    const auto begin = synapses_.size();
    row.room += row.room / 2 + 2;
    resize(begin + row.room);
    for (std::size_t k = 0; k < row.count; ++k) move(row.begin + k, begin + k);
    row.begin = begin;
  }
  const Raw raw = rawOf(weight, target);
  put(row.begin + row.count, target, raw, born);
  ++row.count;
  ++fanIn_[target];
  ++count_;
  if constexpr (counted) sums_[target] += raw;
}

template <typename Raw>
void Synapses<Raw>::scale() {
  if constexpr (counted) {
    for (std::size_t target = 0; target < sums_.size(); ++target) {
      if (sums_[target] > 0) quanta_[target] = static_cast<double>(sums_[target]);
    }
  } else {
    std::ranges::fill(totals_, 0.0);
    for (std::size_t source = 0; source < rows_.size(); ++source) gather(source, totals_.data());
    for (const auto& row : rows_) {
      for (std::size_t k = row.begin; k < row.begin + row.count; ++k)
        synapses_[k].raw = std::max(synapses_[k].raw / totals_[synapses_[k].target], smallestWeight);
    }
  }
}

template <typename Raw>
void Synapses<Raw>::settle(double cap) {
  compact();
  if constexpr (counted) {
    const auto most = [&](std::size_t target) {
      return std::max(static_cast<double>(sums_[target]), cap * quanta_[target]);
    };
    bool all = true;
    for (std::size_t target = 0; target < quanta_.size(); ++target)
      all = all && most(target) >= coarsest && most(target) <= finest;
    if (all) return;
    // Powers of 2 for all of them, so that the next time is far off.
    std::vector<double> factors(quanta_.size());
    for (std::size_t target = 0; target < quanta_.size(); ++target) {
      factors[target] = std::scalbn(1.0, std::ilogb(wanted / most(target)));
      quanta_[target] *= factors[target];
      sums_[target] = 0;
    }
    for (const auto& row : rows_) {
      for (std::size_t k = row.begin; k < row.begin + row.count; ++k) {
        auto& one = synapses_[k];
        one.raw = whole(static_cast<double>(one.raw) * factors[one.target]);
        sums_[one.target] += one.raw;
      }
    }
  }
}

}  // namespace plexarium::sorn
