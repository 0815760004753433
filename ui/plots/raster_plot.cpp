#include "ui/plots/raster_plot.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/io/csv.h"
#include "ui/plots/fitting_ticker.h"
#include "ui/plots/neuron_names.h"
#include "ui/plots/pixel_layer.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int redrawPeriod = 30;    // milliseconds
constexpr double fewestRows = 4;    // when zoomed in as far as it goes
constexpr double widestMark = 3;    // pixels
constexpr double markHeight = 0.4;  // of a row, to either side of its middle
constexpr double recentSeconds = 0.3;
constexpr qint64 sortPeriod = 2000;  // milliseconds: rows that never stand still cannot be read
enum Order : int { ById, ByRole, ByRate, ByField };

QRgb premultiplied(QColor colour, int alpha) {
  colour.setAlpha(alpha);
  return qPremultiply(colour.rgba());
}

}  // namespace

RasterPlot::RasterPlot(SessionBridge& bridge, Selection& selection, QWidget* parent)
    : TimePanel(bridge, QStringLiteral("raster"), redrawPeriod, parent),
      selection_(selection),
      order_(addChoice(QStringLiteral("rasterOrder"), tr("Order of the rows"), tr("Order of the rows"))),
      tape_(bridge),
      reader_(bridge) {
  setAccessibleName(tr("Spike raster"));
  plot().setAccessibleName(tr("Spike raster"));
  order_->addItems({tr("By number"), tr("By role"), tr("By rate")});
  new PixelLayer(plot().xAxis, plot().yAxis, [this](PixelView& view) { paint(view); });
  plot().yAxis->setRangeReversed(true);
  plot().yAxis->grid()->setVisible(false);
  plot().yAxis->setTicker(QSharedPointer<FittingTicker>::create(*plot().yAxis, [this](int row) {
    return row >= 0 && static_cast<std::size_t>(row) < rows_.size() ? nameOf(static_cast<std::size_t>(row)) : QString();
  }));
  connect(order_, &QComboBox::currentIndexChanged, this, &RasterPlot::sort);
  connect(&reader_, &FieldReader::looked, this, [this] {
    arrange();
    ask();
  });
  connect(&reader_, &FieldReader::refused, this, &RasterPlot::refused);
  connect(&selection_, &Selection::changed, this, [this] {
    lightRows();
    ask();
  });
  connect(&this->bridge(), &SessionBridge::frame, this, &RasterPlot::onFrame);
  connect(&tape_, &SpikeTape::grown, this, &RasterPlot::ask);
  finish(&plot());
}

RasterPlot::~RasterPlot() = default;

void RasterPlot::showEvent(QShowEvent* event) {
  TimePanel::showEvent(event);
  if (bridge().snapshot()) shownSince_ = bridge().snapshot()->tick;
  tape_.listen(true);
}

void RasterPlot::hideEvent(QHideEvent* event) {
  TimePanel::hideEvent(event);
  tape_.listen(false);
}

void RasterPlot::begin() {
  rowOfLane_.clear();
  shownSince_ = bridge().snapshot()->tick;
  arranged_ = {};
  if (description_ != &bridge().description()) chooseFields();
  setLabels(QString::fromStdString(bridge().description().tickUnit), {});
  onFrame();
  showRows();
}

/// Another dynamics may not have the field that rows stood by.
void RasterPlot::chooseFields() {
  const QSignalBlocker quiet(order_);
  description_ = &bridge().description();
  fields_.clear();
  while (order_->count() > ByField) order_->removeItem(ByField);
  for (std::size_t field = 0; field < description_->neuronFields.size(); ++field) {
    const Field& one = description_->neuronFields[field];
    if (!one.evolves || one.type == FieldType::Choice || one.type == FieldType::Flag) continue;
    fields_.push_back(field);
    order_->addItem(tr("By %1").arg(QString::fromStdString(one.label).toLower()));
    order_->setItemData(order_->count() - 1, QString::fromStdString(one.help), Qt::ToolTipRole);
  }
}

void RasterPlot::onFrame() {
  const Snapshot& now = *bridge().snapshot();
  if (now.graph.ids != arranged_.ids || now.graph.roles != arranged_.roles || now.graph.names != arranged_.names) arrange();
  const bool moving = order_->currentIndex() >= ByRate && isVisible() && !paused();
  if (moving && (!sinceSorted_.isValid() || sinceSorted_.elapsed() >= sortPeriod)) sort();
  ask();
}

void RasterPlot::sort() {
  if (!bridge().snapshot()) return;
  sinceSorted_.start();
  const int field = order_->currentIndex() - ByField;
  if (field >= 0) reader_.ask(false, fields_[static_cast<std::size_t>(field)]);
  arrange();
  ask();
}

