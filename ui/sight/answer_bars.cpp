#include "ui/sight/answer_bars.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPolygonF>
#include <algorithm>
#include <cmath>

#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr double tallest = 26;  // of a row
constexpr double gap = 6;
constexpr double slowness = 0.97;  // how much of the scale is left after a picture, where little of it is used
constexpr double widestName = 0.4;

QString numberText(double value) {
  if (!std::isfinite(value)) return QStringLiteral("–");
  const bool whole = std::abs(value) < 1e6 && value == std::round(value);
  return whole ? QString::number(value, 'f', 0) : QString::number(value, 'f', std::abs(value) < 10 ? 2 : 1);
}

}  // namespace

/// Where the parts of every row stand.
struct AnswerBars::Columns {
  double name, bar, number, end;
};

AnswerBars::AnswerBars(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setAccessibleName(tr("Answer of the network"));
}

void AnswerBars::setBars(std::vector<Bar> bars) {
  if (bars == bars_) return;
  double low = 0;
  double high = 0;
  for (const auto& bar : bars) {
    for (const double value : {bar.value, bar.target.value_or(0)}) {
      if (!std::isfinite(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  const bool others = bars.size() != bars_.size();
  high_ = std::max(high, others ? 1 : std::max(high_ * slowness, std::min(high_, 1.0)));
  low_ = std::min(low, others ? 0 : low_ * slowness);
  bars_ = std::move(bars);
  if (others) fitHeight();
  update();
}

void AnswerBars::setDark(bool dark) {
  dark_ = dark;
  update();
}

void AnswerBars::changeEvent(QEvent* event) {
  if (event->type() == QEvent::FontChange) fitHeight();
  QWidget::changeEvent(event);
}

void AnswerBars::fitHeight() { setMinimumHeight(static_cast<int>(bars_.size()) * (fontMetrics().height() + 1)); }

double AnswerBars::rowHeight() const {
  return bars_.empty() ? tallest : std::min(tallest, height() / static_cast<double>(bars_.size()));
}

QPoint AnswerBars::placeOf(std::size_t bar) const {
  return {width() / 2, static_cast<int>((static_cast<double>(bar) + 0.5) * rowHeight())};
}

void AnswerBars::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QFont bold = font();
  bold.setBold(true);
  const QFontMetricsF metrics(bold);  // any row may become the answer
  double name = 0;
  double number = 0;
  for (const auto& bar : bars_) {
    name = std::max(name, metrics.horizontalAdvance(bar.name));
    number = std::max(number, metrics.horizontalAdvance(numberText(bar.value)));
  }
  Columns columns{};
  columns.name = metrics.height() * 0.7;
  columns.bar = columns.name + std::min(std::ceil(name) + 1, width() * widestName) + gap;
  columns.end = width() - 2;
  columns.number = columns.end - std::max(number, metrics.horizontalAdvance(QStringLiteral("0.00")));
  const double tall = rowHeight();
  for (std::size_t k = 0; k < bars_.size(); ++k) {
    paintBar(painter, bars_[k], {0, static_cast<double>(k) * tall, double(width()), tall}, columns);
  }
}

/// A triangle before the name says what is wanted, bold letters and a full bar what the network says.
void AnswerBars::paintBar(QPainter& painter, const Bar& bar, const QRectF& row, const Columns& columns) const {
  const auto& theme = WindowTheme::of(dark_);
  QFont letters = font();
  letters.setBold(bar.said);
  painter.setFont(letters);
  painter.setPen(bar.said || bar.wanted ? theme.text : theme.dim);
  const double middle = row.center().y();
  if (bar.wanted) {
    const double size = columns.name * 0.36;
    painter.setBrush(theme.text);
    painter.drawPolygon(QPolygonF{{2, middle - size}, {2 + 1.6 * size, middle}, {2, middle + size}});
  }
  const QRectF name(columns.name, row.top(), columns.bar - gap - columns.name, row.height());
  painter.drawText(name, Qt::AlignRight | Qt::AlignVCenter,
                   QFontMetricsF(letters).elidedText(bar.name, Qt::ElideRight, name.width()));
  painter.drawText(QRectF(columns.bar, row.top(), columns.end - columns.bar, row.height()),
                   Qt::AlignRight | Qt::AlignVCenter, numberText(bar.value));
  const QRectF track(columns.bar, row.top() + row.height() * 0.2, columns.number - gap - columns.bar, row.height() * 0.6);
  if (track.width() <= 0) return;
  const auto at = [&](double value) {
    const double share = std::isfinite(value) ? (value - low_) / (high_ - low_) : 0;
    return track.left() + std::clamp(share, 0.0, 1.0) * track.width();
  };
  painter.fillRect(track, theme.base);
  QColor ink = bar.wrong ? theme.warning : theme.accent;
  if (!bar.said) ink.setAlphaF(0.45F);
  painter.fillRect(QRectF(QPointF(at(0), track.top()), QPointF(at(bar.value), track.bottom())).normalized(), ink);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(bar.wanted ? theme.text : theme.border);
  painter.drawRect(track.adjusted(-0.5, -0.5, 0.5, 0.5));
  if (!bar.target) return;
  painter.setPen(QPen(theme.text, 2));
  painter.drawLine(QPointF(at(*bar.target), track.top() - 2), QPointF(at(*bar.target), track.bottom() + 2));
}

void AnswerBars::mouseMoveEvent(QMouseEvent* event) {
  const auto row = static_cast<std::size_t>(std::max(0.0, event->position().y() / rowHeight()));
  emit hovered(row < bars_.size() ? std::optional(row) : std::nullopt);
}

void AnswerBars::leaveEvent(QEvent*) { emit hovered(std::nullopt); }

}  // namespace plexarium::ui
