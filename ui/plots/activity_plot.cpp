#include "ui/plots/activity_plot.h"

#include <qcustomplot.h>

#include <QComboBox>
#include <algorithm>
#include <array>

#include "core/io/csv.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int redrawPeriod = 34;          // milliseconds: at most 30 pictures a second
constexpr std::size_t pointsKept = 1500;  // about one for each pixel of a wide dock
constexpr std::size_t mostBranches = 6;   // remembered, the newest and the present one
constexpr std::array<Tick, 6> stretches{200, 1'000, 5'000, 50'000, 500'000, 0};

QString stretchName(Tick ticks, const QString& unit) {
  return ticks == 0 ? ActivityPlot::tr("whole run") : ActivityPlot::tr("last %L1 %2s").arg(ticks).arg(unit);
}

double middle(const MetricBucket& bucket) {
  return static_cast<double>(bucket.first) + static_cast<double>(bucket.count - 1) / 2;
}

}  // namespace

ActivityPlot::ActivityPlot(SessionBridge& bridge, QWidget* parent)
    : AxesPanel(bridge, QStringLiteral("activity"), redrawPeriod, parent),
      metric_(addChoice(QStringLiteral("metricChoice"), tr("Metric"), tr("What is drawn"))),
      stretch_(addChoice(QStringLiteral("stretchChoice"), tr("Stretch of time"),
                         tr("How much of the past is shown (wheel over the curve)"))),
      mean_(nullptr),
      low_(plot().addGraph()),
      high_(plot().addGraph()) {
  setAccessibleName(tr("Activity"));
  plot().setAccessibleName(tr("Activity"));
  while (others_.size() + 1 < mostBranches) others_.push_back(plot().addGraph());
  mean_ = plot().addGraph();  // above all
  high_->setChannelFillGraph(low_);
  plot().yAxis->ticker()->setTickCount(3);
  plot().xAxis->ticker()->setTickCount(7);
  for (auto* box : {metric_, stretch_}) connect(box, &QComboBox::currentIndexChanged, this, &ActivityPlot::ask);
  for (const Tick ticks : stretches) none_.emplace_back(ticks, pointsKept);
  connect(this, &PlotPanel::held, this, [this](bool on) {
    held_.reset();
    if (on && this->bridge().snapshot()) held_ = Held{branches_, this->bridge().snapshot()->branch};
  });
  connect(&this->bridge(), &SessionBridge::metrics, this, &ActivityPlot::take);
  finish(&plot());
}

void ActivityPlot::begin() {
  branches_.clear();
  held_.reset();
  if (description_ != &bridge().description()) {
    description_ = &bridge().description();
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
  for (const auto& bucket : buckets) {
    for (auto& history : historiesOf(bucket)) history.append(std::span(&bucket, 1));
  }
  ask();
}

ActivityPlot::Histories& ActivityPlot::historiesOf(const MetricBucket& bucket) {
  if (const auto known = branches_.find(bucket.branch); known != branches_.end()) return known->second;
  // The bucket may be newer than the snapshot; then the branch leaves the present one.
  const Snapshot& now = *bridge().snapshot();
  const auto told = std::ranges::find(*now.branches, bucket.branch, &Branch::number);
  const bool isTold = told != now.branches->end();
  const auto parent = branches_.find(isTold ? told->parent : now.branch);
  Histories histories = parent != branches_.end() ? parent->second : none_;
  for (auto& history : histories) history.forgetFrom(isTold ? told->fork : bucket.first);
  if (branches_.size() == mostBranches) {
    const auto oldest = branches_.begin();
    branches_.erase(oldest->first == now.branch ? std::next(oldest) : oldest);
  }
  return branches_.emplace(bucket.branch, std::move(histories)).first->second;
}

const ActivityPlot::Histories& ActivityPlot::present() const {
  if (!bridge().snapshot()) return none_;
  const auto found = shown().find(held_ ? held_->present : bridge().snapshot()->branch);
  return found != shown().end() ? found->second : none_;
}

const MetricHistory& ActivityPlot::chosenHistory(const Histories& histories) const {
  return histories[static_cast<std::size_t>(std::max(stretch_->currentIndex(), 0))];
}

std::size_t ActivityPlot::drawnPoints() const { return static_cast<std::size_t>(mean_->dataCount()); }

std::size_t ActivityPlot::drawnBranches() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(others_, [](const QCPGraph* graph) { return graph->dataCount() > 0; }));
}

