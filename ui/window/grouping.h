#pragma once

#include <span>
#include <vector>

#include "core/edit/edit.h"
#include "core/session/snapshot.h"

namespace plexarium::ui {

// What a person does to groups, as edits.

/// Outermost groups that have members and all of them among `neurons`; ascending.
std::vector<GroupId> wholeGroups(const GraphImage& graph, std::span<const NeuronId> neurons);
/// The groups that a command about `neurons` (ascending) means: those, or else the groups that `neurons` are directly in.
std::vector<GroupId> groupsMeant(const GraphImage& graph, std::span<const NeuronId> neurons);
/// Puts `neurons` into a new group: groups that are whole among them go in as they are. Where all of it lies in one group,
/// the new one lies there too. An error when nobody is selected.
Result<Edit> groupThem(const GraphImage& graph, std::span<const NeuronId> neurons);
/// The same, and gives all of them the role: what a feed shows samples to (sensory) or reads answers from (motor). Name and
/// colour are those of `look`.
Result<Edit> groupAs(const GraphImage& graph, std::span<const NeuronId> neurons, Role role, const Group& look);
/// Dissolves the groups that are meant; an error where there are none.
Result<Edit> ungroupThem(const GraphImage& graph, std::span<const NeuronId> neurons);
/// Collapses the groups that are meant, or expands them where one is collapsed.
Result<Edit> foldThem(const GraphImage& graph, std::span<const NeuronId> neurons);
/// Collapses or expands one group.
Result<Edit> foldGroup(const GraphImage& graph, GroupId group);

}  // namespace plexarium::ui
