#include "core/data/dataset.h"

namespace plexarium {

std::vector<std::size_t> countClasses(const Dataset& data) {
  std::vector<std::size_t> counts(data.info().classes.size(), 0);
  if (counts.empty()) return counts;
  for (std::size_t sample = 0; sample < data.info().samples; ++sample) ++counts[data.label(sample)];
  return counts;
}

}  // namespace plexarium
