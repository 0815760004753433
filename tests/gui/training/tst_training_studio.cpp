#include "tests/gui/training/stage.h"

using namespace plexarium;
using namespace plexarium::ui;

/// A person trains a network in the window.
class TestTrainingStudio : public QObject {
  Q_OBJECT

 private slots:
  void init() { QSettings().clear(); }

  /// A model with its feed: open it, press Space, and the curves fall.
  void aFedModelTrainsAtOnce() {
    Stage stage;
    QVERIFY(stage.open());
    QVERIFY(stage.find<QDockWidget>("trainingDock").isVisible());
    QCOMPARE(stage.text("trainingData"), QString::fromStdString(stage.feed()->data().info().name));
    QVERIFY(stage.text("trainingFacts").contains(QStringLiteral("2 classes")));
    stage.window.activateWindow();
    stage.window.canvasView().setFocus();
    QTest::keyClick(&stage.window.canvasView(), Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().running, patience);
    auto& plot = stage.find<LearningPlot>("learning");
    QTRY_VERIFY_WITH_TIMEOUT(plot.drawnPoints() > 5, patience);
    const auto recent = [&] { return stage.window.trainings().present().history.recent(0, false, 50); };
    QTRY_VERIFY_WITH_TIMEOUT(recent().samples >= 50 && recent().accuracy() > 0.9 && recent().error() < 0.3, patience);
    QTRY_VERIFY_WITH_TIMEOUT(stage.text("result1_2").endsWith(QLatin1Char('%')), patience);
    stage.keepPicture("training");
  }

  void dataAreChosenFromTheMenu() {
    Stage stage;
    QVERIFY(stage.open(learner::model(4, 2)));
    stage.raise("trainingDock");
    QCOMPARE(stage.text("trainingData"), QStringLiteral("No data"));
    QVERIFY(!stage.find<QPushButton>("train").isEnabled());
    stage.choose("generator.halves");
    QTRY_VERIFY_WITH_TIMEOUT(stage.feed() != nullptr, patience);
    QTRY_VERIFY_WITH_TIMEOUT(stage.find<QPushButton>("train").isEnabled(), patience);
    QVERIFY(stage.window.document().modified());
    // What does not fit is told, and what was there stays.
    stage.choose("generator.primes");
    QTRY_VERIFY_WITH_TIMEOUT(
        stage.window.notices().texts().join(QLatin1Char(' ')).contains(QStringLiteral("4 input neurons for 32 values")),
        patience);
    QCOMPARE(stage.feed()->plan().source.place, std::string("generator:halves"));
    stage.choose("noData");
    QTRY_VERIFY_WITH_TIMEOUT(stage.feed() == nullptr, patience);
    QTRY_COMPARE_WITH_TIMEOUT(stage.text("trainingData"), QStringLiteral("No data"), patience);
  }

