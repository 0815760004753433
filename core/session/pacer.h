#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "core/graph/ids.h"

namespace plexarium {

using Clock = std::chrono::steady_clock;

/// Says when ticks are due at a wanted pace. What cannot be kept up with is owed for at most a tenth of a second.
class Pacer {
 public:
  /// Ticks per second; 0: unlimited. The next tick comes one new period after the last one.
  void setPace(double ticksPerSecond, Clock::time_point now);
  [[nodiscard]] double pace() const { return pace_; }
  /// From now on, the first tick at once.
  void restart(Clock::time_point now);
  /// How many ticks are due; "very many" when unlimited.
  [[nodiscard]] Tick due(Clock::time_point now) const;
  /// When to look again, none being due: at the next tick, but not more often than a thousand times a second.
  [[nodiscard]] Clock::time_point next(Clock::time_point now) const;
  /// `ticks` were done, the last one just `now`.
  void done(Tick ticks, Clock::time_point now);

 private:
  [[nodiscard]] double elapsed(Clock::time_point now) const { return std::chrono::duration<double>(now - anchor_).count(); }

  double pace_ = 0;
  Clock::time_point anchor_;
  double next_ = 0;  ///< Seconds from the anchor to the next tick that is due.
};

/// Measures ticks per second over about the last half second, or over the last tick where that took longer.
class RateMeter {
 public:
  void restart(Clock::time_point now);
  void done(Tick ticks, Clock::time_point now);
  /// 0 until the first tick is done.
  [[nodiscard]] double rate() const;

 private:
  struct Sample {
    Clock::time_point time;
    Tick ticks = 0;
  };
  static constexpr std::size_t samples = 16;
  static constexpr std::chrono::milliseconds window{500};

  std::array<Sample, samples> ring_;
  std::size_t count_ = 0;  ///< Samples since the restart; the newest stands at (count_ - 1) % samples.
  Sample last_;
};

}  // namespace plexarium
