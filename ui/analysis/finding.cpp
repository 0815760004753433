#include "ui/analysis/finding.h"

#include <QLocale>
#include <cmath>

#include "core/io/csv.h"

namespace plexarium::ui {
namespace {

std::string cell(double value) {
  return std::isnan(value) ? std::string() : QByteArray::number(value, 'g', QLocale::FloatingPointShortest).toStdString();
}

}  // namespace

Finding missing(const QString& why) {
  Finding finding;
  finding.words = why;
  finding.missing = true;
  return finding;
}

Finding pending(const QString& what) {
  Finding finding;
  finding.words = what;
  return finding;
}

std::string tableOf(const Finding& finding) {
  std::string text;
  if (finding.matrix) {
    const auto& matrix = *finding.matrix;
    text = "correlation";
    for (const auto& name : matrix.names) appendCsvCell(text += ',', name.toStdString());
    for (std::size_t k = 0; k < matrix.values.size(); ++k) {
      if (k % matrix.side == 0) appendCsvCell(text += '\n', matrix.names[k / matrix.side].toStdString());
      text += ',' + cell(matrix.values[k]);
    }
    return text + '\n';
  }
  text = "curve,";
  appendCsvCell(text, finding.x.label.toStdString());
  text += ',';
  appendCsvCell(text, finding.y.label.toStdString());
  text += '\n';
  for (const auto& curve : finding.curves) {
    for (std::size_t k = 0; k < curve.x.size(); ++k) {
      appendCsvCell(text, curve.name.toStdString());
      text += ',' + cell(curve.x[k]) + ',' + cell(curve.y[k]) + '\n';
    }
  }
  return text;
}

QString figure(double value) {
  constexpr double fourDigits = 1e4, most = 1e9;
  const double size = std::abs(value);
  if (size >= fourDigits && size < most) return QLocale().toString(std::round(value), 'f', 0);
  return QString::number(value, 'g', 4);
}

QString wholeText(std::size_t count) { return QLocale().toString(static_cast<qulonglong>(count)); }

}  // namespace plexarium::ui
