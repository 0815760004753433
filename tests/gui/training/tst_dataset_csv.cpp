#include <sys/resource.h>
#include <unistd.h>

#include <QHeaderView>
#include <QPushButton>
#include <QTableView>

#include "tests/gui/training/dataset_stage.h"
#include "ui/training/dataset_csv_form.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

/// Most memory that the process has ever held, bytes.
long mostMemory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss * 1024;
}

bool previewed(DatasetStage& stage, int columns) {
  const auto* model = stage.find<QTableView>("csvPreview")->model();
  return QTest::qWaitFor([&] { return model->columnCount() == columns && stage.find<QPushButton>("csvLoad")->isEnabled(); },
                         patience);
}

QString header(DatasetStage& stage, int column) {
  return stage.find<QTableView>("csvPreview")->model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
}

/// Clicks the column's header, with Ctrl where there is a selection to keep.
void pick(DatasetStage& stage, int column, Qt::KeyboardModifiers keys = {}) {
  auto* line = stage.find<QTableView>("csvPreview")->horizontalHeader();
  QTest::mouseClick(line->viewport(), Qt::LeftButton, keys, QPoint(line->sectionViewportPosition(column) + 20, 8));
}

void key(DatasetStage& stage, const char* comboBox, Qt::Key key) {
  stage.find<QComboBox>(comboBox)->setFocus();
  QTest::keyClick(stage.find<QComboBox>(comboBox), key);
}

}  // namespace

/// Tables in the dock of data sets: guesses, choices, columns, errors.
class TestDatasetCsv : public QObject {
  Q_OBJECT

