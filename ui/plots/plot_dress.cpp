#include "ui/plots/plot_dress.h"

#include <qcustomplot.h>

#include "ui/window/window_theme.h"

namespace plexarium::ui {

void dressPlot(QCustomPlot& plot, const WindowTheme& theme, const QFont& font) {
  plot.setBackground(theme.window);
  plot.axisRect()->setBackground(theme.base);
  QFont small = font;
  small.setPointSizeF(small.pointSizeF() * 0.85);
  for (auto* axis : {plot.xAxis, plot.yAxis}) {
    axis->setBasePen(QPen(theme.border));
    axis->setTickPen(QPen(theme.border));
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(theme.dim);
    axis->setTickLabelFont(small);
    axis->setLabelColor(theme.dim);
    axis->setLabelFont(small);
    axis->grid()->setPen(QPen(theme.border, 0.5, Qt::DotLine));
    axis->grid()->setZeroLinePen(Qt::NoPen);
    axis->setNumberFormat(QStringLiteral("gb"));
    axis->setNumberPrecision(6);
  }
}

}  // namespace plexarium::ui
