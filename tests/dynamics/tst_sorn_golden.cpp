#include <QtTest>

#include <nlohmann/json.hpp>

#include "core/dynamics/sorn/golden_trace.h"

using namespace plexarium;
using namespace plexarium::sorn;
using Json = nlohmann::json;

namespace {

const QString ours = QStringLiteral(PLEXARIUM_SOURCE_DIR "/tests/golden/sorn");

std::string read(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) qFatal("cannot open %s", qPrintable(path));
  return file.readAll().toStdString();
}

Result<GoldenReport> verify(const std::string& text, const QString& folder = ours) {
  return verifyGoldenTrace(text, "trace", [&](const std::string& name) -> Result<std::string> {
    if (!QFile::exists(folder + '/' + QString::fromStdString(name))) return failure("there is no such file", name);
    return read(folder + '/' + QString::fromStdString(name));
  });
}

Json small() { return Json::parse(read(ours + "/small_all.json")); }

}  // namespace

/// The simulator against traces that another program produced, and the reader of traces against bad ones.
class TestSornGolden : public QObject {
  Q_OBJECT

 private slots:
  void tracesPass_data() {
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("name");
    QStringList folders{ours};
    // The full set, where there is one.
    const auto reference = qEnvironmentVariable("PLEXARIUM_REFERENCE", PLEXARIUM_SOURCE_DIR "/../shared/reference");
    if (QDir(reference + "/sorn").exists()) {
      folders << reference + "/sorn";
    } else {
      qInfo("no reference traces at %s: only those of this repository are run", qPrintable(reference));
    }
    for (const auto& folder : folders) {
      for (const auto& name : QDir(folder).entryList({"*.json"}, QDir::Files)) {
        if (QStringList{"large_init.json", "large_noise.json", "statistics.json"}.contains(name)) continue;
        QTest::newRow(qPrintable(folder + '/' + name)) << folder << name;
      }
    }
  }

  void tracesPass() {
    QFETCH(QString, folder);
    QFETCH(QString, name);
    const auto report = verify(read(folder + '/' + name), folder);
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    QVERIFY2(report->passed, report->firstMismatch.c_str());
    QCOMPARE(report->ticks, std::size_t{50});
    QCOMPARE(report->columns.size(), std::size_t{11});
    for (const auto& column : report->columns) {
      QCOMPARE(column.outOfTolerance, std::size_t{0});
      // Closer than asked for: the same order of sums. Summaries add up in an order of their own.
      const double allowed = column.exact || name.startsWith("small") ? 0 : 1e-12;
      QVERIFY2(column.largestAbsolute <= allowed, column.name.c_str());
    }
  }

  void deviationsFail_data() {
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::newRow("a firing more") << "/trace/7/x"
                                   << "[0,1,2,3,4,5,6,7,8,9,10]";
    QTest::newRow("an inhibitory firing less") << "/trace/0/y"
                                               << "[0,1]";
    QTest::newRow("recurrent") << "/trace/0/rec"
                               << "[19]";
    QTest::newRow("count") << "/trace/9/ee_before"
                           << "7";
    QTest::newRow("weight") << "/snapshots/50/WEE/0/9"
                            << "0.20106914003";
    QTest::newRow("a synapse more") << "/snapshots/50/WEE/0/0"
                                    << "1e-13";
    QTest::newRow("threshold") << "/snapshots/1/TE/0"
                               << "0.6134624";
    QTest::newRow("another noise") << "/noise_e/0/3"
                                   << "5";
    QTest::newRow("another rate") << "/params/eta_ip"
                                  << "0.02";
    QTest::newRow("a rule less") << "/active_rules"
                                 << "[\"stdp\"]";
    QTest::newRow("no number") << "/snapshots/50/WEE/1/0"
                               << "null";
  }

  void deviationsFail() {
    QFETCH(QString, pointer);
    QFETCH(QString, value);
    auto trace = small();
    trace[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
    const auto report = verify(trace.dump());
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    QVERIFY(!report->passed && !report->firstMismatch.empty());
  }

  void badTextsAreRefused_data() {
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    for (const auto& [pointer, value] : {std::pair{"/format", "\"other\""},
                                         {"/version", "2"},
                                         {"/steps", "51"},
                                         {"/steps", "-1"},
                                         {"/steps", "1e30"},
                                         {"/nE", "21"},
                                         {"/nU", "21"},
                                         {"/params/eta_ip", "\"much\""},
                                         {"/params/eta_stdp", "-1"},
                                         {"/params", "[]"},
                                         {"/active_rules", "7"},
                                         {"/init/WEE/3", "[1]"},
                                         {"/init/WEE/3/2", "-1"},
                                         {"/init/WEE/3/2", "null"},
                                         {"/init/TE/0", "1e9"},
                                         {"/init/x/0", "20"},
                                         {"/init/y", "[4]"},
                                         {"/inputs/3", "[1]"},
                                         {"/inputs/3/0", "1e7"},
                                         {"/noise_e/2", "[]"},
                                         {"/noise_i/2/0", "null"},
                                         {"/trace/4/sp", "[0, 20]"},
                                         {"/trace/4/x/0", "20"},
                                         {"/trace/4", "7"},
                                         {"/init_file", "\"../other.json\""},
                                         {"/init_file", "\"none.json\""},
                                         {"/snapshots/5/WEE", "[]"},
                                         {"/snapshots/5/TE", "[null]"},
                                         {"/init", "null"}}) {
      QTest::addRow("%s %s", pointer, value) << QString(pointer) << QString(value);
    }
  }

  void badTextsAreRefused() {
    QFETCH(QString, pointer);
    QFETCH(QString, value);
    auto trace = small();
    trace[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
    const auto report = verify(trace.dump());
    QVERIFY(!report);
    QVERIFY(report.error().where.starts_with("trace") && !report.error().what.empty());
  }

  void everyTruncationIsRefused() {
    auto text = read(ours + "/small_nan.json");
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.pop_back();
    for (std::size_t size = 0; size < text.size(); size += 997) QVERIFY(!verify(text.substr(0, size)));
    for (const char* other : {"null", "[]", "{}", "7", "\"x\"", "\xff\xfe"}) QVERIFY(!verify(other));
  }
};

QTEST_GUILESS_MAIN(TestSornGolden)
#include "tst_sorn_golden.moc"
