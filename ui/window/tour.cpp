#include "ui/window/tour.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/inspector/field_editor.h"

namespace plexarium::ui {
namespace {

constexpr int cardWidth = 330;
constexpr int margin = 14;
constexpr int legendRoom = 64;

/// Some value that only edits change is another one, in a network of the same neurons and links.
bool valueChanged(const Snapshot& before, const Snapshot& now) {
  const GraphImage& a = before.graph;
  const GraphImage& b = now.graph;
  if (*a.ids != *b.ids || *a.firstLink != *b.firstLink || *a.targets != *b.targets) return false;
  return *a.neuronFields != *b.neuronFields || *a.linkFields != *b.linkFields || before.parameters != now.parameters;
}

}  // namespace

Tour::Tour(SessionBridge& bridge, const Document& document, QWidget* host)
    : QFrame(host),
      bridge_(bridge),
      count_(new QLabel(this)),
      title_(new QLabel(this)),
      text_(new QLabel(this)),
      skip_(new QPushButton(tr("Skip"), this)),
      leave_(new QPushButton(this)) {
  setObjectName(QStringLiteral("tourCard"));
  setAttribute(Qt::WA_StyledBackground);
  setAutoFillBackground(true);
  setAccessibleName(tr("First steps"));
  count_->setProperty("class", QStringLiteral("dim"));
  title_->setObjectName(QStringLiteral("tourTitle"));
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
  host->installEventFilter(this);
  connect(skip_, &QPushButton::clicked, this, [this] { enter(step_ + 1); });
  connect(leave_, &QPushButton::clicked, this, &QWidget::hide);
  connect(&bridge_, &SessionBridge::frame, this, &Tour::watch);
  connect(&bridge_, &SessionBridge::opened, this, [this] {
    if (isVisible()) enter(step_);  // What was before was another network's.
  });
  connect(&document, &Document::saved, this, [this] {
    saved_ = true;
    watch();  // A paused network sends no frame.
  });
  hide();
}

std::vector<Tour::Step> Tour::makeSteps() {
  std::vector<Step> steps;
  const auto add = [&steps](const QString& title, const QString& text, auto done) { steps.push_back({title, text, done}); };
  if (bridge_.snapshot()->running) {
    add(tr("It lives"),
        tr("The network runs in the background. Press Space, or the button with two bars above, to pause it."),
        [](const Snapshot&, const Snapshot& now) { return !now.running; });
  }
  add(tr("Let it run"), tr("Press Space, or the triangle above. Keys 1 to 6 set the pace."),
      [](const Snapshot&, const Snapshot& now) { return now.running; });
  if (!bridge_.description().stimuli.empty()) {
    add(tr("Stimulate a neuron"),
        tr("Hold Alt and click a neuron, or take the Stimulate tool (T) and click. Watch what it "
           "wakes. Esc puts the tool down."),
        [this](const Snapshot&, const Snapshot&) { return stimulated_; });
  }
  add(tr("Add a neuron"), tr("Double-click on empty space, or press N. The network goes on meanwhile."),
      [](const Snapshot& before, const Snapshot& now) { return now.graph.ids->size() > before.graph.ids->size(); });
  add(tr("Link it"),
      tr("Drag from the rim of a neuron to another one. Or click the first, click others with Ctrl, and press L."),
      [](const Snapshot& before, const Snapshot& now) { return now.graph.targets->size() > before.graph.targets->size(); });
  add(tr("Change a value"), tr("Click a neuron and change one of its values in the Inspector on the right."), valueChanged);
  add(tr("Take it back"), tr("Press Ctrl+Z. Edits are undone; time is not."),
      [](const Snapshot& before, const Snapshot& now) {
        return !now.redoLabel.empty() && now.editRevision != before.editRevision;
      });
  add(tr("Save it"), tr("Press Ctrl+S and give it a name. The file is readable text and holds the run as it is."),
      [this](const Snapshot&, const Snapshot&) { return saved_; });
  return steps;
}

void Tour::begin() {
  if (!bridge_.snapshot()) return;
  steps_ = makeSteps();
  show();
  raise();
  enter(0);
}

void Tour::enter(std::size_t step) {
  step_ = std::min(step, steps_.size());
  before_ = bridge_.snapshot();
  stimulated_ = saved_ = false;
  const bool over = step_ == steps_.size();
  title_->setText(over ? tr("That is all it takes") : steps_[step_].title);
  text_->setText(over ? tr("File > Gallery has more networks to look into; F1 shows all keys.") : steps_[step_].text);
  count_->setText(over ? QString() : tr("%1 of %2").arg(step_ + 1).arg(steps_.size()));
  skip_->setVisible(!over);
  leave_->setText(over ? tr("Close") : tr("Leave"));
  place();
}

void Tour::watch() {
  if (isVisible() && step_ < steps_.size() && steps_[step_].done(*before_, *bridge_.snapshot())) enter(step_ + 1);
}

bool Tour::eventFilter(QObject*, QEvent* event) {
  if (event->type() == QEvent::Resize && isVisible()) place();
  return false;
}

void Tour::place() {
  const int width = std::min(cardWidth, parentWidget()->width() - 2 * margin);
  layout()->activate();
  const int height = layout()->hasHeightForWidth() ? layout()->heightForWidth(width) : sizeHint().height();
  // Below: messages appear above.
  setGeometry(margin, std::max(margin, parentWidget()->height() - height - legendRoom), width, height);
}

}  // namespace plexarium::ui
