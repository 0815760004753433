#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/world/world.h"
#include "ui/canvas/display_list.h"
#include "ui/canvas/theme.h"

namespace plexarium::ui {

/// What a person points at and holds in an arena.
struct ArenaMarks {
  std::optional<std::uint32_t> selected;  ///< ArenaObject::id.
  std::optional<std::uint32_t> hovered;
  std::optional<ArenaObject> draft;  ///< Being placed, moved or sized: shown instead of the object with its id.
  std::vector<std::size_t> lit;      ///< Effector ports that stand out, ascending.
};

/// Turns looks at a body into things to draw. Canvas units: a body length is `unit` of them, y down. No Qt; one thread.
class ArenaScene {
 public:
  static constexpr float unit = 20;

  void setTheme(const Theme& theme) { theme_ = &theme; }
  [[nodiscard]] const Theme& theme() const { return *theme_; }
  /// The next look; null: there is nobody. Another body, or the same one earlier than before, begins a new track.
  void show(std::shared_ptr<const WorldView> view);
  [[nodiscard]] const std::shared_ptr<const WorldView>& view() const { return view_; }
  void setTrackShown(bool shown) { trackShown_ = shown; }
  void clearTrack() { track_.clear(); }
  [[nodiscard]] std::size_t trackLength() const { return track_.size(); }

  /// Everything, back to front.
  void add(const Camera& camera, const ArenaMarks& marks, DisplayList& list) const;

  /// Body and things, for fitting into view.
  [[nodiscard]] Box bounds() const;
  [[nodiscard]] Box bodyBounds() const;
  /// The place lies on the body or within `reach` body lengths of it.
  [[nodiscard]] bool onBody(ArenaPoint place, double reach) const;
  /// The topmost thing there.
  [[nodiscard]] std::optional<ArenaObject> objectAt(ArenaPoint place, double reach) const;
  /// Index of the effector port drawn there.
  [[nodiscard]] std::optional<std::size_t> effectorAt(ArenaPoint place, double reach) const;

  [[nodiscard]] static Point toCanvas(ArenaPoint place);
  [[nodiscard]] static ArenaPoint toArena(Point place);

 private:
  struct Rib {
    ArenaPoint middle;
    ArenaPoint side;  ///< Unit vector to the dorsal side.
    double half = 0;  ///< Half of the body's width there.
  };
  [[nodiscard]] Rib rib(double along) const;
  [[nodiscard]] ArenaPoint portPlace(const Port& port) const;
  void addGrid(const Camera& camera, DisplayList& list) const;
  void addObject(const Camera& camera, const ArenaObject& object, const ArenaMarks& marks, DisplayList& list) const;
  void addTrack(const Camera& camera, DisplayList& list) const;
  void addBody(const Camera& camera, DisplayList& list) const;
  void addMuscles(const Camera& camera, const ArenaMarks& marks, DisplayList& list) const;
  void addTouches(const Camera& camera, DisplayList& list) const;

  const Theme* theme_ = &darkTheme();
  std::shared_ptr<const WorldView> view_;
  std::deque<ArenaPoint> track_;  ///< Of the body's middle.
  bool trackShown_ = true;
};

}  // namespace plexarium::ui
