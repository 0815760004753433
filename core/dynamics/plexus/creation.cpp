#include "core/dynamics/plexus/creation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <string>

#include "core/dynamics/plexus/activation.h"
#include "core/dynamics/plexus/state.h"
#include "core/dynamics/registry.h"
#include "core/graph/layout.h"

namespace plexarium::plexus {
namespace {

constexpr double mostLinks = 50'000'000;

/// What was asked for.
struct Wish {
  explicit Wish(std::span<const double> values)
      : neurons(static_cast<std::uint32_t>(values[creation::Neurons])),
        inputs(static_cast<std::uint32_t>(values[creation::Inputs])),
        outputs(static_cast<std::uint32_t>(values[creation::Outputs])),
        fanIn(values[creation::Neurons] * values[creation::Connectivity]),
        precision(values[creation::Precision]),
        rule(static_cast<Rule>(values[creation::Rule])),
        largest(std::min(1.0, values[creation::Gain] / std::sqrt(std::max(1.0, fanIn)))),
        bias(values[creation::Bias] != 0) {
    neurons += bias ? 1 : 0;
  }

  [[nodiscard]] Role role(std::uint32_t row) const {
    return row < inputs ? Role::Sensory : row >= neurons - outputs ? Role::Motor : Role::Inter;
  }
  /// The first one after the sensory neurons.
  [[nodiscard]] bool isBias(std::uint32_t row) const { return bias && row == inputs; }

