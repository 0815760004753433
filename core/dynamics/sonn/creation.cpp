#include "core/dynamics/sonn/creation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <string>

#include "core/dynamics/registry.h"
#include "core/dynamics/sonn/fields.h"

namespace plexarium::sonn {
namespace {

constexpr double mostNeurons = 2'000'000;
constexpr double slowestFilling = 20000;  // samples until all slots have been tried once
constexpr double spacing = 3.5;           // between neighbours on the canvas; a neuron is 2 wide
enum class Size : std::uint8_t { Small, Large, AsGiven };

/// What was asked for.
struct Wish {
  explicit Wish(std::span<const double> values)
      : width(whole(values[creation::Width])),
        height(whole(values[creation::Height])),
        channels(whole(values[creation::Channels])),
        levels(whole(values[creation::Levels])),
        columns(whole(values[creation::Columns])),
        neurons(whole(values[creation::Neurons])),
        slots(whole(values[creation::Slots])),
        feeding(values[creation::Feeding]),
        article(values[creation::Rules] != 0),
        samples(values[creation::Samples]) {
    const auto size = static_cast<Size>(values[creation::Size]);
    if (size != Size::AsGiven) neurons = std::max(1U, (size == Size::Small ? 80'000U : 750'000U) / columns / slots);
  }
  static std::uint32_t whole(double value) { return static_cast<std::uint32_t>(value); }

  [[nodiscard]] double receptors() const { return double{1} * width * height * channels * levels; }
  [[nodiscard]] double cells() const { return double{1} * columns * neurons; }
  [[nodiscard]] std::uint32_t perPixel() const { return channels * levels; }

  std::uint32_t width, height, channels, levels, columns, neurons, slots;
  double feeding;
  bool article;
  double samples;
};

/// The values follow one another as those of a picture do: row by row, the channels of a pixel together.
class Layout {
 public:
  explicit Layout(const Wish& wish)
      : wish_(wish),
        side_(static_cast<std::uint32_t>(std::ceil(std::sqrt(wish.perPixel())))),
        pitch_(side_ * spacing + (side_ > 1 ? spacing / 2 : 0)),
        disc_(0.55 * spacing * std::sqrt(wish.neurons + 1.0)) {
    const double retina = 0.5 * pitch_ * std::hypot(wish.width, wish.height);
    const double gap = disc_ + 6 * spacing;
    ring_ = std::max(retina + gap, gap / std::sin(std::numbers::pi / std::max(2U, wish.columns)));
  }

  [[nodiscard]] Point receptor(std::uint32_t index) const {
    const auto pixel = index / wish_.perPixel();
    const auto within = index % wish_.perPixel();
    return at((pixel % wish_.width - 0.5 * wish_.width) * pitch_ + (within % side_ + 0.5) * spacing,
              (pixel / wish_.width - 0.5 * wish_.height) * pitch_ + (within / side_ + 0.5) * spacing);
  }
  /// In a sunflower around the column's motor neuron.
  [[nodiscard]] Point cell(std::uint32_t column, std::uint32_t index) const {
    const auto middle = motor(column);
    const double distance = 0.55 * spacing * std::sqrt(index + 3.5);
    const double angle = index * std::numbers::pi * (3 - std::sqrt(5.0));
    return at(middle.x + distance * std::cos(angle), middle.y + distance * std::sin(angle));
  }
  [[nodiscard]] Point motor(std::uint32_t column) const {
    const double angle = 2 * std::numbers::pi * (column / double{1} / wish_.columns) - std::numbers::pi / 2;
    return at(ring_ * std::cos(angle), ring_ * std::sin(angle));
  }

 private:
  static Point at(double x, double y) { return {static_cast<float>(x), static_cast<float>(y)}; }

