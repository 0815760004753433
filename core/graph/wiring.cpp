#include "core/graph/wiring.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <optional>

#include "core/graph/wiring_distance.h"
#include "core/graph/wiring_draw.h"

namespace plexarium {
namespace {

tl::unexpected<Error> tooMany() {
  return failure("this wiring makes more than " + std::to_string(maximumWiredLinks) + " links", {},
                 "Choose fewer neurons or a lower probability");
}

Field selfLinksField() {
  return {.key = "self_links",
          .label = "Self-links",
          .unit = "",
          .help = "Whether a neuron may be linked to itself.",
          .type = FieldType::Flag,
          .minimum = 0,
          .maximum = 1,
          .initial = 0};
}

Field countField(std::string key, std::string label, std::string help, double initial) {
  return {.key = std::move(key),
          .label = std::move(label),
          .unit = "links",
          .help = std::move(help),
          .type = FieldType::Integer,
          .minimum = 0,
          .maximum = 1e6,
          .initial = initial};
}

Field probabilityField(std::string key, std::string label, std::string help, double initial) {
  return {.key = std::move(key),
          .label = std::move(label),
          .unit = "",
          .help = std::move(help),
          .type = FieldType::Real,
          .minimum = 0,
          .maximum = 1,
          .initial = initial};
}

/// Index of every source in the list of targets, or `absent`.
constexpr std::size_t absent = static_cast<std::size_t>(-1);
std::vector<std::size_t> ownPlaces(const WiringRequest& request) {
  std::vector<std::uint32_t> order(request.targets.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto id = [&](std::uint32_t index) { return request.targets[index]; };
  std::ranges::sort(order, {}, id);
  std::vector<std::size_t> places;
  places.reserve(request.sources.size());
  for (const auto source : request.sources) {
    const auto found = std::ranges::lower_bound(order, source, {}, id);
    places.push_back(found != order.end() && id(*found) == source ? *found : absent);
  }
  return places;
}

// values: probability, self_links
Result<LinkTable> randomByProbability(const WiringRequest& request) {
  const double probability = request.values[0];
  const bool selfLinks = request.values[1] != 0;
  const auto width = request.targets.size();
  const auto pairs = static_cast<double>(request.sources.size()) * static_cast<double>(width);
  if (probability * pairs > static_cast<double>(maximumWiredLinks)) return tooMany();
  LinkTable table;
  table.keys.reserve(static_cast<std::size_t>(probability * pairs));
  // Walks over the matrix of all pairs from success to success, so that time goes with the links and not with the pairs.
  Draws draws(request.seed);
  std::uint64_t pair = draws.failuresBefore(probability);
  for (; static_cast<double>(pair) < pairs; pair += 1 + draws.failuresBefore(probability)) {
    const LinkKey key{request.sources[pair / width], request.targets[pair % width]};
    if (!selfLinks && key.from == key.to) continue;
    if (table.keys.size() == maximumWiredLinks) return tooMany();
    table.keys.push_back(key);
  }
  return table;
}

// values: fan_out, self_links
Result<LinkTable> randomByFanOut(const WiringRequest& request) {
  const auto fanOut = static_cast<std::size_t>(request.values[0]);
  const bool selfLinks = request.values[1] != 0;
  if (request.sources.size() > maximumWiredLinks / std::max<std::size_t>(fanOut, 1)) return tooMany();
  const auto places = ownPlaces(request);
  Draws draws(request.seed);
  DistinctDraw distinct(request.targets.size());
  LinkTable table;
  table.keys.reserve(request.sources.size() * fanOut);
  std::vector<std::uint32_t> excluded;
  for (std::size_t source = 0; source < places.size(); ++source) {
    excluded.clear();
    if (!selfLinks && places[source] != absent) excluded.push_back(static_cast<std::uint32_t>(places[source]));
    const auto available = request.targets.size() - excluded.size();
    if (fanOut > available) {
      return failure(
          "a fan-out of " + std::to_string(fanOut) + " is more than the " + std::to_string(available) + " targets there are",
          "neuron " + std::to_string(request.sources[source].value), "Choose more targets or a smaller fan-out");
    }
    for (const auto target : distinct(fanOut, excluded, draws)) {
      table.keys.push_back({request.sources[source], request.targets[target]});
    }
  }
  return table;
}

/// A ring lattice in which every link is moved to a random place with probability `rewiring`.
Result<LinkTable> ring(const WiringRequest& request, double rewiring, bool selfLinks) {
  const auto ahead = static_cast<std::size_t>(request.values[0]);
  const auto behind = static_cast<std::size_t>(request.values[1]);
  const auto count = request.sources.size();
  if (count == 0) return LinkTable{};
  if (ahead + behind > count - 1) {
    return failure(std::to_string(ahead + behind) + " neighbours are more than the " + std::to_string(count - 1) +
                       " others in the ring",
                   {}, "Choose more neurons or fewer neighbours");
  }
  if (count > maximumWiredLinks / std::max<std::size_t>(ahead + behind, 1)) return tooMany();
  Draws draws(request.seed);
  DistinctDraw distinct(count);
  LinkTable table;
  table.keys.reserve(count * (ahead + behind));
  std::vector<std::uint32_t> kept;
  for (std::size_t source = 0; source < count; ++source) {
    kept.clear();
    for (std::size_t step = 1; step <= ahead + behind; ++step) {
      if (rewiring > 0 && draws.uniform() < rewiring) continue;
      const auto offset = step <= ahead ? step : count - (step - ahead);
      kept.push_back(static_cast<std::uint32_t>((source + offset) % count));
    }
    const auto moved = ahead + behind - kept.size();
    for (const auto target : kept) table.keys.push_back({request.sources[source], request.sources[target]});
    if (moved == 0) continue;
    if (!selfLinks) kept.push_back(static_cast<std::uint32_t>(source));
    std::ranges::sort(kept);
    for (const auto target : distinct(moved, kept, draws)) {
      table.keys.push_back({request.sources[source], request.sources[target]});
    }
  }
  return table;
}

// values: ahead, behind
Result<LinkTable> ringLattice(const WiringRequest& request) { return ring(request, 0, false); }

// values: ahead, behind, rewiring, self_links
// Source: Watts and Strogatz, "Collective dynamics of 'small-world' networks", Nature 393 (1998).
// Departs: directed, one coin per link; the links of one neuron that move go to distinct places drawn evenly from all
// places that its staying links do not hold, so that rewiring 1 is exactly a random network of fixed fan-out.
Result<LinkTable> smallWorld(const WiringRequest& request) {
  return ring(request, request.values[2], request.values[3] != 0);
}

// values: shape, probability, length, self_links
Result<LinkTable> byDistance(const WiringRequest& request) {
  const DistanceRule rule{.gaussian = request.values[0] != 0,
                          .probability = request.values[1],
                          .length = request.values[2],
                          .selfLinks = request.values[3] != 0};
  auto keys = linksByDistance(request, rule);
  if (!keys) return tooMany();
  LinkTable table;
  table.keys = std::move(*keys);
  return table;
}

Result<LinkTable> oneToOne(const WiringRequest& request) {
  if (request.sources.size() != request.targets.size()) {
    return failure(std::to_string(request.sources.size()) + " sources and " + std::to_string(request.targets.size()) +
                       " targets cannot be paired one to one",
                   {}, "Choose as many targets as sources");
  }
  LinkTable table;
  for (std::size_t k = 0; k < request.sources.size(); ++k) {
    if (request.values[0] != 0 || request.sources[k] != request.targets[k]) {
      table.keys.push_back({request.sources[k], request.targets[k]});
    }
  }
  return table;
}

Result<LinkTable> allToAll(const WiringRequest& request) {
  const auto width = request.targets.size();
  if (width > 0 && request.sources.size() > maximumWiredLinks / width) return tooMany();
  LinkTable table;
  table.keys.reserve(request.sources.size() * width);
  for (const auto source : request.sources) {
    for (const auto target : request.targets) {
      if (request.values[0] != 0 || source != target) table.keys.push_back({source, target});
    }
  }
  return table;
}

std::vector<WiringPattern> makePatterns() {
  const auto ahead =
      countField("ahead", "Neighbours ahead", "How many of the neurons that follow in the ring each neuron links to.", 1);
  const auto behind =
      countField("behind", "Neighbours behind", "How many of the neurons that precede in the ring each neuron links to.", 0);
  auto rewiring = probabilityField("rewiring", "Rewiring", "Chance of each link to be moved to a random target.", 0.1);
  auto worldAhead = ahead;
  auto worldBehind = behind;
  worldAhead.initial = worldBehind.initial = 2;
  Field shape{.key = "shape",
              .label = "Decay",
              .unit = "",
              .help = "exponential: p exp(-d / length). gaussian: p exp(-(d / length)^2 / 2).",
              .type = FieldType::Choice,
              .initial = 0,
              .choices = {"exponential", "gaussian"}};
  Field length{.key = "length",
               .label = "Length",
               .unit = "world units",
               .help = "Distance over which the chance of a link decays. A neuron's disc has radius 1.",
               .type = FieldType::Real,
               .minimum = 1e-3,
               .maximum = 1e9,
               .initial = 6};
  return {
      {"random",
       "Random",
       "Every pair is linked with the same probability.",
       {probabilityField("probability", "Probability", "Chance of each possible link.", 0.1), selfLinksField()},
       false,
       false,
       randomByProbability},
      {"random_fan_out",
       "Random, fixed fan-out",
       "Every source is linked to the same number of random targets.",
       {countField("fan_out", "Fan-out", "Links that leave each source; those that exist already count among them.", 10),
        selfLinksField()},
       false,
       false,
       randomByFanOut},
      {"ring_lattice",
       "Ring lattice",
       "Neurons in a ring, each linked to its nearest neighbours. One ahead: a circle.",
       {ahead, behind},
       true,
       false,
       ringLattice},
      {"small_world",
       "Small world",
       "A ring lattice with some links moved to random places (Watts and Strogatz).",
       {worldAhead, worldBehind, rewiring, selfLinksField()},
       true,
       false,
       smallWorld},
      {"distance",
       "By distance",
       "The nearer two neurons are, the likelier is a link.",
       {shape, probabilityField("probability", "Probability", "Chance of a link at distance 0.", 0.5), length,
        selfLinksField()},
       false,
       true,
       byDistance},
      {"one_to_one",
       "One to one",
       "The first source to the first target, the second to the second, and so on.",
       {selfLinksField()},
       false,
       false,
       oneToOne},
      {"all_to_all", "All to all", "Every source to every target.", {selfLinksField()}, false, false, allToAll},
  };
}

std::optional<Error> refuseRepeats(std::span<const NeuronId> neurons, std::string_view where) {
  std::vector<NeuronId> sorted(neurons.begin(), neurons.end());
  std::ranges::sort(sorted);
  const auto twice = std::ranges::adjacent_find(sorted);
  if (twice == sorted.end()) return std::nullopt;
  return Error{"neuron " + std::to_string(twice->value) + " is listed twice", std::string(where), "List each neuron once"};
}

bool finite(std::span<const Point> points) {
  return std::ranges::all_of(points, [](Point point) { return std::isfinite(point.x) && std::isfinite(point.y); });
}

Result<void> checkRequest(const WiringPattern& pattern, const WiringRequest& request) {
  if (request.values.size() != pattern.fields.size()) {
    return failure("wiring '" + pattern.key + "' needs " + std::to_string(pattern.fields.size()) + " values, not " +
                   std::to_string(request.values.size()));
  }
  for (std::size_t field = 0; field < pattern.fields.size(); ++field) {
    if (auto checked = checkValue(pattern.fields[field], request.values[field]); !checked) return checked;
  }
  if (auto error = refuseRepeats(request.sources, "sources")) return tl::unexpected(*error);
  if (auto error = refuseRepeats(request.targets, "targets")) return tl::unexpected(*error);
  if (pattern.withinOneGroup && !request.targets.empty() && !std::ranges::equal(request.sources, request.targets)) {
    return failure("wiring '" + pattern.key + "' works within one group", "targets", "Leave the targets out");
  }
  if (!pattern.needsPositions) return {};
  if (request.sourcePositions.size() != request.sources.size() || request.targetPositions.size() != request.targets.size()) {
    return failure("wiring '" + pattern.key + "' needs one position per neuron");
  }
  if (!finite(request.sourcePositions) || !finite(request.targetPositions)) {
    return failure("a neuron's position is not finite", {}, "Lay the network out first");
  }
  return {};
}

/// Both lists ascend, so one walk over each source's links finds what exists already.
void dropExisting(std::vector<LinkKey>& keys, const Topology& existing) {
  if (existing.targets.empty()) return;
  assert(existing.ids.size() == existing.neuronCount());
  std::size_t row = 0;
  std::size_t link = 0;
  const auto exists = [&](LinkKey key) {
    if (row == existing.ids.size() || existing.ids[row] != key.from) {
      row = static_cast<std::size_t>(std::ranges::lower_bound(existing.ids, key.from) - existing.ids.begin());
      if (row == existing.ids.size() || existing.ids[row] != key.from) return false;
      link = existing.firstLink[row];
    }
    const std::size_t end = existing.firstLink[row + 1];
    while (link < end && existing.ids[existing.targets[link]] < key.to) ++link;
    return link < end && existing.ids[existing.targets[link]] == key.to;
  };
  std::erase_if(keys, exists);
}

}  // namespace

std::span<const WiringPattern> wiringPatterns() {
  static const std::vector<WiringPattern> patterns = makePatterns();
  return patterns;
}

const WiringPattern* findWiringPattern(std::string_view key) {
  const auto patterns = wiringPatterns();
  const auto found = std::ranges::find(patterns, key, &WiringPattern::key);
  return found == patterns.end() ? nullptr : &*found;
}

Result<LinkTable> wire(const WiringPattern& pattern, const WiringRequest& request) {
  if (auto checked = checkRequest(pattern, request); !checked) return tl::unexpected(checked.error());
  auto table = pattern.links(request);
  if (!table) return table;
  if (!std::ranges::is_sorted(table->keys)) std::ranges::sort(table->keys);
  dropExisting(table->keys, request.existing);
  return table;
}

}  // namespace plexarium
