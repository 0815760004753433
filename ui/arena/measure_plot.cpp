#include "ui/arena/measure_plot.h"

#include <qcustomplot.h>

#include <QComboBox>
#include <algorithm>

#include "ui/arena/body_links.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int redrawPeriod = 33;  // milliseconds

}  // namespace

MeasurePlot::MeasurePlot(SessionBridge& bridge, QWidget* parent)
    : CurvePanel(bridge, QStringLiteral("measures"), redrawPeriod, parent),
      measure_(addChoice(QStringLiteral("measureChoice"), tr("Measure"), tr("What of the body is drawn"))) {
  setAccessibleName(tr("Body"));
  plot().setAccessibleName(tr("Body"));
  connect(measure_, &QComboBox::currentIndexChanged, this, &MeasurePlot::choose);
  connect(&this->bridge(), &SessionBridge::frame, this, &MeasurePlot::onFrame);
  finish(&plot());
}

void MeasurePlot::setBody(const std::string& controller) {
  if (std::exchange(body_, controller) != controller && bridge().snapshot()) begin();
}

const QCPGraph* MeasurePlot::chosen() const {
  const auto index = static_cast<std::size_t>(std::max(measure_->currentIndex(), 0));
  return index < graphs_.size() ? graphs_[index] : nullptr;
}

int MeasurePlot::points() const { return chosen() ? chosen()->data()->size() : 0; }

void MeasurePlot::begin() {
  const WorldView* body = bodyCalled(*bridge().snapshot(), body_);
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
  letFit();
  for (std::size_t k = 0; k < graphs_.size(); ++k) graphs_[k]->setVisible(static_cast<int>(k) == measure_->currentIndex());
  if (bridge().snapshot()) setLabels(QString::fromStdString(bridge().description().tickUnit), unit());
  ask();
}

QString MeasurePlot::unit() const {
  if (!description_ || measure_->currentIndex() < 0) return {};
  const auto index = static_cast<std::size_t>(measure_->currentIndex());
  const auto measures = description_->measures.size();
  return QString::fromStdString(index < measures ? description_->measures[index].unit
                                                 : description_->sensors[index - measures].unit);
}

void MeasurePlot::onFrame() {
  const WorldView* body = bodyCalled(*bridge().snapshot(), body_);
  if (!body) return ask();
  if (body->description != description_) return begin();
  const auto measures = body->measures.size();
  for (std::size_t k = 0; k < graphs_.size(); ++k) {
    note(*graphs_[k], k < measures ? body->measures[k] : body->sensors[k - measures]);
  }
  ask();
}

void MeasurePlot::applyTheme(const WindowTheme& theme) {
  CurvePanel::applyTheme(theme);
  for (auto* graph : graphs_) graph->setPen(QPen(theme.accent, 1.6));
}

QString MeasurePlot::reading(std::optional<QPointF> at) {
  if (!bridge().snapshot() || bridge().snapshot()->worlds.empty()) return tr("This network has no body");
  if (!chosen()) return {};
  const auto point = pointAt(*chosen(), at ? std::optional(at->x()) : std::nullopt);
  if (!point) return {};
  const QString value = number(point->y()) + QLatin1Char(' ') + unit();
  return at ? tickText(point->x(), value) : value.trimmed();
}

std::string MeasurePlot::table() const {
  std::vector<Column> columns;
  for (std::size_t k = 0; k < graphs_.size(); ++k) {
    columns.push_back({measure_->itemText(static_cast<int>(k)).toStdString(), graphs_[k]});
  }
  return tableOf(columns);
}

}  // namespace plexarium::ui
