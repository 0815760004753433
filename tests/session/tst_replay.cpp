#include <QtTest>

#include <QProcess>
#include <limits>
#include <numeric>

#include "core/io/document.h"
#include "core/io/log_document.h"
#include "core/session/replay.h"
#include "core/session/session.h"
#include "tests/support/random_edits.h"
#include "tests/support/session_driver.h"
#include "tests/support/toy/toy.h"

using namespace plexarium;

namespace {

Registry everyDynamics() {
  Registry registry = builtInDynamics();
  registry.add(toy::entry());
  return registry;
}

std::string hashOf(const Registry& registry, const Model& model) {
  return stateHash(registry.find(model.dynamics)->description, model);
}

/// The log of a session together with the hash of its end.
Log logOf(const Registry& registry, const Outcome& outcome) {
  Log log = *outcome.log;
  log.endHash = hashOf(registry, *outcome.capture);
  return log;
}

/// Ten minutes of use: `ticks` ticks in a thread of its own at full speed, edits and stimuli whenever they come.
Log use(const Registry& registry, const DynamicsEntry& entry, Tick ticks, int edits) {
  const auto model = create(entry, initialValues(entry.description.creationFields), 3).value();
  auto session = std::move(Session::create(registry, model).value());
  session->start();
  SessionDriver driver(*session);
  std::vector<std::size_t> parameters(entry.description.parameters.size());
  std::iota(parameters.begin(), parameters.end(), std::size_t{0});
  if (entry.description.key == "toy") parameters = {toy::Rewires};
  RandomEdits invented(entry.description, 17, parameters, 5, 40);
  Tick now = 0;
  for (int done = 0; done < edits;) {
    driver.ask(StepTicks{ticks / (edits + 1)});
    const auto seen = session->latest();
    const auto outcome = driver.ask(
        ApplyEdit{invented.next(driver.awaitSnapshot([&](const Snapshot& one) { return one.tick >= now; })->graph)});
    now = outcome->tick;
    if (outcome->error) continue;
    ++done;
    if (done % 5 == 0) driver.ask(Stimulate{{{(*session->latest()->graph.ids)[0], 0, 1}}});
    if (done % 7 == 0) driver.ask(Undo{});
    if (done % 14 == 0) driver.ask(Redo{});
    if (done == edits / 2) driver.ask(ReturnToStart{}), now = 0;
    if (done == edits / 2 + 5) driver.ask(GoTo{now - 20});
    session->post(Run{});  // whatever comes meanwhile: the ticks of the next edit depend on the machine
    driver.awaitSnapshot([&](const Snapshot& one) { return one.tick > now + 3; });
    driver.ask(Pause{});
  }
  driver.ask(StepTicks{ticks / (edits + 1)});
  return logOf(registry, *driver.ask(CaptureLog{}));
}

}  // namespace

class TestReplay : public QObject {
  Q_OBJECT

 private slots:
  void tenMinutesOfUse_data();
  void tenMinutesOfUse();
  void everyKindOfDeed();
  void emptyLog();
  void damagedLogs_data();
  void damagedLogs();
  void commandLine();
};

void TestReplay::tenMinutesOfUse_data() {
  QTest::addColumn<QString>("dynamics");
  const auto registry = everyDynamics();
  for (const auto& entry : registry.entries())
    QTest::newRow(entry.description.key.c_str()) << QString::fromStdString(entry.description.key);
}

void TestReplay::tenMinutesOfUse() {
  QFETCH(QString, dynamics);
  const auto registry = everyDynamics();
  const auto& entry = *registry.find(dynamics.toStdString());
  const auto log = use(registry, entry, 18000, 50);
  QVERIFY(log.entries.size() > 50);
  const auto text = writeLog(entry.description, log);
  const auto read = readLog(registry, text, "log");
  QVERIFY2(read, read ? "" : qPrintable(QString::fromStdString(read.error().text())));
  QCOMPARE(read->endHash, log.endHash);
  QCOMPARE(writeLog(entry.description, *read), text);
  for (int k = 0; k < 3; ++k) {
    const auto end = replay(registry, *read);
    QVERIFY2(end, end ? "" : qPrintable(QString::fromStdString(end.error().text())));
    QCOMPARE(end->tick, log.end);
    QCOMPARE(hashOf(registry, *end), log.endHash);
  }
}

