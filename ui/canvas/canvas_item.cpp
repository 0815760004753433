#include "ui/canvas/canvas_item.h"

#include <QImage>
#include <QQuickWindow>
#include <algorithm>
#include <cmath>

#include "ui/canvas/canvas_impl.h"
#include "ui/canvas/cpu_picture.h"
#include "ui/canvas/hover_text.h"

namespace plexarium::ui {
namespace {

constexpr double rippleSeconds = 0.7;
constexpr float pickPixels = 10;  // a neuron is never harder to hit than this
constexpr float linkPixels = 6;
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
  QObject::connect(&beat, &QTimer::timeout, &item, [this] { refresh(); });
}

void CanvasItem::Impl::open(const Description* description, Selection* chosen) {
  letGo();
  if (selection) QObject::disconnect(selection, nullptr, &item, nullptr);
  selection = chosen;
  if (selection) QObject::connect(selection, &Selection::changed, &item, [this] { refresh(); });
  scene.open(description);
  viewpoint.clear();
  ripples_.clear();
  positionsBeforeMove_.reset();
  setHovered(std::nullopt, std::nullopt);
  refresh();
}

void CanvasItem::Impl::show(std::shared_ptr<const Snapshot> snapshot) {
  if (!scene.description()) return;
  if (positionsBeforeMove_ && snapshot->graph.positions != positionsBeforeMove_) endPreview();
  scene.show(std::move(snapshot), seconds());
  if (grip_ == Grip::Move) previewMove(last_);
  if (viewpoint.unset() && !viewpoint.size().isEmpty() && scene.geometry().neuronCount() > 0) {
    viewpoint.fit(scene.geometry().bounds());
  }
  vanish();
  if (hoveredNeuron || hoveredLink) emit item.hoverChanged();
  refresh();
}

/// What is hovered may have left the network.
void CanvasItem::Impl::vanish() {
  if (hoveredNeuron && !graph().row(*hoveredNeuron)) setHovered(std::nullopt, std::nullopt);
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
  marks.hoveredLink = hoveredLink;
  marks.rubberBand = rubberBand_;
  for (const Ripple& ripple : ripples_) {
    marks.ripples.push_back({ripple.neuron, static_cast<float>((seconds() - ripple.began) / rippleSeconds), ripple.strong});
  }
  return marks;
}

void CanvasItem::Impl::polish() {
  const double now = seconds();
  const bool gliding = viewpoint.advance(now);
  std::erase_if(ripples_, [now](const Ripple& ripple) { return now - ripple.began >= rippleSeconds; });
  if (positionsBeforeMove_ && now - moveSubmitted_ > 0.5) endPreview();
  scene.activity().at(now);
  painter->prepare(scene, camera(), marks(), now);
  if (gliding || !ripples_.empty() || !painter->settled()) {
    beat.start(frameMilliseconds);
  } else if (scene.activity().moves() || positionsBeforeMove_) {
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
  setCursor(tool == Tool::Stimulate ? Qt::CrossCursor : Qt::ArrowCursor);
}
CanvasItem::Tool CanvasItem::tool() const { return impl_->tool; }

void CanvasItem::setDark(bool dark) {
  impl_->scene.setTheme(dark ? darkTheme() : lightTheme());
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
  if (impl_->hoveredNeuron) return ui::hoverText(description, *impl_->scene.snapshot(), *impl_->hoveredNeuron);
  if (impl_->hoveredLink) return ui::hoverText(description, *impl_->scene.snapshot(), *impl_->hoveredLink);
  return {};
}

QPointF CanvasItem::hoverPoint() const { return impl_->hoverSpot.value_or(QPointF()); }

QImage CanvasItem::picture(QSize size) const {
  if (size.isEmpty()) return {};
  Camera camera = fitted(impl_->scene.geometry().bounds(), size.width(), size.height(), 1);
  if (!impl_->viewpoint.unset() && width() > 0 && height() > 0) {
    const double enlarged = std::min(size.width() / width(), size.height() / height());
    camera.centre = view().centre;
    camera.ratio = static_cast<float>(std::max(enlarged, 0.1));
    camera.scale = view().scale * camera.ratio;
  }
  CpuPicture picture;
  picture.paintWhole(impl_->scene, camera, {});
  return picture.image().copy();
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
