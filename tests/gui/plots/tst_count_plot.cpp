#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <numeric>

#include "tests/gui/plots/stage.h"
#include "ui/plots/count_plot.h"

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
    QVERIFY(counts.exportTo(stage.path("counts.png")));
    QVERIFY(!QImage(stage.path("counts.png")).isNull());
  }
};

QTEST_MAIN(TestCountPlot)
#include "tst_count_plot.moc"
