#include "ui/plots/trace_plot.h"

#include <qcustomplot.h>

#include <QComboBox>
#include <QToolButton>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/plots/neuron_names.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int redrawPeriod = 33;  // milliseconds
// M. Okabe and K. Ito, "Color Universal Design" (2002), for a dark ground and for a light one; then the same dashed.
constexpr std::array<QRgb, 6> darkHues{0x56b4e9, 0xe69f00, 0x2fc596, 0xf0e442, 0xcc79a7, 0xf0703a};
constexpr std::array<QRgb, 6> lightHues{0x0072b2, 0xb87a00, 0x008a66, 0x8a7f00, 0xa04f80, 0xcf4f0c};
constexpr QSize iconSize(18, 10);  // pixels
constexpr int longestName = 110;
constexpr int lineSpacing = 2;
constexpr int descent = 3;  // pixels: an entry cuts off what hangs below the line

/// To the right of the axes, at their top, where it covers nothing.
void makeLegend(QCustomPlot& plot) {
  auto* side = new QCPLayoutGrid;
  side->setRowSpacing(0);
  plot.plotLayout()->addElement(0, 1, side);
  plot.plotLayout()->setColumnStretchFactor(1, 0.001);
  side->addElement(0, 0, plot.legend);
  side->addElement(1, 0, new QCPLayoutElement(&plot));
  side->setRowStretchFactor(0, 0.001);
  plot.setAutoAddPlottableToLegend(false);
  plot.legend->setVisible(true);
  plot.legend->setMargins(QMargins(0, 4, 6, 0));
  plot.legend->setIconSize(iconSize);
  plot.legend->setRowSpacing(lineSpacing);
  plot.legend->setColumnSpacing(8);
  plot.legend->setBrush(Qt::NoBrush);
  plot.legend->setBorderPen(Qt::NoPen);
}

}  // namespace

TracePlot::TracePlot(SessionBridge& bridge, Selection& selection, QWidget* parent)
    : CurvePanel(bridge, QStringLiteral("traces"), redrawPeriod, parent),
      selection_(selection),
      field_(addChoice(QStringLiteral("traceField"), tr("Value"), tr("Which value of the selected neurons is drawn"))),
      pin_(addButton(QStringLiteral("tracePin"), tr("Pin"), tr("Keep these curves when something else is selected"), false)),
      unpin_(addButton(QStringLiteral("traceUnpin"), tr("Unpin"), tr("Let go of the pinned curves"), false)),
      cursor_(new QCPItemStraightLine(&plot())) {
  setAccessibleName(tr("Traces"));
  plot().setAccessibleName(tr("Traces"));
  cursor_->setVisible(false);
  makeLegend(plot());
  connect(field_, &QComboBox::currentIndexChanged, this, &TracePlot::follow);
  connect(pin_, &QToolButton::clicked, this, &TracePlot::pinAll);
  connect(unpin_, &QToolButton::clicked, this, &TracePlot::unpinAll);
  connect(&selection_, &Selection::changed, this, &TracePlot::follow);
  connect(&this->bridge(), &SessionBridge::frame, this, &TracePlot::onFrame);
  finish(&plot());
}

TracePlot::~TracePlot() { bridge().watch(this, {}); }

void TracePlot::begin() {
  for (const auto& curve : curves_) plot().removeGraph(curve.graph);
  curves_.clear();
  letFit();
  setLabels(QString::fromStdString(bridge().description().tickUnit), {});
  if (description_ != &bridge().description()) {
    description_ = &bridge().description();
    const QSignalBlocker quiet(field_);
    field_->clear();
    int favourite = -1;
    for (const auto& field : description_->neuronFields) {
      field_->addItem(QString::fromStdString(field.label));
      field_->setItemData(field_->count() - 1, QString::fromStdString(field.help), Qt::ToolTipRole);
      if (favourite < 0 && field.evolves) favourite = field_->count() - 1;
    }
    field_->setCurrentIndex(std::max(favourite, 0));
  }
  follow();
}

void TracePlot::follow() {
  if (!description_ || field_->currentIndex() < 0) return;
  const auto field = static_cast<std::size_t>(field_->currentIndex());
  const auto& wanted = selection_.neurons();
  std::erase_if(curves_, [&](const Curve& curve) {
    const bool stays = curve.pinned || (curve.field == field && std::ranges::binary_search(wanted, curve.neuron));
    if (!stays) plot().removeGraph(curve.graph);
    return !stays;
  });
  for (const auto neuron : wanted) {
    if (curves_.size() == mostCurves) break;
    add(neuron, field, false);
  }
  legendWidth_ = 0;
  watch();
  onFrame();
}

void TracePlot::pin(NeuronId neuron, std::size_t field) {
  add(neuron, field, true);
  watch();
  ask();
}

void TracePlot::add(NeuronId neuron, std::size_t field, bool pinned) {
  for (auto& curve : curves_) {
    if (curve.neuron != neuron || curve.field != field) continue;
    curve.pinned = curve.pinned || pinned;
    return;
  }
  std::size_t style = 0;
  while (std::ranges::count(curves_, style, &Curve::style) > 0) ++style;
  curves_.push_back({neuron, field, pinned, style, plot().addGraph()});
  paintCurve(curves_.back());
}

