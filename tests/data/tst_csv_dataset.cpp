#include <QtTest>

#include <sys/resource.h>

#include "core/data/csv_dataset.h"
#include "tests/data/data_driver.h"

using namespace plexarium;

namespace {

Result<DatasetPointer> open(const QByteArray& text, const CsvChoice& choice = {}) {
  return openCsv(bytesOf(text, "t.csv"), choice);
}

/// Most memory that the process has ever held, bytes.
long mostMemory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss * 1024;
}

}  // namespace

/// Tables as data sets.
class TestCsvDataset : public QObject {
  Q_OBJECT

 private slots:
  void classesWithHeader() {
    const auto data = open("\xef\xbb\xbfwide,long,kind\r\n1,2.5,b\r\n\r\n3,-4e1,a\r\n\"5\",6,\"b\"").value();
    const auto& info = data->info();
    QCOMPARE(info.samples, std::size_t{3});
    QCOMPARE(info.columns, (std::vector<std::string>{"wide", "long"}));
    QCOMPARE(info.classes, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(info.range(1), (ValueRange{-40, 6}));
    QCOMPARE(data->label(0), 1U);
    QCOMPARE(data->label(1), 0U);
    QCOMPARE(readSample(*data, 1).inputs, (std::vector<double>{3, -40}));
    QCOMPARE(readSample(*data, 2).inputs, (std::vector<double>{5, 6}));
    QCOMPARE(countClasses(*data), (std::vector<std::size_t>{1, 2}));
  }

  void otherDialects_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("semicolons, decimal commas") << QByteArray("a;b;c\n1,5;2;x\n-0,25;7;y\n");
    QTest::newRow("semicolons without header") << QByteArray("1,5;2;x\n-0,25;7;y\n");
    QTest::newRow("tabs") << QByteArray("1.5\t2\tx\n-0.25\t7\ty\n");
    QTest::newRow("tabs, decimal commas") << QByteArray("a\tb\tc\n1,5\t2\tx\n-0,25\t7\ty\n");
    QTest::newRow("commas without header") << QByteArray("1.5,2,x\n-0.25,7,y");
    QTest::newRow("spaces") << QByteArray("1.5, 2,x\n-0.25, 7 ,y\n");
  }

  void otherDialects() {
    QFETCH(QByteArray, text);
    const auto data = open(text);
    QVERIFY2(data, data ? "" : data.error().text().c_str());
    QCOMPARE((*data)->info().samples, std::size_t{2});
    QCOMPARE(readSample(**data, 0).inputs, (std::vector<double>{1.5, 2}));
    QCOMPARE(readSample(**data, 1).inputs, (std::vector<double>{-0.25, 7}));
    QCOMPARE((*data)->info().classes, (std::vector<std::string>{"x", "y"}));
  }

  void valuesAreTargetsToo() {
    const auto data = open("y1,x,y2\n0.5,1,7\n0.25,2,8\n", {.inputs = {}, .targets = {"y2", "1"}}).value();
    QVERIFY(data->info().classes.empty());
    QCOMPARE(data->info().targets, (std::vector<std::string>{"y2", "y1"}));
    QCOMPARE(readSample(*data, 1).targets, (std::vector<double>{8, 0.25}));
    QCOMPARE(readSample(*data, 1).inputs, (std::vector<double>{2}));
  }

  void wholeNumbersAreClassesWhileTheyAreFew() {
    const auto few = open("x,y\n1,10\n2,9\n3,10\n").value();
    QCOMPARE(few->info().classes, (std::vector<std::string>{"9", "10"}));  // by value, not by letters
    QByteArray many = "x,y\n";
    for (int k = 0; k < 60; ++k) many += "1," + QByteArray::number(k) + '\n';
    QVERIFY(open(many).value()->info().classes.empty());
    const auto asked = open(many, {.kind = TargetKind::Classes}).value();
    QCOMPARE(asked->info().classes.size(), std::size_t{60});
    QCOMPARE(asked->label(59), 59U);
    QVERIFY(open("x,y\n1,10\n2,9\n", {.kind = TargetKind::Values}).value()->info().classes.empty());
  }

  void moreThan256Classes() {
    QByteArray text = "x,y\n";
    for (int k = 0; k < 1000; ++k) text += "1,c" + QByteArray::number(1000 + (k * 11) % 700) + '\n';
    const auto data = open(text).value();
    QCOMPARE(data->info().classes.size(), std::size_t{700});
    for (std::size_t k = 0; k < 1000; ++k) QCOMPARE(data->label(k), static_cast<std::uint32_t>((k * 11) % 700));
  }

