#include "core/dynamics/synann_net/settings.h"

#include <cassert>

namespace plexarium::synann_net {
namespace {

// Of digits: more looks like another class.
constexpr blocks::Distortion usual{0.2, 0.2, 0.12, 2};

}  // namespace

Settings::Settings(std::span<const double> parameters)
    : features(static_cast<Features>(parameters[parameter::Features])),
      width(static_cast<std::size_t>(parameters[parameter::Width])),
      height(static_cast<std::size_t>(parameters[parameter::Height])),
      rate(parameters[parameter::Rate]),
      warmUp(parameters[parameter::WarmUp]),
      course(parameters[parameter::Course]),
      lots(static_cast<std::size_t>(parameters[parameter::Batch])),
      smoothing(static_cast<float>(parameters[parameter::Smoothing])),
      dropout(static_cast<float>(parameters[parameter::Dropout])),
      distortion(parameters[parameter::Distortion]),
      calmShare(parameters[parameter::CalmShare]),
      calmTo(parameters[parameter::CalmTo]),
      threads(static_cast<std::size_t>(parameters[parameter::Threads])) {
  assert(parameters.size() == parameter::Count);
  descent.optimiser = static_cast<blocks::Optimiser>(parameters[parameter::Optimiser]);
  descent.momentum = static_cast<float>(parameters[parameter::Momentum]);
  descent.decay = static_cast<float>(parameters[parameter::Decay]);
}

double Settings::rateAt(std::uint64_t learnt) const {
  return course > 0 ? rate * blocks::courseRate(static_cast<double>(learnt) / course, warmUp) : rate;
}

blocks::Distortion Settings::distortionAt(std::uint64_t learnt) const {
  const bool calm = course > 0 && static_cast<double>(learnt) > course * (1 - calmShare);
  const double times = distortion * (calm ? calmTo : 1);
  return {usual.turn * times, usual.shear * times, usual.stretch * times, usual.shift * times};
}

}  // namespace plexarium::synann_net
