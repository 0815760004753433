#include <QScrollBar>

#include "tests/gui/training/stage.h"
#include "ui/window/window_theme.h"

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
    QVERIFY(stage.told("4 input neurons for 32 values"));
    QCOMPARE(stage.feed()->plan().source.place, std::string("generator:halves"));
    stage.choose("noData");
    QTRY_VERIFY_WITH_TIMEOUT(stage.feed() == nullptr, patience);
    QTRY_COMPARE_WITH_TIMEOUT(stage.text("trainingData"), QStringLiteral("No data"), patience);
  }

  /// Symbols go to a neuron each where there are as many, without a word about it; and data that fit are fed although
  /// what was chosen before did not fit and waits. Of a network without motor neurons nothing is asked.
  void symbolsFindTheirNeurons() {
    const Registry all = registry();
    const DynamicsEntry& entry = *all.find("sorn");
    const auto model = create(entry, initialValues(entry.description.creationFields), 1);
    Stage stage;
    QVERIFY(model && stage.open(*model));
    stage.raise("trainingDock");
    stage.choose("generator.primes");
    QVERIFY(stage.told("10 input neurons for 32 values"));
    QTRY_VERIFY_WITH_TIMEOUT(stage.feed() != nullptr && !stage.feed()->plan().inputs[0].enabled, patience);
    const auto told = stage.window.notices().texts();
    stage.choose("generator.symbols");
    QTRY_COMPARE_WITH_TIMEOUT(stage.feed()->plan().source.place, std::string("generator:symbols"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(stage.feed()->plan().inputs[0].enabled, patience);
    QCOMPARE(stage.feed()->plan().inputs[0].coding.code, InputCode::Symbol);
    QVERIFY(stage.feed()->plan().outputs.empty());
    QCOMPARE(stage.window.notices().texts(), told);
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
    stage.trainUntil([&] { return stage.window.trainings().present().history.recent(0, false, 50).accuracy() > 0.9; });
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
    stage.trainUntil([&] { return stage.feed()->samplesShown(Part::Train) > 20; });
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

  /// A wheel that turns over the form scrolls it; only a chooser that has the keyboard takes it as a choice.
  void theWheelScrollsTheForm() {
    Stage stage;
    QVERIFY(stage.open(fedModel({halves()})));
    stage.raise("trainingDock");
    auto& order = *stage.find<FieldEditor>("feed.order").findChild<QComboBox*>();
    const int before = order.currentIndex();
    const auto turn = [&order] {
      const QPointF at(5, 5);
      QWheelEvent wheel(at, order.mapToGlobal(at), {}, {0, -120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
      QCoreApplication::sendEvent(&order, &wheel);
    };
    order.clearFocus();
    turn();
    QCOMPARE(order.currentIndex(), before);
    order.setFocus();
    QTRY_VERIFY_WITH_TIMEOUT(order.hasFocus(), patience);
    turn();
    QVERIFY(order.currentIndex() != before);
  }

  void groupsAreBoundToColumns() {
    Stage stage;
    QVERIFY(stage.open());
    stage.raise("trainingDock");
    auto& groups = stage.find<QTableWidget>("feedGroups");
    QCOMPARE(groups.rowCount(), 2);
    stage.click("addInput");
    QTRY_COMPARE_WITH_TIMEOUT(groups.rowCount(), 3, patience);
    stage.bindGroup(0, {{1}, {2}, {3}});
    // Three neurons for four columns: refused until the columns are chosen.
    QTRY_VERIFY_WITH_TIMEOUT(!stage.window.notices().texts().isEmpty(), patience);
    QVERIFY(stage.feed()->plan().inputs[0].neurons.list.empty());
    groups.item(1, 2)->setText(QStringLiteral("9"));
    QVERIFY(stage.told("names no columns"));
    groups.item(1, 2)->setText(QStringLiteral("4"));
    QTRY_COMPARE_WITH_TIMEOUT(stage.feed()->plan().inputs[1].columns, std::vector<std::size_t>{3}, patience);
    groups.selectRow(1);
    stage.click("removeGroup");
    QTRY_COMPARE_WITH_TIMEOUT(stage.feed()->plan().inputs.size(), std::size_t{1}, patience);
  }

  /// What is set below the groups is set in one of them, or in all.
  void groupsHaveValuesOfTheirOwn() {
    Stage stage;
    QVERIFY(stage.open());
    stage.raise("trainingDock");
    stage.click("addInput");
    auto& groups = stage.find<QTableWidget>("feedGroups");
    QTRY_COMPARE_WITH_TIMEOUT(groups.rowCount(), 3, patience);
    const auto gains = [&] {
      std::vector<double> list;
      for (const auto& group : stage.feed()->plan().inputs) list.push_back(group.gain);
      return list;
    };
    auto& scope = stage.find<QComboBox>("groupScope");
    QCOMPARE(scope.count(), 4);
    groups.selectRow(1);
    QCOMPARE(scope.currentIndex(), 2);
    QVERIFY(!stage.find<FieldEditor>("feed.dominance").isEnabled());  // an input has none
    stage.type("feed.gain", "0.5");
    QTRY_COMPARE_WITH_TIMEOUT(gains(), (std::vector{1.0, 0.5}), patience);
    QTRY_COMPARE_WITH_TIMEOUT(scope.currentIndex(), 2, patience);  // still after the form was filled anew
    scope.setCurrentIndex(0);
    QVERIFY(groups.selectionModel()->selectedRows().isEmpty());
    QVERIFY(!stage.find<FieldEditor>("feed.gain").findChild<NumberBox*>()->value());  // mixed
    stage.type("feed.gain", "2");
    QTRY_COMPARE_WITH_TIMEOUT(gains(), (std::vector{2.0, 2.0}), patience);
    scope.setCurrentIndex(3);
    QVERIFY(!stage.find<FieldEditor>("feed.gain").isEnabled());
    stage.type("feed.dominance", "0.25");
    QTRY_COMPARE_WITH_TIMEOUT(stage.feed()->plan().outputs[0].dominance, 0.25, patience);
  }

  /// Two data sets into two groups of one network, each fed and scored on its own.
  void severalFeedsAreTrained() {
    Stage stage;
    auto model = learner::model(6, 4);
    model.pace = 2000;
    QVERIFY(stage.open(std::move(model)));
    stage.raise("trainingDock");
    const auto& ids = *stage.now().graph.ids;
    const auto some = [&](std::size_t first, std::size_t end) {
      return std::vector<NeuronId>(ids.begin() + static_cast<std::ptrdiff_t>(first),
                                   ids.begin() + static_cast<std::ptrdiff_t>(end));
    };
    const auto plans = [&] { return stage.window.feeds().plans(); };
    const auto take = [&](std::size_t feed, const std::vector<NeuronId>& inputs, const std::vector<NeuronId>& outputs) {
      auto& groups = stage.find<QTableWidget>("feedGroups");
      stage.bindGroup(0, inputs);
      QTRY_COMPARE_WITH_TIMEOUT(plans()[feed].inputs[0].neurons.list, inputs, patience);
      stage.bindGroup(1, outputs);
      QTRY_COMPARE_WITH_TIMEOUT(plans()[feed].outputs[0].neurons.list, outputs, patience);
      groups.item(0, 0)->setCheckState(Qt::Checked);
      QTRY_VERIFY_WITH_TIMEOUT(plans()[feed].inputs[0].enabled, patience);
      groups.item(1, 0)->setCheckState(Qt::Checked);
      QTRY_VERIFY2_WITH_TIMEOUT(plans()[feed].outputs[0].enabled,
                                qPrintable(stage.window.notices().texts().join(QLatin1Char(0x7c))), patience);
    };
    // Data that do not fit all neurons wait until their groups are told which they have.
    stage.choose("generator.halves");
    QVERIFY(stage.told("6 input neurons for 4 values"));
    QTRY_VERIFY_WITH_TIMEOUT(stage.feed() != nullptr && !stage.feed()->plan().inputs[0].enabled, patience);
    // The boxes to be checked are there to be seen, and choosing a group moves nothing under the hand.
    auto& table = stage.find<QTableWidget>("feedGroups");
    auto* bar = stage.find<TrainingPanel>("training").verticalScrollBar();
    bar->setValue(bar->maximum());
    const QImage box = table.viewport()->grab(table.visualItemRect(table.item(0, 0))).toImage();
    int edge = 0;
    for (int x = 0; x < 24; ++x) {
      for (int y = 0; y < box.height(); ++y) edge += box.pixelColor(x, y) == WindowTheme::of(true).dim;
    }
    QVERIFY2(edge > 20, qPrintable(QString::number(edge)));
    // As high with either group chosen: what is above does not move.
    const auto height = [&] { return stage.find<TrainingPanel>("training").widget()->sizeHint().height(); };
    table.selectRow(0);
    const int before = height();
    table.selectRow(1);
    QCOMPARE(height(), before);
    take(0, some(0, 4), some(6, 8));
    auto& choice = stage.find<QComboBox>("feedChoice");
    QVERIFY(!choice.isVisible());
    stage.choose("addFeed");
    QTRY_COMPARE_WITH_TIMEOUT(choice.count(), 2, patience);
    QVERIFY(choice.isVisible() && choice.currentIndex() == 1);
    stage.choose("generator.moons");
    QTRY_COMPARE_WITH_TIMEOUT(plans()[1].source.place, std::string("generator:moons"), patience);
    QCOMPARE(plans()[0].source.place, std::string("generator:halves"));
    take(1, some(4, 6), some(8, 10));
    const auto feeds = [&] { return stage.now().feeding->feeder().feeds(); };
    stage.trainUntil([&] { return feeds()[0].samplesShown(Part::Train) > 5 && feeds()[1].samplesShown(Part::Train) > 5; });
    QTRY_COMPARE_WITH_TIMEOUT(stage.text("result1_0"), QStringLiteral("feed/output"), patience);
    QCOMPARE(stage.text("result2_0"), QStringLiteral("feed 2/output"));
    for (const char* loss : {"result1_1", "result2_1"}) {
      QTRY_VERIFY2_WITH_TIMEOUT(stage.text(loss).toDouble() > 0, loss, patience);
    }
    stage.keepPicture("feeds");
    // One sample of the feed that is looked at, and nothing of the other one.
    for (const int number : {1, 0}) {
      choice.setCurrentIndex(number);
      emit choice.activated(number);
      stage.find<QSpinBox>("sampleNumber").setValue(3);
      stage.click("showSample");
      const auto fed = [&] { return stage.window.feeds().fed(); };
      QTRY_VERIFY_WITH_TIMEOUT(fed() && fed()->sample == 3 && fed()->feed == static_cast<std::size_t>(number), patience);
    }
    stage.window.bridge().post(Pause{});
    // So is the form.
    stage.type("feed.duration", "9");
    QTRY_COMPARE_WITH_TIMEOUT(plans()[0].duration, 9.0, patience);
    QCOMPARE(plans()[1].duration, 100.0);
    const auto shown = feeds()[1].samplesShown(Part::Train);
    stage.choose("removeFeed");
    QTRY_COMPARE_WITH_TIMEOUT(plans().size(), std::size_t{1}, patience);
    QCOMPARE(plans()[0].source.place, std::string("generator:moons"));
    QCOMPARE(feeds()[0].samplesShown(Part::Train), shown);  // it goes on from its place
    QTRY_VERIFY_WITH_TIMEOUT(!choice.isVisible(), patience);
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
    stage.trainUntil([&] { return stage.feed()->samplesShown(Part::Train) > 20; });
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

  /// A model and its data are moved together; what is missing is told with the place where it was looked for.
  void dataMoveWithTheModel() {
    Stage stage;
    const QDir folder(stage.folder.path());
    QVERIFY(folder.mkpath(QStringLiteral("one/data")));
    const auto table = folder.filePath(QStringLiteral("one/data/few.csv"));
    QVERIFY(saveAtomically(table.toStdString(), "a,b,c,d,y\n0,0,0,0,low\n1,1,1,1,high\n0,0,1,0,low\n1,1,0,1,high\n"));
    auto plan = halves();
    plan.source.place = table.toStdString();
    plan.examEvery = 0;  // so few are all for training
    QVERIFY(stage.open(fedModel({plan})));
    QSignalSpy saved(&stage.window.document(), &Document::saved);
    stage.window.document().save(folder.filePath(QStringLiteral("one/few.json")), {});
    QVERIFY(saved.wait(patience));
    QVERIFY(QDir().rename(folder.filePath(QStringLiteral("one")), folder.filePath(QStringLiteral("two"))));
    const auto moved = folder.filePath(QStringLiteral("two/data/few.csv"));
    const auto open = [&](Stage& other) {
      QSignalSpy opened(&other.window.document(), &Document::opened);
      other.window.document().load(folder.filePath(QStringLiteral("two/few.json")), false);
      other.window.show();
      QVERIFY(opened.wait(patience));
    };
    Stage second;
    open(second);
    QVERIFY(second.feed());
    QCOMPARE(second.feed()->plan().source.place, moved.toStdString());
    QVERIFY(QFile::remove(moved));
    Stage third;
    open(third);
    third.raise("trainingDock");
    QTRY_VERIFY_WITH_TIMEOUT(third.find<QLabel>("trainingWarning").isVisible(), patience);
    const auto text = third.text("trainingWarning");
    QVERIFY2(text.startsWith(moved + QStringLiteral(": there is no such file")), qPrintable(text));
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
