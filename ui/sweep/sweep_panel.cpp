#include "ui/sweep/sweep_panel.h"

#include <qcustomplot.h>

#include <QApplication>
#include <QHBoxLayout>
#include <QPointer>
#include <QProgressBar>
#include <QResizeEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <thread>

#include "ui/sweep/sweep_words.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int redrawPeriod = 33;     // milliseconds
constexpr int leastPlot = 250;       // pixels across; a map has a colour scale beside it
constexpr int leastForm = 180;       // pixels across
constexpr double upright = 1.2;      // times as wide as high: less, and the form stands above the plot
constexpr unsigned mostThreads = 8;  // each has copies of the network
constexpr double room = 0.04;        // around the values
constexpr int aroundFocus = 4;       // pixels
constexpr int progressWidth = 90;    // pixels

/// One is left to the network and the window.
std::size_t threads() { return std::clamp(std::thread::hardware_concurrency(), 2U, mostThreads + 1) - 1; }

QCPRange ordered(double a, double b) { return a < b ? QCPRange(a, b) : b < a ? QCPRange(b, a) : QCPRange(a - 0.5, a + 0.5); }

}  // namespace

SweepPanel::SweepPanel(SessionBridge& bridge, Selection& selection, QWidget* parent)
    : AxesPanel(bridge, QStringLiteral("sweep"), redrawPeriod, parent),
      selection_(selection),
      go_(addButton(QStringLiteral("sweepGo"), tr("Sweep"),
                    tr("Try all values on copies of the network as it is now (Return)"), false)),
      follow_(
          addButton(QStringLiteral("sweepFollow"), tr("Follow"), tr("Choose of whatever is selected what is usual"), true)),
      onward_(addButton(QStringLiteral("sweepOnward"), tr("Onward"),
                        tr("Each step across begins where the one before it ended, not with the network as it is now"),
                        true)),
      progress_(new QProgressBar(this)),
      formArea_(new QScrollArea(this)),
      form_(new SweepForm(this)),
      picture_(plot()) {
  setAccessibleName(tr("Sweep"));
  plot().setAccessibleName(tr("Sweep"));
  follow_->setChecked(true);
  progress_->setObjectName(QStringLiteral("sweepProgress"));
  progress_->setAccessibleName(tr("Progress of the sweep"));
  progress_->setRange(0, 100);
  progress_->setFixedWidth(progressWidth);
  // The window must not change its least size with a sweep.
  QSizePolicy policy = progress_->sizePolicy();
  policy.setRetainSizeWhenHidden(true);
  progress_->setSizePolicy(policy);
  progress_->hide();
  addControl(progress_);
  go_->setText(tr("Cancel"));
  const int wider = go_->sizeHint().width();
  go_->setText(tr("Sweep"));
  go_->setMinimumWidth(std::max(wider, go_->sizeHint().width()));
  connect(go_, &QToolButton::clicked, this, &SweepPanel::startOrCancel);
  connect(follow_, &QToolButton::toggled, this, &SweepPanel::offer);
  connect(form_, &SweepForm::chosenByHand, this, [this] {
    follow_->setChecked(false);
    onSettings();
  });
  connect(form_, &SweepForm::refused, this, &PlotPanel::refused);
  connect(&selection_, &Selection::changed, this, &SweepPanel::offer);
  connect(this, &PlotPanel::held, this, [this](bool on) {
    if (!on) offer();
  });
  connect(&this->bridge(), &SessionBridge::frame, this, &SweepPanel::showMarks);
  finish(&plot());
  arrange();
}

SweepPanel::~SweepPanel() { bridge().watch(this, {}); }

/// The form stands beside the plot where the dock is wide and low, else above it; it scrolls where there is little room.
void SweepPanel::arrange() {
  auto* column = static_cast<QVBoxLayout*>(layout());
  column->removeWidget(&plot());
  plot().setMinimumWidth(leastPlot);
  formArea_->setObjectName(QStringLiteral("sweepFormArea"));
  formArea_->setFrameShape(QFrame::NoFrame);
  formArea_->setFocusPolicy(Qt::NoFocus);
  formArea_->setWidgetResizable(true);
  formArea_->setMinimumWidth(leastForm);
  formArea_->setWidget(form_);
  // The area itself would only show the cursor of whoever has the keys.
  connect(qApp, &QApplication::focusChanged, formArea_, [this](const QWidget*, const QWidget* now) {
    if (!now || !form_->isAncestorOf(now)) return;
    const QRect place(now->mapTo(form_, QPoint()), now->size());
    formArea_->ensureVisible(place.right(), place.bottom(), aroundFocus, aroundFocus);
    formArea_->ensureVisible(place.left(), place.top(), aroundFocus, aroundFocus);
  });
  parts_ = new QBoxLayout(QBoxLayout::LeftToRight);
  parts_->setSpacing(0);
  parts_->addWidget(formArea_, 3);
  parts_->addWidget(&plot(), 2);
  column->addLayout(parts_, 1);
  QWidget* before = onward_;
  for (QWidget* control : form_->controls()) {
    setTabOrder(before, control);
    before = control;
  }
  setTabOrder(before, &plot());
}

