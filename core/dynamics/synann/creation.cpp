#include "core/dynamics/synann/creation.h"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>
#include <vector>

#include "core/dynamics/registry.h"
#include "core/dynamics/synann/fields.h"
#include "core/graph/layout.h"
#include "core/graph/wiring.h"
#include "core/graph/wiring_draw.h"

namespace plexarium::synann {
namespace {

/// What was asked for.
struct Wish {
  explicit Wish(std::span<const double> values)
      : neurons(static_cast<std::uint32_t>(values[creation::Neurons])),
        inputs(static_cast<std::uint32_t>(values[creation::Inputs])),
        outputs(static_cast<std::uint32_t>(values[creation::Outputs])),
        exciting(static_cast<std::uint32_t>(values[creation::Exciting])),
        inhibiting(static_cast<std::uint32_t>(values[creation::Inhibiting])),
        cyclic(values[creation::Cyclic] != 0) {}

  std::uint32_t neurons, inputs, outputs, exciting, inhibiting;
  bool cyclic;
};

NeuronTable neurons(const Wish& wish) {
  NeuronTable table;
  table.values.resize(neuron::Count);
  for (std::uint32_t row = 0; row < wish.neurons; ++row) {
    const bool sensory = row < wish.inputs;
    const bool motor = row >= wish.neurons - wish.outputs;
    table.ids.push_back({row + 1});
    table.roles.push_back(sensory ? Role::Sensory : motor ? Role::Motor : Role::Inter);
    table.names.push_back(sensory ? "In " + std::to_string(row + 1)
                          : motor ? "Out " + std::to_string(row + 1 - (wish.neurons - wish.outputs))
                                  : "N" + std::to_string(row + 1 - wish.inputs));
    table.positions.push_back({});
    // Half open: with closed inputs nobody would ever open, and there would be nothing to see.
    table.values[neuron::Probability].push_back(sensory ? 0.5 : 0);
  }
  return table;
}

/// From half to one and a half times the mean.
double drawnWeight(double mean, Draws& draws) { return std::min(1.0, mean * (0.5 + draws.uniform())); }

/// Distinct numbers below a bound, in random order.
class Choice {
 public:
  explicit Choice(std::size_t largestBound) : drawnIn_(largestBound, 0) {}

  /// `count` <= bound numbers. Valid until the next call.
  /// Source: Floyd's sampling without replacement (Bentley, "Programming pearls", CACM 30(9), 1987), then a shuffle.
  std::span<std::uint32_t> operator()(std::uint32_t count, std::uint32_t bound, Draws& draws) {
    ++round_;
    drawn_.clear();
    for (auto last = bound - count; last < bound; ++last) {
      const auto any = draws.below(last + 1);
      drawn_.push_back(drawnIn_[any] == round_ ? last : any);
      drawnIn_[drawn_.back()] = round_;
    }
    for (std::uint32_t k = 0; k + 1 < count; ++k) std::swap(drawn_[k], drawn_[k + draws.below(count - k)]);
    return drawn_;
  }

 private:
  std::vector<std::uint32_t> drawnIn_;  ///< By number: the round in which it was drawn last.
  std::uint32_t round_ = 0;
  std::vector<std::uint32_t> drawn_;
};

LinkTable links(const Wish& wish, std::uint64_t seed) {
  LinkTable table;
  table.values.resize(link::Count);
  Draws draws(seed);
  const auto readable = wish.neurons - wish.outputs;
  Choice choice(readable);
  const auto both = wish.exciting + wish.inhibiting;
  for (std::uint32_t row = wish.inputs; row < wish.neurons; ++row) {
    const bool isMotor = row >= readable;
    const auto others = isMotor ? readable : wish.cyclic ? readable - 1 : row;
    const auto wanted = std::min(others, both);
    // Where there are fewer sources than wanted, both kinds get their share of them.
    const auto exciting =
        both > 0 ? static_cast<std::uint32_t>((std::uint64_t{wanted} * wish.exciting + both - 1) / both) : 0;
    std::uint32_t number = 0;
    for (auto source : choice(wanted, others, draws)) {
      if (!isMotor && source >= row) ++source;
      const bool excites = number++ < exciting;
      table.keys.push_back({{source + 1}, {row + 1}});
      table.values[link::Channel].push_back(excites ? 0 : 1);
      // Sources about half open excite about enough, and inhibition leaves about half of it.
      table.values[link::Weight].push_back(excites ? drawnWeight(std::min(0.5, 2.0 / exciting), draws)
                                                   : drawnWeight(1.0 / (wanted - exciting), draws));
    }
  }
  return table;
}

}  // namespace

Result<Model> createNetwork(std::span<const double> values, std::uint64_t seed) {
  assert(values.size() == creation::Count);
  const Wish wish(values);
  if (wish.inputs + wish.outputs > wish.neurons) {
    return failure(std::to_string(wish.inputs) + " inputs and " + std::to_string(wish.outputs) +
                       " outputs do not fit into " + std::to_string(wish.neurons) + " neurons",
                   "neurons", "Ask for more neurons");
  }
  if (std::size_t{wish.neurons} * (wish.exciting + wish.inhibiting) > maximumWiredLinks) {
    return failure("these are more than " + std::to_string(maximumWiredLinks) + " links", "exciting",
                   "Ask for fewer neurons or fewer links per neuron");
  }
  Model model = emptyModel(description());
  model.name = "SynaNN network";
  model.seed = seed;
  model.parameters[parameter::Mode] = values[creation::Mode];
  auto table = neurons(wish);
  const auto placed = arrange(*findLayout("role"), {.positions = table.positions, .topology = {}, .roles = table.roles});
  if (!placed) return tl::unexpected(placed.error());
  table.positions = *placed;
  model.graph.addNeurons(table);
  model.graph.addLinks(links(wish, seed));
  return model;
}

}  // namespace plexarium::synann
