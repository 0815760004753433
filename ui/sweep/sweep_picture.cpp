#include "ui/sweep/sweep_picture.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

#include "ui/canvas/theme.h"
#include "ui/plots/fitting_ticker.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int fewDots = 30'000;  // that can be discs
constexpr double discSize = 2.2;
constexpr double pointSize = 9;
constexpr int barWidth = 10;
constexpr int dotAlpha = 170;

/// Of a map's data along one axis; a single value has a cell around it.
QCPRange extentOf(const std::vector<double>& values) {
  const auto [low, high] = std::ranges::minmax(values);
  return low < high ? QCPRange(low, high) : QCPRange(low - 0.5, low + 0.5);
}

bool descends(const std::vector<double>& values) { return values.back() < values.front(); }

}  // namespace

SweepPicture::SweepPicture(QCustomPlot& plot)
    : plot_(plot),
      dots_(plot.addGraph()),
      map_(new QCPColorMap(plot.xAxis, plot.yAxis)),
      scale_(new QCPColorScale(&plot)),
      together_(new QCPMarginGroup(&plot)) {
  plot_.addLayer(QStringLiteral("marks"));
  layer_ = plot_.layer(QStringLiteral("marks"));
  layer_->setMode(QCPLayer::lmBuffered);
  acrossLine_ = new QCPItemStraightLine(&plot_);
  upLine_ = new QCPItemStraightLine(&plot_);
  point_ = new QCPItemTracer(&plot_);
  words_ = new QCPItemText(&plot_);
  for (QCPAbstractItem* item : std::initializer_list<QCPAbstractItem*>{acrossLine_, upLine_, point_}) {
    item->setLayer(layer_);
    item->setVisible(false);
  }
  point_->setStyle(QCPItemTracer::tsCircle);
  point_->setSize(pointSize);
  words_->position->setType(QCPItemPosition::ptAxisRectRatio);
  words_->position->setCoords(0.5, 0.5);
  dots_->setLineStyle(QCPGraph::lsNone);
  map_->setInterpolate(false);
  map_->setTightBoundary(false);
  map_->setColorScale(scale_);
  scale_->setBarWidth(barWidth);
  scale_->axis()->setTicker(QSharedPointer<FittingTicker>::create(*scale_->axis()));
  scale_->setVisible(false);
  map_->setVisible(false);
}

void SweepPicture::show(const SweepResult* result, bool map) {
  dots_->data()->clear();
  setMapVisible(result != nullptr && map);
  if (result == nullptr) return;
  if (map) {
    showMap(*result);
  } else {
    showDots(*result);
  }
}

/// A colour scale that is not shown must not take room.
void SweepPicture::setMapVisible(bool visible) {
  map_->setVisible(visible);
  if (std::exchange(isMap_, visible) == visible) return;
  scale_->setVisible(visible);
  auto* group = visible ? together_ : nullptr;
  plot_.axisRect()->setMarginGroup(QCP::msTop | QCP::msBottom, group);
  scale_->setMarginGroup(QCP::msTop | QCP::msBottom, group);
  if (visible) {
    plot_.plotLayout()->addElement(0, 1, scale_);
  } else {
    plot_.plotLayout()->take(scale_);
    plot_.plotLayout()->simplify();
  }
}

void SweepPicture::showDots(const SweepResult& result) {
  QVector<double> x, y;
  x.reserve(static_cast<qsizetype>(result.values.size()));
  y.reserve(x.capacity());
  for (std::size_t column = 0; column < result.across.size(); ++column) {
    for (const double value : result.at(column, 0)) {
      if (std::isnan(value)) continue;
      x << result.across[column];
      y << value;
    }
  }
  dots_->setData(x, y, !descends(result.across));
}

void SweepPicture::showMap(const SweepResult& result) {
  const auto columns = static_cast<int>(result.across.size()), rows = static_cast<int>(result.up.size());
  auto* data = map_->data();
  data->setSize(columns, rows);
  data->setRange(extentOf(result.across), extentOf(result.up));
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const double value = result.at(static_cast<std::size_t>(column), static_cast<std::size_t>(row)).back();
      data->setCell(descends(result.across) ? columns - 1 - column : column, descends(result.up) ? rows - 1 - row : row,
                    value);
    }
  }
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const double value : result.values) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (low > high) low = high = 0;
  scale_->setDataRange(low < high ? QCPRange(low, high) : QCPRange(low - 0.5, high + 0.5));
}

void SweepPicture::nameColours(const QString& text) { scale_->axis()->setLabel(text); }

void SweepPicture::say(const QString& words) {
  words_->setText(words);
  words_->setVisible(!words.isEmpty());
}

bool SweepPicture::fade(bool on) { return std::exchange(faded_, on) != on; }

void SweepPicture::paint(const WindowTheme& theme, bool dark) {
  const Theme& colours = dark ? darkTheme() : lightTheme();
  const QColor many = faded_ ? theme.dim : QColor(colours.link(Tint::Excite).rest);
  QColor dot = faded_ ? theme.dim : theme.accent;
  const bool few = dots_->dataCount() <= fewDots;
  if (few) dot.setAlpha(dotAlpha);
  dots_->setScatterStyle({few ? QCPScatterStyle::ssDisc : QCPScatterStyle::ssDot, dot, few ? discSize : 1});
  // From the ground to the brightest in the dark, to the darkest in the light: more stands out more.
  QCPColorGradient gradient;
  gradient.clearColorStops();
  gradient.setColorStopAt(0, theme.base);
  gradient.setColorStopAt(0.6, many);
  gradient.setColorStopAt(1, dark ? many.lighter(165) : many.darker(190));
  gradient.setNanHandling(QCPColorGradient::nhNanColor);
  gradient.setNanColor(theme.border);
  scale_->setGradient(gradient);
  auto* axis = scale_->axis();
  axis->setBasePen(QPen(theme.border));
  axis->setTickPen(QPen(theme.border));
  axis->setSubTickPen(Qt::NoPen);
  axis->setTickLabelColor(theme.dim);
  axis->setTickLabelFont(plot_.xAxis->tickLabelFont());
  axis->setLabelColor(theme.dim);
  axis->setLabelFont(plot_.xAxis->labelFont());
  for (auto* line : {acrossLine_, upLine_}) line->setPen(QPen(theme.text, 1, Qt::DashLine));
  point_->setPen(QPen(theme.text, 2));
  point_->setBrush(theme.warning);
  words_->setColor(theme.dim);
  words_->setFont(plot_.xAxis->labelFont());
}

void SweepPicture::mark(const Marks& marks) {
  marks_ = marks;
  acrossLine_->setVisible(marks.across.has_value());
  if (marks.across) {
    acrossLine_->point1->setCoords(*marks.across, 0);
    acrossLine_->point2->setCoords(*marks.across, 1);
  }
  upLine_->setVisible(marks.up.has_value());
  if (marks.up) {
    upLine_->point1->setCoords(0, *marks.up);
    upLine_->point2->setCoords(1, *marks.up);
  }
  const auto height = marks.up ? marks.up : marks.look;
  point_->setVisible(marks.across && height);
  if (marks.across && height) point_->position->setCoords(*marks.across, *height);
  layer_->replot();
}

int SweepPicture::drawn() const { return isMap_ ? map_->data()->keySize() * map_->data()->valueSize() : dots_->dataCount(); }

}  // namespace plexarium::ui
