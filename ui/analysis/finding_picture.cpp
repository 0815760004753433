#include "ui/analysis/finding_picture.h"

#include <qcustomplot.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/canvas/theme.h"
#include "ui/plots/fitting_ticker.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

using Look = Finding::Look;

constexpr int barAlpha = 110;
constexpr double headroom = 1.08;  // above the highest bar
constexpr int logTicks = 6;

/// Of the data, told apart by any colour vision; the first is the theme's accent.
QColor colourOf(std::size_t hue, const WindowTheme& theme) {
  static const std::array colours{QColor(0xe6, 0x9f, 0x00), QColor(0x00, 0x9e, 0x73)};
  return hue == 0 ? theme.accent : colours[(hue - 1) % colours.size()];
}

void scaleAxis(QCPAxis& axis, bool logarithmic) {
  const auto type = logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear;
  if (axis.scaleType() == type) return;
  axis.setScaleType(type);
  if (logarithmic) {
    axis.setTicker(QSharedPointer<QCPAxisTickerLog>::create());
    axis.ticker()->setTickCount(logTicks);
  } else {
    axis.setTicker(QSharedPointer<FittingTicker>::create(axis));
  }
}

/// Of what is drawn along one axis, with room; positive alone on a logarithmic one.
QCPRange rangeOf(const Finding& finding, bool ofX, bool logarithmic) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const auto& curve : finding.curves) {
    const auto& values = ofX ? curve.x : curve.y;
    for (const double value : values) {
      if (!std::isfinite(value) || (logarithmic && value <= 0)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  if (low > high) return logarithmic ? QCPRange(1, 10) : QCPRange(0, 1);
  if (logarithmic) {
    const double room = ofX ? 1 : std::pow(std::max(high / low, 2.0), 0.05);
    return low < high ? QCPRange(low / room, high * room) : QCPRange(low / 2, high * 2);
  }
  if (ofX) return low < high ? QCPRange(low, high) : QCPRange(low - 0.5, high + 0.5);
  low = std::min(low, 0.0);
  high = std::max(high, 0.0);
  return low < high ? QCPRange(low * headroom, high * headroom) : QCPRange(0, 1);
}

}  // namespace

/// Text that breaks its lines where the plot ends.
class FindingPicture::Words : public QCPTextElement {
 public:
  explicit Words(QCustomPlot& plot) : QCPTextElement(&plot) {
    setTextFlags(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap);
    setMargins(QMargins(14, 6, 14, 0));
  }
  QSize minimumOuterSizeHint() const override { return {0, height()}; }
  QSize maximumOuterSizeHint() const override { return {QWIDGETSIZE_MAX, height()}; }

 private:
  [[nodiscard]] int height() const {
    const QMargins room = margins();
    const int width = std::max(parentPlot()->viewport().width() - room.left() - room.right(), 50);
    const QRect needed = QFontMetrics(mFont).boundingRect(QRect(0, 0, width, QWIDGETSIZE_MAX), textFlags(), text());
    return needed.height() + room.top() + room.bottom();
  }
};

FindingPicture::FindingPicture(QCustomPlot& plot) : plot_(plot), words_(new Words(plot)) {
  plot_.plotLayout()->insertRow(0);
  plot_.plotLayout()->addElement(0, 0, words_);
  plot_.plotLayout()->setRowSpacing(0);
  plot_.axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignTop | Qt::AlignRight);
  plot_.legend->setMargins(QMargins(6, 2, 6, 2));
  plot_.legend->setRowSpacing(0);
  plot_.legend->setIconSize(18, 10);
}

FindingPicture::~FindingPicture() = default;

void FindingPicture::show(const Finding& finding, const WindowTheme& theme, bool dark, bool fit) {
  plot_.clearGraphs();
  dropMatrix();
  QFont small = plot_.xAxis->labelFont();
  words_->setFont(small);
  words_->setTextColor(finding.missing ? theme.warning : theme.text);
  words_->setText(finding.words);
  scaleAxes(finding);
  for (const auto& curve : finding.curves) draw(curve, finding.curves.size() > 1, theme);
  if (finding.matrix) drawMatrix(*finding.matrix, theme, dark);
  paintLegend(theme, finding.curves.size() > 1);
  if (fit) fitAxes(finding);
}

void FindingPicture::scaleAxes(const Finding& finding) {
  scaleAxis(*plot_.xAxis, finding.x.logarithmic);
  scaleAxis(*plot_.yAxis, finding.y.logarithmic);
  plot_.yAxis->setRangeReversed(finding.matrix.has_value());
}

