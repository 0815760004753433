#include "core/dynamics/plexus/local_rules.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <type_traits>

#if defined(__SSE__)
#include <xmmintrin.h>
#endif

namespace plexarium::plexus {
namespace {

constexpr std::size_t lanes = 8;
// The compilers' own vectors: whatever registers there are, the lanes and so the bits are the same.
using Lanes [[gnu::vector_size(lanes * sizeof(float))]] = float;

[[gnu::always_inline]] inline void load(Lanes& lane, const float* from) { std::memcpy(&lane, from, sizeof lane); }
[[gnu::always_inline]] inline void store(const Lanes& lane, float* to) { std::memcpy(to, &lane, sizeof lane); }

[[gnu::always_inline]] inline void gather(Lanes& lane, const float* from, const std::uint32_t* index) {
  lane = Lanes{from[index[0]], from[index[1]], from[index[2]], from[index[3]],
               from[index[4]], from[index[5]], from[index[6]], from[index[7]]};
}

[[gnu::always_inline]] inline float sumOf(const Lanes& lane) {
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

[[gnu::always_inline]] inline float within(float value, float least, float most) {
  return std::min(std::max(value, least), most);
}

/// Conditions of vectors become masks, which is all that this needs.
[[gnu::always_inline]] inline void keepWithin(Lanes& value, float least, float most) {
#if defined(__SSE__)
  constexpr std::size_t half = lanes / 2;
  for (std::size_t first = 0; first < lanes; first += half) {
    __m128 four;
    std::memcpy(&four, reinterpret_cast<const char*>(&value) + first * sizeof(float), sizeof four);
    four = _mm_min_ps(_mm_max_ps(four, _mm_set1_ps(least)), _mm_set1_ps(most));
    std::memcpy(reinterpret_cast<char*>(&value) + first * sizeof(float), &four, sizeof four);
  }
#else
  for (std::size_t one = 0; one < lanes; ++one) value[one] = within(value[one], least, most);
#endif
}

float slope(float potential) { return potential * (1 - potential); }

/// -1, 0 or 1
[[gnu::always_inline]] inline void signOf(float value, float& sign) {
  sign = static_cast<float>(value > 0) - static_cast<float>(value < 0);
}
[[gnu::always_inline]] inline void signOf(const Lanes& value, Lanes& sign) {
  sign = __builtin_convertvector((value < 0) - (value > 0), Lanes);  // true is -1 here
}

/// The new weight and the wish for the source, from the source's potential and the weight, for all subscriptions. `Part`
/// computes both for a float or for lanes of them.
template <typename Part>
void eachSource(Cells& cells, std::uint32_t row, const float* read, Part part) {
  const auto sources = cells.subscriptions.sources(row);
  const std::uint32_t* const source = sources.data();
  float* const weight = cells.subscriptions.weights(row).data();
  float* const desired = cells.desired.data();
  std::size_t k = 0;
  for (; k + lanes <= sources.size(); k += lanes) {
    Lanes potential;
    Lanes now;
    Lanes wish;
    load(potential, read + k);
    load(now, weight + k);
    part(potential, now, wish);
    keepWithin(now, -largestWeight, largestWeight);
    keepWithin(wish, 0, 1);
    store(now, weight + k);
    for (std::size_t one = 0; one < lanes; ++one) desired[source[k + one]] = wish[one];
  }
  for (; k < sources.size(); ++k) {
    float wish = 0;
    part(read[k], weight[k], wish);
    weight[k] = within(weight[k], -largestWeight, largestWeight);
    desired[source[k]] = within(wish, 0, 1);
  }
}

}  // namespace

float dot(const float* a, const float* b, std::size_t count) {
  Lanes sum{};
  std::size_t k = 0;
  for (; k + lanes <= count; k += lanes) {
    Lanes one;
    Lanes other;
    load(one, a + k);
    load(other, b + k);
    sum += one * other;
  }
  for (std::size_t one = 0; k < count; ++k, ++one) sum[one] += a[k] * b[k];
  return sumOf(sum);
}

float weightedSum(const float* potential, const std::uint32_t* source, const float* weight, std::size_t count, float* read) {
  Lanes sum{};
  std::size_t k = 0;
  for (; k + lanes <= count; k += lanes) {
    Lanes now;
    Lanes times;
    gather(now, potential, source + k);
    load(times, weight + k);
    store(now, read + k);
    sum += now * times;
  }
  for (std::size_t one = 0; k < count; ++k, ++one) {
    read[k] = potential[source[k]];
    sum[one] += read[k] * weight[k];
  }
  return sumOf(sum);
}

bool learnLocally(const Settings& settings, Cells& cells, std::uint32_t row, float fade, const float* read) {
  const float potential = cells.potential[row];
  const float error = cells.desired[row] - potential;
  cells.loss[row] = std::abs(error);
  if (error == 0) {
    cells.desired[row] = noDesire;
    return false;
  }
  const float sign = error > 0 ? 1.0F : -1.0F;
  const float plasticity = cells.plasticity[row];
  const float signStep = sign * error * error * fade * settings.signRate * plasticity;
  switch (settings.rule) {
    case Rule::Sign:
      eachSource(cells, row, read, [=](const auto& source, auto& weight, auto& wish) {
        const auto steepness = source * (1 - source);
        wish = source + sign * steepness;
        weight += signStep * steepness;
      });
      break;
    case Rule::SignRepaired:
      eachSource(cells, row, read, [=](const auto& source, auto& weight, auto& wish) {
        const auto towards = sign * (source * (1 - source));
        std::decay_t<decltype(wish)> side;
        signOf(weight, side);
        wish = source + side * towards;
        weight += signStep * source;
      });
      break;
    case Rule::Gradient:
    case Rule::Article: {
      const float gradient = error * slope(potential);
      const float blame = settings.gradientBlame * gradient;
      const float step = settings.gradientRate * gradient * plasticity;
      eachSource(cells, row, read, [=](const auto& source, auto& weight, auto& wish) {
        wish = source + blame * weight;
        weight += step * source;
      });
      break;
    }
  }
  return true;
}

}  // namespace plexarium::plexus
