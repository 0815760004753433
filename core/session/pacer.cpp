#include "core/session/pacer.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plexarium {
namespace {

constexpr double longestDebt = 0.1;  // seconds
constexpr double shortestWait = 1e-3;

}  // namespace

void Pacer::setPace(double ticksPerSecond, Clock::time_point now) {
  const double oldPeriod = pace_ > 0 ? 1 / pace_ : 0;
  const double newPeriod = ticksPerSecond > 0 ? 1 / ticksPerSecond : 0;
  next_ = std::max(next_ - oldPeriod + newPeriod, elapsed(now) - longestDebt);
  pace_ = ticksPerSecond;
}

void Pacer::restart(Clock::time_point now) {
  anchor_ = now;
  next_ = 0;
}

Tick Pacer::due(Clock::time_point now) const {
  constexpr double most = 1e15;
  if (pace_ == 0) return static_cast<Tick>(most);
  const double late = elapsed(now) - next_;
  return late < 0 ? 0 : static_cast<Tick>(std::min(most, std::floor(late * pace_) + 1));
}

Clock::time_point Pacer::next(Clock::time_point now) const {
  const double wait = std::max(next_ - elapsed(now), 1 / pace_ < shortestWait ? shortestWait : 0.0);
  constexpr double longest = 3600;  // keeps the sum within the clock's range; looking again costs nothing
  return now + std::chrono::ceil<Clock::duration>(std::chrono::duration<double>(std::min(wait, longest)));
}

void Pacer::done(Tick ticks, Clock::time_point now) {
  const double time = elapsed(now);
  if (pace_ == 0) {
    next_ = time;
  } else {
    next_ = std::max(next_ + static_cast<double>(ticks) / pace_, time - longestDebt);
  }
}

void RateMeter::restart(Clock::time_point now) {
  last_ = {now, 0};
  ring_[0] = last_;
  count_ = 1;
}

void RateMeter::done(Tick ticks, Clock::time_point now) {
  const auto& newest = ring_[(count_ - 1) % samples];
  // The sample before this tick is kept whenever the tick was long, so that a slow network shows the pace of its last tick.
  if (last_.ticks > newest.ticks && now - newest.time >= window / (samples - 2)) ring_[count_++ % samples] = last_;
  last_ = {now, last_.ticks + ticks};
}

double RateMeter::rate() const {
  if (count_ == 0 || last_.ticks == 0) return 0;
  const auto oldest = count_ > samples ? count_ - samples : 0;
  auto index = count_ - 1;
  while (index > oldest && last_.time - ring_[(index - 1) % samples].time <= window) --index;
  const auto& from = ring_[index % samples];
  const double seconds = std::chrono::duration<double>(last_.time - from.time).count();
  return seconds > 0 ? static_cast<double>(last_.ticks - from.ticks) / seconds : 0;
}

}  // namespace plexarium