  void faultsNameTheLine_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("error");
    QTest::newRow("empty") << QByteArray("\n\n") << "t.csv: the file is empty";
    QTest::newRow("header alone") << QByteArray("a,b\n") << "t.csv: there are no rows";
    QTest::newRow("short row") << QByteArray("a,b,c\n1,2,3\n\n1,2\n") << "t.csv, line 4: the row has 2 cells instead of 3";
    QTest::newRow("no number") << QByteArray("a,b\n1,2\nten,3\n") << "t.csv, line 3, column 'a': 'ten' is not a number";
    QTest::newRow("missing") << QByteArray("a,b\n1,2\n,3\n") << "t.csv, line 3, column 'a': a value is missing";
    QTest::newRow("infinite") << QByteArray("a,b\n1,2\ninf,3\n") << "t.csv, line 3, column 'a': 'inf' is not a number";
    QTest::newRow("too large") << QByteArray("a,b\n1,2\n1e999,3\n") << "t.csv, line 3, column 'a'";
    QTest::newRow("open quote") << QByteArray("a,b\n1,2\n\"3,4\n") << "t.csv, line 3: a quote is not closed";
    QTest::newRow("null") << QByteArray("a,b\n1,2\n3,\0\n", 12) << "t.csv, line 3: the line holds a null byte";
    QTest::newRow("not UTF-8") << QByteArray("a,b\n1,\xe4\n") << "t.csv, line 2: the text is not UTF-8";
    QTest::newRow("one column") << QByteArray("a\n1\n") << "t.csv: the table has one column";
    QTest::newRow("binary") << QByteArray(100, '\0') << "t.csv, line 1: the line holds a null byte";
  }

  void faultsNameTheLine() {
    QFETCH(QByteArray, text);
    QFETCH(QString, error);
    const auto data = open(text);
    QVERIFY(!data);
    QVERIFY2(QString::fromStdString(data.error().text()).startsWith(error), data.error().text().c_str());
  }

  void wrongColumnsAreRefused() {
    const QByteArray text = "size,kind\n1,x\n";
    QCOMPARE(open(text, {.targets = {"kinds"}}).error().text(),
             std::string("t.csv: there is no column 'kinds'. Did you mean 'kind'?"));
    QVERIFY(!open(text, {.inputs = {"size", "1"}}));
    QVERIFY(!open(text, {.inputs = {"kind"}}));
    QVERIFY(!open(text, {.targets = {"size", "kind"}}));
    QVERIFY(!open("a,b,c\n1,2,3\n", {.targets = {"a", "b"}, .kind = TargetKind::Classes}));
  }

  void previewDecidesAndShowsTheBeginning() {
    QByteArray text = "a;b\n";
    for (int k = 0; k < 500; ++k) text += QByteArray::number(k) + ",5;x\n";
    const auto preview = previewCsv(bytesOf(text), {}, 3).value();
    QCOMPARE(preview.choice.separator, std::optional(';'));
    QCOMPARE(preview.choice.decimalComma, std::optional(true));
    QCOMPARE(preview.choice.header, std::optional(true));
    QCOMPARE(preview.columns, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(preview.rows.size(), std::size_t{3});
    QCOMPARE(preview.rows[2], (std::vector<std::string>{"2,5", "x"}));
    const auto asked = previewCsv(bytesOf(text), {.separator = ',', .header = false}, 2).value();
    QCOMPARE(asked.columns, (std::vector<std::string>{"column 1"}));
  }

  /// More rows than places are kept for: those between are found by walking.
  void everyRowIsFound() {
    QByteArray text = "x,y,kind\n";
    constexpr int rows = 150000;
    text.reserve(rows * 16);
    for (int k = 0; k < rows; ++k) text += QByteArray::number(k) + ",0.5," + (k % 3 == 0 ? "a\n" : "b\n");
    const auto data = open(text).value();
    QCOMPARE(data->info().samples, std::size_t{rows});
    for (std::size_t k = 0; k < rows; k += 1237) {
      QCOMPARE(readSample(*data, k).inputs, (std::vector<double>{static_cast<double>(k), 0.5}));
      QCOMPARE(data->label(k), k % 3 == 0 ? 0U : 1U);
    }
    QCOMPARE(readSample(*data, rows - 1).inputs[0], static_cast<double>(rows - 1));
  }

  void largeFilesStayOnDisk() {
    QTemporaryDir folder;
    const auto path = folder.filePath("large.csv");
    QByteArray block;
    for (int k = 0; k < 5000; ++k) block += QByteArray(200, '1') + ".5,2,x\n";
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    constexpr int blocks = 30;
    for (int k = 0; k < blocks; ++k) QCOMPARE(file.write(block), block.size());
    file.close();
    const auto before = mostMemory();
    const auto opened = ByteFile::open(path.toStdString()).value();
    const auto data = openCsv(opened, {}).value();
    QCOMPARE(data->info().samples, std::size_t{5000 * blocks});
    for (std::size_t k = 0; k < data->info().samples; k += 9973) QCOMPARE(readSample(*data, k).inputs[1], 2.0);
    const auto grown = mostMemory() - before;
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // whose own books grow with every allocation
    QVERIFY2(grown < 12'000'000, qPrintable(QString("%1 bytes for a file of %2").arg(grown).arg(file.size())));
#else
    Q_UNUSED(grown)
#endif
  }

  void openingCanBeGivenUp() {
    int asked = 0;
    const auto data = openCsv(bytesOf("x,y\n1,2\n3,4\n"), {}, [&](double) { return ++asked < 1; });
    QVERIFY(!data);
    QVERIFY(asked == 1 && QString::fromStdString(data.error().what).contains("given up"));
  }

  void aFileThatChangesIsNoticed() {
    QTemporaryDir folder;
    const auto path = folder.filePath("t.csv");
    QVERIFY(writeFile(path, "x,y\n1,a\n2,b\n"));
    const auto data = openCsv(ByteFile::open(path.toStdString()).value(), {}).value();
    QVERIFY(writeFile(path, "x,y\n1;a\n2;b\n"));
    std::vector<double> inputs(1);
    const auto read = data->read(1, inputs, {});
    QVERIFY(!read && QString::fromStdString(read.error().what).contains("changed"));
  }
};

QTEST_GUILESS_MAIN(TestCsvDataset)
#include "tst_csv_dataset.moc"
