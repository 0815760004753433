#include <QQuickWindow>
#include <QSGGeometryNode>
#include <QSGImageNode>
#include <cmath>
#include <limits>

#include "ui/canvas/cpu_picture.h"
#include "ui/canvas/gpu_materials.h"
#include "ui/canvas/painter.h"

// Resources of a static library are taken along only where they are asked for; the macro wants no namespace around it.
static void takeShadersAlong() { Q_INIT_RESOURCE(canvas_shaders); }

namespace plexarium::ui {
namespace {

constexpr int stateWidth = 1024;      // texels a line of the state texture; the vertex shader knows it too
constexpr int paletteWidth = 16;      // phases and, last, colours of the store and of light
constexpr float referenceScale = 24;  // at which the courses of resting links are worked out

/// Quads of one material, four corners each, two triangles.
template <typename Vertex>
QSGGeometry* makeQuads(const std::vector<Vertex>& vertices) {
  const auto corners = static_cast<int>(vertices.size());
  auto* geometry = new QSGGeometry(Vertex::attributes(), corners, corners / 4 * 6, QSGGeometry::UnsignedIntType);
  geometry->setDrawingMode(QSGGeometry::DrawTriangles);
  if (!vertices.empty()) std::memcpy(geometry->vertexData(), vertices.data(), vertices.size() * sizeof(Vertex));
  std::uint32_t* index = geometry->indexDataAsUInt();
  for (std::uint32_t corner = 0; corner < static_cast<std::uint32_t>(corners); corner += 4) {
    for (const std::uint32_t i : {0U, 1U, 2U, 2U, 1U, 3U}) *index++ = corner + i;
  }
  return geometry;
}

MarkVertex corner(Spot at, Spot reach, float kind, float size, float extra, float dash, Pixel colour) {
  const auto channel = [colour](int shift) { return static_cast<std::uint8_t>(colour >> shift); };
  return {at.x, at.y, reach.x, reach.y, kind, size, extra, dash, channel(16), channel(8), channel(0), channel(24)};
}

void addStroke(std::vector<MarkVertex>& vertices, const Stroke& stroke, float grows = 0) {
  const float length = std::hypot(stroke.to.x - stroke.from.x, stroke.to.y - stroke.from.y);
  if (length <= 0) return;
  const Spot normal{-(stroke.to.y - stroke.from.y) / length, (stroke.to.x - stroke.from.x) / length};
  const bool dashed = stroke.dash.unit > 0;
  const float begin = dashed ? stroke.dash.start / stroke.dash.unit : -1;
  const float end = dashed ? (stroke.dash.start + length) / stroke.dash.unit : -1;
  const Spot back{-normal.x, -normal.y};
  vertices.push_back(corner(stroke.from, normal, 0, stroke.width, grows, begin, stroke.colour));
  vertices.push_back(corner(stroke.from, back, 0, stroke.width, grows, begin, stroke.colour));
  vertices.push_back(corner(stroke.to, normal, 0, stroke.width, grows, end, stroke.colour));
  vertices.push_back(corner(stroke.to, back, 0, stroke.width, grows, end, stroke.colour));
}

void addRound(std::vector<MarkVertex>& vertices, Spot centre, float reach, float kind, float size, float extra,
              Pixel colour) {
  for (const Spot to : {Spot{-reach, -reach}, Spot{reach, -reach}, Spot{-reach, reach}, Spot{reach, reach}}) {
    vertices.push_back(corner(centre, to, kind, size, extra, -1, colour));
  }
}

void addEnd(std::vector<MarkVertex>& vertices, const StrokeEnd& end) {
  const float wing = end.size * 0.42F;
  const Spot d = end.direction;
  switch (end.end) {
    case LinkEnd::Arrow: {
      const Spot base{end.tip.x - d.x * end.size, end.tip.y - d.y * end.size};
      const Spot left{base.x - d.y * wing, base.y + d.x * wing};
      const Spot right{base.x + d.y * wing, base.y - d.x * wing};
      for (const Spot at : {end.tip, left, right, right}) vertices.push_back(corner(at, {0, 0}, 3, 0, 0, -1, end.colour));
      break;
    }
    case LinkEnd::Bar: {
      const float half = end.size * 0.6F;
      addStroke(vertices, {{end.tip.x - d.y * half, end.tip.y + d.x * half},
                           {end.tip.x + d.y * half, end.tip.y - d.x * half},
                           end.colour,
                           std::max(1.0F, end.size * 0.3F),
                           {}});
      break;
    }
    case LinkEnd::Ball:
      addRound(vertices, {end.tip.x - d.x * wing, end.tip.y - d.y * wing}, wing + 1, 2, 0, wing, end.colour);
      break;
  }
}

void addHull(std::vector<MarkVertex>& vertices, const Hull& hull) {
  for (std::size_t i = 2; i < hull.corners.size(); ++i) {
    for (const Spot at : {hull.corners[0], hull.corners[i - 1], hull.corners[i], hull.corners[i]}) {
      vertices.push_back(corner(at, {0, 0}, 3, 0, 0, -1, hull.fill));
    }
  }
  std::vector<Stroke> rim;
  addRim(rim, hull);
  for (const Stroke& stroke : rim) addStroke(vertices, stroke);
}

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
  std::vector<MarkVertex> resting_, glowing_, marks_;
  std::vector<NeuronVertex> neurons_;
  bool restingNew_ = false, neuronsNew_ = false, paletteNew_ = false, namesNew_ = false;
  QImage states_, palette_, background_, names_;
  std::vector<Name> shownNames_;
  NameSprites sprites_;
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
    texel[0] = static_cast<uchar>(std::min<uchar>(now.phase[row], paletteWidth - 2) | back);
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
  const std::vector<PhaseStyle>& phases = scene.description()->phases;
  const int count = std::min(static_cast<int>(phases.size()), paletteWidth - 1);
  for (int phase = 0; phase < count; ++phase) {
    const NodePaint& paint = theme_->node(phases[phase].tint);
    set(phase, 0, paint.body);
    set(phase, 1, paint.fill);
    set(phase, 2, paint.outline);
    set(phase, 3, makePixel(static_cast<std::uint32_t>(phases[phase].shape), 0, 0));
  }
  set(paletteWidth - 1, 0, theme_->store);
  set(paletteWidth - 1, 1, theme_->storeRest);
  set(paletteWidth - 1, 2, theme_->node(Tint::Burst).glow);
  // An empty scene's picture is the background.
  constexpr int side = 256;
  CpuPicture picture;
  Scene empty;
  empty.setTheme(*theme_);
  picture.paintWhole(empty, {{}, 1, 1, side, side}, {});
  background_ = picture.image().copy();
}

void GpuPainter::buildMarks(const Scene& scene, const Camera& camera, const Marks& marks) {
  constexpr double glowingBudget = 20e6;
  DisplayList list;
  scene.addGroups(camera, list);
  scene.addGlowing(camera, marks, glowingBudget, list);
  scene.addEnds(camera, list);
  scene.addMarks(camera, marks, list);
  glowing_.clear();
  for (const Hull& hull : list.hulls) addHull(glowing_, hull);
  for (const Stroke& stroke : list.strokes) addStroke(glowing_, stroke);
  for (const StrokeEnd& end : list.ends) addEnd(glowing_, end);
  for (const Glow& glow : list.glows) addRound(glowing_, glow.centre, glow.radius, 1, glow.radius, 0, glow.colour);
  marks_.clear();
  for (const Ring& ring : list.rings) {
    addRound(marks_, ring.centre, ring.radius + ring.width + 1, 2, ring.radius, ring.width / 2, ring.colour);
  }
  for (const Stroke& stroke : list.marks) addStroke(marks_, stroke);
  if (list.names == shownNames_ && names_.size() == QSize(camera.width, camera.height)) return;
  shownNames_ = list.names;
  namesNew_ = true;
  names_ = QImage(camera.width, camera.height, QImage::Format_ARGB32_Premultiplied);
  names_.fill(Qt::transparent);
  sprites_.draw(names_, shownNames_, camera.ratio);
}

void GpuPainter::prepare(const Scene& scene, const Camera& camera, const Marks& marks, double) {
  if (!scene.snapshot() || camera.width <= 0 || camera.height <= 0) {
    resting_.clear(), glowing_.clear(), marks_.clear(), neurons_.clear(), shownNames_.clear();
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
    for (QSGGeometryNode* node : {&resting, &glowing, &marks}) {
      node->setMaterial(new MarkMaterial);
      node->setGeometry(makeQuads<MarkVertex>({}));
      node->setFlags(OwnsGeometry | OwnsMaterial);
    }
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
  static void set(QSGGeometryNode& node, QSGGeometry* geometry) {
    node.setGeometry(geometry);
    node.markDirty(DirtyGeometry);
  }
  static void view(QSGGeometryNode& node, const ShaderView& view) {
    static_cast<MarkMaterial*>(node.material())->view = view;
    node.markDirty(DirtyMaterial);
  }

  QSGImageNode* background;
  QSGImageNode* names;
  QSGGeometryNode resting, glowing, neurons, marks;
  NeuronMaterial* neuronMaterial;
};

QSGNode* GpuPainter::hand(QSGNode* old, QQuickWindow* window, const QRectF& rect) {
  if (rect.isEmpty() || background_.isNull() || neurons_.empty() || names_.isNull()) {
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
  if (fresh || restingNew_) GpuRoot::set(root->resting, makeQuads(resting_));
  if (fresh || neuronsNew_) GpuRoot::set(root->neurons, makeQuads(neurons_));
  GpuRoot::set(root->glowing, makeQuads(glowing_));
  GpuRoot::set(root->marks, makeQuads(marks_));
  root->neuronMaterial->states.reset(window->createTextureFromImage(states_));
  root->neuronMaterial->states->setFiltering(QSGTexture::Nearest);
  root->neuronMaterial->view = view_;
  root->neuronMaterial->view.opacity = 1;
  root->neurons.markDirty(QSGNode::DirtyMaterial);
  GpuRoot::view(root->resting, view_);
  GpuRoot::view(root->glowing, flat_);
  GpuRoot::view(root->marks, flat_);
  if (fresh || namesNew_)
    root->names->setTexture(window->createTextureFromImage(names_, QQuickWindow::TextureHasAlphaChannel));
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
