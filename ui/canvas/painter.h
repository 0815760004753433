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

/// The same for a display list without nodes that is made anew for every frame, on the ground of the theme.
class ListPainter {
 public:
  virtual ~ListPainter() = default;

  /// `camera`: its size and ratio. GUI thread.
  virtual void prepare(const DisplayList& list, const Theme& theme, const Camera& camera) = 0;
  /// As Painter::hand.
  virtual QSGNode* hand(QSGNode* old, QQuickWindow* window, const QRectF& rect) = 0;
};

std::unique_ptr<ListPainter> makeCpuListPainter();
std::unique_ptr<ListPainter> makeGpuListPainter();

}  // namespace plexarium::ui
