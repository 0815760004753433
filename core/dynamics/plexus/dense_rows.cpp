#include "core/dynamics/plexus/dense_rows.h"

#include <algorithm>

namespace plexarium::plexus {

bool DenseRows::pays(std::size_t neurons, std::size_t links) {
  constexpr std::size_t most = 1024;
  return neurons <= most && 4 * links >= neurons * neurons;
}

void DenseRows::read(const Subscriptions& subscriptions) {
  constexpr std::size_t lanes = Subscriptions::lanes;
  const std::size_t count = subscriptions.nobody();
  stride_ = std::max(leastStride, (count + lanes) / lanes * lanes);
  words_ = (count + 63) / 64;
  weights_.assign(count * stride_, 0);
  masks_.assign(count * stride_, 0);
  readers_.assign(count * words_, 0);
  for (std::size_t row = 0; row < count; ++row) {
    const auto sources = subscriptions.sources(row);
    const auto weights = subscriptions.weights(row);
    for (std::size_t k = 0; k < sources.size(); ++k) {
      weights_[row * stride_ + sources[k]] = weights[k];
      masks_[row * stride_ + sources[k]] = -1;
      readers_[sources[k] * words_ + row / 64] |= std::uint64_t{1} << row % 64;
    }
  }
}

void DenseRows::write(Subscriptions& subscriptions) const {
  for (std::size_t row = 0; row < subscriptions.nobody(); ++row) {
    const auto sources = subscriptions.sources(row);
    const auto weights = subscriptions.weights(row);
    for (std::size_t k = 0; k < sources.size(); ++k) weights[k] = weights_[row * stride_ + sources[k]];
  }
}

}  // namespace plexarium::plexus
