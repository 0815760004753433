#include <qcustomplot.h>

#include <QComboBox>
#include <QFileDialog>
#include <QImage>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <ctime>

#include "tests/gui/plots/stage.h"
#include "ui/plots/raster_plot.h"
#include "ui/window/window_theme.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

double cpuMilliseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

QPointF placeOf(const RasterPlot& raster, double tick, double row) {
  return {raster.plot().xAxis->coordToPixel(tick), raster.plot().yAxis->coordToPixel(row)};
}

/// As if somebody had looked from the first of these spikes to the last.
SpikeBatch seen(std::vector<Spike> spikes) {
  const Tick first = spikes.front().tick, last = spikes.back().tick;
  const auto branch = spikes.front().branch;
  return {std::move(spikes), {{branch, first, last + 1 - first}}};
}

/// The pixels of a picture of the plot that have a colour.
int count(RasterPlot& raster, const QColor& colour) {
  const QImage image = raster.plot().grab().toImage().convertToFormat(QImage::Format_RGB32);
  int found = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) found += image.pixel(x, y) == colour.rgb();
  }
  return found;
}

std::size_t spikesBetween(const RasterPlot& raster, Tick from, Tick to) {
  std::size_t found = 0;
  raster.history().each(from, to, [&](Tick, std::span<const std::uint32_t> lanes) { found += lanes.size(); });
  return found;
}

/// Lets nothing happen here for so many milliseconds. True.
bool stalled(int milliseconds) {
  const double end = cpuMilliseconds() + milliseconds;
  while (cpuMilliseconds() < end) continue;
  return true;
}

}  // namespace

