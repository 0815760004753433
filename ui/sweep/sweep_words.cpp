#include "ui/sweep/sweep_words.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <limits>

namespace plexarium::ui {
namespace {

constexpr double sameShare = 1e-3;

QString tr(const char* text) { return QCoreApplication::translate("sweep", text); }

QString number(double value) { return QString::number(value, 'g', 4); }

}  // namespace

QString columnText(const SweepResult& result, std::size_t column, double height) {
  const auto values = result.at(column, 0);
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  const QString at = number(result.across[column]);
  if (low > high) return tr("%1: the neuron was gone").arg(at);
  const auto count = distinctValues(values, sameShare * height);
  if (count == 1) return tr("%1: %2").arg(at, number(high));
  if (2 * count > values.size()) return tr("%1: ever other values, %2 to %3").arg(at, number(low), number(high));
  return tr("%1: %2 values in turn, %3 to %4").arg(at).arg(count).arg(number(low), number(high));
}

std::string sweepTable(const SweepResult& result, bool map) {
  std::string text = map ? "across,up,value\n" : "across,tick,value\n";
  const auto exact = [](double value) { return QString::number(value, 'g', 17).toStdString(); };
  for (std::size_t row = 0; row < result.up.size(); ++row) {
    for (std::size_t column = 0; column < result.across.size(); ++column) {
      const auto values = result.at(column, row);
      for (std::size_t tick = 0; tick < values.size(); ++tick) {
        text += exact(result.across[column]) + ',' + (map ? exact(result.up[row]) : std::to_string(tick + 1)) + ',' +
                exact(values[tick]) + '\n';
      }
    }
  }
  return text;
}

}  // namespace plexarium::ui
