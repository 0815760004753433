#pragma once

#include <qcustomplot.h>

#include <cmath>
#include <functional>

namespace plexarium::ui {

/// Marks whole numbers and writes beside each what `label` says of it: names of neurons beside their rows.
class RowTicker : public QCPAxisTicker {
 public:
  using Label = std::function<QString(int row)>;
  explicit RowTicker(Label label) : label_(std::move(label)) {}

 protected:
  double getTickStep(const QCPRange& range) override { return std::max(1.0, std::round(QCPAxisTicker::getTickStep(range))); }
  int getSubTickCount(double) override { return 0; }
  QString getTickLabel(double tick, const QLocale&, QChar, int) override {
    return label_(static_cast<int>(std::lround(tick)));
  }

 private:
  Label label_;
};

}  // namespace plexarium::ui
