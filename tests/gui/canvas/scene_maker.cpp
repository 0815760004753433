#include "tests/gui/canvas/scene_maker.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/random.h"

namespace plexarium::test {
namespace {

Field makeField(const char* key, const char* label, const char* unit, bool evolves) {
  Field field;
  field.key = key;
  field.label = label;
  field.unit = unit;
  field.maximum = 100;
  field.evolves = evolves;
  return field;
}

Description makeDescription() {
  Description description;
  description.key = "made";
  description.label = "Made by hand";
  description.neuronFields = {makeField("threshold", "Threshold", "units", false),
                              makeField("potential", "Potential", "mV", true)};
  description.linkFields = {makeField("weight", "Weight", "", false)};
  description.phases = {{"Calm", "", Tint::Calm, Shape::Disc},
                        {"Ready", "", Tint::Ready, Shape::Hexagon},
                        {"Conducting", "", Tint::Active, Shape::Diamond},
                        {"Releasing", "", Tint::Burst, Shape::Square},
                        {"Tired", "", Tint::Tired, Shape::Triangle}};
  description.linkStyles = {{"exciting", Tint::Excite, LinkEnd::Arrow, false},
                            {"inhibiting", Tint::Inhibit, LinkEnd::Bar, true},
                            {"coupling", Tint::Couple, LinkEnd::Ball, false}};
  return description;
}

std::string nameOf(std::size_t row) {
  std::string name(1, static_cast<char>('A' + row % 26));
  return row < 26 ? name : name + std::to_string(row / 26);
}

}  // namespace

const Description& canvasDescription() {
  static const Description description = makeDescription();
  return description;
}

std::shared_ptr<Snapshot> makeSnapshot(const std::vector<Point>& positions, std::vector<MadeLink> links) {
  std::sort(links.begin(), links.end(),
            [](const MadeLink& a, const MadeLink& b) { return std::pair(a.from, a.to) < std::pair(b.from, b.to); });
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->number = 1;
  snapshot->tick = 100;
  const std::size_t count = positions.size();
  std::vector<NeuronId> ids;
  std::vector<std::string> names;
  for (std::size_t row = 0; row < count; ++row) {
    ids.push_back({static_cast<std::uint32_t>(row + 1)});
    names.push_back(nameOf(row));
  }
  std::vector<std::uint32_t> first(count + 1, 0);
  std::vector<std::uint32_t> targets;
  Appearance& look = snapshot->appearance;
  for (const MadeLink& link : links) {
    ++first[link.from + 1];
    targets.push_back(link.to);
    look.linkStyle.push_back(link.style);
    look.linkStrength.push_back(link.strength);
    look.lastCarried.push_back(link.carried);
  }
  for (std::size_t row = 0; row < count; ++row) first[row + 1] += first[row];
  look.phase.assign(count, 0);
  look.level.assign(count, 0.5F);
  look.store.assign(count, -1);
  look.progress.assign(count, -1);
  look.lastFired.assign(count, never);
  GraphImage& graph = snapshot->graph;
  graph.ids = std::make_shared<const std::vector<NeuronId>>(std::move(ids));
  graph.names = std::make_shared<const std::vector<std::string>>(std::move(names));
  graph.roles = std::make_shared<const std::vector<Role>>(count, Role::Inter);
  graph.positions = std::make_shared<const std::vector<Point>>(positions);
  graph.firstLink = std::make_shared<const std::vector<std::uint32_t>>(std::move(first));
  graph.targets = std::make_shared<const std::vector<std::uint32_t>>(std::move(targets));
  graph.groups = std::make_shared<const std::vector<Group>>();
  graph.memberOf = std::make_shared<const std::vector<GroupId>>(count);
  graph.neuronFields = std::make_shared<const std::vector<Column>>(
      std::vector<Column>{std::vector<double>(count, 12), std::vector<double>()});
  graph.linkFields =
      std::make_shared<const std::vector<Column>>(std::vector<Column>{std::vector<double>(links.size(), 2.5)});
  return snapshot;
}

std::shared_ptr<Snapshot> makeLargeSnapshot(std::uint32_t neurons, std::uint32_t linksEach) {
  const RandomStream random(7, 1);
  const auto side = static_cast<std::uint32_t>(std::ceil(std::sqrt(neurons)));
  std::vector<Point> positions;
  std::vector<MadeLink> links;
  for (std::uint32_t row = 0; row < neurons; ++row) {
    const float x = static_cast<float>(row % side) + static_cast<float>(random.uniform(row, 0)) * 0.8F;
    const float y = static_cast<float>(row / side) + static_cast<float>(random.uniform(row, 1)) * 0.8F;
    positions.push_back({x * 4, y * 4});
    std::set<std::uint32_t> targets;
    for (std::uint32_t i = 0; targets.size() < linksEach; ++i) targets.insert(random.below(neurons, row, 2 + i));
    for (const std::uint32_t to : targets) {
      const double draw = random.uniform(row, 1000 + to);
      links.push_back({row, to, static_cast<std::uint8_t>(draw < 0.75 ? 0 : draw < 0.95 ? 1 : 2), static_cast<float>(draw)});
    }
  }
  return makeSnapshot(positions, std::move(links));
}

std::shared_ptr<Snapshot> makeShowcase() {
  std::vector<Point> positions;
  for (int row = 0; row < 10; ++row) positions.push_back({static_cast<float>(row % 5) * 6, static_cast<float>(row / 5) * 9});
  positions.push_back({9, 17});
  positions.push_back({21, 17});
  auto snapshot = makeSnapshot(positions, {{0, 5, 0, 1.0F},
                                           {5, 0, 1, 0.7F},
                                           {1, 6, 0, 0.3F, 98},
                                           {6, 2, 1, 0.9F, 99},
                                           {2, 8, 2, 0.6F},
                                           {3, 3, 0, 0.8F},
                                           {4, 9, 0, 0.5F, 95},
                                           {7, 10, 1, 0.5F},
                                           {10, 7, 0, 0.5F},
                                           {8, 11, 0, 0.9F, 99},
                                           {9, 11, 0, 0.9F},
                                           {11, 11, 1, 0.4F}});
  std::vector<Role> roles(positions.size(), Role::Inter);
  roles[0] = roles[1] = Role::Sensory;
  roles[10] = roles[11] = Role::Motor;
  snapshot->graph.roles = std::make_shared<const std::vector<Role>>(roles);
  Appearance& look = snapshot->appearance;
  for (std::size_t row = 0; row < positions.size(); ++row) {
    look.phase[row] = static_cast<std::uint8_t>(row % 5);
    look.level[row] = static_cast<float>(row) / 11.0F;
    look.store[row] = row % 2 ? static_cast<float>(row) / 12.0F : -1.0F;
  }
  look.progress[9] = 0.55F;
  look.progress[2] = 0.3F;
  look.lastFired[3] = 99;
  look.lastFired[8] = 97;
  return snapshot;
}

std::shared_ptr<Snapshot> grouped(const Snapshot& snapshot, const std::vector<MadeGroup>& groups) {
  auto next = std::make_shared<Snapshot>(snapshot);
  std::vector<Group> table;
  std::vector<GroupId> memberOf(snapshot.graph.ids->size());
  for (const MadeGroup& made : groups) {
    table.push_back(made.group);
    for (const NeuronId id : made.members) memberOf[*snapshot.graph.row(id)] = made.group.id;
  }
  next->graph.groups = std::make_shared<const std::vector<Group>>(std::move(table));
  next->graph.memberOf = std::make_shared<const std::vector<GroupId>>(std::move(memberOf));
  return next;
}

}  // namespace plexarium::test