  const Wish& wish_;
  std::uint32_t side_;  ///< Receptors of a pixel beside each other.
  double pitch_;
  double disc_;
  double ring_ = 0;
};

void setRules(const Wish& wish, std::vector<double>& parameters) {
  using namespace parameter;
  const double perSlot = 20.0 / wish.slots;  // fewer connections are stronger ones
  for (const auto field : {Strengthen, Weaken, Decay, Prune, Cap, NewWeight, NewSpread}) {
    const auto& table = description().parameters[field];
    const double scaled = parameters[field] * perSlot;
    parameters[field] =
        std::clamp(table.type == FieldType::Integer ? std::round(scaled) : scaled, table.minimum, table.maximum);
  }
  parameters[Levels] = wish.levels;
  parameters[FalseShare] = std::max(1.0, wish.columns - 1.0);
  const bool large = wish.neurons > 1500;
  parameters[Noise] = large ? 0.12 : 0.08;
  if (!large && !wish.article) parameters[Decay] = 0.75 * perSlot;
  parameters[MarkStep] = std::max(0.1, std::round(10 * wish.neurons / (large ? 750.0 : 400.0)) / 10);
  const double filling = wish.samples > 0 ? std::clamp(wish.samples / 10, 1.0, slowestFilling) : slowestFilling;
  parameters[Growth] = std::clamp(wish.cells() * wish.slots / filling, 0.1, 10000.0);
  parameters[Schedule] = wish.samples;
  if (!wish.article) return;
  for (const auto& [field, value] : {std::pair{EventRate, 0.05},
                                     {EventRateEnd, 0.05},
                                     {FalseShare, 0.05 / 0.0066},
                                     {Noise, 0.0},
                                     {LeastShare, 0.0},
                                     {MostShare, 1.0},
                                     {CoolShare, 0.0},
                                     {Strengthen, 2 * perSlot},
                                     {Weaken, 2 * perSlot}}) {
    parameters[field] = value;
  }
  parameters[parameter::Learners] = static_cast<double>(sonn::Learners::All);
  parameters[parameter::FalseMeasure] = static_cast<double>(sonn::FalseMeasure::Mean);
  parameters[parameter::Marks] = static_cast<double>(MarkKind::OneAColumn);
  parameters[parameter::GrowInto] = static_cast<double>(sonn::GrowInto::AnyColumn);
  parameters[parameter::GrowFrom] = static_cast<double>(sonn::GrowFrom::Any);
}

std::string receptorName(const Wish& wish, std::uint32_t index) {
  const auto value = index / wish.levels;
  std::string name;
  if (wish.height == 1 && wish.channels == 1) {
    name = "Value " + std::to_string(value + 1);
  } else {
    const auto pixel = value / wish.channels;
    name = std::to_string(pixel % wish.width + 1) + "," + std::to_string(pixel / wish.width + 1);
    if (wish.channels > 1) name += " channel " + std::to_string(value % wish.channels + 1);
  }
  return wish.levels > 1 ? name + " level " + std::to_string(index % wish.levels) : name;
}

struct NeuronList {
  NeuronTable table;
  void add(std::string name, Role role, Point place, std::uint32_t group) {
    table.ids.push_back({static_cast<std::uint32_t>(table.ids.size()) + 1});
    table.names.push_back(std::move(name));
    table.roles.push_back(role);
    table.positions.push_back(place);
    table.groups.push_back({group});
  }
};

NeuronTable neurons(const Wish& wish) {
  const Layout layout(wish);
  NeuronList list;
  for (std::uint32_t k = 0; k < wish.receptors(); ++k) list.add(receptorName(wish, k), Role::Sensory, layout.receptor(k), 1);
  for (std::uint32_t column = 0; column < wish.columns; ++column) {
    for (std::uint32_t k = 0; k < wish.neurons; ++k)
      list.add(std::to_string(column) + "-" + std::to_string(k + 1), Role::Inter, layout.cell(column, k), column + 2);
  }
  for (std::uint32_t column = 0; column < wish.columns; ++column)
    list.add("Column " + std::to_string(column), Role::Motor, layout.motor(column), column + 2);
  list.table.values.resize(neuron::Count);
  list.table.values[neuron::Slots].assign(list.table.size(), wish.slots);
  const auto feeding = static_cast<std::uint32_t>(std::round(wish.feeding * wish.neurons));
  if (feeding == 0) return std::move(list.table);
  auto& feeds = list.table.values[neuron::Feeds];
  feeds.assign(list.table.size(), 0);
  const auto receptors = static_cast<std::ptrdiff_t>(wish.receptors());
  for (std::uint32_t column = 0; column < wish.columns; ++column)
    std::fill_n(feeds.begin() + receptors + std::ptrdiff_t{1} * column * wish.neurons, feeding, 1.0);
  return std::move(list.table);
}

LinkTable votes(const Wish& wish) {
  LinkTable table;
  const auto receptors = static_cast<std::uint32_t>(wish.receptors());
  const auto cells = static_cast<std::uint32_t>(wish.cells());
  for (std::uint32_t cell = 0; cell < cells; ++cell)
    table.keys.push_back({{receptors + cell + 1}, {receptors + cells + cell / wish.neurons + 1}});
  table.values = {std::vector<double>(cells, 1)};
  return table;
}

std::vector<Group> groups(const Wish& wish) {
  std::vector<Group> list{{{1}, "Retina", 0, {}, false}};
  for (std::uint32_t column = 0; column < wish.columns; ++column)
    list.push_back({{column + 2},
                    "Column " + std::to_string(column),
                    static_cast<std::uint8_t>((column + 1) % groupColours),
                    {},
                    false});
  return list;
}

}  // namespace

Result<Model> createNetwork(std::span<const double> values, std::uint64_t seed) {
  assert(values.size() == creation::Count);
  const Wish wish(values);
  if (wish.receptors() + wish.cells() > mostNeurons) {
    return failure("these are more than two million neurons", "neurons", "Ask for fewer columns, pixels or grey levels");
  }
  Model model = emptyModel(description());
  model.name = "SONN";
  model.seed = seed;
  setRules(wish, model.parameters);
  model.graph.setGroups(groups(wish));
  model.graph.addNeurons(neurons(wish));
  model.graph.addLinks(votes(wish));
  return model;
}

}  // namespace plexarium::sonn
