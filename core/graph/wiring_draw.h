#pragma once

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "core/random.h"

namespace plexarium {

/// The random numbers of one wiring, one after the other. Part of wiring.cpp.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : stream_(seed, 0x57495245U) {}

  /// Uniform in [0, 1), 53 bits.
  double uniform() {
    const auto high = std::uint64_t{stream_.bits(next_, 0)};
    const auto low = std::uint64_t{stream_.bits(next_, 1)};
    ++next_;
    return static_cast<double>((high << 21) ^ (low >> 11)) * 0x1p-53;
  }
  std::uint32_t below(std::uint32_t bound) { return stream_.below(bound, next_++); }

  /// How many independent trials fail before the first success (geometric distribution, by inversion); at most 2^62.
  std::uint64_t failuresBefore(double probability) {
    if (probability >= 1) return 0;
    constexpr double most = 0x1p62;
    if (probability <= 0) return static_cast<std::uint64_t>(most);
    return static_cast<std::uint64_t>(std::min(most, std::log1p(-uniform()) / std::log1p(-probability)));
  }

 private:
  RandomStream stream_;
  std::uint64_t next_ = 0;
};

/// Draws distinct numbers below `size`, evenly, in time that goes with how many are drawn.
class DistinctDraw {
 public:
  explicit DistinctDraw(std::size_t size) : size_(static_cast<std::uint32_t>(size)), mark_(size, 0) {}

  /// `count` distinct numbers, ascending, none in `excluded` (ascending, unique). Valid until the next call.
  /// Source: Floyd's sampling without replacement (Bentley, "Programming pearls", CACM 30(9), 1987).
  std::span<const std::uint32_t> operator()(std::size_t count, std::span<const std::uint32_t> excluded, Draws& draws) {
    const auto available = size_ - static_cast<std::uint32_t>(excluded.size());
    assert(count <= available);
    ++round_;
    drawn_.clear();
    for (auto last = available - static_cast<std::uint32_t>(count); last < available; ++last) {
      auto rank = draws.below(last + 1);
      if (mark_[rank] == round_) rank = last;
      mark_[rank] = round_;
      drawn_.push_back(rank);
    }
    std::ranges::sort(drawn_);
    // From ranks among what is available to numbers: each excluded one before it moves a number up by one.
    std::uint32_t skipped = 0;
    for (auto& number : drawn_) {
      while (skipped < excluded.size() && excluded[skipped] <= number + skipped) ++skipped;
      number += skipped;
    }
    return drawn_;
  }

 private:
  std::uint32_t size_;
  std::uint32_t round_ = 0;
  std::vector<std::uint32_t> mark_;  ///< Round in which a rank was last drawn.
  std::vector<std::uint32_t> drawn_;
};

}  // namespace plexarium
