#include "core/dynamics/transmitter/creation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "core/dynamics/registry.h"
#include "core/dynamics/transmitter/fields.h"
#include "core/graph/wiring.h"
#include "core/random.h"

namespace plexarium::transmitter {
namespace {

constexpr double spacing = 4;  // world units between neighbours; a neuron is 2 wide
constexpr double strayShare = 0.1;
constexpr double inhibitingProduction = -5;

enum Stream : std::uint32_t { InhibitingStream = 3, StartStream, StartTickStream };

/// What was asked for.
struct Wish {
  Wish(std::span<const double> values, std::uint64_t seedOfRun)
      : neurons(static_cast<std::size_t>(values[creation::Neurons])),
        pattern(static_cast<Pattern>(values[creation::Pattern])),
        links(std::min(static_cast<std::size_t>(values[creation::LinksPerNeuron]), neurons > 0 ? neurons - 1 : 0)),
        inhibiting(values[creation::Inhibiting]),
        autostart(values[creation::Autostart]),
        pacemakers(values[creation::Pacemakers]),
        leak(values[creation::Leak]),
        seed(seedOfRun) {}

  std::size_t neurons;
  Pattern pattern;
  std::size_t links;
  double inhibiting;
  double autostart;
  double pacemakers;
  double leak;
  std::uint64_t seed;
};

std::size_t gridColumns(const Wish& wish) {
  return static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(wish.neurons))));
}

struct Offset {
  int x, y;
};

/// The nearest places around one, nearest first, at least twice as many as links are wanted: near the last, incomplete row
/// some places are empty.
std::vector<Offset> nearestOffsets(std::size_t links) {
  const int radius = static_cast<int>(std::ceil(std::sqrt(2.0 * static_cast<double>(links)))) + 1;
  std::vector<Offset> offsets;
  for (int y = -radius; y <= radius; ++y) {
    for (int x = -radius; x <= radius; ++x) {
      if (x != 0 || y != 0) offsets.push_back({x, y});
    }
  }
  const auto distance = [](Offset offset) { return offset.x * offset.x + offset.y * offset.y; };
  std::stable_sort(offsets.begin(), offsets.end(), [&](Offset a, Offset b) { return distance(a) < distance(b); });
  return offsets;
}

/// Everybody to the nearest on a grid whose edges meet.
LinkTable gridLinks(const Wish& wish, std::span<const NeuronId> ids) {
  const auto offsets = nearestOffsets(wish.links);
  const auto columns = static_cast<std::int64_t>(gridColumns(wish));
  const auto rows = columns > 0 ? (static_cast<std::int64_t>(wish.neurons) + columns - 1) / columns : 0;
  const auto wrapped = [](std::int64_t value, std::int64_t size) { return ((value % size) + size) % size; };
  LinkTable table;
  std::vector<std::size_t> targets;
  for (std::size_t row = 0; row < wish.neurons; ++row) {
    const auto x = static_cast<std::int64_t>(row) % columns;
    const auto y = static_cast<std::int64_t>(row) / columns;
    targets.clear();
    for (const auto offset : offsets) {
      if (targets.size() == wish.links) break;
      const auto near = static_cast<std::size_t>(wrapped(y + offset.y, rows) * columns + wrapped(x + offset.x, columns));
      const bool known = std::find(targets.begin(), targets.end(), near) != targets.end();
      if (near < wish.neurons && near != row && !known) targets.push_back(near);
    }
    for (const auto target : targets) table.keys.push_back({ids[row], ids[target]});
  }
  return table;
}

/// Who is linked to whom; a chain is a ring that is cut open.
Result<LinkTable> wiring(const Wish& wish, std::span<const NeuronId> ids) {
  if (wish.pattern == Pattern::Grid) return gridLinks(wish, ids);
  const auto links = static_cast<double>(wish.links);
  const auto wired = [&](const char* key, std::vector<double> values, std::span<const NeuronId> targets) {
    return wire(*findWiringPattern(key), {.sources = ids, .targets = targets, .values = values, .seed = wish.seed});
  };
  if (wish.pattern == Pattern::Random) return wired("random_fan_out", {links, 0}, ids);
  if (wish.pattern == Pattern::SmallWorld) return wired("small_world", {links, 0, strayShare, 0}, {});
  auto table = wired("ring_lattice", {links, 0}, {});
  if (table && wish.pattern == Pattern::Chain) std::erase_if(table->keys, [](LinkKey key) { return key.to < key.from; });
  return table;
}

Point place(std::size_t row, const Wish& wish) {
  const auto count = static_cast<double>(wish.neurons);
  const auto index = static_cast<double>(row);
  const auto at = [](double x, double y) { return Point{static_cast<float>(x), static_cast<float>(y)}; };
  switch (wish.pattern) {
    case Pattern::Random: {  // sunflower: even, without a grid
      const double radius = spacing * std::sqrt(index + 0.5) / std::sqrt(std::numbers::pi) * 1.1;
      const double angle = index * std::numbers::pi * (3 - std::sqrt(5.0));
      return at(radius * std::cos(angle), radius * std::sin(angle));
    }
    case Pattern::Ring:
    case Pattern::SmallWorld: {
      const double radius = spacing * std::max(1.0, count / (2 * std::numbers::pi));
      const double angle = 2 * std::numbers::pi * index / count - std::numbers::pi / 2;
      return at(radius * std::cos(angle), radius * std::sin(angle));
    }
    case Pattern::Chain:
    case Pattern::Grid:
      break;
  }
  const auto columns = gridColumns(wish);
  const auto y = row / columns;
  auto x = row % columns;
  if (wish.pattern == Pattern::Chain && y % 2 == 1) x = columns - 1 - x;  // back and forth, so that the next one is near
  return at(spacing * static_cast<double>(x), spacing * static_cast<double>(y));
}

