#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "core/record/recorder.h"
#include "core/session/session.h"
#include "core/session/simulation.h"
#include "tests/support/session_driver.h"
#include "tests/support/toy/toy.h"

using namespace plexarium;

namespace {

constexpr std::size_t neurons = 5;

std::unique_ptr<Session> toySession() {
  Model model = toy::model(neurons, 0);
  model.parameters[toy::Rewires] = 0;
  return std::move(Session::create(Registry().add(toy::entry()), std::move(model)).value());
}

/// What became of a command; without a thread.
Outcome ask(Session& session, Command command) {
  const auto number = session.post(std::move(command));
  session.advance(0);
  for (auto& outcome : session.drainOutcomes()) {
    if (outcome.command == number) return outcome;
  }
  qFatal("no answer");
}

QList<QByteArray> linesOf(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return {};
  return file.readAll().trimmed().split('\n');
}

}  // namespace

/// Recording a session's run to a file.
class TestSessionRecording : public QObject {
  Q_OBJECT

 private slots:
  void everyTickIsWritten() {
    QTemporaryDir folder;
    const auto file = folder.filePath("charge.csv");
    const auto session = toySession();
    session->advance(3);
    QVERIFY(!ask(*session, StartRecording{file.toStdString(), {.fields = {toy::Charge}, .every = 2}}).error);
    session->advance(10);
    QCOMPARE(session->latest()->recording->ticks, Tick{10});
    QCOMPARE(session->latest()->recording->rows, 5 * neurons);
    const auto done = ask(*session, StopRecording{});
    QVERIFY(!done.error);
    QCOMPARE(done.recorded->rows, 5 * neurons);
    session->advance(1);
    QVERIFY(!session->latest()->recording);
    const auto lines = linesOf(file);
    QCOMPARE(lines.size(), qsizetype{1 + 5 * neurons});
    QCOMPARE(lines[0], QByteArray("tick,id,name,charge"));
    QVERIFY(lines[1].startsWith("4,") && lines.back().startsWith("12,"));
  }

  /// Means over every so many ticks, a rest of fewer with them.
  void metricsOfTheWhole() {
    QTemporaryDir folder;
    const auto file = folder.filePath("metrics.csv");
    const auto session = toySession();
    session->advance(3);
    QVERIFY(!ask(*session, StartRecording{file.toStdString(), {.every = 4, .metrics = true}}).error);
    session->advance(10);
    QCOMPARE(session->latest()->recording->rows, std::size_t{2});
    QCOMPARE(ask(*session, StopRecording{}).recorded->rows, std::size_t{3});
    const auto lines = linesOf(file);
    QCOMPARE(lines.size(), qsizetype{4});
    QCOMPARE(lines[0], QByteArray("tick,mean_charge,fired,links"));
    QVERIFY(lines[1].startsWith("7,") && lines[2].startsWith("11,") && lines[3].startsWith("13,"));
    QVERIFY(lines[3].endsWith(',' + QByteArray::number(neurons)));  // the ring's links
  }

  void firingsAreThoseThatTheSessionTells() {
    QTemporaryDir folder;
    const auto file = folder.filePath("firings.csv");
    const auto session = toySession();
    session->post(RecordSpikes{true});
    QVERIFY(!ask(*session, StartRecording{file.toStdString(), {}}).error);
    session->advance(200);
    const auto told = session->drainSpikes().spikes;
    QVERIFY(!told.empty());
    QCOMPARE(ask(*session, StopRecording{}).recorded->rows, told.size());
    const auto lines = linesOf(file);
    for (std::size_t k = 0; k < told.size(); ++k) {
      const auto wanted = QByteArray::number(qint64{told[k].tick}) + ',' + QByteArray::number(told[k].neuron.value) + ',';
      QVERIFY2(lines[static_cast<qsizetype>(k) + 1].startsWith(wanted), wanted);
    }
  }

  void ticksLivedAgainAreWrittenOnce() {
    QTemporaryDir folder;
    const auto file = folder.filePath("charge.csv");
    const auto session = toySession();
    QVERIFY(!ask(*session, StartRecording{file.toStdString(), {.fields = {toy::Charge}}}).error);
    session->advance(10);
    QVERIFY(!ask(*session, GoTo{4}).error);
    session->advance(8);
    QCOMPARE(session->latest()->recording->ticks, Tick{12});
    QVERIFY(!ask(*session, StopRecording{}).error);
    QCOMPARE(linesOf(file).size(), qsizetype{1 + 12 * neurons});
  }

