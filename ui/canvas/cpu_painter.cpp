#include <QQuickWindow>
#include <QSGImageNode>
#include <QSGTexture>

#include "ui/canvas/cpu_picture.h"
#include "ui/canvas/painter.h"

namespace plexarium::ui {
namespace {

class CpuPainter : public Painter {
 public:
  void prepare(const Scene& scene, const Camera& camera, const Marks& marks, double seconds) override {
    picture_.paint(scene, camera, marks, seconds);
  }

  QSGNode* hand(QSGNode* old, QQuickWindow* window, const QRectF& rect) override {
    if (picture_.image().isNull() || rect.isEmpty()) {
      delete old;
      return nullptr;
    }
    auto* node = static_cast<QSGImageNode*>(old);
    if (!node) {
      node = window->createImageNode();
      node->setOwnsTexture(true);
      node->setFiltering(QSGTexture::Nearest);
    }
    node->setTexture(window->createTextureFromImage(picture_.image(), QQuickWindow::TextureIsOpaque));
    node->setRect(rect);
    node->setSourceRect(QRectF(QPointF(0, 0), picture_.image().size()));
    return node;
  }

  [[nodiscard]] bool settled() const override { return picture_.settled(); }

 private:
  CpuPicture picture_;
};

}  // namespace

std::unique_ptr<Painter> makeCpuPainter() { return std::make_unique<CpuPainter>(); }

}  // namespace plexarium::ui
