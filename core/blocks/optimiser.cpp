#include "core/blocks/optimiser.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/elementary.h"

namespace plexarium::blocks {
namespace {

constexpr float adamSpread = 0.999F;  // of what was before, in the mean square
constexpr float adamLeast = 1e-8F;

/// The slope by what is stepped in.
float stepSlope(const Parameter& parameter, std::size_t k, float decay) {
  const float value = parameter.values[k];
  const float slope = parameter.slopes[k];
  switch (parameter.rule) {
    case Rule::Plain:
      return slope;
    case Rule::Decays:
      return slope + decay * value;
    case Rule::Share:
      return slope * value * (1 - value);
    case Rule::Factor:
      return slope * value;
  }
  return slope;
}

/// What is beyond is no sum that has been learnt from, but one that has run away.
constexpr float largestValue = 1e9F;
bool isSane(float slope) { return std::abs(slope) < 1e15F; }

/// A step of the value's logit or logarithm is worked out on the value itself, so that it needs no second number beside it.
float stepped(Rule rule, float value, float step) {
  if (rule == Rule::Plain || rule == Rule::Decays) return std::clamp(value + step, -largestValue, largestValue);
  const double times = exponential(double{step});
  if (rule == Rule::Factor) return std::min(largestFactor, static_cast<float>(double{value} * times));
  return static_cast<float>(double{value} * times / (1 - double{value} + double{value} * times));
}

/// 1 - base^steps.
float correction(float base, std::uint64_t steps) {
  return static_cast<float>(1 - exponential(static_cast<double>(steps) * logarithm(double{base})));
}

void descend(Parameter& parameter, const Descent& descent) {
  const bool adam = descent.optimiser == Optimiser::Adam;
  const auto count = parameter.values.size();
  parameter.momentum.resize(count);
  if (adam) parameter.spread.resize(count);
  const float memory = descent.momentum;
  const float fresh = adam ? 1 - memory : 1;
  const float byMean = adam ? 1 / std::max(1e-6F, memory > 0 ? correction(memory, descent.steps + 1) : 1.0F) : 1;
  const float bySpread = adam ? 1 / correction(adamSpread, descent.steps + 1) : 1;
  for (std::size_t k = 0; k < count; ++k) {
    if (!parameter.absent.empty() && parameter.absent[k] != 0) continue;
    const float slope = stepSlope(parameter, k, descent.decay);
    if (!isSane(slope)) continue;
    float& mean = parameter.momentum[k];
    mean = memory * mean + fresh * slope;
    float step = slope + memory * mean;
    if (adam) {
      float& square = parameter.spread[k];
      square = adamSpread * square + (1 - adamSpread) * (slope * slope);
      step = mean * byMean / (std::sqrt(square * bySpread) + adamLeast);
    }
    parameter.values[k] = stepped(parameter.rule, parameter.values[k], -descent.rate * step);
  }
}

}  // namespace

void descend(Block& block, const Descent& descent) {
  for (auto& parameter : block.parameters) descend(parameter, descent);
}

double courseRate(double progress, double warmUp) {
  if (progress < warmUp) return progress / warmUp;
  if (progress >= 1) return 0;
  // (1 + cos x) / 2 = cos^2 (x / 2), by the series.
  const double angle = (progress - warmUp) / (1 - warmUp) * std::numbers::pi / 2;
  double cosine = 0;
  for (int n = 20; n > 0; n -= 2) cosine = angle * angle / (n * (n - 1)) * (1 - cosine);
  return (1 - cosine) * (1 - cosine);
}

}  // namespace plexarium::blocks
