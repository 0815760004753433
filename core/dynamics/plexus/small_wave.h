#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/dynamics/plexus/cells.h"
#include "core/dynamics/plexus/draws.h"

namespace plexarium::plexus {

/// Who fires when in a wave of one of the smallest networks, whose neurons are bits: who comes next is an OR of readers.
/// Works on cells.dense and cells.firesInWave.
class SmallWave {
 public:
  /// Whether there are as few neurons as this takes: a row of their matrix is as short as rows get.
  static bool takes(const Cells& cells) { return cells.dense && cells.dense->stride() == DenseRows::leastStride; }

  /// `queue`: rows that fire next, ascending. `generations`: at most so many of them, of which the first has this `number`,
  /// in random orders of this `orderKey`. `room`: for all members of these generations and the motor neurons. `begun`:
  /// somebody has fired in this wave.
  SmallWave(Cells& cells, std::span<const std::uint32_t> queue, std::uint64_t orderKey, std::uint64_t number,
            std::size_t generations, bool begun, std::uint32_t* room)
      : motors_(cells.motors),
        readers_(cells.dense->readers(0).data()),
        mostFires_(cells.mostFires.data()),
        fires_(cells.firesInWave.data()),
        inner_(cells.inner.empty() ? 0 : cells.inner.front()),
        orderKey_(orderKey),
        number_(number),
        generations_(generations),
        end_(room) {
    for (const auto row : queue) queue_ |= bit(row);
    for (std::uint32_t row = 0; begun && row < cells.count(); ++row) spent_ |= fires_[row] >= mostFires_[row] ? bit(row) : 0;
  }

  /// The next generation in its random order; when there is none any more, the motor neurons; then nobody.
  [[gnu::always_inline]] std::span<const std::uint32_t> next() {
    std::uint32_t* const first = end_;
    if (queue_ != 0 && generations_ > 0) {
      --generations_;
      fireQueue();
      const auto count = static_cast<std::uint32_t>(end_ - first);
      Draws(orderKey_, number_++).shuffle(first, count);
    } else if (queue_ == 0 && !over_) {
      over_ = true;
      for (const auto row : motors_) {
        ++fires_[row];
        *end_++ = row;
      }
    }
    return {first, end_};
  }

  /// Rows of the next generation, as bits: after the last one that was asked for.
  [[nodiscard]] std::uint64_t queue() const { return queue_; }
  [[nodiscard]] std::uint64_t number() const { return number_; }
  /// Where the room ends that has been used.
  [[nodiscard]] const std::uint32_t* end() const { return end_; }

 private:
  static std::uint64_t bit(std::uint32_t row) { return std::uint64_t{1} << row; }

  /// Everybody in the queue to the end of the order, and into the queue whom they reach.
  [[gnu::always_inline]] void fireQueue() {
    std::uint64_t reached = 0;
    for (auto rest = queue_; rest != 0; rest &= rest - 1) {
      const auto row = static_cast<std::uint32_t>(std::countr_zero(rest));
      *end_++ = row;
      reached |= readers_[row];
      spent_ |= ++fires_[row] >= mostFires_[row] ? bit(row) : 0;
    }
    queue_ = reached & inner_ & ~spent_;
  }

  std::span<const std::uint32_t> motors_;
  const std::uint64_t* readers_;
  const std::int32_t* mostFires_;
  std::int32_t* fires_;
  std::uint64_t inner_;
  std::uint64_t orderKey_;
  std::uint64_t number_;
  std::size_t generations_;
  std::uint32_t* end_;
  std::uint64_t queue_ = 0;
  std::uint64_t spent_ = 0;  ///< Who may not fire again in this wave.
  bool over_ = false;
};

}  // namespace plexarium::plexus