void TestReplay::everyKindOfDeed() {
  const auto registry = everyDynamics();
  const auto& description = registry.find("toy")->description;
  const double infinity = std::numeric_limits<double>::infinity();
  const NeuronTable neurons{
      {{}, {}}, {"a \"b\"\n", "\xC3\xA9"}, {Role::Sensory, Role::Motor}, {{0.1F, -0.0F}, {3, 4}}, {}, {{0.1, 0.2}}};
  AddCircuit circuit{{{{1}, {2}}, {"P", "Q"}, {Role::Inter, Role::Inter}, {{}, {}}, {never, 3}, {{}, {-1e300, -0.0}}},
                     {{{{1}, {2}}, {{2}, {3}}}, {}, {{0.3F, 2}}}};
  const std::vector<Deed> deeds = {
      ApplyEdit{{"Add", {AddNeurons{neurons}}}},
      ApplyEdit{{"Paste", {circuit}}},
      ApplyEdit{{"Links", {AddLinks{{{{{1}, {1}}}, {2}, {{0.5}}}}, RemoveLinks{{{{1}, {1}}}}}}},
      ApplyEdit{{"Set",
                 {SetNeuronField{toy::Charge, {{{2}, 5e-324}, {{2}, 0.1}}}, SetLinkField{toy::Gain, {{{{1}, {2}}, 3}}}},
                 "drag"}},
      ApplyEdit{{"Set", {SetParameter{toy::Rewires, 0}}}},
      ApplyEdit{{"Move", {MoveNeurons{{{{1}, {1e-7F, 5}}}}, RenameNeurons{{{{1}, ""}}}, SetRoles{{{{2}, Role::Motor}}}}}},
      ApplyEdit{{"Remove", {RemoveNeurons{{{4}, {5}}}}}},
      ApplyEdit{{"Group",
                 {AddGroups{{{{7}, "G \"q\"", 3, {}, true}, {{8}, "", 0, {7}, false}}}, AssignGroups{{{{1}, {8}}}},
                  SetGroups{{{{8}, "H", 7, {}, false}}}, RemoveGroups{{{7}}}}}},
      Undo{},
      Redo{},
      Stimulate{{{{3}, 0, 0.7}, {{99}, 0, -1}}},
      Teach{{0.5, 0.25, 1.0 / 3}},
      ReturnToStart{},
      Undo{},
  };
  auto session = std::move(Session::create(registry, toy::model(12, 20, 4)).value());
  for (const auto& deed : deeds) {
    std::visit([&](const auto& one) { session->post(one); }, deed);
    session->advance(3);
  }
  session->post(CaptureLog{});
  session->advance(0);
  const auto outcomes = session->drainOutcomes();
  for (const auto& outcome : outcomes)
    QVERIFY2(!outcome.error, outcome.error ? qPrintable(QString::fromStdString(outcome.error->text())) : "");
  const auto log = logOf(registry, outcomes.back());
  QCOMPARE(log.entries.size(), deeds.size());
  const auto text = writeLog(description, log);
  const auto read = readLog(registry, text, "log");
  QVERIFY2(read, read ? "" : qPrintable(QString::fromStdString(read.error().text())));
  QCOMPARE(writeLog(description, *read), text);
  QCOMPARE(hashOf(registry, replay(registry, *read).value()), log.endHash);
  // What only a run can set, and a field without limit, has words of its own.
  auto strange = *read;
  const SetNeuronField words{toy::Charge,
                             {{{1}, infinity}, {{1}, -infinity}, {{1}, std::numeric_limits<double>::quiet_NaN()}}};
  strange.entries = {std::make_shared<LogEntry>(LogEntry{0, ApplyEdit{{"", {words}}}})};
  const auto strangeText = writeLog(description, strange);
  QVERIFY(strangeText.find("[[1,\"inf\"],[1,\"-inf\"],[1,\"nan\"]]") != std::string::npos);
  QCOMPARE(writeLog(description, readLog(registry, strangeText, "log").value()), strangeText);
  // Another deed, another end.
  auto other = *read;
  other.entries.pop_back();
  QVERIFY(hashOf(registry, replay(registry, other).value()) != log.endHash);
  // Deeds out of order are found out.
  std::swap(other.entries[2], other.entries[5]);
  QVERIFY(!replay(registry, other));
}

