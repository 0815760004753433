#include "ui/plots/axes_panel.h"

#include <qcustomplot.h>

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/plots/fitting_ticker.h"
#include "ui/plots/plot_dress.h"

namespace plexarium::ui {
namespace {

constexpr int leastHeight = 90;      // pixels
constexpr int heightForLabel = 130;  // from which on the x axis says what it counts
constexpr double wheelZoom = 0.8;    // for one notch
constexpr double keyStep = 1.0 / 8;  // of what is shown

}  // namespace

AxesPanel::AxesPanel(SessionBridge& bridge, const QString& objectName, int period, QWidget* parent)
    : PlotPanel(bridge, objectName, period, parent), plot_(new QCustomPlot(this)) {
  plot_->setMinimumHeight(leastHeight);
  plot_->axisRect()->setMinimumMargins(QMargins(12, 8, 14, 4));
  for (auto* axis : {plot_->xAxis, plot_->yAxis}) axis->setTicker(QSharedPointer<FittingTicker>::create(*axis));
  connect(plot_, &QCustomPlot::afterLayout, this, &AxesPanel::onLayout);
  plot_->setFocusPolicy(Qt::StrongFocus);
  plot_->setMouseTracking(true);
  plot_->installEventFilter(this);
}

void AxesPanel::applyTheme(const WindowTheme& theme) { dressPlot(*plot_, theme, font()); }

void AxesPanel::paintOn(QPaintDevice& device, QSize size) {
  QCPPainter painter(&device);
  painter.setMode(QCPPainter::pmNoCaching);
  if (device.paintEngine() && device.paintEngine()->type() == QPaintEngine::SVG) {
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNonCosmetic);
  }
  plot_->toPainter(&painter, size.width(), size.height());
}

void AxesPanel::replot() {
  plot_->replot(QCustomPlot::rpQueuedReplot);
  showReading();
}

void AxesPanel::setLabels(const QString& x, const QString& y) {
  below_ = x;
  beside_ = y;
  laidOut_ = {};
}

/// The axes choose their marks before they know their new size, so they choose again.
void AxesPanel::onLayout() {
  if (plot_->viewport() == laidOut_) return;
  laidOut_ = plot_->viewport();
  plot_->xAxis->setLabel(laidOut_.height() < heightForLabel ? QString() : below_);
  const int length = QFontMetrics(plot_->yAxis->labelFont()).horizontalAdvance(beside_);
  plot_->yAxis->setLabel(length > plot_->axisRect()->height() ? QString() : beside_);
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void AxesPanel::showReading() {
  setReading(reading(cursor_ && onAxes(*cursor_) ? std::optional(coordinates(*cursor_)) : std::nullopt));
}

QPointF AxesPanel::coordinates(QPointF pixel) const {
  return {plot_->xAxis->pixelToCoord(pixel.x()), plot_->yAxis->pixelToCoord(pixel.y())};
}

QPointF AxesPanel::shift(QPointF from, QPointF to) const {
  const auto along = [](const QCPAxis& axis, double a, double b) {
    const double begin = axis.pixelToCoord(a), end = axis.pixelToCoord(b);
    return axis.scaleType() == QCPAxis::stLogarithmic ? end / begin : end - begin;
  };
  return {along(*plot_->xAxis, from.x(), to.x()), along(*plot_->yAxis, from.y(), to.y())};
}

bool AxesPanel::onAxes(QPointF pixel) const { return plot_->axisRect()->rect().contains(pixel.toPoint()); }

bool AxesPanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched != plot_) return PlotPanel::eventFilter(watched, event);
  switch (event->type()) {
    case QEvent::Wheel:
      return onWheel(static_cast<QWheelEvent&>(*event));
    case QEvent::MouseButtonPress:
      return onPress(static_cast<QMouseEvent&>(*event));
    case QEvent::MouseMove:
      return onMove(static_cast<QMouseEvent&>(*event));
    case QEvent::MouseButtonRelease:
      return onRelease(static_cast<QMouseEvent&>(*event));
    case QEvent::MouseButtonDblClick:
      showAll();
      return true;
    case QEvent::Enter:  // also without a move: the plot came under a mouse at rest
      cursor_ = static_cast<QEnterEvent&>(*event).position();
      showReading();
      return false;
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

bool AxesPanel::onWheel(const QWheelEvent& event) {
  const double notches = event.angleDelta().y() / 120.0;
  if (notches != 0) zoom(std::pow(wheelZoom, notches), coordinates(event.position()), event.modifiers());
  return true;
}

bool AxesPanel::onPress(const QMouseEvent& event) {
  if (event.button() != Qt::LeftButton || !onAxes(event.position())) return true;
  pressed_ = event.position();
  dragged_ = false;
  return true;
}

bool AxesPanel::onMove(const QMouseEvent& event) {
  cursor_ = event.position();
  if (pressed_) {
    const QPointF step = event.position() - *pressed_;
    dragged_ = dragged_ || step.manhattanLength() >= QApplication::startDragDistance();
    if (dragged_) {
      pan(shift(event.position(), *pressed_));
      pressed_ = event.position();
    }
  }
  showReading();
  return true;
}

bool AxesPanel::onRelease(const QMouseEvent& event) {
  if (event.button() != Qt::LeftButton) return true;
  if (pressed_ && !dragged_) click(coordinates(event.position()), event.modifiers());
  pressed_.reset();
  return true;
}

bool AxesPanel::onKey(const QKeyEvent& event) {
  if (!isPlotKey(event.key())) return false;
  const QRect area = plot_->axisRect()->rect();
  const QPointF centre = area.center();
  const auto panBy = [&](double x, double y) {
    pan(shift(centre, centre + QPointF(x * area.width(), y * area.height()) * keyStep));
  };
  switch (event.key()) {
    case Qt::Key_Left:
      panBy(-1, 0);
      break;
    case Qt::Key_Right:
      panBy(1, 0);
      break;
    case Qt::Key_Up:
      panBy(0, -1);
      break;
    case Qt::Key_Down:
      panBy(0, 1);
      break;
    case Qt::Key_Home:
      showAll();
      break;
    default:
      zoom(event.key() == Qt::Key_Minus ? 1 / wheelZoom : wheelZoom, coordinates(area.center()), event.modifiers());
  }
  return true;
}

void AxesPanel::keepWithin(QCPAxis& axis, const QCPRange& bounds) {
  QCPRange range = axis.range();
  if (range.size() >= bounds.size()) {
    range = bounds;
  } else if (range.lower < bounds.lower) {
    range = {bounds.lower, bounds.lower + range.size()};
  } else if (range.upper > bounds.upper) {
    range = {bounds.upper - range.size(), bounds.upper};
  }
  axis.setRange(range);
}

void AxesPanel::fitValues(QCPAxis& axis, double low, double high) {
  low = std::min(low, 0.0);
  high = std::max(high, 0.0);
  if (high <= low) high = low + 1;
  const QCPRange now = axis.range();
  const double room = (high - low) * 0.08;
  if (low < now.lower || high > now.upper || (high - low) < 0.5 * now.size()) {
    axis.setRange(low < 0 ? low - room : 0, high > 0 ? high + room : 0);
  }
}

QString AxesPanel::number(double value) { return QString::number(value, 'g', 4); }

}  // namespace plexarium::ui
