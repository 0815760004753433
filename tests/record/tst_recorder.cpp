#include <QtTest>

#include "core/dynamics/registry.h"
#include "core/io/document.h"
#include "core/record/recorder.h"
#include "core/session/simulation.h"

using namespace plexarium;

/// Runs on disk.
class TestRecorder : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    auto model = loadModel(registry_, PLEXARIUM_SOURCE_DIR "/models/mutual_pair.json").value();
    simulation_ = Simulation::create(**registry_.require("transmitter"), std::move(model)).value();
  }

  /// Ping releases in ticks 4, 18, 32, ..., Pong in 11, 25, ... (period 14).
  void firingsAreWritten() {
    auto recorder = Recorder::create(path(), simulation_->description(), {}, simulation_->tick()).value();
    run(30, [&](auto&&) { QVERIFY(recorder.record(simulation_->graph(), simulation_->tick())); });
    QVERIFY(recorder.close());
    QCOMPARE(recorder.rowCount(), std::size_t{4});
    QCOMPARE(text(), std::string("tick,id,name\n4,1,Ping\n11,2,Pong\n18,1,Ping\n25,2,Pong\n"));
  }

  void earlierFiringsAreLeftOut() {
    run(6, [](auto&&) {});
    auto recorder = Recorder::create(path(), simulation_->description(), {}, simulation_->tick()).value();
    run(6, [&](auto&&) { QVERIFY(recorder.record(simulation_->graph(), simulation_->tick())); });
    QVERIFY(recorder.close());
    QCOMPARE(text(), std::string("tick,id,name\n11,2,Pong\n"));
  }

  void chosenValuesAreWritten() {
    const auto& fields = simulation_->description().neuronFields;
    RecordPlan plan{{{1}}, {*findField(fields, "sta"), *findField(fields, "phase")}, 2};
    auto recorder = Recorder::create(path(), simulation_->description(), plan, simulation_->tick()).value();
    run(6, [&](auto&&) { QVERIFY(recorder.record(simulation_->graph(), simulation_->tick())); });
    QVERIFY(recorder.close());
    QCOMPARE(text(),
             std::string("tick,id,name,sta,phase\n2,1,Ping,3,conducting\n4,1,Ping,1,conducting\n6,1,Ping,0,recovering\n"));
  }

  /// Both links of the pair, and those alone whose ends are meant.
  void linkValuesAreWritten() {
    const auto& fields = simulation_->description().linkFields;
    const auto field = *findField(fields, "weight");
    const RecordPlan plan{{}, {}, 2, {field}};
    auto recorder = Recorder::create(path(), simulation_->description(), plan, simulation_->tick()).value();
    run(4, [&](auto&&) { QVERIFY(recorder.record(simulation_->graph(), simulation_->tick())); });
    QVERIFY(recorder.close());
    const auto strength = formatValue(fields[field], columnValue(simulation_->graph().linkColumn(field), 0));
    std::string wanted = "tick,from,to,weight\n";
    for (const auto* tick : {"2", "4"})
      wanted += std::string(tick) + ",1,2," + strength + '\n' + tick + ",2,1," + strength + '\n';
    QCOMPARE(text(), wanted);
    QCOMPARE(recorder.rowCount(), std::size_t{4});
    auto alone = Recorder::create(path(), simulation_->description(), {{{1}}, {}, 1, {field}}, 0).value();
    run(1, [&](auto&&) { QVERIFY(alone.record(simulation_->graph(), simulation_->tick())); });
    QCOMPARE(alone.rowCount(), std::size_t{0});
  }

  void namesAreQuoted() {
    Edit edit{"rename", {RenameNeurons{{{{1}, "a, \"b\""}}}}};
    QVERIFY(simulation_->edit(edit));
    auto recorder = Recorder::create(path(), simulation_->description(), {}, 0).value();
    run(5, [&](auto&&) { QVERIFY(recorder.record(simulation_->graph(), simulation_->tick())); });
    QVERIFY(recorder.close());
    QCOMPARE(text(), std::string("tick,id,name\n4,1,\"a, \"\"b\"\"\"\n"));
  }

  void vanishedNeuronsAreLeftOut() {
    auto recorder = Recorder::create(path(), simulation_->description(), {{{1}, {2}}, {0}, 1}, 0).value();
    QVERIFY(simulation_->edit(Edit{"remove", {RemoveNeurons{{{1}}}}}));
    run(1, [&](auto&&) { QVERIFY(recorder.record(simulation_->graph(), simulation_->tick())); });
    QVERIFY(recorder.close());
    QCOMPARE(text(), std::string("tick,id,name,threshold\n1,2,Pong,10\n"));
  }

  void metricsAreMeans() {
    auto recorder = MetricRecorder::create(path(), simulation_->description(), 10).value();
    run(25, [&](std::span<const double> metrics) { QVERIFY(recorder.record(simulation_->tick(), metrics)); });
    QVERIFY(recorder.close());
    const auto lines = QString::fromStdString(text()).split('\n');
    QCOMPARE(lines.size(), 5);
    QVERIFY(lines[0].startsWith("tick,releases,activations,deliveries"));
    QVERIFY(lines[1].startsWith("10,0.1,"));  // one release in ticks 0..9
    QVERIFY(lines[2].startsWith("20,0.2,"));
    QVERIFY(lines[3].startsWith("25,0,"));  // ticks 20..24, the rest
  }

  void errorsComeBack() {
    QVERIFY(!Recorder::create("/dev/null/x.csv", simulation_->description(), {}, 0));
    if (!QFile::exists("/dev/full")) QSKIP("this system has no /dev/full");
    auto recorder = Recorder::create("/dev/full", simulation_->description(), {}, 0).value();
    const auto closed = recorder.close();
    QVERIFY(!closed);
    QVERIFY(QString::fromStdString(closed.error().text()).startsWith("/dev/full: cannot write"));
  }

  void countsFirings() {
    run(12, [](auto&&) {});
    QCOMPARE(countFirings(simulation_->graph(), 0), std::size_t{2});
    QCOMPARE(countFirings(simulation_->graph(), 11), std::size_t{1});
    QCOMPARE(countFirings(simulation_->graph(), 12), std::size_t{0});
  }

 private:
  template <typename Visit>
  void run(int ticks, Visit visit) {
    for (int tick = 0; tick < ticks; ++tick) visit(simulation_->step().value());
  }
  std::string path() const { return folder_->filePath("record.csv").toStdString(); }
  std::string text() const { return readFile(path()).value(); }

  Registry registry_ = builtInDynamics();
  std::unique_ptr<QTemporaryDir> folder_;
  std::unique_ptr<Simulation> simulation_;
};

QTEST_GUILESS_MAIN(TestRecorder)
#include "tst_recorder.moc"
