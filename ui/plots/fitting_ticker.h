#pragma once

#include <qcustomplot.h>

#include <functional>

namespace plexarium::ui {

/// Marks of an axis at round numbers, as far apart as it takes for their labels not to touch; or, where the axis counts
/// rows, at whole numbers, beside which the rows' names are written, shortened where they are long. GUI thread.
class FittingTicker : public QCPAxisTicker {
 public:
  using Label = std::function<QString(int row)>;
  /// Belongs to `axis` (QCPAxis::setTicker). `label`: the name of a row; nothing: numbers.
  explicit FittingTicker(const QCPAxis& axis, Label label = {}) : axis_(axis), label_(std::move(label)) {}

 protected:
  double getTickStep(const QCPRange& range) override;
  int getSubTickCount(double) override { return 0; }
  QString getTickLabel(double tick, const QLocale& locale, QChar format, int precision) override;

 private:
  [[nodiscard]] bool touching(const QCPRange& range, double step);

  const QCPAxis& axis_;
  Label label_;
};

}  // namespace plexarium::ui
