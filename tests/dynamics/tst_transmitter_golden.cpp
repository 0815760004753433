#include <QtTest>

#include <nlohmann/json.hpp>

#include "core/dynamics/transmitter/golden_trace.h"

using namespace plexarium;
using namespace plexarium::transmitter;
using Json = nlohmann::json;

namespace {

const QString ours = QStringLiteral(PLEXARIUM_SOURCE_DIR "/tests/golden/transmitter");

std::string read(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) qFatal("cannot open %s", qPrintable(path));
  return file.readAll().toStdString();
}

Json small() { return Json::parse(read(ours + "/02_mutual_pair.sync.json")); }

}  // namespace

/// The simulator against traces that another program produced, and the reader of traces against bad ones.
class TestTransmitterGolden : public QObject {
  Q_OBJECT

 private slots:
  void tracesPass_data();
  void tracesPass();
  void deviationsFail_data();
  void deviationsFail();
  void badTextsAreRefused_data();
  void badTextsAreRefused();
  void everyTruncationIsRefused();
  void electricalContactMayLieBesideAChemicalLink();
};

void TestTransmitterGolden::tracesPass_data() {
  QTest::addColumn<QString>("path");
  QStringList folders{ours};
  // The full set, where there is one.
  const auto reference = qEnvironmentVariable("PLEXARIUM_REFERENCE", PLEXARIUM_SOURCE_DIR "/../shared/reference");
  if (QDir(reference + "/transmitter").exists()) {
    folders << reference + "/transmitter";
  } else {
    qInfo("no reference traces at %s: only those of this repository are run", qPrintable(reference));
  }
  for (const auto& folder : folders) {
    for (const auto& file : QDir(folder).entryInfoList({"0*.json"}, QDir::Files)) {
      QTest::newRow(qPrintable(file.filePath())) << file.filePath();
    }
  }
}

void TestTransmitterGolden::tracesPass() {
  QFETCH(QString, path);
  const auto report = verifyGoldenTrace(read(path), path.toStdString());
  QVERIFY2(report, report ? "" : report.error().text().c_str());
  QVERIFY2(report->passed, report->firstMismatch.c_str());
  QCOMPARE(report->ticks, std::size_t{200});
  QCOMPARE(report->columns.size(), std::size_t{10});
  QCOMPARE(report->phaseMismatches, std::size_t{0});
  for (const auto& column : report->columns) {
    QCOMPARE(column.outOfTolerance, std::size_t{0});
    QVERIFY(column.largestAbsolute <= (column.exact ? 0 : 1e-12));  // closer than asked for: the same order of sums
  }
}

void TestTransmitterGolden::deviationsFail_data() {
  QTest::addColumn<QString>("pointer");
  QTest::addColumn<QString>("value");
  QTest::addColumn<int>("column");  // -1: a phase
  QTest::newRow("phase") << "/phases/7"
                         << "\"RR\"" << -1;
  QTest::newRow("sta") << "/trace/7/1/8"
                       << "3" << 8;
  QTest::newRow("str") << "/trace/6/0/9"
                       << "0" << 9;
  QTest::newRow("amount") << "/trace/4/0/0"
                          << "2.50000001" << 0;
  QTest::newRow("amount that should be zero") << "/trace/4/0/4"
                                              << "1e-11" << 4;
}

