#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/description/description.h"
#include "core/graph/column.h"
#include "core/graph/groups.h"
#include "core/graph/ids.h"
#include "core/graph/tables.h"

namespace plexarium {

/// The network's structure and every field's value, as structure of arrays.
///
/// Neurons stand in rows of ascending id (0 .. neuronCount()-1). Links stand in rows sorted by (from, to), which is a
/// compressed sparse row matrix: the links leaving row r are firstLink()[r] .. firstLink()[r+1]-1, and targets()[l] is the
/// row at the other end. The order is canonical: it depends on what the network is, not on how it came about.
/// Row numbers are valid until the next structural change and never leave core.
///
/// Value type; no thread of its own: whoever owns it (a Session's simulation thread, a loader) calls it.
/// Costs: value access O(1); lookup of a link O(log fan-out); structural changes O(neurons + links) each, so give them whole
/// tables, not single rows.
class Graph {
 public:
  Graph() = default;
  /// Columns as the description's tables ask; keeps no reference to it.
  explicit Graph(const Description& description);

  [[nodiscard]] std::size_t neuronCount() const { return ids_.size(); }
  [[nodiscard]] std::size_t linkCount() const { return targets_.size(); }

  // Neurons, one entry per row.
  [[nodiscard]] std::span<const NeuronId> ids() const { return ids_; }
  [[nodiscard]] std::span<const std::string> names() const { return names_; }
  [[nodiscard]] std::span<const Role> roles() const { return roles_; }
  [[nodiscard]] std::span<const Point> positions() const { return positions_; }
  /// The group that each neuron is in.
  [[nodiscard]] std::span<const GroupId> memberOf() const { return memberOf_; }
  [[nodiscard]] std::span<const Tick> lastFired() const { return lastFired_; }
  [[nodiscard]] std::span<Tick> lastFired() { return lastFired_; }
  [[nodiscard]] std::optional<std::size_t> row(NeuronId id) const;
  /// The id that the next new neuron gets. Only grows.
  [[nodiscard]] NeuronId nextId() const { return nextId_; }
  void raiseNextId(NeuronId id);
  /// Roll-back of an edit only: takes back ids that nobody outside has seen. `id` must lie above every present one.
  void takeBackIds(NeuronId id);

  /// In order of their ids; see groups.h.
  [[nodiscard]] std::span<const Group> groups() const { return groups_; }

  // Links, one entry per link row.
  [[nodiscard]] std::span<const std::uint32_t> firstLink() const { return firstLink_; }
  [[nodiscard]] std::span<const std::uint32_t> targets() const { return targets_; }
  /// Empty: no link is said to have carried (8 bytes a link, so they are made when first written).
  [[nodiscard]] std::span<const Tick> lastCarried() const { return lastCarried_; }
  [[nodiscard]] Tick lastCarried(std::size_t link) const { return lastCarried_.empty() ? never : lastCarried_[link]; }
  /// Makes them where there are none: one for each link.
  [[nodiscard]] std::span<Tick> lastCarried();
  [[nodiscard]] std::optional<std::size_t> link(LinkKey key) const;
  /// Row of the neuron that link row `link` leaves.
  [[nodiscard]] std::size_t source(std::size_t link) const;
  [[nodiscard]] LinkKey key(std::size_t link) const;

  // Field columns. `field` indexes the description's list. The typed spans are a dynamics' hot path.
  [[nodiscard]] const Column& neuronColumn(std::size_t field) const { return neuronColumns_[field]; }
  [[nodiscard]] const Column& linkColumn(std::size_t field) const { return linkColumns_[field]; }
  [[nodiscard]] std::size_t neuronColumnCount() const { return neuronColumns_.size(); }
  [[nodiscard]] std::size_t linkColumnCount() const { return linkColumns_.size(); }
  template <typename T>
  [[nodiscard]] std::span<T> neuronValues(std::size_t field) {
    return std::get<std::vector<T>>(neuronColumns_[field]);
  }
  template <typename T>
  [[nodiscard]] std::span<const T> neuronValues(std::size_t field) const {
    return std::get<std::vector<T>>(neuronColumns_[field]);
  }
  template <typename T>
  [[nodiscard]] std::span<T> linkValues(std::size_t field) {
    return std::get<std::vector<T>>(linkColumns_[field]);
  }
  template <typename T>
  [[nodiscard]] std::span<const T> linkValues(std::size_t field) const {
    return std::get<std::vector<T>>(linkColumns_[field]);
  }

  // Values, one at a time. They raise the matching revision; a dynamics that writes through the spans does not.
  void setNeuronValue(std::size_t row, std::size_t field, double value);
  void setLinkValue(std::size_t link, std::size_t field, double value);
  void setName(std::size_t row, std::string name);
  void setRole(std::size_t row, Role role);
  void setPosition(std::size_t row, Point position);
  /// The group must be there (or none).
  void setMember(std::size_t row, GroupId group);
  /// Replaces all groups. `groups` as checkGroups wants it; every group that a neuron is in must be among them.
  void setGroups(std::vector<Group> groups);

  // Structure. Preconditions are asserted; edits check them first and return errors.
  /// `table.ids` ascending, none of them present. Raises nextId beyond them.
  void addNeurons(const NeuronTable& table);
  /// `rows` ascending and unique. Links to and from them must be gone already.
  void removeNeurons(std::span<const std::size_t> rows);
  /// Keys unique, none present, both ends present.
  void addLinks(const LinkTable& table);
  /// Link rows ascending and unique.
  void removeLinks(std::span<const std::size_t> links);
  /// Makes the links these, in the form and order of firstLink() and targets(): those that were there keep their values, new
  /// ones get the initial values. O(neurons + links), without sorting: for networks that rewire themselves.
  void rewire(std::vector<std::uint32_t> firstLink, std::vector<std::uint32_t> targets);

  // Copies out, in the order given.
  [[nodiscard]] NeuronTable neuronTable(std::span<const std::size_t> rows) const;
  [[nodiscard]] LinkTable linkTable(std::span<const std::size_t> links) const;
  /// Link rows that touch any of the neuron rows (ascending, unique): O(neurons + links).
  [[nodiscard]] std::vector<std::size_t> linksTouching(std::span<const std::size_t> rows) const;

  /// Counters that rise when the thing they name changed by an edit; publishers copy only what moved.
  struct Revisions {
    std::uint64_t topology = 1;  ///< Which neurons and links there are.
    std::uint64_t labels = 1;    ///< Names and roles.
    std::uint64_t positions = 1;
    std::uint64_t neuronValues = 1;  ///< Any field of any neuron, set through setNeuronValue.
    std::uint64_t linkValues = 1;
    std::uint64_t groups = 1;  ///< The groups and who is in them.
    friend bool operator==(const Revisions&, const Revisions&) = default;
  };
  [[nodiscard]] const Revisions& revisions() const { return revisions_; }

 private:
  friend struct GraphParts;  // graph_archive.cpp

  std::vector<NeuronId> ids_;
  std::vector<std::string> names_;
  std::vector<Role> roles_;
  std::vector<Point> positions_;
  std::vector<GroupId> memberOf_;
  std::vector<Tick> lastFired_;
  std::vector<Column> neuronColumns_;
  std::vector<double> neuronInitial_;

  std::vector<std::uint32_t> firstLink_{0};
  std::vector<std::uint32_t> targets_;
  std::vector<Tick> lastCarried_;
  std::vector<Column> linkColumns_;
  std::vector<double> linkInitial_;

  std::vector<Group> groups_;
  NeuronId nextId_{1};
  Revisions revisions_;
};

}  // namespace plexarium
