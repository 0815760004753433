#include "core/dynamics/synann_net/creation.h"

#include <cassert>
#include <cmath>
#include <string>

#include "core/dynamics/registry.h"
#include "core/dynamics/synann_net/features.h"
#include "core/dynamics/synann_net/fields.h"
#include "core/elementary.h"
#include "core/random.h"

namespace plexarium::synann_net {
namespace {

constexpr double spacing = 3.5;  // between neighbours on the canvas; a neuron is 2 wide
constexpr double gap = 60;       // between retina, probabilities, synapses and answers
enum Stream : std::uint32_t { BetaStream = 190, AnswerStream = 191 };

double normal(DrawSequence& draw) {
  double sum = -6;
  for (int k = 0; k < 12; ++k) sum += draw.uniform();
  return sum;
}

struct Wish {
  explicit Wish(std::span<const double> values)
      : features(static_cast<Features>(values[creation::Features])),
        synapse(values[creation::Synapse] != 0),
        width(static_cast<std::uint32_t>(values[creation::Width])),
        height(static_cast<std::uint32_t>(values[creation::Height])),
        classes(static_cast<std::uint32_t>(values[creation::Classes])),
        course(values[creation::Course]),
        count(static_cast<std::uint32_t>(featureCount(features))) {}

  Features features;
  bool synapse;
  std::uint32_t width, height, classes;
  double course;
  std::uint32_t count;  ///< Of probabilities.

  [[nodiscard]] std::uint32_t pixels() const { return width * height; }
  [[nodiscard]] NeuronId probability(std::uint32_t k) const { return {pixels() + k + 1}; }
  [[nodiscard]] NeuronId synapseOf(std::uint32_t k) const { return {pixels() + count + k + 1}; }
  [[nodiscard]] NeuronId answer(std::uint32_t k) const { return {pixels() + (synapse ? 2 : 1) * count + k + 1}; }
};

/// What the kinds learn best with.
void setCourse(const Wish& wish, std::vector<double>& parameters) {
  using namespace parameter;
  parameters[parameter::Features] = static_cast<double>(wish.features);
  parameters[Width] = wish.width;
  parameters[Height] = wish.height;
  parameters[Course] = wish.course;
  if (wish.features == synann_net::Features::Fast) return;
  // Without batch norm in its features, the small one runs away at a higher rate.
  parameters[Rate] = wish.features == synann_net::Features::Small ? 0.02 : 0.06;
  parameters[Smoothing] = 0;
  parameters[Dropout] = 0.25;
  parameters[Decay] = 1e-4;
  parameters[Distortion] = 0;
}

class Drawing {
 public:
  explicit Drawing(const Wish& wish) : wish_(wish) {}

  NeuronTable neurons() {
    const double side = wish_.width * spacing;
    for (std::uint32_t k = 0; k < wish_.pixels(); ++k) {
      const auto x = k % wish_.width;
      const auto y = k / wish_.width;
      add(std::to_string(x + 1) + "," + std::to_string(y + 1), Role::Sensory, 1, k + 1, (x + 0.5) * spacing - side,
          (y + 0.5 - 0.5 * wish_.height) * spacing);
    }
    column("P", Role::Inter, 2, wish_.count, true, gap, 1);
    if (wish_.synapse) column("S", Role::Inter, 3, wish_.count, false, 3 * gap, 1);
    column("", Role::Motor, 4, wish_.classes, false, (wish_.synapse ? 4 : 2) * gap, 0);
    table_.values.resize(neuron::Count);
    table_.values[neuron::Unit] = std::move(units_);
    return std::move(table_);
  }

 private:
  /// `numbered`: they are units of the features. `from`: the first one's number in its name.
  void column(const std::string& name, Role role, std::uint32_t group, std::uint32_t count, bool numbered, double x,
              std::uint32_t from) {
    const double step = role == Role::Motor ? 4 * spacing : spacing;
    for (std::uint32_t k = 0; k < count; ++k)
      add(name + std::to_string(k + from), role, group, numbered ? k + 1 : 0, x, (k + 0.5 - 0.5 * count) * step);
  }
  void add(std::string name, Role role, std::uint32_t group, double unit, double x, double y) {
    table_.ids.push_back({static_cast<std::uint32_t>(table_.ids.size()) + 1});
    table_.names.push_back(std::move(name));
    table_.roles.push_back(role);
    table_.positions.push_back({static_cast<float>(x), static_cast<float>(y)});
    table_.groups.push_back({group});
    units_.push_back(unit);
  }

  const Wish& wish_;
  NeuronTable table_;
  std::vector<double> units_;
};

LinkTable links(const Wish& wish, std::uint64_t seed) {
  LinkTable table;
  table.values.resize(link::Count);
  const auto add = [&](NeuronId from, NeuronId to, Channel channel, double weight) {
    table.keys.push_back({from, to});
    table.values[link::Channel].push_back(static_cast<double>(channel));
    table.values[link::Weight].push_back(static_cast<float>(weight));
  };
  DrawSequence beta(seed, BetaStream, 0);
  const double middle = -logarithm(wish.count / 2.0);
  for (std::uint32_t j = 0; j < wish.count && wish.synapse; ++j) {
    for (std::uint32_t i = 0; i < wish.count; ++i) {
      // Two neurons have one link: the synapse's own probability excites it.
      if (i == j) add(wish.probability(j), wish.synapseOf(i), Channel::Exciting, 1);
      if (i != j)
        add(wish.probability(j), wish.synapseOf(i), Channel::Inhibiting,
            1 / (1 + exponential(-middle - 0.3 * normal(beta))));
    }
  }
  DrawSequence answers(seed, AnswerStream, 0);
  const double each = 1 / std::sqrt(double{1} * wish.count);
  for (std::uint32_t k = 0; k < wish.count; ++k) {
    for (std::uint32_t c = 0; c < wish.classes; ++c)
      add(wish.synapse ? wish.synapseOf(k) : wish.probability(k), wish.answer(c), Channel::Exciting, each * normal(answers));
  }
  return table;
}

}  // namespace

Result<Model> createNetwork(std::span<const double> values, std::uint64_t seed) {
  assert(values.size() == creation::Count);
  const Wish wish(values);
  Model model = emptyModel(description());
  model.name = "SynaNN network";
  model.seed = seed;
  setCourse(wish, model.parameters);
  std::vector<Group> groups{{{1}, "Retina", 0, {}, false}, {{2}, "Probabilities", 1, {}, false}};
  if (wish.synapse) groups.push_back({{3}, "Synapses", 2, {}, false});
  groups.push_back({{4}, "Answers", 3, {}, false});
  model.graph.setGroups(std::move(groups));
  model.graph.addNeurons(Drawing(wish).neurons());
  model.graph.addLinks(links(wish, seed));
  return model;
}

}  // namespace plexarium::synann_net
