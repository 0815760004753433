#include <qcustomplot.h>

#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QSvgRenderer>

#include "tests/gui/plots/stage.h"
#include "ui/plots/trace_plot.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

const TracePlot::Curve* curveOf(const TracePlot& traces, NeuronId neuron, std::size_t field) {
  for (const auto& curve : traces.curves()) {
    if (curve.neuron == neuron && curve.field == field) return &curve;
  }
  return nullptr;
}

double lastValue(const TracePlot::Curve& curve) {
  return curve.graph->data()->isEmpty() ? std::nan("") : (curve.graph->data()->constEnd() - 1)->value;
}

}  // namespace

class TestTracePlot : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QSettings().clear(); }

  /// What is drawn is what the network says, tick by tick.
  void followsTheSelected() {
    Stage stage;
    TracePlot traces(stage.bridge, stage.selection);
    QVERIFY(Stage::show(traces));
    stage.selection.set({stage.id(1), stage.id(2)}, {});
    QCOMPARE(traces.curves().size(), std::size_t{2});
    const auto* curve = curveOf(traces, stage.id(1), toy::Charge);
    QVERIFY(curve);
    for (Tick tick = 1; tick <= 12; ++tick) {
      stage.step(1);
      QTRY_VERIFY_WITH_TIMEOUT(stage.now().tick == tick && stage.now().watchedNeurons.size() == 2, patience);
      QCOMPARE(lastValue(*curve), stage.now().watchedNeurons[0].values[toy::Charge]);
      QCOMPARE((curve->graph->data()->constEnd() - 1)->key, static_cast<double>(tick));
    }
    stage.selection.clear();
    QCOMPARE(traces.curves().size(), std::size_t{0});
    QTRY_VERIFY_WITH_TIMEOUT(traces.findChild<QLabel*>(QStringLiteral("tracesReading"))->text().contains("Select"),
                             patience);
  }

  void pinKeepsACurve() {
    Stage stage;
    TracePlot traces(stage.bridge, stage.selection);
    QVERIFY(Stage::show(traces));
    stage.selection.set({stage.id(1)}, {});
    auto* pin = traces.findChild<QToolButton*>(QStringLiteral("tracePin"));
    QTest::mouseClick(pin, Qt::LeftButton);
    stage.selection.set({stage.id(4)}, {});
    traces.findChild<QComboBox*>(QStringLiteral("traceField"))->setCurrentIndex(toy::Bias);
    QCOMPARE(traces.curves().size(), std::size_t{2});
    QVERIFY(curveOf(traces, stage.id(1), toy::Charge));
    QVERIFY(curveOf(traces, stage.id(4), toy::Bias));
    // Somebody else who watches something does not disturb it.
    stage.bridge.watch(this, Watch{{stage.id(7)}, {}});
    stage.step(3);
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().tick == 3 && stage.now().watchedNeurons.size() == 3, patience);
    QCOMPARE(lastValue(*curveOf(traces, stage.id(1), toy::Charge)), stage.now().watchedNeurons[0].values[toy::Charge]);
    QCOMPARE(lastValue(*curveOf(traces, stage.id(4), toy::Bias)), stage.now().watchedNeurons[1].values[toy::Bias]);
    stage.bridge.watch(this, {});
    QTRY_VERIFY_WITH_TIMEOUT(traces.plot().legend->itemCount() == 2, patience);
    QTRY_VERIFY_WITH_TIMEOUT(curveOf(traces, stage.id(1), toy::Charge)->graph->name().contains("pinned"), patience);
    QTest::mouseClick(traces.findChild<QToolButton*>(QStringLiteral("traceUnpin")), Qt::LeftButton);
    QCOMPARE(traces.curves().size(), std::size_t{1});
  }

  void aVanishedNeuronLeavesAGap() {
    Stage stage;
    TracePlot traces(stage.bridge, stage.selection);
    QVERIFY(Stage::show(traces));
    const NeuronId doomed = stage.id(2);
    traces.pin(doomed, toy::Charge);
    stage.step(2);
    QTRY_VERIFY_WITH_TIMEOUT(traces.curves()[0].graph->dataCount() >= 1 && !std::isnan(lastValue(traces.curves()[0])),
                             patience);
    stage.bridge.submit(Edit{"remove", {RemoveNeurons{{doomed}}}});
    stage.step(2);
    QTRY_VERIFY_WITH_TIMEOUT(std::isnan(lastValue(traces.curves()[0])), patience);
    QTRY_VERIFY_WITH_TIMEOUT(traces.curves()[0].graph->name().contains("gone"), patience);
  }

  void stepsTellTheCursorsValue() {
    Stage stage;
    TracePlot traces(stage.bridge, stage.selection);
    QVERIFY(Stage::show(traces));
    stage.bridge.submit(Edit{"bias", {SetNeuronField{toy::Bias, {{stage.id(0), 0.125}}}}});
    traces.pin(stage.id(0), toy::Bias);
    stage.step(50);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{50}, patience);
    QTRY_VERIFY_WITH_TIMEOUT(traces.curves()[0].graph->name().contains(QStringLiteral("0.125")), patience);
    QTest::mouseMove(&traces.plot(), traces.plot().axisRect()->rect().center());
    auto* reading = traces.findChild<QLabel*>(QStringLiteral("tracesReading"));
    QTRY_VERIFY_WITH_TIMEOUT(reading->text().contains(QStringLiteral("100")), patience);
  }

  void holdsAndZooms() {
    Stage stage;
    TracePlot traces(stage.bridge, stage.selection);
    QVERIFY(Stage::show(traces));
    traces.pin(stage.id(0), toy::Charge);
    stage.step(400);
    QTRY_COMPARE_WITH_TIMEOUT(traces.plot().xAxis->range(), QCPRange(200, 400), patience);
    QTest::mouseClick(traces.findChild<QToolButton*>(QStringLiteral("tracesPause")), Qt::LeftButton);
    stage.step(50);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{450}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(traces.plot().xAxis->range(), QCPRange(200, 400), patience);
    const QPoint middle = traces.plot().axisRect()->rect().center();
    wheel(traces.plot(), middle, 1);
    QVERIFY(std::abs(traces.plot().xAxis->range().size() - 160) < 1e-6);
    const QCPRange values = traces.plot().yAxis->range();
    wheel(traces.plot(), middle, 1, Qt::ControlModifier);
    QVERIFY(traces.plot().yAxis->range().size() < values.size());
    QTest::mouseDClick(&traces.plot(), Qt::LeftButton, {}, middle);
    QVERIFY(!traces.paused());
    QTRY_COMPARE_WITH_TIMEOUT(traces.plot().xAxis->range().upper, 450.0, patience);
  }

  void memoryIsBounded() {
    Stage stage;
    TracePlot traces(stage.bridge, stage.selection);
    QVERIFY(Stage::show(traces));
    traces.pin(stage.id(0), toy::Bias);
    QVector<double> keys(TracePlot::capacity), values(TracePlot::capacity);
    for (int point = 0; point < TracePlot::capacity; ++point) keys[point] = point - 1e6;
    traces.curves()[0].graph->setData(keys, values, true);
    stage.step(1);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{1}, patience);
    QTRY_VERIFY_WITH_TIMEOUT(traces.curves()[0].graph->dataCount() < TracePlot::capacity, patience);
    QVERIFY(traces.curves()[0].graph->dataCount() >= TracePlot::capacity / 2);
    stage.open(40, false);
    stage.selection.set(*stage.now().graph.ids, {});
    QCOMPARE(traces.curves().size(), TracePlot::mostCurves);
  }

  void exportsWhatIsShown() {
    Stage stage;
    TracePlot traces(stage.bridge, stage.selection);
    QVERIFY(Stage::show(traces));
    stage.bridge.submit(Edit{"bias", {SetNeuronField{toy::Bias, {{stage.id(0), 0.125}}}}});
    traces.pin(stage.id(0), toy::Bias);
    stage.step(3);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{3}, patience);
    QTRY_VERIFY_WITH_TIMEOUT(lastValue(traces.curves()[0]) == 0.125, patience);
    QVERIFY(traces.exportTo(stage.path("traces.csv")));
    const QByteArray table = Stage::contents(stage.path("traces.csv"));
    QVERIFY2(table.startsWith("tick,N1 bias\n") && table.endsWith("3,0.125\n"), table.constData());
    QVERIFY(traces.exportTo(stage.path("traces.svg")));
    QVERIFY(QSvgRenderer(stage.path("traces.svg")).isValid());
    QVERIFY(Stage::contents(stage.path("traces.svg")).contains("N1"));  // the list of curves
    QVERIFY(traces.exportTo(stage.path("traces.png")));
    QCOMPARE(QImage(stage.path("traces.png")).size(), traces.plot().size() * 2);
  }
};

QTEST_MAIN(TestTracePlot)
#include "tst_trace_plot.moc"
