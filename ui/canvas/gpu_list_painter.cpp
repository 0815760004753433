#include <QQuickWindow>
#include <QSGImageNode>

#include "ui/canvas/gpu_marks.h"
#include "ui/canvas/painter.h"

namespace plexarium::ui {
namespace {

/// The nodes under the item's node, in the order they are drawn.
class Root : public QSGNode {
 public:
  explicit Root(QQuickWindow* window) : background(window->createImageNode()), names(window->createImageNode()) {
    background->setOwnsTexture(true);
    background->setFiltering(QSGTexture::Linear);
    names->setOwnsTexture(true);
    names->setFiltering(QSGTexture::Nearest);
    for (QSGGeometryNode* node : {&under, &over}) {
      prepareMarkNode(*node);
      node->setFlag(OwnedByParent, false);
    }
    for (QSGNode* node : std::initializer_list<QSGNode*>{background, &under, &over, names}) appendChildNode(node);
  }
  ~Root() override {
    removeAllChildNodes();
    delete background;
    delete names;
  }

  QSGImageNode* background;
  QSGImageNode* names;
  QSGGeometryNode under, over;
};

class GpuListPainter : public ListPainter {
 public:
  void prepare(const DisplayList& list, const Theme& theme, const Camera& camera) override {
    if (camera.width <= 0 || camera.height <= 0) return;
    quads_.build(list);
    namesNew_ = names_.build(list.names, {camera.width, camera.height}, camera.ratio) || namesNew_;
    view_ = {1, 0, 0, 1, 0, 1, camera.ratio, 0};
    if (theme_ == &theme) return;
    theme_ = &theme;
    background_ = backgroundOf(theme, {256, 256});
    groundNew_ = true;
  }

  QSGNode* hand(QSGNode* old, QQuickWindow* window, const QRectF& rect) override {
    if (rect.isEmpty() || background_.isNull()) {
      delete old;
      return nullptr;
    }
    auto* root = static_cast<Root*>(old);
    const bool fresh = !root;
    if (fresh) root = new Root(window);
    if (fresh || groundNew_)
      root->background->setTexture(window->createTextureFromImage(background_, QQuickWindow::TextureIsOpaque));
    if (fresh || namesNew_)
      root->names->setTexture(window->createTextureFromImage(names_.image(), QQuickWindow::TextureHasAlphaChannel));
    groundNew_ = namesNew_ = false;
    root->background->setRect(rect);
    root->names->setRect(rect);
    setQuads(root->under, makeQuads(quads_.under));
    setQuads(root->over, makeQuads(quads_.over));
    setView(root->under, view_);
    setView(root->over, view_);
    return root;
  }

 private:
  MarkQuads quads_;
  NamePicture names_;
  QImage background_;
  const Theme* theme_ = nullptr;
  ShaderView view_;
  bool namesNew_ = false, groundNew_ = false;
};

}  // namespace

std::unique_ptr<ListPainter> makeGpuListPainter() {
  takeShadersAlong();
  return std::make_unique<GpuListPainter>();
}

}  // namespace plexarium::ui
