#include "ui/canvas/activity.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace plexarium::ui {
namespace {

constexpr double fadeSeconds = 0.9;  // at a slow pace
constexpr double fewestTicks = 4;    // a path is several ticks long
constexpr double mostTicks = 20;     // at a fast pace
constexpr double smoothRate = 40;    // ticks per second from which on each frame has a tick of its own

}  // namespace

void Activity::reset() { *this = Activity(); }

void Activity::adopt(const Snapshot& snapshot, double seconds) {
  seconds_ = seconds;
  rate_ = !snapshot.running ? 0 : snapshot.achievedRate > 0 ? snapshot.achievedRate : snapshot.pace;
  if (rate_ > 0) fadeTicks_ = std::clamp(fadeSeconds * rate_, fewestTicks, mostTicks);
  if (snapshot.tick == tick_) return;
  const std::vector<float>& progress = snapshot.appearance.progress;
  const bool sameRows = std::exchange(rows_, snapshot.graph.ids) == snapshot.graph.ids;
  if (rate_ > 0 && rate_ < smoothRate && snapshot.tick == tick_ + 1 && sameRows && !previous_.empty()) {
    advance_.resize(progress.size());
    for (std::size_t row = 0; row < progress.size(); ++row) {
      const bool onItsWay = previous_[row] >= 0 && progress[row] > previous_[row];
      advance_[row] = onItsWay ? progress[row] - previous_[row] : 0;
    }
  } else {
    advance_.clear();
  }
  if (rate_ < smoothRate) {
    previous_ = progress;
  } else {
    previous_.clear();
  }
  tick_ = snapshot.tick;
  tickSeen_ = seconds;
}

double Activity::fraction() const {
  if (rate_ <= 0 || rate_ >= smoothRate) return 0;
  return std::clamp((seconds_ - tickSeen_) * rate_, 0.0, 1.0);
}

float Activity::glow(Tick happened) const {
  if (happened == never) return 0;
  // What the last tick did is stamped with the tick's number, one less than the number of ticks done.
  const double age = std::max(0.0, static_cast<double>(tick_ - 1 - happened)) + fraction();
  if (age >= fadeTicks_) return 0;
  const double rest = 1 - age / fadeTicks_;
  return static_cast<float>(rest * rest);
}

Tick Activity::litSince(float least) const {
  const double longest = fadeTicks_ * (1 - std::sqrt(static_cast<double>(least))) - fraction();
  return std::max<Tick>(never + 1, tick_ - 1 - static_cast<Tick>(std::floor(longest)));
}

float Activity::progress(std::size_t row, const std::vector<float>& published) const {
  const float now = published[row];
  if (now < 0 || row >= advance_.size()) return now;
  return std::min(1.0F, now + advance_[row] * static_cast<float>(fraction()));
}

bool Activity::moves() const { return rate_ > 0 && rate_ < smoothRate; }

}  // namespace plexarium::ui
