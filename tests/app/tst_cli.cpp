#include <QtTest>

#include <signal.h>

#include <QProcess>
#include <algorithm>
#include <cstring>

namespace {

const QString models = QStringLiteral(PLEXARIUM_SOURCE_DIR "/models/");
const QString golden = QStringLiteral(PLEXARIUM_SOURCE_DIR "/tests/golden/transmitter/");

struct Result {
  int exitCode = -1;
  QString output;
  QString error;
  [[nodiscard]] QJsonObject object() const { return QJsonDocument::fromJson(output.toUtf8()).object(); }
};

Result run(const QStringList& arguments) {
  QProcess process;
  process.start(PLEXARIUM_CLI, arguments);
  if (!process.waitForFinished(60000) || process.exitStatus() != QProcess::NormalExit) return {-1, {}, "did not finish"};
  return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QString readText(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Header and values of a NumPy array of version 1.0.
template <typename T>
std::pair<QByteArray, QList<T>> readArray(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return {};
  const QByteArray bytes = file.readAll();
  if (bytes.size() < 10 || !bytes.startsWith("\x93NUMPY")) return {};
  const auto begin = 10 + static_cast<uchar>(bytes[8]) + 256 * static_cast<uchar>(bytes[9]);
  QList<T> values((bytes.size() - begin) / static_cast<qsizetype>(sizeof(T)));
  std::memcpy(values.data(), bytes.constData() + begin, static_cast<std::size_t>(values.size()) * sizeof(T));
  return {bytes.mid(10, begin - 10), values};
}

}  // namespace

/// The command line as scripts and people see it.
class TestCli : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    QVERIFY(folder_->isValid());
  }

