#include <QtTest>

#include <unistd.h>
#include <csignal>

#include <iostream>
#include <sstream>
#include <thread>

#include "app/cli/command.h"
#include "core/io/document.h"
#include "tests/support/learner/learner.h"

using namespace plexarium;

namespace {

struct Answer {
  int exitCode = 0;
  QString output;
  QString error;
  [[nodiscard]] QJsonObject object() const { return QJsonDocument::fromJson(output.toUtf8()).object(); }
};

/// A stream's text while this lives.
class Caught {
 public:
  explicit Caught(std::ostream& stream) : stream_(stream), before_(stream.rdbuf(text_.rdbuf())) {}
  ~Caught() { stream_.rdbuf(before_); }
  Caught(const Caught&) = delete;
  Caught& operator=(const Caught&) = delete;
  [[nodiscard]] QString text() const { return QString::fromStdString(text_.str()); }

 private:
  std::ostringstream text_;
  std::ostream& stream_;
  std::streambuf* before_;
};

/// Carries out a command line in this process, with the learner as the only dynamics.
Answer run(std::vector<std::string> arguments) {
  Registry registry;
  registry.add(learner::entry());
  CLI::App program;
  const std::vector commands = {cli::makeTrain(program, registry), cli::makeEvaluate(program, registry)};
  std::reverse(arguments.begin(), arguments.end());  // as the library wants them
  const Caught output(std::cout);
  const Caught error(std::cerr);
  try {
    program.parse(arguments);
  } catch (const CLI::ParseError& problem) {
    return {cli::exitBadArgument, {}, problem.what()};
  }
  for (const auto& command : commands) {
    if (!command.options->parsed()) continue;
    const auto ending = command.execute();
    if (ending) return {*ending, output.text(), error.text()};
    return {ending.error().exitCode, output.text(), QString::fromStdString(ending.error().error.text())};
  }
  return {};
}

const std::vector<std::string> halves = {"train",   "--dynamics", "learner",      "--data", "generator:halves",
                                         "--waves", "4000",       "--per-sample", "5",      "--json"};

std::vector<std::string> with(std::vector<std::string> arguments, const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

}  // namespace

/// `plexarium-cli train` and `evaluate`, with a dynamics that learns.
class TestTrain : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    QVERIFY(folder_->isValid());
  }

  void severalSeedsAndTheirSummary() {
    const auto answer = run(with(halves, {"--seeds", "5"}));
    QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
    const auto report = answer.object();
    QCOMPARE(report["runs"].toInt(), 5);
    QCOMPARE(report["ticks"].toInt(), 20000);
    const auto results = report["results"].toArray();
    QCOMPARE(results.size(), 5);
    double sum = 0;
    double worst = 0;
    for (const auto& result : results) {
      const auto test = result.toObject()["test"].toObject()["output"].toObject();
      QCOMPARE(test["samples"].toInt(), 200);
      QCOMPARE(test["accuracy"].toDouble(), 1.0);
      const auto confusion = test["confusion"].toArray();
      QCOMPARE(confusion[0].toArray()[0].toInt() + confusion[1].toArray()[1].toInt(), 200);
      sum += test["error"].toDouble();
      worst = std::max(worst, test["error"].toDouble());
      QCOMPARE(result.toObject()["training"].toObject()["output"].toObject()["samples"].toInt(), 800);
    }
    QCOMPARE(results[3].toObject()["seed"].toInt(), 4);
    const auto error = report["test_error"].toObject()["output"].toObject();
    QVERIFY(std::abs(error["mean"].toDouble() - sum / 5) < 1e-12 && error["worst"].toDouble() == worst && worst < 0.1);
    const auto interval = error["interval_95"].toArray();
    QVERIFY(interval[0].toDouble() < sum / 5 && sum / 5 < interval[1].toDouble());
    QCOMPARE(run(with(halves, {"--seeds", "5"})).object()["test_error"], report["test_error"]);  // repeated to the last bit
    const auto single = run(with(halves, {"--seed", "4"})).object();
    QVERIFY(single["test_error"].toObject()["output"].toObject()["interval_95"].isNull());
    QCOMPARE(single["results"].toArray()[0].toObject()["test"], results[3].toObject()["test"]);
  }

  void savedTrainingGoesOn() {
    const auto file = [&](const char* name) { return folder_->filePath(name).toStdString(); };
    const auto rest = [&](const char* model, const char* feed) {
      return std::vector<std::string>{"train", file(model), "--feed",         file(feed),    "--waves",
                                      "1000",  "--save",    file("end.json"), "--save-feed", file("end_feed.json"),
                                      "--json"};
    };
    QCOMPARE(run(with(halves, {"--save", file("whole.json"), "--save-feed", file("whole_feed.json")})).exitCode, 0);
    auto shorter = halves;
    shorter[6] = "3000";
    QCOMPARE(run(with(shorter, {"--save", file("half.json"), "--save-feed", file("half_feed.json")})).exitCode, 0);
    const auto answer = run(rest("half.json", "half_feed.json"));
    QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
    QCOMPARE(readText("end.json"), readText("whole.json"));
    QCOMPARE(readText("end_feed.json"), readText("whole_feed.json"));

    const auto tested = run({"evaluate", file("end.json"), "--data", "generator:halves", "--data-seed", "99", "--per-sample",
                             "5", "--tests", "70", "--json"});
    QVERIFY2(tested.exitCode == 0, qPrintable(tested.error));
    const auto test = tested.object()["results"].toArray()[0].toObject()["test"].toObject()["output"].toObject();
    QCOMPARE(test["samples"].toInt(), 70);
    QCOMPARE(test["accuracy"].toDouble(), 1.0);
    QVERIFY(!tested.object().contains("ticks"));
  }

  void tablesAndTestData() {
    QFile table(folder_->filePath("t.csv"));
    QVERIFY(table.open(QIODevice::WriteOnly));
    table.write("kind;a;b\n");
    for (int k = 0; k < 60; ++k) table.write(k % 2 == 0 ? "x;0,1;3,5\n" : "y;0,9;-3\n");
    table.close();
    const std::vector<std::string> arguments = {"train",
                                                "--dynamics",
                                                "learner",
                                                "--set",
                                                "inputs=2",
                                                "--data",
                                                table.fileName().toStdString(),
                                                "--targets",
                                                "kind",
                                                "--coding",
                                                "unit",
                                                "--waves",
                                                "2000",
                                                "--per-sample",
                                                "5",
                                                "--test-data",
                                                table.fileName().toStdString(),
                                                "--json"};
    const auto answer = run(arguments);
    QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
    const auto accuracy = answer.object()["test_accuracy"].toObject()["output"].toObject();
    QCOMPARE(accuracy["mean"].toDouble(), 1.0);
    QCOMPARE(answer.object()["results"].toArray()[0].toObject()["test"].toObject()["output"].toObject()["samples"].toInt(),
             60);
    auto idle = arguments;
    idle.insert(idle.end(), {"--parameter", "rate=0"});
    const auto unlearnt = run(idle).object()["test_accuracy"].toObject()["output"].toObject();
    QVERIFY(unlearnt["mean"].toDouble() <= 0.5);
    idle.back() = "rat=0";
    const auto unknown = run(idle);
    QCOMPARE(unknown.exitCode, cli::exitBadArgument);
    QVERIFY2(unknown.error.contains("no parameter of learner 'rat'"), qPrintable(unknown.error));
    const auto readable = run(std::vector(arguments.begin(), arguments.end() - 1));
    QVERIFY2(readable.output.contains("Accuracy in the test") && readable.output.contains("waves/s"),
             qPrintable(readable.output));
  }

  /// Ctrl-C, as the system sends it, in the middle of a training that would take hours.
  void interruptedTrainingTellsWhatWasReached() {
    auto endless = halves;
    endless[6] = "100000000000";
    std::jthread person([](const std::stop_token& stop) {
      while (!stop.stop_requested()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        ::kill(::getpid(), SIGINT);
      }
    });
    // Until the command takes it, the signal would end this process.
    std::signal(SIGINT, SIG_IGN);
    const auto answer = run(with(endless, {"--seeds", "3"}));
    QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
    QVERIFY(answer.object()["interrupted"].toBool());
    QCOMPARE(answer.object()["runs"].toInt(), 1);
    QVERIFY(answer.object()["ticks"].toDouble() > 0);
    QVERIFY(answer.object()["results"]
                .toArray()[0]
                .toObject()["training"]
                .toObject()["output"]
                .toObject()["samples"]
                .toDouble() > 0);
  }

  void wrongArguments_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("error");
    QTest::newRow("no network") << QStringList{"train", "--data", "generator:xor", "--waves", "1"} << "either MODEL";
    QTest::newRow("no data") << QStringList{"train", "--dynamics", "learner", "--waves", "1"} << "either --data or --feed";
    QTest::newRow("no waves") << QStringList{"train", "--dynamics", "learner", "--data", "generator:xor"} << "--waves";
    QTest::newRow("dynamics") << QStringList{"train", "--dynamics", "lerner", "--data", "generator:xor", "--waves", "1"}
                              << "no dynamics";
    QTest::newRow("generator") << QStringList{"train", "--dynamics", "learner", "--data", "generator:nor", "--waves", "1"}
                               << "no generator";
    QTest::newRow("setting") << QStringList{"train",   "--dynamics", "learner",    "--data", "generator:xor",
                                            "--waves", "1",          "--data-set", "noise"}
                             << "key=number";
    QTest::newRow("file") << QStringList{"train", "--dynamics", "learner", "--data", "missing.csv", "--waves", "1"}
                          << "/missing.csv: there is no such file or folder";
    QTest::newRow("width") << QStringList{"train", "--dynamics", "learner", "--data", "generator:digits", "--waves", "1"}
                           << "4 input neurons for 784 values";
    QTest::newRow("order") << QStringList{"train",   "--dynamics", "learner", "--data", "generator:xor",
                                          "--waves", "1",          "--order", "up"}
                           << "up";
    QTest::newRow("save") << QStringList{"train",   "--dynamics", "learner", "--data", "generator:xor", "--waves", "1",
                                         "--seeds", "2",          "--save",  "x"}
                          << "--save keeps one";
  }

  void wrongArguments() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, error);
    std::vector<std::string> list;
    for (const auto& argument : arguments) list.push_back(argument.toStdString());
    const auto answer = run(list);
    QVERIFY(answer.exitCode != 0);
    QVERIFY2(answer.error.contains(error), qPrintable(answer.error));
  }

 private:
  QString readText(const char* name) const {
    QFile file(folder_->filePath(name));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
  }
  std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_GUILESS_MAIN(TestTrain)
#include "tst_train.moc"
