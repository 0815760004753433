#include "core/graph/groups.h"

#include <algorithm>

namespace plexarium {

const Group* findGroup(std::span<const Group> groups, GroupId id) {
  const auto found = std::ranges::lower_bound(groups, id, {}, &Group::id);
  return found != groups.end() && found->id == id ? &*found : nullptr;
}

GroupId freeGroupId(std::span<const Group> groups) {
  GroupId free{1};  // the smallest gap: ids stay small, and 2^32 is never reached
  for (const auto& group : groups) {
    if (group.id == free) ++free.value;
  }
  return free;
}

Result<void> checkGroups(std::span<const Group> groups) {
  GroupId before;
  for (const auto& group : groups) {
    const auto where = "group " + std::to_string(group.id.value);
    if (group.id <= before) return failure("there are two groups with this id, or it is 0", where);
    before = group.id;
    if (group.colour >= groupColours) {
      return failure("colour " + std::to_string(group.colour) + " is none", where,
                     "It may be 0 to " + std::to_string(groupColours - 1));
    }
    if (group.parent && findGroup(groups, group.parent) == nullptr) {
      return failure("it lies in group " + std::to_string(group.parent.value) + ", which there is not", where);
    }
  }
  for (const auto& group : groups) {
    const auto* outer = &group;
    for (std::size_t depth = 0; outer->parent; ++depth) {
      outer = findGroup(groups, outer->parent);
      if (depth == groups.size()) {
        return failure("it lies within itself", "group " + std::to_string(group.id.value), "Groups nest like boxes");
      }
    }
  }
  return {};
}

bool isWithin(std::span<const Group> groups, GroupId inner, GroupId outer) {
  for (std::size_t depth = 0; inner && inner != outer; ++depth) {
    if (depth > groups.size()) return false;  // a ring, of which outer is no part
    const auto* group = findGroup(groups, inner);
    inner = group != nullptr ? group->parent : GroupId{};
  }
  return inner && inner == outer;
}

GroupId hiddenBy(std::span<const Group> groups, GroupId id) {
  GroupId hiding;
  for (const auto* group = findGroup(groups, id); group != nullptr; group = findGroup(groups, group->parent)) {
    if (group->collapsed) hiding = group->id;
  }
  return hiding;
}

std::vector<std::size_t> rowsIn(std::span<const Group> groups, std::span<const GroupId> memberOf, GroupId id) {
  std::vector<GroupId> inside;  // ascending
  for (const auto& group : groups) {
    if (isWithin(groups, group.id, id)) inside.push_back(group.id);
  }
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < memberOf.size(); ++row) {
    if (memberOf[row] && std::ranges::binary_search(inside, memberOf[row])) rows.push_back(row);
  }
  return rows;
}

}  // namespace plexarium
