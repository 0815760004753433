#pragma once

#include <span>
#include <vector>

#include "core/edit/edit.h"

namespace plexarium::edit {

/// What one step is applied to.
struct Site {
  const Description& description;
  Graph& graph;
  std::vector<double>& parameters;
  Embodiment& embodiment;
  EditMode mode;

  [[nodiscard]] bool strict() const { return mode == EditMode::Strict; }
};

/// What came of one step.
struct Done {
  std::vector<EditStep> inverse;  ///< In the order in which they are to be applied.
  Edited touched;
  std::vector<NeuronId> added;
};

// Each checks everything first, then changes: on an error nothing has changed.
Result<Done> applyStep(const Site& site, const AddNeurons& step);
Result<Done> applyStep(const Site& site, const RemoveNeurons& step);
Result<Done> applyStep(const Site& site, const AddLinks& step);
Result<Done> applyStep(const Site& site, const RemoveLinks& step);
Result<Done> applyStep(const Site& site, const SetNeuronField& step);
Result<Done> applyStep(const Site& site, const SetLinkField& step);
Result<Done> applyStep(const Site& site, const SetParameter& step);
Result<Done> applyStep(const Site& site, const MoveNeurons& step);
Result<Done> applyStep(const Site& site, const RenameNeurons& step);
Result<Done> applyStep(const Site& site, const SetRoles& step);
Result<Done> applyStep(const Site& site, const AddGroups& step);
Result<Done> applyStep(const Site& site, const RemoveGroups& step);
Result<Done> applyStep(const Site& site, const SetGroups& step);
Result<Done> applyStep(const Site& site, const AssignGroups& step);

Result<Done> applyStep(const Site& site, const AddControllers& step);
Result<Done> applyStep(const Site& site, const RemoveControllers& step);
Result<Done> applyStep(const Site& site, const SetWorldParameter& step);
Result<Done> applyStep(const Site& site, const AddObjects& step);
Result<Done> applyStep(const Site& site, const RemoveObjects& step);
Result<Done> applyStep(const Site& site, const SetObjects& step);
Result<Done> applyStep(const Site& site, const AddBindings& step);
Result<Done> applyStep(const Site& site, const SetBindings& step);
Result<Done> applyStep(const Site& site, const RemoveBindings& step);

/// Takes away every binding of these neurons (ascending) and returns them.
AddBindings unbind(const Site& site, std::span<const NeuronId> neurons);

/// The links of a circuit whose neurons were given these ids, in the order of its table.
AddLinks linksOf(const AddCircuit& circuit, std::span<const NeuronId> ids);
/// Its bindings likewise.
AddBindings bindingsOf(const AddCircuit& circuit, std::span<const NeuronId> ids);

// Shared by the steps.
std::string describe(const Graph& graph, NeuronId id);  ///< "neuron B (id 3)"; "neuron 3" where it has no name or is gone.
std::string describe(const Graph& graph, LinkKey key);  ///< "link from A (id 1) to B (id 3)"
Error absent(const Graph& graph, NeuronId id);
Error absent(const Graph& graph, LinkKey key);
Result<void> checkPosition(Point position, const std::string& where);
Result<void> checkRole(Role role, const std::string& where);

}  // namespace plexarium::edit
