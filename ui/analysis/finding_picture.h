#pragma once

#include <memory>

#include "ui/analysis/finding.h"

class QCPColorMap;
class QCPColorScale;
class QCustomPlot;

namespace plexarium::ui {

struct WindowTheme;

/// Draws findings into a plot: the words above the axes, so that an exported picture has them too. GUI thread.
class FindingPicture {
 public:
  /// `plot` must outlive it; it has the two usual axes.
  explicit FindingPicture(QCustomPlot& plot);
  ~FindingPicture();

  /// `fit`: chooses what the axes show; otherwise they stay. Does not replot.
  void show(const Finding& finding, const WindowTheme& theme, bool dark, bool fit);

 private:
  class Words;
  void draw(const Finding::Curve& curve, bool named, const WindowTheme& theme);
  void drawMatrix(const Finding::Matrix& matrix, const WindowTheme& theme, bool dark);
  void dropMatrix();
  void scaleAxes(const Finding& finding);
  void paintLegend(const WindowTheme& theme, bool visible);
  void fitAxes(const Finding& finding);

  QCustomPlot& plot_;
  Words* words_;
  QCPColorMap* map_ = nullptr;
  QCPColorScale* scale_ = nullptr;
};

}  // namespace plexarium::ui
