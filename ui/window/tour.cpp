#include "ui/window/tour.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/canvas/canvas_item.h"
#include "ui/inspector/field_editor.h"
#include "ui/window/canvas_view.h"

namespace plexarium::ui {
namespace {

constexpr int cardWidth = 330;
constexpr int margin = 14;
constexpr int legendRoom = 64;
constexpr int rimWidth = 3;

/// A frame that lies over part of a window and lets every click through.
class PointingFrame : public QWidget {
 public:
  explicit PointingFrame(QWidget* window) : QWidget(window) {
    setObjectName(QStringLiteral("tourFrame"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::Highlight), rimWidth));
    constexpr double inset = rimWidth / 2.0;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 5, 5);
  }
};

bool holds(const QMenu* menu, const QAction* wanted) {
  if (menu == nullptr) return false;
  const auto actions = menu->actions();
  return std::any_of(actions.begin(), actions.end(),
                     [wanted](const QAction* action) { return action == wanted || holds(action->menu(), wanted); });
}

/// Where an action can be clicked: its button where one is on screen, else the menu that has it. In pixels of the window.
QRect areaOf(const QAction* action, QMainWindow* window) {
  for (QObject* object : action->associatedObjects()) {
    const auto* button = qobject_cast<QToolButton*>(object);
    if (button && button->isVisible()) return {button->mapTo(window, QPoint()), button->size()};
  }
  const QMenuBar* bar = window->menuBar();
  for (QAction* top : bar->actions()) {
    if (holds(top->menu(), action)) return bar->actionGeometry(top).translated(bar->mapTo(window, QPoint()));
  }
  return {};
}

}  // namespace

Tour::Tour(SessionBridge& bridge, const Document& document, CanvasView& view)
    : QFrame(&view),
      bridge_(bridge),
      view_(view),
      count_(new QLabel(this)),
      title_(new QLabel(this)),
      text_(new QLabel(this)),
      skip_(new QPushButton(tr("Skip"), this)),
      leave_(new QPushButton(this)) {
  setObjectName(QStringLiteral("tourCard"));
  setAttribute(Qt::WA_StyledBackground);
  setAutoFillBackground(true);
  count_->setProperty("class", QStringLiteral("dim"));
  title_->setObjectName(QStringLiteral("tourTitle"));
  text_->setObjectName(QStringLiteral("tourText"));
  text_->setWordWrap(true);
  skip_->setObjectName(QStringLiteral("tourSkip"));
  leave_->setObjectName(QStringLiteral("tourLeave"));
  for (auto* button : {skip_, leave_}) {
    button->setFocusPolicy(Qt::TabFocus);
    keepKeys(button);
  }
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(count_, 1);
  buttons->addWidget(skip_);
  buttons->addWidget(leave_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(16, 12, 16, 12);
  layout->setSpacing(8);
  layout->addWidget(title_);
  layout->addWidget(text_);
  layout->addLayout(buttons);
  view.installEventFilter(this);
  connect(skip_, &QPushButton::clicked, this, [this] { enter(step_ + 1); });
  connect(leave_, &QPushButton::clicked, this, &Tour::leave);
  connect(&bridge_, &SessionBridge::frame, this, &Tour::watch);
  connect(&bridge_, &SessionBridge::opened, this, [this] {
    if (!isVisible()) return;
    enter(step_);  // What was before was another network's.
    watch();
  });
  connect(&document, &Document::saved, this, [this] {
    saved_ = true;
    watch();  // A paused network sends no frame.
  });
  hide();
}

void Tour::begin(TourPlan plan) {
  if (!bridge_.snapshot()) return;
  plan_ = std::move(plan);
  setAccessibleName(plan_.name);
  show();
  raise();
  enter(0);
}

void Tour::enter(std::size_t step) {
  step_ = std::min(step, plan_.steps.size());
  before_ = bridge_.snapshot();
  stimulated_ = saved_ = false;
  title_->setText(over() ? tr("That is all it takes") : plan_.steps[step_].title);
  text_->setText(over() ? plan_.farewell : plan_.steps[step_].text);
  count_->setText(over() ? QString() : tr("%1 of %2").arg(step_ + 1).arg(plan_.steps.size()));
  skip_->setVisible(!over());
  leave_->setText(over() ? tr("Close") : tr("Leave"));
  view_.canvas().setPointed({});
  place();
  point();
}

void Tour::watch() {
  if (!isVisible()) return;
  const auto done = [this] {
    return plan_.steps[step_].done({*before_, *bridge_.snapshot(), bridge_.description(), stimulated_, saved_});
  };
  if (!over() && done()) return enter(step_ + 1);
  point();
}

bool Tour::eventFilter(QObject*, QEvent* event) {
  if (event->type() == QEvent::Resize && isVisible()) {
    place();
    point();
  }
  return false;
}

void Tour::leave() {
  hide();
  frame_->hide();
  view_.canvas().setPointed({});
}

void Tour::place() {
  const int width = std::min(cardWidth, parentWidget()->width() - 2 * margin);
  layout()->activate();
  const int height = layout()->hasHeightForWidth() ? layout()->heightForWidth(width) : sizeHint().height();
  // Below: messages appear above.
  setGeometry(margin, std::max(margin, parentWidget()->height() - height - legendRoom), width, height);
}

/// Neither the network nor the window stands still, so this is asked again in every frame.
void Tour::point() {
  if (!over() && plan_.steps[step_].neurons) {
    view_.canvas().setPointed(plan_.steps[step_].neurons(*bridge_.snapshot()));
  }
  const QRect area = target();
  if (!frame_) frame_ = new PointingFrame(window());
  frame_->setGeometry(area.adjusted(-rimWidth, -rimWidth, rimWidth, rimWidth).intersected(window()->rect()));
  frame_->setVisible(!area.isEmpty());
  frame_->raise();
}

QRect Tour::target() const {
  auto* window = qobject_cast<QMainWindow*>(this->window());
  const QString name = over() ? QString() : plan_.steps[step_].target;
  if (name.isEmpty() || !window) return {};
  if (const auto* action = window->findChild<QAction*>(name)) return areaOf(action, window);
  const auto* widget = window->findChild<QWidget*>(name);
  if (!widget || !widget->isVisible() || widget->window() != window) return {};
  return {widget->mapTo(window, QPoint()), widget->size()};
}

}  // namespace plexarium::ui