 private slots:
  void guessesAreShownAndLoaded() {
    DatasetStage stage;
    QVERIFY(stage.begin());
    QVERIFY(stage.dropFile("iris.csv", "long;wide;kind\n1,5;2;b\n0,5;7;a\n3;4,25;b\n"));
    QVERIFY(previewed(stage, 3));
    QCOMPARE(stage.chosen.size(), 1);  // Only looked at.
    QCOMPARE(stage.find<QComboBox>("csvSeparator")->currentText(), QStringLiteral("Semicolon"));
    QCOMPARE(stage.find<QComboBox>("csvDecimal")->currentIndex(), 1);
    QCOMPARE(stage.find<QComboBox>("csvHeader")->currentText(), QStringLiteral("Names"));
    QCOMPARE(header(stage, 1), QStringLiteral("wide\ninput"));
    QCOMPARE(header(stage, 2), QStringLiteral("kind\ntarget"));
    stage.click("csvLoad");
    QVERIFY(stage.loaded(2));
    QCOMPARE(stage.panel.data()->info().classes, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(readSample(*stage.panel.data(), 2).inputs, (std::vector<double>{3, 4.25}));
    // What is handed on opens the same again elsewhere.
    const auto again = openData(stage.panel.source()).value();
    QCOMPARE(again->info().columns, (std::vector<std::string>{"long", "wide"}));
  }

  void separatorIsTyped() {
    DatasetStage stage;
    QVERIFY(stage.begin());
    QVERIFY(stage.dropFile("t.csv", "1;2,1\n3;4,2\n"));
    QVERIFY(previewed(stage, 2));
    QCOMPARE(stage.find<QTableView>("csvPreview")->model()->index(0, 1).data().toString(), QStringLiteral("2,1"));
    key(stage, "csvSeparator", Qt::Key_C);  // "Comma"
    QTRY_COMPARE_WITH_TIMEOUT(stage.find<QTableView>("csvPreview")->model()->index(0, 0).data().toString(),
                              QStringLiteral("1;2"), patience);
    // One column is no table yet.
    stage.choose("csvSeparator", "Tab");
    QTRY_COMPARE_WITH_TIMEOUT(stage.find<QTableView>("csvPreview")->model()->columnCount(), 1, patience);
    QVERIFY(stage.find<QLabel>("csvProblem")->isVisible());
    QVERIFY(!stage.find<QPushButton>("csvLoad")->isEnabled());
  }

  void columnsArePicked() {
    DatasetStage stage;
    QVERIFY(stage.begin());
    QVERIFY(stage.dropFile("t.csv", "id,x,y,z\n101,1,2,3\n102,4,5,6.5\n103,7,8,9\n"));
    QVERIFY(previewed(stage, 4));
    pick(stage, 0);
    QVERIFY(stage.find<QAbstractButton>("csvInput")->isChecked());
    stage.click("csvIgnored");
    pick(stage, 1);
    pick(stage, 3, Qt::ControlModifier);
    QVERIFY(!stage.find<QAbstractButton>("csvTarget")->isChecked());  // one of the two only
    stage.click("csvTarget");
    QVERIFY(stage.find<QAbstractButton>("csvTarget")->isChecked());
    QCOMPARE(header(stage, 0), QStringLiteral("id\nignored"));
    stage.keepPicture("data_columns");
    // A choice that leaves the columns alone keeps what was picked.
    stage.choose("csvKind", "Values");
    QVERIFY(previewed(stage, 4));
    QCOMPARE(header(stage, 1), QStringLiteral("x\ntarget"));
    stage.click("csvLoad");
    QVERIFY(stage.loaded(2));
    QCOMPARE(stage.panel.data()->info().columns, (std::vector<std::string>{"y"}));
    QCOMPARE(stage.panel.data()->info().targets, (std::vector<std::string>{"x", "z"}));
    QCOMPARE(readSample(*stage.panel.data(), 1).targets, (std::vector<double>{4, 6.5}));
    // No input left: told at once, and nothing to load.
    pick(stage, 2);
    stage.panel.openPlace(stage.path("t.csv"));
    QVERIFY(previewed(stage, 4));
    stage.find<QTableView>("csvPreview")->selectAll();
    stage.click("csvTarget");
    QVERIFY(stage.find<QLabel>("csvProblem")->isVisible());
    QVERIFY(!stage.find<QPushButton>("csvLoad")->isEnabled());
  }

  void sameNamesAreToldApart() {
    DatasetStage stage;
    QVERIFY(stage.begin());
    QVERIFY(stage.dropFile("t.csv", "x,x,kind\n1,2,a\n3,4,b\n"));
    QVERIFY(previewed(stage, 3));
    pick(stage, 0);
    stage.click("csvIgnored");
    stage.click("csvLoad");
    QVERIFY(stage.loaded(2));
    QCOMPARE(readSample(*stage.panel.data(), 1).inputs, (std::vector<double>{4}));
  }

  void faultsNameTheLine() {
    DatasetStage stage;
    QVERIFY(stage.begin());
    const auto before = stage.panel.data();
    QVERIFY(stage.dropFile("t.csv", "x,kind\n1,a\ntwo,b\n"));
    QVERIFY(previewed(stage, 2));
    stage.click("csvLoad");
    QVERIFY2(stage.problem().startsWith("t.csv, line 3, column 'x': 'two' is not a number"), qPrintable(stage.problem()));
    QCOMPARE(stage.panel.data(), before);
    // Leaving the column out mends it.
    QVERIFY(stage.dropFile("u.csv", "w,x,kind\n1,1,a\n2,two,b\n"));
    QVERIFY(previewed(stage, 3));
    QVERIFY(stage.panel.problem().isEmpty());
    pick(stage, 1);
    stage.click("csvIgnored");
    stage.click("csvLoad");
    QVERIFY(stage.loaded(2));
    QVERIFY(stage.dropFile("w.csv", QByteArray("caf\xe9,1\n", 7)));
    QVERIFY2(stage.problem().startsWith("w.csv, line 1: the text is not UTF-8"), qPrintable(stage.problem()));
    stage.panel.openPlace(stage.path("gone.csv"));
    QTRY_VERIFY2(stage.panel.problem().contains("No such file"), qPrintable(stage.panel.problem()));
  }

  void savedChoicesAreShown() {
    DatasetStage stage;
    QVERIFY(stage.begin());
    QVERIFY(writeFile(stage.path("t.csv"), "1,2,3\n4,5,6\n"));
    DataSource source;
    source.place = stage.path("t.csv").toStdString();
    source.csv.targets = {"column 1"};
    source.csv.inputs = {"3"};
    stage.panel.open(source);
    QVERIFY(stage.loaded(2));
    QVERIFY(previewed(stage, 3));
    QCOMPARE(header(stage, 0), QStringLiteral("column 1\ntarget"));
    QCOMPARE(header(stage, 1), QStringLiteral("column 2\nignored"));
    QCOMPARE(stage.panel.source(), source);
    source.csv.targets = {"gone"};
    stage.panel.open(source);
    QVERIFY2(stage.problem().contains("there is no column 'gone'"), qPrintable(stage.problem()));
  }

  void tenGigabytesAreLookedAtInLittleMemory_data() {
    QTest::addColumn<QByteArray>("rows");
    QTest::newRow("nothing but a hole") << QByteArray();
    QTest::newRow("a few rows, then a hole") << QByteArray("x,y,kind\n1,2,a\n");
    QByteArray many = "x,y,kind\n";
    for (int k = 0; k < 200; ++k) many += "1,2,a\n";
    QTest::newRow("many rows, then a hole") << many;
  }

  void tenGigabytesAreLookedAtInLittleMemory() {
    QFETCH(QByteArray, rows);
    DatasetStage stage;
    QVERIFY(stage.begin());
    QVERIFY(writeFile(stage.path("huge.csv"), rows));
    QCOMPARE(::truncate(stage.path("huge.csv").toStdString().c_str(), 10'000'000'000), 0);
    const auto before = stage.panel.data();
    const long memory = mostMemory();
    stage.panel.openPlace(stage.path("huge.csv"));
    if (rows.size() > 100) {
      QVERIFY(previewed(stage, 3));
      stage.click("csvLoad");
    }
    QVERIFY2(stage.problem().contains("longer than 16 MiB"), qPrintable(stage.problem()));
    QCOMPARE(stage.panel.data(), before);
    const long grown = mostMemory() - memory;
    QVERIFY2(grown < (128L << 20), qPrintable(QString::number(grown)));
  }
};

int main(int argc, char** argv) { return runDatasetTest<TestDatasetCsv>(argc, argv); }

#include "tst_dataset_csv.moc"
