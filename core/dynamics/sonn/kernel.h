#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace plexarium::sonn {

/// Samples that are looked at together. A receptor's word has one bit for each: was it on?
inline constexpr std::size_t laneCount = 64;

/// The bits of the first so many samples.
constexpr std::uint64_t lowestLanes(std::uint32_t count) {
  return count >= laneCount ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

/// Potentials at which something happens; 16 bits hold every potential (see largestSum).
struct Window {
  std::int16_t threshold = 3500;  ///< From here on a neuron spikes.
  std::int16_t low = 2000;        ///< From here to `high` it learns.
  std::int16_t high = 5000;
};

/// The connections of one neuron among all: `count` in use of `room`.
struct SlotRow {
  std::uint32_t begin = 0;
  std::uint32_t count = 0;
  std::uint32_t room = 0;
};

/// All connections, by neuron.
struct SlotTable {
  std::span<const SlotRow> rows;
  std::span<const std::uint32_t> receptor;
  std::span<const std::int16_t> weight;
};

enum class Instructions : std::uint8_t { Baseline, Avx2, Avx512 };
Instructions widestInstructions();

/// What every neuron makes of 64 samples: one word a neuron of who spiked and who may learn. Whole numbers only, so all
/// instruction sets and orders of connections agree.
class Evaluator {
 public:
  explicit Evaluator(Instructions instructions = widestInstructions()) : instructions_(instructions) {}
  /// `words`: one a receptor. `spiked`, `near`: one a neuron. Only the lowest `lanes` bits are looked at, and others of the
  /// results mean nothing: few samples are quicker than many.
  /// `kinds` (one a neuron; empty: all) picks out those of one `kind`; what is told of the others stays as it was.
  void evaluate(const SlotTable& table, std::span<const std::uint64_t> words, Window window, std::span<std::uint64_t> spiked,
                std::span<std::uint64_t> near, std::size_t lanes = laneCount, std::span<const std::uint8_t> kinds = {},
                std::uint8_t kind = 0);

 private:
  Instructions instructions_;
  std::vector<std::int16_t> masks_;  ///< Per receptor 64 times 0 or -1, where words cannot be used as masks.
};

/// weight += strengthen * (samples of `plus` in which its receptor was on) - weaken * (those of `minus`), within +-cap.
void reinforce(std::span<const std::uint64_t> words, std::uint64_t plus, std::uint64_t minus, int strengthen, int weaken,
               int cap, std::span<const std::uint32_t> receptor, std::span<std::int16_t> weight);

/// Turns a square of bits over: bit c of rows[r] becomes bit r of rows[c].
void transpose(std::span<std::uint64_t, 64> rows);

/// Adds bits up by lane: how many of the words that were added have the lane's bit. At most 2^20 words.
class LaneCounter {
 public:
  /// The words with these numbers, eight at a time by full adders (Harley and Seal's way to count bits).
  void add(std::span<const std::uint64_t> words, std::span<const std::uint32_t> numbers) {
    std::size_t k = 0;
    for (; k + 8 <= numbers.size(); k += 8) {
      const auto fours = [&](std::size_t at) {
        const auto twos = carry(planes_[0], words[numbers[at]], words[numbers[at + 1]]);
        return carry(planes_[1], twos, carry(planes_[0], words[numbers[at + 2]], words[numbers[at + 3]]));
      };
      const auto four = fours(k);
      add(carry(planes_[2], four, fours(k + 4)), 3);
    }
    for (; k < numbers.size(); ++k) add(words[numbers[k]], 0);
  }
  [[nodiscard]] std::uint32_t count(std::size_t lane) const {
    std::uint32_t sum = 0;
    for (std::size_t k = 0; k < 21; ++k) sum |= static_cast<std::uint32_t>(planes_[k] >> lane & 1U) << k;
    return sum;
  }

 private:
  /// Adds both to `plane`; what is too much for it.
  static std::uint64_t carry(std::uint64_t& plane, std::uint64_t one, std::uint64_t other) {
    const auto half = plane ^ one;
    const auto over = (plane & one) | (half & other);
    plane = half ^ other;
    return over;
  }
  void add(std::uint64_t word, std::size_t plane) {
    for (; word != 0; ++plane) {
      const auto over = planes_[plane] & word;
      planes_[plane] ^= word;
      word = over;
    }
  }

  std::uint64_t planes_[21] = {};
};

}  // namespace plexarium::sonn
