#include <qcustomplot.h>

#include <QAbstractButton>
#include <QApplication>
#include <QChartView>
#include <QComboBox>
#include <QLabel>
#include <memory>

#include "tests/gui/plots/stage.h"
#include "ui/plots/activity_plot.h"
#include "ui/plots/count_plot.h"
#include "ui/plots/elided_label.h"
#include "ui/plots/matrix_plot.h"
#include "ui/plots/raster_plot.h"
#include "ui/plots/trace_plot.h"
#include "ui/window/window_theme.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

using Plots = std::vector<std::unique_ptr<PlotPanel>>;

Plots everyPlot(Stage& stage) {
  Plots plots;
  plots.push_back(std::make_unique<ActivityPlot>(stage.bridge));
  plots.push_back(std::make_unique<RasterPlot>(stage.bridge, stage.selection));
  plots.push_back(std::make_unique<TracePlot>(stage.bridge, stage.selection));
  plots.push_back(std::make_unique<MatrixPlot>(stage.bridge, stage.selection));
  plots.push_back(std::make_unique<CountPlot>(stage.bridge));
  return plots;
}

/// What is wrong with the controls of a plot; empty: nothing.
QString cutControl(const QWidget& panel) {
  QList<const QWidget*> controls;
  for (const auto* child : panel.findChildren<QWidget*>()) {
    const bool isControl = qobject_cast<const QAbstractButton*>(child) || qobject_cast<const QComboBox*>(child) ||
                           qobject_cast<const QLabel*>(child);
    if (isControl && child->isVisibleTo(&panel) && !qobject_cast<const QComboBox*>(child->parentWidget())) controls << child;
  }
  if (controls.size() < 3) return QStringLiteral("there are hardly any controls");
  for (const auto* control : controls) {
    const QSize needed = control->minimumSizeHint().expandedTo(control->sizeHint());
    const bool mayShorten = qobject_cast<const ElidedLabel*>(control);
    const QRect place(control->mapTo(&panel, QPoint()), control->size());
    if (control->height() < needed.height() || (!mayShorten && control->width() < needed.width())) {
      return control->objectName() + QStringLiteral(" is cut");
    }
    if (!panel.rect().contains(place)) return control->objectName() + QStringLiteral(" sticks out");
    for (const auto* other : controls) {
      if (other != control && place.intersects({other->mapTo(&panel, QPoint()), other->size()})) {
        return control->objectName() + QStringLiteral(" lies on ") + other->objectName();
      }
    }
  }
  return {};
}

/// What is wrong with the labels of an axis.
QString crowdedLabels(const QCPAxis& axis) {
  QVector<double> ticks;
  QVector<QString> labels;
  axis.ticker()->generate(axis.range(), QLocale::c(), QLatin1Char('g'), axis.numberPrecision(), ticks, nullptr, &labels);
  const QFontMetricsF metrics(axis.tickLabelFont());
  const bool across = axis.orientation() == Qt::Horizontal;
  for (qsizetype tick = 0; tick + 1 < ticks.size(); ++tick) {
    const double apart = std::abs(axis.coordToPixel(ticks[tick + 1]) - axis.coordToPixel(ticks[tick]));
    const double needed = across
                              ? (metrics.horizontalAdvance(labels[tick]) + metrics.horizontalAdvance(labels[tick + 1])) / 2
                              : metrics.height();
    if (apart < needed - 1) {
      return QStringLiteral("“%1” touches “%2”: %3 of %4 pixels").arg(labels[tick], labels[tick + 1]).arg(apart).arg(needed);
    }
  }
  return {};
}

QString crowdedPlot(QCustomPlot& plot) {
  plot.replot(QCustomPlot::rpImmediateRefresh);
  const QRect axes = plot.axisRect()->rect();
  if (axes.height() < 30 || axes.width() < 100) {
    return QStringLiteral("only %1 x %2 pixels between the axes").arg(axes.width()).arg(axes.height());
  }
  if (!plot.rect().contains(axes)) return QStringLiteral("the axes stick out");
  for (const auto* axis : {plot.xAxis, plot.yAxis}) {
    if (const QString wrong = crowdedLabels(*axis); !wrong.isEmpty()) return wrong;
  }
  for (int entry = 0; plot.legend->visible() && entry < plot.legend->itemCount(); ++entry) {
    if (!plot.legend->item(entry)) continue;  // the list has a hole where its last column ends
    const auto& item = *plot.legend->item(entry);
    if (item.rect().intersects(axes)) return QStringLiteral("the list of curves covers the axes");
    if (!plot.rect().contains(item.rect())) return QStringLiteral("the list of curves sticks out");
    for (int other = 0; other < entry; ++other) {
      if (plot.legend->item(other) && item.rect().intersects(plot.legend->item(other)->rect()))
        return QStringLiteral("the list of curves is crowded");
    }
  }
  return {};
}