  void startPauseContinueStop() {
    Stage stage;
    QVERIFY(stage.open());
    stage.raise("trainingDock");
    auto& train = stage.find<QPushButton>("train");
    stage.click("train");
    QTRY_COMPARE_WITH_TIMEOUT(train.text(), QStringLiteral("Pause"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(stage.window.trainings().present().result().has_value(), patience);
    stage.click("train");
    QTRY_VERIFY_WITH_TIMEOUT(!stage.now().running, patience);
    QTRY_COMPARE_WITH_TIMEOUT(train.text(), QStringLiteral("Continue"), patience);
    const auto before = stage.feed()->samplesShown(Part::Train);
    stage.click("train");
    QTRY_VERIFY_WITH_TIMEOUT(stage.feed()->samplesShown(Part::Train) > before, patience);
    stage.click("stopTraining");
    QTRY_VERIFY_WITH_TIMEOUT(!stage.now().running && !stage.now().feeding->feeder().on(), patience);
    QVERIFY(!stage.window.trainings().past().empty());
    QVERIFY(stage.window.trainings().past()[0].settings.contains(QStringLiteral("halves")));
  }

  void runsAreCompared() {
    Stage stage;
    QVERIFY(stage.open());
    stage.raise("learningDock");
    for (int run = 0; run < 2; ++run) {
      stage.click("train");
      QTRY_VERIFY_WITH_TIMEOUT(stage.window.trainings().present().history.recent(0, false, 1000).samples > 60, patience);
      stage.click("stopTraining");
      QTRY_VERIFY_WITH_TIMEOUT(!stage.now().running, patience);
    }
    stage.window.trainings().end();  // what came after the stop
    const auto past = static_cast<int>(stage.window.trainings().past().size());
    QVERIFY(past >= 2);
    auto& plot = stage.find<LearningPlot>("learning");
    QTRY_COMPARE_WITH_TIMEOUT(plot.drawnRuns(), past, patience);
    stage.raise("runDock");
    auto& table = stage.find<QTableWidget>("runs");
    QCOMPARE(table.rowCount(), past);
    table.item(0, 0)->setCheckState(Qt::Unchecked);
    QVERIFY(!stage.window.trainings().past()[0].shown);
    table.item(0, 0)->setText(QStringLiteral("first, \"quoted\""));
    stage.keepPicture("runs");
    const auto file = stage.folder.filePath(QStringLiteral("runs.csv"));
    QVERIFY(stage.find<RunTable>("runTable").exportTo(file));
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const auto lines = written.readAll().split('\n');
    QCOMPARE(lines.size(), past + 2);
    QVERIFY(lines[1].startsWith("\"first, \"\"quoted\"\"\","));
    stage.raise("learningDock");
    QTRY_COMPARE_WITH_TIMEOUT(plot.drawnRuns(), past - 1, patience);
    QVERIFY(plot.exportTo(stage.folder.filePath(QStringLiteral("curves.csv"))));
    QVERIFY(plot.exportTo(stage.folder.filePath(QStringLiteral("curves.png"))));
    stage.raise("runDock");
    table.selectRow(1);
    stage.click("removeRun");
    QCOMPARE(table.rowCount(), past - 1);
  }

  void aBudgetEndsTheRun() {
    Stage stage;
    QVERIFY(stage.open());
    stage.raise("trainingDock");
    stage.find<QSpinBox>("budget").setValue(400);
    stage.click("train");
    QTRY_VERIFY_WITH_TIMEOUT(!stage.window.trainings().past().empty(), patience);
    QVERIFY(stage.window.trainings().past()[0].ticks() >= 400);
    QTRY_VERIFY_WITH_TIMEOUT(!stage.now().running, patience);
  }

  /// The copy is tested; the network that trains does not notice.
  void heldOutSamplesAreTested() {
    Stage stage;
    QVERIFY(stage.open());
    stage.raise("trainingDock");
    stage.click("train");
    QTRY_VERIFY_WITH_TIMEOUT(stage.window.trainings().present().history.recent(0, false, 50).accuracy() > 0.9, patience);
    stage.click("train");
    QTRY_VERIFY_WITH_TIMEOUT(!stage.now().running, patience);
    const auto tick = stage.now().tick;
    const auto shown = stage.feed()->samplesShown(Part::Train);
    QSignalSpy examined(&stage.window.feeds(), &FeedControl::examined);
    stage.click("testNow");
    QVERIFY(!examined.isEmpty() || examined.wait(patience));
    const auto& exam = *stage.window.trainings().present().exam;
    QCOMPARE(exam.tick, tick);
    QCOMPARE(exam.scores[0].samples, std::uint64_t{stage.feed()->size(Part::Test)});
    QVERIFY(exam.scores[0].accuracy() > 0.9);
    QCOMPARE(stage.now().tick, tick);
    QCOMPARE(stage.feed()->samplesShown(Part::Train), shown);
    QCOMPARE(stage.feed()->samplesShown(Part::Test), std::uint64_t{0});
    QTRY_VERIFY_WITH_TIMEOUT(stage.text("result1_3").endsWith(QLatin1Char('%')), patience);
    stage.raise("confusionDock");
    QTRY_VERIFY_WITH_TIMEOUT(stage.find<ConfusionPlot>("confusion").shown() != nullptr, patience);
    QCOMPARE(stage.find<ConfusionPlot>("confusion").shown()->confusion, exam.scores[0].confusion);
    stage.keepPicture("confusion");
    const auto file = stage.folder.filePath(QStringLiteral("confusion.csv"));
    QVERIFY(stage.find<ConfusionPlot>("confusion").exportTo(file));
  }

  void oneSampleIsShown() {
    Stage stage;
    QVERIFY(stage.open());
    stage.raise("trainingDock");
    stage.find<QSpinBox>("sampleNumber").setValue(17);
    stage.click("showSample");
    QTRY_VERIFY_WITH_TIMEOUT(stage.text("showing").contains(QStringLiteral("sample 17")), patience);
    const auto fed = stage.window.feeds().fed();
    QVERIFY(fed && fed->sample == 17 && fed->inputs.size() == 4);
    QCOMPARE(stage.feed()->held(), std::optional<std::size_t>(17));
    stage.click("train");
    QTRY_VERIFY_WITH_TIMEOUT(!stage.feed()->held() && stage.now().running, patience);
  }

  void theFormSaysHowSamplesAreShown() {
    Stage stage;
    QVERIFY(stage.open());
    stage.raise("trainingDock");
    stage.click("train");
    QTRY_VERIFY_WITH_TIMEOUT(stage.feed()->samplesShown(Part::Train) > 20, patience);
    stage.click("train");
    QTRY_VERIFY_WITH_TIMEOUT(!stage.now().running, patience);
    const auto before = stage.feed()->samplesShown(Part::Train);
    stage.type("feed.duration", "12");
    QTRY_COMPARE_WITH_TIMEOUT(stage.feed()->plan().duration, 12.0, patience);
    QCOMPARE(stage.feed()->samplesShown(Part::Train), before);  // it goes on from its place
    stage.type("feed.dominance", "0.3");
    QTRY_COMPARE_WITH_TIMEOUT(stage.feed()->plan().outputs[0].dominance, 0.3, patience);
    auto& order = *stage.find<FieldEditor>("feed.order").findChild<QComboBox*>();
    order.setCurrentIndex(1);
    emit order.activated(1);
    QTRY_COMPARE_WITH_TIMEOUT(stage.feed()->plan().order, FeedOrder::Shuffled, patience);
    // What cannot be is told, and the form shows what is.
    stage.type("feed.validation", "0.95");
    QTRY_VERIFY_WITH_TIMEOUT(!stage.window.notices().texts().isEmpty(), patience);
    QCOMPARE(stage.feed()->plan().split.validation, 0.1);
    auto& importance = stage.find<QLineEdit>("importance");
    importance.setText(QStringLiteral("1 2"));
    QTest::keyClick(&importance, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(stage.feed()->plan().importance, (std::vector{1.0, 2.0}), patience);
  }

  void groupsAreBoundToColumns() {
    Stage stage;
    QVERIFY(stage.open());
    stage.raise("trainingDock");
    auto& groups = stage.find<QTableWidget>("feedGroups");
    QCOMPARE(groups.rowCount(), 2);
    stage.click("addInput");
    QTRY_COMPARE_WITH_TIMEOUT(groups.rowCount(), 3, patience);
    stage.window.selection().set({{1}, {2}, {3}}, {});
    auto* neurons = groups.findChild<QComboBox*>(QStringLiteral("groupNeurons0"));
    neurons->setCurrentIndex(neurons->count() - 1);
    emit neurons->activated(neurons->count() - 1);
    // Three neurons for four columns: refused until the columns are chosen.
    QTRY_VERIFY_WITH_TIMEOUT(!stage.window.notices().texts().isEmpty(), patience);
    QVERIFY(stage.feed()->plan().inputs[0].neurons.list.empty());
    groups.item(1, 2)->setText(QStringLiteral("9"));
    QTRY_VERIFY_WITH_TIMEOUT(
        stage.window.notices().texts().join(QLatin1Char(' ')).contains(QStringLiteral("names no columns")), patience);
    groups.item(1, 2)->setText(QStringLiteral("4"));
    QTRY_COMPARE_WITH_TIMEOUT(stage.feed()->plan().inputs[1].columns, std::vector<std::size_t>{3}, patience);
    groups.selectRow(1);
    stage.click("removeGroup");
    QTRY_COMPARE_WITH_TIMEOUT(stage.feed()->plan().inputs.size(), std::size_t{1}, patience);
  }

  void columnsAreReadAndWritten() {
    QCOMPARE(readColumns(QStringLiteral("1-3, 5,-"), 9).value(), (std::vector<std::size_t>{0, 1, 2, 4, noTarget}));
    QCOMPARE(columnsText({0, 1, 2, 4, noTarget, 7}), QStringLiteral("1-3, 5, -, 8"));
    for (const char* wrong : {"0", "10", "3-2", "1-2-3", "x", "1-"}) QVERIFY(!readColumns(QString::fromLatin1(wrong), 9));
    QVERIFY(readColumns(QString(), 9).value().empty());
  }

  void aSavedTrainingGoesOn() {
    Stage stage;
    QVERIFY(stage.open());
    stage.raise("trainingDock");
    stage.click("train");
    QTRY_VERIFY_WITH_TIMEOUT(stage.feed()->samplesShown(Part::Train) > 20, patience);
    stage.click("train");
    QTRY_VERIFY_WITH_TIMEOUT(!stage.now().running, patience);
    const auto shown = stage.feed()->samplesShown(Part::Train);
    const auto file = stage.folder.filePath(QStringLiteral("trained.json"));
    QSignalSpy saved(&stage.window.document(), &Document::saved);
    stage.window.document().save(file, {});
    QVERIFY(saved.wait(patience));
    Stage other;
    QSignalSpy opened(&other.window.document(), &Document::opened);
    other.window.document().load(file, false);
    other.window.show();
    QVERIFY(opened.wait(patience));
    QCOMPARE(other.feed()->samplesShown(Part::Train), shown);
    QVERIFY(other.find<QDockWidget>("trainingDock").isVisible());
  }

  void missingDataAreTold() {
    auto model = fedModel({halves()});
    model.feed.replace(model.feed.find("generator:halves"), 16, "/nowhere/at_all.csv");
    Stage stage;
    QVERIFY(stage.open(model));
    stage.raise("trainingDock");
    QTRY_VERIFY_WITH_TIMEOUT(stage.find<QLabel>("trainingWarning").isVisible(), patience);
    QVERIFY(stage.text("trainingWarning").contains(QStringLiteral("at_all.csv")));
  }

  void historiesStayBounded() {
    LearningHistory history;
    std::uint64_t samples = 0;
    for (Tick tick = 0; tick < 50'000; ++tick) {
      MetricBucket bucket;
      bucket.first = tick;
      bucket.count = 1;
      bucket.learnt = {{.samples = 2, .correct = 1}};
      bucket.examined = {{}};
      samples += 2;
      history.append(std::span(&bucket, 1));
    }
    QVERIFY(history.points().size() <= LearningHistory::capacity);
    QVERIFY(history.points().size() > LearningHistory::capacity / 4);
    QCOMPARE(history.recent(0, false, samples).samples, samples);
    QCOMPARE(history.recent(0, false, 1000).accuracy(), 0.5);
    MetricBucket earlier;
    earlier.first = 25'000;
    earlier.count = 1;
    earlier.learnt = {{.samples = 1}};
    earlier.examined = {{}};
    history.append(std::span(&earlier, 1));
    QVERIFY(history.points().back().first + history.points().back().count <= 25'001 + 64);
  }
};

int main(int argc, char** argv) {
  QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
  QCoreApplication::setOrganizationName(QStringLiteral("Plexarium"));
  QCoreApplication::setApplicationName(QStringLiteral("tst_training_studio"));
  const QTemporaryDir settings;
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
  QApplication application(argc, argv);
  chooseRenderer(RendererChoice::Cpu);
  TestTrainingStudio test;
  return QTest::qExec(&test, argc, argv);
}

#include "tst_training_studio.moc"
