#pragma once

#include <QPointF>
#include <QSizeF>
#include <optional>

#include "core/dynamics/model.h"
#include "ui/canvas/camera.h"

namespace plexarium::ui {

/// Where the canvas looks, in layout units, and how it gets there: zooming glides, panning is immediate. GUI thread.
class Viewpoint {
 public:
  void resize(QSizeF size) { size_ = size; }
  [[nodiscard]] QSizeF size() const { return size_; }
  /// Nothing was set or fitted yet.
  [[nodiscard]] bool unset() const { return view_.scale <= 0; }

  [[nodiscard]] const View& view() const { return view_; }
  void set(const View& view);
  void clear() { set({}); }
  void fit(const Box& box);
  /// Moves what is seen by `delta` layout units.
  void pan(QPointF delta);
  /// Glides to `factor` times the scale that was aimed at, keeping the world point under `spot` there all the way.
  void zoomAt(QPointF spot, double factor);
  /// Carries the glide on to the moment `seconds`; true while it lasts.
  bool advance(double seconds);

  [[nodiscard]] Camera camera(float ratio) const;
  [[nodiscard]] QPointF toItem(Point world) const;
  [[nodiscard]] Point toWorld(QPointF item) const;

 private:
  struct Glide {
    QPointF spot;
    double worldX = 0;
    double worldY = 0;
    double scale = 1;  // aimed at
    double last = -1;  // moment of the last step; negative: none yet
  };
  void setScaleAround(const Glide& glide, double scale);

  View view_;
  QSizeF size_;
  std::optional<Glide> glide_;
};

}  // namespace plexarium::ui
