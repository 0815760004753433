#include "ui/training/learning_plot.h"

#include <qcustomplot.h>

#include <QComboBox>
#include <algorithm>
#include <array>

#include "core/io/csv.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr int redrawPeriod = 50;                                      // milliseconds
constexpr std::array<std::uint64_t, 4> smoothings{1, 10, 100, 1000};  // samples a point, at least
constexpr std::size_t usualSmoothing = 1;

/// Of output groups, told apart by any colour vision; the first is the theme's accent.
QColor colourOf(std::size_t group, const WindowTheme& theme) {
  static const std::array colours{QColor(0xe6, 0x9f, 0x00), QColor(0x00, 0x9e, 0x73), QColor(0xcc, 0x79, 0xa7),
                                  QColor(0x56, 0xb4, 0xe9), QColor(0xd5, 0x5e, 0x00)};
  return group == 0 ? theme.accent : colours[(group - 1) % colours.size()];
}

struct Curve {
  QVector<double> ticks, values;
};

/// One group's curve: neighbours are added up until a point stands for `samples` samples.
Curve curveOf(const TrainingRun& run, std::size_t group, bool examined, bool accuracy, std::uint64_t samples,
              double origin) {
  Curve curve;
  Tally sum;
  double from = 0;
  for (const auto& point : run.history.points()) {
    const auto& tallies = examined ? point.examined : point.learnt;
    if (group >= tallies.size() || tallies[group].samples == 0) continue;
    if (sum.samples == 0) from = static_cast<double>(point.first);
    sum += tallies[group];
    if (sum.samples < samples) continue;
    const double middle = (from + static_cast<double>(point.first + point.count)) / 2;
    curve.ticks << middle - origin;
    curve.values << (accuracy ? sum.accuracy() : sum.error());
    sum = {};
  }
  return curve;
}

double beginOf(const TrainingRun& run) {
  return run.history.empty() ? 0 : static_cast<double>(run.history.points().front().first);
}

}  // namespace

LearningPlot::LearningPlot(FeedControl& control, TrainingRecord& record, QWidget* parent)
    : AxesPanel(control.bridge(), QStringLiteral("learning"), redrawPeriod, parent),
      record_(record),
      measure_(addChoice(QStringLiteral("learningMeasure"), tr("Measure"), tr("What is drawn"))),
      smooth_(addChoice(QStringLiteral("learningSmooth"), tr("Smoothing"), tr("Samples that make one point, at least"))) {
  setAccessibleName(tr("Learning"));
  plot().setAccessibleName(tr("Learning"));
  measure_->addItems({tr("Loss"), tr("Accuracy")});
  for (const auto samples : smoothings) {
    smooth_->addItem(samples == 1 ? tr("every sample") : tr("mean of %L1").arg(static_cast<qulonglong>(samples)));
  }
  smooth_->setCurrentIndex(usualSmoothing);
  plot().yAxis->ticker()->setTickCount(4);
  for (auto* box : {measure_, smooth_}) connect(box, &QComboBox::currentIndexChanged, this, &LearningPlot::ask);
  connect(this, &PlotPanel::held, this, [this](bool on) {
    heldRun_ = on ? std::optional(record_.present()) : std::nullopt;
    ownRange_ = ownRange_ && on;
  });
  connect(&record, &TrainingRecord::grown, this, &LearningPlot::ask);
  connect(&record, &TrainingRecord::runsChanged, this, &LearningPlot::ask);
  finish(&plot());
}

LearningPlot::Measure LearningPlot::measure() const {
  return measure_->currentIndex() == 1 ? Measure::Accuracy : Measure::Error;
}

int LearningPlot::drawnPoints() const {
  int points = 0;
  for (int k = 0; k < plot().graphCount(); ++k) points += plot().graph(k)->dataCount();
  return points;
}

QCPGraph* LearningPlot::addCurve(const QColor& colour, bool dots, bool past) {
  auto* graph = plot().addGraph();
  if (dots) {
    graph->setLineStyle(QCPGraph::lsNone);
    graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, colour, Qt::NoBrush, 5));
  } else {
    graph->setPen(QPen(colour, past ? 1.0 : 1.6, past ? Qt::DashLine : Qt::SolidLine));
  }
  return graph;
}

/// Curves of one run; how many have points.
int LearningPlot::draw(const TrainingRun& run, bool past) {
  const auto& theme = WindowTheme::of(dark());
  const bool accuracy = measure() == Measure::Accuracy;
  const auto samples = smoothings[static_cast<std::size_t>(std::max(smooth_->currentIndex(), 0))];
  int drawn = 0;
  for (std::size_t group = 0; group < run.history.groups(); ++group) {
    QColor colour = colourOf(group, theme);
    if (past) colour.setAlpha(120);
    for (const bool examined : {false, true}) {
      if (examined && past) continue;
      const auto curve =
          curveOf(run, group, examined, accuracy, samples, past ? beginOf(run) - beginOf(record_.present()) : 0);
      if (curve.ticks.isEmpty()) continue;
      addCurve(colour, examined, past)->setData(curve.ticks, curve.values, true);
      ++drawn;
    }
  }
  return drawn;
}

