#include "ui/sweep/sweep_panel.h"

#include <qcustomplot.h>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPointer>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <thread>

#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int redrawPeriod = 33;       // milliseconds
constexpr int leastWidth = 200;        // of the plot, pixels
constexpr unsigned mostThreads = 8;    // each has copies of the network
constexpr double room = 0.04;          // around the values
constexpr double sameShare = 1e-3;     // of the range: values that near count as one
constexpr double keyStep = 1.0 / 100;  // of what is shown
constexpr int progressWidth = 90;      // pixels

/// One is left to the network and the window.
std::size_t threads() { return std::clamp(std::thread::hardware_concurrency(), 2U, mostThreads + 1) - 1; }

QCPRange ordered(double a, double b) { return a < b ? QCPRange(a, b) : b < a ? QCPRange(b, a) : QCPRange(a - 0.5, a + 0.5); }

/// To what a pixel can tell, and within the field.
double settled(double value, const Field& field, double shown) {
  const double step = field.type == FieldType::Integer ? 1 : std::pow(10, std::floor(std::log10(shown / 500)));
  return std::clamp(std::round(value / step) * step, field.minimum, field.maximum);
}

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
      form_(new SweepForm(this)),
      picture_(plot()) {
  setAccessibleName(tr("Sweep"));
  plot().setAccessibleName(tr("Sweep"));
  follow_->setChecked(true);
  progress_->setObjectName(QStringLiteral("sweepProgress"));
  progress_->setAccessibleName(tr("Progress of the sweep"));
  progress_->setRange(0, 100);
  progress_->setFixedWidth(progressWidth);
  progress_->hide();
  addControl(progress_);
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

/// The form stands beside the plot: the dock is wide and low.
void SweepPanel::arrange() {
  auto* column = static_cast<QVBoxLayout*>(layout());
  column->removeWidget(&plot());
  plot().setMinimumWidth(leastWidth);
  auto* row = new QHBoxLayout;
  row->setSpacing(0);
  row->addWidget(form_, 2);
  row->addWidget(&plot(), 3);
  column->addLayout(row, 1);
}

void SweepPanel::begin() {
  job_.cancel();
  ++asked_;
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
  onSettings();
}

void SweepPanel::onSettings() {
  if (!result_) plan_ = form_->plan();
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
    if (outcome.error) return panel->adopt(plan, tl::unexpected(*outcome.error));
    panel->run(plan, outcome.capture);
  });
}

void SweepPanel::run(const SweepPlan& plan, const std::shared_ptr<const Model>& model) {
  const auto* entry = bridge().registry().find(model->dynamics);
  job_.start(
      [this, plan, model, entry](const LatestJob::Link& link) {
        std::atomic<int> told = 0;
        const auto goesOn = [&](double share) {
          const int percent = static_cast<int>(share * 100);
          if (int before = told; percent > before && told.compare_exchange_strong(before, percent)) {
            link.tell([this, percent] { progress_->setValue(percent); });
          }
          return link.wanted();
        };
        auto result = std::make_shared<Result<std::optional<SweepResult>>>(sweep(*entry, *model, plan, threads(), goesOn));
        link.tell([this, plan, result] { adopt(plan, std::move(*result)); });
      },
      [this, plan](const Error& error) { adopt(plan, tl::unexpected(error)); });
}

void SweepPanel::adopt(const SweepPlan& plan, Result<std::optional<SweepResult>> result) {
  setRunning(false);
  if (!result) {
    emit refused(QString::fromStdString(result.error().text()));
    return;
  }
  if (!*result) return;
  plan_ = plan;
  result_ = std::move(*result);
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

void SweepPanel::showMarks() {
  if (!isVisible() || paused() || !bridge().snapshot()) return;
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

/// A press sets the living network's number and so does moving on; with Shift the plot is moved as everywhere.
bool SweepPanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched != &plot()) return AxesPanel::eventFilter(watched, event);
  switch (event->type()) {
    case QEvent::MouseButtonPress:
      if (onPress(static_cast<QMouseEvent&>(*event))) return true;
      break;
    case QEvent::MouseMove:
      if (held_) {
        const QPointF at = static_cast<QMouseEvent&>(*event).position();
        setLive(plot().xAxis->pixelToCoord(at.x()), plot().yAxis->pixelToCoord(at.y()));
      }
      break;
    case QEvent::MouseButtonRelease:
      if (std::exchange(held_, false)) return true;
      break;
    case QEvent::KeyPress:
      if (onOwnKey(static_cast<QKeyEvent&>(*event))) return true;
      break;
    default:
      break;
  }
  return AxesPanel::eventFilter(watched, event);
}

