#include "core/dynamics/sonn/kernel.h"

#include <algorithm>
#include <bit>
#include <memory>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace plexarium::sonn {
namespace {

struct Work {
  const SlotTable& slots;
  const std::uint64_t* words;
  const std::int16_t* masks;
  Window window;
  std::uint64_t* spiked;
  std::uint64_t* near;
  std::size_t lanes;
  const std::uint8_t* kinds;  ///< Null: all neurons.
  std::uint8_t kind;

  [[nodiscard]] bool leavesOut(std::size_t cell) const { return kinds != nullptr && kinds[cell] != kind; }
};

constexpr std::size_t partCount = 4;
using Part = std::int16_t __attribute__((vector_size(2 * laneCount / partCount)));  // sixteen lanes

/// One bit for each lane that is not 0.
[[gnu::always_inline]] inline std::uint64_t bitsOf(const Part& lanes) {
  std::uint64_t bits = 0;
#if defined(__x86_64__)
  __m128i halves[2];
  __builtin_memcpy(halves, &lanes, sizeof lanes);
  bits = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(halves[0], halves[1])));
#else
  for (int lane = 0; lane < 16; ++lane) bits |= std::uint64_t{lanes[lane] != 0} << lane;
#endif
  return bits;
}

/// A receptor's mask is 0 or -1 in each lane: and-ing it with the weight adds the weight where the receptor is on.
template <std::size_t parts>
[[gnu::always_inline]] inline void evaluateParts(const Work& work) {
  for (std::size_t cell = 0; cell < work.slots.rows.size(); ++cell) {
    if (work.leavesOut(cell)) continue;
    const auto row = work.slots.rows[cell];
    Part sum[parts] = {};
    for (std::uint32_t k = row.begin; k < row.begin + row.count; ++k) {
      const auto* mask = reinterpret_cast<const Part*>(work.masks + std::size_t{work.slots.receptor[k]} * laneCount);
      const Part weight = Part{} + work.slots.weight[k];
      for (std::size_t part = 0; part < parts; ++part) sum[part] += mask[part] & weight;
    }
    std::uint64_t spiked = 0;
    std::uint64_t near = 0;
    for (std::size_t part = 0; part < parts; ++part) {
      const auto& lanes = sum[part];
      const auto shift = part * laneCount / partCount;
      spiked |= bitsOf(lanes >= work.window.threshold) << shift;
      near |= bitsOf((lanes >= work.window.low) & (lanes <= work.window.high)) << shift;
    }
    work.spiked[cell] = spiked;
    work.near[cell] = near;
  }
}

[[gnu::always_inline]] inline void evaluateLanes(const Work& work) {
  if (work.lanes <= laneCount / partCount) return evaluateParts<1>(work);
  work.lanes <= laneCount / 2 ? evaluateParts<2>(work) : evaluateParts<partCount>(work);
}

void evaluateBaseline(const Work& work) { evaluateLanes(work); }

#if defined(__x86_64__)
[[gnu::target("avx2")]] void evaluateAvx2(const Work& work) { evaluateLanes(work); }

