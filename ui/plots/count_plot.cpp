#include "ui/plots/count_plot.h"

#include <QAreaSeries>
#include <QBarCategoryAxis>
#include <QBarSeries>
#include <QBarSet>
#include <QChartView>
#include <QComboBox>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLineSeries>
#include <QValueAxis>
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/io/csv.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int redrawPeriod = 200;  // milliseconds
constexpr std::size_t bins = 40;

std::size_t rowsOf(const Column& values) {
  return std::visit([](const auto& list) { return list.size(); }, values);
}

/// The end of an axis above `count`: 1, 2 or 5 times a power of ten, so that it seldom moves.
double roundUp(double count) {
  const double power = std::pow(10, std::floor(std::log10(std::max(count, 1.0))));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (count <= step * power) return step * power;
  }
  return 10 * power;
}

}  // namespace

CountPlot::CountPlot(SessionBridge& bridge, QWidget* parent)
    : PlotPanel(bridge, QStringLiteral("counts"), redrawPeriod, parent),
      what_(addChoice(QStringLiteral("countsOf"), tr("Counted"), tr("What is counted"))),
      chart_(new QChart),
      view_(new QChartView(chart_, this)),
      bars_(new QBarSet(QString())),
      named_(new QBarSeries(chart_)),
      outline_(new QLineSeries(chart_)),
      binned_(new QAreaSeries(outline_)),
      nameAxis_(new QBarCategoryAxis),
      valueAxis_(new QValueAxis),
      countAxis_(new QValueAxis),
      reader_(bridge, this) {
  setAccessibleName(tr("Counts"));
  view_->setAccessibleName(tr("Counts"));
  makeChart();
  connect(what_, &QComboBox::currentIndexChanged, this, &CountPlot::ask);
  connect(&this->bridge(), &SessionBridge::frame, this, &CountPlot::ask);
  connect(&reader_, &FieldReader::looked, this, &CountPlot::onLook);
  connect(&reader_, &FieldReader::refused, this, &CountPlot::setReading);
  finish(view_);
}

void CountPlot::makeChart() {
  chart_->setAnimationOptions(QChart::NoAnimation);
  chart_->legend()->hide();
  chart_->layout()->setContentsMargins(0, 0, 0, 0);
  chart_->setMargins(QMargins(8, 4, 14, 4));
  chart_->setBackgroundRoundness(0);
  view_->setFrameShape(QFrame::NoFrame);
  view_->setRenderHint(QPainter::Antialiasing);
  view_->setMinimumHeight(90);
  view_->setFocusPolicy(Qt::StrongFocus);
  view_->installEventFilter(this);
  view_->viewport()->installEventFilter(this);
  view_->viewport()->setMouseTracking(true);
  named_->append(bars_);
  named_->setBarWidth(0.7);
  chart_->addSeries(named_);
  chart_->addSeries(binned_);
  chart_->addAxis(nameAxis_, Qt::AlignBottom);
  chart_->addAxis(valueAxis_, Qt::AlignBottom);
  chart_->addAxis(countAxis_, Qt::AlignLeft);
  named_->attachAxis(nameAxis_);
  named_->attachAxis(countAxis_);
  binned_->attachAxis(valueAxis_);
  binned_->attachAxis(countAxis_);
  countAxis_->setLabelFormat(QStringLiteral("%d"));
  countAxis_->setTickCount(3);
  valueAxis_->setTickCount(5);
  valueAxis_->setLabelFormat(QStringLiteral("%.4g"));
}

void CountPlot::begin() {
  counted_.reset();
  if (description_ != &bridge().description()) listSubjects();
  ask();
}

void CountPlot::listSubjects() {
  description_ = &bridge().description();
  subjects_ = {{Of::Phase, 0}, {Of::Role, 0}};
  QStringList names{tr("Neurons by phase"), tr("Neurons by role")};
  for (std::size_t field = 0; field < description_->neuronFields.size(); ++field) {
    subjects_.push_back({Of::NeuronField, field});
    names << tr("Neurons: %1").arg(QString::fromStdString(description_->neuronFields[field].label));
  }
  for (std::size_t field = 0; field < description_->linkFields.size(); ++field) {
    subjects_.push_back({Of::LinkField, field});
    names << tr("Links: %1").arg(QString::fromStdString(description_->linkFields[field].label));
  }
  what_->clear();
  what_->addItems(names);
}

