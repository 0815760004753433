#include "ui/plots/matrix_plot.h"

#include <qcustomplot.h>

#include <QComboBox>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/canvas/theme.h"
#include "ui/plots/fitting_ticker.h"
#include "ui/plots/neuron_names.h"
#include "ui/plots/pixel_layer.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int redrawPeriod = 200;  // milliseconds
constexpr double fewest = 4;       // rows or columns, when zoomed in as far as it goes

}  // namespace

MatrixPlot::MatrixPlot(SessionBridge& bridge, Selection& selection, QWidget* parent)
    : AxesPanel(bridge, QStringLiteral("matrix"), redrawPeriod, parent),
      selection_(selection),
      field_(addChoice(QStringLiteral("matrixField"), tr("Value"), tr("Which value of the links is shown"))),
      scale_(new QCPColorScale(&plot())),
      reader_(bridge, this) {
  setAccessibleName(tr("Link matrix"));
  plot().setAccessibleName(tr("Link matrix"));
  new PixelLayer(plot().xAxis, plot().yAxis, [this](PixelView& view) { paint(view); });
  plot().yAxis->setRangeReversed(true);
  setLabels(tr("target"), tr("source"));
  for (auto* axis : {plot().xAxis, plot().yAxis}) {
    axis->setTicker(QSharedPointer<FittingTicker>::create(
        *axis, [this](int row) { return row >= 0 && row < neurons() ? nameOf(static_cast<std::size_t>(row)) : QString(); }));
    axis->grid()->setVisible(false);
  }
  plot().plotLayout()->addElement(0, 1, scale_);
  scale_->setBarWidth(10);
  scale_->axis()->setTicker(QSharedPointer<FittingTicker>::create(*scale_->axis()));
  auto* together = new QCPMarginGroup(&plot());
  plot().axisRect()->setMarginGroup(QCP::msTop | QCP::msBottom, together);
  scale_->setMarginGroup(QCP::msTop | QCP::msBottom, together);
  connect(field_, &QComboBox::currentIndexChanged, this, &MatrixPlot::ask);
  connect(&this->bridge(), &SessionBridge::frame, this, &MatrixPlot::ask);
  connect(&reader_, &FieldReader::looked, this, &MatrixPlot::onLook);
  connect(&reader_, &FieldReader::refused, this, [this](const QString& why) {
    trouble_ = why;
    replot();
  });
  finish(&plot());
}

void MatrixPlot::begin() {
  shownNeurons_ = 0;
  trouble_.clear();
  if (description_ != &bridge().description()) chooseFields();
  ask();
}

void MatrixPlot::chooseFields() {
  description_ = &bridge().description();
  field_->clear();
  for (const auto& field : description_->linkFields) {
    field_->addItem(QString::fromStdString(field.label));
    field_->setItemData(field_->count() - 1, QString::fromStdString(field.help), Qt::ToolTipRole);
  }
}

std::optional<std::size_t> MatrixPlot::field() const {
  if (field_->currentIndex() < 0) return {};
  return static_cast<std::size_t>(field_->currentIndex());
}

void MatrixPlot::redraw() {
  const auto chosen = field();
  if (!chosen || (paused() && look() && look()->field == *chosen)) return;
  reader_.ask(true, *chosen);
}

void MatrixPlot::onLook() {
  trouble_.clear();
  const bool whole =
      shownNeurons_ == 0 || (plot().xAxis->range().size() >= shownNeurons_ && plot().yAxis->range().size() >= shownNeurons_);
  shownNeurons_ = neurons();
  scaleColours();
  if (whole) {
    showAll();
  } else {
    keepView();
  }
  if (reader_.outdated()) ask();
}

double MatrixPlot::neurons() const { return look() ? static_cast<double>(look()->ids.size()) : 0; }

QString MatrixPlot::nameOf(std::size_t row) const {
  const GraphImage& graph = bridge().snapshot()->graph;
  const NeuronId id = look()->ids[row];
  const auto now = graph.row(id);
  return now ? neuronName(graph, *now) : QStringLiteral("#%1").arg(id.value);
}