/// Which neurons excite themselves: spread evenly over the rows.
std::vector<bool> choosePacemakers(const Wish& wish) {
  std::vector<bool> chosen(wish.neurons, false);
  if (wish.pacemakers <= 0) return chosen;
  const auto wanted = std::llround(wish.pacemakers * static_cast<double>(wish.neurons));
  const auto count = std::max<std::size_t>(1, static_cast<std::size_t>(wanted));
  for (std::size_t k = 0; k < count && wish.neurons > 0; ++k) chosen[k * wish.neurons / count] = true;
  return chosen;
}

std::vector<bool> chooseInhibiting(const Wish& wish, const std::vector<bool>& pacemaker) {
  const RandomStream random(wish.seed, InhibitingStream);
  std::vector<bool> chosen(wish.neurons, false);
  for (std::size_t row = 0; row < wish.neurons; ++row)
    chosen[row] = !pacemaker[row] && random.uniform(row) < wish.inhibiting;
  return chosen;
}

void fillNeurons(const Wish& wish, const std::vector<bool>& pacemaker, const std::vector<bool>& inhibits, Model& model) {
  const auto& fields = description().neuronFields;
  const RandomStream start(wish.seed, StartStream);
  const RandomStream startTick(wish.seed, StartTickStream);
  const auto speed = static_cast<std::uint32_t>(fields[neuron::Speed].initial);
  const auto period = speed + static_cast<std::uint32_t>(fields[neuron::Recovery].initial) + 2;
  NeuronTable table;
  table.values.resize(neuron::Count);
  for (std::size_t row = 0; row < wish.neurons; ++row) {
    table.ids.push_back({static_cast<std::uint32_t>(row) + 1});
    table.names.push_back("N" + std::to_string(row + 1));
    table.roles.push_back(Role::Inter);
    table.positions.push_back(place(row, wish));
    const auto tick = startTick.below(period, row);
    // A pacemaker's first release must be large enough to excite itself again: it waits for at least one conduction time.
    const auto sta = pacemaker[row] ? speed + tick : start.uniform(row) < wish.autostart ? 1 + tick : 0;
    table.values[neuron::Sta].push_back(sta);
    table.values[neuron::ProductionE].push_back(inhibits[row] ? 0 : fields[neuron::ProductionE].initial);
    table.values[neuron::ProductionI].push_back(inhibits[row] ? inhibitingProduction : fields[neuron::ProductionI].initial);
    table.values[neuron::Leak].push_back(wish.leak);
  }
  model.graph.addNeurons(table);
}

Result<void> fillLinks(const Wish& wish, const std::vector<bool>& pacemaker, const std::vector<bool>& inhibits,
                       Model& model) {
  const auto& graph = model.graph;
  auto table = wiring(wish, graph.ids());
  if (!table) return tl::unexpected(std::move(table.error()));
  const auto rowOf = [](NeuronId id) { return std::size_t{id.value} - 1; };
  std::erase_if(table->keys, [&](LinkKey key) { return inhibits[rowOf(key.from)] && pacemaker[rowOf(key.to)]; });
  std::vector<double> fanOut(wish.neurons, 0);
  for (const auto key : table->keys) ++fanOut[rowOf(key.from)];
  table->values.resize(link::Count);
  auto& weights = table->values[link::Weight];
  weights.assign(table->size(), 1);
  for (std::size_t row = 0; row < wish.neurons; ++row) {
    if (!pacemaker[row]) continue;  // half of what it releases comes back to itself
    table->keys.push_back({graph.ids()[row], graph.ids()[row]});
    weights.push_back(std::max(1.0, fanOut[row]));
  }
  model.graph.addLinks(*table);
  return {};
}

}  // namespace

Result<Model> createNetwork(std::span<const double> values, std::uint64_t seed) {
  assert(values.size() == creation::Count);
  const Wish wish(values, seed);
  if (wish.neurons * wish.links > maximumWiredLinks) {
    return failure(std::to_string(wish.neurons * wish.links) + " links are more than " + std::to_string(maximumWiredLinks),
                   "links_per_neuron", "Ask for fewer neurons or fewer links per neuron");
  }
  Model model = emptyModel(description());
  model.name = "Transmitter network";
  model.seed = seed;
  const auto pacemaker = choosePacemakers(wish);
  const auto inhibits = chooseInhibiting(wish, pacemaker);
  fillNeurons(wish, pacemaker, inhibits, model);
  if (auto filled = fillLinks(wish, pacemaker, inhibits, model); !filled) return tl::unexpected(std::move(filled.error()));
  return model;
}

}  // namespace plexarium::transmitter
