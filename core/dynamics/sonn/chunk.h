#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/dynamics/dynamics.h"
#include "core/dynamics/sonn/kernel.h"

namespace plexarium::sonn {

/// Consecutive samples that are looked at together: those with a target in the lowest lanes, the others above them, so that
/// exams in between cost no look of their own. Both kinds are in order of time.
struct Chunk {
  Tick first = 0;
  std::uint32_t count = 0;
  std::uint32_t taught = 0;  ///< Those with a target.
  std::array<std::uint8_t, laneCount> lane{};
  std::array<std::uint8_t, laneCount> time{};     ///< By lane: which of the samples it is.
  std::array<std::uint32_t, laneCount> wanted{};  ///< By lane.

  /// From `begin` on, as many as there is room for: no more after the one that is the `room`-th with a target.
  static Chunk of(const Lessons& lessons, std::size_t begin, std::size_t room) {
    Chunk chunk;
    const auto most = std::min(lessons.ticks - begin, laneCount);
    while (chunk.count < most && chunk.taught < room)
      chunk.taught += lessons.wanted[begin + chunk.count++] != noWish ? 1 : 0;
    std::uint32_t next[2] = {chunk.taught, 0};
    for (std::uint32_t k = 0; k < chunk.count; ++k) {
      const auto wanted = lessons.wanted[begin + k];
      const auto lane = next[wanted != noWish ? 1 : 0]++;
      chunk.lane[k] = static_cast<std::uint8_t>(lane);
      chunk.time[lane] = static_cast<std::uint8_t>(k);
      chunk.wanted[lane] = static_cast<std::uint32_t>(wanted);
    }
    return chunk;
  }

  [[nodiscard]] std::uint32_t lastLane() const { return lane[count - 1]; }
  /// The latest tick of those whose bits are set; some are.
  [[nodiscard]] Tick latest(std::uint64_t lanes) const {
    const auto ofTaught = lanes & lowestLanes(taught);
    const auto ofOthers = lanes & ~lowestLanes(taught);
    const auto timeOf = [&](std::uint64_t some) -> int {
      return some == 0 ? 0 : time[static_cast<std::size_t>(63 - std::countl_zero(some))];
    };
    return first + std::max(timeOf(ofTaught), timeOf(ofOthers));
  }
};

}  // namespace plexarium::sonn
