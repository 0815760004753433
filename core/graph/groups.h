#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/graph/ids.h"

namespace plexarium {

/// Names a group of neurons within a network; 0: none.
struct GroupId {
  std::uint32_t value = 0;
  friend constexpr auto operator<=>(GroupId, GroupId) = default;
  explicit constexpr operator bool() const { return value != 0; }
};

/// How many colours there are for groups; a theme says which.
inline constexpr std::size_t groupColours = 8;

/// Neurons that belong together for people; no dynamics knows of it. A neuron is in one group at most, a group in one other
/// at most. Only edits change groups.
struct Group {
  GroupId id;
  std::string name;
  std::uint8_t colour = 0;  ///< Below groupColours.
  GroupId parent;           ///< The group that it lies in.
  bool collapsed = false;   ///< Shown as one thing.
  friend bool operator==(const Group&, const Group&) = default;
};

// A network's groups are one list in order of their ids. Pure functions on such a list; any thread.

/// Null where there is no such group. O(log groups).
const Group* findGroup(std::span<const Group> groups, GroupId id);
/// An id that is free, for a new group.
GroupId freeGroupId(std::span<const Group> groups);
/// Ids ascend, are unique and not 0; colours are in range; parents exist and nobody lies within itself.
Result<void> checkGroups(std::span<const Group> groups);
/// Whether `inner` is `outer` or lies in it, at any depth.
bool isWithin(std::span<const Group> groups, GroupId inner, GroupId outer);
/// The outermost collapsed group that `id` is or lies in: what is seen instead of its neurons. None: they are seen.
GroupId hiddenBy(std::span<const Group> groups, GroupId id);
/// Rows whose neuron is in the group, at any depth. `memberOf`: one entry per row.
std::vector<std::size_t> rowsIn(std::span<const Group> groups, std::span<const GroupId> memberOf, GroupId id);

}  // namespace plexarium