void TestReplay::emptyLog() {
  const auto registry = everyDynamics();
  auto session = std::move(Session::create(registry, toy::model(12, 20, 4)).value());
  session->post(CaptureLog{});
  session->advance(0);
  const auto log = logOf(registry, session->drainOutcomes().back());
  const auto read = readLog(registry, writeLog(session->description(), log), "log").value();
  QCOMPARE(hashOf(registry, replay(registry, read).value()), log.endHash);
}

void TestReplay::damagedLogs_data() {
  QTest::addColumn<QString>("from");
  QTest::addColumn<QString>("to");
  QTest::addColumn<QString>("error");
  QTest::newRow("format") << "plexarium-log"
                          << "plexarium-lag"
                          << "not a Plexarium log";
  QTest::newRow("newer") << "\"version\":1,\n\"end\""
                         << "\"version\":2,\n\"end\""
                         << "newer Plexarium";
  QTest::newRow("unknown key") << "\"end\""
                               << "\"ende\""
                               << "no key 'ende'";
  QTest::newRow("deed") << "\"stimulate\""
                        << "\"stimulata\""
                        << "deeds[1].do: there is no deed 'stimulata'. Did you mean 'stimulate'?";
  QTest::newRow("step") << "\"move\""
                        << "\"mov\""
                        << "deeds[0].steps[0].step: there is no step 'mov'";
  QTest::newRow("member") << "\"positions\":[[1"
                          << "\"places\":[[1"
                          << "deeds[0].steps[0]: the key 'positions' is missing";
  QTest::newRow("pair") << "[[1,[5,6]]]"
                        << "[[1,[5]]]"
                        << "deeds[0].steps[0].positions[0][1]: is no pair";
  QTest::newRow("channel") << "\"channel\":\"charge\""
                           << "\"channel\":\"light\""
                           << "deeds[1].stimuli[0].channel: there is no 'light'";
  QTest::newRow("field") << "\"field\":\"bias\""
                         << "\"field\":\"bios\""
                         << "Did you mean 'bias'?";
  QTest::newRow("model") << "\"neurons\":["
                         << "\"neurons\":3,\"x\":["
                         << "beginning";
}

void TestReplay::damagedLogs() {
  QFETCH(QString, from);
  QFETCH(QString, to);
  QFETCH(QString, error);
  const auto registry = everyDynamics();
  Log log;
  log.beginning = toy::model(3, 0);
  const auto add = [&](Deed deed) { log.entries.push_back(std::make_shared<LogEntry>(LogEntry{1, std::move(deed)})); };
  add(ApplyEdit{{"Move", {MoveNeurons{{{{1}, {5, 6}}}}, SetNeuronField{toy::Bias, {{{1}, 0.5}}}}}});
  add(Stimulate{{{{1}, 0, 1}}});
  log.end = 3;
  auto text = QString::fromStdString(writeLog(registry.find("toy")->description, log));
  QVERIFY(readLog(registry, text.toStdString(), "log"));
  QVERIFY(text.contains(from));
  const auto read = readLog(registry, text.replace(text.indexOf(from), from.size(), to).toStdString(), "log");
  QVERIFY(!read);
  const auto said = QString::fromStdString(read.error().text());
  QVERIFY2(said.contains(error), qPrintable(said));
}

void TestReplay::commandLine() {
  const auto registry = builtInDynamics();
  const auto& entry = registry.entries().front();
  auto log = use(registry, entry, 600, 10);
  const QTemporaryDir folder;
  const auto file = folder.filePath("log.json");
  const auto run = [&](const Log& written) {
    if (!saveAtomically(file.toStdString(), writeLog(entry.description, written))) return std::pair(-1, QJsonObject());
    QProcess process;
    process.start(PLEXARIUM_CLI, {"replay", file, "--json"});
    if (!process.waitForFinished(60000)) return std::pair(-1, QJsonObject());
    return std::pair(process.exitCode(), QJsonDocument::fromJson(process.readAllStandardOutput()).object());
  };
  auto [code, report] = run(log);
  QCOMPARE(code, 0);
  QCOMPARE(report["result"].toString(), QString("PASS"));
  QCOMPARE(report["state_hash"].toString().toStdString(), log.endHash);
  QCOMPARE(report["tick"].toInteger(), qint64{log.end});
  log.end += 1;
  std::tie(code, report) = run(log);
  QCOMPARE(code, 1);
  QCOMPARE(report["result"].toString(), QString("FAIL"));
  log.endHash.clear();
  QCOMPARE(run(log).first, 0);
}

QTEST_GUILESS_MAIN(TestReplay)
#include "tst_replay.moc"
