#include "core/feed/score.h"

#include <cmath>

namespace plexarium {

void Score::add(const TargetEncoder& encoder, std::size_t sample, std::uint32_t label, std::span<const double> targets,
                std::span<const double> outputs) {
  double absolute = 0;
  double square = 0;
  for (std::size_t k = 0; k < outputs.size(); ++k) {
    const double error = outputs[k] - targets[k];
    absolute += std::abs(error);
    square += error * error;
  }
  ++samples;
  absoluteError += absolute / static_cast<double>(outputs.size());
  squaredError += square / static_cast<double>(outputs.size());
  const auto classes = encoder.classCount();
  if (classes == 0) return;
  const auto said = encoder.decide(outputs);
  correct += said == label ? 1 : 0;
  confusion.resize(classes * classes);
  ++confusion[label * classes + said];
  if (said == label) return;
  if (mistakes.size() == mistakesKept) mistakes.erase(mistakes.begin());
  mistakes.push_back({sample, label, said});
}

Tally& Tally::operator+=(const Tally& more) {
  samples += more.samples;
  correct += more.correct;
  decided += more.decided;
  decisionTicks += more.decisionTicks;
  absoluteError += more.absoluteError;
  squaredError += more.squaredError;
  return *this;
}

Tally& Tally::operator-=(const Tally& earlier) {
  samples -= earlier.samples;
  correct -= earlier.correct;
  decided -= earlier.decided;
  decisionTicks -= earlier.decisionTicks;
  absoluteError -= earlier.absoluteError;
  squaredError -= earlier.squaredError;
  return *this;
}

Score& Score::operator-=(const Score& earlier) {
  Tally::operator-=(earlier);
  for (std::size_t k = 0; k < earlier.confusion.size(); ++k) confusion[k] -= earlier.confusion[k];
  return *this;
}

}  // namespace plexarium
