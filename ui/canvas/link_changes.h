#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "core/session/snapshot.h"

namespace plexarium::ui {

/// Links that have come or gone a moment ago, so that a network which rewires itself is seen doing so. O(links) when links
/// have changed; nothing otherwise. No Qt; one thread.
class LinkChanges {
 public:
  struct Change {
    LinkKey key;
    bool born = false;  ///< Otherwise it is gone.
    std::uint8_t style = 0;
    float strength = 0;
    double when = 0;
  };
  static constexpr double lasting = 0.6;             ///< Seconds.
  static constexpr std::size_t most = 400;           ///< More at once are another network rather than changes.
  static constexpr std::size_t mostLinks = 200'000;  ///< Of a network that is looked at so closely.

  void reset();
  /// The network as it is now.
  void adopt(const Snapshot& snapshot, double seconds);
  void at(double seconds);
  [[nodiscard]] bool moves() const { return !changes_.empty(); }
  [[nodiscard]] const std::vector<Change>& changes() const { return changes_; }
  /// From 1 (just now) to 0.
  [[nodiscard]] float freshness(const Change& change) const;

 private:
  void compare(const Snapshot& snapshot);

  std::shared_ptr<const std::vector<NeuronId>> ids_;
  std::shared_ptr<const std::vector<std::uint32_t>> firstLink_;
  std::shared_ptr<const std::vector<std::uint32_t>> targets_;
  std::vector<std::uint8_t> styles_;  ///< As the links that are there were last shown.
  std::vector<float> strengths_;
  std::vector<Change> changes_;
  double now_ = 0;
};

}  // namespace plexarium::ui
