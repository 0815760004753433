#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/dynamics/model.h"
#include "core/dynamics/registry.h"
#include "core/error.h"

namespace plexarium {

/// Neurons by name; a name with a * at its end means every neuron whose name goes on with a number.
struct NeuronPool {
  std::string key;
  std::string label;
  std::vector<std::string> neurons;
};

/// The classical touches of the worm C. elegans: which sensory neurons they stimulate. Keys: anterior, posterior, nose.
std::span<const NeuronPool> touches();
/// Who answers: forward and backward command neurons, and the motor neurons of either movement.
std::span<const NeuronPool> answeringPools();

struct TouchSettings {
  double amount = 19.9;  ///< Into each sensory neuron and tick, through the dynamics' first stimulus channel.
  Tick stimulusTicks = 20;
  Tick ticks = 80;
};

/// How a pool answered.
struct PoolAnswer {
  std::string pool;           ///< NeuronPool::key.
  std::size_t neurons = 0;    ///< Of the pool that the model has.
  std::size_t releases = 0;   ///< Firings of all of them.
  std::optional<Tick> first;  ///< Ticks from the beginning of the touch to the first firing.
  [[nodiscard]] double perNeuron() const {
    return neurons > 0 ? static_cast<double>(releases) / static_cast<double>(neurons) : 0;
  }
};

/// Touches a network as it stands in the model and counts who fires. The calling thread works, under FlushDenormals. Refuses
/// models that have none of the touched neurons, and amounts that the dynamics does not take.
Result<std::vector<PoolAnswer>> touch(const Registry& registry, const Model& model, const NeuronPool& touched,
                                      std::span<const NeuronPool> pools, const TouchSettings& settings);

}  // namespace plexarium
