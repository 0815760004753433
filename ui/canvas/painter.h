#pragma once

#include <QRectF>
#include <memory>

#include "ui/canvas/scene.h"

class QQuickWindow;
class QSGNode;

namespace plexarium::ui {

/// Brings a scene to the screen, in one of two ways.
class Painter {
 public:
  virtual ~Painter() = default;

  /// Prepares the frame for the moment `seconds`. GUI thread.
  virtual void prepare(const Scene& scene, const Camera& camera, const Marks& marks, double seconds) = 0;
  /// Hands the prepared frame to the scene graph, into `rect` of the item. Called as QQuickItem::updatePaintNode is: on the
  /// scene graph's thread while the GUI thread waits. `old` is what the last call returned, or null (also after the scene
  /// graph was lost); the scene graph owns the result.
  virtual QSGNode* hand(QSGNode* old, QQuickWindow* window, const QRectF& rect) = 0;
  /// Nothing is missing from the picture; otherwise the next frames complete it.
  [[nodiscard]] virtual bool settled() const = 0;
};

std::unique_ptr<Painter> makeCpuPainter();
std::unique_ptr<Painter> makeGpuPainter();

}  // namespace plexarium::ui
