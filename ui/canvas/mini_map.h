#pragma once

#include <QImage>
#include <QQuickPaintedItem>

#include "ui/canvas/scene.h"
#include "ui/canvas/viewpoint.h"

namespace plexarium::ui {

/// The whole network, small, in a corner of the canvas, with a frame around what is in view. Pressing or dragging on it
/// points at a place. GUI thread.
class MiniMap : public QQuickPaintedItem {
  Q_OBJECT

 public:
  /// Hidden at first. Scene and viewpoint must outlive it.
  MiniMap(const Scene& scene, const Viewpoint& viewpoint, QQuickItem* parent);

  /// Takes its corner of an area of that size.
  void place(QSizeF area);
  void paint(QPainter* painter) override;

 signals:
  void placePointed(const QPointF& world);

 protected:
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;

 private:
  void draw(qreal ratio);
  [[nodiscard]] QPointF toMap(Point world) const;

  const Scene& scene_;
  const Viewpoint& viewpoint_;
  QImage dots_;
  std::uint64_t places_ = ~std::uint64_t{0};
  Camera camera_;  // of the map, in layout units
};

}  // namespace plexarium::ui
