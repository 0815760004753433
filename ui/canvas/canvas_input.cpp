#include <QCursor>
#include <QHoverEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/canvas/canvas_impl.h"

namespace plexarium::ui {
namespace {

constexpr qreal dragPixels = 4;      // a click may tremble this much
constexpr double wheelFactor = 1.2;  // per notch
constexpr qreal scrollPixels = 60;   // per notch
constexpr qreal keyPixels = 50;

Spot screen(QPointF spot) { return {static_cast<float>(spot.x()), static_cast<float>(spot.y())}; }

bool adds(Qt::KeyboardModifiers modifiers) { return modifiers & (Qt::ControlModifier | Qt::ShiftModifier); }

}  // namespace

void CanvasItem::Impl::press(QMouseEvent* event) {
  item.forceActiveFocus(Qt::MouseFocusReason);
  if (grip_ != Grip::None) return;  // another button while one is held
  grip_ = Grip::Pressed;
  pressed_ = last_ = event->position();
  pressedNeuron_ = item.neuronAt(pressed_);
  if (!pressedNeuron_) pressedNeuron_ = rimAt(pressed_);
  const bool stimulating = tool == Tool::Stimulate || event->modifiers() & Qt::AltModifier;
  if (event->button() == Qt::LeftButton && stimulating && pressedNeuron_) {
    grip_ = Grip::None;
    stimulate(*pressedNeuron_, event->modifiers() & Qt::ShiftModifier);
  }
}

void CanvasItem::Impl::stimulate(NeuronId neuron, bool strong) {
  ripples_.push_back({neuron, seconds(), strong});
  emit item.stimulateRequested(neuron, strong);
  refresh();
}

void CanvasItem::Impl::move(QMouseEvent* event) {
  const QPointF spot = event->position();
  if (grip_ == Grip::Pressed && (spot - pressed_).manhattanLength() > dragPixels) startDrag(event);
  switch (grip_) {
    case Grip::None:
    case Grip::Pressed:
      return;
    case Grip::Pan:
      viewpoint.pan(spot - last_);
      break;
    case Grip::Move:
      previewMove(spot);
      break;
    case Grip::Link:
      aimLink(spot);
      break;
    case Grip::RubberBand: {
      Box box;
      box.include(viewpoint.toWorld(pressed_));
      box.include(viewpoint.toWorld(spot));
      rubberBand_ = box;
      break;
    }
  }
  last_ = spot;
  refresh();
}

void CanvasItem::Impl::startDrag(QMouseEvent* event) {
  if (event->buttons() & Qt::MiddleButton) {
    grip_ = Grip::Pan;
  } else if (!(event->buttons() & Qt::LeftButton)) {
    grip_ = Grip::None;
  } else if (pressedNeuron_ && selection && tool == Tool::Select) {
    const bool group = scene.lens().folded(*pressedNeuron_);
    if (!group && (event->modifiers() & Qt::ControlModifier || rimAt(pressed_) == pressedNeuron_)) {
      startLink(*pressedNeuron_);
    } else {
      startMove();
    }
  } else if (event->modifiers() & Qt::ShiftModifier && selection) {
    grip_ = Grip::RubberBand;
  } else {
    grip_ = Grip::Pan;
  }
}

/// The selection goes along as far as it is in sight, collapsed groups with all their members.
void CanvasItem::Impl::startMove() {
  grip_ = Grip::Move;
  endPreview();
  if (!selection->contains(*pressedNeuron_)) choose({*pressedNeuron_}, false);
  moving_.clear();
  for (const NeuronId id : selection->neurons()) {
    if (!graph().row(id)) continue;
    if (const Lens::Folded* group = scene.lens().folded(id)) {
      moving_.insert(moving_.end(), group->members.begin(), group->members.end());
    } else {
      moving_.push_back(id);
    }
  }
}

void CanvasItem::Impl::release(QMouseEvent* event) {
  const Grip grip = std::exchange(grip_, Grip::None);
  if (grip == Grip::Pressed) {
    click(event);
  } else if (grip == Grip::Move) {
    submitMove(event->position());
  } else if (grip == Grip::Link) {
    aimLink(event->position());
    submitLink();
  } else if (grip == Grip::RubberBand && rubberBand_ && selection && scene.snapshot()) {
    std::vector<NeuronId> neurons;
    if (event->modifiers() & Qt::ControlModifier) neurons = selection->neurons();
    for (const std::size_t row : scene.geometry().neuronsIn(*rubberBand_)) {
      const NeuronId id = (*graph().ids)[row];
      if (const Lens::Folded* group = scene.lens().folded(id)) {
        neurons.insert(neurons.end(), group->members.begin(), group->members.end());
      } else {
        neurons.push_back(id);
      }
    }
    selection->set(std::move(neurons), {});
  }
  rubberBand_.reset();
  refresh();
}

void CanvasItem::Impl::click(QMouseEvent* event) {
  if (event->button() == Qt::MiddleButton) return;
  GroupId name;  // whose name is there
  if (!pressedNeuron_ && scene.snapshot()) {
    name = scene.groupNameAt(screen(pressed_), viewpoint.camera(1)).value_or(GroupId{});
  }
  const std::optional<LinkKey> link = pressedNeuron_ || name ? std::nullopt : item.linkAt(pressed_);
  if (event->button() == Qt::RightButton) {
    // The menu speaks of what is under it.
    if (selection && pressedNeuron_ && !selection->contains(*pressedNeuron_)) choose({*pressedNeuron_}, false);
    if (selection && name) choose(scene.lens().members(name), false);
    if (selection && link && !selection->contains(*link)) selection->set({}, {*link});
    emit item.contextMenuRequested(pressed_);
    return;
  }
  if (!selection || tool == Tool::Stimulate) return;
  const bool add = adds(event->modifiers());
  if (pressedNeuron_) {
    choose({*pressedNeuron_}, add);
  } else if (name) {
    choose(scene.lens().members(name), add);
  } else if (add) {
    if (link) selection->toggle(*link);
  } else if (link) {
    selection->set({}, {*link});
  } else {
    selection->clear();
  }
}

/// Selects `neurons`, a collapsed group as all its members. `add`: to what is selected, or takes them away if they are.
void CanvasItem::Impl::choose(const std::vector<NeuronId>& neurons, bool add) {
  std::vector<NeuronId> meant = neurons;
  const Lens::Folded* group = neurons.size() == 1 ? scene.lens().folded(neurons.front()) : nullptr;
  if (group) meant = group->members;
  if (!add) return selection->set(std::move(meant), {});
  const bool away = std::all_of(meant.begin(), meant.end(), [this](NeuronId id) { return selection->contains(id); });
  std::vector<NeuronId> chosen = selection->neurons();
  if (away) {
    std::erase_if(chosen, [&meant](NeuronId id) { return std::find(meant.begin(), meant.end(), id) != meant.end(); });
  } else {
    chosen.insert(chosen.end(), meant.begin(), meant.end());
  }
  selection->set(std::move(chosen), selection->links());
}

bool CanvasItem::Impl::toggleGroupAt(QPointF spot) {
  if (!scene.snapshot() || viewpoint.unset()) return false;
  std::optional<GroupId> group;
  if (const auto neuron = item.neuronAt(spot)) {
    if (const Lens::Folded* folded = scene.lens().folded(*neuron)) group = folded->group.id;
  } else {
    group = scene.groupNameAt(screen(spot), viewpoint.camera(1));
  }
  if (group) emit item.groupToggleRequested(*group);
  return group.has_value();
}

void CanvasItem::Impl::previewMove(QPointF spot) {
  std::vector<std::size_t> rows;
  for (const NeuronId id : moving_) {
    if (const auto row = graph().row(id)) rows.push_back(*row);
  }
  const Point from = viewpoint.toWorld(pressed_);
  const Point to = viewpoint.toWorld(spot);
  scene.setPreview(std::move(rows), {to.x - from.x, to.y - from.y});
}

void CanvasItem::Impl::submitMove(QPointF spot) {
  previewMove(spot);
  const GraphImage& whole = scene.whole()->graph;
  const Point from = viewpoint.toWorld(pressed_);
  const Point to = viewpoint.toWorld(spot);
  MoveNeurons move;
  for (const NeuronId id : moving_) {
    const auto row = whole.row(id);
    if (!row) continue;
    const Point place = (*whole.positions)[*row];
    move.positions.emplace_back(id, Point{place.x + to.x - from.x, place.y + to.y - from.y});
  }
  if (move.positions.empty()) return endPreview();
  positionsBeforeMove_ = whole.positions;
  moveSubmitted_ = seconds();
  const QString label = move.positions.size() == 1
                            ? CanvasItem::tr("Move neuron")
                            : CanvasItem::tr("Move %n neurons", nullptr, static_cast<int>(move.positions.size()));
  moving_.clear();
  emit item.editRequested(Edit{label.toStdString(), {std::move(move)}});
}

void CanvasItem::Impl::endPreview() {
  positionsBeforeMove_.reset();
  moving_.clear();
  if (scene.snapshot()) scene.setPreview({}, {});
}

void CanvasItem::Impl::letGo() {
  if (grip_ == Grip::Move) endPreview();
  if (grip_ == Grip::Link) endLink();
  grip_ = Grip::None;
  rubberBand_.reset();
  refresh();
}

void CanvasItem::Impl::hover(std::optional<QPointF> spot) {
  const bool moved = spot != hoverSpot;
  hoverSpot = spot;
  const auto rim = std::exchange(hoveredRim, std::nullopt);
  std::optional<NeuronId> neuron;
  std::optional<LinkKey> link;
  if (spot) {
    neuron = item.neuronAt(*spot);
    hoveredRim = rimAt(*spot);
    if (!neuron) neuron = hoveredRim;
    if (!neuron) link = item.linkAt(*spot);
  }
  if (rim != hoveredRim) refresh();
  dressCursor();
  setHovered(neuron, link);
  if (moved) emit item.hoverChanged();
}

void CanvasItem::Impl::dressCursor() {
  const Qt::CursorShape calm = hoveredRim ? Qt::PointingHandCursor : Qt::ArrowCursor;
  item.setCursor(tool == Tool::Stimulate ? Qt::CrossCursor : calm);
}

void CanvasItem::Impl::setHovered(std::optional<NeuronId> neuron, std::optional<LinkKey> link) {
  if (neuron == hoveredNeuron && link == hoveredLink) return;
  hoveredNeuron = neuron;
  hoveredLink = link;
  emit item.hoveredChanged();
  emit item.hoverChanged();
  refresh();
}

void CanvasItem::mousePressEvent(QMouseEvent* event) { impl_->press(event); }
void CanvasItem::mouseMoveEvent(QMouseEvent* event) { impl_->move(event); }
void CanvasItem::mouseReleaseEvent(QMouseEvent* event) { impl_->release(event); }

void CanvasItem::mouseDoubleClickEvent(QMouseEvent* event) {
  impl_->letGo();  // of the first click, whose release may have gone elsewhere
  if (event->button() == Qt::LeftButton && impl_->tool == Tool::Select && impl_->toggleGroupAt(event->position())) return;
  const bool empty = !neuronAt(event->position()) && !linkAt(event->position());
  if (event->button() == Qt::LeftButton && impl_->tool == Tool::Select && empty && event->modifiers() == Qt::NoModifier) {
    emit placeRequested(toWorld(event->position()));
    return;
  }
  impl_->press(event);
}

void CanvasItem::mouseUngrabEvent() { impl_->letGo(); }
void CanvasItem::hoverMoveEvent(QHoverEvent* event) { impl_->hover(event->position()); }
void CanvasItem::hoverLeaveEvent(QHoverEvent*) { impl_->hover(std::nullopt); }

void CanvasItem::wheelEvent(QWheelEvent* event) {
  const QPointF notches = QPointF(event->angleDelta()) / 120.0;
  if (event->modifiers() & Qt::ShiftModifier) {
    impl_->viewpoint.pan(notches * scrollPixels);
  } else {
    impl_->viewpoint.zoomAt(event->position(), std::pow(wheelFactor, notches.y()));
  }
  impl_->refresh();
  event->accept();
}

void CanvasItem::keyPressEvent(QKeyEvent* event) {
  const auto pan = [this](qreal x, qreal y) {
    impl_->viewpoint.pan({x, y});
    impl_->refresh();
  };
  switch (event->key()) {
    case Qt::Key_Left:
      return pan(keyPixels, 0);
    case Qt::Key_Right:
      return pan(-keyPixels, 0);
    case Qt::Key_Up:
      return pan(0, keyPixels);
    case Qt::Key_Down:
      return pan(0, -keyPixels);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoomBy(wheelFactor);
    case Qt::Key_Minus:
      return zoomBy(1 / wheelFactor);
    case Qt::Key_Escape:
      return impl_->letGo();
    case Qt::Key_Menu:
      emit selectionMenuRequested();
      return;
    case Qt::Key_F10:
      if (event->modifiers() & Qt::ShiftModifier) {
        emit selectionMenuRequested();
        return;
      }
      break;
    default:
      break;
  }
  event->ignore();
}

}  // namespace plexarium::ui
