#include "ui/plots/gauge_plot.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollArea>
#include <algorithm>
#include <cmath>

#include "core/io/csv.h"
#include "ui/canvas/theme.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int redrawPeriod = 100;  // milliseconds: a figure that changes faster cannot be read
constexpr double narrowest = 230;  // of a gauge
constexpr double space = 18;       // between gauges
constexpr double trackHeight = 12;
constexpr double slowness = 0.97;  // how much of a scale is left after a picture that uses little of it
constexpr int bandAlpha = 90;

/// Four digits, and no more decimals than tell anything.
QString numberText(double value) { return QString::number(value, 'g', std::abs(value) >= 1000 ? 6 : 4); }

QColor colourOf(std::size_t pointer, bool dark) {
  if (pointer == 0) return WindowTheme::of(dark).accent;
  return QColor::fromRgb((dark ? darkTheme() : lightTheme()).group(static_cast<std::uint8_t>(pointer)));
}

double lineHeight(const QFont& font) { return QFontMetricsF(font).height() + 2; }

}  // namespace

GaugePlot::GaugePlot(SessionBridge& bridge, QWidget* parent)
    : PlotPanel(bridge, QStringLiteral("gauge"), redrawPeriod, parent), view_(new QWidget) {
  setAccessibleName(tr("Gauges"));
  view_->setObjectName(QStringLiteral("gaugeView"));
  view_->setAccessibleName(tr("Gauges"));
  view_->setMouseTracking(true);
  view_->installEventFilter(this);
  auto* scroll = new QScrollArea(this);
  scroll->setAccessibleName(tr("Gauges"));
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(view_);
  connect(&this->bridge(), &SessionBridge::metrics, this, &GaugePlot::take);
  finish(scroll);
}

void GaugePlot::begin() {
  description_ = &bridge().description();
  listGauges();
  coming_.assign(description_->metrics.size(), {});
  ticks_ = 0;
  ask();
}

/// Where no unit says what a metric counts, it has a scale of its own.
void GaugePlot::listGauges() {
  gauges_.clear();
  for (std::size_t metric = 0; metric < description_->metrics.size(); ++metric) {
    const auto unit = QString::fromStdString(description_->metrics[metric].unit);
    auto gauge = std::ranges::find_if(gauges_, [&](const Gauge& one) { return !unit.isEmpty() && one.unit == unit; });
    if (gauge == gauges_.end()) gauge = gauges_.insert(gauges_.end(), Gauge{unit, {}, 0, 0});
    gauge->pointers.push_back({metric});
  }
}

void GaugePlot::take(const std::vector<MetricBucket>& buckets) {
  for (const auto& bucket : buckets) {
    const auto ticks = static_cast<double>(bucket.count);
    if (bucket.mean.size() != coming_.size() || ticks <= 0) continue;
    for (std::size_t metric = 0; metric < coming_.size(); ++metric) {
      auto& pointer = coming_[metric];
      pointer.low = ticks_ > 0 ? std::min(pointer.low, bucket.minimum[metric]) : bucket.minimum[metric];
      pointer.high = ticks_ > 0 ? std::max(pointer.high, bucket.maximum[metric]) : bucket.maximum[metric];
      pointer.mean = (pointer.mean * ticks_ + bucket.mean[metric] * ticks) / (ticks_ + ticks);
    }
    ticks_ += ticks;
  }
  ask();
}

void GaugePlot::redraw() {
  if (ticks_ > 0 && !paused()) {
    for (auto& gauge : gauges_) {
      for (auto& pointer : gauge.pointers) {
        const auto metric = pointer.metric;
        pointer = coming_[metric];
        pointer.metric = metric;
      }
      rescale(gauge);
    }
    coming_.assign(coming_.size(), {});
    ticks_ = 0;
  }
  const auto places = layOut(view_->width());
  double bottom = 0;
  for (const auto& place : places) bottom = std::max(bottom, place.bottom());
  view_->setMinimumHeight(static_cast<int>(std::ceil(bottom + space / 2)));
  view_->update();
  showReading();
}

void GaugePlot::rescale(Gauge& gauge) const {
  double low = 0, high = 0;
  for (const auto& pointer : gauge.pointers) {
    if (std::isfinite(pointer.low)) low = std::min(low, pointer.low);
    if (std::isfinite(pointer.high)) high = std::max(high, pointer.high);
  }
  gauge.low = std::min(low, gauge.low * slowness);
  gauge.high = std::max(high, gauge.high * slowness);
}

/// In as many columns as have room, each gauge in the one that is filled least.
std::vector<QRectF> GaugePlot::layOut(double width) const {
  const auto columns = static_cast<std::size_t>(std::max(1.0, std::floor((width - space) / (narrowest + space))));
  const double wide = (width - space) / static_cast<double>(columns) - space;
  std::vector<double> filled(columns, space / 2);
  std::vector<QRectF> places;
  for (const auto& gauge : gauges_) {
    const auto column = std::ranges::min_element(filled) - filled.begin();
    auto& top = filled[static_cast<std::size_t>(column)];
    const double height = lineHeight(font()) * static_cast<double>(gauge.pointers.size() + 1) + trackHeight + 4;
    places.emplace_back(space + static_cast<double>(column) * (wide + space), top, wide, height);
    top += height + space / 2;
  }
  return places;
}

QRectF GaugePlot::placeOf(std::size_t gauge) const {
  const auto places = layOut(view_->width());
  return gauge < places.size() ? places[gauge] : QRectF();
}

