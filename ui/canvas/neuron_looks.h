#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/session/snapshot.h"
#include "ui/canvas/theme.h"

namespace plexarium::ui {

/// What gives a neuron its hue. Its phase always gives the shape, and light and level are always seen.
enum class Colouring : std::uint8_t { Phase, Role, Group };

/// How a neuron is painted.
struct NeuronLook {
  NodePaint paint;
  Shape shape = Shape::Disc;
};

/// The paint of a phase in another hue.
NodePaint hued(const NodePaint& phase, Pixel hue, const Theme& theme);
/// Of a role, as Colouring::Role has it.
Pixel hueOf(Role role, const Theme& theme);

/// The looks of the neurons of a network. No Qt; one thread.
class NeuronLooks {
 public:
  /// Makes the table of looks anew.
  void dress(const Description& description, const Theme& theme, Colouring colouring);
  /// Finds the hues of the rows, where they may have changed.
  void adopt(const GraphImage& graph);

  /// All looks there can be, fewer than 127; the same until dress().
  [[nodiscard]] const std::vector<NeuronLook>& table() const { return table_; }
  /// Index into the table.
  [[nodiscard]] std::uint8_t index(std::size_t row, std::uint8_t phase) const {
    return static_cast<std::uint8_t>((hues_.empty() ? 0 : hues_[row]) * phases_ + (phase < phases_ ? phase : phases_ - 1));
  }

 private:
  std::vector<NeuronLook> table_;  ///< Hue by hue, phase by phase.
  std::uint8_t phases_ = 1;
  Colouring colouring_ = Colouring::Phase;
  std::vector<std::uint8_t> hues_;  ///< Per row; empty: all have the first.
  // What hues_ speaks of.
  std::shared_ptr<const std::vector<Role>> roles_;
  std::shared_ptr<const std::vector<Group>> groups_;
  std::shared_ptr<const std::vector<GroupId>> members_;
};

}  // namespace plexarium::ui
