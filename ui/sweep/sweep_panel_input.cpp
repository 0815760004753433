#include <qcustomplot.h>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPointer>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/sweep/sweep_panel.h"

// The hand in the plot: what sets the number of the living network.
namespace plexarium::ui {
namespace {

constexpr double keyStep = 1.0 / 100;  // of what is shown

/// To what a pixel can tell, and within the field.
double settled(double value, const Field& field, double shown) {
  const double digits = field.type == FieldType::Integer ? 0 : -std::floor(std::log10(shown / 500));
  // Times or over a whole power of ten: the result is the nearest to the decimal number and is written as that.
  const double scale = std::pow(10, std::abs(digits));
  const double rounded = digits < 0 ? std::round(value / scale) * scale : std::round(value * scale) / scale;
  return std::clamp(rounded, field.minimum, field.maximum);
}

}  // namespace

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
  const bool stays = !outdated();
  ++setting_;
  bridge().submit(std::move(edit), [panel = QPointer(this), stays, network = networks_](const Outcome& outcome) {
    if (!panel || panel->networks_ != network) return;
    --panel->setting_;
    if (stays) panel->foundAt_.insert(outcome.editRevision);
    if (outcome.error) emit panel->refused(QString::fromStdString(outcome.error->text()));
  });
}

}  // namespace plexarium::ui
