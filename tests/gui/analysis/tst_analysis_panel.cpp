#include <qcustomplot.h>

#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QSpinBox>
#include <QSvgRenderer>

#include "tests/gui/plots/stage.h"
#include "ui/analysis/analysis_panel.h"
#include "ui/window/window_theme.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

/// A toy network of eight neurons at rest and the panel that analyses it.
struct Room : Stage {
  AnalysisPanel panel{bridge, selection};

  Room() : Stage(8) {}
  bool show(Subject subject) {
    panel.choose(subject);
    return Stage::show(panel, {900, 300});
  }
  /// As if somebody had looked at ticks in each of which the first so many neurons fired.
  void see(Tick first, const std::vector<std::size_t>& counts) {
    SpikeBatch batch;
    batch.covered.push_back({now().branch, first, static_cast<Tick>(counts.size())});
    for (std::size_t k = 0; k < counts.size(); ++k) {
      for (std::size_t row = 0; row < counts[k]; ++row) {
        batch.spikes.push_back({first + static_cast<Tick>(k), id(row), now().branch});
      }
    }
    emit bridge.spikes(batch);
  }
  /// In pieces, so that metrics come in several buckets. Whether it got there.
  bool live(Tick ticks) {
    for (Tick piece = 0; piece < 4; ++piece) {
      const Tick goal = now().tick + ticks / 4;
      step(ticks / 4);
      if (!QTest::qWaitFor([&] { return now().tick == goal; }, patience)) return false;
    }
    return true;
  }
  template <typename Control>
  [[nodiscard]] Control& control(const char* name) const {
    auto* found = panel.findChild<Control*>(QString::fromLatin1(name));
    if (!found) qFatal("there is no %s", name);
    return *found;
  }
  [[nodiscard]] bool says(const char* words) const {
    return panel.upToDate() && panel.finding().words.contains(QString::fromLatin1(words));
  }
  [[nodiscard]] QString words() const { return panel.finding().words; }
};

double widthOf(const QCPRange& range) { return range.size(); }

}  // namespace

