#include "ui/arena/measure_plot.h"

#include <qcustomplot.h>

#include <QComboBox>
#include <algorithm>
#include <cmath>

#include "core/io/csv.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int redrawPeriod = 33;  // milliseconds

const WorldView* bodyOf(const SessionBridge& bridge) {
  const auto& snapshot = bridge.snapshot();
  return snapshot && !snapshot->worlds.empty() ? snapshot->worlds.front().get() : nullptr;
}

}  // namespace

MeasurePlot::MeasurePlot(SessionBridge& bridge, QWidget* parent)
    : TimePanel(bridge, QStringLiteral("measures"), redrawPeriod, parent),
      measure_(addChoice(QStringLiteral("measureChoice"), tr("Measure"), tr("What of the body is drawn"))) {
  setAccessibleName(tr("Body"));
  plot().setAccessibleName(tr("Body"));
  plot().yAxis->ticker()->setTickCount(4);
  connect(measure_, &QComboBox::currentIndexChanged, this, &MeasurePlot::choose);
  connect(&this->bridge(), &SessionBridge::frame, this, &MeasurePlot::onFrame);
  finish(&plot());
}

int MeasurePlot::points() const {
  const auto chosen = static_cast<std::size_t>(std::max(measure_->currentIndex(), 0));
  return chosen < graphs_.size() ? graphs_[chosen]->data()->size() : 0;
}

void MeasurePlot::begin() {
  const WorldView* body = bodyOf(bridge());
  ownScale_ = false;
  for (auto* graph : graphs_) graph->data()->clear();
  if (body && body->description != description_) {
    description_ = body->description;
    plot().clearGraphs();
    graphs_.clear();
    const QSignalBlocker quiet(measure_);
    measure_->clear();
    const auto add = [&](const std::string& label, const std::string& help) {
      measure_->addItem(QString::fromStdString(label));
      measure_->setItemData(measure_->count() - 1, QString::fromStdString(help), Qt::ToolTipRole);
      graphs_.push_back(plot().addGraph());
    };
    for (const auto& metric : description_->measures) add(metric.label, metric.help);
    for (const auto& port : description_->sensors) add(port.label, port.help);
    const auto speed = std::ranges::find(description_->measures, "speed", &Metric::key);
    const auto first = speed == description_->measures.end() ? 0 : speed - description_->measures.begin();
    measure_->setCurrentIndex(static_cast<int>(first));
    setDark(dark());
  }
  choose();
  onFrame();
}

void MeasurePlot::choose() {
  ownScale_ = false;
  for (std::size_t k = 0; k < graphs_.size(); ++k) graphs_[k]->setVisible(static_cast<int>(k) == measure_->currentIndex());
  if (bridge().snapshot()) setLabels(QString::fromStdString(bridge().description().tickUnit), unit());
  ask();
}

QString MeasurePlot::unit() const {
  if (!description_ || measure_->currentIndex() < 0) return {};
  const auto chosen = static_cast<std::size_t>(measure_->currentIndex());
  const auto measures = description_->measures.size();
  return QString::fromStdString(chosen < measures ? description_->measures[chosen].unit
                                                  : description_->sensors[chosen - measures].unit);
}

void MeasurePlot::onFrame() {
  const WorldView* body = bodyOf(bridge());
  if (!body) return ask();
  if (body->description != description_) return begin();
  const Snapshot& now = *bridge().snapshot();
  const auto tick = static_cast<double>(now.tick);
  for (std::size_t k = 0; k < graphs_.size(); ++k) {
    auto& points = *graphs_[k]->data();
    // What lies ahead in a past that is repeated stays; at its end, nothing is known of later ticks.
    points.remove(tick);
    if (now.tick == now.headTick) points.removeAfter(tick);
    const auto measures = body->measures.size();
    points.add({tick, k < measures ? body->measures[k] : body->sensors[k - measures]});
    if (points.size() > capacity) points.removeBefore((points.constEnd() - capacity * 3 / 4)->key);
  }
  ask();
}

void MeasurePlot::draw() {
  const int chosen = measure_->currentIndex();
  if (chosen < 0 || static_cast<std::size_t>(chosen) >= graphs_.size()) return;
  bool found = false;
  const QCPRange range = graphs_[static_cast<std::size_t>(chosen)]->getValueRange(found, QCP::sdBoth, plot().xAxis->range());
  if (found && !ownScale_ && !paused()) fitValues(*plot().yAxis, std::min(range.lower, 0.0), std::max(range.upper, 0.0));
}

void MeasurePlot::applyTheme(const WindowTheme& theme) {
  TimePanel::applyTheme(theme);
  for (auto* graph : graphs_) graph->setPen(QPen(theme.accent, 1.6));
}

void MeasurePlot::panValues(double by) {
  ownScale_ = true;
  plot().yAxis->moveRange(by);
}

void MeasurePlot::zoomValues(double factor, double at) {
  ownScale_ = true;
  plot().yAxis->scaleRange(factor, at);
}

void MeasurePlot::showAll() {
  ownScale_ = false;
  TimePanel::showAll();
}

QString MeasurePlot::reading(std::optional<QPointF> at) {
  if (!bodyOf(bridge())) return tr("This network has no body");
  const int chosen = measure_->currentIndex();
  if (chosen < 0 || static_cast<std::size_t>(chosen) >= graphs_.size()) return {};
  const auto& points = *graphs_[static_cast<std::size_t>(chosen)]->data();
  if (points.isEmpty()) return {};
  const auto point = at ? points.findBegin(at->x()) : points.constEnd() - 1;
  const QString value = number(point->value) + QLatin1Char(' ') + unit();
  if (!at) return value.trimmed();
  const auto tickUnit = QString::fromStdString(bridge().description().tickUnit);
  return tr("%1 %L2 · %3").arg(tickUnit).arg(static_cast<qlonglong>(point->key)).arg(value.trimmed());
}

Tick MeasurePlot::firstTick() const {
  if (!graphs_.empty() && !graphs_[0]->data()->isEmpty()) return static_cast<Tick>(graphs_[0]->data()->constBegin()->key);
  return bridge().snapshot() ? bridge().snapshot()->tick : 0;
}

std::string MeasurePlot::table() const {
  std::string text = "tick";
  for (int k = 0; k < measure_->count(); ++k) {
    text += ',';
    appendCsvCell(text, measure_->itemText(k).toStdString());
  }
  text += '\n';
  if (graphs_.empty()) return text;
  const QCPRange shown = plot().xAxis->range();
  const auto& first = *graphs_[0]->data();
  for (auto point = first.findBegin(shown.lower, false); point != first.findEnd(shown.upper, false); ++point) {
    text += std::to_string(static_cast<Tick>(point->key));
    for (auto* graph : graphs_) {
      const auto value = (graph->data()->constBegin() + (point - first.constBegin()))->value;
      text += ',' + QByteArray::number(value, 'g', QLocale::FloatingPointShortest).toStdString();
    }
    text += '\n';
  }
  return text;
}

}  // namespace plexarium::ui