void TracePlot::pinAll() {
  for (auto& curve : curves_) curve.pinned = true;
  ask();
}

void TracePlot::unpinAll() {
  for (auto& curve : curves_) curve.pinned = false;
  follow();
}

void TracePlot::watch() {
  Watch wanted;
  for (const auto& curve : curves_) {
    if (std::ranges::find(wanted.neurons, curve.neuron) == wanted.neurons.end()) wanted.neurons.push_back(curve.neuron);
  }
  bridge().watch(this, std::move(wanted));
}

void TracePlot::onFrame() {
  if (!bridge().snapshot()) return;
  const auto& watched = bridge().snapshot()->watchedNeurons;
  for (const auto& curve : curves_) {
    const auto seen = std::ranges::find(watched, curve.neuron, &WatchedNeuron::id);
    note(*curve.graph, seen == watched.end() ? std::nullopt : std::optional(seen->values[curve.field]));
  }
  ask();
}

void TracePlot::draw() {
  for (const auto& curve : curves_) curve.graph->setName(legendText(curve));
  fitCurves();
  arrangeLegend();
  cursor_->setVisible(cursorTick_.has_value());
  if (cursorTick_) {
    cursor_->point1->setCoords(*cursorTick_, 0);
    cursor_->point2->setCoords(*cursorTick_, 1);
  }
  pin_->setEnabled(std::ranges::any_of(curves_, [](const Curve& curve) { return !curve.pinned; }));
  unpin_->setEnabled(std::ranges::any_of(curves_, &Curve::pinned));
}

/// As many entries as there is room for, in columns that take half of the width at most; the reading says how many are left
/// out.
void TracePlot::arrangeLegend() {
  QCPLegend& legend = *plot().legend;
  const QFontMetrics metrics(legend.font());
  for (const auto& curve : curves_) {
    const int text = metrics.horizontalAdvance(curve.graph->name()) + metrics.averageCharWidth();
    legendWidth_ = std::max(legendWidth_, iconSize.width() + legend.iconTextPadding() + text);
  }
  const auto all = static_cast<int>(curves_.size());
  const int rows =
      std::max(1, (plot().viewport().height() - legend.margins().top()) / (metrics.height() + descent + lineSpacing));
  const int columns = std::clamp(plot().viewport().width() / 2 / std::max(legendWidth_, 1), 1, (all + rows - 1) / rows + 1);
  listed_ = std::min(all, rows * columns);
  legend.clearItems();
  legend.setWrap(rows);
  for (int entry = 0; entry < listed_; ++entry) {
    const auto& curve = curves_[static_cast<std::size_t>(entry)];
    curve.graph->addToLegend(&legend);
    legend.item(entry)->setMinimumSize(legendWidth_, metrics.height() + descent);
  }
}

QString TracePlot::nameOf(const Curve& curve) const {
  const auto& graph = bridge().snapshot()->graph;
  const auto row = graph.row(curve.neuron);
  return row ? neuronName(graph, *row) : tr("#%1 (gone)").arg(curve.neuron.value);
}

QString TracePlot::legendText(const Curve& curve) const {
  const Field& field = description_->neuronFields[curve.field];
  QString text = QFontMetrics(plot().legend->font()).elidedText(nameOf(curve), Qt::ElideRight, longestName);
  if (static_cast<int>(curve.field) != field_->currentIndex())
    text += QStringLiteral(" · ") + QString::fromStdString(field.label);
  const auto point = pointAt(*curve.graph, cursorTick_);
  if (point && !std::isnan(point->y())) text += QStringLiteral(": ") + number(point->y());
  if (!field.unit.empty()) text += QLatin1Char(' ') + QString::fromStdString(field.unit);
  if (curve.pinned) text += tr(" (pinned)");
  return text;
}

QString TracePlot::reading(std::optional<QPointF> at) {
  const auto tick = at ? std::optional(std::round(at->x())) : std::nullopt;
  if (std::exchange(cursorTick_, tick) != tick) ask();
  if (curves_.empty()) return tr("Select neurons to see their values");
  const int left = static_cast<int>(curves_.size()) - listed_;
  if (!tick) return left > 0 ? tr("%1 more than the list has room for").arg(left) : QString();
  return tickText(*tick, number(at->y()));
}

void TracePlot::paintCurve(const Curve& curve) {
  const auto& hues = dark() ? darkHues : lightHues;
  const bool dashed = curve.style >= hues.size();
  curve.graph->setPen(QPen(QColor(hues[curve.style % hues.size()]), 1.5, dashed ? Qt::DashLine : Qt::SolidLine));
}

void TracePlot::applyTheme(const WindowTheme& theme) {
  TimePanel::applyTheme(theme);
  for (const auto& curve : curves_) paintCurve(curve);
  plot().legend->setTextColor(theme.text);
  plot().legend->setFont(plot().xAxis->tickLabelFont());
  legendWidth_ = 0;
  cursor_->setPen(QPen(theme.dim, 1, Qt::DotLine));
}

std::string TracePlot::table() const {
  std::vector<Column> columns;
  for (const auto& curve : curves_) {
    const auto& key = description_->neuronFields[curve.field].key;
    columns.push_back({(nameOf(curve) + QLatin1Char(' ')).toStdString() + key, curve.graph});
  }
  return tableOf(columns);
}

}  // namespace plexarium::ui
