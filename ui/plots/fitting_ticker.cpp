#include "ui/plots/fitting_ticker.h"

#include <algorithm>
#include <cmath>

namespace plexarium::ui {
namespace {

constexpr int longestName = 90;  // pixels

/// 1, 2, 5, 10, 20, ...
double nextStep(double step) {
  const double power = std::pow(10, std::floor(std::log10(step * 1.0001)));
  const double mantissa = step / power;
  return power * (mantissa < 1.9 ? 2 : mantissa < 4.9 ? 5 : 10);
}

}  // namespace

double FittingTicker::getTickStep(const QCPRange& range) {
  double step = QCPAxisTicker::getTickStep(range);
  if (label_) step = std::max(1.0, std::round(step));
  while (step < range.size() && touching(range, step)) step = nextStep(step);
  return step;
}

bool FittingTicker::touching(const QCPRange& range, double step) {
  const QRect area = axis_.axisRect()->rect();
  const QFontMetricsF metrics(axis_.tickLabelFont());
  const bool across = axis_.orientation() == Qt::Horizontal;
  const double room = (across ? area.width() : area.height()) * step / range.size();
  if (!across) return room < metrics.height();
  double widest = 0;
  for (double tick = std::ceil(range.lower / step) * step; tick <= range.upper; tick += step) {
    const QString label = getTickLabel(tick, axis_.parentPlot()->locale(), QLatin1Char('g'), axis_.numberPrecision());
    widest = std::max(widest, metrics.horizontalAdvance(label));
  }
  return room < widest + metrics.averageCharWidth();
}

QString FittingTicker::getTickLabel(double tick, const QLocale& locale, QChar format, int precision) {
  if (!label_) return QCPAxisTicker::getTickLabel(tick, locale, format, precision);
  return QFontMetrics(axis_.tickLabelFont())
      .elidedText(label_(static_cast<int>(std::lround(tick))), Qt::ElideRight, longestName);
}

}  // namespace plexarium::ui