/// From the smallest value to the largest; around zero evenly, so that its colour says that it is zero.
void MatrixPlot::scaleColours() {
  low_ = std::numeric_limits<double>::infinity();
  high_ = -low_;
  for (std::size_t link = 0; link < look()->targets.size(); ++link) {
    const double value = columnValue(*look()->values, link);
    if (!std::isfinite(value)) continue;
    low_ = std::min(low_, value);
    high_ = std::max(high_, value);
  }
  if (low_ > high_) low_ = high_ = 0;
  const double reach = std::max(std::abs(low_), std::abs(high_));
  if (low_ < 0 && high_ > 0) {
    low_ = -reach;
    high_ = reach;
  } else {
    low_ = std::min(low_, 0.0);
    high_ = std::max(high_, 0.0);
    if (low_ == high_) high_ = 1;
  }
  const Theme& theme = dark() ? darkTheme() : lightTheme();
  const QColor nothing = WindowTheme::of(dark()).border;
  const QColor below(theme.link(Tint::Inhibit).rest), above(theme.link(Tint::Excite).rest);
  QCPColorGradient gradient;
  gradient.clearColorStops();
  gradient.setColorStopAt(0, low_ < 0 ? below : nothing);
  if (low_ < 0 && high_ > 0) gradient.setColorStopAt(0.5, nothing);
  gradient.setColorStopAt(1, high_ > 0 ? above : nothing);
  for (std::size_t level = 0; level < colours_.size(); ++level) {
    colours_[level] = gradient.color(static_cast<double>(level), QCPRange(0, static_cast<double>(colours_.size() - 1)));
  }
  scale_->setGradient(gradient);
  scale_->setDataRange(QCPRange(low_, high_));
  const Field& shown = description_->linkFields[look()->field];
  scale_->axis()->setLabel(QString::fromStdString(shown.unit));
}

template <typename Visit>
void MatrixPlot::eachLink(Stretch sources, Stretch targets, Visit visit) const {
  const FieldLook& now = *look();
  for (std::size_t source = sources.first; source < sources.last; ++source) {
    const auto begin = now.targets.begin() + now.firstLink[source];
    const auto end = now.targets.begin() + now.firstLink[source + 1];
    for (auto to = std::lower_bound(begin, end, targets.first); to != end && *to < targets.last; ++to) {
      visit(source, *to, static_cast<std::size_t>(to - now.targets.begin()));
    }
  }
}

MatrixPlot::Stretch MatrixPlot::under(double at, double perPixel) const {
  const double half = std::max(perPixel, 0.0) / 2;
  const auto row = [&](double place) {
    return static_cast<std::size_t>(std::clamp(std::round(place), 0.0, std::max(neurons() - 1, 0.0)));
  };
  if (neurons() == 0 || at < -0.5 || at >= neurons() - 0.5) return {};
  return perPixel <= 1 ? Stretch{row(at), row(at) + 1} : Stretch{row(at - half), row(at + half) + 1};
}

std::optional<MatrixPlot::Found> MatrixPlot::strongest(Stretch sources, Stretch targets) const {
  std::optional<Found> best;
  std::size_t links = 0;
  double most = -1;
  eachLink(sources, targets, [&](std::size_t source, std::size_t, std::size_t link) {
    ++links;
    const double strength = std::abs(columnValue(*look()->values, link));
    if (strength <= most) return;
    most = strength;
    best = Found{source, link, 0};
  });
  if (best) best->links = links;
  return best;
}

void MatrixPlot::paint(PixelView& view) {
  if (!look() || neurons() == 0) return;
  const auto row = [&](double place) { return static_cast<std::size_t>(std::clamp(place, 0.0, neurons())); };
  const QCPRange x = plot().xAxis->range(), y = plot().yAxis->range();
  const auto width = static_cast<std::size_t>(view.width());
  strength_.assign(width * static_cast<std::size_t>(view.height()), -1);
  const double levels = static_cast<double>(colours_.size() - 1) / (high_ - low_);
  eachLink({row(y.lower), row(std::ceil(y.upper + 0.5))}, {row(x.lower), row(std::ceil(x.upper + 0.5))},
           [&](std::size_t source, std::size_t target, std::size_t link) {
             const double value = columnValue(*look()->values, link);
             const auto columns = view.across(static_cast<double>(target) - 0.5, static_cast<double>(target) + 0.5);
             const auto rows = view.down(static_cast<double>(source) - 0.5, static_cast<double>(source) + 0.5);
             if (columns.first >= 0 && columns.first < view.width() && rows.first >= 0 && rows.first < view.height()) {
               auto& strength =
                   strength_[static_cast<std::size_t>(rows.first) * width + static_cast<std::size_t>(columns.first)];
               if (std::abs(value) <= static_cast<double>(strength)) return;
               strength = static_cast<float>(std::abs(value));
             }
             const double level = std::clamp((value - low_) * levels, 0.0, static_cast<double>(colours_.size() - 1));
             view.fill(columns, rows, colours_[static_cast<std::size_t>(level)]);
           });
}