class TestRasterPlot : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QSettings().clear(); }

  /// The toy's neurons fire every eighth tick by themselves; the raster says who fired when, as the network itself does.
  void showsWhoFired() {
    Stage stage;
    RasterPlot raster(stage.bridge, stage.selection);
    QVERIFY(Stage::show(raster));
    stage.step(40);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{40}, patience);
    QTRY_VERIFY_WITH_TIMEOUT(raster.history().size() > 0, patience);
    std::map<std::uint32_t, Tick> last;
    raster.history().each(0, 40, [&](Tick tick, std::span<const std::uint32_t> lanes) {
      for (const auto lane : lanes) last[raster.history().neurons()[lane].value] = tick;
    });
    for (std::size_t row = 0; row < 8; ++row) {
      QCOMPARE(last[stage.id(row).value], stage.now().appearance.lastFired[row]);
    }
    QTRY_COMPARE_WITH_TIMEOUT(raster.drawnSpikes(), raster.history().size(), patience);
  }

  /// While nobody sees it nothing is recorded; the past of a network at rest is recalled when somebody looks again.
  void asksOnlyWhileSeen() {
    Stage stage;
    RasterPlot raster(stage.bridge, stage.selection);
    QSignalSpy spikes(&stage.bridge, &SessionBridge::spikes);
    stage.step(40);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{40}, patience);
    QCOMPARE(spikes.size(), 0);
    QVERIFY(Stage::show(raster));
    QTRY_COMPARE_WITH_TIMEOUT(raster.coverage().firstGap(0, 40), Tick{40}, patience);
    QVERIFY(raster.history().firstTick() < 40);
    QCOMPARE(spikes.size(), 0);
    stage.step(40);
    QTRY_VERIFY_WITH_TIMEOUT(raster.history().lastTick() >= 40 && stage.now().tick == 80, patience);
    QVERIFY(spikes.size() > 0);
    raster.hide();
    const auto size = raster.history().size();
    stage.step(40);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{120}, patience);
    QCOMPARE(raster.history().size(), size);
  }

  /// The reading tells who fired when, also where nothing moves: the network rests and the mouse stays.
  void hoverTellsASpikeOfARestingNetwork() {
    Stage stage;
    RasterPlot raster(stage.bridge, stage.selection);
    QVERIFY(Stage::show(raster));
    stage.step(40);
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().tick == 40 && raster.drawnSpikes() == raster.history().size(), patience);
    auto* reading = raster.findChild<QLabel*>(QStringLiteral("rasterReading"));
    const Tick fired = stage.now().appearance.lastFired[3];
    QTest::mouseMove(&raster.plot(), placeOf(raster, static_cast<double>(fired) + 0.5, 3).toPoint());
    const QString told = QStringLiteral("tick %1 · N4").arg(fired);
    QTRY_COMPARE_WITH_TIMEOUT(reading->text(), told, patience);
    stage.selection.set({stage.id(1)}, {});  // draws anew
    raster.setDark(false);
    QTRY_VERIFY_WITH_TIMEOUT(count(raster, WindowTheme::of(false).accent) > 0, patience);
    QCOMPARE(reading->text(), told);
    QTest::mouseMove(&raster.plot(), QPoint(2, 2));
    QTRY_VERIFY_WITH_TIMEOUT(reading->text().contains(QStringLiteral("spikes")), patience);
  }

  /// The plot comes under a mouse that does not move: another tab was chosen by its key.
  void readsUnderAMouseAtRest() {
    Stage stage;
    RasterPlot raster(stage.bridge, stage.selection);
    QVERIFY(Stage::show(raster));
    stage.step(40);
    QTRY_COMPARE_WITH_TIMEOUT(raster.coverage().end(), Tick{40}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(raster.plot().yAxis->range(), QCPRange(-0.5, 7.5), patience);
    const QPointF place = placeOf(raster, 20.5, 3);
    QEnterEvent enter(place, place, raster.plot().mapToGlobal(place));
    QCoreApplication::sendEvent(&raster.plot(), &enter);
    auto* reading = raster.findChild<QLabel*>(QStringLiteral("rasterReading"));
    QTRY_COMPARE_WITH_TIMEOUT(reading->text(), QStringLiteral("tick 20 · N4"), patience);
  }

  /// Ticks that nobody looked at are shaded and said to be, and the newest that were are at the right edge.
  void tellsWhatWasTooFastToWatch() {
    Stage stage(200);
    RasterPlot raster(stage.bridge, stage.selection);
    QVERIFY(Stage::show(raster));
    auto* reading = raster.findChild<QLabel*>(QStringLiteral("rasterReading"));
    stage.bridge.post(SetPace{0});
    stage.bridge.post(Run{});
    const auto gapBefore = [&](Tick end) { return raster.coverage().firstGap(0, end); };
    // The window is busy for a while; the network is not.
    QTRY_VERIFY_WITH_TIMEOUT(stalled(50) && gapBefore(raster.coverage().end()) < raster.coverage().end(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(stalled(50) && reading->text().contains(QStringLiteral("too fast")), patience);
    // What is shown at the right edge was looked at.
    QTRY_VERIFY_WITH_TIMEOUT(stalled(50) && raster.coverage().has(static_cast<Tick>(raster.plot().xAxis->range().upper) - 1),
                             patience);
    stage.bridge.post(Pause{});
    QTRY_VERIFY_WITH_TIMEOUT(!stage.now().running, patience);
    // At rest everything that is shown is there.
    const Tick now = stage.now().tick;
    QTRY_COMPARE_WITH_TIMEOUT(raster.plot().xAxis->range().upper, static_cast<double>(now), patience);
    QTRY_COMPARE_WITH_TIMEOUT(raster.coverage().firstGap(now - 200, now), now, patience);
    QTRY_COMPARE_WITH_TIMEOUT(raster.drawnSpikes(), spikesBetween(raster, now - 200, now), patience);
    QVERIFY(raster.drawnSpikes() >= 200 * 200 / 9);  // every neuron, at least every ninth tick
    std::map<std::uint32_t, Tick> last;
    raster.history().each(now - 200, now, [&](Tick tick, std::span<const std::uint32_t> lanes) {
      for (const auto lane : lanes) last[raster.history().neurons()[lane].value] = tick;
    });
    for (std::size_t row = 0; row < 200; ++row) {
      QCOMPARE(last[stage.id(row).value], stage.now().appearance.lastFired[row]);
    }
  }

  void shadesGaps() {
    Stage stage;
    stage.step(150);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{150}, patience);
    RasterPlot raster(stage.bridge, stage.selection);
    raster.setDark(true);
    QVERIFY(Stage::show(raster));
    QTRY_COMPARE_WITH_TIMEOUT(raster.coverage().firstGap(0, 150), Tick{150}, patience);
    stage.bridge.post(SetPace{1});  // runs and does not come to its next tick: nothing is recalled
    stage.bridge.post(Run{});
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().running, patience);
    const QColor blank(0x0d121a);
    const auto colourAt = [&](double tick) {
      return raster.plot().grab().toImage().pixelColor(placeOf(raster, tick, 0.5).toPoint());
    };
    QTRY_COMPARE_WITH_TIMEOUT(colourAt(60.5), blank, patience);
    raster.take({{}, {{0, 40, 10}, {0, 100, 10}}});  // replaces what was from 40 on
    QTRY_VERIFY_WITH_TIMEOUT(colourAt(60.5) != blank, patience);
    QCOMPARE(colourAt(45.5), blank);
    QCOMPARE(colourAt(105.5), blank);
    QCOMPARE(colourAt(180), blank);  // still to come
    QVERIFY(raster.coverage().has(49) && !raster.coverage().has(50));
  }

  void clickSelectsAndLights() {
    Stage stage;
    RasterPlot raster(stage.bridge, stage.selection);
    QVERIFY(Stage::show(raster));
    raster.take(seen({{5, stage.id(3)}, {6, stage.id(3)}, {7, stage.id(1)}}));
    QTRY_COMPARE_WITH_TIMEOUT(raster.drawnSpikes(), std::size_t{3}, patience);
    const QColor accent(0x5ab9e8);
    QCOMPARE(count(raster, accent), 0);
    QTest::mouseClick(&raster.plot(), Qt::LeftButton, {}, placeOf(raster, 50, 3).toPoint());
    QCOMPARE(stage.selection.neurons(), std::vector{stage.id(3)});
    QTRY_VERIFY_WITH_TIMEOUT(count(raster, accent) > 0, patience);
    QTest::mouseClick(&raster.plot(), Qt::LeftButton, Qt::ShiftModifier, placeOf(raster, 50, 1).toPoint());
    QCOMPARE(stage.selection.neurons(), (std::vector{stage.id(1), stage.id(3)}));
  }

  void rowsFollowTheOrder() {
    Stage stage(4);
    Edit edit{"roles",
              {SetRoles{{{stage.id(0), Role::Motor},
                         {stage.id(1), Role::Inter},
                         {stage.id(2), Role::Sensory},
                         {stage.id(3), Role::Inter}}}}};
    RasterPlot raster(stage.bridge, stage.selection);
    QVERIFY(Stage::show(raster));
    stage.bridge.submit(std::move(edit));
    QTRY_COMPARE_WITH_TIMEOUT((*stage.now().graph.roles)[0], Role::Motor, patience);
    QCOMPARE(raster.rows(), (std::vector{stage.id(0), stage.id(1), stage.id(2), stage.id(3)}));
    auto* order = raster.findChild<QComboBox*>(QStringLiteral("rasterOrder"));
    order->setCurrentIndex(1);
    QCOMPARE(raster.rows(), (std::vector{stage.id(2), stage.id(1), stage.id(3), stage.id(0)}));
    raster.take(seen({{1, stage.id(0)}}));
    stage.bridge.submit(Edit{"remove", {RemoveNeurons{{stage.id(0)}}}});
    QTRY_COMPARE_WITH_TIMEOUT(raster.rows().size(), std::size_t{3}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(raster.drawnSpikes(), std::size_t{0}, patience);
  }

  /// The busiest on top, or those with the largest value of a field that evolves; what is alike stands by number.
  void rowsStandByRateOrValue() {
    Stage stage(4);
    RasterPlot raster(stage.bridge, stage.selection);
    QVERIFY(Stage::show(raster));
    raster.take(seen({{0, stage.id(1)}, {0, stage.id(3)}, {1, stage.id(3)}}));
    QTRY_COMPARE_WITH_TIMEOUT(raster.drawnSpikes(), std::size_t{3}, patience);
    auto* order = raster.findChild<QComboBox*>(QStringLiteral("rasterOrder"));
    order->setCurrentIndex(order->findText(QStringLiteral("By rate")));
    QCOMPARE(raster.rows(), (std::vector{stage.id(3), stage.id(1), stage.id(0), stage.id(2)}));
    std::vector<std::pair<double, NeuronId>> charges;
    stage.bridge.post(Capture{}, [&](const Outcome& outcome) {
      const auto& graph = outcome.capture->graph;
      for (std::size_t row = 0; row < 4; ++row) {
        charges.emplace_back(-columnValue(graph.neuronColumn(toy::Charge), row), graph.ids()[row]);
      }
    });
    QTRY_COMPARE_WITH_TIMEOUT(charges.size(), std::size_t{4}, patience);
    std::ranges::sort(charges);
    QVERIFY(charges.front().first < charges.back().first);
    std::vector<NeuronId> wanted;
    for (const auto& [charge, neuron] : charges) wanted.push_back(neuron);
    order->setCurrentIndex(order->findText(QStringLiteral("By charge")));
    QTRY_COMPARE_WITH_TIMEOUT(raster.rows(), wanted, patience);
  }

  void wheelZoomsDragHoldsAndButtonLetsGo() {
    Stage stage;
    RasterPlot raster(stage.bridge, stage.selection);
    QVERIFY(Stage::show(raster));
    stage.step(400);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{400}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(raster.plot().xAxis->range(), QCPRange(200, 400), patience);
    const QPoint middle = raster.plot().axisRect()->rect().center();
    wheel(raster.plot(), middle, 1);
    QTRY_COMPARE_WITH_TIMEOUT(raster.plot().xAxis->range(), QCPRange(240, 400), patience);
    const QCPRange rows = raster.plot().yAxis->range();
    wheel(raster.plot(), middle, 1, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(raster.plot().yAxis->range().size() < rows.size(), patience);
    drag(raster.plot(), middle, middle + QPoint(100, 0));
    QVERIFY(raster.paused());
    const QCPRange held = raster.plot().xAxis->range();
    QVERIFY(held.upper < 400);
    stage.step(10);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{410}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(raster.plot().xAxis->range(), held, patience);
    QTest::mouseClick(raster.findChild<QToolButton*>(QStringLiteral("rasterPause")), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(raster.plot().xAxis->range().upper, 410.0, patience);
  }

  void keysDoTheSame() {
    Stage stage;
    RasterPlot raster(stage.bridge, stage.selection);
    QVERIFY(Stage::show(raster));
    stage.step(400);
    QTRY_COMPARE_WITH_TIMEOUT(raster.plot().xAxis->range(), QCPRange(200, 400), patience);
    QTest::keyClick(&raster.plot(), Qt::Key_Plus);
    QTRY_COMPARE_WITH_TIMEOUT(raster.plot().xAxis->range(), QCPRange(240, 400), patience);
    QTest::keyClick(&raster.plot(), Qt::Key_Left);
    QVERIFY(raster.paused());
    const QCPRange range = raster.plot().xAxis->range();  // an eighth further back, but for a pixel
    QVERIFY(std::abs(range.lower - 220) < 1 && std::abs(range.upper - 380) < 1);
  }

  void anotherBranchTakesOver() {
    Stage stage;
    RasterPlot raster(stage.bridge, stage.selection);
    raster.take(seen({{10, stage.id(0), 0}, {20, stage.id(0), 0}, {30, stage.id(0), 0}}));
    raster.take(seen({{25, stage.id(1), 1}}));
    QCOMPARE(raster.history().size(), std::size_t{3});
    QCOMPARE(raster.history().lastTick(), Tick{25});
  }

  void exportsByItsMenu() {
    Stage stage;
    RasterPlot raster(stage.bridge, stage.selection);
    QVERIFY(Stage::show(raster));
    raster.take(seen({{5, stage.id(3)}, {7, stage.id(1)}, {900, stage.id(1)}}));
    QTRY_COMPARE_WITH_TIMEOUT(raster.drawnSpikes(), std::size_t{2}, patience);
    auto* menu = raster.findChild<QToolButton*>(QStringLiteral("rasterExport"))->menu();
    QCOMPARE(menu->actions().size(), qsizetype{3});
    menu->actions()[2]->trigger();
    auto* dialog = raster.findChild<QFileDialog*>();
    QVERIFY(dialog);
    dialog->setDirectory(stage.folder.path());
    dialog->selectFile(stage.path("spikes.csv"));
    static_cast<QDialog*>(dialog)->accept();
    QTRY_COMPARE_WITH_TIMEOUT(Stage::contents(stage.path("spikes.csv")),
                              QByteArray("tick,neuron,name\n5,") + QByteArray::number(stage.id(3).value) + ",N4\n7," +
                                  QByteArray::number(stage.id(1).value) + ",N2\n",
                              patience);
  }

  void picturesAndDrawings() {
    Stage stage;
    RasterPlot raster(stage.bridge, stage.selection);
    QVERIFY(Stage::show(raster));
    raster.take(seen({{5, stage.id(3)}, {7, stage.id(1)}}));
    QVERIFY(raster.exportTo(stage.path("a.png")));
    const QImage picture(stage.path("a.png"));
    QCOMPARE(picture.size(), raster.plot().size() * 2);
    QVERIFY(raster.exportTo(stage.path("a.svg")));
    QSvgRenderer drawing(stage.path("a.svg"));
    QVERIFY(drawing.isValid());
    QVERIFY(!Stage::contents(stage.path("a.svg")).contains("<image"));
    const auto refused = raster.exportTo(stage.path("a.txt"));
    QVERIFY(!refused && !QFile::exists(stage.path("a.txt")));
    QVERIFY(!raster.exportTo(stage.path("nowhere/a.csv")));
  }

  /// A million spikes of a thousand neurons on screen, scrolled by a tick each frame: 30 frames a second and more.
  void scrollsAMillionSpikes() {
    Stage stage(1000);
    RasterPlot raster(stage.bridge, stage.selection);
    QVERIFY(Stage::show(raster, {900, 340}));
    std::vector<Spike> spikes;
    for (Tick tick = 0; tick < 10'000; ++tick) {
      for (std::size_t spike = 0; spike < 100; ++spike) {
        spikes.push_back({tick, stage.id((static_cast<std::size_t>(tick) * 37 + spike * 11) % 1000)});
      }
    }
    raster.take(seen(std::move(spikes)));
    QTest::mouseClick(raster.findChild<QToolButton*>(QStringLiteral("rasterPause")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(raster.drawnSpikes() > 0, patience);
    double best = 1e9;
    for (int frame = 0; frame < 20; ++frame) {
      raster.plot().xAxis->setRange(frame, frame + 10'000);
      const double before = cpuMilliseconds();
      raster.plot().replot(QCustomPlot::rpImmediateRefresh);
      best = std::min(best, cpuMilliseconds() - before);
    }
    QVERIFY(raster.drawnSpikes() > 990'000);
    qInfo("a million spikes: %.2f ms of processor time a frame, %.0f frames a second", best, 1000 / best);
#if defined(__SANITIZE_ADDRESS__) || !defined(__OPTIMIZE__)
    const double bar = 400;
#else
    const double bar = 33;
#endif
    QVERIFY(best < bar);
  }
};

QTEST_MAIN(TestRasterPlot)
#include "tst_raster_plot.moc"
