#include "core/dynamics/sonn/settings.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plexarium::sonn {
namespace {

std::int16_t small(double value) {
  using Limits = std::numeric_limits<std::int16_t>;
  return static_cast<std::int16_t>(std::clamp(value, double{Limits::min()}, double{Limits::max()}));
}

/// Which neurons learn is a range of potentials, whatever the rule calls it.
Window windowOf(std::span<const double> parameters) {
  constexpr auto lowest = std::numeric_limits<std::int16_t>::min();
  constexpr auto highest = std::numeric_limits<std::int16_t>::max();
  const auto threshold = small(parameters[parameter::Threshold]);
  switch (static_cast<Learners>(parameters[parameter::Learners])) {
    case Learners::Near:
      return {threshold, small(parameters[parameter::WindowLow]), small(parameters[parameter::WindowHigh])};
    case Learners::Spiked:
      return {threshold, threshold, highest};
    case Learners::All:
      break;
  }
  return {threshold, lowest, highest};
}

}  // namespace

Settings::Settings(std::span<const double> parameters)
    : window(windowOf(parameters)),
      strengthen(parameters[parameter::Strengthen]),
      weaken(parameters[parameter::Weaken]),
      rate(parameters[parameter::EventRate]),
      rateEnd(parameters[parameter::EventRateEnd]),
      falseShare(parameters[parameter::FalseShare]),
      markStep(parameters[parameter::MarkStep]),
      decay(parameters[parameter::Decay]),
      prune(static_cast<int>(parameters[parameter::Prune])),
      cap(static_cast<int>(parameters[parameter::Cap])),
      growth(parameters[parameter::Growth]),
      newWeight(parameters[parameter::NewWeight]),
      newSpread(parameters[parameter::NewSpread]),
      leastShare(parameters[parameter::LeastShare]),
      mostShare(parameters[parameter::MostShare]),
      noise(static_cast<std::uint32_t>(std::floor(parameters[parameter::Noise] * 256 + 0.5))),
      levels(static_cast<std::uint32_t>(parameters[parameter::Levels])),
      block(static_cast<std::uint32_t>(parameters[parameter::Block])),
      schedule(parameters[parameter::Schedule]),
      coolShare(parameters[parameter::CoolShare]),
      coolTo(parameters[parameter::CoolTo]),
      falseMeasure(static_cast<FalseMeasure>(parameters[parameter::FalseMeasure])),
      marks(static_cast<MarkKind>(parameters[parameter::Marks])),
      trueRule(static_cast<TrueRule>(parameters[parameter::TrueRule])),
      growInto(static_cast<GrowInto>(parameters[parameter::GrowInto])),
      growFrom(static_cast<GrowFrom>(parameters[parameter::GrowFrom])) {}

double Settings::progress(std::uint64_t learned) const {
  return schedule > 0 ? std::min(1.0, static_cast<double>(learned) / schedule) : 0;
}

double Settings::eventRate(std::uint64_t learned) const { return rate * power(rateEnd / rate, progress(learned)); }

double Settings::cooling(std::uint64_t learned) const {
  const double cooled = progress(learned) - (1 - coolShare);
  return coolShare > 0 && cooled > 0 ? power(coolTo, std::min(1.0, cooled / coolShare)) : 1;
}

double power(double base, double x) {
  if (x >= 1) return base;
  double result = 1;
  for (int bit = 0; bit < 40 && x > 0; ++bit) {
    base = std::sqrt(base);
    x *= 2;
    if (x >= 1) {
      result *= base;
      x -= 1;
    }
  }
  return result;
}

}  // namespace plexarium::sonn
