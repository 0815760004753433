#include "ui/window/grouping.h"

#include <QCoreApplication>
#include <algorithm>
#include <set>
#include <utility>

namespace plexarium::ui {
namespace {

std::string tr(const char* text) { return QCoreApplication::translate("Grouping", text).toStdString(); }

tl::unexpected<Error> nobody() { return failure(tr("No neuron is selected"), {}, tr("Select neurons first")); }

Result<std::vector<GroupId>> requireGroups(const GraphImage& graph, std::span<const NeuronId> neurons) {
  auto groups = groupsMeant(graph, neurons);
  if (groups.empty()) {
    return failure(tr("What is selected is in no group"), {}, tr("Select neurons of a group, or make one with Ctrl+G"));
  }
  return groups;
}

Edit fold(const GraphImage& graph, const std::vector<GroupId>& ids, bool collapsed) {
  SetGroups step;
  for (const GroupId id : ids) {
    step.groups.push_back(*findGroup(*graph.groups, id));
    step.groups.back().collapsed = collapsed;
  }
  return {collapsed ? tr("Collapse group") : tr("Expand group"), {std::move(step)}};
}

}  // namespace

std::vector<GroupId> groupsMeant(const GraphImage& graph, std::span<const NeuronId> neurons) {
  if (auto whole = wholeGroups(graph, neurons); !whole.empty()) return whole;
  std::set<GroupId> direct;
  for (const NeuronId id : neurons) {
    const auto row = graph.row(id);
    if (row && (*graph.memberOf)[*row]) direct.insert((*graph.memberOf)[*row]);
  }
  return {direct.begin(), direct.end()};
}

std::vector<GroupId> wholeGroups(const GraphImage& graph, std::span<const NeuronId> neurons) {
  std::vector<GroupId> whole;
  const auto covered = [&](GroupId group) {
    const auto rows = rowsIn(*graph.groups, *graph.memberOf, group);
    return !rows.empty() && std::all_of(rows.begin(), rows.end(), [&](std::size_t row) {
      return std::binary_search(neurons.begin(), neurons.end(), (*graph.ids)[row]);
    });
  };
  for (const Group& group : *graph.groups) {
    if (covered(group.id)) whole.push_back(group.id);
  }
  std::erase_if(whole, [&, all = whole](GroupId id) {
    return std::any_of(all.begin(), all.end(),
                       [&](GroupId outer) { return outer != id && isWithin(*graph.groups, id, outer); });
  });
  return whole;
}

Result<Edit> groupThem(const GraphImage& graph, std::span<const NeuronId> neurons) {
  const auto whole = wholeGroups(graph, neurons);
  const GroupId fresh = freeGroupId(*graph.groups);
  std::set<GroupId> around;  // what the new group's contents lie in
  SetGroups moved;
  for (const GroupId id : whole) {
    moved.groups.push_back(*findGroup(*graph.groups, id));
    around.insert(std::exchange(moved.groups.back().parent, fresh));
  }
  AssignGroups assigned;
  for (const NeuronId id : neurons) {
    const auto row = graph.row(id);
    if (!row) continue;
    const GroupId now = (*graph.memberOf)[*row];
    if (std::any_of(whole.begin(), whole.end(), [&](GroupId outer) { return now && isWithin(*graph.groups, now, outer); })) {
      continue;
    }
    around.insert(now);
    assigned.groups.emplace_back(id, fresh);
  }
  if (around.empty()) return nobody();
  Group group;
  group.id = fresh;
  group.name = tr("Group ") + std::to_string(fresh.value);
  group.colour = static_cast<std::uint8_t>((fresh.value - 1) % groupColours);
  if (around.size() == 1) group.parent = *around.begin();
  Edit edit{tr("Group"), {AddGroups{{std::move(group)}}}};
  if (!moved.groups.empty()) edit.steps.emplace_back(std::move(moved));
  if (!assigned.groups.empty()) edit.steps.emplace_back(std::move(assigned));
  return edit;
}

Result<Edit> groupAs(const GraphImage& graph, std::span<const NeuronId> neurons, Role role, const Group& look) {
  return groupThem(graph, neurons).map([&](Edit edit) {
    Group& made = std::get<AddGroups>(edit.steps.front()).groups.front();
    made.name = look.name;
    made.colour = look.colour;
    SetRoles roles;
    for (const NeuronId id : neurons) {
      const auto row = graph.row(id);
      if (row && (*graph.roles)[*row] != role) roles.roles.emplace_back(id, role);
    }
    if (!roles.roles.empty()) edit.steps.emplace_back(std::move(roles));
    edit.label = role == Role::Sensory ? tr("Make input group") : tr("Make output group");
    return edit;
  });
}

Result<Edit> ungroupThem(const GraphImage& graph, std::span<const NeuronId> neurons) {
  return requireGroups(graph, neurons).map([](std::vector<GroupId> groups) {
    return Edit{tr("Ungroup"), {RemoveGroups{std::move(groups)}}};
  });
}

Result<Edit> foldThem(const GraphImage& graph, std::span<const NeuronId> neurons) {
  return requireGroups(graph, neurons).map([&](const std::vector<GroupId>& groups) {
    const bool open =
        std::none_of(groups.begin(), groups.end(), [&](GroupId id) { return findGroup(*graph.groups, id)->collapsed; });
    return fold(graph, groups, open);
  });
}

Result<Edit> foldGroup(const GraphImage& graph, GroupId group) {
  const Group* found = findGroup(*graph.groups, group);
  if (!found) return failure(tr("This group has gone"));
  return fold(graph, {group}, !found->collapsed);
}

}  // namespace plexarium::ui
