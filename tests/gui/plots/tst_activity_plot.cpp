#include <qcustomplot.h>

#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QSvgRenderer>

#include "tests/gui/plots/stage.h"
#include "ui/plots/activity_plot.h"

using namespace plexarium;
using namespace plexarium::ui;

class TestActivityPlot : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QSettings().clear(); }

  void drawsAndReads() {
    Stage stage;
    ActivityPlot activity(stage.bridge);
    QVERIFY(Stage::show(activity));
    stage.step(100);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{100}, patience);
    QTRY_VERIFY_WITH_TIMEOUT(activity.drawnPoints() > 0, patience);
    QTest::mouseMove(&activity.plot(), activity.plot().axisRect()->rect().center());
    auto* reading = activity.findChild<QLabel*>(QStringLiteral("activityReading"));
    QTRY_VERIFY_WITH_TIMEOUT(reading->text().startsWith(QStringLiteral("tick")), patience);
    QVERIFY(activity.exportTo(stage.path("activity.csv")));
    const auto lines = Stage::contents(stage.path("activity.csv")).trimmed().split('\n');
    QVERIFY(lines[0].startsWith("first_tick,ticks,mean_charge minimum,"));
    qsizetype ticks = 0;
    for (qsizetype line = 1; line < lines.size(); ++line) {
      const auto cells = lines[line].split(',');
      QCOMPARE(cells.size(), lines[0].split(',').size());
      QCOMPARE(cells[0].toLongLong(), ticks);
      ticks += cells[1].toLongLong();
      QVERIFY(cells[2].toDouble() <= cells[3].toDouble() && cells[3].toDouble() <= cells[4].toDouble());
    }
    QCOMPARE(ticks, qsizetype{100});
    QVERIFY(activity.exportTo(stage.path("activity.png")));
    QCOMPARE(QImage(stage.path("activity.png")).size(), activity.plot().size() * 2);
    QVERIFY(activity.exportTo(stage.path("activity.svg")));
    QVERIFY(QSvgRenderer(stage.path("activity.svg")).isValid());
    QVERIFY(Stage::contents(stage.path("activity.svg")).contains("<polyline"));
  }

  /// What is held stays, however much is lived meanwhile, and can be looked at over another stretch of time.
  void holdKeepsThePast() {
    Stage stage;
    ActivityPlot activity(stage.bridge);
    QVERIFY(Stage::show(activity));
    const auto newest = [&] {
      const auto* mean = activity.plot().graph(activity.plot().graphCount() - 1);
      return mean->dataCount() > 0 ? (mean->data()->constEnd() - 1)->key : -1;
    };
    stage.step(300);
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().tick == 300 && newest() > 100, patience);
    auto* hold = activity.findChild<QToolButton*>(QStringLiteral("activityPause"));
    QTest::mouseClick(hold, Qt::LeftButton);
    const double held = newest();
    stage.step(500);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{800}, patience);
    wheel(activity.plot(), activity.plot().axisRect()->rect().center(), -1);
    QTRY_VERIFY_WITH_TIMEOUT(activity.plot().xAxis->range().lower < 1, patience);
    QCOMPARE(newest(), held);
    QTest::mouseClick(hold, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(newest() > held + 100, patience);
  }

  void wheelChangesTheStretch() {
    Stage stage;
    ActivityPlot activity(stage.bridge);
    QVERIFY(Stage::show(activity));
    auto* stretch = activity.findChild<QComboBox*>(QStringLiteral("stretchChoice"));
    wheel(activity.plot(), activity.plot().axisRect()->rect().center(), -1);
    QCOMPARE(stretch->currentIndex(), 1);
    wheel(activity.plot(), activity.plot().axisRect()->rect().center(), 1);
    QCOMPARE(stretch->currentIndex(), 0);
  }

  /// Back to tick 30, something done there, and on: the old life stays on the plot beside the new one.
  void bothBranchesAreDrawn() {
    Stage stage;
    ActivityPlot activity(stage.bridge);
    QVERIFY(Stage::show(activity));
    stage.step(60);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{60}, patience);
    QTRY_VERIFY_WITH_TIMEOUT(activity.drawnPoints() > 0, patience);
    QCOMPARE(activity.drawnBranches(), std::size_t{0});
    stage.bridge.post(GoTo{30});
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{30}, patience);
    stage.bridge.post(Stimulate{{{stage.id(0), 0, 5}}});
    stage.step(20);
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().tick == 50 && stage.now().branch != 0, patience);
    QTRY_COMPARE_WITH_TIMEOUT(activity.drawnBranches(), std::size_t{1}, patience);
    const auto* present = activity.plot().graph(activity.plot().graphCount() - 1);
    QTRY_VERIFY_WITH_TIMEOUT(present->dataCount() > 0 && (present->data()->constEnd() - 1)->key < 50, patience);
  }

  /// The last 200 ticks are those of the living network, also where another branch has come further.
  void thePresentIsInSight() {
    Stage stage;
    ActivityPlot activity(stage.bridge);
    QVERIFY(Stage::show(activity));
    stage.step(900);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{900}, patience);
    stage.bridge.post(GoTo{100});
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{100}, patience);
    stage.bridge.post(Stimulate{{{stage.id(0), 0, 5}}});
    stage.step(50);
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().tick == 150 && stage.now().branch != 0, patience);
    QTRY_COMPARE_WITH_TIMEOUT(activity.drawnBranches(), std::size_t{1}, patience);
    const auto* present = activity.plot().graph(activity.plot().graphCount() - 1);
    const auto inSight = [&] {
      return present->dataCount() > 0 && activity.plot().xAxis->range().contains((present->data()->constEnd() - 1)->key);
    };
    QTRY_VERIFY_WITH_TIMEOUT(inSight(), patience);
  }
};

QTEST_MAIN(TestActivityPlot)
#include "tst_activity_plot.moc"
