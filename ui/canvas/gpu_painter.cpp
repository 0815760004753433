#include <QQuickWindow>
#include <QSGGeometryNode>
#include <QSGImageNode>
#include <limits>

#include "ui/canvas/gpu_marks.h"
#include "ui/canvas/painter.h"

namespace plexarium::ui {
namespace {

constexpr int stateWidth = 1024;      // texels a line of the state texture; the vertex shader knows it too
constexpr int paletteWidth = 128;     // looks and, last, colours of the store and of light
constexpr float referenceScale = 24;  // at which the courses of resting links are worked out

/// What hand() gives to the scene graph. The nodes are built anew when it lost them; the vertices are kept here until then.
class GpuPainter : public Painter {
 public:
  void prepare(const Scene& scene, const Camera& camera, const Marks& marks, double seconds) override;
  QSGNode* hand(QSGNode* old, QQuickWindow* window, const QRectF& rect) override;
  [[nodiscard]] bool settled() const override { return true; }

 private:
  void buildLinks(const Scene& scene);
  void buildNeurons(const Scene& scene);
  void buildStates(const Scene& scene);
  void buildPalette(const Scene& scene);
  void buildMarks(const Scene& scene, const Camera& camera, const Marks& marks);

  std::uint64_t places_ = ~std::uint64_t{0};
  std::uint64_t links_ = ~std::uint64_t{0};
  std::vector<MarkVertex> resting_;
  MarkQuads living_;
  std::vector<NeuronVertex> neurons_;
  bool restingNew_ = false, neuronsNew_ = false, paletteNew_ = false, namesNew_ = false;
  QImage states_, palette_, background_;
  NamePicture names_;
  const Theme* theme_ = nullptr;
  ShaderView view_;
  ShaderView flat_;  // for what is given in pixels
};

void GpuPainter::buildLinks(const Scene& scene) {
  resting_.clear();
  restingNew_ = true;
  // Courses in units of a neuron's radius do not depend on the scale: work them out once, then let the camera scale them.
  const Camera reference{{}, referenceScale, 1, 0, 0};
  const NetworkGeometry& geometry = scene.geometry();
  for (std::size_t link = 0; link < geometry.linkCount(); ++link) {
    const LinkPath path = geometry.path(link, reference);
    const Scene::RestingLook look = scene.restingLook(link);
    std::vector<Stroke> strokes;
    addPath(strokes, path, look.colour, 1, {look.dashed ? 1.0F : 0.0F, 0});
    for (Stroke& stroke : strokes) {
      for (Spot* spot : {&stroke.from, &stroke.to}) spot->x /= referenceScale, spot->y /= referenceScale;
      stroke.dash.start /= referenceScale;
      addStroke(resting_, stroke, look.strength);
    }
  }
}

void GpuPainter::buildNeurons(const Scene& scene) {
  neurons_.clear();
  neuronsNew_ = true;
  const std::vector<Role>& roles = *scene.snapshot()->graph.roles;
  for (std::size_t row = 0; row < scene.geometry().neuronCount(); ++row) {
    const Point p = scene.geometry().position(row);
    const float role = roles[row] == Role::Sensory ? 1.0F : roles[row] == Role::Motor ? 2.0F : 0.0F;
    for (const Spot at : {Spot{-1, -1}, Spot{1, -1}, Spot{-1, 1}, Spot{1, 1}}) {
      neurons_.push_back({p.x, p.y, at.x, at.y, static_cast<float>(row), role});
    }
  }
}

void GpuPainter::buildStates(const Scene& scene) {
  const Appearance& now = scene.snapshot()->appearance;
  const auto count = static_cast<int>(now.phase.size());
  const int lines = std::max(1, (count + stateWidth - 1) / stateWidth);
  // Called premultiplied so that nobody converts what are numbers, not colours.
  if (states_.height() != lines || states_.isNull())
    states_ = QImage(stateWidth, lines, QImage::Format_RGBA8888_Premultiplied);
  const auto byte = [](float value, float full) { return static_cast<uchar>(std::clamp(value, 0.0F, 1.0F) * full + 0.5F); };
  uchar* texel = states_.bits();
  for (int row = 0; row < count; ++row, texel += 4) {
    // The highest bit says that it stands back.
    const uchar back = scene.standsBack(static_cast<std::size_t>(row)) ? 128 : 0;
    texel[0] = static_cast<uchar>(scene.looks().index(static_cast<std::size_t>(row), now.phase[row]) | back);
    texel[1] = byte(now.level[row], 255);
    texel[2] = now.store[row] < 0 ? 0 : static_cast<uchar>(1 + byte(now.store[row], 254));
    texel[3] = byte(scene.activity().glow(now.lastFired[row]), 255);
  }
}

void GpuPainter::buildPalette(const Scene& scene) {
  theme_ = &scene.theme();
  paletteNew_ = true;
  palette_ = QImage(paletteWidth, 4, QImage::Format_RGBA8888_Premultiplied);
  palette_.fill(0);
  const auto set = [this](int column, int line, Pixel colour) { palette_.setPixel(column, line, colour); };
  int column = 0;
  for (const auto& [paint, shape] : scene.looks().table()) {
    set(column, 0, paint.body);
    set(column, 1, paint.fill);
    set(column, 2, paint.outline);
    set(column++, 3, makePixel(static_cast<std::uint32_t>(shape), 0, 0));
  }
  set(paletteWidth - 1, 0, theme_->store);
  set(paletteWidth - 1, 1, theme_->storeRest);
  set(paletteWidth - 1, 2, theme_->node(Tint::Burst).glow);
  background_ = backgroundOf(*theme_, {256, 256});
}

void GpuPainter::buildMarks(const Scene& scene, const Camera& camera, const Marks& marks) {
  constexpr double glowingBudget = 20e6;
  DisplayList list;
  scene.addGroups(camera, list);
  scene.addGlowing(camera, marks, glowingBudget, list);
  scene.addEnds(camera, list);
  scene.addMarks(camera, marks, list);
  living_.build(list);
  namesNew_ = names_.build(list.names, {camera.width, camera.height}, camera.ratio) || namesNew_;
}

void GpuPainter::prepare(const Scene& scene, const Camera& camera, const Marks& marks, double) {
  if (!scene.snapshot() || camera.width <= 0 || camera.height <= 0) {
    resting_.clear(), neurons_.clear(), names_.clear();
    living_ = {};
    restingNew_ = neuronsNew_ = true;
    places_ = ~std::uint64_t{0};
    return;
  }
  const bool moved = places_ != scene.placesRevision();
  if (theme_ != &scene.theme() || moved) buildPalette(scene);
  if (moved || links_ != scene.linksRevision()) {
    buildLinks(scene);
    buildNeurons(scene);
  }
  places_ = scene.placesRevision();
  links_ = scene.linksRevision();
  buildStates(scene);
  buildMarks(scene, camera, marks);
  const Spot origin = camera.toScreen({0, 0});
  view_ = {camera.scale,
           origin.x,
           origin.y,
           Scene::opacity(scene.ink(camera), camera),
           Scene::widthRoom(camera),
           Scene::dashesShow(camera) ? camera.scale / Scene::dashUnit(camera) : 0,
           camera.ratio,
           0};
  flat_ = {1, 0, 0, 1, 0, 1, camera.ratio, 0};
}

/// The nodes under the item's node, in the order they are drawn.
class GpuRoot : public QSGNode {
 public:
  explicit GpuRoot(QQuickWindow* window)
      : background(window->createImageNode()), names(window->createImageNode()), neuronMaterial(new NeuronMaterial) {
    background->setOwnsTexture(true);
    background->setFiltering(QSGTexture::Linear);
    names->setOwnsTexture(true);
    names->setFiltering(QSGTexture::Nearest);
    for (QSGGeometryNode* node : {&resting, &glowing, &marks}) prepareMarkNode(*node);
    neurons.setMaterial(neuronMaterial);
    neurons.setGeometry(makeQuads<NeuronVertex>({}));
    neurons.setFlags(OwnsGeometry | OwnsMaterial);
    for (QSGNode* node : std::initializer_list<QSGNode*>{&resting, &glowing, &neurons, &marks})
      node->setFlag(OwnedByParent, false);
  }
  ~GpuRoot() override {
    removeAllChildNodes();
    delete background;
    delete names;
  }
  QSGImageNode* background;
  QSGImageNode* names;
  QSGGeometryNode resting, glowing, neurons, marks;
  NeuronMaterial* neuronMaterial;
};

QSGNode* GpuPainter::hand(QSGNode* old, QQuickWindow* window, const QRectF& rect) {
  if (rect.isEmpty() || background_.isNull() || neurons_.empty() || names_.image().isNull()) {
    delete old;
    return nullptr;
  }
  auto* root = static_cast<GpuRoot*>(old);
  const bool fresh = !root;
  if (fresh) {
    root = new GpuRoot(window);
  }
  if (fresh || paletteNew_) {
    root->background->setTexture(window->createTextureFromImage(background_, QQuickWindow::TextureIsOpaque));
    root->neuronMaterial->palette.reset(window->createTextureFromImage(palette_));
    root->neuronMaterial->palette->setFiltering(QSGTexture::Nearest);
  }
  root->background->setRect(rect);
  if (fresh || restingNew_) setQuads(root->resting, makeQuads(resting_));
  if (fresh || neuronsNew_) setQuads(root->neurons, makeQuads(neurons_));
  setQuads(root->glowing, makeQuads(living_.under));
  setQuads(root->marks, makeQuads(living_.over));
  root->neuronMaterial->states.reset(window->createTextureFromImage(states_));
  root->neuronMaterial->states->setFiltering(QSGTexture::Nearest);
  root->neuronMaterial->view = view_;
  root->neuronMaterial->view.opacity = 1;
  root->neurons.markDirty(QSGNode::DirtyMaterial);
  setView(root->resting, view_);
  setView(root->glowing, flat_);
  setView(root->marks, flat_);
  if (fresh || namesNew_)
    root->names->setTexture(window->createTextureFromImage(names_.image(), QQuickWindow::TextureHasAlphaChannel));
  root->names->setRect(rect);
  restingNew_ = neuronsNew_ = paletteNew_ = namesNew_ = false;
  if (fresh) {
    for (QSGNode* node : std::initializer_list<QSGNode*>{root->background, &root->resting, &root->glowing, &root->neurons,
                                                         &root->marks, root->names}) {
      root->appendChildNode(node);
    }
  }
  return root;
}

}  // namespace

std::unique_ptr<Painter> makeGpuPainter() {
  takeShadersAlong();
  return std::make_unique<GpuPainter>();
}

}  // namespace plexarium::ui