void ActivityPlot::redraw() {
  if (metric_->currentIndex() < 0) return;
  const auto metric = static_cast<std::size_t>(metric_->currentIndex());
  const auto& points = chosenHistory(present()).points();
  QVector<double> ticks, mean, low, high;
  for (auto* list : {&ticks, &mean, &low, &high}) list->reserve(static_cast<qsizetype>(points.size()));
  for (const auto& point : points) {
    ticks.push_back(middle(point));
    mean.push_back(point.mean[metric]);
    low.push_back(point.minimum[metric]);
    high.push_back(point.maximum[metric]);
  }
  mean_->setData(ticks, mean, true);
  low_->setData(ticks, low, true);
  high_->setData(ticks, high, true);
  drawOthers(metric);
  metric_->setToolTip(QString::fromStdString(description_->metrics[metric].help));
  scale();
  replot();
}

void ActivityPlot::drawOthers(std::size_t metric) {
  auto graph = others_.begin();
  for (auto branch = shown().rbegin(); branch != shown().rend() && graph != others_.end(); ++branch) {
    if (&branch->second == &present()) continue;
    QVector<double> ticks, mean;
    for (const auto& point : chosenHistory(branch->second).points()) {
      ticks.push_back(middle(point));
      mean.push_back(point.mean[metric]);
    }
    (*graph++)->setData(ticks, mean, true);
  }
  for (; graph != others_.end(); ++graph) (*graph)->data()->clear();
}

void ActivityPlot::scale() {
  double begin = 0, end = 0, low = 0, high = 0;
  bool any = false;
  for (int graph = 0; graph < plot().graphCount(); ++graph) {
    bool found = false;
    const QCPRange keys = plot().graph(graph)->getKeyRange(found);
    if (!found) continue;
    begin = any ? std::min(begin, keys.lower) : keys.lower;
    end = std::max(end, keys.upper);
    any = true;
  }
  const auto span = static_cast<double>(chosenHistory(present()).span());
  bool lives = false;
  const QCPRange now = mean_->getKeyRange(lives);
  // The last so many ticks are those of the network as it lives now; other branches may have come further.
  if (span > 0 && lives) end = now.upper;
  if (span > 0) begin = std::max(0.0, end - span);
  plot().xAxis->setRange(begin, std::max(end, begin + (span > 0 ? std::min(span, 100.0) : 10)));
  for (int graph = 0; graph < plot().graphCount(); ++graph) {
    bool found = false;
    const QCPRange values = plot().graph(graph)->getValueRange(found, QCP::sdBoth, plot().xAxis->range());
    if (!found) continue;
    low = std::min(low, values.lower);
    high = std::max(high, values.upper);
  }
  if (any) fitValues(*plot().yAxis, low, high);
}

QString ActivityPlot::reading(std::optional<QPointF> at) {
  const auto points = mean_->data();
  if (points->isEmpty() || metric_->currentIndex() < 0) return {};
  const auto point = at ? points->findBegin(at->x()) : points->constEnd() - 1;
  QString value = number(point->value);
  const auto& unit = description_->metrics[static_cast<std::size_t>(metric_->currentIndex())].unit;
  if (!unit.empty()) value += QLatin1Char(' ') + QString::fromStdString(unit);
  if (!at) return value;
  const auto tickUnit = QString::fromStdString(description_->tickUnit);
  return tr("%1 %L2 · %3").arg(tickUnit).arg(static_cast<qlonglong>(point->key)).arg(value);
}

void ActivityPlot::zoom(double factor, QPointF, Qt::KeyboardModifiers) {
  const int step = factor < 1 ? -1 : 1;
  stretch_->setCurrentIndex(std::clamp(stretch_->currentIndex() + step, 0, stretch_->count() - 1));
}

void ActivityPlot::showAll() { stretch_->setCurrentIndex(stretch_->count() - 1); }

void ActivityPlot::applyTheme(const WindowTheme& theme) {
  AxesPanel::applyTheme(theme);
  mean_->setPen(QPen(theme.accent, 1.5));
  low_->setPen(Qt::NoPen);
  high_->setPen(Qt::NoPen);
  QColor band = theme.accent;
  band.setAlpha(60);
  high_->setBrush(band);
  for (auto* other : others_) other->setPen(QPen(theme.dim, 1, Qt::DashLine));
}

std::string ActivityPlot::table() const {
  std::string text = "first_tick,ticks";
  for (const auto& metric : description_->metrics) {
    for (const char* which : {"minimum", "mean", "maximum"}) {
      text += ',';
      appendCsvCell(text, metric.key + ' ' + which);
    }
  }
  text += '\n';
  const auto exact = [](double value) {
    return QByteArray::number(value, 'g', QLocale::FloatingPointShortest).toStdString();
  };
  for (const auto& point : chosenHistory(present()).points()) {
    text += std::to_string(point.first) + ',' + std::to_string(point.count);
    for (std::size_t metric = 0; metric < point.mean.size(); ++metric) {
      for (const double value : {point.minimum[metric], point.mean[metric], point.maximum[metric]})
        text += ',' + exact(value);
    }
    text += '\n';
  }
  return text;
}

}  // namespace plexarium::ui
