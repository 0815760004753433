#include "ui/plots/coverage.h"

namespace plexarium::ui {

void Coverage::add(Tick first, Tick last) {
  if (first >= last) return;
  auto begin = std::lower_bound(runs_.begin(), runs_.end(), first, [](const Run& run, Tick at) { return run.last < at; });
  auto end = begin;
  for (; end != runs_.end() && end->first <= last; ++end) {
    first = std::min(first, end->first);
    last = std::max(last, end->last);
  }
  runs_.insert(runs_.erase(begin, end), {first, last});
  if (runs_.size() > most) runs_.pop_front();
}

void Coverage::forgetFrom(Tick tick) {
  while (!runs_.empty() && runs_.back().first >= tick) runs_.pop_back();
  if (!runs_.empty()) runs_.back().last = std::min(runs_.back().last, tick);
}

Tick Coverage::firstGap(Tick from, Tick to) const {
  const auto run = after(from);
  return run == runs_.end() || run->first > from ? std::min(from, to) : std::min(run->last, to);
}

}  // namespace plexarium::ui
