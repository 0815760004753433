#include "ui/training/confusion_plot.h"

#include <QComboBox>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/io/csv.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int redrawPeriod = 100;  // milliseconds
constexpr double leastCellForText = 22;
constexpr double margin = 8;

enum Choice { Training, Validation, HeldOut };

double share(std::uint64_t count, std::uint64_t all) {
  return all > 0 ? static_cast<double>(count) / static_cast<double>(all) : 0;
}

}  // namespace

class ConfusionPlot::View : public QWidget {
 public:
  View(const ConfusionPlot& plot, QWidget* parent) : QWidget(parent), plot_(plot) { setMinimumHeight(90); }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    plot_.paint(painter, size());
  }

 private:
  const ConfusionPlot& plot_;
};

ConfusionPlot::ConfusionPlot(FeedControl& control, TrainingRecord& record, QWidget* parent)
    : PlotPanel(control.bridge(), QStringLiteral("confusion"), redrawPeriod, parent),
      control_(control),
      record_(record),
      group_(addChoice(QStringLiteral("confusionGroup"), tr("Group"), tr("Which output group"))),
      part_(addChoice(QStringLiteral("confusionPart"), tr("Samples"), tr("Which samples are counted"))),
      view_(new View(*this, this)) {
  setAccessibleName(tr("Confusion"));
  part_->addItems({tr("Training samples"), tr("Validation samples"), tr("Last test")});
  for (auto* box : {group_, part_}) connect(box, &QComboBox::currentIndexChanged, this, &ConfusionPlot::ask);
  connect(this, &PlotPanel::held, this, [this](bool on) { held_ = on ? bridge().snapshot() : nullptr; });
  connect(&bridge(), &SessionBridge::frame, this, &ConfusionPlot::ask);
  connect(&control, &FeedControl::plansSet, this, &ConfusionPlot::fillGroups);
  connect(&record, &TrainingRecord::runsChanged, this, &ConfusionPlot::ask);
  connect(&control, &FeedControl::examined, this, [this] { part_->setCurrentIndex(HeldOut); });
  finish(view_);
}

void ConfusionPlot::begin() { fillGroups(); }

void ConfusionPlot::fillGroups() {
  group_->clear();
  groups_.clear();
  const auto plans = control_.plans();
  for (std::size_t k = 0; k < plans.size(); ++k) {
    for (std::size_t group = 0; group < plans[k].outputs.size(); ++group) groups_.emplace_back(k, group);
  }
  for (const auto& name : outputNames(plans)) group_->addItem(name);
  group_->setVisible(groups_.size() > 1);
  ask();
}

std::size_t ConfusionPlot::group() const { return static_cast<std::size_t>(std::max(group_->currentIndex(), 0)); }

const Feed* ConfusionPlot::feed() const {
  const auto& snapshot = held_ ? held_ : bridge().snapshot();
  if (!snapshot || !snapshot->feeding || group() >= groups_.size()) return nullptr;
  const auto feeds = snapshot->feeding->feeder().feeds();
  const auto [number, output] = groups_[group()];
  return number < feeds.size() && output < feeds[number].plan().outputs.size() ? &feeds[number] : nullptr;
}

const Score* ConfusionPlot::shown() const {
  const auto* const feed = this->feed();
  if (feed == nullptr || feed->data().info().classes.empty()) return nullptr;
  const Score* score = nullptr;
  if (part_->currentIndex() == HeldOut) {
    const auto& run = record_.present().exam || record_.past().empty() ? record_.present() : record_.past().back();
    if (run.exam && group() < run.exam->scores.size()) score = &run.exam->scores[group()];
  } else {
    const auto part = part_->currentIndex() == Validation ? Part::Validation : Part::Train;
    score = &feed->score(groups_[group()].second, part);
  }
  const auto classes = feed->data().info().classes.size();
  return score != nullptr && score->confusion.size() == classes * classes ? score : nullptr;
}

void ConfusionPlot::redraw() {
  const auto* const score = shown();
  if (score == nullptr) {
    setReading(feed() == nullptr ? tr("Nothing is fed") : tr("No answers yet"));
  } else {
    setReading(tr("%L1 samples, %2 % right").arg(score->samples).arg(100 * score->accuracy(), 0, 'f', 1));
  }
  view_->update();
}

void ConfusionPlot::applyTheme(const WindowTheme&) { view_->update(); }

void ConfusionPlot::paintOn(QPaintDevice& device, QSize size) {
  QPainter painter(&device);
  paint(painter, size);
}

