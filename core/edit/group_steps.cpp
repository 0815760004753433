#include <algorithm>
#include <string>
#include <utility>

#include "core/edit/steps.h"

namespace plexarium::edit {
namespace {

std::vector<Group> groupsOf(const Graph& graph) { return {graph.groups().begin(), graph.groups().end()}; }

std::vector<Group>::iterator find(std::vector<Group>& groups, GroupId id) {
  const auto found = std::ranges::lower_bound(groups, id, {}, &Group::id);
  return found != groups.end() && found->id == id ? found : groups.end();
}

tl::unexpected<Error> absent(GroupId id) {
  return failure("there is no such group", "group " + std::to_string(id.value), "It may have been removed meanwhile");
}

/// Checks the list as a whole and takes it over. What a tolerant step makes is mended: a parent that is gone, or a ring.
Result<void> take(const Site& site, std::vector<Group> groups) {
  if (!site.strict()) {
    for (auto& group : groups) {
      const bool gone = group.parent && findGroup(groups, group.parent) == nullptr;
      if (gone || isWithin(groups, group.parent, group.id)) group.parent = {};
    }
  }
  if (auto checked = checkGroups(groups); !checked) return checked;
  site.graph.setGroups(std::move(groups));
  return {};
}

}  // namespace

Result<Done> applyStep(const Site& site, const AddGroups& step) {
  auto groups = groupsOf(site.graph);
  Done done;
  SetGroups overwritten;
  RemoveGroups fresh;
  for (const auto& group : step.groups) {
    const auto present = find(groups, group.id);
    if (present == groups.end()) {
      groups.insert(std::ranges::lower_bound(groups, group.id, {}, &Group::id), group);
      fresh.groups.push_back(group.id);
    } else if (site.strict()) {
      return failure("there is already such a group", "group " + std::to_string(group.id.value), "Give it another id");
    } else {
      overwritten.groups.push_back(std::exchange(*present, group));
    }
  }
  if (auto taken = take(site, std::move(groups)); !taken) return tl::unexpected(std::move(taken.error()));
  if (!fresh.groups.empty()) done.inverse.emplace_back(std::move(fresh));
  if (!overwritten.groups.empty()) done.inverse.emplace_back(std::move(overwritten));
  return done;
}

Result<Done> applyStep(const Site& site, const RemoveGroups& step) {
  auto groups = groupsOf(site.graph);
  AddGroups removed;
  SetGroups orphans;
  AssignGroups members;
  for (const auto id : step.groups) {
    const auto group = find(groups, id);
    if (group == groups.end()) {
      if (site.strict()) return absent(id);
      continue;
    }
    removed.groups.push_back(*group);
    groups.erase(group);
  }
  // What was in a group that goes is then in the nearest one around it that stays.
  const auto stays = [&](GroupId id) {
    while (id && findGroup(groups, id) == nullptr) id = findGroup(site.graph.groups(), id)->parent;
    return id;
  };
  for (auto& group : groups) {
    const auto parent = stays(group.parent);
    if (parent == group.parent) continue;
    orphans.groups.push_back(group);
    group.parent = parent;
  }
  for (std::size_t row = 0; row < site.graph.neuronCount(); ++row) {
    const auto old = site.graph.memberOf()[row];
    const auto now = stays(old);
    if (now != old) members.groups.emplace_back(site.graph.ids()[row], old);
  }
  for (const auto& [neuron, old] : members.groups) site.graph.setMember(*site.graph.row(neuron), stays(old));
  site.graph.setGroups(std::move(groups));
  return Done{{std::move(removed), std::move(orphans), std::move(members)}, {}, {}};
}

Result<Done> applyStep(const Site& site, const SetGroups& step) {
  auto groups = groupsOf(site.graph);
  SetGroups old;
  for (const auto& wanted : step.groups) {
    const auto group = find(groups, wanted.id);
    if (group == groups.end()) {
      if (site.strict()) return absent(wanted.id);
      continue;
    }
    old.groups.push_back(std::exchange(*group, wanted));
  }
  if (auto taken = take(site, std::move(groups)); !taken) return tl::unexpected(std::move(taken.error()));
  std::ranges::reverse(old.groups);  // of two values for one group the first is restored last
  return Done{{std::move(old)}, {}, {}};
}

Result<Done> applyStep(const Site& site, const AssignGroups& step) {
  AssignGroups old;
  std::vector<std::pair<std::size_t, GroupId>> wanted;
  for (const auto& [neuron, id] : step.groups) {
    const auto row = site.graph.row(neuron);
    const bool known = !id || findGroup(site.graph.groups(), id) != nullptr;
    if (!row && site.strict()) return tl::unexpected(absent(site.graph, neuron));
    if (!known && site.strict()) return absent(id);
    if (row) wanted.emplace_back(*row, known ? id : GroupId{});
  }
  for (const auto& [row, id] : wanted) {
    old.groups.emplace_back(site.graph.ids()[row], site.graph.memberOf()[row]);
    site.graph.setMember(row, id);
  }
  std::ranges::reverse(old.groups);
  return Done{{std::move(old)}, {}, {}};
}

}  // namespace plexarium::edit