void FindingPicture::draw(const Finding::Curve& curve, bool named, const WindowTheme& theme) {
  auto* graph = plot_.addGraph();
  graph->setName(curve.name);
  if (!named) graph->removeFromLegend();
  const QColor colour = colourOf(curve.hue, theme);
  graph->setPen(QPen(colour, 1.5));
  if (curve.look == Look::Bars) {
    QColor body = colour;
    body.setAlpha(barAlpha);
    graph->setPen(QPen(colour, 1));
    graph->setBrush(body);
    graph->setLineStyle(QCPGraph::lsStepLeft);
  } else if (curve.look == Look::Points) {
    graph->setLineStyle(QCPGraph::lsNone);
    // Told apart by shape, too.
    const auto shape = curve.hue == 0 ? QCPScatterStyle::ssDisc : QCPScatterStyle::ssSquare;
    graph->setScatterStyle(QCPScatterStyle(shape, colour, curve.hue == 0 ? colour : QColor(Qt::transparent), 6));
  } else if (curve.look == Look::Fit) {
    graph->setPen(QPen(curve.hue == 0 ? theme.text : colour, 1.5, Qt::DashLine));
  }
  graph->setData(QVector<double>(curve.x.begin(), curve.x.end()), QVector<double>(curve.y.begin(), curve.y.end()), true);
}

void FindingPicture::drawMatrix(const Finding::Matrix& matrix, const WindowTheme& theme, bool dark) {
  const auto side = static_cast<int>(matrix.side);
  const double last = static_cast<double>(side) - 1;
  map_ = new QCPColorMap(plot_.xAxis, plot_.yAxis);
  map_->removeFromLegend();
  map_->setInterpolate(false);
  map_->setTightBoundary(false);
  map_->data()->setSize(side, side);
  map_->data()->setRange(QCPRange(0, std::max(last, 1.0)), QCPRange(0, std::max(last, 1.0)));
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      const auto at = static_cast<std::size_t>(row) * matrix.side + static_cast<std::size_t>(column);
      map_->data()->setCell(column, row, matrix.values[at]);
    }
  }
  scale_ = new QCPColorScale(&plot_);
  plot_.plotLayout()->addElement(1, 1, scale_);
  scale_->setBarWidth(10);
  map_->setColorScale(scale_);
  auto* together = new QCPMarginGroup(&plot_);
  plot_.axisRect()->setMarginGroup(QCP::msTop | QCP::msBottom, together);
  scale_->setMarginGroup(QCP::msTop | QCP::msBottom, together);
  const Theme& paint = dark ? darkTheme() : lightTheme();
  QCPColorGradient gradient;
  gradient.clearColorStops();
  gradient.setColorStopAt(0, QColor(paint.link(Tint::Inhibit).rest));
  gradient.setColorStopAt(0.5, theme.base);
  gradient.setColorStopAt(1, QColor(paint.link(Tint::Excite).rest));
  gradient.setNanHandling(QCPColorGradient::nhNanColor);
  gradient.setNanColor(theme.border);
  map_->setGradient(gradient);
  map_->setDataRange(QCPRange(-matrix.reach, matrix.reach));
  auto* axis = scale_->axis();
  axis->setTicker(QSharedPointer<FittingTicker>::create(*axis));
  axis->setLabel(QObject::tr("correlation"));
  axis->setBasePen(QPen(theme.border));
  axis->setTickPen(QPen(theme.border));
  axis->setSubTickPen(Qt::NoPen);
  axis->setTickLabelColor(theme.dim);
  axis->setTickLabelFont(plot_.xAxis->tickLabelFont());
  axis->setLabelColor(theme.dim);
  axis->setLabelFont(plot_.xAxis->labelFont());
}

void FindingPicture::dropMatrix() {
  if (!map_) return;
  plot_.removePlottable(map_);
  delete plot_.axisRect()->marginGroup(QCP::msTop);
  plot_.plotLayout()->remove(scale_);
  plot_.plotLayout()->simplify();
  map_ = nullptr;
  scale_ = nullptr;
}

void FindingPicture::paintLegend(const WindowTheme& theme, bool visible) {
  QColor back = theme.base;
  back.setAlpha(200);
  plot_.legend->setBrush(back);
  plot_.legend->setBorderPen(Qt::NoPen);
  plot_.legend->setFont(plot_.xAxis->labelFont());
  plot_.legend->setTextColor(theme.text);
  plot_.legend->setVisible(visible);
}

void FindingPicture::fitAxes(const Finding& finding) {
  if (finding.matrix) {
    const QCPRange all(-0.5, static_cast<double>(finding.matrix->side) - 0.5);
    plot_.xAxis->setRange(all);
    plot_.yAxis->setRange(all);
    return;
  }
  plot_.xAxis->setRange(rangeOf(finding, true, finding.x.logarithmic));
  plot_.yAxis->setRange(rangeOf(finding, false, finding.y.logarithmic));
}

}  // namespace plexarium::ui