/// Firings in what is shown, negative: the busiest on top.
std::vector<double> RasterPlot::ratesShown() const {
  std::vector<double> spikes(arranged_.ids->size(), 0.0);
  const QCPRange shown = plot().xAxis->range();
  const auto& neurons = history().neurons();
  std::vector<std::optional<std::size_t>> rowOf;
  for (const auto neuron : neurons) rowOf.push_back(arranged_.row(neuron));
  history().each(static_cast<Tick>(shown.lower), static_cast<Tick>(shown.upper),
                 [&](Tick, std::span<const std::uint32_t> lanes) {
                   for (const auto lane : lanes) {
                     if (rowOf[lane]) spikes[*rowOf[lane]] -= 1;
                   }
                 });
  return spikes;
}

std::vector<double> RasterPlot::sortKeys() const {
  const int order = order_->currentIndex();
  std::vector<double> keys;
  if (order <= ById) return keys;
  keys.resize(arranged_.ids->size());
  if (order == ByRole) {
    std::ranges::transform(*arranged_.roles, keys.begin(), [](Role role) { return static_cast<double>(role); });
  } else if (order == ByRate) {
    return ratesShown();
  } else {
    const FieldLook* look = reader_.look();
    if (!look || look->field != fields_[static_cast<std::size_t>(order - ByField)]) return {};
    for (std::size_t k = 0; k < look->ids.size(); ++k) {
      if (const auto row = arranged_.row(look->ids[k])) keys[*row] = -columnValue(*look->values, k);
    }
  }
  return keys;
}

void RasterPlot::arrange() {
  const bool all = rows_.empty() || plot().yAxis->range().size() >= static_cast<double>(rows_.size());
  arranged_ = bridge().snapshot()->graph;
  const auto keys = sortKeys();
  graphRow_.resize(arranged_.ids->size());
  std::iota(graphRow_.begin(), graphRow_.end(), std::size_t{0});
  if (!keys.empty()) {
    std::ranges::stable_sort(graphRow_, {}, [&](std::size_t row) { return keys[row]; });
  }
  rows_.resize(graphRow_.size());
  rowOf_.resize(graphRow_.size());
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    rows_[row] = (*arranged_.ids)[graphRow_[row]];
    rowOf_[graphRow_[row]] = static_cast<std::int32_t>(row);
  }
  rowOfLane_.clear();
  lightRows();
  if (all) showRows();
  keepRows();
}

void RasterPlot::mapLanes() {
  const auto& neurons = history().neurons();
  if (rowOfLane_.size() > neurons.size()) rowOfLane_.clear();
  for (std::size_t lane = rowOfLane_.size(); lane < neurons.size(); ++lane) {
    const auto row = arranged_.row(neurons[lane]);
    rowOfLane_.push_back(row ? rowOf_[*row] : gone);
  }
}

void RasterPlot::lightRows() {
  lit_.assign(rows_.size(), 0);
  for (const auto neuron : selection_.neurons()) {
    if (!arranged_.ids) return;
    if (const auto row = arranged_.row(neuron)) lit_[static_cast<std::size_t>(rowOf_[*row])] = 1;
  }
}

void RasterPlot::showRows() { plot().yAxis->setRange(-0.5, std::max(static_cast<double>(rows_.size()), 1.0) - 0.5); }

void RasterPlot::keepRows() { keepWithin(*plot().yAxis, {-0.5, std::max(static_cast<double>(rows_.size()), 1.0) - 0.5}); }

void RasterPlot::panValues(double by) {
  plot().yAxis->moveRange(by);
  keepRows();
}

void RasterPlot::zoomValues(double factor, double at) {
  const double size = plot().yAxis->range().size();
  plot().yAxis->scaleRange(std::max(factor, std::min(1.0, fewestRows / size)), at);
  keepRows();
}

void RasterPlot::showAll() {
  showRows();
  TimePanel::showAll();
}

void RasterPlot::draw() {
  mapLanes();
  tape_.recall(static_cast<Tick>(std::floor(plot().xAxis->range().lower)));
}

void RasterPlot::paint(PixelView& view) {
  drawn_ = 0;
  shadeGaps(view);
  for (std::size_t row = 0; row < lit_.size(); ++row) {
    const auto middle = static_cast<double>(row);
    if (lit_[row]) view.fill({0, view.width()}, view.down(middle - 0.5, middle + 0.5), band_);
  }
  std::vector<PixelView::Pixels> bars(rows_.size());
  for (std::size_t row = 0; row < bars.size(); ++row) {
    bars[row] = view.down(static_cast<double>(row) - markHeight, static_cast<double>(row) + markHeight);
  }
  const int width = static_cast<int>(std::clamp(view.pixelsPerX() * 0.8, 1.0, widestMark));
  const QCPRange shown = plot().xAxis->range();
  history().each(static_cast<Tick>(std::floor(shown.lower)), static_cast<Tick>(std::ceil(shown.upper)),
                 [&](Tick tick, std::span<const std::uint32_t> lanes) {
                   const int left = static_cast<int>(view.x(static_cast<double>(tick)));
                   for (const auto lane : lanes) {
                     if (lane >= rowOfLane_.size() || rowOfLane_[lane] == gone) continue;
                     const auto row = static_cast<std::size_t>(rowOfLane_[lane]);
                     view.fill({left, left + width}, bars[row], lit_[row] ? light_ : ink_);
                     ++drawn_;
                   }
                 });
}