void LearningPlot::redraw() {
  plot().clearGraphs();
  drawnRuns_ = 0;
  for (const auto& run : record_.past()) {
    if (run.shown) drawnRuns_ += draw(run, true) > 0 ? 1 : 0;
  }
  draw(heldRun_ ? *heldRun_ : record_.present(), false);
  bool any = false;
  QCPRange keys, values;
  for (int k = 0; k < plot().graphCount(); ++k) {
    bool found = false;
    const QCPRange key = plot().graph(k)->getKeyRange(found);
    if (!found) continue;
    const QCPRange value = plot().graph(k)->getValueRange(found);
    if (any) {
      keys.expand(key);
      values.expand(value);
    } else {
      keys = key;
      values = value;
    }
    any = true;
  }
  if (any && !ownRange_) plot().xAxis->setRange(keys.lower, std::max(keys.upper, keys.lower + 10));
  if (measure() == Measure::Accuracy) {
    plot().yAxis->setRange(0, 1.05);
  } else if (any) {
    fitValues(*plot().yAxis, 0, values.upper);
  }
  const QString unit = bridge().snapshot() ? QString::fromStdString(bridge().description().tickUnit) : QString();
  setLabels(unit, QString());
  replot();
}

void LearningPlot::zoom(double factor, QPointF at, Qt::KeyboardModifiers) {
  ownRange_ = true;
  plot().xAxis->scaleRange(factor, at.x());
  ask();
}

void LearningPlot::pan(QPointF by) {
  ownRange_ = true;
  plot().xAxis->moveRange(by.x());
  ask();
}

void LearningPlot::showAll() {
  ownRange_ = false;
  ask();
}

QString LearningPlot::reading(std::optional<QPointF> at) {
  const auto& run = heldRun_ ? *heldRun_ : record_.present();
  if (run.history.empty()) {
    return record_.past().empty() ? tr("Nothing has been learnt yet: choose data in Training and run") : QString();
  }
  const bool accuracy = measure() == Measure::Accuracy;
  const auto text = [&](double value) {
    return accuracy ? QString::number(100 * value, 'f', 1) + QStringLiteral(" %") : number(value);
  };
  QStringList parts;
  for (std::size_t group = 0; group < run.history.groups(); ++group) {
    double value = 0;
    if (at) {
      const auto samples = smoothings[static_cast<std::size_t>(std::max(smooth_->currentIndex(), 0))];
      const auto curve = curveOf(run, group, false, accuracy, samples, 0);
      if (curve.ticks.isEmpty()) continue;
      const auto place = std::ranges::lower_bound(curve.ticks, at->x()) - curve.ticks.begin();
      value = curve.values[std::min<qsizetype>(place, curve.values.size() - 1)];
    } else {
      const auto recent = run.history.recent(group, false, 100);
      if (recent.samples == 0) continue;
      value = accuracy ? recent.accuracy() : recent.error();
    }
    parts << (group < run.groups.size() ? run.groups[group] + QLatin1Char(' ') : QString()) + text(value);
  }
  const QString values = parts.join(QStringLiteral(", "));
  if (!at || !bridge().snapshot()) return values;
  const auto unit = QString::fromStdString(bridge().description().tickUnit);
  return tr("%1 %L2 · %3").arg(unit).arg(static_cast<qlonglong>(at->x())).arg(values);
}

std::string LearningPlot::table() const {
  std::string text =
      "run,group,first_tick,ticks,samples,loss,accuracy,validation_samples,validation_loss,validation_accuracy\n";
  const auto number = [](double value) {
    return QByteArray::number(value, 'g', QLocale::FloatingPointShortest).toStdString();
  };
  const auto tally = [&](const Tally& sum) {
    text += ',' + std::to_string(sum.samples) + ',';
    if (sum.samples > 0) text += number(sum.error()) + ',' + number(sum.accuracy());
    if (sum.samples == 0) text += ',';
  };
  const auto rows = [&](const TrainingRun& run) {
    for (const auto& point : run.history.points()) {
      for (std::size_t group = 0; group < point.learnt.size(); ++group) {
        if (point.learnt[group].samples + point.examined[group].samples == 0) continue;
        appendCsvCell(text, run.name.toStdString());
        text += ',';
        appendCsvCell(text, group < run.groups.size() ? run.groups[group].toStdString() : std::string());
        text += ',' + std::to_string(point.first) + ',' + std::to_string(point.count);
        tally(point.learnt[group]);
        tally(point.examined[group]);
        text += '\n';
      }
    }
  };
  for (const auto& run : record_.past()) {
    if (run.shown) rows(run);
  }
  rows(record_.present());
  return text;
}

}  // namespace plexarium::ui
