#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>

#include "core/dynamics/plexus/activation.h"
#include "core/dynamics/plexus/cells.h"
#include "core/dynamics/plexus/fires.h"

// The article's rule: a neuron that misses its desired potential tries weights, then blames its sources, then rewires.
// Templates over the source of random numbers (Draws, or a script in tests). Source: docs/dynamics/plexus.md, rule T.
namespace plexarium::plexus {

/// |sin(x^2 / divisor)| to the network's decimals, of which `scale` tells. `sum` >= 0 for the weights this rule draws; any
/// sum is allowed.
inline float articlePotential(double divisor, double scale, float sum) {
  const double square = double{sum} * double{sum} / divisor;
  return static_cast<float>(rounded(absoluteSine(std::min(square, 0x1p50)), scale));
}

inline double articleLoss(const Settings& settings, float desired, float potential) {
  return rounded(std::abs(double{desired} - double{potential}), settings.scale);
}

/// Weights and wishes alike: between 0.1 and 1, to the network's decimals.
template <typename Random>
float drawnLevel(const Settings& settings, Random& random) {
  return static_cast<float>(rounded(0.1 + 0.9 * random.uniform(), settings.scale));
}

/// One learning fire of one neuron. `read`: its sources' potentials as weightedSum left them; `room`: room for as many.
template <typename Random>
class Trial {
 public:
  Trial(const Settings& settings, Cells& cells, std::uint32_t row, std::span<const float> read, std::span<float> room,
        Random& random)
      : settings_(settings),
        cells_(cells),
        limits_(cells.limits[row]),
        row_(row),
        read_(read),
        room_(room),
        random_(random) {}

  /// After the neuron has fired in `wave` and is wanted otherwise.
  Doing learn(double wave) {
    first_ = articleLoss(settings_, cells_.desired[row_], cells_.potential[row_]);
    cells_.loss[row_] = static_cast<float>(first_);
    if (first_ == 0) {
      cells_.desired[row_] = noDesire;
      return Doing::Fired;
    }
    auto& lock = cells_.blameLock[row_];
    if (lock >= 0 && wave - lock < limits_.lockedWaves) return Doing::Locked;
    lock = -1;
    const bool plastic = cells_.plasticity[row_] > 0;
    if (plastic && improvesByWeights()) return Doing::ByWeights;
    if (improvesByBlame()) {
      lock = wave;
      return Doing::ByBlame;
    }
    if (!plastic) return Doing::Fired;
    rewire();
    return Doing::Rewired;
  }

 private:
  bool improvesByWeights() {
    for (std::uint32_t attempt = 0; attempt < limits_.weightTries; ++attempt) {
      for (auto& weight : room_) weight = drawnLevel(settings_, random_);
      const float potential =
          articlePotential(limits_.divisor, settings_.scale, dot(read_.data(), room_.data(), room_.size()));
      const double loss = articleLoss(settings_, cells_.desired[row_], potential);
      if (loss >= first_) continue;
      std::ranges::copy(room_, cells_.subscriptions.weights(row_).begin());
      cells_.potential[row_] = potential;
      cells_.loss[row_] = static_cast<float>(loss);
      return true;
    }
    return false;
  }

  /// Looks for potentials of the sources that would do; those of whom nothing is wanted yet shall have them.
  bool improvesByBlame() {
    const auto sources = cells_.subscriptions.sources(row_);
    const auto weights = cells_.subscriptions.weights(row_);
    for (std::uint32_t attempt = 0; attempt < limits_.blameTries; ++attempt) {
      for (auto& wish : room_) wish = drawnLevel(settings_, random_);
      const float potential =
          articlePotential(limits_.divisor, settings_.scale, dot(room_.data(), weights.data(), room_.size()));
      if (articleLoss(settings_, cells_.desired[row_], potential) >= first_) continue;
      for (std::size_t k = 0; k < sources.size(); ++k) {
        if (!isWanted(cells_.desired[sources[k]])) cells_.desired[sources[k]] = room_[k];
      }
      return true;
    }
    return false;
  }

  /// Departs: whoever is subscribed to already counts for no addition, and as many subscriptions stay as may be broken off
  /// at once. Otherwise fan-in runs dry.
  void rewire() {
    auto& subscriptions = cells_.subscriptions;
    const bool heads = random_.below(2) == 1;
    const auto changes = 1 + random_.below(limits_.blameTries);
    for (std::uint32_t k = 0; k < changes; ++k) {
      const auto present = subscriptions.sources(row_).size();
      if (heads) {
        if (present >= cells_.readable.size()) break;
        while (!subscribesToAnybody()) {
        }
      } else {
        if (present <= limits_.blameTries) break;
        subscriptions.unsubscribe(row_, random_.below(static_cast<std::uint32_t>(present)));
      }
    }
  }

  /// False: it did already, and the weight is another now.
  bool subscribesToAnybody() {
    const auto source = cells_.readable[random_.below(static_cast<std::uint32_t>(cells_.readable.size()))];
    const float weight = drawnLevel(settings_, random_);
    return cells_.subscriptions.subscribe(row_, source, weight);
  }

  const Settings& settings_;
  Cells& cells_;
  const Limits& limits_;
  std::uint32_t row_;
  std::span<const float> read_;
  std::span<float> room_;
  Random& random_;
  double first_ = 0;  ///< The loss that is to be bettered.
};

}  // namespace plexarium::plexus