std::optional<CountPlot::Subject> CountPlot::subject() const {
  if (what_->currentIndex() < 0) return {};
  return subjects_[static_cast<std::size_t>(what_->currentIndex())];
}

void CountPlot::redraw() {
  const auto chosen = subject();
  if (!chosen || (paused() && counted_ == chosen)) return;
  if (counted_ != chosen) {
    zoomed_.reset();
    countScale_ = 1;
  }
  switch (chosen->of) {
    case Of::Phase:
      return countPhases();
    case Of::Role:
      return countRoles();
    case Of::NeuronField:
    case Of::LinkField:
      const bool ofLinks = chosen->of == Of::LinkField;
      const FieldLook* look = reader_.look();
      reader_.ask(ofLinks, chosen->field);
      // The other subject may have been drawn since.
      if (look && look == reader_.look() && look->ofLinks == ofLinks && look->field == chosen->field) onLook();
  }
}

void CountPlot::onLook() {
  const auto chosen = subject();
  const FieldLook& look = *reader_.look();
  if (!chosen || (chosen->of != Of::NeuronField && chosen->of != Of::LinkField)) return;
  if (look.ofLinks != (chosen->of == Of::LinkField) || look.field != chosen->field) return ask();
  count();
  if (reader_.outdated()) ask();
}

/// The values of the newest look.
void CountPlot::count() {
  const FieldLook& look = *reader_.look();
  const Field& field = (look.ofLinks ? description_->linkFields : description_->neuronFields)[look.field];
  if (field.type == FieldType::Choice || field.type == FieldType::Flag) {
    countNamed(field, *look.values);
  } else {
    countBins(*look.values);
  }
  counted_ = subject();
  show(QString::fromStdString(field.unit));
}

void CountPlot::countPhases() {
  counts_ = {};
  for (const auto& phase : description_->phases) counts_.names.push_back(QString::fromStdString(phase.label));
  counts_.counts.resize(counts_.names.size());
  for (const auto phase : bridge().snapshot()->appearance.phase) ++counts_.counts[phase];
  counted_ = subject();
  show({});
}

void CountPlot::countRoles() {
  counts_ = {};
  counts_.names = {tr("sensory"), tr("inter"), tr("motor")};
  counts_.counts.resize(counts_.names.size());
  for (const auto role : *bridge().snapshot()->graph.roles) ++counts_.counts[static_cast<std::size_t>(role)];
  counted_ = subject();
  show({});
}

void CountPlot::countNamed(const Field& field, const Column& values) {
  counts_ = {};
  const std::size_t kinds = field.type == FieldType::Flag ? 2 : field.choices.size();
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    counts_.names.push_back(QString::fromStdString(formatValue(field, static_cast<double>(kind))));
  }
  counts_.counts.resize(kinds);
  for (std::size_t row = 0; row < rowsOf(values); ++row) {
    ++counts_.counts[static_cast<std::size_t>(columnValue(values, row))];
  }
}