  std::uint32_t neurons, inputs, outputs;
  double fanIn;
  double precision;
  Rule rule;
  double largest;  ///< Of the weights, but for the article's rule.
  bool bias;
};

float drawnWeight(Rule rule, double scale, double largest, Draws& draws) {
  const double weight =
      rule == Rule::Article ? rounded(0.1 + 0.9 * draws.uniform(), scale) : (2 * draws.uniform() - 1) * largest;
  return static_cast<float>(weight);
}

/// Around the usual fan-in, at least 1 and at most everybody.
std::uint32_t drawnFanIn(double usual, std::size_t available, Draws& draws) {
  const double drawn = std::round(usual + draws.normal() * std::floor(std::sqrt(usual)));
  return static_cast<std::uint32_t>(std::clamp(drawn, std::min(1.0, double(available)), double(available)));
}

/// So many of `from`, every set equally likely; leaves `from` in another order.
void chooseFrom(std::vector<std::uint32_t>& from, std::uint32_t count, Draws& draws) {
  for (std::uint32_t k = 0; k < count; ++k)
    std::swap(from[k], from[k + draws.below(static_cast<std::uint32_t>(from.size()) - k)]);
}

/// Sensory neurons in columns on the left, motor neurons on the right, the others evenly between them in a disc.
std::vector<Point> places(const Wish& wish) {
  constexpr double spacing = 4;
  const auto inner = wish.neurons - wish.inputs - wish.outputs;
  const double radius = spacing * 0.6 * std::sqrt(double{1} * inner + 1);
  const auto column = [&](std::uint32_t k, std::uint32_t count, double side) {
    const auto rows =
        static_cast<std::uint32_t>(std::max(std::ceil(2 * radius / spacing), std::ceil(std::sqrt(4.0 * count))));
    const auto inThis = std::min(rows, count - k / rows * rows);
    return Point{static_cast<float>(side * (radius + spacing * (2 + k / rows))),
                 static_cast<float>(spacing * (k % rows - 0.5 * (inThis - 1.0)))};
  };
  std::vector<Point> points;
  for (std::uint32_t k = 0; k < wish.inputs; ++k) points.push_back(column(k, wish.inputs, -1));
  for (std::uint32_t k = 0; k < inner; ++k) {  // sunflower
    const double distance = spacing * 0.6 * std::sqrt(k + 0.5) * 1.05;
    const double angle = k * std::numbers::pi * (3 - std::sqrt(5.0));
    points.push_back({static_cast<float>(distance * std::cos(angle)), static_cast<float>(distance * std::sin(angle))});
  }
  for (std::uint32_t k = 0; k < wish.outputs; ++k) points.push_back(column(k, wish.outputs, 1));
  return points;
}

NeuronTable neurons(const Wish& wish, double scale, Draws& draws) {
  NeuronTable table;
  table.positions = places(wish);
  table.values.resize(neuron::Count);
  for (std::uint32_t row = 0; row < wish.neurons; ++row) {
    const auto role = wish.role(row);
    table.ids.push_back({row + 1});
    table.roles.push_back(role);
    table.names.push_back(wish.isBias(row)        ? "Bias"
                          : role == Role::Sensory ? "In " + std::to_string(row + 1)
                          : role == Role::Motor   ? "Out " + std::to_string(row + 1 - (wish.neurons - wish.outputs))
                                                  : "N" + std::to_string(row + 1 - wish.inputs));
    const double level = wish.isBias(row) ? 1 : draws.uniform();
    table.values[neuron::Potential].push_back(
        double{static_cast<float>(wish.rule == Rule::Article ? rounded(0.1 + 0.9 * level, scale) : level)});
  }
  return table;
}

LinkTable links(const Wish& wish, double scale, Draws& draws) {
  LinkTable table;
  table.values.resize(link::Count);
  std::vector<std::uint32_t> others;
  const auto subscribe = [&](std::uint32_t row, std::uint32_t source) {
    table.keys.push_back({{source + 1}, {row + 1}});
    table.values[link::Weight].push_back(double{drawnWeight(wish.rule, scale, wish.largest, draws)});
  };
  for (std::uint32_t row = wish.inputs; row < wish.neurons; ++row) {
    if (wish.isBias(row)) continue;
    others.clear();
    for (std::uint32_t source = 0; source < wish.neurons - wish.outputs; ++source) {
      if (source != row && !wish.isBias(source)) others.push_back(source);
    }
    const auto count = drawnFanIn(wish.fanIn, others.size(), draws);
    chooseFrom(others, count, draws);
    for (std::uint32_t k = 0; k < count; ++k) subscribe(row, others[k]);
    if (wish.bias) subscribe(row, wish.inputs);
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
  if (wish.fanIn * wish.neurons > mostLinks) {
    return failure("these are more than 50 million links", "connectivity", "Ask for fewer neurons or a lower connectivity");
  }
  Model model = emptyModel(description());
  model.name = "Plexus network";
  model.seed = seed;
  model.parameters[parameter::Rule] = static_cast<double>(wish.rule);
  model.parameters[parameter::FanIn] = wish.fanIn;
  model.parameters[parameter::Precision] = wish.precision;
  model.parameters[parameter::GradientRate] = wish.fanIn <= 30 ? 4 : 1;
  model.parameters[parameter::KeepBlame] = wish.rule == Rule::Gradient ? 0 : 1;
  model.parameters[parameter::Join] = 1;
  model.dynamicsState = stateText({}, {});
  const double scale = Settings(model.parameters).scale;
  Draws draws(seed, CreationStream, 0);
  model.graph.addNeurons(neurons(wish, scale, draws));
  model.graph.addLinks(links(wish, scale, draws));
  return model;
}

LinkTable linksToJoin(const Settings& settings, const Cells& cells, std::span<const NeuronId> ids, std::uint32_t row,
                      std::uint64_t seed) {
  Draws draws(seed, JoinStream, ids[row].value);
  LinkTable table;
  table.values.resize(link::Count);
  const double largest = std::min(1.0, 3 / settings.limitsFor(settings.fanIn).divisor);
  const auto join = [&](const std::vector<std::uint32_t>& candidates, bool reads) {
    std::vector<std::uint32_t> others;
    std::ranges::copy_if(candidates, std::back_inserter(others), [&](std::uint32_t other) { return other < row; });
    const auto count = drawnFanIn(settings.fanIn, others.size(), draws);
    chooseFrom(others, count, draws);
    for (std::uint32_t k = 0; k < count; ++k) {
      table.keys.push_back(reads ? LinkKey{ids[others[k]], ids[row]} : LinkKey{ids[row], ids[others[k]]});
      table.values[link::Weight].push_back(double{drawnWeight(settings.rule, settings.scale, largest, draws)});
    }
  };
  if (cells.roles[row] != Role::Sensory) join(cells.readable, true);
  if (cells.roles[row] != Role::Motor) join(cells.firing, false);
  return table;
}

}  // namespace plexarium::plexus
