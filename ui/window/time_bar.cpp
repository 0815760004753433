#include "ui/window/time_bar.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <algorithm>
#include <limits>

#include "ui/inspector/field_editor.h"
#include "ui/window/actions.h"
#include "ui/window/still_box.h"

namespace plexarium::ui {
namespace {

QString number(Tick tick) { return QLocale(QLocale::English).toString(static_cast<qlonglong>(tick)); }

int position(Tick ticks) { return static_cast<int>(std::min<Tick>(ticks, std::numeric_limits<int>::max())); }

QString branchText(const Branch& branch) {
  if (branch.number == 0) return TimeBar::tr("Main line");
  return TimeBar::tr("Branch %1: %2 at tick %3")
      .arg(QString::number(branch.number), QString::fromStdString(branch.label), number(branch.fork));
}

}  // namespace

TimeBar::TimeBar(SessionBridge& bridge, Actions& actions, QWidget* parent)
    : QToolBar(tr("Time"), parent),
      bridge_(bridge),
      actions_(actions),
      slider_(new QSlider(Qt::Horizontal, this)),
      label_(new QLabel(this)),
      branches_(new QComboBox(this)) {
  setObjectName(QStringLiteral("timeBar"));
  setMovable(false);
  setIconSize(QSize(20, 20));
  setContextMenuPolicy(Qt::PreventContextMenu);
  addActions({actions_.stepBack, actions_.step});
  slider_->setObjectName(QStringLiteral("timeSlider"));
  slider_->setAccessibleName(tr("Moment in the recorded past"));
  slider_->setToolTip(tr("The recorded past: drag to look back. A change there begins a branch"));
  slider_->setFocusPolicy(Qt::TabFocus);
  keepKeys(slider_, KeptKeys::Navigation);
  addWidget(slider_);
  label_->setObjectName(QStringLiteral("timeLabel"));
  label_->setProperty("class", QStringLiteral("dim"));
  label_->setContentsMargins(10, 0, 10, 0);
  addWidget(new StillBox(label_));
  branches_->setObjectName(QStringLiteral("branchList"));
  branches_->setAccessibleName(tr("Branch"));
  branches_->setToolTip(tr("The courses that this network's life has taken"));
  branches_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  branches_->setFocusPolicy(Qt::TabFocus);
  keepKeys(branches_);
  branchesShown_ = addWidget(branches_);
  connect(actions_.stepBack, &QAction::triggered, this, &TimeBar::stepBack);
  connect(slider_, &QSlider::valueChanged, this, &TimeBar::scrub);
  connect(branches_, &QComboBox::activated, this,
          [this](int index) { bridge_.post(SwitchBranch{branches_->itemData(index).toUInt()}); });
  connect(&bridge_, &SessionBridge::opened, this, [this] {
    going_ = false;
    wanted_.reset();
    shownBranches_.reset();
  });
  connect(&bridge_, &SessionBridge::frame, this, &TimeBar::onFrame);
}

void TimeBar::stepBack() {
  if (!bridge_.snapshot()) return;
  const Tick from = wanted_.value_or(bridge_.snapshot()->tick);
  if (from > bridge_.snapshot()->pastBegin) goTo(from - 1);
}

void TimeBar::scrub(int position) {
  if (bridge_.snapshot()) goTo(shownBegin_ + position);
}

/// One at a time: while one is under way only the last wish counts.
void TimeBar::goTo(Tick tick) {
  wanted_ = tick;
  if (going_) return;
  going_ = true;
  bridge_.post(GoTo{tick}, [this, tick](const Outcome& outcome) {
    going_ = false;
    if (outcome.error) {
      wanted_.reset();
      emit bridge_.refused(QString::fromStdString(outcome.error->text()));
    } else if (wanted_ && *wanted_ != tick) {
      goTo(*wanted_);
    } else {
      wanted_.reset();
    }
  });
}

void TimeBar::onFrame() {
  const Snapshot& now = *bridge_.snapshot();
  actions_.stepBack->setEnabled(now.tick > now.pastBegin);
  if (!slider_->isSliderDown() && !wanted_) {
    const QSignalBlocker quiet(slider_);
    shownBegin_ = now.pastBegin;
    slider_->setRange(0, position(now.headTick - now.pastBegin));
    slider_->setValue(position(now.tick - now.pastBegin));
  }
  slider_->setEnabled(now.headTick > now.pastBegin);
  const QString text = now.tick < now.headTick ? tr("%1 of %2").arg(number(now.tick), number(now.headTick)) : tr("now");
  if (label_->text() != text) label_->setText(text);
  if (shownBranches_ != now.branches || shownBranch_ != now.branch) showBranches();
}

void TimeBar::showBranches() {
  const Snapshot& now = *bridge_.snapshot();
  shownBranches_ = now.branches;
  shownBranch_ = now.branch;
  branches_->clear();
  for (const auto& branch : *now.branches) branches_->addItem(branchText(branch), branch.number);
  branches_->setCurrentIndex(branches_->findData(now.branch));
  branchesShown_->setVisible(now.branches->size() > 1);
}

}  // namespace plexarium::ui