void CountPlot::countBins(const Column& values) {
  counts_ = {};
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  const std::size_t rows = rowsOf(values);
  for (std::size_t row = 0; row < rows; ++row) {
    const double value = columnValue(values, row);
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (low > high) low = high = 0;
  if (zoomed_) {
    low = zoomed_->low;
    high = zoomed_->high;
  }
  if (low == high) {  // one bin's worth of room to either side
    low -= std::max(std::abs(low) * 0.5, 0.5);
    high += std::max(std::abs(high) * 0.5, 0.5);
  }
  counts_.low = low;
  counts_.high = high;
  counts_.counts.resize(bins);
  for (std::size_t row = 0; row < rows; ++row) {
    const double value = columnValue(values, row);
    if (!std::isfinite(value)) {
      ++counts_.unbounded;
      continue;
    }
    if (value < low || value > high) {
      ++counts_.outside;
      continue;
    }
    const double place = (value / 2 - low / 2) / (high / 2 - low / 2) * static_cast<double>(bins);  // halves: no overflow
    ++counts_.counts[std::min(static_cast<std::size_t>(place), bins - 1)];
  }
}

void CountPlot::show(const QString& unit) {
  const bool byName = !counts_.names.empty();
  named_->setVisible(byName);
  nameAxis_->setVisible(byName);
  binned_->setVisible(!byName);
  valueAxis_->setVisible(!byName);
  if (byName) {
    showNames();
  } else {
    showBins();
    valueAxis_->setTitleText(unit);
    valueAxis_->setTitleVisible(!unit.isEmpty());
  }
  const auto most = counts_.counts.empty() ? 0 : *std::ranges::max_element(counts_.counts);
  countAxis_->setRange(0, roundUp(static_cast<double>(most)) * countScale_);
  showReading();
}

void CountPlot::showNames() {
  const QStringList names(counts_.names.begin(), counts_.names.end());
  if (nameAxis_->categories() != names) {
    nameAxis_->setCategories(names);
    bars_->remove(0, bars_->count());
    for (qsizetype kind = 0; kind < names.size(); ++kind) bars_->append(0);
  }
  for (std::size_t kind = 0; kind < counts_.counts.size(); ++kind) {
    bars_->replace(static_cast<int>(kind), static_cast<qreal>(counts_.counts[kind]));
  }
}

/// Steps: two corners a bin.
void CountPlot::showBins() {
  QList<QPointF> corners;
  const double width = (counts_.high - counts_.low) / static_cast<double>(counts_.counts.size());
  for (std::size_t bin = 0; bin < counts_.counts.size(); ++bin) {
    const double left = counts_.low + width * static_cast<double>(bin);
    const auto count = static_cast<double>(counts_.counts[bin]);
    corners << QPointF(left, count) << QPointF(left + width, count);
  }
  outline_->replace(corners);
  valueAxis_->setRange(counts_.low, counts_.high);
}

void CountPlot::applyTheme(const WindowTheme& theme) {
  view_->setBackgroundBrush(theme.window);
  chart_->setBackgroundBrush(theme.window);
  chart_->setBackgroundPen(Qt::NoPen);
  chart_->setPlotAreaBackgroundBrush(theme.base);
  chart_->setPlotAreaBackgroundVisible(true);
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * 0.85);
  for (QAbstractAxis* axis : std::initializer_list<QAbstractAxis*>{nameAxis_, valueAxis_, countAxis_}) {
    axis->setLabelsFont(small);
    axis->setLabelsBrush(theme.dim);
    axis->setTitleFont(small);
    axis->setTitleBrush(theme.dim);
    axis->setLinePen(QPen(theme.border));
    axis->setGridLinePen(QPen(theme.border, 0.5, Qt::DotLine));
  }
  nameAxis_->setGridLineVisible(false);
  QColor body = theme.accent;
  body.setAlpha(150);
  bars_->setBrush(body);
  bars_->setPen(QPen(theme.accent));
  binned_->setBrush(body);
  binned_->setPen(QPen(theme.accent, 1));
}

void CountPlot::paintOn(QPaintDevice& device, QSize size) {
  QPainter painter(&device);
  painter.setRenderHint(QPainter::Antialiasing);
  view_->render(&painter, QRectF(QPointF(), size));
}

std::string CountPlot::table() const {
  std::string text = counts_.names.empty() ? "from,to,count\n" : "name,count\n";
  const double width =
      counts_.counts.empty() ? 0 : (counts_.high - counts_.low) / static_cast<double>(counts_.counts.size());
  const auto exact = [](double value) {
    return QByteArray::number(value, 'g', QLocale::FloatingPointShortest).toStdString();
  };
  for (std::size_t bin = 0; bin < counts_.counts.size(); ++bin) {
    if (counts_.names.empty()) {
      text += exact(counts_.low + width * static_cast<double>(bin)) + ',' +
              exact(counts_.low + width * static_cast<double>(bin + 1));
    } else {
      appendCsvCell(text, counts_.names[bin].toStdString());
    }
    text += ',' + std::to_string(counts_.counts[bin]) + '\n';
  }
  return text;
}

}  // namespace plexarium::ui
