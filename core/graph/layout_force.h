#pragma once

#include <memory>
#include <vector>

#include "core/graph/layout.h"
#include "core/graph/layout_coarsen.h"

namespace plexarium {

/// Force-directed layout, one small step after the other: linked neurons attract each other, all repel each other. Each
/// connected component is laid out by itself, coarse to fine, and packed beside the others.
/// Source: Hu, "Efficient, high-quality force-directed graph drawing", The Mathematica Journal 10 (2006): forces, adaptive
/// step, multilevel scheme. Departs: matching as in `coarsen`; a refined level starts with each row drawn a quarter of the
/// way to its neighbours and at the size at which attraction and repulsion balance, instead of a ratio of diameters; steps
/// end in a fixed number so that the time is known.
///
/// Copies its input; any one thread at a time. Deterministic.
class ForceLayout {
 public:
  explicit ForceLayout(const LayoutInput& input);
  ~ForceLayout();
  ForceLayout(ForceLayout&&) noexcept;
  ForceLayout& operator=(ForceLayout&&) noexcept;

  /// One iteration of one level; false when all is settled (and then nothing changes any more).
  bool step();
  /// 0..1, rising.
  [[nodiscard]] double progress() const;
  /// Where the neurons are by now, in row order: for watching, discs may overlap.
  [[nodiscard]] std::vector<Point> positions() const;
  /// The same without overlaps, at the ideal link length where there is room; callable at any time.
  [[nodiscard]] std::vector<Point> finished() const;

 private:
  class Relaxation;
  void begin();
  [[nodiscard]] std::vector<Point> shaped(bool spaced) const;
  [[nodiscard]] std::vector<Point> assembled(bool spaced) const;

  std::uint64_t seed_;
  Springs network_;
  std::vector<Point> places_;  ///< Of components that are done, each around its own middle; of others, where they came from.
  std::vector<std::vector<std::uint32_t>> components_;
  std::size_t component_ = 0;
  std::size_t rowsDone_ = 0;
  mutable std::vector<std::uint32_t> scratch_;  ///< One entry per row, meaningless between calls.
  std::unique_ptr<Relaxation> relaxation_;      ///< Of components_[component_]; null when all is done.
};

}  // namespace plexarium