QString MatrixPlot::reading(std::optional<QPointF> at) {
  if (!trouble_.isEmpty()) return trouble_;
  if (!look()) return {};
  if (!at) return tr("%L1 links").arg(look()->targets.size());
  const QRect area = plot().axisRect()->rect();
  const Stretch sources = under(at->y(), plot().yAxis->range().size() / area.height());
  const Stretch targets = under(at->x(), plot().xAxis->range().size() / area.width());
  if (sources.last == 0 || targets.last == 0) return {};
  const auto found = strongest(sources, targets);
  if (!found) return tr("%1 → %2: no link").arg(nameOf(sources.first), nameOf(targets.first));
  const Field& shown = description_->linkFields[look()->field];
  QString text = tr("%1 → %2: %3")
                     .arg(nameOf(found->source), nameOf(look()->targets[found->link]),
                          QString::fromStdString(formatValue(shown, columnValue(*look()->values, found->link))));
  if (found->links > 1) text += tr(" (strongest of %L1 here)").arg(found->links);
  return text;
}

void MatrixPlot::click(QPointF at, Qt::KeyboardModifiers keys) {
  if (!look()) return;
  const QRect area = plot().axisRect()->rect();
  const auto found = strongest(under(at.y(), plot().yAxis->range().size() / area.height()),
                               under(at.x(), plot().xAxis->range().size() / area.width()));
  if (!found) return;
  const LinkKey key{look()->ids[found->source], look()->ids[look()->targets[found->link]]};
  if (keys & Qt::ShiftModifier) {
    selection_.toggle(key);
  } else {
    selection_.set({}, {key});
  }
}

void MatrixPlot::zoom(double factor, QPointF at, Qt::KeyboardModifiers) {
  for (auto [axis, centre] : {std::pair(plot().xAxis, at.x()), std::pair(plot().yAxis, at.y())}) {
    axis->scaleRange(std::max(factor, std::min(1.0, fewest / axis->range().size())), centre);
  }
  keepView();
}

void MatrixPlot::pan(QPointF by) {
  plot().xAxis->moveRange(by.x());
  plot().yAxis->moveRange(by.y());
  keepView();
}

void MatrixPlot::showAll() {
  for (auto* axis : {plot().xAxis, plot().yAxis}) axis->setRange(-0.5, std::max(neurons(), 1.0) - 0.5);
  replot();
}

void MatrixPlot::keepView() {
  for (auto* axis : {plot().xAxis, plot().yAxis}) keepWithin(*axis, {-0.5, std::max(neurons(), 1.0) - 0.5});
  replot();
}

void MatrixPlot::applyTheme(const WindowTheme& theme) {
  AxesPanel::applyTheme(theme);
  auto* axis = scale_->axis();
  axis->setBasePen(QPen(theme.border));
  axis->setTickPen(QPen(theme.border));
  axis->setSubTickPen(Qt::NoPen);
  axis->setTickLabelColor(theme.dim);
  axis->setTickLabelFont(plot().xAxis->tickLabelFont());
  axis->setLabelColor(theme.dim);
  axis->setLabelFont(plot().xAxis->tickLabelFont());
  if (!look()) return;
  scaleColours();
  replot();
}

std::string MatrixPlot::table() const {
  std::string text = "from,to,value\n";
  if (!look() || neurons() == 0) return text;
  const auto shown = [&](const QCPRange& range) {
    const double last = neurons() - 1;
    return Stretch{static_cast<std::size_t>(std::clamp(std::ceil(range.lower), 0.0, last)),
                   static_cast<std::size_t>(std::clamp(std::floor(range.upper), 0.0, last)) + 1};
  };
  const Field& field = description_->linkFields[look()->field];
  eachLink(shown(plot().yAxis->range()), shown(plot().xAxis->range()),
           [&](std::size_t source, std::size_t target, std::size_t link) {
             text += std::to_string(look()->ids[source].value) + ',' + std::to_string(look()->ids[target].value) + ',' +
                     formatValue(field, columnValue(*look()->values, link)) + '\n';
           });
  return text;
}

}  // namespace plexarium::ui
