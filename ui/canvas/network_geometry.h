#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/session/snapshot.h"
#include "ui/canvas/camera.h"

namespace plexarium::ui {

/// The course of a link in pixels, from the rim of its source to the rim of its target; `count` is 0 where nothing is to be
/// seen.
struct LinkPath {
  static constexpr int most = 17;
  std::array<Spot, most> spots;
  int count = 0;
  float length = 0;

  /// Some of it may lie on the camera's surface.
  [[nodiscard]] bool mayShow(const Camera& camera) const;
};

/// The course from a neuron at `from` to one at `to`, in pixels; `mutual`: bows out, because there is one back.
LinkPath linkCourse(Spot from, Spot to, bool mutual, const Camera& camera);
/// The course of a link from a neuron to itself.
LinkPath loopCourse(Spot centre, const Camera& camera);

/// Where neurons and links lie: caches for one graph image at a time, built anew where its pointers changed. Rows are those
/// of that image and never leave ui/canvas. No Qt; one thread.
class NetworkGeometry {
 public:
  struct Change {
    bool moved = false;    ///< Neurons lie elsewhere.
    bool rewired = false;  ///< There are other neurons or links.
  };
  /// Takes the image's parts.
  Change adopt(const GraphImage& graph);
  /// `rows` are shown moved by `offset` world units until the next call (a drag in progress); empty ends it.
  void setPreview(std::vector<std::size_t> rows, Point offset);
  [[nodiscard]] const std::vector<std::size_t>& previewRows() const { return previewRows_; }

  [[nodiscard]] std::size_t neuronCount() const { return positions_.size(); }
  [[nodiscard]] std::size_t linkCount() const { return sources_.size(); }
  [[nodiscard]] Point position(std::size_t row) const { return positions_[row]; }
  [[nodiscard]] std::size_t source(std::size_t link) const { return sources_[link]; }
  [[nodiscard]] std::size_t target(std::size_t link) const { return (*image_.targets)[link]; }
  [[nodiscard]] Box bounds() const;

  [[nodiscard]] LinkPath path(std::size_t link, const Camera& camera) const;
  /// All links, shuffled by a hash of their ids: any beginning of it is a fair sample, the same on every run.
  [[nodiscard]] std::span<const std::uint32_t> shuffled() const { return shuffled_; }
  /// Visible pixels of all links together, estimated from a sample; and how many links it speaks of.
  [[nodiscard]] double ink(const Camera& camera) const;

  /// Nearest neuron whose centre is within `reach` world units.
  [[nodiscard]] std::optional<std::size_t> neuronAt(Point world, float reach) const;
  /// Nearest link whose course passes within `reach` pixels of the spot.
  [[nodiscard]] std::optional<std::size_t> linkAt(Spot spot, float reach, const Camera& camera) const;
  [[nodiscard]] std::vector<std::size_t> neuronsIn(const Box& box) const;

 private:
  void adoptLinks();
  void shuffle();
  void buildGrid() const;

  GraphImage image_;
  std::vector<Point> positions_;  // preview included
  std::vector<std::size_t> previewRows_;
  Point previewOffset_;
  std::vector<std::uint32_t> sources_;  // per link
  std::vector<std::uint8_t> mutual_;    // per link: there is one back
  std::vector<std::uint32_t> shuffled_;

  // Uniform grid for picking, made when first asked for: rows of cell c are gridRows_[gridFirst_[c] .. gridFirst_[c + 1]).
  mutable bool gridValid_ = false;
  mutable Box gridBox_;
  mutable int gridColumns_ = 0;
  mutable int gridLines_ = 0;
  mutable float gridCell_ = 1;
  mutable std::vector<std::uint32_t> gridFirst_;
  mutable std::vector<std::uint32_t> gridRows_;
};

}  // namespace plexarium::ui
