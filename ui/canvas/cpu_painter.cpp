#include <QQuickWindow>
#include <QSGImageNode>
#include <QSGTexture>

#include "ui/canvas/cpu_picture.h"
#include "ui/canvas/painter.h"

namespace plexarium::ui {
namespace {

/// The image as a node that takes the place of `old`.
QSGNode* handImage(const QImage& image, QSGNode* old, QQuickWindow* window, const QRectF& rect) {
  if (image.isNull() || rect.isEmpty()) {
    delete old;
    return nullptr;
  }
  auto* node = static_cast<QSGImageNode*>(old);
  if (!node) {
    node = window->createImageNode();
    node->setOwnsTexture(true);
    node->setFiltering(QSGTexture::Nearest);
  }
  node->setTexture(window->createTextureFromImage(image, QQuickWindow::TextureIsOpaque));
  node->setRect(rect);
  node->setSourceRect(QRectF(QPointF(0, 0), image.size()));
  return node;
}

class CpuPainter : public Painter {
 public:
  void prepare(const Scene& scene, const Camera& camera, const Marks& marks, double seconds) override {
    picture_.paint(scene, camera, marks, seconds);
  }
  QSGNode* hand(QSGNode* old, QQuickWindow* window, const QRectF& rect) override {
    return handImage(picture_.image(), old, window, rect);
  }
  [[nodiscard]] bool settled() const override { return picture_.settled(); }

 private:
  CpuPicture picture_;
};

class CpuListPainter : public ListPainter {
 public:
  void prepare(const DisplayList& list, const Theme& theme, const Camera& camera) override {
    if (camera.width > 0 && camera.height > 0) picture_.paint(list, theme, camera);
  }
  QSGNode* hand(QSGNode* old, QQuickWindow* window, const QRectF& rect) override {
    return handImage(picture_.image(), old, window, rect);
  }

 private:
  ListPicture picture_;
};

}  // namespace

std::unique_ptr<Painter> makeCpuPainter() { return std::make_unique<CpuPainter>(); }
std::unique_ptr<ListPainter> makeCpuListPainter() { return std::make_unique<CpuListPainter>(); }

}  // namespace plexarium::ui
