// NumPy files byte by byte, by a reader of the test's own, and by NumPy itself where it is installed.

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <filesystem>
#include <numeric>

#include "core/io/npy.h"

using namespace plexarium;

namespace {

QByteArray contents(const std::filesystem::path& path) {
  QFile file(QString::fromStdString(path.string()));
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Parsed {
  QByteArray header;
  QByteArray values;
};

/// What the format asks of every file; an empty header where it is broken.
Parsed parsed(const QByteArray& bytes) {
  if (!bytes.startsWith(QByteArray("\x93NUMPY\x01\x00", 8))) return {};
  const int length = static_cast<unsigned char>(bytes[8]) + 256 * static_cast<unsigned char>(bytes[9]);
  if ((10 + length) % 64 != 0 || bytes[9 + length] != '\n') return {};
  return {bytes.mid(10, length).trimmed(), bytes.mid(10 + length)};
}

}  // namespace

class NpyTest : public QObject {
  Q_OBJECT
  QTemporaryDir folder_;
  std::filesystem::path file(const char* name) { return folder_.filePath(name).toStdString(); }

 private slots:
  void headersByHand() {
    const std::vector<std::size_t> matrix{3, 4};
    const std::vector<std::size_t> vector{5};
    const auto header = npyHeader("<f8", matrix);
    QCOMPARE(header.size(), 128U);
    const QByteArray expected("\x93NUMPY\x01\x00\x76\x00{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }", 69);
    QCOMPARE(QByteArray::fromStdString(header), expected.leftJustified(127) + '\n');
    QVERIFY(npyHeader("<i4", vector).find("'shape': (5,), }") != std::string::npos);
    QVERIFY(npyHeader("<i4", {}).find("'shape': (), }") != std::string::npos);
    for (std::size_t rank = 0; rank < 40; ++rank) {
      const std::vector<std::size_t> shape(rank, 1'000'000'007);
      QCOMPARE(npyHeader("<f8", shape).size() % 64, 0U);
    }
  }

  void wholeArrays() {
    const std::vector<std::size_t> shape{2, 3};
    const std::vector<float> values{1, 2, 3, 4.5F, -0.0F, INFINITY};
    QVERIFY(writeNpy<float>(file("a.npy"), values, shape).has_value());
    const auto read = parsed(contents(file("a.npy")));
    QCOMPARE(read.header, QByteArray("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"));
    QCOMPARE(read.values, QByteArray(reinterpret_cast<const char*>(values.data()), 24));
    const std::vector<std::uint8_t> bytes{255, 0};
    const std::vector<std::size_t> flat{2};
    QVERIFY(writeNpy<std::uint8_t>(file("b.npy"), bytes, flat).has_value());
    QVERIFY(parsed(contents(file("b.npy"))).header.startsWith("{'descr': '|u1'"));
    const std::vector<std::size_t> none{0, 7};
    QVERIFY(writeNpy<double>(file("c.npy"), {}, none).has_value());
    QVERIFY(parsed(contents(file("c.npy"))).values.isEmpty());
  }

  void rowsCanBeAppended() {
    const std::vector<std::size_t> rowShape{2, 2};
    auto writer = NpyWriter::create<std::int32_t>(file("rows.npy"), rowShape);
    QVERIFY(writer.has_value());
    std::vector<std::int32_t> all;
    for (int k = 0; k < 1000; ++k) {
      const std::vector<std::int32_t> row{k, k + 1, -k, 7};
      QVERIFY(writer->append<std::int32_t>(row).has_value());
      all.insert(all.end(), row.begin(), row.end());
    }
    QVERIFY(writer->append<std::int32_t>(std::vector<std::int32_t>(8, 3)).has_value());
    all.insert(all.end(), 8, 3);
    QCOMPARE(writer->rowCount(), 1002U);
    QVERIFY(!std::filesystem::exists(file("rows.npy")));
    QVERIFY(writer->close().has_value());
    QVERIFY(!std::filesystem::exists(file("rows.npy.part")));
    const auto read = parsed(contents(file("rows.npy")));
    QCOMPARE(read.header, QByteArray("{'descr': '<i4', 'fortran_order': False, 'shape': (1002, 2, 2), }"));
    QCOMPARE(read.values, QByteArray(reinterpret_cast<const char*>(all.data()), static_cast<qsizetype>(all.size() * 4)));
    QVERIFY(!writer->append<std::int32_t>(all).has_value());
    QVERIFY(!writer->close().has_value());
  }

  void emptyAndSingleValued() {
    auto none = NpyWriter::create<std::int64_t>(file("none.npy"), {});
    QVERIFY(none->close().has_value());
    QCOMPARE(parsed(contents(file("none.npy"))).header,
             QByteArray("{'descr': '<i8', 'fortran_order': False, 'shape': (0,), }"));
  }

  void unfinishedArraysLeaveNothingAndWholeOnesStay() {
    const std::vector<double> one{1};
    {
      auto writer = NpyWriter::create<double>(file("kept.npy"), {});
      QVERIFY(writer->append<double>(one).has_value());
      QVERIFY(writer->close().has_value());
    }
    const auto before = contents(file("kept.npy"));
    {
      auto writer = NpyWriter::create<double>(file("kept.npy"), {});
      QVERIFY(writer->append<double>(std::vector<double>(50, 2)).has_value());
      auto moved = std::move(*writer);
      QVERIFY(moved.append<double>(one).has_value());
    }
    QCOMPARE(contents(file("kept.npy")), before);
    QVERIFY(!std::filesystem::exists(file("kept.npy.part")));
  }

  void impossiblePlacesAreErrors() {
    const auto nowhere = file("missing/folder/a.npy");
    const auto refused = NpyWriter::create<double>(nowhere, {});
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().where.find("a.npy") != std::string::npos);
    QVERIFY(!writeNpy<double>(nowhere, {}, std::vector<std::size_t>{0}).has_value());
    if (!QFile::exists("/dev/full")) QSKIP("no full device here");
    QFile::link("/dev/full", folder_.filePath("full.npy.part"));
    auto full = NpyWriter::create<double>(file("full.npy"), {});
    Result<void> result;
    for (int k = 0; result && full && k < 10; ++k) result = full->append<double>(std::vector<double>(100'000, 1));
    QVERIFY(!full || !result);
  }

  void numpyAgrees() {
    const QString script = "import sys, numpy as n; a = n.load(sys.argv[1]); print(a.dtype, a.shape, int(a.sum()))";
    QProcess probe;
    probe.start("python3", {"-c", "import numpy"});
    if (!probe.waitForFinished(20'000) || probe.exitCode() != 0) QSKIP("no NumPy here");
    auto writer = NpyWriter::create<double>(file("numpy.npy"), std::vector<std::size_t>{3});
    std::vector<double> values(3000);
    std::iota(values.begin(), values.end(), 0.0);
    QVERIFY(writer->append<double>(values).has_value());
    QVERIFY(writer->close().has_value());
    QProcess python;
    python.start("python3", {"-c", script, folder_.filePath("numpy.npy")});
    QVERIFY(python.waitForFinished(20'000));
    QCOMPARE(python.readAllStandardOutput().trimmed(), QByteArray("float64 (1000, 3) 4498500"));
  }
};

QTEST_GUILESS_MAIN(NpyTest)
#include "tst_npy.moc"