  void helpHasExamples_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("program") << QStringList{"--help"};
    for (const auto name :
         {"run", "replay", "verify", "info", "new", "import", "bench", "touch", "train", "evaluate", "task"})
      QTest::newRow(name) << QStringList{name, "--help"};
    QTest::newRow("connectome") << QStringList{"import", "connectome", "--help"};
  }

  void helpHasExamples() {
    QFETCH(QStringList, arguments);
    const auto result = run(arguments);
    QCOMPARE(result.exitCode, 0);
    QVERIFY(result.output.contains("Example") && result.output.contains("plexarium-cli "));
    QVERIFY(result.error.isEmpty());
  }

  void bodiesTellOfTheirRun() {
    const QStringList arguments = {"run", models + "worm_wall.json", "--seconds", "30", "--json"};
    const auto first = run(arguments).object();
    const auto worm = first["bodies"].toObject()["worm1"].toObject();
    QCOMPARE(first["ticks"].toInt(), 3000);
    QCOMPARE(worm["seconds"].toDouble(), 30.0);
    QCOMPARE(worm["reversals"].toInt(), 1);
    QVERIFY(worm["distance"].toDouble() > 4 && worm["lengths_per_undulation"].toDouble() > 0.3);
    QVERIFY(worm.contains("food_eaten"));
    QCOMPARE(run(arguments).object()["state_hash"], first["state_hash"]);  // same seed, same bits
    QVERIFY(run({"run", models + "worm_wall.json", "--seconds", "1"}).output.contains("worm1: seconds 1; distance "));
    const auto info = run({"info", models + "worm_wall.json", "--json"}).object()["bodies"].toObject()["worm1"].toObject();
    QCOMPARE(info["objects"].toInt(), 1);
    QCOMPARE(info["bindings"].toInt(), 25);
    // Saved in the middle, it goes on as if nothing had been.
    const auto half = folder_->filePath("half.json");
    QCOMPARE(run({"run", models + "worm_wall.json", "--seconds", "12", "--save", half}).exitCode, 0);
    QCOMPARE(run({"run", half, "--seconds", "18", "--json"}).object()["state_hash"], first["state_hash"]);
  }

  void aConnectomeIsTouched() {
    const auto write = [&](const char* name, const char* text) {
      QFile file(folder_->filePath(name));
      if (!file.open(QIODevice::WriteOnly) || file.write(text) < 0) qFatal("not written");
      return file.fileName();
    };
    const auto neurons = write("n.csv", "name,type,x,dv\nALML,sensory,0,0\nAVDL,interneuron,50,0\nAVDR,interneuron,50,9\n");
    const auto synapses = write("s.csv", "pre,post,type,weight,sign\nALML,AVDL,chemical,1,+\n");
    const auto model = folder_->filePath("c.json");
    QCOMPARE(run({"import", "connectome", "--neurons", neurons, "--synapses", synapses, "--output", model}).exitCode, 0);
    const auto told = run({"touch", model, "--test", "anterior", "--json"}).object();
    QCOMPARE(told.keys(), QStringList{"anterior"});
    const auto backward = told["anterior"].toObject()["backward"].toObject();
    QVERIFY(backward["releases"].toInt() > 0 && backward["first_tick"].toInt() > 5);
    QCOMPARE(backward["per_neuron"].toDouble(), backward["releases"].toInt() / 2.0);
    QCOMPARE(told["anterior"].toObject()["forward"].toObject()["releases"].toInt(), 0);
    QVERIFY(run({"touch", model, "--test", "anterior"}).output.startsWith("Anterior touch  forward: releases 0"));
    QCOMPARE(run({"import", "connectome", "--from-above", "--neurons", neurons, "--synapses", synapses, "--output", model})
                 .exitCode,
             1);  // there is no column y
  }

  void version() {
    const auto result = run({"--version"});
    QCOMPARE(result.exitCode, 0);
    QVERIFY(QRegularExpression("^plexarium-cli \\d+\\.\\d+\\.\\d+\\n$").match(result.output).hasMatch());
  }

  void badArgumentsGiveOneLineAndTwo_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("error");
    const auto pair = models + "mutual_pair.json";
    QTest::newRow("nothing") << QStringList{} << "subcommand is required";
    QTest::newRow("unknown command") << QStringList{"rum"} << "there is no command 'rum'. Did you mean 'run'?";
    QTest::newRow("unknown option") << QStringList{"run", pair, "--tiks", "3"} << "--tiks";
    QTest::newRow("no model") << QStringList{"run"} << "model is required";
    QTest::newRow("no number") << QStringList{"run", pair, "--ticks", "many"} << "many";
    QTest::newRow("negative") << QStringList{"run", pair, "--ticks", "-3"} << "--ticks";
    QTest::newRow("every 0") << QStringList{"run", pair, "--every", "0"} << "--every";
    QTest::newRow("fields alone") << QStringList{"run", pair, "--fields", "sta"} << "--record";
    QTest::newRow("unknown field") << QStringList{"run", pair, "--record", "/dev/null", "--fields", "stat"}
                                   << "Did you mean 'sta'?";
    QTest::newRow("unknown neuron") << QStringList{"run", pair, "--record", "/dev/null", "--neurons", "Pang"}
                                    << "no neuron 'Pang'";
    QTest::newRow("stimulus") << QStringList{"run", pair, "--stimulate", "Ping"} << "NEURON=AMOUNT";
    QTest::newRow("channel") << QStringList{"run", pair, "--stimulate", "Ping=light:3"} << "no stimulus 'light'";
    QTest::newRow("amount") << QStringList{"run", pair, "--stimulate", "Ping=-3"} << "out of range";
    QTest::newRow("no body") << QStringList{"run", pair, "--seconds", "3"} << "--seconds: this model has no body";
    QTest::newRow("both") << QStringList{"run", pair, "--seconds", "3", "--ticks", "3"} << "--ticks excludes --seconds";
    QTest::newRow("touch what") << QStringList{"touch", pair, "--test", "tail"} << "tail";
    QTest::newRow("no output") << QStringList{"new"} << "--output";
    QTest::newRow("unknown dynamics") << QStringList{"new", "--dynamics", "magic", "--output", "x"} << "no dynamics 'magic'";
    QTest::newRow("creation field") << QStringList{"new", "--set", "neuron=3", "--output", "x"} << "Did you mean 'neurons'?";
    QTest::newRow("creation value") << QStringList{"new", "--set", "neurons=1.5", "--output", "x"} << "not a whole number";
    QTest::newRow("bench both") << QStringList{"bench", pair, "--neurons", "10"} << "one or the other";
    QTest::newRow("import what") << QStringList{"import"} << "subcommand";
  }

  void badArgumentsGiveOneLineAndTwo() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, error);
    const auto result = run(arguments);
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.error.contains(error), qPrintable(result.error));
    QCOMPARE(result.error.count('\n'), 1);
    QVERIFY(result.error.startsWith("plexarium-cli: "));
    QVERIFY(result.output.isEmpty());
  }

  void badFilesGiveOneLineAndOne_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("error");
    const auto pair = models + "mutual_pair.json";
    QTest::newRow("missing") << QStringList{"run", "/nowhere/x.json"} << "/nowhere/x.json: cannot open";
    QTest::newRow("foreign") << QStringList{"info", golden + "02_mutual_pair.sync.json"} << "not a Plexarium model";
    QTest::newRow("folder") << QStringList{"info", models} << "is a folder";
    QTest::newRow("no trace") << QStringList{"verify", pair} << "mutual_pair.json";
    QTest::newRow("record") << QStringList{"run", pair, "--record", "/nowhere/x.csv"} << "cannot create";
    QTest::newRow("array") << QStringList{"run", pair, "--record", "/nowhere/x.npy"} << "/nowhere/x.npy: cannot write";
    QTest::newRow("save") << QStringList{"run", pair, "--save", "/nowhere/x.json"} << "cannot create";
    QTest::newRow("tables") << QStringList{"import",     "connectome", "--neurons", "/nowhere/n.csv",
                                           "--synapses", pair,         "--output",  "/nowhere/x"}
                            << "Neurons: name, type, x, dv";
    QTest::newRow("untouchable") << QStringList{"touch", pair} << "Anterior touch: the model has no neuron called ALML";
    QTest::newRow("csv") << QStringList{"import",     "connectome", "--neurons", pair,
                                        "--synapses", pair,         "--output",  "/nowhere/x"}
                         << "mutual_pair.json";
  }

  void badFilesGiveOneLineAndOne() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, error);
    const auto result = run(arguments);
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.error.contains(error), qPrintable(result.error));
    QCOMPARE(result.error.count('\n'), 1);
  }

  void runRecordsAndSaves() {
    const auto result = run({"run", models + "mutual_pair.json", "--ticks", "60", "--record", path("f.csv"), "--metrics",
                             path("m.csv"), "--every", "20", "--save", path("later.json"), "--json"});
    QVERIFY2(result.exitCode == 0, qPrintable(result.error));
    const auto report = result.object();
    QCOMPARE(report["ticks"].toInt(), 60);
    QCOMPARE(report["firings"].toInt(), 8);
    QCOMPARE(report["recorded_rows"].toInt(), 8);
    QCOMPARE(report["state_hash"].toString().size(), 16);
    QCOMPARE(readText(path("f.csv")).left(31), QString("tick,id,name\n4,1,Ping\n11,2,Pong"));
    QCOMPARE(readText(path("m.csv")).count('\n'), 4);
    // Saved in the middle, it goes on as if it had never stopped.
    const auto rest = run({"run", path("later.json"), "--ticks", "60", "--json"}).object();
    const auto whole = run({"run", models + "mutual_pair.json", "--ticks", "120", "--json"}).object();
    QCOMPARE(rest["tick"].toInt(), 120);
    QCOMPARE(rest["state_hash"], whole["state_hash"]);
  }

  void firingsAsArray() {
    const auto result = run({"run", models + "mutual_pair.json", "--ticks", "30", "--record", path("f.npy"), "--json"});
    QVERIFY2(result.exitCode == 0, qPrintable(result.error));
    const auto array = result.object()["recorded_array"].toObject();
    QCOMPARE(array["type"].toString(), QString("<i8"));
    QCOMPARE(array["shape"].toArray(), QJsonArray({4, 2}));
    QCOMPARE(array["columns"].toArray(), QJsonArray({"tick", "id"}));
    const auto [header, values] = readArray<qint64>(path("f.npy"));
    QVERIFY2(header.contains("'descr': '<i8'") && header.contains("'shape': (4, 2)"), header);
    QCOMPARE(values, QList<qint64>({4, 1, 11, 2, 18, 1, 25, 2}));
    QVERIFY(!QFile::exists(path("f.npy.part")));
  }

  /// The array holds the very numbers of the CSV.
  void valuesAsArray() {
    QStringList arguments{"run",         models + "reflex.json",
                          "--ticks",     "40",
                          "--stimulate", "Touch=20",
                          "--fields",    "state_e",
                          "--neurons",   "Walk,Beat",
                          "--every",     "4",
                          "--json",      "--record"};
    const auto result = run(arguments + QStringList{path("v.npy")});
    QVERIFY2(result.exitCode == 0, qPrintable(result.error));
    QCOMPARE(run(arguments + QStringList{path("v.csv")}).exitCode, 0);
    const auto array = result.object()["recorded_array"].toObject();
    QCOMPARE(array["shape"].toArray(), QJsonArray({10, 2, 1}));
    QCOMPARE(array["neurons"].toArray(), QJsonArray({2, 1}));
    QCOMPARE(array["fields"].toArray(), QJsonArray({"state_e"}));
    QCOMPARE(array["first_tick"].toInt(), 4);
    QCOMPARE(array["every"].toInt(), 4);
    const auto [header, values] = readArray<double>(path("v.npy"));
    QVERIFY2(header.contains("'descr': '<f8'") && header.contains("'shape': (10, 2, 1)"), header);
    const auto lines = readText(path("v.csv")).split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 21);
    QCOMPARE(values.size(), 20);
    for (int k = 0; k < 20; ++k) QCOMPARE(values[k], lines[k + 1].section(',', 3).toDouble());
    QVERIFY(*std::max_element(values.begin(), values.end()) > 0);
  }

  /// What the sorn package's callbacks tell, as arrays and as tables: activations, thresholds, weights, counts of synapses.
  void whatAReservoirDoes() {
    const QStringList arguments{"run", models + "sorn_growth.json", "--ticks", "30", "--every", "10", "--json"};
    const auto array = [&](const QStringList& more, const QString& file) {
      const auto result = run(arguments + more + QStringList{path(file.toUtf8() + ".npy")});
      if (result.exitCode != 0) qFatal("%s", qPrintable(result.error));
      if (run(arguments + more + QStringList{path(file.toUtf8() + ".csv")}).exitCode != 0) qFatal("no table");
      return result.object();
    };
    const auto told = array({"--fields", "active,recurrent,threshold", "--record"}, "neurons")["recorded_array"].toObject();
    QCOMPARE(told["shape"].toArray(), QJsonArray({3, 120, 3}));
    const auto neurons = readArray<double>(path("neurons.npy")).second;
    const auto rows = readText(path("neurons.csv")).split('\n', Qt::SkipEmptyParts).mid(1);
    QCOMPARE(rows.size(), 360);
    for (int k = 0; k < 360; ++k) {
      QCOMPARE(neurons[3 * k], rows[k].section(',', 3, 3) == "yes" ? 1.0 : 0.0);
      QCOMPARE(neurons[3 * k + 2], rows[k].section(',', 5).toDouble());
    }
    QVERIFY(std::count(neurons.begin(), neurons.end(), 1.0) > 0);

    const auto weights = array({"--link-fields", "weight,born", "--record"}, "links")["recorded_array"].toObject();
    QCOMPARE(weights["columns"].toArray(), QJsonArray({"tick", "from", "to", "weight", "born"}));
    const auto links = readArray<double>(path("links.npy")).second;
    const auto lines = readText(path("links.csv")).split('\n', Qt::SkipEmptyParts).mid(1);
    QCOMPARE(weights["shape"].toArray(), QJsonArray({lines.size(), 5}));
    for (qsizetype k = 0; k < lines.size(); ++k) {
      for (int column = 0; column < 5; ++column)
        QCOMPARE(links[5 * k + column], lines[k].section(',', column, column).toDouble());
    }

    array({"--metrics"}, "counts");
    const auto [header, counts] = readArray<double>(path("counts.npy"));
    const auto table = readText(path("counts.csv")).split('\n', Qt::SkipEmptyParts);
    const auto columns = table[0].split(',');
    QVERIFY(columns.contains("links_ee") && columns.contains("links_ei"));
    QVERIFY2(header.contains(QString("'shape': (3, %1)").arg(columns.size()).toUtf8()), header);
    for (int row = 0; row < 3; ++row) {
      for (int column = 0; column < columns.size(); ++column)
        QCOMPARE(counts[row * columns.size() + column], table[row + 1].section(',', column, column).toDouble());
    }
    // As many links into and among the excitatory neurons as the weights' table has in that tick, and those into inhibition.
    const auto last = std::count_if(lines.begin(), lines.end(), [](const QString& line) { return line.startsWith("30,"); });
    QVERIFY(counts[2 * columns.size() + columns.indexOf("links_ee")] < static_cast<double>(last));
  }

  void tasksAreDone() {
    const QStringList arguments{"task",  "counting",           "--set",   "repeats=2", "--set", "plastic_steps=3000",
                                "--set", "readout_steps=1000", "--seeds", "2",         "--csv", path("task.csv")};
    const auto result = run(arguments + QStringList{"--json"});
    QVERIFY2(result.exitCode == 0, qPrintable(result.error));
    QVERIFY(result.error.isEmpty());  // no progress where nobody watches
    const auto variants = result.object()["variants"].toObject();
    QCOMPARE(variants.size(), 3);
    const auto whole = variants["whole"].toObject();
    QVERIFY(whole["position"].toObject()["mean"].toDouble() > 0.9);
    QCOMPARE(whole["curve"].toArray().size(), 4);
    // Every result, of which the means tell.
    const auto lines = readText(path("task.csv")).split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 1 + 3 * 2 * (4 + 4));
    double sum = 0;
    for (const auto& line : lines) {
      if (line.startsWith("whole,") && line.contains(",position,")) sum += line.section(',', 3).toDouble();
    }
    QVERIFY(std::abs(sum / 2 - whole["position"].toObject()["mean"].toDouble()) < 1e-12);
    QVERIFY(run(arguments).output.contains("whole"));
    const auto list = run({"task", "--list"});
    for (const auto* name : {"counting (sorn)", "memory (sorn)", "occluder (sorn)", "repeats=8"})
      QVERIFY(list.output.contains(name));
    QCOMPARE(run({"task", "cuonting"}).exitCode, 2);
    QCOMPARE(run({"task"}).exitCode, 2);
    QVERIFY(run({"task", "counting", "--set", "repeat=3"}).error.contains("repeats"));
    QVERIFY(run({"task", "counting", "--set", "neurons=20"}).error.contains("60 input neurons"));
    QCOMPARE(run({"task", "counting", "--set", "repeats=2", "--csv", "/nowhere/x.csv", "--seeds", "1", "--set",
                  "plastic_steps=0"})
                 .exitCode,
             1);
  }

  void chosenFieldsAndStimuli() {
    const auto result = run({"run", models + "reflex.json", "--ticks", "20", "--stimulate", "Touch=exciting:20", "--record",
                             path("f.csv"), "--fields", "phase,sta", "--neurons", "Touch,4", "--every", "10"});
    QVERIFY2(result.exitCode == 0, qPrintable(result.error));
    const auto lines = readText(path("f.csv")).split('\n');
    QCOMPARE(lines[0], QString("tick,id,name,phase,sta"));
    QCOMPARE(lines.size(), 6);
    QVERIFY(lines[1].startsWith("10,3,Touch,recovering") && lines[2].startsWith("10,4,Alarm,"));
  }

  void interruptKeepsWhatWasDone() {
    QProcess process;
    process.start(PLEXARIUM_CLI, {"run", models + "welcome.json", "--ticks", "100000000000", "--record", path("f.csv"),
                                  "--save", path("later.json"), "--json"});
    QVERIFY(process.waitForStarted());
    QTRY_VERIFY(readText(path("f.csv")).size() > 0);
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    QVERIFY(process.waitForFinished(20000));
    QVERIFY(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0);
    const auto report = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    QVERIFY(report["interrupted"].toBool() && report["ticks"].toDouble() > 0);
    QCOMPARE(readText(path("f.csv")).count('\n'), report["recorded_rows"].toInt() + 1);
    QCOMPARE(run({"info", path("later.json"), "--json"}).object()["state_hash"], report["state_hash"]);
  }

  void verifyPassesAndFails() {
    const auto good = run({"verify", golden + "02_mutual_pair.sync.json"});
    QCOMPARE(good.exitCode, 0);
    QVERIFY(good.output.startsWith("PASS  ") && good.output.contains("accumulated_e"));
    const auto other = run({"verify", PLEXARIUM_SOURCE_DIR "/tests/golden/sorn/small_all.json"});
    QVERIFY(other.exitCode == 0 && other.output.contains("WEE"));
    auto text = readText(golden + "02_mutual_pair.sync.json");
    QFile changed(path("changed.json"));
    QVERIFY(changed.open(QIODevice::WriteOnly));
    changed.write(text.replace("\"threshold\": 10.0", "\"threshold\": 10000.0").toUtf8());
    changed.close();
    const auto bad = run({"verify", "--json", golden + "02_mutual_pair.sync.json", path("changed.json")});
    QCOMPARE(bad.exitCode, 1);
    const auto list = QJsonDocument::fromJson(bad.output.toUtf8()).array();
    QVERIFY(list[0].toObject()["passed"].toBool() && !list[1].toObject()["passed"].toBool());
    QVERIFY(!list[1].toObject()["first_mismatch"].toString().isEmpty());
  }

  void newInfoAndBench() {
    const auto made = run({"new", "--set", "neurons=50", "--set", "pattern=ring", "--seed", "3", "--name", "Mine",
                           "--output", path("n.json")});
    QVERIFY2(made.exitCode == 0, qPrintable(made.error));
    const auto info = run({"info", path("n.json"), "--json"}).object();
    QCOMPARE(info["name"].toString(), QString("Mine"));
    QCOMPARE(info["neurons"].toInt(), 50);
    QCOMPARE(info["seed"].toInt(), 3);
    QCOMPARE(run({"info", "--neurons", path("n.json")}).output.count('\n'), 50);
    QVERIFY(run({"new", "--list"}).output.contains("neurons=100"));
    QVERIFY(QJsonDocument::fromJson(run({"new", "--list", "--json"}).output.toUtf8()).array().size() >= 1);
    const auto bench = run({"bench", path("n.json"), "--seconds", "0.05", "--json"}).object();
    QVERIFY(bench["ticks_per_second"].toDouble() > 0 && bench["neurons"].toInt() == 50);
    QCOMPARE(run({"bench", "--neurons", "20", "--seconds", "0.05", "--json"}).object()["neurons"].toInt(), 20);
  }

  void importMakesAModel() {
    for (const auto& [name, text] :
         {std::pair("n.csv", "name,type,x,dv\nA,sensory,0,0\nB,motor,9,0\n"),
          std::pair("s.csv", "pre,post,type,weight,sign\nA,B,chemical,2,+\nA,B,electrical,1,\n")}) {
      QFile file(path(name));
      QVERIFY(file.open(QIODevice::WriteOnly));
      file.write(text);
    }
    const auto made =
        run({"import", "connectome", "--neurons", path("n.csv"), "--synapses", path("s.csv"), "--output", path("c.json")});
    QVERIFY2(made.exitCode == 0, qPrintable(made.error));
    QCOMPARE(run({"info", path("c.json"), "--json"}).object()["links"].toInt(), 2);
  }

 private:
  QString path(const char* name) const { return folder_->filePath(name); }
  std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
