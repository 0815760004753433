#include "ui/arena/arena_picture.h"

#include <QQuickWindow>

#include "ui/canvas/canvas_item.h"

namespace plexarium::ui {

ArenaPicture::ArenaPicture(QQuickItem* parent)
    : QQuickItem(parent),
      painter_(CanvasItem::renderer() == CanvasItem::Renderer::Gpu ? makeGpuListPainter() : makeCpuListPainter()) {
  setFlag(ItemHasContents);
}

void ArenaPicture::look(const ArenaScene& scene, const Viewpoint& viewpoint, const ArenaMarks& marks) {
  scene_ = &scene;
  viewpoint_ = &viewpoint;
  marks_ = &marks;
  refresh();
}

void ArenaPicture::refresh() {
  polish();
  update();
}

void ArenaPicture::updatePolish() {
  if (!scene_ || !window()) return;
  const double ratio = window()->effectiveDevicePixelRatio();
  Camera camera = viewpoint_->camera(static_cast<float>(ratio));
  const QSize pixels = (size() * ratio).toSize();
  camera.width = pixels.width();
  camera.height = pixels.height();
  list_.clear();
  scene_->add(camera, *marks_, list_);
  painter_->prepare(list_, scene_->theme(), camera);
}

QSGNode* ArenaPicture::updatePaintNode(QSGNode* old, UpdatePaintNodeData*) {
  return painter_->hand(old, window(), boundingRect());
}

void ArenaPicture::geometryChange(const QRectF& geometry, const QRectF& old) {
  QQuickItem::geometryChange(geometry, old);
  refresh();
}

}  // namespace plexarium::ui
