#include "ui/arena/arena_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QQmlEngine>
#include <algorithm>
#include <cassert>
#include <cmath>

#include "ui/arena/arena_picture.h"

namespace plexarium::ui {
namespace {

constexpr int pushPeriod = 40;             // milliseconds between two touches of a finger that stays
constexpr double touchSeconds = 0.15;      // simulated: a touch outlasts the next one
constexpr double reachPixels = 5;          // how far a hand may miss
constexpr double smallest = 0.05;          // body lengths of a thing that is being sized
constexpr double zoomPerStep = 1.0 / 480;  // of the wheel, in powers of two
constexpr int glidePeriod = 16;
constexpr double panStep = 40;      // pixels
constexpr qint64 answerTime = 500;  // milliseconds until what was handed in must show

}  // namespace

ArenaView::ArenaView(QWidget* parent) : QQuickWidget(parent) {
  static const int registered = qmlRegisterType<ArenaPicture>("Plexarium", 1, 0, "ArenaPicture");
  Q_UNUSED(registered);
  setObjectName(QStringLiteral("arena"));
  setResizeMode(QQuickWidget::SizeRootObjectToView);
  setSource(QUrl(QStringLiteral("qrc:/qml/Arena.qml")));
  picture_ = qobject_cast<ArenaPicture*>(rootObject());
  assert(picture_);  // compiled in
  picture_->look(scene_, viewpoint_, marks_);
  setAccessibleName(tr("Arena"));
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  clock_.start();
  pushing_.setInterval(pushPeriod);
  connect(&pushing_, &QTimer::timeout, this, &ArenaView::push);
  glide_.setInterval(glidePeriod);
  connect(&glide_, &QTimer::timeout, this, [this] {
    if (!viewpoint_.advance(static_cast<double>(clock_.elapsed()) / 1000)) glide_.stop();
    redraw();
  });
}

void ArenaView::show(std::shared_ptr<const WorldView> view) {
  const bool other = !view || !scene_.view() || view->controller != scene_.view()->controller;
  const auto has = [](const WorldView& look, std::uint32_t id) {
    return std::ranges::find(look.objects, id, &ArenaObject::id) != look.objects.end();
  };
  const bool vanished = !other && marks_.selected && has(*scene_.view(), *marks_.selected) && !has(*view, *marks_.selected);
  scene_.show(std::move(view));
  if (other) {
    grip_ = Grip::None;
    pushing_.stop();
    looking_ = false;
    marks_ = {};
    handedIn_.reset();
    hoveredEffector_.reset();
    emit selectedObjectChanged();
  }
  if (!scene_.view()) return redraw();
  if (other && !size().isEmpty()) fit();
  if (vanished) selectObject({});
  if (handedIn_ && clock_.elapsed() - *handedIn_ > answerTime) endDraft();
  if (handedIn_ && std::ranges::find(scene_.view()->objects, *marks_.draft) != scene_.view()->objects.end()) endDraft();
  follow();
  redraw();
}

void ArenaView::endDraft() {
  handedIn_.reset();
  marks_.draft.reset();
}

/// Keeps the body within the middle of the view.
void ArenaView::follow() {
  if (!following_ || grip_ != Grip::None || viewpoint_.unset()) return;
  const Box body = scene_.bodyBounds();
  if (body.empty()) return;
  const QPointF middle = viewpoint_.toItem({(body.left + body.right) / 2, (body.top + body.bottom) / 2});
  const QRectF calm = QRectF(rect()).adjusted(width() * 0.35, height() * 0.35, -width() * 0.35, -height() * 0.35);
  const QPointF kept(std::clamp(middle.x(), calm.left(), calm.right()), std::clamp(middle.y(), calm.top(), calm.bottom()));
  if (kept != middle) viewpoint_.pan(kept - middle);
}

void ArenaView::setDark(bool dark) {
  scene_.setTheme(dark ? darkTheme() : lightTheme());
  redraw();
}

void ArenaView::setTool(std::optional<std::size_t> kind) {
  if (kind == tool_) return;
  tool_ = kind;
  grip_ = Grip::None;
  if (!handedIn_) marks_.draft.reset();
  setCursor(tool_ ? Qt::CrossCursor : Qt::ArrowCursor);
  emit toolChanged();
  redraw();
}

void ArenaView::setFollowing(bool following) {
  following_ = following;
  follow();
  redraw();
}

void ArenaView::setTrackShown(bool shown) {
  scene_.setTrackShown(shown);
  redraw();
}

void ArenaView::clearTrack() {
  scene_.clearTrack();
  redraw();
}

void ArenaView::setLit(std::vector<std::size_t> ports) {
  if (ports == marks_.lit) return;
  marks_.lit = std::move(ports);
  redraw();
}

void ArenaView::selectObject(std::optional<std::uint32_t> id) {
  if (id == marks_.selected) return;
  marks_.selected = id;
  emit selectedObjectChanged();
  redraw();
}

void ArenaView::fit() {
  viewpoint_.resize(size());
  Box box = scene_.bounds();
  if (box.empty()) return;
  const Box body = scene_.bodyBounds();
  const float room = ArenaScene::unit * 0.6F;
  for (const Point p : {Point{body.left - room, body.top - room}, Point{body.right + room, body.bottom + room}})
    box.include(p);
  viewpoint_.fit(box);
  looking_ = false;
  redraw();
}

QPointF ArenaView::toWidget(ArenaPoint place) const { return viewpoint_.toItem(ArenaScene::toCanvas(place)); }
ArenaPoint ArenaView::toArena(QPointF spot) const { return ArenaScene::toArena(viewpoint_.toWorld(spot)); }
double ArenaView::reach() const { return reachPixels / (ArenaScene::unit * std::max(viewpoint_.view().scale, 1e-3F)); }

void ArenaView::redraw() { picture_->refresh(); }

void ArenaView::resizeEvent(QResizeEvent* event) {
  QQuickWidget::resizeEvent(event);
  viewpoint_.resize(size());
  if (!looking_ && scene_.view()) fit();
}

void ArenaView::hover(QPointF at) {
  if (!scene_.view()) return;
  const ArenaPoint place = toArena(at);
  const auto effector = scene_.effectorAt(place, reach());
  const auto object = effector ? std::nullopt : scene_.objectAt(place, reach());
  marks_.hovered = object ? std::optional(object->id) : std::nullopt;
  if (!tool_) {
    setCursor(scene_.onBody(place, reach()) ? Qt::PointingHandCursor : object ? Qt::SizeAllCursor : Qt::ArrowCursor);
  }
  if (effector != hoveredEffector_) {
    hoveredEffector_ = effector;
    setToolTip(effector ? QString::fromStdString(description().effectors[*effector].label) : QString());
    emit hoveredEffectorChanged();
  }
  redraw();
}

void ArenaView::leaveEvent(QEvent*) {
  marks_.hovered.reset();
  if (std::exchange(hoveredEffector_, std::nullopt)) emit hoveredEffectorChanged();
  redraw();
}

void ArenaView::mousePressEvent(QMouseEvent* event) {
  pressed_ = last_ = event->position();
  if (event->button() == Qt::MiddleButton) {
    grip_ = Grip::Pan;
    return;
  }
  if (event->button() != Qt::LeftButton || !scene_.view()) return;
  const ArenaPoint place = toArena(pressed_);
  endDraft();
  if (tool_) return beginDraft(place);
  if (scene_.onBody(place, reach())) {
    grip_ = Grip::Push;
    push();
    pushing_.start();
    return;
  }
  const auto object = scene_.objectAt(place, reach());
  selectObject(object ? std::optional(object->id) : std::nullopt);
  grip_ = object ? Grip::Object : Grip::Pan;
  if (object) marks_.draft = *object;
}

void ArenaView::push() {
  if (scene_.view()) emit poked({scene_.view()->controller, toArena(last_), touchSeconds});
}

void ArenaView::beginDraft(ArenaPoint place) {
  const ObjectKind& kind = description().objects[*tool_];
  ArenaObject object;
  object.kind = kind.key;
  object.values = initialValues(kind.fields);
  object.values[0] = place.x;
  object.values[1] = place.y;
  for (const auto& other : scene_.view()->objects) object.id = std::max(object.id, other.id);
  ++object.id;
  marks_.draft = std::move(object);
  grip_ = Grip::Draft;
  redraw();
}

/// From where it was pressed to here: the corners of a box, or middle and rim.
void ArenaView::sizeDraft(ArenaPoint place) {
  const ArenaPoint from = toArena(pressed_);
  auto& values = marks_.draft->values;
  if (description().objects[*tool_].shape == ObjectShape::Box) {
    values[0] = (from.x + place.x) / 2;
    values[1] = (from.y + place.y) / 2;
    values[2] = std::max(std::fabs(place.x - from.x), smallest);
    values[3] = std::max(std::fabs(place.y - from.y), smallest);
  } else {
    values[2] = std::max(std::hypot(place.x - from.x, place.y - from.y), smallest);
  }
}

void ArenaView::mouseMoveEvent(QMouseEvent* event) {
  const QPointF at = event->position();
  const QPointF way = at - std::exchange(last_, at);
  const bool far = (at - pressed_).manhattanLength() >= 4;
  switch (grip_) {
    case Grip::None:
      return hover(at);
    case Grip::Pan:
      viewpoint_.pan(way);
      looking_ = true;
      break;
    case Grip::Push:
      break;  // the timer tells
    case Grip::Object: {
      const ArenaPoint from = toArena(at - way);
      const ArenaPoint to = toArena(at);
      marks_.draft->values[0] += to.x - from.x;
      marks_.draft->values[1] += to.y - from.y;
      break;
    }
    case Grip::Draft:
      if (far) sizeDraft(toArena(at));
      break;
  }
  redraw();
}

void ArenaView::mouseReleaseEvent(QMouseEvent*) {
  pushing_.stop();
  const Grip grip = std::exchange(grip_, Grip::None);
  if (grip == Grip::Draft) finishDraft();
  if (grip == Grip::Object) finishMove();
  redraw();
}

void ArenaView::finishDraft() {
  ArenaObject& object = *marks_.draft;
  const ObjectKind& kind = *description().objectKind(object.kind);
  for (std::size_t k = 0; k < kind.fields.size(); ++k) {
    object.values[k] = std::clamp(object.values[k], kind.fields[k].minimum, kind.fields[k].maximum);
  }
  handedIn_ = clock_.elapsed();
  const auto id = object.id;
  emit editRequested({tr("Place %1").arg(QString::fromStdString(kind.label).toLower()).toStdString(),
                      {AddObjects{scene_.view()->controller, {object}}}});
  setTool({});
  selectObject(id);
}

void ArenaView::finishMove() {
  if ((last_ - pressed_).manhattanLength() < 4) return endDraft();
  handedIn_ = clock_.elapsed();
  const auto label = QString::fromStdString(description().objectKind(marks_.draft->kind)->label).toLower();
  emit editRequested({tr("Move %1").arg(label).toStdString(), {SetObjects{scene_.view()->controller, {*marks_.draft}}}});
}

void ArenaView::removeSelected() {
  if (!marks_.selected || !scene_.view()) return;
  emit editRequested(
      {tr("Remove from the arena").toStdString(), {RemoveObjects{scene_.view()->controller, {*marks_.selected}}}});
}

void ArenaView::wheelEvent(QWheelEvent* event) {
  looking_ = true;
  viewpoint_.zoomAt(event->position(), std::exp2(event->angleDelta().y() * zoomPerStep));
  glide_.start();
  event->accept();
}

/// The hand's events are the widget's and not the scene's. Keys of its own come here and not to the window's commands while
/// it is in focus.
bool ArenaView::event(QEvent* event) {
  switch (event->type()) {
    case QEvent::ShortcutOverride: {
      constexpr int own[] = {Qt::Key_Left,  Qt::Key_Right, Qt::Key_Up,     Qt::Key_Down,  Qt::Key_Plus,
                             Qt::Key_Minus, Qt::Key_Home,  Qt::Key_Delete, Qt::Key_Escape};
      const auto& key = *static_cast<QKeyEvent*>(event);
      if (key.modifiers() == Qt::NoModifier && std::ranges::find(own, key.key()) != std::end(own)) event->accept();
      return QWidget::event(event);
    }
    case QEvent::Enter:
    case QEvent::Leave:
    case QEvent::ToolTip:
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
      return QWidget::event(event);
    default:
      return QQuickWidget::event(event);
  }
}

void ArenaView::keyPressEvent(QKeyEvent* event) {
  const QPointF middle(width() / 2.0, height() / 2.0);
  looking_ = true;
  switch (event->key()) {
    case Qt::Key_Left:
      viewpoint_.pan({panStep, 0});
      break;
    case Qt::Key_Right:
      viewpoint_.pan({-panStep, 0});
      break;
    case Qt::Key_Up:
      viewpoint_.pan({0, panStep});
      break;
    case Qt::Key_Down:
      viewpoint_.pan({0, -panStep});
      break;
    case Qt::Key_Plus:
      viewpoint_.zoomAt(middle, 1.25), glide_.start();
      break;
    case Qt::Key_Minus:
      viewpoint_.zoomAt(middle, 0.8), glide_.start();
      break;
    case Qt::Key_Home:
      fit();
      break;
    case Qt::Key_Delete:
      removeSelected();
      break;
    case Qt::Key_Escape:
      if (!tool_) selectObject({});
      grip_ = Grip::None;
      endDraft();
      setTool({});
      break;
    default:
      return QWidget::keyPressEvent(event);
  }
  redraw();
}

}  // namespace plexarium::ui
