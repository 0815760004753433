#include <QAreaSeries>
#include <QBarSeries>
#include <QChart>
#include <QChartView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "ui/plots/count_plot.h"

namespace plexarium::ui {
namespace {

constexpr double wheelZoom = 0.8;    // for one notch
constexpr double keyStep = 1.0 / 8;  // of what is shown
constexpr double leastScale = 1e-6;

}  // namespace

QPointF CountPlot::valueAt(QPointF pixel) const {
  const QPointF place = chart_->mapFromScene(view_->mapToScene(pixel.toPoint()));
  return chart_->mapToValue(place, counts_.names.empty() ? static_cast<QAbstractSeries*>(binned_) : named_);
}

bool CountPlot::eventFilter(QObject* watched, QEvent* event) {
  if (watched != view_ && watched != view_->viewport()) return PlotPanel::eventFilter(watched, event);
  switch (event->type()) {
    case QEvent::Wheel: {
      const auto& wheel = static_cast<QWheelEvent&>(*event);
      const double notches = wheel.angleDelta().y() / 120.0;
      if (notches != 0)
        zoom(std::pow(wheelZoom, notches), valueAt(wheel.position()).x(), wheel.modifiers() & Qt::ControlModifier);
      return true;
    }
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::MouseButtonRelease:
      return watched == view_->viewport() && onMouse(static_cast<QMouseEvent&>(*event));
    case QEvent::MouseButtonDblClick:
      showAll();
      return true;
    case QEvent::Leave:
      cursor_.reset();
      showReading();
      return false;
    case QEvent::ShortcutOverride:
      if (!isPlotKey(static_cast<QKeyEvent&>(*event).key())) return false;
      event->accept();
      return true;
    case QEvent::KeyPress:
      return onKey(static_cast<QKeyEvent&>(*event));
    default:
      return false;
  }
}

bool CountPlot::onMouse(const QMouseEvent& event) {
  cursor_ = event.position();
  if (event.type() == QEvent::MouseButtonPress && event.button() == Qt::LeftButton) dragged_ = cursor_;
  if (event.type() == QEvent::MouseButtonRelease) dragged_.reset();
  if (dragged_ && *dragged_ != *cursor_) pan(valueAt(*std::exchange(dragged_, cursor_)).x() - valueAt(*cursor_).x());
  showReading();
  return true;
}

bool CountPlot::onKey(const QKeyEvent& event) {
  const bool counts = event.modifiers() & Qt::ControlModifier;
  const double middle = counts_.low + (counts_.high - counts_.low) / 2;
  switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
      pan((counts_.high - counts_.low) * (event.key() == Qt::Key_Left ? -keyStep : keyStep));
      return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      zoom(wheelZoom, middle, counts);
      return true;
    case Qt::Key_Minus:
      zoom(1 / wheelZoom, middle, counts);
      return true;
    case Qt::Key_Home:
      showAll();
      return true;
    default:
      return false;
  }
}

void CountPlot::zoom(double factor, double at, bool counts) {
  if (!counted_) return;
  const double width = (counts_.high - counts_.low) * factor;
  if (counts || !counts_.names.empty()) {
    countScale_ = std::clamp(countScale_ * factor, leastScale, 1.0);
  } else if (width > std::max(std::abs(counts_.low), std::abs(counts_.high)) * std::numeric_limits<float>::epsilon()) {
    at = std::clamp(at, counts_.low, counts_.high);
    zoomed_ = Range{at - (at - counts_.low) * factor, at + (counts_.high - at) * factor};
  }
  recount();
}

void CountPlot::pan(double by) {
  if (!counted_ || !counts_.names.empty()) return;
  zoomed_ = Range{counts_.low + by, counts_.high + by};
  recount();
}

void CountPlot::showAll() {
  zoomed_.reset();
  countScale_ = 1;
  if (counted_) recount();
}

/// What was looked at last, shown otherwise: also while it is held.
void CountPlot::recount() {
  if (counted_ != subject()) return;  // another one is on its way
  if (counts_.names.empty()) {
    count();
  } else {
    show({});
  }
}

void CountPlot::showReading() {
  if (!counted_) return;
  const QString under = cursor_ && chart_->plotArea().contains(chart_->mapFromScene(view_->mapToScene(cursor_->toPoint())))
                            ? reading(valueAt(*cursor_))
                            : QString();
  if (!under.isEmpty()) return setReading(under);
  const auto all = std::accumulate(counts_.counts.begin(), counts_.counts.end(), counts_.unbounded + counts_.outside);
  QString text = tr("%L1 counted").arg(all);
  if (counts_.outside > 0) text += tr(", %L1 of them not shown").arg(counts_.outside);
  if (counts_.unbounded > 0) text += tr(", %L1 of them unlimited").arg(counts_.unbounded);
  setReading(text);
}

QString CountPlot::reading(QPointF at) const {
  const auto number = [](double value) { return QString::number(value, 'g', 4); };
  if (!counts_.names.empty()) {
    const double name = std::round(at.x());
    if (name < 0 || name >= static_cast<double>(counts_.names.size())) return {};
    const auto row = static_cast<std::size_t>(name);
    return tr("%1: %L2").arg(counts_.names[row]).arg(counts_.counts[row]);
  }
  const double width = (counts_.high - counts_.low) / static_cast<double>(counts_.counts.size());
  const double bin = std::floor((at.x() - counts_.low) / width);
  if (bin < 0 || bin >= static_cast<double>(counts_.counts.size())) return {};
  return tr("%1 to %2: %L3")
      .arg(number(counts_.low + bin * width), number(counts_.low + (bin + 1) * width))
      .arg(counts_.counts[static_cast<std::size_t>(bin)]);
}

}  // namespace plexarium::ui