void ConfusionPlot::paint(QPainter& painter, QSize size) const {
  const auto& theme = WindowTheme::of(dark());
  painter.fillRect(QRect(QPoint(), size), theme.window);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(theme.dim);
  const auto* const score = shown();
  if (score == nullptr) {
    painter.drawText(QRect(QPoint(), size), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("What the network takes for what shows here once it is fed samples of classes."));
    return;
  }
  const auto& classes = feed()->data().info().classes;
  const auto count = classes.size();
  const QFontMetricsF metrics(font());
  double widest = 0;
  for (const auto& name : classes) widest = std::max(widest, metrics.horizontalAdvance(QString::fromStdString(name)));
  const double left = std::min(widest, size.width() * 0.3) + 3 * margin + metrics.height();
  const double top = 2 * metrics.height() + 2 * margin;
  const auto most = QSizeF(size.width() - left - margin, size.height() - top - margin) / static_cast<double>(count);
  // As wide as their names and numbers are, where there is room.
  const double height = std::max(20.0 / static_cast<double>(count), std::min(most.width(), most.height()));
  const QSizeF cell(std::max(height, std::min(most.width(), widest + 2 * margin)), height);
  const QRectF table(QPointF(left, top), cell * static_cast<double>(count));
  for (std::size_t wanted = 0; wanted < count; ++wanted) {
    std::uint64_t all = 0;
    for (std::size_t said = 0; said < count; ++said) all += score->confusion[wanted * count + said];
    for (std::size_t said = 0; said < count; ++said) {
      const auto number = score->confusion[wanted * count + said];
      const double part = share(number, all);
      QColor ink = wanted == said ? theme.accent : theme.warning;
      ink.setAlphaF(static_cast<float>(part));
      const QRectF place(
          {left + static_cast<double>(said) * cell.width(), top + static_cast<double>(wanted) * cell.height()}, cell);
      painter.fillRect(place.adjusted(0.5, 0.5, -0.5, -0.5), theme.base);
      painter.fillRect(place.adjusted(0.5, 0.5, -0.5, -0.5), ink);
      if (cell.height() < metrics.height() || cell.width() < leastCellForText) continue;
      painter.setPen(part > 0.6 ? theme.base : theme.text);
      painter.drawText(place, Qt::AlignCenter, QLocale().toString(static_cast<qulonglong>(number)));
    }
  }
  paintLabels(painter, table, cell, classes);
}

void ConfusionPlot::paintLabels(QPainter& painter, const QRectF& table, QSizeF cell,
                                const std::vector<std::string>& classes) const {
  const auto& theme = WindowTheme::of(dark());
  const QFontMetricsF metrics(font());
  painter.setPen(theme.dim);
  painter.drawText(QRectF(table.left(), margin, table.width(), metrics.height()), Qt::AlignCenter, tr("said"));
  painter.save();
  painter.translate(margin, table.bottom());
  painter.rotate(-90);
  painter.drawText(QRectF(0, 0, table.height(), metrics.height()), Qt::AlignCenter, tr("wanted"));
  painter.restore();
  painter.setPen(theme.text);
  const double width = table.left() - 3 * margin - metrics.height();
  // Where there is too little room for every name, some are left out.
  const auto step =
      static_cast<std::size_t>(std::max(1.0, std::ceil(metrics.height() / std::min(cell.width(), cell.height()))));
  for (std::size_t k = 0; k < classes.size(); k += step) {
    const auto name = QString::fromStdString(classes[k]);
    const auto nth = static_cast<double>(k);
    const double room = cell.width() * static_cast<double>(step);
    painter.drawText(QRectF(2 * margin + metrics.height(), table.top() + nth * cell.height(), width, cell.height()),
                     Qt::AlignRight | Qt::AlignVCenter, metrics.elidedText(name, Qt::ElideRight, width));
    painter.drawText(QRectF(table.left() + nth * cell.width(), margin + metrics.height(), room, metrics.height()),
                     step == 1 ? Qt::AlignCenter : Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(name, Qt::ElideRight, room));
  }
}

std::string ConfusionPlot::table() const {
  std::string text = "wanted";
  const auto* const score = shown();
  if (score == nullptr) return text + '\n';
  const auto& classes = feed()->data().info().classes;
  for (const auto& name : classes) {
    text += ',';
    appendCsvCell(text, name);
  }
  text += '\n';
  for (std::size_t wanted = 0; wanted < classes.size(); ++wanted) {
    appendCsvCell(text, classes[wanted]);
    for (std::size_t said = 0; said < classes.size(); ++said) {
      text += ',' + std::to_string(score->confusion[wanted * classes.size() + said]);
    }
    text += '\n';
  }
  return text;
}

}  // namespace plexarium::ui