void GaugePlot::paint(QPainter& painter, double width) const {
  const auto places = layOut(width);
  painter.setRenderHint(QPainter::Antialiasing);
  for (std::size_t gauge = 0; gauge < gauges_.size(); ++gauge) paintGauge(painter, gauges_[gauge], places[gauge]);
}

/// Names and figures, the scale, and what its ends are.
void GaugePlot::paintGauge(QPainter& painter, const Gauge& gauge, const QRectF& place) const {
  const auto& theme = WindowTheme::of(dark());
  const double line = lineHeight(font());
  painter.setFont(font());
  for (std::size_t k = 0; k < gauge.pointers.size(); ++k) {
    const auto& pointer = gauge.pointers[k];
    const QRectF row(place.left(), place.top() + line * static_cast<double>(k), place.width(), line);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colourOf(k, dark()));
    painter.drawEllipse(QPointF(row.left() + 4, row.center().y()), 4, 4);
    const auto figure = numberText(pointer.mean);
    painter.setPen(theme.text);
    painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, figure);
    const QFontMetricsF metrics(font());
    const double room = row.width() - 14 - metrics.horizontalAdvance(figure) - 8;
    const auto name = QString::fromStdString(description_->metrics[pointer.metric].label);
    painter.drawText(row.adjusted(14, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(name, Qt::ElideRight, room));
  }
  const double top = place.top() + line * static_cast<double>(gauge.pointers.size()) + 2;
  paintScale(painter, gauge, {place.left(), top, place.width(), trackHeight});
  const QRectF ends(place.left(), top + trackHeight, place.width(), line);
  painter.setPen(theme.dim);
  painter.drawText(ends, Qt::AlignLeft | Qt::AlignVCenter, numberText(gauge.low));
  painter.drawText(ends, Qt::AlignHCenter | Qt::AlignVCenter, gauge.unit);
  painter.drawText(ends, Qt::AlignRight | Qt::AlignVCenter, numberText(gauge.high));
}

void GaugePlot::paintScale(QPainter& painter, const Gauge& gauge, const QRectF& track) const {
  const auto& theme = WindowTheme::of(dark());
  painter.fillRect(track, theme.base);
  const double span = gauge.high - gauge.low;
  const auto at = [&](double value) {
    const double share = span > 0 && std::isfinite(value) ? (value - gauge.low) / span : 0;
    return track.left() + std::clamp(share, 0.0, 1.0) * track.width();
  };
  const double each = track.height() / static_cast<double>(gauge.pointers.size());
  for (std::size_t k = 0; k < gauge.pointers.size(); ++k) {
    QColor band = colourOf(k, dark());
    band.setAlpha(bandAlpha);
    const QPointF corner(at(gauge.pointers[k].low), track.top() + each * static_cast<double>(k));
    painter.fillRect(QRectF(corner, QSizeF(at(gauge.pointers[k].high) - corner.x(), each)), band);
  }
  painter.setPen(theme.border);
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(track);
  if (gauge.low < 0 && span > 0) painter.drawLine(QPointF(at(0), track.top()), QPointF(at(0), track.bottom()));
  for (std::size_t k = gauge.pointers.size(); k-- > 0;) {
    painter.setPen(QPen(colourOf(k, dark()), 3));
    const double x = at(gauge.pointers[k].mean);
    painter.drawLine(QPointF(x, track.top() - 2), QPointF(x, track.bottom() + 2));
  }
}

QString GaugePlot::told(const Pointer& pointer) const {
  const auto& metric = description_->metrics[pointer.metric];
  return tr("%1: %2, %3 to %4 · %5")
      .arg(QString::fromStdString(metric.label), numberText(pointer.mean), numberText(pointer.low), numberText(pointer.high),
           QString::fromStdString(metric.help));
}

/// Of the line under the cursor, or of the first one where it is on the scale.
void GaugePlot::showReading() {
  if (!cursor_) return setReading({});
  const auto places = layOut(view_->width());
  const auto hit = std::ranges::find_if(places, [&](const QRectF& place) { return place.contains(*cursor_); });
  if (hit == places.end()) return setReading({});
  const auto& pointers = gauges_[static_cast<std::size_t>(hit - places.begin())].pointers;
  const auto line = static_cast<std::size_t>((cursor_->y() - hit->top()) / lineHeight(font()));
  setReading(told(pointers[line < pointers.size() ? line : 0]));
}

bool GaugePlot::eventFilter(QObject* watched, QEvent* event) {
  switch (event->type()) {
    case QEvent::Paint: {
      QPainter painter(view_);
      paint(painter, view_->width());
      return true;
    }
    case QEvent::Resize:
      ask();
      break;
    case QEvent::MouseMove:
      cursor_ = static_cast<QMouseEvent*>(event)->position();
      showReading();
      break;
    case QEvent::Leave:
      cursor_.reset();
      showReading();
      break;
    default:
      break;
  }
  return PlotPanel::eventFilter(watched, event);
}

void GaugePlot::applyTheme(const WindowTheme&) { view_->update(); }

void GaugePlot::paintOn(QPaintDevice& device, QSize size) {
  QPainter painter(&device);
  paint(painter, size.width());
}

std::string GaugePlot::table() const {
  std::string text = "metric,unit,minimum,mean,maximum\n";
  for (const auto& gauge : gauges_) {
    for (const auto& pointer : gauge.pointers) {
      const auto& metric = description_->metrics[pointer.metric];
      appendCsvCell(text, metric.key);
      text += ',';
      appendCsvCell(text, metric.unit);
      for (const double value : {pointer.low, pointer.mean, pointer.high})
        text += ',' + QByteArray::number(value, 'g', QLocale::FloatingPointShortest).toStdString();
      text += '\n';
    }
  }
  return text;
}

}  // namespace plexarium::ui
