#include "ui/canvas/lens.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <functional>
#include <utility>

namespace plexarium::ui {
namespace {

constexpr double evolvesEvery = 0.2;  // seconds between looks at who fired
constexpr double idleShare = 4;       // and at least that many times what a look costs

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

template <typename T>
std::shared_ptr<const std::vector<T>> shared(std::vector<T> values) {
  return std::make_shared<const std::vector<T>>(std::move(values));
}

}  // namespace

void Lens::setFilter(const CanvasFilter& filter) {
  filter_ = filter;
  changed_ = true;
}

std::vector<NeuronId> Lens::members(GroupId group) const {
  std::vector<NeuronId> all;
  if (!source_.groups) return all;
  for (const std::size_t row : rowsIn(*source_.groups, *source_.memberOf, group)) all.push_back((*source_.ids)[row]);
  return all;
}

const Lens::Folded* Lens::folded(NeuronId shown) const {
  const auto at = std::lower_bound(folded_.begin(), folded_.end(), shown,
                                   [](const auto& entry, NeuronId id) { return entry.first < id; });
  return at != folded_.end() && at->first == shown ? &at->second : nullptr;
}

std::shared_ptr<const Snapshot> Lens::see(const std::shared_ptr<const Snapshot>& snapshot, double seconds) {
  const GraphImage& graph = snapshot->graph;
  const bool folds =
      std::any_of(graph.groups->begin(), graph.groups->end(), [](const Group& group) { return group.collapsed; });
  if (filter_.showsAll() && !folds) {
    folded_.clear();
    source_ = graph;
    changed_ = true;
    return snapshot;
  }
  const bool rewired =
      changed_ || graph.ids != source_.ids || graph.targets != source_.targets || graph.firstLink != source_.firstLink;
  const bool relabelled = rewired || graph.roles != source_.roles || graph.names != source_.names ||
                          graph.groups != source_.groups || graph.memberOf != source_.memberOf;
  const bool moved = graph.positions != source_.positions;
  const bool evolves = filter_.firedWithin || filter_.minimalStrength > 0 || filter_.bornWithin;
  source_ = graph;
  bool remapped = false;
  if (relabelled || (evolves && seconds - mapped_ >= std::max(evolvesEvery, idleShare * mapCost_))) {
    const double began = now();
    const auto rows = std::exchange(shownRow_, {});
    const auto links = std::exchange(shownLink_, {});
    mapNeurons(*snapshot);
    mapLinks(*snapshot);
    remapped = rewired || rows != shownRow_ || links != shownLink_;
    if (remapped) buildStructure();
    mapped_ = seconds;
    mapCost_ = now() - began;
  }
  if (remapped || relabelled) buildLabels();
  if (remapped || moved) place();
  changed_ = false;
  auto seen = std::make_shared<Snapshot>(*snapshot);
  seen->graph = shown_;
  seen->appearance = blend(snapshot->appearance);
  return seen;
}

std::vector<bool> Lens::kept(const Snapshot& snapshot) const {
  const GraphImage& graph = snapshot.graph;
  std::vector<bool> keep(graph.ids->size(), true);
  if (!filter_.groups.empty()) {
    const std::vector<Group>& groups = *graph.groups;
    std::vector<bool> chosen(groups.size());
    std::transform(groups.begin(), groups.end(), chosen.begin(), [&](const Group& group) {
      return std::any_of(filter_.groups.begin(), filter_.groups.end(),
                         [&](GroupId wanted) { return isWithin(groups, group.id, wanted); });
    });
    for (std::size_t row = 0; row < keep.size(); ++row) {
      const Group* group = findGroup(groups, (*graph.memberOf)[row]);
      keep[row] = group && chosen[static_cast<std::size_t>(group - groups.data())];
    }
  }
  for (std::size_t row = 0; row < keep.size(); ++row) {
    if (!filter_.roles[static_cast<std::size_t>((*graph.roles)[row])]) keep[row] = false;
    const Tick fired = snapshot.appearance.lastFired[row];
    if (filter_.firedWithin && (fired == never || fired < snapshot.tick - *filter_.firedWithin)) keep[row] = false;
  }
  return keep;
}

void Lens::mapNeurons(const Snapshot& snapshot) {
  const GraphImage& graph = snapshot.graph;
  const std::vector<bool> keep = kept(snapshot);
  const std::vector<Group>& groups = *graph.groups;
  std::vector<GroupId> hiding(groups.size());
  std::transform(groups.begin(), groups.end(), hiding.begin(),
                 [&groups](const Group& group) { return hiddenBy(groups, group.id); });
  const auto indexOf = [&groups](GroupId id) { return static_cast<std::size_t>(findGroup(groups, id) - groups.data()); };
  std::vector<std::uint32_t> rowOfGroup(groups.size(), hidden);
  std::uint32_t next = 0;
  shownRow_.assign(keep.size(), hidden);
  folded_.clear();
  together_.clear();
  for (std::size_t row = 0; row < keep.size(); ++row) {
    if (!keep[row]) continue;
    const GroupId own = (*graph.memberOf)[row];
    const GroupId fold = own ? hiding[indexOf(own)] : GroupId{};
    if (!fold) {
      shownRow_[row] = next++;
      together_.push_back(false);
      continue;
    }
    std::uint32_t& shown = rowOfGroup[indexOf(fold)];
    if (shown == hidden) {
      shown = next++;
      together_.push_back(true);
      folded_.push_back({(*graph.ids)[row], {groups[indexOf(fold)], members(fold)}});
    }
    shownRow_[row] = shown;
  }
}

bool Lens::keeps(const Snapshot& snapshot, std::size_t link) const {
  const Appearance& now = snapshot.appearance;
  if (now.linkStrength[link] < filter_.minimalStrength) return false;
  if (!filter_.bornWithin || now.linkBorn.empty()) return true;
  return now.linkBorn[link] != never && now.linkBorn[link] >= snapshot.tick - *filter_.bornWithin;
}

void Lens::mapLinks(const Snapshot& snapshot) {
  const auto& first = *snapshot.graph.firstLink;
  const auto& targets = *snapshot.graph.targets;
  shownLink_.assign(targets.size(), hidden);
  links_.clear();
  std::vector<std::uint64_t> keys(targets.size());
  for (std::size_t row = 0; row + 1 < first.size(); ++row) {
    const std::uint32_t from = shownRow_[row];
    if (from == hidden) continue;
    for (std::size_t link = first[row]; link < first[row + 1]; ++link) {
      const std::uint32_t to = shownRow_[targets[link]];
      const bool inner = from == to && together_[from];
      if (to == hidden || inner || !keeps(snapshot, link)) continue;
      keys[link] = std::uint64_t{from} << 32 | to;
      shownLink_[link] = 0;
      links_.push_back(keys[link]);
    }
  }
  const bool merged = std::adjacent_find(links_.begin(), links_.end(), std::greater_equal<>()) != links_.end();
  if (merged) {
    std::sort(links_.begin(), links_.end());
    links_.erase(std::unique(links_.begin(), links_.end()), links_.end());
  }
  std::uint32_t next = 0;
  for (std::size_t link = 0; link < keys.size(); ++link) {
    if (shownLink_[link] == hidden) continue;
    if (!merged) {
      shownLink_[link] = next++;
      continue;
    }
    shownLink_[link] =
        static_cast<std::uint32_t>(std::lower_bound(links_.begin(), links_.end(), keys[link]) - links_.begin());
  }
}

void Lens::buildStructure() {
  std::vector<NeuronId> ids;
  for (std::size_t row = 0; row < shownRow_.size(); ++row) {
    // A group's row is its first member's.
    if (shownRow_[row] == ids.size()) ids.push_back((*source_.ids)[row]);
  }
  std::vector<std::uint32_t> first(ids.size() + 1, 0);
  std::vector<std::uint32_t> targets;
  targets.reserve(links_.size());
  for (const std::uint64_t key : links_) {
    ++first[(key >> 32) + 1];
    targets.push_back(static_cast<std::uint32_t>(key));
  }
  for (std::size_t row = 1; row < first.size(); ++row) first[row] += first[row - 1];
  shown_.ids = shared(std::move(ids));
  shown_.firstLink = shared(std::move(first));
  shown_.targets = shared(std::move(targets));
  shown_.neuronFields = shared(std::vector<Column>());
  shown_.linkFields = shared(std::vector<Column>());
}

void Lens::buildLabels() {
  std::vector<std::string> names(shown_.ids->size());
  std::vector<Role> roles(shown_.ids->size(), Role::Inter);
  std::vector<GroupId> memberOf(shown_.ids->size());
  for (std::size_t row = 0; row < shownRow_.size(); ++row) {
    const std::uint32_t shown = shownRow_[row];
    if (shown == hidden) continue;
    if (together_[shown]) {  // its name is drawn with the group
      memberOf[shown] = folded((*shown_.ids)[shown])->group.id;
      continue;
    }
    memberOf[shown] = (*source_.memberOf)[row];
    names[shown] = (*source_.names)[row];
    roles[shown] = (*source_.roles)[row];
  }
  shown_.names = shared(std::move(names));
  shown_.roles = shared(std::move(roles));
  shown_.memberOf = shared(std::move(memberOf));
  shown_.groups = source_.groups;
}

void Lens::place() {
  struct Sum {
    double x = 0, y = 0, count = 0;
  };
  std::vector<Sum> sums(shown_.ids->size());
  for (std::size_t row = 0; row < shownRow_.size(); ++row) {
    if (shownRow_[row] == hidden) continue;
    const Point p = (*source_.positions)[row];
    Sum& sum = sums[shownRow_[row]];
    sum.x += p.x, sum.y += p.y, ++sum.count;
  }
  std::vector<Point> places;
  places.reserve(sums.size());
  for (const Sum& sum : sums)
    places.push_back({static_cast<float>(sum.x / sum.count), static_cast<float>(sum.y / sum.count)});
  shown_.positions = shared(std::move(places));
}

Appearance Lens::blend(const Appearance& all) const {
  Appearance shown;
  const std::size_t neurons = shown_.ids->size();
  shown.phase.assign(neurons, 0);
  shown.level.assign(neurons, 0);
  shown.store.assign(neurons, -1);
  shown.progress.assign(neurons, -1);
  shown.lastFired.assign(neurons, never - 1);  // earlier than any neuron's
  for (std::size_t row = 0; row < shownRow_.size(); ++row) {
    const std::uint32_t to = shownRow_[row];
    if (to == hidden) continue;
    // A group does what the member does that fired last.
    if (all.lastFired[row] > shown.lastFired[to]) {
      shown.lastFired[to] = all.lastFired[row];
      shown.phase[to] = all.phase[row];
    }
    shown.level[to] = std::max(shown.level[to], all.level[row]);
    shown.store[to] = std::max(shown.store[to], all.store[row]);
    shown.progress[to] = std::max(shown.progress[to], all.progress[row]);
  }
  shown.lastCarried.assign(links_.size(), never);
  shown.linkStyle.assign(links_.size(), 0);
  shown.linkStrength.assign(links_.size(), -1);
  shown.linkBorn.assign(all.linkBorn.empty() ? 0 : links_.size(), never);
  std::size_t from = 0;
  for (std::size_t link = 0; link < shownLink_.size(); ++link) {
    while ((*source_.firstLink)[from + 1] <= link) ++from;
    const std::uint32_t to = shownLink_[link];
    if (to == hidden) continue;
    if (all.linkStrength[link] > shown.linkStrength[to]) {
      shown.linkStrength[to] = all.linkStrength[link];
      shown.linkStyle[to] = all.linkStyle[link];
    }
    shown.lastCarried[to] = std::max(shown.lastCarried[to], all.carried(link, from, (*source_.targets)[link]));
    if (!all.linkBorn.empty()) shown.linkBorn[to] = std::max(shown.linkBorn[to], all.linkBorn[link]);
  }
  return shown;
}

}  // namespace plexarium::ui
