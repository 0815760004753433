#include "ui/plots/activity_plot.h"

#include <qcustomplot.h>

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/inspector/field_editor.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int redrawPeriod = 34;          // milliseconds: at most 30 pictures a second
constexpr std::size_t pointsKept = 1500;  // about one for each pixel of a wide dock
constexpr std::array<Tick, 6> stretches{200, 1'000, 5'000, 50'000, 500'000, 0};

QString stretchName(Tick ticks, const QString& unit) {
  return ticks == 0 ? ActivityPlot::tr("whole run") : ActivityPlot::tr("last %L1 %2s").arg(ticks).arg(unit);
}

}  // namespace

ActivityPlot::ActivityPlot(SessionBridge& bridge, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      metric_(new QComboBox(this)),
      stretch_(new QComboBox(this)),
      reading_(new QLabel(this)),
      plot_(new QCustomPlot(this)) {
  setObjectName(QStringLiteral("activity"));
  metric_->setObjectName(QStringLiteral("metricChoice"));
  metric_->setAccessibleName(tr("Metric"));
  stretch_->setObjectName(QStringLiteral("stretchChoice"));
  stretch_->setAccessibleName(tr("Stretch of time"));
  stretch_->setToolTip(tr("How much of the past is shown (wheel over the curve)"));
  reading_->setObjectName(QStringLiteral("metricReading"));
  reading_->setProperty("class", QStringLiteral("dim"));
  reading_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  for (auto* box : {metric_, stretch_}) {
    keepKeys(box);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(box, &QComboBox::currentIndexChanged, this, &ActivityPlot::ask);
  }
  low_ = plot_->addGraph();
  high_ = plot_->addGraph();
  mean_ = plot_->addGraph();
  high_->setChannelFillGraph(low_);
  plot_->setFocusPolicy(Qt::NoFocus);
  plot_->setAttribute(Qt::WA_TransparentForMouseEvents);
  plot_->setMinimumHeight(90);
  plot_->yAxis->ticker()->setTickCount(3);
  plot_->xAxis->ticker()->setTickCount(7);

  auto* row = new QHBoxLayout;
  row->setContentsMargins(12, 4, 14, 4);
  row->setSpacing(8);
  row->addWidget(metric_);
  row->addWidget(stretch_);
  row->addWidget(reading_, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(row);
  layout->addWidget(plot_, 1);

  for (const Tick ticks : stretches) histories_.emplace_back(ticks, pointsKept);
  redrawTimer_.setSingleShot(true);
  redrawTimer_.setInterval(redrawPeriod);
  connect(&redrawTimer_, &QTimer::timeout, this, &ActivityPlot::redraw);
  connect(&bridge_, &SessionBridge::opened, this, &ActivityPlot::begin);
  connect(&bridge_, &SessionBridge::metrics, this, &ActivityPlot::take);
  setDark(true);
  if (bridge_.snapshot()) begin();
}

void ActivityPlot::begin() {
  for (auto& history : histories_) history.clear();
  if (description_ != &bridge_.description()) {
    description_ = &bridge_.description();
    metric_->clear();
    for (const auto& metric : description_->metrics) {
      metric_->addItem(QString::fromStdString(metric.label));
      metric_->setItemData(metric_->count() - 1, QString::fromStdString(metric.help), Qt::ToolTipRole);
    }
    const int chosen = std::max(stretch_->currentIndex(), 0);
    stretch_->clear();
    for (const Tick ticks : stretches) stretch_->addItem(stretchName(ticks, QString::fromStdString(description_->tickUnit)));
    stretch_->setCurrentIndex(chosen);
  }
  ask();
}

void ActivityPlot::take(const std::vector<MetricBucket>& buckets) {
  for (auto& history : histories_) history.append(buckets);
  ask();
}

void ActivityPlot::ask() {
  stale_ = true;
  if (!redrawTimer_.isActive() && isVisible()) redrawTimer_.start();
}

void ActivityPlot::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (stale_) ask();
}

const MetricHistory& ActivityPlot::chosenHistory() const {
  return histories_[static_cast<std::size_t>(std::max(stretch_->currentIndex(), 0))];
}

std::size_t ActivityPlot::drawnPoints() const { return static_cast<std::size_t>(mean_->dataCount()); }

void ActivityPlot::redraw() {
  if (!isVisible() || visibleRegion().isEmpty() || metric_->currentIndex() < 0) return;
  stale_ = false;
  const auto metric = static_cast<std::size_t>(metric_->currentIndex());
  const MetricHistory& history = chosenHistory();
  const auto count = static_cast<int>(history.points().size());
  QVector<double> ticks, mean, low, high;
  for (auto* list : {&ticks, &mean, &low, &high}) list->reserve(count);
  for (const auto& point : history.points()) {
    ticks.push_back(static_cast<double>(point.first) + static_cast<double>(point.count - 1) / 2);
    mean.push_back(point.mean[metric]);
    low.push_back(point.minimum[metric]);
    high.push_back(point.maximum[metric]);
  }
  mean_->setData(ticks, mean, true);
  low_->setData(ticks, low, true);
  high_->setData(ticks, high, true);
  const double end = count ? ticks.back() : 0;
  const auto span = static_cast<double>(history.span());
  const double begin = history.span() == 0 ? (count ? ticks.front() : 0) : std::max(0.0, end - span);
  plot_->xAxis->setRange(begin, std::max(end, begin + (history.span() == 0 ? 10 : std::min(span, 100.0))));
  if (count) {
    scaleValues(*std::min_element(low.begin(), low.end()), *std::max_element(high.begin(), high.end()));
    const auto& shown = description_->metrics[metric];
    QString value = QString::number(mean.back(), 'g', 4);
    if (!shown.unit.empty()) value += QLatin1Char(' ') + QString::fromStdString(shown.unit);
    reading_->setText(value);
    metric_->setToolTip(QString::fromStdString(shown.help));
  } else {
    reading_->clear();
  }
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

/// Grows at once and shrinks only when much room is left over, so that the scale does not breathe with every pulse.
void ActivityPlot::scaleValues(double low, double high) {
  low = std::min(low, 0.0);
  if (high <= low) high = low + 1;
  const QCPRange now = plot_->yAxis->range();
  const double room = (high - low) * 0.08;
  if (low < now.lower || high > now.upper || (high - low) < 0.5 * now.size()) {
    plot_->yAxis->setRange(low < 0 ? low - room : 0, high + room);
  }
}

void ActivityPlot::wheelEvent(QWheelEvent* event) {
  const int step = event->angleDelta().y() > 0 ? -1 : event->angleDelta().y() < 0 ? 1 : 0;
  stretch_->setCurrentIndex(std::clamp(stretch_->currentIndex() + step, 0, stretch_->count() - 1));
  event->accept();
}

void ActivityPlot::setDark(bool dark) {
  const WindowTheme& theme = WindowTheme::of(dark);
  plot_->setBackground(theme.window);
  plot_->axisRect()->setBackground(theme.base);
  for (auto* axis : {plot_->xAxis, plot_->yAxis}) {
    axis->setBasePen(QPen(theme.border));
    axis->setTickPen(QPen(theme.border));
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(theme.dim);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    axis->setTickLabelFont(small);
    axis->grid()->setPen(QPen(theme.border, 0.5, Qt::DotLine));
    axis->grid()->setZeroLinePen(Qt::NoPen);
    axis->setNumberFormat(QStringLiteral("gb"));
    axis->setNumberPrecision(6);
  }
  mean_->setPen(QPen(theme.accent, 1.5));
  low_->setPen(Qt::NoPen);
  high_->setPen(Qt::NoPen);
  QColor band = theme.accent;
  band.setAlpha(60);
  high_->setBrush(band);
  stale_ = true;
  ask();
}

}  // namespace plexarium::ui
