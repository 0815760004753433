#pragma once

#include <QtTest>

#include <functional>

#include "core/feed/feeder.h"
#include "tests/support/learner/learner.h"

namespace plexarium {

/// Data of two formulas, for tests.
class MadeData : public Dataset {
 public:
  MadeData(DatasetInfo info, std::function<std::uint32_t(std::size_t)> label,
           std::function<double(std::size_t sample, std::size_t input)> value)
      : Dataset(std::move(info)), label_(std::move(label)), value_(std::move(value)) {}
  [[nodiscard]] std::uint32_t label(std::size_t sample) const override { return label_(sample); }
  Result<void> read(std::size_t sample, std::span<double> inputs, std::span<double> targets) const override {
    if (sample == broken) return failure("the sample is broken", "made");
    for (std::size_t k = 0; k < inputs.size(); ++k) inputs[k] = value_(sample, k);
    for (std::size_t k = 0; k < targets.size(); ++k) targets[k] = static_cast<double>(100 * k + sample);
    return {};
  }
  std::size_t broken = static_cast<std::size_t>(-1);

 private:
  std::function<std::uint32_t(std::size_t)> label_;
  std::function<double(std::size_t, std::size_t)> value_;
};

/// Samples whose inputs tell their number: 1000 * input + sample. Class: sample modulo classes unless told otherwise.
inline std::shared_ptr<MadeData> numbered(std::size_t samples, std::size_t inputs, std::size_t classes,
                                          std::function<std::uint32_t(std::size_t)> label = {}) {
  DatasetInfo info;
  info.name = "numbered";
  info.samples = samples;
  info.inputs = inputs;
  info.ranges.assign(inputs, {0, 1e6});
  for (std::size_t k = 0; k < classes; ++k) info.classes.push_back("class " + std::to_string(k));
  if (classes == 0) info.targets = {"y", "z"};
  if (!label)
    label = [classes](std::size_t sample) { return static_cast<std::uint32_t>(classes > 0 ? sample % classes : 0); };
  return std::make_shared<MadeData>(std::move(info), std::move(label), [](std::size_t sample, std::size_t input) {
    return static_cast<double>(1000 * input + sample);
  });
}

inline const Description& learnerDescription() {
  static const DynamicsEntry entry = learner::entry();
  return entry.description;
}

}  // namespace plexarium
