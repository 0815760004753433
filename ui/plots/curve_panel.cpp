#include "ui/plots/curve_panel.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "core/io/csv.h"

namespace plexarium::ui {

CurvePanel::CurvePanel(SessionBridge& bridge, const QString& objectName, int period, QWidget* parent)
    : TimePanel(bridge, objectName, period, parent) {
  plot().yAxis->ticker()->setTickCount(4);
}

void CurvePanel::note(QCPGraph& curve, std::optional<double> value) {
  const Snapshot& now = *bridge().snapshot();
  const auto tick = static_cast<double>(now.tick);
  auto& points = *curve.data();
  // What lies ahead in a past that is repeated stays; at its end, nothing is known of later ticks.
  points.remove(tick);
  if (now.tick == now.headTick) points.removeAfter(tick);
  if (value) {
    points.add({tick, *value});
  } else if (!points.isEmpty() && !std::isnan((points.constEnd() - 1)->value)) {
    points.add({tick, std::numeric_limits<double>::quiet_NaN()});
  }
  if (points.size() > capacity) points.removeBefore((points.constEnd() - capacity * 3 / 4)->key);
}

void CurvePanel::fitCurves() {
  if (ownScale_ || paused()) return;
  double low = 0, high = 0;
  for (int k = 0; k < plot().graphCount(); ++k) {
    if (!plot().graph(k)->visible()) continue;
    bool found = false;
    const QCPRange range = plot().graph(k)->getValueRange(found, QCP::sdBoth, plot().xAxis->range());
    if (!found) continue;
    low = std::min(low, range.lower);
    high = std::max(high, range.upper);
  }
  fitValues(*plot().yAxis, low, high);
}

std::optional<QPointF> CurvePanel::pointAt(const QCPGraph& curve, std::optional<double> tick) {
  const auto& points = *curve.data();
  if (points.isEmpty()) return std::nullopt;
  const auto point = tick ? points.findBegin(*tick) : points.constEnd() - 1;
  if (point == points.constEnd()) return std::nullopt;
  return QPointF(point->key, point->value);
}

QString CurvePanel::tickText(double tick, const QString& value) const {
  const auto unit = QString::fromStdString(bridge().description().tickUnit);
  return tr("%1 %L2 · %3").arg(unit).arg(static_cast<qlonglong>(tick)).arg(value.trimmed());
}

std::string CurvePanel::tableOf(const std::vector<Column>& columns) const {
  std::string text = "tick";
  std::map<double, std::vector<double>> lines;
  const QCPRange shown = plot().xAxis->range();
  for (std::size_t column = 0; column < columns.size(); ++column) {
    text += ',';
    appendCsvCell(text, columns[column].name);
    const auto& points = *columns[column].curve->data();
    for (auto point = points.findBegin(shown.lower, false); point != points.findEnd(shown.upper, false); ++point) {
      auto& line = lines[point->key];
      line.resize(columns.size(), std::numeric_limits<double>::quiet_NaN());
      line[column] = point->value;
    }
  }
  text += '\n';
  for (const auto& [tick, values] : lines) {
    text += std::to_string(static_cast<Tick>(tick));
    for (const double value : values) {
      text += ',';
      if (!std::isnan(value)) text += QByteArray::number(value, 'g', QLocale::FloatingPointShortest).toStdString();
    }
    text += '\n';
  }
  return text;
}

void CurvePanel::panValues(double by) {
  ownScale_ = true;
  plot().yAxis->moveRange(by);
}

void CurvePanel::zoomValues(double factor, double at) {
  ownScale_ = true;
  plot().yAxis->scaleRange(factor, at);
}

void CurvePanel::showAll() {
  ownScale_ = false;
  TimePanel::showAll();
}

Tick CurvePanel::firstTick() const {
  double first = now();
  for (int k = 0; k < plot().graphCount(); ++k) {
    const auto& points = *plot().graph(k)->data();
    if (!points.isEmpty()) first = std::min(first, points.constBegin()->key);
  }
  return static_cast<Tick>(first);
}

}  // namespace plexarium::ui