/// The panel of analyses: made firings go in, numbers worked out by hand come out.
class TestAnalysisPanel : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QSettings().clear(); }

  /// Whatever is chosen says at once what it lacks, and nothing is drawn.
  void saysWhatIsMissing() {
    Room room;
    QVERIFY(room.show(Subject::Rate));
    for (const auto& one : subjects) {
      room.panel.choose(one.subject);
      QTRY_VERIFY_WITH_TIMEOUT(room.panel.upToDate(), patience);
      if (!ofSpikes(one.subject)) continue;
      QVERIFY2(room.panel.finding().missing && room.says("has been looked at yet"), one.name);
      QCOMPARE(room.panel.plot().graphCount(), 0);
    }
  }

  /// No choice of controls makes the dock wider than others are, and none lies on another.
  void controlsFit() {
    Room room;
    QVERIFY(room.show(Subject::Rate));
    for (const auto& one : subjects) {
      room.panel.choose(one.subject);
      room.panel.resize(640, 200);
      QCoreApplication::sendPostedEvents(&room.panel, QEvent::LayoutRequest);
      QVERIFY2(room.panel.minimumSizeHint().width() <= 640, one.name);
      QList<QWidget*> controls;
      for (auto* child : room.panel.findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) {
        if (child->isVisible()) controls << child;
      }
      QVERIFY(controls.size() >= 5);
      for (const auto* control : controls) {
        QVERIFY2(room.panel.rect().contains(control->geometry()), qPrintable(control->objectName()));
        for (const auto* other : controls) {
          QVERIFY2(control == other || !control->geometry().intersects(other->geometry()), one.name);
        }
      }
    }
  }

  void firingsBecomeNumbers() {
    Room room;
    QVERIFY(room.show(Subject::Rate));
    room.see(0, {4, 0, 4, 0});
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("0.25 firings per neuron and tick: on average 2 of 8 neurons"),
                              qPrintable(room.words()), patience);
    QCOMPARE(room.panel.plot().graph(0)->data()->at(1)->value, 0.0);
    room.see(4, {8, 8, 8, 8});
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("0.625 firings"), qPrintable(room.words()), patience);
    room.panel.choose(Subject::Intervals);
    // Ticks 0 2 4 5 6 7 of four neurons, 4 5 6 7 of four others.
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("32 intervals, on average 1.25 ticks"), qPrintable(room.words()), patience);
    room.panel.choose(Subject::Correlation);
    QTRY_VERIFY_WITH_TIMEOUT(room.panel.upToDate() && room.panel.finding().matrix, patience);
    QCOMPARE(room.panel.finding().matrix->side, std::size_t{8});
    room.panel.choose(Subject::Entropy);
    // Shares 6/40 and 4/40, four of each.
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("firing 0.9903 ("), qPrintable(room.words()), patience);
    QVERIFY(!room.panel.finding().matrix);
  }

  void windowsAndThresholdsAreControls() {
    Room room;
    QVERIFY(room.show(Subject::Fano));
    room.see(0, {1, 0, 1, 1, 0, 0, 2, 0, 0});
    auto& window = room.control<QSpinBox>("analysisWindow");
    auto& threshold = room.control<QSpinBox>("analysisThreshold");
    QVERIFY(window.isVisible() && !threshold.isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(room.says("Not two windows of 100"), patience);
    window.setValue(2);
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("over 2 neurons, from 4 windows of 2 ticks"), qPrintable(room.words()), patience);
    room.panel.choose(Subject::Avalanches);
    QVERIFY(!window.isVisible() && threshold.isVisible());
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("2 avalanches of more than 0 firings"), qPrintable(room.words()), patience);
    threshold.setValue(1);
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("1 avalanches of more than 1 firings"), qPrintable(room.words()), patience);
    QCOMPARE(room.panel.plot().xAxis->scaleType(), QCPAxis::stLogarithmic);
  }

  void someNeuronsAlone() {
    Room room;
    room.selection.set({room.id(0), room.id(7)}, {});
    QVERIFY(room.show(Subject::Rate));
    room.see(0, {1, 1, 8, 0});
    auto& population = room.control<QComboBox>("analysisPopulation");
    population.setCurrentIndex(population.findText(QStringLiteral("Selected neurons")));
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("0.5 firings per neuron and tick: on average 1 of 2"), qPrintable(room.words()),
                              patience);
    room.selection.set({room.id(7)}, {});
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("0.25 firings"), qPrintable(room.words()), patience);
    room.selection.clear();
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("no such neurons"), qPrintable(room.words()), patience);
  }

  /// The network's own tables and links: 24 links of 8 neurons, biases of one eighth.
  void valuesAndLinks() {
    Room room;
    QVERIFY(room.show(Subject::Degrees));
    const auto links = room.now().graph.targets->size();
    const auto counted = QStringLiteral("%1 links between 8 neurons").arg(links);
    QTRY_VERIFY2_WITH_TIMEOUT(room.says(qPrintable(counted)), qPrintable(room.words()), patience);
    room.panel.choose(Subject::Neurons);
    auto& quantity = room.control<QComboBox>("analysisQuantity");
    QCOMPARE(quantity.itemText(0), QStringLiteral("Charge"));  // what evolves comes first
    quantity.setCurrentIndex(1);
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("Bias of 8 neurons"), qPrintable(room.words()), patience);
    room.panel.choose(Subject::Links);
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("Fewer than two different values of Weight"), qPrintable(room.words()), patience);
    QVERIFY(room.live(60));
    const auto all = QStringLiteral("of %1 links at or above 0.01").arg(links);
    QTRY_VERIFY2_WITH_TIMEOUT(room.says(qPrintable(all)), qPrintable(room.words()), patience);
    QCOMPARE(room.panel.finding().curves.size(), std::size_t{2});
    room.panel.choose(Subject::Course);
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("Links: now "), qPrintable(room.words()), patience);
    QCOMPARE(quantity.itemText(1), QStringLiteral("Mean charge"));
    quantity.setCurrentIndex(3);
    const auto metric = QStringLiteral("Links: now %1,").arg(links);
    QTRY_VERIFY2_WITH_TIMEOUT(room.says(qPrintable(metric)), qPrintable(room.words()), patience);
  }

  /// Two copies go on from here, the network itself stays; who is selected is disturbed, and only who is counted counts.
  void aDisturbedTwin() {
    Room room;
    room.selection.set({room.id(2)}, {});
    QVERIFY(room.show(Subject::Twin));
    auto& stretch = room.control<QComboBox>("analysisStretch");
    QCOMPARE(stretch.currentText(), QStringLiteral("next 10,000 ticks"));
    stretch.setCurrentIndex(0);
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("N3 was stimulated at tick 0. At most"), qPrintable(room.words()), patience);
    const auto& curve = room.panel.finding().curves.at(0);
    QCOMPARE(curve.x.size(), std::size_t{1'000});
    QCOMPARE(curve.x[0], 1.0);
    QVERIFY(*std::ranges::max_element(curve.y) >= 1);  // itself
    QCOMPARE(room.now().tick, Tick{0});
    room.step(7);
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("at tick 7."), qPrintable(room.words()), patience);
    auto& population = room.control<QComboBox>("analysisPopulation");
    population.setCurrentIndex(population.findText(QStringLiteral("Selected neurons")));
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("of 1 neurons fired otherwise"), qPrintable(room.words()), patience);
    room.selection.clear();
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("no such neurons"), qPrintable(room.words()), patience);
    room.panel.choose(Subject::Rate);
    QVERIFY(stretch.currentText().startsWith(QStringLiteral("last ")));
  }

  /// Live: what is drawn follows the network until it is held, and only then stays. Nothing is gathered unseen.
  void holdsStillAndFollows() {
    Room room;
    QVERIFY(room.show(Subject::Rate));
    room.step(300);
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("in 300 ticks"), qPrintable(room.words()), patience);
    room.control<QToolButton>("analysisPause").setChecked(true);
    room.step(100);
    QTRY_COMPARE_WITH_TIMEOUT(room.now().tick, Tick{400}, patience);
    room.panel.choose(Subject::Smoothness);  // answered at once, and afterwards held
    QTRY_VERIFY2_WITH_TIMEOUT(room.words().contains(QStringLiteral("in 400 ticks without a gap")), qPrintable(room.words()),
                              patience);
    auto& x = *room.panel.plot().xAxis;
    const double before = widthOf(x.range());
    wheel(room.panel.plot(), room.panel.plot().axisRect()->rect().center(), 2);
    QVERIFY(widthOf(x.range()) < 0.7 * before);
    const QCPRange zoomed = x.range();
    drag(room.panel.plot(), room.panel.plot().axisRect()->rect().center(),
         room.panel.plot().axisRect()->rect().center() + QPoint(60, 0));
    QVERIFY(x.range().lower < zoomed.lower);
    room.step(100);
    QTRY_COMPARE_WITH_TIMEOUT(room.now().tick, Tick{500}, patience);
    QVERIFY(room.words().contains(QStringLiteral("in 400 ticks")));
    room.control<QToolButton>("analysisPause").setChecked(false);
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("in 500 ticks"), qPrintable(room.words()), patience);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(widthOf(x.range()) - before) < before, patience);
  }

  /// On a logarithmic axis a drag keeps what is under the mouse there.
  void pansLogarithmicAxes() {
    Room room;
    QVERIFY(room.show(Subject::Course));
    QVERIFY(room.live(1'000));
    room.control<QComboBox>("analysisQuantity").setCurrentIndex(1);
    QTRY_VERIFY_WITH_TIMEOUT(room.panel.upToDate() && room.panel.finding().x.logarithmic, patience);
    auto& plot = room.panel.plot();
    plot.replot(QCustomPlot::rpImmediateRefresh);
    const QPoint from = plot.axisRect()->rect().center();
    const double under = plot.xAxis->pixelToCoord(from.x());
    drag(plot, from, from + QPoint(80, 0));
    QVERIFY(std::abs(plot.xAxis->pixelToCoord(from.x() + 80) / under - 1) < 1e-6);
    QVERIFY(room.panel.paused());
    QTest::mouseDClick(&plot, Qt::LeftButton, {}, from);
    QVERIFY(!room.panel.paused());
  }

  /// A target is drawn for those it is meant for, who are looked at first, and only told for others.
  void aTargetIsForSome() {
    Room room;
    const DynamicsEntry& entry = *room.bridge.registry().find("sorn");
    const auto made = create(entry, initialValues(entry.description.creationFields), 1);
    QVERIFY(made && room.bridge.open(*made, false));
    QVERIFY(room.show(Subject::Rate));
    auto& population = room.control<QComboBox>("analysisPopulation");
    QCOMPARE(population.currentText(), QStringLiteral("Kind: excitatory"));
    room.see(0, {20, 40, 20, 0});
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("0.1 firings per neuron and step: on average 20 of 200"), qPrintable(room.words()),
                              patience);
    QVERIFY(room.words().contains(QStringLiteral("the target is 0.1")));
    QCOMPARE(room.panel.plot().graphCount(), 2);
    population.setCurrentIndex(0);
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("of 240 neurons"), qPrintable(room.words()), patience);
    QVERIFY(room.words().contains(QStringLiteral("the target of 0.1 is for excitatory alone")));
    QCOMPARE(room.panel.plot().graphCount(), 1);
  }

  /// What takes long says so, does not leave the picture of something else behind, and ends when it is held.
  void longWorkIsSeenAndEnded() {
    Room room;
    QVERIFY(room.show(Subject::Rate));
    room.see(0, {8, 8});
    QTRY_VERIFY_WITH_TIMEOUT(room.says("1 firings per neuron"), patience);
    room.control<QComboBox>("analysisStretch").setCurrentIndex(room.control<QComboBox>("analysisStretch").count() - 1);
    Model slow = toy::model(8, 16);
    slow.parameters[toy::MillisecondsPerTick] = 1;
    QVERIFY(room.bridge.open(std::move(slow), false));
    room.panel.choose(Subject::Twin);
    QTRY_VERIFY2_WITH_TIMEOUT(room.words().startsWith(QStringLiteral("Working… 0 %")), qPrintable(room.words()), patience);
    QCOMPARE(room.panel.plot().graphCount(), 0);
    QVERIFY(!room.panel.upToDate());
    room.control<QToolButton>("analysisPause").setChecked(true);
    QVERIFY2(room.panel.finding().missing && room.says("Ended early"), qPrintable(room.words()));
  }

  void anotherNetworkBeginsAnew() {
    Room room;
    QVERIFY(room.show(Subject::Rate));
    room.see(0, {8, 8});
    QTRY_VERIFY_WITH_TIMEOUT(room.says("1 firings per neuron"), patience);
    room.open(5, false);
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("has been looked at yet"), qPrintable(room.words()), patience);
    room.see(0, {5});
    QTRY_VERIFY2_WITH_TIMEOUT(room.says("on average 5 of 5"), qPrintable(room.words()), patience);
  }

  void readsAndExports() {
    Room room;
    QVERIFY(room.show(Subject::Intervals));
    room.see(0, {1, 0, 1, 0, 1, 0, 0, 1});
    QTRY_VERIFY_WITH_TIMEOUT(room.says("3 intervals"), patience);
    auto& plot = room.panel.plot();
    plot.replot(QCustomPlot::rpImmediateRefresh);
    const QPoint over(static_cast<int>(plot.xAxis->coordToPixel(2)), plot.axisRect()->rect().center().y());
    QTest::mouseMove(&plot, over);
    QTRY_COMPARE_WITH_TIMEOUT(room.control<QLabel>("analysisReading").text(), QStringLiteral("1.5 to 2.5: 2"), patience);
    QVERIFY(room.panel.exportTo(room.path("a.csv")));
    QVERIFY(Stage::contents(room.path("a.csv")).startsWith("curve,interval (ticks),intervals\nintervals,1.5,2\n"));
    QVERIFY(room.panel.exportTo(room.path("a.png")));
    QCOMPARE(QImage(room.path("a.png")).size(), plot.size() * 2);
    QVERIFY(room.panel.exportTo(room.path("a.svg")));
    QVERIFY(QSvgRenderer(room.path("a.svg")).isValid());
    room.panel.choose(Subject::Correlation);
    QTRY_VERIFY_WITH_TIMEOUT(room.panel.upToDate() && room.panel.finding().matrix, patience);
    QVERIFY(room.panel.exportTo(room.path("c.csv")));
    QCOMPARE(Stage::contents(room.path("c.csv")).count('\n'), 9);
    QVERIFY(Stage::contents(room.path("c.csv")).startsWith("correlation,N1,N2,"));
    room.panel.setDark(false);
    const QImage light = plot.grab().toImage();
    QCOMPARE(light.pixelColor(2, 2), WindowTheme::of(false).window);
  }
};

QTEST_MAIN(TestAnalysisPanel)
#include "tst_analysis_panel.moc"
