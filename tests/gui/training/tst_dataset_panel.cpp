#include <QProgressBar>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

#include <map>

#include "core/data/known_sets.h"
#include "tests/gui/training/dataset_stage.h"
#include "ui/training/dataset_grid.h"
#include "ui/training/dataset_split.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

bool writePictures(DatasetStage& stage, quint32 count, quint32 side) {
  return writeFile(stage.path("train-images-idx3-ubyte"), idxPictures(count, side)) &&
         writeFile(stage.path("train-labels-idx1-ubyte"), idxLabels(count));
}

bool pageHas(PictureGrid& grid, std::size_t count, std::size_t first) {
  return QTest::qWaitFor([&] { return grid.pictures().size() == count && grid.pictures()[0].sample == first; }, patience);
}

QString cell(QTableView& table, int row, int column) { return table.model()->index(row, column).data().toString(); }

}  // namespace

/// The dock of data sets, driven as a person does.
class TestDatasetPanel : public QObject {
  Q_OBJECT

 private slots:
  void firstLookOpensAGenerator() {
    DatasetStage stage;
    QCOMPARE(stage.chosen.size(), 0);  // Nothing is opened for nobody.
    QVERIFY(stage.begin());
    QVERIFY(stage.panel.source().place.starts_with("generator:"));
    QCOMPARE(stage.panel.data()->info().samples, std::size_t{1000});
    QVERIFY(stage.text("datasetSummary").contains("1,000 samples"));
    auto* table = stage.find<QTableView>("datasetTable");
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 100, patience);
    const auto first = readSample(*stage.panel.data(), 0);
    QCOMPARE(cell(*table, 0, 1), QString::number(first.inputs[0], 'g', 6));
    QCOMPARE(cell(*table, 0, 0).toStdString(), stage.panel.data()->info().classes[stage.panel.data()->label(0)]);
  }

  void settingsOfGeneratorsAreTyped() {
    DatasetStage stage;
    QVERIFY(stage.begin());
    stage.choose("datasetChoice", "Drawn");
    QVERIFY(stage.loaded(2));
    stage.type("dataset.samples", "500");
    QVERIFY(stage.loaded(3));
    QCOMPARE(stage.panel.source().place, std::string("generator:digits"));
    QCOMPARE(stage.panel.source().settings, (std::vector<std::pair<std::string, double>>{{"samples", 500}}));
    QCOMPARE(stage.panel.data()->info().samples, std::size_t{500});
    auto& grid = *stage.find<PictureGrid>("datasetGrid");
    QTRY_COMPARE_WITH_TIMEOUT(grid.pictures().size(), static_cast<std::size_t>(grid.capacity()), patience);
    stage.keepPicture("data_digits");
    stage.type("dataset.seed", "7");
    QVERIFY(stage.loaded(4));
    QCOMPARE(stage.panel.source().seed, std::uint64_t{7});
    stage.type("dataset.samples", "-3");  // out of range: refused with the reason, nothing changes
    QCOMPARE(stage.chosen.size(), 4);
  }

  void picturesAreTurnedPageByPage() {
    DatasetStage stage;
    QVERIFY(stage.begin());
    QVERIFY(writePictures(stage, 200, 6));
    stage.drop(stage.path("train-images-idx3-ubyte"));
    QVERIFY(stage.loaded(2));
    auto& grid = *stage.find<PictureGrid>("datasetGrid");
    QTRY_COMPARE_WITH_TIMEOUT(grid.pictures().size(), static_cast<std::size_t>(grid.capacity()), patience);
    const auto room = static_cast<std::size_t>(grid.capacity());
    QVERIFY(room >= 6 && room < 100);
    QVERIFY(pageHas(grid, room, 0));
    QCOMPARE(grid.pictures()[2].caption, QStringLiteral("2"));
    QCOMPARE(grid.pictures()[2].image.pixelColor(3, 3), QColor(2, 2, 2));
    stage.click("datasetForward");
    QVERIFY(pageHas(grid, room, room));
    QTest::keyClick(&grid, Qt::Key_End);
    const auto last = 199 / room * room;
    QVERIFY(pageHas(grid, 200 - last, last));
    QVERIFY(!stage.find<QToolButton>("datasetForward")->isEnabled());
    auto* page = stage.find<QSpinBox>("datasetPage");
    page->setFocus();
    page->selectAll();
    QTest::keyClicks(page, "2");
    QTest::keyClick(page, Qt::Key_Return);
    QVERIFY(pageHas(grid, room, room));
    // Only the samples of one part.
    stage.choose("datasetPart", "Val");
    const Split split(stage.panel.split(), 200);
    QVERIFY(pageHas(grid, std::min(room, std::size_t{20}), split.sample(Part::Validation, 0)));
  }

  void truncatedFilesAreToldAndTheOldSetStays() {
    DatasetStage stage;
    QVERIFY(stage.begin());
    const auto before = stage.panel.data();
    QVERIFY(writeFile(stage.path("t10k-labels-idx1-ubyte"), idxLabels(200)));
    QVERIFY(stage.dropFile("t10k-images-idx3-ubyte", idxPictures(200, 6).chopped(1)));
    QVERIFY2(stage.problem().startsWith("t10k-images-idx3-ubyte, byte 7215: the header promises 7216 bytes"),
             qPrintable(stage.problem()));
    QVERIFY(stage.find<QLabel>("datasetProblem")->isVisible());
    QVERIFY(stage.dropFile("batch.bin", QByteArray(3073, '\x0b')));
    QTRY_VERIFY2(stage.panel.problem().startsWith("batch.bin, byte 0: the label 11 is above 9"),
                 qPrintable(stage.panel.problem()));
    QVERIFY(stage.dropFile("letter.doc", "dear"));
    QTRY_VERIFY2(stage.panel.problem().contains("no kind of data"), qPrintable(stage.panel.problem()));
    QCOMPARE(stage.chosen.size(), 1);
    QCOMPARE(stage.panel.data(), before);
    QVERIFY(stage.text("datasetSummary").contains("1,000 samples"));
    // The next good one takes the message away.
    stage.choose("datasetChoice", "Two moons");
    QVERIFY(stage.loaded(2));
    QVERIFY(stage.panel.problem().isEmpty());
  }

  void sharesAreTypedAndCounted() {
    DatasetStage stage;
    QVERIFY(stage.begin());
    auto* tabs = stage.find<QTabWidget>("datasetTabs");
    auto* view = stage.panel.findChild<SplitView*>();
    tabs->setCurrentWidget(view);
    QVERIFY(stage.text("count.train").endsWith(" 800"));
    stage.type("split.validation", "25");
    QVERIFY(stage.loaded(2));
    QVERIFY(stage.text("count.train").endsWith(" 650"));
    QVERIFY(stage.text("count.validation").endsWith(" 250"));
    QCOMPARE(stage.find<NumberBox>("split.train")->value(), 65.0);
    stage.type("split.test", "80");  // more than there is
    QVERIFY2(stage.problem().contains("not in range"), qPrintable(stage.problem()));
    QCOMPARE(stage.find<NumberBox>("split.test")->value(), 10.0);
    stage.type("split.train", "30");  // the others share the rest as they did
    QVERIFY(stage.loaded(3));
    QVERIFY(stage.panel.problem().isEmpty());
    QVERIFY(stage.text("count.validation").endsWith(" 500"));
    QVERIFY(stage.text("count.test").endsWith(" 200"));
    stage.type("split.seed", "9");
    QVERIFY(stage.loaded(4));
    QCOMPARE(stage.panel.split().seed, std::uint64_t{9});
    // Every class in every part, as the split says.
    const Split split(stage.panel.split(), 1000);
    std::array<std::size_t, 2> tests{};
    for (std::size_t k = 0; k < 200; ++k) ++tests[stage.panel.data()->label(split.sample(Part::Test, k))];
    QTRY_COMPARE_WITH_TIMEOUT(view->counts()[2], (std::vector<std::size_t>{tests[0], tests[1]}), patience);
    QCOMPARE(view->counts()[0][0] + view->counts()[1][0] + view->counts()[2][0], std::size_t{500});
    stage.keepPicture("data_split");
  }

  void orderedDataIsCutIntoStretches() {
    DatasetStage stage;
    QVERIFY(stage.begin());
    stage.choose("datasetChoice", "Sequence");
    QVERIFY(stage.loaded(2));
    QVERIFY(!stage.panel.split().shuffled);
    stage.choose("datasetChoice", "Two moons");
    QVERIFY(stage.loaded(3));
    QVERIFY(stage.panel.split().shuffled);
  }

  void whatIsFedShows() {
    DatasetStage stage;
    QVERIFY(stage.begin());
    QVERIFY(writePictures(stage, 50, 6));
    stage.drop(stage.path("train-images-idx3-ubyte"));
    QVERIFY(stage.loaded(2));
    QVERIFY(!stage.find<QLabel>("fedTitle")->isVisible());
    const auto data = stage.panel.data();
    stage.panel.showFed({data, 4, Part::Validation, 1, readSample(*data, 4).inputs, {}});
    QVERIFY(stage.find<QLabel>("fedTitle")->isVisible());
    QVERIFY2(stage.text("fedTitle").contains("sample 5 (validation)"), qPrintable(stage.text("fedTitle")));
    QVERIFY(stage.text("fedTitle").endsWith("\n1"));
    QCOMPARE(stage.find<QLabel>("fedPicture")->pixmap().toImage().pixelColor(28, 28), QColor(4, 4, 4));
    stage.panel.showFed({});
    QVERIFY(!stage.find<QLabel>("fedTitle")->isVisible());
    // Rows of a table are told in numbers.
    const auto xs = generateData("xor", {}, 1).value();
    stage.panel.showFed({xs, 0, Part::Train, xs->label(0), readSample(*xs, 0).inputs, {}});
    QVERIFY(!stage.find<QLabel>("fedPicture")->isVisible());
    QVERIFY(!stage.text("fedValues").isEmpty());
  }

  void openingIsGivenUp() {
    DatasetStage stage;
    QVERIFY(stage.begin());
    QByteArray rows;
    for (int k = 0; k < 400000; ++k) rows += "1,2,3,a\n";
    QVERIFY(writeFile(stage.path("large.csv"), rows));
    stage.panel.open({stage.path("large.csv").toStdString()});
    stage.click("datasetCancel");
    stage.choose("datasetChoice", "Two moons");  // waits for the thread, which has to end what it does first
    QVERIFY(stage.loaded(2));
    QCOMPARE(stage.panel.source().place, std::string("generator:moons"));
    QVERIFY(!stage.find<QProgressBar>("datasetProgress")->isVisible());
    // Without that it opens, and tells how far it is.
    stage.panel.open({stage.path("large.csv").toStdString()});
    QTRY_VERIFY_WITH_TIMEOUT(stage.find<QProgressBar>("datasetProgress")->value() > 0, patience);
    QVERIFY(stage.loaded(3));
    QCOMPARE(stage.panel.data()->info().samples, std::size_t{400000});
    QVERIFY(!stage.find<QProgressBar>("datasetProgress")->isVisible());
  }

  void setsOfTheInternetAreExplainedAndFound() {
    DatasetStage stage;
    QVERIFY(stage.begin());
    stage.choose("datasetChoice", "MNIST");
    QVERIFY(stage.find<QLabel>("datasetFetch")->isVisible());
    QVERIFY(stage.text("datasetFetch").contains("train-images-idx3-ubyte.gz"));
    QVERIFY(stage.text("datasetFetch").contains(stage.path("sets/mnist")));
    QCOMPARE(stage.chosen.size(), 1);
    QVERIFY(QDir().mkpath(stage.path("sets/mnist")));
    QVERIFY(writeFile(stage.path("sets/mnist/train-images-idx3-ubyte"), idxPictures(5, 28)));
    stage.click("datasetLookAgain");
    QVERIFY(stage.find<QLabel>("datasetFetch")->isVisible());  // one of two
    QVERIFY(writeFile(stage.path("sets/mnist/train-labels-idx1-ubyte"), idxLabels(5)));
    stage.click("datasetLookAgain");
    QVERIFY(stage.loaded(2));
    QVERIFY(!stage.find<QLabel>("datasetFetch")->isVisible());
    QCOMPARE(stage.panel.data()->info().picture, (PictureShape{28, 28, 1}));
  }

  void foldersOfPicturesOpen() {
    DatasetStage stage;
    QVERIFY(stage.begin());
    const std::map<QString, QColor> colours{{"blue", Qt::blue}, {"red", Qt::red}};
    for (const auto& [name, colour] : colours) {
      QVERIFY(QDir().mkpath(stage.folder.filePath("pets/" + name)));
      QImage picture(200, 100, QImage::Format_RGB32);
      picture.fill(colour);
      QVERIFY(picture.save(stage.folder.filePath("pets/" + name + "/a.png")));
    }
    stage.drop(stage.path("pets"));
    QVERIFY(stage.loaded(2));
    auto& grid = *stage.find<PictureGrid>("datasetGrid");
    QVERIFY(pageHas(grid, 2, 0));
    QCOMPARE(grid.pictures()[1].caption, QStringLiteral("red"));
    QCOMPARE(grid.pictures()[1].image.size(), QSize(160, 80));  // no larger than it is ever shown
    QCOMPARE(grid.pictures()[1].image.pixelColor(80, 40), QColor(Qt::red));
    // One that breaks later is told, and the window goes on.
    QVERIFY(writeFile(stage.path("pets/red/a.png"), "no picture"));
    stage.choose("datasetPart", "Tr");
    QVERIFY2(stage.problem().contains("a.png"), qPrintable(stage.problem()));
  }

  void savedSourcesShowInTheForm() {
    DatasetStage stage;
    DataSource spirals;
    spirals.place = "generator:spirals";
    spirals.settings = {{"turns", 2}};
    spirals.seed = 4;
    stage.panel.open(spirals);
    QVERIFY(stage.loaded(1));
    QVERIFY(stage.begin());
    QCOMPARE(stage.chosen.size(), 1);  // Being seen opens nothing else then.
    QCOMPARE(stage.find<FieldEditor>("dataset.turns")->findChild<NumberBox*>()->value(), 2.0);
    QCOMPARE(stage.find<FieldEditor>("dataset.seed")->findChild<NumberBox*>()->value(), 4.0);
    stage.type("dataset.noise", "0.2");
    QVERIFY(stage.loaded(2));
    QCOMPARE(stage.panel.source().settings, (std::vector<std::pair<std::string, double>>{{"noise", 0.2}, {"turns", 2}}));
    spirals.settings = {{"twists", 2}};
    stage.panel.open(spirals);
    QVERIFY2(stage.problem().contains("twists"), qPrintable(stage.problem()));
  }
};

int main(int argc, char** argv) { return runDatasetTest<TestDatasetPanel>(argc, argv); }

#include "tst_dataset_panel.moc"