void RasterPlot::shadeGaps(PixelView& view) const {
  const QCPRange shown = plot().xAxis->range();
  const double end = std::min(std::floor(shown.upper), std::max(now(), edge()));
  coverage().eachGap(
      std::max(static_cast<Tick>(std::floor(shown.lower)), Tick{0}), static_cast<Tick>(end), [&](Tick first, Tick last) {
        view.fill(view.across(static_cast<double>(first), static_cast<double>(last)), {0, view.height()}, shade_);
      });
}

std::optional<std::size_t> RasterPlot::rowAt(double y) const {
  const double row = std::round(y);
  if (row < 0 || row >= static_cast<double>(rows_.size())) return {};
  return static_cast<std::size_t>(row);
}

QString RasterPlot::nameOf(std::size_t row) const { return neuronName(arranged_, graphRow_[row]); }

void RasterPlot::click(QPointF at, Qt::KeyboardModifiers keys) {
  const auto row = rowAt(at.y());
  if (!row) return;
  if (keys & Qt::ShiftModifier) {
    selection_.toggle(rows_[*row]);
  } else {
    selection_.set({rows_[*row]}, {});
  }
}

QString RasterPlot::gapAt(Tick tick) const {
  if (tick < 0 || static_cast<double>(tick) >= std::max(now(), edge()) || coverage().has(tick)) return {};
  return tick < shownSince_ ? tr("not recorded: this plot was closed") : tr("not recorded: faster than can be watched");
}

QString RasterPlot::reading(std::optional<QPointF> at) {
  if (!at) return tooFast() ? tr("%L1 spikes · too fast to record every one").arg(drawn_) : tr("%L1 spikes").arg(drawn_);
  const auto row = rowAt(at->y());
  if (!row) return {};
  const auto tick = static_cast<Tick>(std::floor(at->x()));
  const QString gap = gapAt(tick);
  return tr("%1 %L2 · %3")
      .arg(QString::fromStdString(bridge().description().tickUnit))
      .arg(tick)
      .arg(gap.isEmpty() ? nameOf(*row) : gap);
}

/// The newest tick that was looked at: spikes come with the frame, and where not every tick is looked at, a snapshot may lie
/// between two stretches that were.
double RasterPlot::edge() const {
  if (!bridge().snapshot()) return now();
  const Snapshot& last = *bridge().snapshot();
  const bool fresh = last.running && last.tick == last.headTick && coverage().end() > shownSince_;
  return fresh ? static_cast<double>(coverage().end()) : now();
}

bool RasterPlot::tooFast() const {
  if (!bridge().snapshot() || !bridge().snapshot()->running) return false;
  const Tick end = coverage().end();
  return coverage().firstGap(std::max(shownSince_, end - static_cast<Tick>(tape_.rate() * recentSeconds)), end) < end;
}

Tick RasterPlot::firstTick() const { return history().size() > 0 ? history().firstTick() : static_cast<Tick>(now()); }

void RasterPlot::applyTheme(const WindowTheme& theme) {
  TimePanel::applyTheme(theme);
  ink_ = theme.text.rgba();
  light_ = theme.accent.rgba();
  band_ = premultiplied(theme.accent, 50);
  shade_ = premultiplied(theme.raised, 150);
}

std::string RasterPlot::table() const {
  std::string text = "tick,neuron,name\n";
  const QCPRange shown = plot().xAxis->range();
  const QCPRange rows = plot().yAxis->range();
  history().each(static_cast<Tick>(std::ceil(shown.lower)), static_cast<Tick>(std::floor(shown.upper)),
                 [&](Tick tick, std::span<const std::uint32_t> lanes) {
                   for (const auto lane : lanes) {
                     if (lane >= rowOfLane_.size() || !rows.contains(rowOfLane_[lane])) continue;
                     text += std::to_string(tick) + ',' + std::to_string(history().neurons()[lane].value) + ',';
                     appendCsvCell(text, (*arranged_.names)[graphRow_[static_cast<std::size_t>(rowOfLane_[lane])]]);
                     text += '\n';
                   }
                 });
  return text;
}

}  // namespace plexarium::ui