bool SweepPanel::onPress(const QMouseEvent& event) {
  const bool sets = event.button() == Qt::LeftButton && !(event.modifiers() & Qt::ShiftModifier) && plan_;
  if (!sets || !plot().axisRect()->rect().contains(event.position().toPoint())) return false;
  held_ = true;
  ++drags_;
  setLive(plot().xAxis->pixelToCoord(event.position().x()), plot().yAxis->pixelToCoord(event.position().y()));
  return true;
}

/// Shift and an arrow move the mark; Return begins or ends a sweep.
bool SweepPanel::onOwnKey(const QKeyEvent& event) {
  if (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) {
    startOrCancel();
    return true;
  }
  const bool along = event.key() == Qt::Key_Left || event.key() == Qt::Key_Right;
  const bool upright = event.key() == Qt::Key_Up || event.key() == Qt::Key_Down;
  if (!(event.modifiers() & Qt::ShiftModifier) || !(along || upright) || !plan_) return false;
  const double sign = event.key() == Qt::Key_Right || event.key() == Qt::Key_Up ? 1 : -1;
  const auto moved = [&](const Handle& handle, const QCPAxis& axis) -> std::optional<double> {
    const auto value = now(handle);
    if (!value) return std::nullopt;
    const double step = axis.range().size() * keyStep;
    const bool whole = fieldOf(bridge().description(), handle).type == FieldType::Integer;
    return *value + sign * (whole ? std::max(1.0, std::round(step)) : step);
  };
  ++drags_;
  if (along) setLive(moved(plan_->across.handle, *plot().xAxis), std::nullopt);
  if (upright && plan_->up) setLive(std::nullopt, moved(plan_->up->handle, *plot().yAxis));
  return true;
}

/// One edit of what is given; along the second axis only where there is one.
void SweepPanel::setLive(std::optional<double> across, std::optional<double> up) {
  const Description& description = bridge().description();
  Edit edit{{}, {}, "sweep " + std::to_string(drags_)};
  const auto set = [&](const Handle& handle, double value, const QCPAxis& axis) {
    const auto shown = shownBy(description, handle);
    if (!shown) return;
    const Field field = fieldOf(description, *shown);
    edit.steps.push_back(settingOf(*shown, settled(value, field, axis.range().size())));
    edit.label = tr("Set %1").arg(QString::fromStdString(field.label).toLower()).toStdString();
  };
  if (across) set(plan_->across.handle, *across, *plot().xAxis);
  if (up && plan_->up) set(plan_->up->handle, *up, *plot().yAxis);
  if (edit.steps.empty()) {
    held_ = false;
    emit refused(tr("What is put in on every tick only adds: the network has no such value to set"));
    return;
  }
  bridge().submit(std::move(edit), [panel = QPointer(this)](const Outcome& outcome) {
    if (panel && outcome.error) emit panel->refused(QString::fromStdString(outcome.error->text()));
  });
}

QString SweepPanel::columnText(std::size_t column) const {
  const auto values = result_->at(column, 0);
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  const QString at = number(result_->across[column]);
  if (low > high) return tr("%1: the neuron was gone").arg(at);
  const auto count = distinctValues(values, sameShare * plot().yAxis->range().size());
  if (count == 1) return tr("%1: %2").arg(at, number(high));
  if (2 * count > values.size()) return tr("%1: ever other values, %2 to %3").arg(at, number(low), number(high));
  return tr("%1: %2 values in turn, %3 to %4").arg(at).arg(count).arg(number(low), number(high));
}

QString SweepPanel::reading(std::optional<QPointF> at) {
  if (!bridge().snapshot()) return {};
  if (!result_ || !at) {
    const bool other = result_ && form_->plan() && form_->plan()->across.handle != plan_->across.handle;
    return other ? tr("Press Sweep for what is chosen now") : QString();
  }
  const auto nearest = [](const std::vector<double>& values, double place) {
    const auto found = std::ranges::min_element(values, {}, [&](double value) { return std::abs(value - place); });
    return static_cast<std::size_t>(found - values.begin());
  };
  const auto column = nearest(result_->across, at->x());
  if (!plan_->up) return columnText(column);
  const auto row = nearest(result_->up, at->y());
  return tr("%1, %2: %3")
      .arg(number(result_->across[column]), number(result_->up[row]), number(result_->at(column, row).back()));
}

std::string SweepPanel::table() const {
  if (!result_) return "across,value\n";
  std::string text = plan_->up ? "across,up,value\n" : "across,tick,value\n";
  const auto exact = [](double value) { return QString::number(value, 'g', 17).toStdString(); };
  for (std::size_t row = 0; row < result_->up.size(); ++row) {
    for (std::size_t column = 0; column < result_->across.size(); ++column) {
      const auto values = result_->at(column, row);
      for (std::size_t tick = 0; tick < values.size(); ++tick) {
        text += exact(result_->across[column]) + ',' + (plan_->up ? exact(result_->up[row]) : std::to_string(tick + 1)) +
                ',' + exact(values[tick]) + '\n';
      }
    }
  }
  return text;
}

}  // namespace plexarium::ui
