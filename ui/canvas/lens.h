#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/session/snapshot.h"

namespace plexarium::ui {

/// What of a network is shown; the default shows all. Hidden things are neither drawn nor hit; a link is shown with both of
/// its ends.
struct CanvasFilter {
  std::optional<Tick> firedWithin;              ///< Only neurons that fired in that many last ticks (at least 1).
  std::array<bool, 3> roles{true, true, true};  ///< By Role.
  std::vector<GroupId> groups;                  ///< Only members of these groups and of those within them; empty: all.
  float minimalStrength = 0;                    ///< Only links at least that strong (Appearance::linkStrength).
  std::optional<Tick> bornWithin;  ///< Only links that came in that many last ticks, where links come by themselves.

  [[nodiscard]] bool showsAll() const {
    return !firedWithin && roles == std::array{true, true, true} && groups.empty() && minimalStrength <= 0 && !bornWithin;
  }
  friend bool operator==(const CanvasFilter&, const CanvasFilter&) = default;
};

/// A link on the way that led to a firing, and how much it had to do with it (0..1).
struct CauseLink {
  LinkKey link;
  float strength = 1;
};

/// Shows a part of a network: leaves out what a filter hides and draws collapsed groups together. What it yields is again a
/// snapshot, so that whoever draws or picks knows nothing of filters and groups. A collapsed group appears as the neuron
/// with the smallest id among its shown members, in the middle of them, with the brightest of every light; links that become
/// one are as strong as the strongest and as young as the youngest. No Qt; one thread.
class Lens {
 public:
  void setFilter(const CanvasFilter& filter);
  [[nodiscard]] const CanvasFilter& filter() const { return filter_; }
  /// The snapshot itself where nothing is hidden or collapsed. What evolves (firing, strength) hides and shows at most five
  /// times a second, `seconds` being any steady clock; its parts keep their pointers as long as they are the same.
  std::shared_ptr<const Snapshot> see(const std::shared_ptr<const Snapshot>& snapshot, double seconds);

  struct Folded {
    Group group;
    std::vector<NeuronId> members;  ///< Ascending, those of groups within it too; also hidden ones.
  };
  /// The collapsed group that `shown` stands for in what see() yielded last; null: it is itself.
  [[nodiscard]] const Folded* folded(NeuronId shown) const;
  /// All members of a group, those of groups within it too; ascending.
  [[nodiscard]] std::vector<NeuronId> members(GroupId group) const;

 private:
  [[nodiscard]] std::vector<bool> kept(const Snapshot& snapshot) const;
  void mapNeurons(const Snapshot& snapshot);
  [[nodiscard]] bool keeps(const Snapshot& snapshot, std::size_t link) const;
  void mapLinks(const Snapshot& snapshot);
  void buildStructure();
  void buildLabels();
  void place();
  [[nodiscard]] Appearance blend(const Appearance& all) const;

  static constexpr std::uint32_t hidden = ~std::uint32_t{0};
  CanvasFilter filter_;
  bool changed_ = true;  // the filter, or nothing was mapped yet
  double mapped_ = 0;    // when the rows were last worked out
  double mapCost_ = 0;   // seconds
  GraphImage source_;    // that the following speaks of
  GraphImage shown_;
  std::vector<bool> together_;                       // per shown row: a group
  std::vector<std::uint32_t> shownRow_;              // per row of source_, or hidden
  std::vector<std::uint32_t> shownLink_;             // per link of source_, or hidden
  std::vector<std::uint64_t> links_;                 // per shown link: (row, row)
  std::vector<std::pair<NeuronId, Folded>> folded_;  // ascending
};

}  // namespace plexarium::ui
