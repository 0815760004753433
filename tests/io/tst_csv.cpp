#include <QtTest>

#include "core/io/csv.h"

using namespace plexarium;

/// Tables of text.
class TestCsv : public QObject {
  Q_OBJECT

 private slots:
  void plainAndQuotedCells() {
    const auto table = CsvTable::parse("\xef\xbb\xbfname,note\r\nA,\"a \"\"b\"\", c\"\r\n\r\nB,\"two\nlines\"\nC,", "t.csv");
    QVERIFY2(table, table ? "" : table.error().text().c_str());
    QCOMPARE(table->rowCount(), std::size_t{3});
    QCOMPARE(table->column("note").value(), std::size_t{1});
    QCOMPARE(table->cell(0, 1), std::string("a \"b\", c"));
    QCOMPARE(table->cell(1, 1), std::string("two\nlines"));
    QCOMPARE(table->cell(2, 1), std::string());
    QCOMPARE(table->fault(2, 1, "odd").value().where, std::string("t.csv, line 6, column 'note'"));
  }

  void otherSeparators() {
    QCOMPARE(CsvTable::parse("a;b\n1,5;2\n", "t").value().cell(0, 0), std::string("1,5"));
    QCOMPARE(CsvTable::parse("a\tb\n1\t2\n", "t").value().cell(0, 1), std::string("2"));
  }

  void numbers() {
    const auto table = CsvTable::parse("a\n-1.5e2\n1.5x\n\"\"\ninf\n", "t.csv").value();
    QCOMPARE(table.number(0, 0).value(), -150.0);
    for (const std::size_t row : {1, 2, 3}) QVERIFY(!table.number(row, 0));
  }

  void faultsNameTheLine_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("error");
    QTest::newRow("empty") << QByteArray("\n") << "t.csv: the file is empty";
    QTest::newRow("short row") << QByteArray("a,b\n1,2\n3\n") << "t.csv, line 3: the row has 1 cells, but the header 2";
    QTest::newRow("open quote") << QByteArray("a,b\n1,\"2\n3") << "t.csv, line 2: a quote is opened and never closed";
    QTest::newRow("lone quote") << QByteArray("a,b\n1,\"") << "t.csv, line 2: a quote is opened";
    QTest::newRow("text after quote") << QByteArray("a,b\n1,\"2\"3\n") << "t.csv, line 2: text follows a closing quote";
    QTest::newRow("column twice") << QByteArray("\na,a\n") << "t.csv, line 2: the column 'a' stands twice";
    QTest::newRow("not UTF-8") << QByteArray("a,b\n1,\xe4\n") << "t.csv, line 2: the text is not UTF-8";
  }

  void faultsNameTheLine() {
    QFETCH(QByteArray, text);
    QFETCH(QString, error);
    const auto table = CsvTable::parse(text.toStdString(), "t.csv");
    QVERIFY(!table);
    QVERIFY2(QString::fromStdString(table.error().text()).startsWith(error), table.error().text().c_str());
  }

  void missingColumnIsNamed() {
    const auto column = CsvTable::parse("name,weight\n", "t.csv").value().column("wieght");
    QVERIFY(!column);
    QCOMPARE(column.error().text(), std::string("t.csv, header: the column 'wieght' is missing. Did you mean 'weight'?"));
  }

  void writtenCellsAreReadBack() {
    std::string text = "a,b\n";
    appendCsvCell(text, "x, \"y\"\nz");
    text += ',';
    appendCsvCell(text, "plain");
    const auto table = CsvTable::parse(text, "t").value();
    QCOMPARE(table.cell(0, 0), std::string("x, \"y\"\nz"));
    QCOMPARE(table.cell(0, 1), std::string("plain"));
  }
};

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
