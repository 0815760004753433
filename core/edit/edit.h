#pragma once

#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/description/description.h"
#include "core/dynamics/dynamics.h"
#include "core/error.h"
#include "core/graph/graph.h"
#include "core/world/embodiment.h"

namespace plexarium {

// Edits are values: what a person (or a script) wants changed, by id, never by row.

/// Ids in the table may be 0: then the next free ones are given, in order.
struct AddNeurons {
  NeuronTable neurons;
};
/// Their links and bindings go with them.
struct RemoveNeurons {
  std::vector<NeuronId> neurons;
};
struct AddLinks {
  LinkTable links;
};
struct RemoveLinks {
  std::vector<LinkKey> links;
};
/// Neurons that come with their links and bindings: what is pasted, or drawn in one go. The ids in the table are names
/// within this step, each used once: every neuron gets the next free id, a link's end or a binding's neuron that is called
/// so means the new neuron, and any other one is a neuron that is there.
struct AddCircuit {
  NeuronTable neurons;
  LinkTable links;
  std::vector<Binding> bindings{};
};
struct SetNeuronField {
  std::size_t field = 0;
  std::vector<std::pair<NeuronId, double>> values;
};
struct SetLinkField {
  std::size_t field = 0;
  std::vector<std::pair<LinkKey, double>> values;
};
struct SetParameter {
  std::size_t parameter = 0;
  double value = 0;
};
struct MoveNeurons {
  std::vector<std::pair<NeuronId, Point>> positions;
};
struct RenameNeurons {
  std::vector<std::pair<NeuronId, std::string>> names;
};
struct SetRoles {
  std::vector<std::pair<NeuronId, Role>> roles;
};

/// The caller chooses the ids (freeGroupId). Parents may be among the new ones, in any order.
struct AddGroups {
  std::vector<Group> groups;
};
/// What was in them, neurons and groups, is then in the nearest group around them that stays.
struct RemoveGroups {
  std::vector<GroupId> groups;
};
/// Name, colour, parent and whether it is collapsed, all at once.
struct SetGroups {
  std::vector<Group> groups;
};
/// Puts neurons into a group, out of whichever they were in; 0: into none.
struct AssignGroups {
  std::vector<std::pair<NeuronId, GroupId>> groups;
};

/// Bodies with their arenas (core/world/embodiment.h). The caller chooses the names.
struct AddControllers {
  std::vector<Controller> controllers;
};
/// Their bindings go with them.
struct RemoveControllers {
  std::vector<std::string> controllers;
};
struct SetWorldParameter {
  std::string controller;
  std::string parameter;  ///< Field::key
  double value = 0;
};
/// Things in an arena. The caller chooses the ids (freeObjectId).
struct AddObjects {
  std::string controller;
  std::vector<ArenaObject> objects;
};
struct RemoveObjects {
  std::string controller;
  std::vector<std::uint32_t> objects;
};
/// Moves or changes them; values that evolve stay as they are.
struct SetObjects {
  std::string controller;
  std::vector<ArenaObject> objects;
};
struct AddBindings {
  std::vector<Binding> bindings;
};
/// Gain and offset of bindings that are there.
struct SetBindings {
  std::vector<Binding> bindings;
};
/// Gain and offset do not matter.
struct RemoveBindings {
  std::vector<Binding> bindings;
};

using EditStep = std::variant<AddNeurons, RemoveNeurons, AddLinks, RemoveLinks, SetNeuronField, SetLinkField, SetParameter,
                              MoveNeurons, RenameNeurons, SetRoles, AddCircuit, AddGroups, RemoveGroups, SetGroups,
                              AssignGroups, AddControllers, RemoveControllers, SetWorldParameter, AddObjects, RemoveObjects,
                              SetObjects, AddBindings, SetBindings, RemoveBindings>;

/// One entry of the undo list: steps in order, all or nothing.
struct Edit {
  std::string label;  ///< "Add neuron", for the menu.
  std::vector<EditStep> steps;
  /// Consecutive edits with the same non-empty key that set the same things share one undo entry: one drag of a spin box.
  std::string mergeKey{};
};

/// Strict: a person's wish; whatever does not fit (vanished neuron, link that exists, value out of range) refuses the whole.
/// Tolerant: an undo or redo; what the network itself has meanwhile removed or made is skipped or overwritten.
enum class EditMode { Strict, Tolerant };

struct Applied {
  Edit inverse;                 ///< Applied tolerantly it restores what was, computed at the moment of application.
  Edited touched;               ///< A changed role counts as topology: lists of motor or sensory rows are void then.
  std::vector<NeuronId> added;  ///< Ids of new neurons, in the order of the tables.
};

/// What an edit is applied to: all three parts of one network. The graph must be up to date (Dynamics::publish), and so must
/// the controllers' states (World::save).
struct EditSite {
  Graph& graph;
  std::vector<double>& parameters;
  Embodiment& embodiment;
};

/// Applies to a network. On an error nothing has changed, but for revisions of the graph. Tolerant values are taken as they
/// are: they were checked when they were first set, or stem from the network itself. Tables whose lists differ in length are
/// refused in either mode. Any thread that owns the graph. Costs O(neurons + links) per structural step, O(log) per value
/// otherwise.
Result<Applied> apply(const Edit& edit, const Description& description, EditSite site, EditMode mode);

}  // namespace plexarium
