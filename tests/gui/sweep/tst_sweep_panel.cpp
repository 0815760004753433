#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QProgressBar>
#include <QSignalSpy>
#include <algorithm>

#include "tests/gui/sweep/room.h"
#include "ui/window/edits.h"

using namespace plexarium;
using namespace plexarium::ui;

class TestSweepPanel : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QSettings().clear(); }

  /// The gain of X against what Y says: one value, two, four; by the keyboard and the mouse.
  void drawsTheBifurcations() {
    Room room(logisticMap());
    QVERIFY(room.show());
    room.selection.set({NeuronId{1}}, {});
    QCOMPARE(room.chosen("sweepAcross"), QStringLiteral("N1 · Gain"));
    QCOMPARE(room.chosen("sweepUp"), QString());
    QCOMPARE(room.chosen("sweepLook"), QStringLiteral("N1 · Probability"));
    room.press("sweepFollow");
    room.selection.set({NeuronId{2}}, {});
    QCOMPARE(room.chosen("sweepAcross"), QStringLiteral("N1 · Gain"));
    QVERIFY(choose(room.control<HandleBox>("sweepLook"), QStringLiteral("N2 · Probability")));
    QCOMPARE(room.control<NumberBox>("sweepAcrossFrom").value(), 0.0);
    QCOMPARE(room.control<NumberBox>("sweepAcrossTo").value(), 4.0);
    room.type("sweepAcrossFrom", "2");
    room.quick();
    QVERIFY(room.sweep());
    const auto& result = *room.panel.result();
    QCOMPARE(result.across.size(), std::size_t{21});  // 2, 2.1, ... 4
    QCOMPARE(room.panel.picture().drawn(), 21 * 16);
    for (const auto& [column, period] : {std::pair(0, 1), {9, 1}, {12, 2}, {15, 4}}) {
      QCOMPARE(distinctValues(result.at(static_cast<std::size_t>(column), 0), 1e-6), static_cast<std::size_t>(period));
    }
    room.lookAt(3.2, 0.6);
    QVERIFY2(room.reading().contains(QStringLiteral("3.2: 2 values in turn, 0.513 to 0.79")), qPrintable(room.reading()));
    room.lookAt(2, 0.6);
    QCOMPARE(room.reading(), QStringLiteral("2: 0.5"));
  }

  /// Where the living network is; a click and a drag set it, each as one edit.
  void marksAndSetsTheLivingValue() {
    Room room(logisticMap());
    QVERIFY(room.show());
    room.selection.set({NeuronId{1}}, {});
    room.quick();
    QVERIFY(room.sweep());
    QTRY_VERIFY_WITH_TIMEOUT(room.panel.picture().marks().look.has_value(), patience);
    QCOMPARE(room.panel.picture().marks().across, std::optional(3.2));
    QCOMPARE(room.panel.picture().marks().look, std::optional(0.3));
    room.bridge.submit({"Set", {SetNeuronField{neuron::Gain, {{NeuronId{1}, 2.5}}}}});
    QTRY_COMPARE_WITH_TIMEOUT(room.panel.picture().marks().across, std::optional(2.5), patience);
    auto& plot = room.panel.plot();
    QTest::mouseClick(&plot, Qt::LeftButton, {}, room.pixel(1, 0.3));
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(room.gain() - 1) < 0.02, patience);
    // A pixel tells thousandths: that decimal number itself, which is how it is written.
    const auto isWritten = [&] { return room.gain() == QString::number(room.gain(), 'f', 3).toDouble(); };
    QVERIFY(isWritten());
    for (const double place : {2.901, 3.003, 3.207}) {
      QTest::mouseClick(&plot, Qt::LeftButton, {}, room.pixel(place, 0.3));
      QTRY_VERIFY_WITH_TIMEOUT(std::abs(room.gain() - place) < 0.02, patience);
      QVERIFY2(isWritten(), qPrintable(QString::number(room.gain(), 'g', 17)));
      room.bridge.post(Undo{});
      QTRY_VERIFY_WITH_TIMEOUT(std::abs(room.gain() - 1) < 0.02, patience);
    }
    drag(plot, room.pixel(1, 0.3), room.pixel(3, 0.3));
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(room.gain() - 3) < 0.02, patience);
    room.bridge.post(Undo{});
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(room.gain() - 1) < 0.02, patience);  // the whole drag
    room.bridge.post(Undo{});
    QTRY_COMPARE_WITH_TIMEOUT(room.gain(), 2.5, patience);
    plot.setFocus();
    QTest::keyClick(&plot, Qt::Key_Right, Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(room.gain(), 2.54, patience);  // a hundredth of what is shown
    const auto range = plot.xAxis->range();
    drag(plot, room.pixel(1, 0.3), room.pixel(3, 0.3));
    QCOMPARE(plot.xAxis->range(), range);
    QTest::keyClick(&plot, Qt::Key_Right);
    QVERIFY(plot.xAxis->range().lower > range.lower);
    QTest::keyClick(&plot, Qt::Key_Home);
    QCOMPARE(plot.xAxis->range(), range);
  }

  /// Two sources of the selected neuron are offered at once: the surface of a synapse, with the operating point.
  void drawsTheSurface() {
    Room room(synapse());
    QVERIFY(room.show());
    room.selection.set({NeuronId{3}}, {});
    QCOMPARE(room.chosen("sweepAcross"), QStringLiteral("N1 · Input, every tick"));
    QCOMPARE(room.chosen("sweepUp"), QStringLiteral("N2 · Input, every tick"));
    QCOMPARE(room.chosen("sweepLook"), QStringLiteral("N3 · Probability"));
    room.type("sweepAcrossSteps", "11");
    room.type("sweepUpSteps", "6");
    room.type("sweepSettle", "3");
    QVERIFY(room.sweep());
    const auto& result = *room.panel.result();
    QCOMPARE(room.panel.picture().drawn(), 66);
    for (std::size_t row = 0; row < 6; ++row) {
      for (std::size_t column = 0; column < 11; ++column) {
        QVERIFY(std::abs(result.at(column, row).back() - 0.8 * result.across[column] * (1 - 0.9 * result.up[row])) < 1e-12);
      }
    }
    QTRY_COMPARE_WITH_TIMEOUT(room.panel.picture().marks().up, std::optional(0.1), patience);
    QCOMPARE(room.panel.picture().marks().across, std::optional(0.7));
    room.lookAt(0.5, 0.4);
    QCOMPARE(room.reading(), QStringLiteral("0.5, 0.4: 0.256"));
    // The corner where it is largest is brightest, as soon as it is drawn.
    const auto light = [&](double x, double y) {
      return room.panel.plot().grab().toImage().pixelColor(room.pixel(x, y)).lightness();
    };
    QTRY_VERIFY_WITH_TIMEOUT(light(0.97, 0.03) > light(0.5, 0.5) && light(0.5, 0.5) > light(0.03, 0.97), patience);
    QTest::mouseClick(&room.panel.plot(), Qt::LeftButton, {}, room.pixel(0.4, 0.8));
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(room.panel.picture().marks().up.value_or(0) - 0.8) < 0.02, patience);
    QVERIFY(std::abs(*room.panel.picture().marks().across - 0.4) < 0.02);
  }

  /// What was found stays, whatever is selected or looked at; an edit of anything but what was swept makes it a thing of
  /// before, which says so until the next sweep.
  void whatWasFoundStays() {
    Room room(logisticMap());
    QVERIFY(room.show());
    room.selection.set({NeuronId{1}}, {});
    room.quick();
    QVERIFY(room.sweep());
    const int dots = room.panel.picture().drawn();
    auto& plot = room.panel.plot();
    wheel(plot, plot.axisRect()->rect().center(), 2);
    const auto range = plot.xAxis->range();
    room.selection.set({NeuronId{2}}, {});
    room.step(1);
    QTRY_COMPARE_WITH_TIMEOUT(room.now().tick, Tick{1}, patience);
    room.selection.clear();
    QCOMPARE(room.panel.picture().drawn(), dots);
    QCOMPARE(plot.xAxis->range(), range);
    const auto set = [&](std::size_t field, NeuronId id, double value) {
      room.bridge.submit({"Set", {SetNeuronField{field, {{id, value}}}}});
    };
    QTest::mouseClick(&plot, Qt::LeftButton, {}, room.pixel(range.center(), 0.3));
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(room.gain() - range.center()) < 0.02, patience);
    room.step(1);
    QTRY_COMPARE_WITH_TIMEOUT(room.now().tick, Tick{2}, patience);
    QVERIFY(!room.panel.outdated());
    const auto light = [&] { return plot.grab().toImage(); };
    const QImage before = light();
    set(neuron::Gain, NeuronId{2}, 3);
    QTRY_VERIFY_WITH_TIMEOUT(room.panel.outdated(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(light() != before, patience);
    QVERIFY(room.panel.result() != nullptr && room.panel.picture().drawn() == dots);
    room.selection.set({NeuronId{1}}, {});
    QTRY_VERIFY_WITH_TIMEOUT(room.reading().contains(QStringLiteral("press Sweep")), patience);
    QVERIFY(room.sweep());
    QVERIFY(!room.panel.outdated());
  }

  void cancelsAndKeepsWhatWasFound() {
    Room room(logisticMap());
    QVERIFY(room.show());
    room.selection.set({NeuronId{1}}, {});
    room.quick();
    QVERIFY(room.sweep());
    const auto found = room.panel.result()->values;
    room.type("sweepSettle", "100000");
    room.type("sweepAcrossSteps", "2000");
    room.press("sweepGo");
    QVERIFY(room.panel.running());
    QVERIFY(room.control<QProgressBar>("sweepProgress").isVisible());
    QCOMPARE(room.control<QToolButton>("sweepGo").text(), QStringLiteral("Cancel"));
    room.panel.plot().setFocus();
    QTest::keyClick(&room.panel.plot(), Qt::Key_Return);
    QVERIFY(!room.panel.running());
    QVERIFY(!room.control<QProgressBar>("sweepProgress").isVisible());
    QCOMPARE(room.panel.result()->values, found);
    room.type("sweepSettle", "10");
    room.type("sweepAcrossSteps", "3");
    QTest::keyClick(&room.panel.plot(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!room.panel.running() && room.panel.result()->across.size() == 3, 4 * patience);
  }

  void holdKeepsWhatIsChosen() {
    Room room(logisticMap());
    QVERIFY(room.show());
    room.selection.set({NeuronId{1}}, {});
    room.quick();
    QVERIFY(room.sweep());
    QTRY_COMPARE_WITH_TIMEOUT(room.panel.picture().marks().across, std::optional(3.2), patience);
    room.press("sweepPause");
    room.selection.set({NeuronId{2}}, {});
    room.bridge.submit({"Set", {SetNeuronField{neuron::Gain, {{NeuronId{1}, 2.5}}}}});
    QTRY_COMPARE_WITH_TIMEOUT(room.gain(), 2.5, patience);
    QCOMPARE(room.chosen("sweepAcross"), QStringLiteral("N1 · Gain"));
    QCOMPARE(room.panel.picture().marks().across, std::optional(3.2));
    room.press("sweepPause");
    QVERIFY(room.chosen("sweepAcross") != QStringLiteral("N1 · Gain"));
    QTRY_COMPARE_WITH_TIMEOUT(room.panel.picture().marks().across, std::optional(2.5), patience);  // of what is drawn
    room.open(4, false);
    QVERIFY(!room.panel.result());
  }

  /// A dynamics that knows nothing of this has it all the same.
  void worksForAnyDynamics() {
    Room room(toy::model(5, 0));
    QVERIFY(room.show());
    room.selection.set({}, {room.now().graph.key(0)});
    QVERIFY(room.chosen("sweepAcross").endsWith(QStringLiteral(" · Gain")));
    QVERIFY(room.chosen("sweepLook").endsWith(QStringLiteral(" · Charge")));
    room.quick();
    QVERIFY(room.sweep());
    room.selection.clear();
    QCOMPARE(room.chosen("sweepAcross"), QStringLiteral("Slowness"));
    // What only adds has no value to set.
    room.selection.set({NeuronId{2}}, {});
    QVERIFY(choose(room.control<HandleBox>("sweepAcross"), QStringLiteral("N2 · Charge, every tick")));
    QVERIFY(room.sweep());
    const QSignalSpy refused(&room.panel, &PlotPanel::refused);
    QTest::mouseClick(&room.panel.plot(), Qt::LeftButton, {}, room.panel.plot().axisRect()->rect().center());
    QCOMPARE(refused.size(), 1);
    QCOMPARE(room.now().undoLabel, std::string());
  }

  void exports() {
    Room room(logisticMap());
    QVERIFY(room.show());
    room.selection.set({NeuronId{1}}, {});
    room.quick();
    QVERIFY(room.sweep());
    QVERIFY(room.panel.exportTo(room.path("sweep.csv")));
    const auto lines = Stage::contents(room.path("sweep.csv")).trimmed().split('\n');
    QCOMPARE(lines.size(), qsizetype{1 + 21 * 16});
    QCOMPARE(lines[0], QByteArray("across,tick,value"));
    const auto last = lines.back().split(',');
    QCOMPARE(last[0].toDouble(), 4.0);
    QCOMPARE(last[1].toInt(), 16);
    QCOMPARE(last[2].toDouble(), room.panel.result()->values.back());
    QVERIFY(room.panel.exportTo(room.path("sweep.png")));
    QCOMPARE(QImage(room.path("sweep.png")).size(), room.panel.plot().size() * 2);
  }

  /// As the inspector says what an exchange would do, so it does; and undo takes it back.
  void exchangesTheSources() {
    Room room(synapse());
    const LinkKey exciting{NeuronId{1}, NeuronId{3}}, inhibiting{NeuronId{2}, NeuronId{3}};
    room.step(1);
    QTRY_COMPARE_WITH_TIMEOUT(room.now().tick, Tick{1}, patience);
    room.selection.set({}, {exciting, inhibiting});
    QVERIFY(!exchangeSources(room.now(), room.selection));  // their values are not known yet
    room.bridge.watch(this, Watch{{NeuronId{3}}, {exciting, inhibiting}});
    const auto watched = [&](std::size_t link, std::size_t field) { return room.now().watchedLinks[link].values[field]; };
    const auto target = [&] { return room.now().watchedNeurons[0].values[neuron::Probability]; };
    QTRY_VERIFY_WITH_TIMEOUT(room.now().watchedLinks.size() == 2 && !room.now().watchedNeurons.empty(), patience);
    const double before = target(), ratio = watched(1, synann::link::SwapRatio);
    QVERIFY(std::abs(before - 0.8 * 0.7 * (1 - 0.9 * 0.1)) < 1e-12);
    const auto edit = exchangeSources(room.now(), room.selection);
    QVERIFY(edit.has_value());
    room.bridge.submit(*edit);
    QTRY_COMPARE_WITH_TIMEOUT(watched(0, synann::link::Weight), 0.9, patience);
    QCOMPARE(watched(1, synann::link::Weight), 0.8);
    QCOMPARE(watched(0, synann::link::Channel), 1.0);
    room.step(1);
    QTRY_COMPARE_WITH_TIMEOUT(room.now().tick, Tick{2}, patience);
    QVERIFY(std::abs(target() - before / ratio) < 1e-12);
    room.bridge.post(Undo{});
    QTRY_COMPARE_WITH_TIMEOUT(watched(0, synann::link::Weight), 0.8, patience);
    QCOMPARE(watched(1, synann::link::Channel), 1.0);
    room.selection.set({}, {exciting});
    QVERIFY(!exchangeSources(room.now(), room.selection));
    room.selection.set({NeuronId{1}}, {exciting, inhibiting});
    QVERIFY(!exchangeSources(room.now(), room.selection));
  }
};

QTEST_MAIN(TestSweepPanel)
#include "tst_sweep_panel.moc"
