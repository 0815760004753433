#pragma once

#include <cmath>
#include <cstdlib>
#include <vector>

#include "core/data/byte_file.h"
#include "core/data/dataset.h"

namespace plexarium {

/// A refusal must say why.
inline void checkRefusal(const Error& error) {
  if (error.what.empty()) std::abort();
}

/// What was opened must be readable: finite numbers, labels within the classes.
inline void readSamples(const Dataset& data) {
  const auto& info = data.info();
  if (info.samples == 0 || info.inputs == 0 || info.targetNames().empty()) std::abort();
  std::vector<double> inputs(info.inputs);
  std::vector<double> targets(info.targets.size());
  for (std::size_t k = 0; k < 4; ++k) {
    const auto sample = k * (info.samples - 1) / 3;
    if (!info.classes.empty() && data.label(sample) >= info.classes.size()) std::abort();
    if (!data.read(sample, inputs, targets)) std::abort();
    for (const double value : inputs) {
      if (!std::isfinite(value)) std::abort();
    }
  }
}

}  // namespace plexarium