  /// The very numbers of a run without a window, as means, with the rest that is no whole mean.
  void metricsAreRecorded() {
    QTemporaryDir folder;
    const auto session = toySession();
    session->advance(1);
    const auto record = [&](const char* name) {
      const auto file = folder.filePath(name);
      if (ask(*session, StartRecording{file.toStdString(), {.every = 4, .metrics = true}}).error) qFatal("refused");
      session->advance(10);
      return file;
    };
    const auto lines = record("metrics.csv");
    QCOMPARE(session->latest()->recording->rows, std::size_t{2});
    QCOMPARE(ask(*session, StopRecording{}).recorded->rows, std::size_t{3});
    record("metrics.npy");
    QCOMPARE(ask(*session, StopRecording{}).recorded->rows, std::size_t{3});

    Model model = toy::model(neurons, 0);
    model.parameters[toy::Rewires] = 0;
    const auto run = Simulation::create(toy::entry(), std::move(model)).value();
    QVERIFY(run->step());
    auto same = MetricRecorder::create(folder.filePath("same.csv").toStdString(), run->description(), 4).value();
    for (int k = 0; k < 10; ++k) {
      const auto metrics = run->step().value();
      QVERIFY(same.record(run->tick(), metrics));
    }
    QVERIFY(same.close());
    QCOMPARE(linesOf(lines), linesOf(folder.filePath("same.csv")));
    QCOMPARE(linesOf(lines).size(), qsizetype{4});
    QFile array(folder.filePath("metrics.npy"));
    QVERIFY(array.open(QIODevice::ReadOnly));
    QVERIFY(array.read(128).contains(
        QByteArray("(3, %1)").replace("%1", QByteArray::number(1 + run->description().metrics.size()))));
  }

  void anotherCourseEndsTheRecording() {
    QTemporaryDir folder;
    const auto file = folder.filePath("charge.csv");
    const auto session = toySession();
    QVERIFY(!ask(*session, StartRecording{file.toStdString(), {.fields = {toy::Charge}}}).error);
    session->advance(10);
    QVERIFY(!ask(*session, GoTo{4}).error);
    QVERIFY(!ask(*session, Stimulate{{{NeuronId{1}, 0, 0.5}}}).error);
    QVERIFY(session->latest()->recording);
    session->advance(1);
    QVERIFY(!session->latest()->recording);
    QCOMPARE(linesOf(file).size(), qsizetype{1 + 10 * neurons});
    QVERIFY(ask(*session, StopRecording{}).error);
    QVERIFY(!ask(*session, StartRecording{file.toStdString(), {}}).error);
    session->advance(1);
    QVERIFY(!ask(*session, ReturnToStart{}).error);
    session->advance(1);
    QVERIFY(!session->latest()->recording);
  }

  void badWishesAreRefused() {
    QTemporaryDir folder;
    const auto session = toySession();
    const auto refused = [&](const QString& file, RecordPlan plan) {
      return ask(*session, StartRecording{file.toStdString(), std::move(plan)}).error.has_value();
    };
    QVERIFY(refused(folder.filePath("no/such/folder.csv"), {}));
    QVERIFY(refused(folder.filePath("a.csv"), {.fields = {99}}));
    QVERIFY(refused(folder.filePath("a.csv"), {.every = 0}));
    QVERIFY(!refused(folder.filePath("a.csv"), {}));
    QVERIFY(refused(folder.filePath("b.csv"), {}));
    QVERIFY(!QFile::exists(folder.filePath("b.csv")));
  }

  void aFullDiskPausesAndTells() {
    if (!QFile::exists("/dev/full")) QSKIP("needs a device that is always full");
    const auto session = toySession();
    QVERIFY(!ask(*session, StartRecording{"/dev/full", {.fields = {toy::Charge}}}).error);
    std::optional<Error> error;
    for (int round = 0; round < 200 && !error; ++round) {
      session->advance(100);
      for (const auto& outcome : session->drainOutcomes()) error = outcome.error;
    }
    QVERIFY(error);
    QVERIFY2(QByteArray(error->text().c_str()).contains("/dev/full"), error->text().c_str());
    QVERIFY(!session->latest()->recording);
  }

  void theThreadKeepsWhatItWroteWhenItEnds() {
    QTemporaryDir folder;
    const auto file = folder.filePath("charge.npy");
    {
      const auto session = toySession();
      session->start();
      SessionDriver driver(*session);
      QVERIFY(driver.ask(StartRecording{file.toStdString(), {.fields = {toy::Charge}}}));
      QVERIFY(driver.ask(StepTicks{100}));
    }
    QFile array(file);
    QVERIFY(array.open(QIODevice::ReadOnly));
    QVERIFY(array.read(128).contains("(100, 5, 1)"));
  }
};

QTEST_APPLESS_MAIN(TestSessionRecording)
#include "tst_session_recording.moc"
