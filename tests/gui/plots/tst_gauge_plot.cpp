#include <QImage>
#include <QLabel>
#include <QSvgRenderer>

#include "tests/gui/plots/stage.h"
#include "ui/plots/gauge_plot.h"

using namespace plexarium;
using namespace plexarium::ui;

class TestGaugePlot : public QObject {
  Q_OBJECT

  static const GaugePlot::Pointer& pointerTo(const GaugePlot& plot, std::size_t metric) {
    for (const auto& gauge : plot.gauges()) {
      for (const auto& pointer : gauge.pointers) {
        if (pointer.metric == metric) return pointer;
      }
    }
    qFatal("a metric without a pointer");
  }

 private slots:
  void initTestCase() { QSettings().clear(); }

  /// Every metric of every dynamics stands somewhere; what counts the same unit shares a scale, and nothing else does.
  void unitsShareAScale() {
    Stage stage;
    GaugePlot plot(stage.bridge);
    std::size_t shared = 0;
    for (const auto& entry : stage.bridge.registry().entries()) {
      QVERIFY(stage.bridge.open(emptyModel(entry.description), false));
      const auto& metrics = entry.description.metrics;
      std::vector<int> seen(metrics.size(), 0);
      QStringList units;
      for (const auto& gauge : plot.gauges()) {
        for (const auto& pointer : gauge.pointers) {
          ++seen[pointer.metric];
          QCOMPARE(QString::fromStdString(metrics[pointer.metric].unit), gauge.unit);
        }
        QVERIFY(!gauge.unit.isEmpty() || gauge.pointers.size() == 1);
        QVERIFY(gauge.unit.isEmpty() || !units.contains(gauge.unit));
        units << gauge.unit;
        shared += gauge.pointers.size() > 1 ? 1 : 0;
      }
      QVERIFY(std::ranges::all_of(seen, [](int times) { return times == 1; }));
    }
    QVERIFY(shared > 0);
  }

  void pointersTellTheMetrics() {
    Stage stage(8, true);
    GaugePlot plot(stage.bridge);
    QVERIFY(Stage::show(plot));
    stage.step(50);
    const auto links = [&] { return pointerTo(plot, toy::Links); };
    QTRY_VERIFY_WITH_TIMEOUT(links().high > 0, patience);
    QCOMPARE(links().mean, static_cast<double>(stage.now().graph.targets->size()));
    for (const auto& gauge : plot.gauges()) {
      for (const auto& pointer : gauge.pointers) {
        QVERIFY(gauge.low <= pointer.low && pointer.low <= pointer.mean);
        QVERIFY(pointer.mean <= pointer.high && pointer.high <= gauge.high);
      }
    }
    QVERIFY(pointerTo(plot, toy::Fired).low < pointerTo(plot, toy::Fired).high);
    auto* view = plot.findChild<QWidget*>(QStringLiteral("gaugeView"));
    QTest::mouseMove(view, plot.placeOf(toy::Links).center().toPoint());
    auto* reading = plot.findChild<QLabel*>(QStringLiteral("gaugeReading"));
    QTRY_VERIFY_WITH_TIMEOUT(reading->text().startsWith(QStringLiteral("Links: ")), patience);
    QVERIFY(plot.exportTo(stage.path("gauges.csv")));
    const auto lines = Stage::contents(stage.path("gauges.csv")).trimmed().split('\n');
    QCOMPARE(lines.size(), qsizetype{4});
    QVERIFY(lines[3].startsWith("links,,"));
    QVERIFY(plot.exportTo(stage.path("gauges.png")));
    QVERIFY(!QImage(stage.path("gauges.png")).isNull());
    QVERIFY(plot.exportTo(stage.path("gauges.svg")));
    QVERIFY(QSvgRenderer(stage.path("gauges.svg")).isValid());
  }

  void holdKeepsThePointers() {
    Stage stage;
    GaugePlot plot(stage.bridge);
    QVERIFY(Stage::show(plot));
    stage.step(7);
    const auto charge = [&] { return pointerTo(plot, toy::MeanCharge).mean; };
    QTRY_VERIFY_WITH_TIMEOUT(charge() != 0, patience);
    auto* hold = plot.findChild<QToolButton*>(QStringLiteral("gaugePause"));
    QTest::mouseClick(hold, Qt::LeftButton);
    const double held = charge();
    stage.step(1);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{8}, patience);
    const auto* view = plot.findChild<QWidget*>(QStringLiteral("gaugeView"));
    const int height = view->minimumHeight();
    plot.resize(300, 260);  // one column instead of two: a new picture
    QTRY_VERIFY_WITH_TIMEOUT(view->minimumHeight() > height, patience);
    QCOMPARE(charge(), held);
    QTest::mouseClick(hold, Qt::LeftButton);
    stage.step(1);
    QTRY_VERIFY_WITH_TIMEOUT(charge() != held, patience);
  }
};

QTEST_MAIN(TestGaugePlot)
#include "tst_gauge_plot.moc"