void SweepPanel::resizeEvent(QResizeEvent* event) {
  AxesPanel::resizeEvent(event);
  share();
}

/// The form takes no more than it needs.
void SweepPanel::share() {
  if (!parts_) return;  // not arranged yet
  const bool wide = width() > upright * height();
  const QSize bars(formArea_->verticalScrollBar()->sizeHint().width(),
                   formArea_->horizontalScrollBar()->sizeHint().height());
  const QSize needed = form_->sizeHint() + bars;
  parts_->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
  formArea_->setMaximumSize(wide ? needed.width() : QWIDGETSIZE_MAX, wide ? QWIDGETSIZE_MAX : needed.height());
}

void SweepPanel::sweepSelection() {
  if (!bridge().snapshot()) return;
  setPaused(false);
  follow_->setChecked(true);
  offer();
  if (running_) startOrCancel();
  startOrCancel();
}

void SweepPanel::begin() {
  job_.cancel();
  ++asked_;
  ++networks_;
  setting_ = 0;
  setRunning(false);
  result_.reset();
  form_->clear();
  follow_->setChecked(true);
  offer();
}

/// While the picture is held, so is what it is of.
void SweepPanel::offer() {
  if (!bridge().snapshot()) return;
  form_->offer(bridge().snapshot(), bridge().description(), selection_, follow_->isChecked() && !paused());
  share();
  onSettings();
}

/// What was found stays as it is looked at, until something else is found.
void SweepPanel::onSettings() {
  if (result_) return replot();
  plan_ = form_->plan();
  watchAgain();
  showResult();
}

void SweepPanel::watchAgain() {
  Watch wanted;
  const auto want = [&](const Handle& handle) {
    if (const auto* neuron = std::get_if<NeuronHandle>(&handle)) wanted.neurons.push_back(neuron->neuron);
    if (const auto* stimulus = std::get_if<StimulusHandle>(&handle)) wanted.neurons.push_back(stimulus->neuron);
    if (const auto* link = std::get_if<LinkHandle>(&handle)) wanted.links.push_back(link->link);
  };
  if (plan_) {
    want(plan_->across.handle);
    if (plan_->up) want(plan_->up->handle);
    want(NeuronHandle{plan_->neuron, plan_->field});
  }
  bridge().watch(this, std::move(wanted));
}

void SweepPanel::startOrCancel() {
  if (!bridge().snapshot()) return;
  if (running_) {
    job_.cancel();
    ++asked_;
    return setRunning(false);
  }
  auto plan = form_->plan();
  if (!plan) return emit refused(form_->missing());
  plan->onward = onward_->isChecked();
  start(*plan);
}

void SweepPanel::start(const SweepPlan& plan) {
  setRunning(true);
  bridge().post(Capture{}, [panel = QPointer(this), plan, asked = ++asked_](const Outcome& outcome) {
    if (!panel || panel->asked_ != asked) return;
    if (outcome.error) return panel->adopt(plan, 0, tl::unexpected(*outcome.error));
    panel->run(plan, outcome.capture, outcome.editRevision);
  });
}

void SweepPanel::run(const SweepPlan& plan, const std::shared_ptr<const Model>& model, std::uint64_t revision) {
  const auto* entry = bridge().registry().find(model->dynamics);
  job_.start(
      [this, plan, model, entry, revision](const LatestJob::Link& link) {
        std::atomic<int> told = 0;
        const auto goesOn = [&](double share) {
          const int percent = static_cast<int>(share * 100);
          if (int before = told; percent > before && told.compare_exchange_strong(before, percent)) {
            link.tell([this, percent] { progress_->setValue(percent); });
          }
          return link.wanted();
        };
        auto result = std::make_shared<Result<std::optional<SweepResult>>>(sweep(*entry, *model, plan, threads(), goesOn));
        link.tell([this, plan, revision, result] { adopt(plan, revision, std::move(*result)); });
      },
      [this, plan](const Error& error) { adopt(plan, 0, tl::unexpected(error)); });
}

void SweepPanel::adopt(const SweepPlan& plan, std::uint64_t revision, Result<std::optional<SweepResult>> result) {
  setRunning(false);
  if (!result) {
    emit refused(QString::fromStdString(result.error().text()));
    return;
  }
  if (!*result) return;
  plan_ = plan;
  result_ = std::move(*result);
  foundAt_ = {revision};
  watchAgain();
  showResult();
}