void TestTransmitterGolden::deviationsFail() {
  QFETCH(QString, pointer);
  QFETCH(QString, value);
  QFETCH(int, column);
  auto trace = small();
  trace[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
  const auto report = verifyGoldenTrace(trace.dump(), "changed");
  QVERIFY(report);
  QVERIFY(!report->passed);
  QVERIFY(!report->firstMismatch.empty());
  QCOMPARE(report->phaseMismatches, std::size_t{column < 0 ? 1U : 0U});
  if (column >= 0) QCOMPARE(report->columns[static_cast<std::size_t>(column)].outOfTolerance, std::size_t{1});
}

void TestTransmitterGolden::badTextsAreRefused_data() {
  QTest::addColumn<QString>("pointer");
  QTest::addColumn<QString>("value");
  QTest::addColumn<QString>("place");
  QTest::newRow("format") << "/format"
                          << "\"plexarium-model\""
                          << "format";
  QTest::newRow("version") << "/version"
                           << "2"
                           << "version";
  QTest::newRow("mode") << "/mode"
                        << "\"fast\""
                        << "mode";
  QTest::newRow("no steps") << "/steps"
                            << "0"
                            << "steps";
  QTest::newRow("negative steps") << "/steps"
                                  << "-1"
                                  << "steps";
  QTest::newRow("too many steps") << "/steps"
                                  << "201"
                                  << "phases";
  QTest::newRow("steps beyond all memory") << "/steps"
                                           << "1e30"
                                           << "steps";
  QTest::newRow("threshold below zero") << "/neurons/1/threshold"
                                        << "-3"
                                        << "neurons[1].threshold";
  QTest::newRow("speed zero") << "/neurons/0/speed"
                              << "0"
                              << "neurons[0].speed";
  QTest::newRow("speed not whole") << "/neurons/0/speed"
                                   << "1.5"
                                   << "neurons[0].speed";
  QTest::newRow("speed a text") << "/neurons/0/speed"
                                << "\"fast\""
                                << "neurons[0].speed";
  QTest::newRow("production short") << "/neurons/0/production"
                                    << "[1]"
                                    << "neurons[0].production";
  QTest::newRow("production of the wrong sign") << "/neurons/0/production"
                                                << "[1, 1]"
                                                << "neurons[0].production[1]";
  QTest::newRow("neuron no object") << "/neurons/0"
                                    << "7"
                                    << "neurons[0]";
  QTest::newRow("no neurons") << "/neurons"
                              << "[]"
                              << "neurons";
  QTest::newRow("neurons no list") << "/neurons"
                                   << "{}"
                                   << "neurons";
  QTest::newRow("link to nobody") << "/links/0"
                                  << "[0, 2]"
                                  << "links[0]";
  QTest::newRow("link from below") << "/links/0"
                                   << "[-1, 0]"
                                   << "links[0]";
  QTest::newRow("link of three") << "/links/0"
                                 << "[0, 1, 1]"
                                 << "links[0]";
  QTest::newRow("link twice") << "/links/1"
                              << "[0, 1]"
                              << "links[1]";
  QTest::newRow("unknown kind") << "/links/0"
                                << R"({"from": 0, "to": 1, "kind": "optical"})"
                                << "links[0].kind";
  QTest::newRow("weight below zero") << "/links/0"
                                     << R"({"from": 0, "to": 1, "weight": -1})"
                                     << "links[0].weight";
  QTest::newRow("link without end") << "/links/0"
                                    << R"({"from": 0})"
                                    << "links[0]";
  QTest::newRow("stimulus to nobody") << "/stimuli"
                                      << R"([{"step": 1, "neuron": 9, "e": 1}])"
                                      << "stimuli[0].neuron";
  QTest::newRow("stimulus of the wrong sign") << "/stimuli"
                                              << R"([{"step": 1, "neuron": 0, "i": 1}])"
                                              << "stimuli[0].i";
  QTest::newRow("unknown column") << "/columns/0"
                                  << "\"dopamine\""
                                  << "columns[0]";
  QTest::newRow("phases of another size") << "/phases/3"
                                          << "\"C\""
                                          << "phases[3]";
  QTest::newRow("unknown phase") << "/phases/3"
                                 << "\"CQ\""
                                 << "phases[3]";
  QTest::newRow("row of another size") << "/trace/3/1"
                                       << "[1, 2]"
                                       << "trace[3][1]";
  QTest::newRow("value no number") << "/trace/3/1/4"
                                   << "null"
                                   << "trace[3][1]";
}

void TestTransmitterGolden::badTextsAreRefused() {
  QFETCH(QString, pointer);
  QFETCH(QString, value);
  QFETCH(QString, place);
  auto trace = small();
  trace[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
  const auto report = verifyGoldenTrace(trace.dump(), "bad.json");
  QVERIFY(!report);
  QCOMPARE(QString::fromStdString(report.error().where), "bad.json: " + place);
}

void TestTransmitterGolden::everyTruncationIsRefused() {
  auto text = read(ours + "/02_mutual_pair.sync.json");
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.pop_back();
  for (std::size_t size = 0; size < text.size(); size += 257) {
    QVERIFY(!verifyGoldenTrace(std::string_view(text).substr(0, size), "cut"));
  }
  for (const char* text_ : {"null", "[]", "{}", "7", "\"x\"", "\xff\xfe"}) QVERIFY(!verifyGoldenTrace(text_, "other"));
}

void TestTransmitterGolden::electricalContactMayLieBesideAChemicalLink() {
  const char* chemical = "[0, 1]";
  const char* electrical = R"({"from": 0, "to": 1, "kind": "electrical"})";
  const auto accepted = [](const std::string& links) {
    auto trace = small();
    trace["links"] = Json::parse("[" + links + "]");
    return verifyGoldenTrace(trace.dump(), "changed").has_value();
  };
  const auto both = [](const char* a, const char* b) { return std::string(a) + "," + b; };
  QVERIFY(accepted(both(chemical, electrical)));
  QVERIFY(accepted(both(electrical, chemical)));
  QVERIFY(!accepted(both(electrical, electrical)));
  QVERIFY(!accepted(both(chemical, chemical)));
  QVERIFY(!accepted(both(chemical, electrical) + "," + electrical));
}

QTEST_GUILESS_MAIN(TestTransmitterGolden)
#include "tst_transmitter_golden.moc"
