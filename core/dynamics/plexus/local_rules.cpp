#include "core/dynamics/plexus/local_rules.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace plexarium::plexus {
namespace {

constexpr std::size_t lanes = 8;
using Lanes = std::array<float, lanes>;

float sumOf(const Lanes& lane) {
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

float within(float value, float least, float most) { return std::min(std::max(value, least), most); }

/// The new weight and the wish for the source, from the source's potential and the weight, for all subscriptions.
template <typename Step, typename Wish>
void eachSource(Cells& cells, std::uint32_t row, const float* __restrict read, float* __restrict wish, Step step,
                Wish wishFor) {
  const auto sources = cells.subscriptions.sources(row);
  float* __restrict const weight = cells.subscriptions.weights(row).data();
  const std::size_t count = sources.size();
  for (std::size_t k = 0; k < count; ++k) {
    wish[k] = within(wishFor(read[k], weight[k]), 0, 1);
    weight[k] = within(weight[k] + step(read[k]), -largestWeight, largestWeight);
  }
  float* const desired = cells.desired.data();
  for (std::size_t k = 0; k < count; ++k) desired[sources[k]] = wish[k];
}

float slope(float potential) { return potential * (1 - potential); }

}  // namespace

float dot(const float* a, const float* b, std::size_t count) {
  Lanes lane{};
  std::size_t k = 0;
  for (; k + lanes <= count; k += lanes) {
    for (std::size_t one = 0; one < lanes; ++one) lane[one] += a[k + one] * b[k + one];
  }
  for (std::size_t one = 0; k < count; ++k, ++one) lane[one] += a[k] * b[k];
  return sumOf(lane);
}

float weightedSum(const float* potential, const std::uint32_t* source, const float* weight, std::size_t count,
                  float* __restrict read) {
  Lanes lane{};
  std::size_t k = 0;
  for (; k + lanes <= count; k += lanes) {
    Lanes now;
    for (std::size_t one = 0; one < lanes; ++one) now[one] = potential[source[k + one]];
    for (std::size_t one = 0; one < lanes; ++one) {
      read[k + one] = now[one];
      lane[one] += now[one] * weight[k + one];
    }
  }
  for (std::size_t one = 0; k < count; ++k, ++one) {
    read[k] = potential[source[k]];
    lane[one] += read[k] * weight[k];
  }
  return sumOf(lane);
}

bool learnLocally(const Settings& settings, Cells& cells, std::uint32_t row, float fade, const float* read, float* wish) {
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
      eachSource(
          cells, row, read, wish, [=](float source) { return signStep * slope(source); },
          [=](float source, float) { return source + sign * slope(source); });
      break;
    case Rule::SignRepaired:
      eachSource(
          cells, row, read, wish, [=](float source) { return signStep * source; },
          [=](float source, float weight) {
            const float side = static_cast<float>(weight > 0) - static_cast<float>(weight < 0);
            return source + sign * side * slope(source);
          });
      break;
    case Rule::Gradient:
    case Rule::Article: {
      const float gradient = error * slope(potential);
      const float blame = settings.gradientBlame * gradient;
      const float step = settings.gradientRate * gradient * plasticity;
      eachSource(
          cells, row, read, wish, [=](float source) { return step * source; },
          [=](float source, float weight) { return source + blame * weight; });
      break;
    }
  }
  return true;
}

}  // namespace plexarium::plexus