void SweepPanel::setRunning(bool running) {
  running_ = running;
  progress_->setValue(0);
  progress_->setVisible(running);
  go_->setText(running ? tr("Cancel") : tr("Sweep"));
  go_->setAccessibleName(go_->text());
}

QString SweepPanel::labelOf(const Handle& handle) const {
  const Description& description = bridge().description();
  const QString name = named(description, bridge().snapshot()->graph, handle).name;
  const auto unit = fieldOf(description, handle).unit;
  return unit.empty() ? name : QStringLiteral("%1 (%2)").arg(name, QString::fromStdString(unit));
}

void SweepPanel::showResult() {
  picture_.show(result(), plan_ && plan_->up);
  picture_.say(result_ ? QString() : plan_ ? tr("Press Sweep") : form_->missing());
  setLabels({}, {});
  if (plan_) {
    const Handle look = NeuronHandle{plan_->neuron, plan_->field};
    setLabels(labelOf(plan_->across.handle), labelOf(plan_->up ? plan_->up->handle : look));
    picture_.nameColours(plan_->up ? labelOf(look) : QString());
  }
  picture_.paint(WindowTheme::of(dark()), dark());
  showAll();
  showMarks();
}

std::optional<double> SweepPanel::now(const Handle& handle) const {
  return valueNow(*bridge().snapshot(), bridge().description(), handle);
}

/// An edit since then may have made what was found untrue, but for the edits of what was swept.
bool SweepPanel::outdated() const {
  return result_ && setting_ == 0 && !foundAt_.contains(bridge().snapshot()->editRevision);
}

void SweepPanel::showMarks() {
  if (!isVisible() || paused() || !bridge().snapshot()) return;
  if (picture_.fade(outdated())) {
    picture_.paint(WindowTheme::of(dark()), dark());
    replot();
  }
  SweepPicture::Marks marks;
  if (plan_) {
    marks.across = now(plan_->across.handle);
    if (plan_->up) marks.up = now(plan_->up->handle);
    marks.look = now(NeuronHandle{plan_->neuron, plan_->field});
  }
  picture_.mark(marks);
}

void SweepPanel::redraw() {
  showMarks();
  replot();
}

void SweepPanel::applyTheme(const WindowTheme& theme) {
  AxesPanel::applyTheme(theme);
  picture_.paint(theme, dark());
  replot();
}

void SweepPanel::showAll() {
  plot().xAxis->setRange(plan_ ? ordered(plan_->across.from, plan_->across.to) : QCPRange(0, 1));
  QCPRange range(0, 1);
  if (plan_ && plan_->up) {
    range = ordered(plan_->up->from, plan_->up->to);
  } else if (result_) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const double value : result_->values) {
      if (!std::isfinite(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
    if (low <= high) range = ordered(low, high);
    range = QCPRange(range.lower - room * range.size(), range.upper + room * range.size());
  }
  plot().yAxis->setRange(range);
  replot();
}

void SweepPanel::zoom(double factor, QPointF at, Qt::KeyboardModifiers keys) {
  const bool map = plan_ && plan_->up;
  if (map || !(keys & Qt::ControlModifier)) plot().xAxis->scaleRange(factor, at.x());
  if (map || keys & Qt::ControlModifier) plot().yAxis->scaleRange(factor, at.y());
  replot();
}

void SweepPanel::pan(QPointF by) {
  plot().xAxis->moveRange(by.x());
  plot().yAxis->moveRange(by.y());
  replot();
}

QString SweepPanel::reading(std::optional<QPointF> at) {
  if (!bridge().snapshot()) return {};
  if (!result_ || !at) {
    if (!result_) return {};
    const auto plan = form_->plan();
    if (plan && plan->across.handle != plan_->across.handle) return tr("Press Sweep for what is chosen now");
    return outdated() ? tr("Before the last edit: press Sweep to see what it has changed") : QString();
  }
  const auto nearest = [](const std::vector<double>& values, double place) {
    const auto found = std::ranges::min_element(values, {}, [&](double value) { return std::abs(value - place); });
    return static_cast<std::size_t>(found - values.begin());
  };
  const auto column = nearest(result_->across, at->x());
  if (!plan_->up) return columnText(*result_, column, plot().yAxis->range().size());
  const auto row = nearest(result_->up, at->y());
  return tr("%1, %2: %3")
      .arg(number(result_->across[column]), number(result_->up[row]), number(result_->at(column, row).back()));
}

std::string SweepPanel::table() const {
  return result_ ? sweepTable(*result_, plan_->up.has_value()) : std::string("across,value\n");
}

}  // namespace plexarium::ui