/// By way of whole registers: where few are free, g++ 12 reads a mask of 32 bits that it has put aside as one of 64.
[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline std::uint64_t joined(__mmask32 low, __mmask32 high) {
  return std::uint64_t{_cvtmask32_u32(low)} | std::uint64_t{_cvtmask32_u32(high)} << 32U;
}

template <bool allLanes>
[[gnu::target("avx512f,avx512bw")]] void evaluateAvx512(const Work& work) {
  const auto threshold = _mm512_set1_epi16(work.window.threshold);
  const auto low = _mm512_set1_epi16(work.window.low);
  const auto high = _mm512_set1_epi16(work.window.high);
  const auto* receptor = work.slots.receptor.data();
  const auto* weights = work.slots.weight.data();
  for (std::size_t cell = 0; cell < work.slots.rows.size(); ++cell) {
    if (work.leavesOut(cell)) continue;
    const auto row = work.slots.rows[cell];
    auto first = _mm512_setzero_si512();
    auto second = _mm512_setzero_si512();
    for (std::uint32_t k = row.begin; k < row.begin + row.count; ++k) {
      const auto word = work.words[receptor[k]];
      const auto weight = _mm512_set1_epi16(weights[k]);
      first = _mm512_mask_add_epi16(first, static_cast<__mmask32>(word), first, weight);
      if constexpr (allLanes) second = _mm512_mask_add_epi16(second, static_cast<__mmask32>(word >> 32U), second, weight);
    }
    work.spiked[cell] = joined(_mm512_cmpge_epi16_mask(first, threshold), _mm512_cmpge_epi16_mask(second, threshold));
    work.near[cell] = joined(_mm512_cmpge_epi16_mask(first, low) & _mm512_cmple_epi16_mask(first, high),
                             _mm512_cmpge_epi16_mask(second, low) & _mm512_cmple_epi16_mask(second, high));
  }
}
#endif

[[gnu::always_inline]] inline void reinforceAll(const std::uint64_t* words, std::uint64_t plus, std::uint64_t minus,
                                                int strengthen, int weaken, int cap, std::span<const std::uint32_t> receptor,
                                                std::span<std::int16_t> weight) {
  for (std::size_t k = 0; k < weight.size(); ++k) {
    const auto word = words[receptor[k]];
    const int changed = weight[k] + strengthen * std::popcount(word & plus) - weaken * std::popcount(word & minus);
    weight[k] = static_cast<std::int16_t>(std::clamp(changed, -cap, cap));
  }
}

#if defined(__x86_64__)
[[gnu::target("popcnt")]] void reinforcePopcnt(const std::uint64_t* words, std::uint64_t plus, std::uint64_t minus,
                                               int strengthen, int weaken, int cap, std::span<const std::uint32_t> receptor,
                                               std::span<std::int16_t> weight) {
  reinforceAll(words, plus, minus, strengthen, weaken, cap, receptor, weight);
}
#endif

}  // namespace

Instructions widestInstructions() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")) return Instructions::Avx512;
  if (__builtin_cpu_supports("avx2")) return Instructions::Avx2;
#endif
  return Instructions::Baseline;
}

void Evaluator::evaluate(const SlotTable& slots, std::span<const std::uint64_t> words, Window window,
                         std::span<std::uint64_t> spiked, std::span<std::uint64_t> near, std::size_t lanes,
                         std::span<const std::uint8_t> kinds, std::uint8_t kind) {
  Work work{slots, words.data(), nullptr, window, spiked.data(), near.data(), lanes, kinds.data(), kind};
#if defined(__x86_64__)
  if (instructions_ == Instructions::Avx512)
    return lanes <= laneCount / 2 ? evaluateAvx512<false>(work) : evaluateAvx512<true>(work);
#endif
  masks_.resize((words.size() + 1) * laneCount);
  void* place = masks_.data();
  std::size_t room = masks_.size() * sizeof(std::int16_t);
  auto* masks = static_cast<std::int16_t*>(std::align(sizeof(Part), words.size() * laneCount * 2, place, room));
  for (std::size_t receptor = 0; receptor < words.size(); ++receptor) {
    for (std::size_t lane = 0; lane < lanes; ++lane)
      masks[receptor * laneCount + lane] = static_cast<std::int16_t>(-static_cast<int>(words[receptor] >> lane & 1U));
  }
  work.masks = masks;
#if defined(__x86_64__)
  if (instructions_ == Instructions::Avx2) return evaluateAvx2(work);
#endif
  evaluateBaseline(work);
}

void reinforce(std::span<const std::uint64_t> words, std::uint64_t plus, std::uint64_t minus, int strengthen, int weaken,
               int cap, std::span<const std::uint32_t> receptor, std::span<std::int16_t> weight) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("popcnt"))
    return reinforcePopcnt(words.data(), plus, minus, strengthen, weaken, cap, receptor, weight);
#endif
  reinforceAll(words.data(), plus, minus, strengthen, weaken, cap, receptor, weight);
}

void transpose(std::span<std::uint64_t, 64> rows) {
  std::uint64_t mask = 0x00000000ffffffffU;
  for (std::size_t width = 32; width > 0; width /= 2, mask ^= mask << width) {
    for (std::size_t row = 0; row < 64; row = ((row | width) + 1) & ~width) {
      const auto swapped = ((rows[row] >> width) ^ rows[row | width]) & mask;
      rows[row] ^= swapped << width;
      rows[row | width] ^= swapped;
    }
  }
}

}  // namespace plexarium::sonn
