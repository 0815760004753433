#include "ui/canvas/canvas_item.h"

#include <QImage>
#include <QQuickWindow>
#include <algorithm>
#include <cmath>

#include "ui/canvas/canvas_impl.h"
#include "ui/canvas/cpu_picture.h"
#include "ui/canvas/hover_text.h"
#include "ui/canvas/svg_picture.h"

namespace plexarium::ui {
namespace {

constexpr double rippleSeconds = 0.7;
constexpr float pickPixels = 10;  // a neuron is never harder to hit than this
constexpr float linkPixels = 6;
constexpr double answerSeconds = 0.5;  // a wish that was not carried out by then has been refused
constexpr int frameMilliseconds = 16;
constexpr int slowFrameMilliseconds = 33;

CanvasItem::Renderer& chosenRenderer() {
  static CanvasItem::Renderer renderer = CanvasItem::Renderer::Cpu;
  return renderer;
}

}  // namespace

CanvasItem::Impl::Impl(CanvasItem& owner)
    : item(owner), painter(chosenRenderer() == Renderer::Gpu ? makeGpuPainter() : makeCpuPainter()) {
  clock.start();
  beat.setSingleShot(true);
  miniMap = new MiniMap(scene, viewpoint, &owner);
  QObject::connect(miniMap, &MiniMap::placePointed, &item, [this](QPointF place) {
    viewpoint.set({{static_cast<float>(place.x()), static_cast<float>(place.y())}, viewpoint.view().scale});
    refresh();
  });
  QObject::connect(&beat, &QTimer::timeout, &item, [this] { refresh(); });
}

void CanvasItem::Impl::open(const Description* description, Selection* chosen) {
  letGo();
  if (selection) QObject::disconnect(selection, nullptr, &item, nullptr);
  selection = chosen;
  if (selection)
    QObject::connect(selection, &Selection::changed, &item, [this] {
      if (highlight) refocus();
      refresh();
    });
  scene.open(description);
  viewpoint.clear();
  ripples_.clear();
  positionsBeforeMove_.reset();
  endLink();
  setPinned({});
  hoveredRim.reset();
  setHovered(std::nullopt, std::nullopt);
  refresh();
}

void CanvasItem::Impl::show(std::shared_ptr<const Snapshot> snapshot) {
  if (!scene.description()) return;
  if (positionsBeforeMove_ && snapshot->graph.positions != positionsBeforeMove_) endPreview();
  if (targetsBeforeLink_ && snapshot->graph.targets != targetsBeforeLink_) endLink();
  scene.show(std::move(snapshot), seconds());
  trace();
  if (grip_ == Grip::Move) previewMove(last_);
  if (grip_ == Grip::Link) aimLink(last_);
  if (viewpoint.unset() && !viewpoint.size().isEmpty() && scene.geometry().neuronCount() > 0) {
    viewpoint.fit(scene.geometry().bounds());
  }
  vanish();
  if (hoveredNeuron || hoveredLink) emit item.hoverChanged();
  refresh();
}

/// Other things are hidden or drawn together now.
void CanvasItem::Impl::rearranged() {
  if (scene.snapshot()) vanish();
  refresh();
}

void CanvasItem::Impl::refocus() {
  scene.setFocus(highlight && selection ? selection->neurons() : std::vector<NeuronId>(), scene.causes());
  refresh();
}

void CanvasItem::Impl::setPinned(const std::vector<NeuronId>& neurons) {
  pinned = neurons;
  traces_.clear();
  traced_ = never;
  for (const NeuronId id : pinned) traces_.push_back({id, {}});
  if (scene.whole()) trace();
  refresh();
}

/// Takes note of the levels of the pinned neurons, one for each tick that is seen.
void CanvasItem::Impl::trace() {
  constexpr std::size_t most = 120;
  const Snapshot& whole = *scene.whole();
  if (whole.tick == traced_) return;
  const bool back = whole.tick < traced_;
  traced_ = whole.tick;
  for (Marks::Trace& trace : traces_) {
    const auto row = whole.graph.row(trace.neuron);
    if (back || !row) trace.levels.clear();
    if (!row) continue;
    if (trace.levels.size() == most) trace.levels.erase(trace.levels.begin());
    trace.levels.push_back(whole.appearance.level[*row]);
  }
}

/// What is hovered may have left the network.
void CanvasItem::Impl::vanish() {
  if (hoveredNeuron && !graph().row(*hoveredNeuron)) setHovered(std::nullopt, std::nullopt);
  if (hoveredRim && !graph().row(*hoveredRim)) hoveredRim.reset();
  if (hoveredLink && !graph().link(*hoveredLink)) setHovered(std::nullopt, std::nullopt);
}

float CanvasItem::Impl::ratio() const {
  return item.window() ? static_cast<float>(item.window()->effectiveDevicePixelRatio()) : 1.0F;
}

void CanvasItem::Impl::refresh() {
  item.polish();
  item.update();
}

void CanvasItem::Impl::resized(QSizeF size) {
  viewpoint.resize(size);
  miniMap->place(size);
  if (viewpoint.unset() && !size.isEmpty() && scene.geometry().neuronCount() > 0) viewpoint.fit(scene.geometry().bounds());
  refresh();
}

Marks CanvasItem::Impl::marks() const {
  Marks marks;
  if (selection) {
    marks.selectedNeurons = &selection->neurons();
    marks.selectedLinks = &selection->links();
  }
  marks.hoveredNeuron = hoveredNeuron;
  marks.pointed = &pointed;
  marks.hoveredLink = hoveredLink;
  marks.rubberBand = rubberBand_;
  marks.rim = grip_ == Grip::None ? hoveredRim : std::nullopt;
  if (leftSource_) marks.newLink = newLink_;
  marks.traces = &traces_;
  for (const Ripple& ripple : ripples_) {
    marks.ripples.push_back({ripple.neuron, static_cast<float>((seconds() - ripple.began) / rippleSeconds), ripple.strong});
  }
  return marks;
}

void CanvasItem::Impl::polish() {
  const double now = seconds();
  const bool gliding = viewpoint.advance(now);
  std::erase_if(ripples_, [now](const Ripple& ripple) { return now - ripple.began >= rippleSeconds; });
  if (positionsBeforeMove_ && now - moveSubmitted_ > answerSeconds) endPreview();
  if (targetsBeforeLink_ && now - linkSubmitted_ > answerSeconds) endLink();
  if (miniMap->isVisible()) miniMap->update();
  scene.activity().at(now);
  scene.linkChanges().at(now);
  painter->prepare(scene, camera(), marks(), now);
  if (gliding || !ripples_.empty() || !painter->settled()) {
    beat.start(frameMilliseconds);
  } else if (scene.activity().moves() || scene.linkChanges().moves() || positionsBeforeMove_ || targetsBeforeLink_) {
    beat.start(slowFrameMilliseconds);
  }
}

std::optional<std::size_t> CanvasItem::Impl::neuronRowAt(QPointF spot) const {
  if (!scene.snapshot() || viewpoint.unset()) return std::nullopt;
  const float reach = std::max(1.0F, pickPixels / viewpoint.view().scale);
  return scene.geometry().neuronAt(viewpoint.toWorld(spot), reach);
}

std::optional<std::size_t> CanvasItem::Impl::linkRowAt(QPointF spot) const {
  if (!scene.snapshot() || viewpoint.unset()) return std::nullopt;
  return scene.geometry().linkAt({static_cast<float>(spot.x()), static_cast<float>(spot.y())}, linkPixels,
                                 viewpoint.camera(1));
}

CanvasItem::CanvasItem(QQuickItem* parent) : QQuickItem(parent), impl_(std::make_unique<Impl>(*this)) {
  setFlag(ItemHasContents);
  setAcceptedMouseButtons(Qt::LeftButton | Qt::MiddleButton | Qt::RightButton);
  setAcceptHoverEvents(true);
  setActiveFocusOnTab(true);
  setClip(true);
}

CanvasItem::~CanvasItem() = default;

void CanvasItem::setRenderer(Renderer renderer) { chosenRenderer() = renderer; }
CanvasItem::Renderer CanvasItem::renderer() { return chosenRenderer(); }

void CanvasItem::open(const Description* description, Selection* selection) { impl_->open(description, selection); }
void CanvasItem::show(std::shared_ptr<const Snapshot> snapshot) { impl_->show(std::move(snapshot)); }

void CanvasItem::setTool(Tool tool) {
  impl_->tool = tool;
  impl_->dressCursor();
}
CanvasItem::Tool CanvasItem::tool() const { return impl_->tool; }

void CanvasItem::setDark(bool dark) {
  impl_->scene.setTheme(dark ? darkTheme() : lightTheme());
  impl_->refresh();
}

void CanvasItem::setColouring(Colouring colouring) {
  impl_->scene.setColouring(colouring);
  impl_->refresh();
}

void CanvasItem::setLinkAges(bool on) {
  impl_->scene.setLinkAges(on, impl_->seconds());
  impl_->rearranged();
}

void CanvasItem::setHighlight(bool on) {
  if (on == impl_->highlight) return;
  impl_->highlight = on;
  impl_->refocus();
}
bool CanvasItem::highlight() const { return impl_->highlight; }

void CanvasItem::setFilter(const CanvasFilter& filter) {
  impl_->scene.setFilter(filter, impl_->seconds());
  impl_->rearranged();
}
const CanvasFilter& CanvasItem::filter() const { return impl_->scene.lens().filter(); }

void CanvasItem::showCauses(std::vector<CauseLink> causes) {
  impl_->scene.setFocus(impl_->highlight && impl_->selection ? impl_->selection->neurons() : std::vector<NeuronId>(),
                        std::move(causes));
  impl_->refresh();
}

void CanvasItem::setMiniMapShown(bool shown) {
  impl_->miniMap->setVisible(shown);
  impl_->refresh();
}
bool CanvasItem::miniMapShown() const { return impl_->miniMap->isVisible(); }

void CanvasItem::setPinned(std::vector<NeuronId> neurons) {
  if (neurons != impl_->pinned) impl_->setPinned(neurons);
}
const std::vector<NeuronId>& CanvasItem::pinned() const { return impl_->pinned; }

void CanvasItem::setPointed(std::vector<NeuronId> neurons) {
  if (neurons == impl_->pointed) return;
  impl_->pointed = std::move(neurons);
  impl_->refresh();
}

void CanvasItem::fit() {
  impl_->viewpoint.fit(impl_->scene.geometry().bounds());
  impl_->refresh();
}

void CanvasItem::zoomBy(qreal factor) {
  impl_->viewpoint.zoomAt({width() / 2, height() / 2}, factor);
  impl_->refresh();
}

View CanvasItem::view() const { return impl_->viewpoint.view(); }

void CanvasItem::setView(const View& view) {
  impl_->viewpoint.set(view);
  impl_->resized(size());
}

QPointF CanvasItem::toItem(Point world) const { return impl_->viewpoint.toItem(world); }
Point CanvasItem::toWorld(QPointF item) const { return impl_->viewpoint.toWorld(item); }

std::optional<NeuronId> CanvasItem::neuronAt(QPointF item) const {
  const auto row = impl_->neuronRowAt(item);
  if (!row) return std::nullopt;
  return (*impl_->graph().ids)[*row];
}

std::optional<LinkKey> CanvasItem::linkAt(QPointF item) const {
  const auto row = impl_->linkRowAt(item);
  if (!row) return std::nullopt;
  return impl_->graph().key(*row);
}

std::optional<NeuronId> CanvasItem::hoveredNeuron() const { return impl_->hoveredNeuron; }
std::optional<LinkKey> CanvasItem::hoveredLink() const { return impl_->hoveredLink; }

QString CanvasItem::hoverText() const {
  if (!impl_->scene.snapshot()) return {};
  const Description& description = *impl_->scene.description();
  const Snapshot& whole = *impl_->scene.whole();
  if (impl_->hoveredNeuron) {
    const Lens::Folded* group = impl_->scene.lens().folded(*impl_->hoveredNeuron);
    return group ? ui::hoverText(*group) : ui::hoverText(description, whole, *impl_->hoveredNeuron);
  }
  if (impl_->hoveredLink) return ui::hoverText(description, whole, *impl_->hoveredLink);
  return {};
}

QPointF CanvasItem::hoverPoint() const { return impl_->hoverSpot.value_or(QPointF()); }

QImage CanvasItem::picture(QSize size) const {
  if (size.isEmpty()) return {};
  CpuPicture picture;
  picture.paintWhole(impl_->scene, impl_->cameraOf(size), {});
  return picture.image().copy();
}

QByteArray CanvasItem::svg(QSize size) const {
  if (size.isEmpty()) return {};
  return QByteArray::fromStdString(writeSvg(impl_->scene, impl_->cameraOf(size), {}));
}

/// What is in view, at another size.
Camera CanvasItem::Impl::cameraOf(QSize size) const {
  Camera other = fitted(scene.geometry().bounds(), size.width(), size.height(), 1);
  if (viewpoint.unset() || viewpoint.size().isEmpty()) return other;
  const double enlarged = std::min(size.width() / viewpoint.size().width(), size.height() / viewpoint.size().height());
  other.centre = viewpoint.view().centre;
  other.ratio = static_cast<float>(std::max(enlarged, 0.1));
  other.scale = viewpoint.view().scale * other.ratio;
  return other;
}

void CanvasItem::updatePolish() { impl_->polish(); }

QSGNode* CanvasItem::updatePaintNode(QSGNode* old, UpdatePaintNodeData*) {
  return impl_->painter->hand(old, window(), boundingRect());
}

void CanvasItem::geometryChange(const QRectF& geometry, const QRectF& old) {
  QQuickItem::geometryChange(geometry, old);
  impl_->resized(geometry.size());
}

void CanvasItem::itemChange(ItemChange change, const ItemChangeData& data) {
  QQuickItem::itemChange(change, data);
  // During construction and destruction there is nothing to refresh.
  if (impl_ && (change == ItemSceneChange || change == ItemVisibleHasChanged || change == ItemDevicePixelRatioHasChanged)) {
    impl_->refresh();
  }
}

}  // namespace plexarium::ui
