#include <QChart>
#include <QChartView>
#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QSvgRenderer>
#include <numeric>

#include "tests/gui/plots/stage.h"
#include "ui/plots/count_plot.h"
#include "ui/window/window_theme.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

void choose(CountPlot& counts, const QString& what) {
  auto* box = counts.findChild<QComboBox*>(QStringLiteral("countsOf"));
  const int index = box->findText(what);
  if (index < 0) qFatal("there is no %s", qPrintable(what));
  box->setCurrentIndex(index);
}

std::size_t sum(const CountPlot& counts) {
  const auto& all = counts.counts().counts;
  return std::accumulate(all.begin(), all.end(), std::size_t{0});
}

}  // namespace

class TestCountPlot : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QSettings().clear(); }

  void countsPhasesAndRoles() {
    Stage stage(10);
    CountPlot counts(stage.bridge);
    QVERIFY(Stage::show(counts));
    QTRY_COMPARE_WITH_TIMEOUT(counts.counts().names, (std::vector<QString>{"calm", "fired"}), patience);
    stage.step(40);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{40}, patience);
    const auto& phases = stage.now().appearance.phase;
    const auto fired = static_cast<std::size_t>(std::count(phases.begin(), phases.end(), 1));
    QTRY_COMPARE_WITH_TIMEOUT(counts.counts().counts, (std::vector<std::size_t>{10 - fired, fired}), patience);
    choose(counts, QStringLiteral("Neurons by role"));
    stage.bridge.submit(Edit{"roles", {SetRoles{{{stage.id(0), Role::Motor}, {stage.id(1), Role::Sensory}}}}});
    QTRY_VERIFY_WITH_TIMEOUT(counts.counts().names.size() == 3 && counts.counts().counts[2] >= 1 && sum(counts) == 10,
                             patience);
  }

  void binsASteadyField() {
    Stage stage(10);
    SetNeuronField bias{toy::Bias, {{stage.id(0), 1}, {stage.id(1), 0}}};
    for (std::size_t row = 2; row < 10; ++row) bias.values.emplace_back(stage.id(row), 0.125);
    stage.bridge.submit(Edit{"bias", {bias}});
    CountPlot counts(stage.bridge);
    QVERIFY(Stage::show(counts));
    choose(counts, QStringLiteral("Neurons: Bias"));
    QTRY_VERIFY_WITH_TIMEOUT(counts.counts().names.empty() && counts.counts().low == 0 && counts.counts().high == 1,
                             patience);
    QCOMPARE(sum(counts), std::size_t{10});
    QCOMPARE(counts.counts().counts.front(), std::size_t{1});
    QCOMPARE(counts.counts().counts.back(), std::size_t{1});
    QCOMPARE(counts.counts().counts[5], std::size_t{8});  // 0.125 of 40 bins
  }

  void followsAnEvolvingField() {
    Stage stage(10, true);
    CountPlot counts(stage.bridge);
    QVERIFY(Stage::show(counts));
    choose(counts, QStringLiteral("Links: Weight"));
    QTRY_COMPARE_WITH_TIMEOUT(sum(counts), stage.now().graph.targets->size(), patience);
    const auto before = counts.counts().counts;
    stage.step(60);
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().tick == 60 && counts.counts().counts != before, patience);
    QTRY_COMPARE_WITH_TIMEOUT(sum(counts), stage.now().graph.targets->size(), patience);
    choose(counts, QStringLiteral("Neurons by phase"));
    QTRY_COMPARE_WITH_TIMEOUT(sum(counts), std::size_t{10}, patience);
    choose(counts, QStringLiteral("Links: Weight"));  // nothing has moved since; shown again all the same
    QTRY_VERIFY_WITH_TIMEOUT(counts.counts().names.empty(), patience);
  }

  void exports() {
    Stage stage(10);
    CountPlot counts(stage.bridge);
    QVERIFY(Stage::show(counts));
    QTRY_COMPARE_WITH_TIMEOUT(sum(counts), std::size_t{10}, patience);
    QVERIFY(counts.exportTo(stage.path("counts.csv")));
    QCOMPARE(Stage::contents(stage.path("counts.csv")), QByteArray("name,count\ncalm,10\nfired,0\n"));
    QVERIFY(counts.exportTo(stage.path("counts.svg")));
    QVERIFY(Stage::contents(stage.path("counts.svg")).contains("calm"));
    QVERIFY(QSvgRenderer(stage.path("counts.svg")).isValid());
    QVERIFY(counts.exportTo(stage.path("counts.png")));
    const QImage picture(stage.path("counts.png"));
    QCOMPARE(picture.size(), counts.findChild<QChartView*>()->size() * 2);
    const QColor ground = WindowTheme::of(true).base;
    QVERIFY(picture.pixelColor(picture.width() * 3 / 4, picture.height() / 3) == ground);  // nobody has fired
    QVERIFY(picture.pixelColor(picture.width() / 4, picture.height() / 3) != ground);
    choose(counts, QStringLiteral("Neurons: Bias"));
    QTRY_VERIFY_WITH_TIMEOUT(counts.counts().names.empty(), patience);
    QVERIFY(counts.exportTo(stage.path("bins.csv")));
    const auto lines = Stage::contents(stage.path("bins.csv")).trimmed().split('\n');
    QCOMPARE(lines.size(), qsizetype{41});
    std::size_t counted = 0;
    for (qsizetype line = 1; line < lines.size(); ++line) {
      const auto cells = lines[line].split(',');
      QVERIFY(cells.size() == 3 && cells[0].toDouble() < cells[1].toDouble());
      counted += cells[2].toULongLong();
    }
    QCOMPARE(counted, std::size_t{10});
  }

  void wheelZoomsAndCursorTells() {
    Stage stage(10);
    SetNeuronField bias{toy::Bias, {{stage.id(0), 1}, {stage.id(1), 0}}};
    for (std::size_t row = 2; row < 10; ++row) bias.values.emplace_back(stage.id(row), 0.5);
    stage.bridge.submit(Edit{"bias", {bias}});
    CountPlot counts(stage.bridge);
    QVERIFY(Stage::show(counts));
    choose(counts, QStringLiteral("Neurons: Bias"));
    QTRY_VERIFY_WITH_TIMEOUT(counts.counts().names.empty() && counts.counts().high == 1 && sum(counts) == 10, patience);
    QWidget& view = *counts.findChild<QChartView*>()->viewport();
    const auto pixel = [&](double share) {  // of the width of the axes
      const QRectF area = counts.findChild<QChartView*>()->chart()->plotArea();
      return QPointF(area.left() + share * area.width(), area.center().y());
    };
    auto* reading = counts.findChild<QLabel*>(QStringLiteral("countsReading"));
    const auto move = [&](QPointF to) {
      QMouseEvent event(QEvent::MouseMove, to, view.mapToGlobal(to), Qt::NoButton, Qt::NoButton, {});
      QCoreApplication::sendEvent(&view, &event);
    };
    move(pixel(0.5125));  // the middle of the 21st of 40 bins
    QCOMPARE(reading->text(), QStringLiteral("0.5 to 0.525: 8"));
    wheel(view, pixel(0.5), 3);
    QVERIFY(counts.counts().low > 0.2 && counts.counts().high < 0.8);
    QCOMPARE(sum(counts), std::size_t{8});
    QCOMPARE(counts.counts().outside, std::size_t{2});
    drag(view, pixel(0.2).toPoint(), pixel(0.7).toPoint());
    QVERIFY(counts.counts().low < 0.1);
    QTest::mouseDClick(&view, Qt::LeftButton, {}, pixel(0.5).toPoint());
    QCOMPARE(counts.counts().high, 1.0);
    QCOMPARE(sum(counts), std::size_t{10});
    QTest::keyClick(counts.findChild<QChartView*>(), Qt::Key_Plus);
    QCOMPARE(counts.counts().outside, std::size_t{2});
    QTest::keyClick(counts.findChild<QChartView*>(), Qt::Key_Home);
    QCOMPARE(counts.counts().outside, std::size_t{0});
    choose(counts, QStringLiteral("Neurons by phase"));
    QTRY_VERIFY_WITH_TIMEOUT(counts.counts().names.size() == 2, patience);
    move(pixel(0.25));
    QCOMPARE(reading->text(), QStringLiteral("calm: 10"));
  }

  void holdKeepsWhatIsShown() {
    Stage stage(10);
    CountPlot counts(stage.bridge);
    QVERIFY(Stage::show(counts));
    choose(counts, QStringLiteral("Neurons: Charge"));
    QTRY_VERIFY_WITH_TIMEOUT(counts.counts().names.empty() && sum(counts) == 10, patience);
    const auto before = counts.counts().counts;
    auto* hold = counts.findChild<QToolButton*>(QStringLiteral("countsPause"));
    QTest::mouseClick(hold, Qt::LeftButton);
    stage.step(5);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{5}, patience);
    QTest::keyClick(counts.findChild<QChartView*>(), Qt::Key_Plus);
    QTest::keyClick(counts.findChild<QChartView*>(), Qt::Key_Home);
    QCOMPARE(counts.counts().counts, before);
    QTest::mouseClick(hold, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(counts.counts().counts != before, patience);
  }
};

QTEST_MAIN(TestCountPlot)
#include "tst_count_plot.moc"