QString wrongWith(const PlotPanel& panel) {
  if (const QString wrong = cutControl(panel); !wrong.isEmpty()) return wrong;
  auto* plot = panel.findChild<QCustomPlot*>();
  return plot ? crowdedPlot(*plot) : QString();
}

/// 12 neurons, some with names that no axis has room for, all selected, after 300 ticks.
struct CrowdedStage : Stage {
  CrowdedStage() : Stage(14) {
    bridge.submit(Edit{"name",
                       {RenameNeurons{{{id(1), "left lateral interneuron of the second row"},
                                       {id(2), "right lateral interneuron of the second row"},
                                       {id(5), "motor neuron that pulls everything downward"}}}}});
    selection.set({now().graph.ids->begin(), now().graph.ids->begin() + 12}, {});
  }
};

}  // namespace

/// Every plot as it is in a dock: in the place it has when the program starts, as small as it gets, narrow, and large.
class TestPlotDocks : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QSettings().clear(); }

  void nothingIsCut_data() {
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QSize>("size");
    for (const bool dark : {true, false}) {
      const auto add = [dark](const char* name, QSize size) {
        QTest::addRow("%s, %s", name, dark ? "dark" : "light") << dark << size;
      };
      add("at the start", {934, 150});
      add("as small as it gets", {1, 1});
      add("short", {934, 1});
      add("narrow", {1, 400});
      add("large", {1400, 700});
    }
  }

  void nothingIsCut() {
    QFETCH(const bool, dark);
    QFETCH(const QSize, size);
    applyWindowTheme(*qApp, dark);
    CrowdedStage stage;
    const Plots plots = everyPlot(stage);
    for (const auto& plot : plots) {
      plot->setDark(dark);
      QVERIFY(Stage::show(*plot, size.expandedTo(plot->minimumSizeHint())));
    }
    stage.step(300);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{300}, patience);
    const auto& traces = static_cast<const TracePlot&>(*plots[2]);
    QTRY_VERIFY_WITH_TIMEOUT(traces.listed() > 0, patience);
    QTRY_VERIFY_WITH_TIMEOUT(static_cast<const MatrixPlot&>(*plots[3]).look(), patience);
    for (const auto& plot : plots) {
      QVERIFY2(plot->minimumSizeHint().width() <= 640 && plot->minimumSizeHint().height() <= 160,
               qPrintable(plot->objectName() + QStringLiteral(" wants too much room")));
      QTRY_VERIFY2_WITH_TIMEOUT(wrongWith(*plot).isEmpty(),
                                qPrintable(plot->objectName() + QStringLiteral(": ") + wrongWith(*plot)), patience);
    }
  }

  /// The window is there before its first network.
  void worksWithoutANetwork() {
    SessionBridge bridge{builtInDynamics()};
    Selection selection;
    RasterPlot raster(bridge, selection);
    TracePlot traces(bridge, selection);
    MatrixPlot matrix(bridge, selection);
    ActivityPlot activity(bridge);
    CountPlot counts(bridge);
    for (PlotPanel* plot : std::initializer_list<PlotPanel*>{&raster, &traces, &matrix, &activity, &counts}) {
      QVERIFY(Stage::show(*plot));
      plot->setDark(false);
      QVERIFY(!plot->grab().isNull());
      if (auto* axes = plot->findChild<QCustomPlot*>()) {
        wheel(*axes, axes->axisRect()->rect().center(), 1);
        QTest::mouseMove(axes, axes->axisRect()->rect().center());
        axes->replot(QCustomPlot::rpImmediateRefresh);
      }
    }
  }

  /// Where there is room for them all curves are listed; where there is not, the reading says how many are left out.
  void listsCurvesWhereThereIsRoom() {
    CrowdedStage stage;
    TracePlot traces(stage.bridge, stage.selection);
    QVERIFY(Stage::show(traces, {934, 150}));
    stage.step(10);
    QTRY_COMPARE_WITH_TIMEOUT(traces.listed(), 12, patience);
    traces.resize(traces.minimumSizeHint());
    stage.step(10);
    QTRY_VERIFY_WITH_TIMEOUT(traces.listed() < 12, patience);
    const auto left = 12 - traces.listed();
    auto* reading = traces.findChild<QLabel*>(QStringLiteral("tracesReading"));
    QTRY_VERIFY_WITH_TIMEOUT(reading->text().startsWith(QString::number(left)), patience);
  }
};

QTEST_MAIN(TestPlotDocks)
#include "tst_plot_docks.moc"
