#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>

#include "core/graph/ids.h"

namespace plexarium::ui {

/// Which ticks somebody has looked at: stretches in bounded memory, the oldest forgotten first. GUI thread.
class Coverage {
 public:
  static constexpr std::size_t most = 1 << 16;  ///< Stretches.

  /// Ticks from `first` to before `last`; some may have been added already.
  void add(Tick first, Tick last);
  /// What was at `tick` and later did not happen.
  void forgetFrom(Tick tick);
  void clear() { runs_.clear(); }

  [[nodiscard]] bool has(Tick tick) const { return firstGap(tick, tick + 1) > tick; }
  /// After the newest one; 0 where there is none.
  [[nodiscard]] Tick end() const { return runs_.empty() ? 0 : runs_.back().last; }
  /// The first tick from `from` on that nobody has looked at; `to` where that is not before `to`.
  [[nodiscard]] Tick firstGap(Tick from, Tick to) const;

  /// Calls visit(first, last) for the stretches from `from` to before `to` that nobody has looked at, in order.
  template <typename Visit>
  void eachGap(Tick from, Tick to, Visit visit) const {
    for (auto run = after(from); from < to; ++run) {
      const bool ends = run == runs_.end();
      const Tick last = ends ? to : std::min(to, run->first);
      if (from < last) visit(from, last);
      if (ends) return;
      from = std::max(from, run->last);
    }
  }

 private:
  struct Run {
    Tick first = 0;
    Tick last = 0;
  };
  /// The first run that ends after `tick`.
  [[nodiscard]] std::deque<Run>::const_iterator after(Tick tick) const {
    return std::upper_bound(runs_.begin(), runs_.end(), tick, [](Tick at, const Run& run) { return at < run.last; });
  }

  std::deque<Run> runs_;  ///< In order, with gaps between them.
};

}  // namespace plexarium::ui
