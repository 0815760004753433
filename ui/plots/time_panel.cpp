#include "ui/plots/time_panel.h"

#include <qcustomplot.h>

#include <algorithm>

namespace plexarium::ui {
namespace {

constexpr double shortest = 10;  // ticks
constexpr double longest = 1e7;

}  // namespace

TimePanel::TimePanel(SessionBridge& bridge, const QString& objectName, int period, QWidget* parent)
    : AxesPanel(bridge, objectName, period, parent) {}

double TimePanel::now() const { return bridge().snapshot() ? static_cast<double>(bridge().snapshot()->tick) : 0; }

void TimePanel::redraw() {
  if (!paused()) plot().xAxis->setRange(std::max(edge(), span_) - span_, std::max(edge(), span_));
  draw();
  replot();
}

void TimePanel::zoom(double factor, QPointF at, Qt::KeyboardModifiers keys) {
  if (keys & Qt::ControlModifier) {
    zoomValues(factor, at.y());
  } else {
    const double before = span_;
    span_ = std::clamp(span_ * factor, shortest, longest);
    if (paused()) {
      plot().xAxis->scaleRange(span_ / before, at.x());
      keepWithin(*plot().xAxis, {std::min(static_cast<double>(firstTick()), now() - span_), std::max(now(), span_)});
    }
  }
  ask();
}

void TimePanel::pan(QPointF by) {
  if (by.x() != 0) {
    setPaused(true);
    plot().xAxis->moveRange(by.x());
    keepWithin(*plot().xAxis, {std::min(static_cast<double>(firstTick()), now() - span_), std::max(now(), span_)});
  }
  if (by.y() != 0) panValues(by.y());
  ask();
}

void TimePanel::showAll() {
  span_ = std::clamp(now() - static_cast<double>(firstTick()), shortest, longest);
  setPaused(false);
  ask();
}

}  // namespace plexarium::ui
