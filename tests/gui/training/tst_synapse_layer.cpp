#include <QElapsedTimer>
#include <QProgressBar>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>

#include "core/session/trainer.h"
#include "tests/gui/training/stage.h"
#include "ui/canvas/canvas_item.h"
#include "ui/sight/cell_picture.h"
#include "ui/sight/drawing_desk.h"
#include "ui/sight/picture_panel.h"
#include "ui/sight/receptive_field.h"
#include "ui/sight/sight_panel.h"
#include "ui/window/gallery.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

/// As the gallery has it.
Model digits() {
  auto model = galleryModel(registry(), QStringLiteral(":/models/synann_digits.json"));
  if (!model) qFatal("%s", model.error().text().c_str());
  return *std::move(model);
}

struct Room : Stage {
  /// It runs as fast as it goes, and its pictures have room: a cell is several pixels large.
  bool begin() {
    const bool opened = open(digits());
    window.resize(1500, 950);
    raise("pictureDock");
    window.resizeDocks({&find<QDockWidget>("pictureDock")}, {500}, Qt::Vertical);
    window.bridge().post(SetPace{0});
    return opened;
  }
  PicturePanel& pictures() { return *window.findChild<PicturePanel*>(); }
  QComboBox& choice() { return find<QComboBox>("pictureChoice"); }
  bool choose(const char* label) {
    raise("pictureDock");
    const bool there = QTest::qWaitFor([&] { return choice().findText(QString::fromLatin1(label)) >= 0; }, patience);
    choice().setCurrentText(QString::fromLatin1(label));
    return there && pictures().shown() != nullptr && pictures().shown()->label == label;
  }
  std::shared_ptr<const Model> capture() {
    std::shared_ptr<const Model> captured;
    window.bridge().post(Capture{}, [&](const Outcome& outcome) { captured = outcome.capture; });
    if (!QTest::qWaitFor([&] { return captured != nullptr; }, patience)) qFatal("no capture");
    return captured;
  }
  double recent() { return window.trainings().present().history.recent(0, false, 500).accuracy(); }
  /// The share of held-out samples that it names rightly.
  std::optional<double> test() {
    QSignalSpy examined(&window.feeds(), &FeedControl::examined);
    raise("trainingDock");
    click("testNow");
    if (!QTest::qWaitFor([&] { return !examined.isEmpty(); }, patience)) return std::nullopt;
    return examined[0][0].value<ExamResult>().scores[0].accuracy();
  }
  void press(Qt::Key key) {
    window.activateWindow();
    if (!QTest::qWaitForWindowActive(&window, patience)) qFatal("the window does not get the keys");
    window.canvasView().setFocus();
    QTest::keyClick(&window.canvasView(), key);
  }
};

}  // namespace

/// A person teaches a network with a layer of synapses inside, looks into it, cuts it, and draws for it.
class TestSynapseLayer : public QObject {
  Q_OBJECT

 private slots:
  void init() { QSettings().clear(); }

  /// Progress, time left, curves; and a stop within half a second, with the very weights of the tick at which it stopped.
  void trainsFromTheDock() {
    Room room;
    QVERIFY(room.begin());
    const auto start = room.capture();
    room.raise("trainingDock");
    room.find<QSpinBox>("budget").setValue(1'000'000);
    room.click("train");
    QTRY_VERIFY_WITH_TIMEOUT(room.text("timeLeft").contains(QStringLiteral("left")), patience);
    QTRY_VERIFY_WITH_TIMEOUT(room.text("metricRates").contains(QStringLiteral("Loss")), patience);
    QTRY_VERIFY_WITH_TIMEOUT(room.window.trainings().present().ticks() > 3000, patience);
    room.raise("learningDock");
    QTRY_VERIFY_WITH_TIMEOUT(room.find<LearningPlot>("learning").drawnPoints() > 5, patience);
    room.raise("trainingDock");
    QElapsedTimer watch;
    watch.start();
    room.click("stopTraining");
    QTRY_VERIFY_WITH_TIMEOUT(!room.now().running, patience);
    QVERIFY2(watch.elapsed() < 500, qPrintable(QString::number(watch.elapsed())));
    const auto end = room.capture();
    QVERIFY(end->tick > 3000);
    auto alone = Simulation::create(*room.window.bridge().registry().find(start->dynamics), *start).value();
    QCOMPARE(train(*alone, end->tick).value(), end->tick);
    const auto wanted = alone->capture().value();
    QCOMPARE(end->dynamicsState, wanted.dynamicsState);
    for (std::size_t field = 0; field < room.window.bridge().description().linkFields.size(); ++field) {
      QCOMPARE(columnValues(end->graph.linkColumn(field)), columnValues(wanted.graph.linkColumn(field)));
    }
  }

  /// Whoever makes a network and chooses data has to set nothing: each picture is shown once, the curves come up, it learns,
  /// and where its course ends the time left is told.
  void aNewNetworkLearnsAtOnce() {
    Room room;
    const auto& entry = *room.window.bridge().registry().find("synann_net");
    auto values = initialValues(entry.description.creationFields);
    for (std::size_t k = 0; k < values.size(); ++k) {
      if (entry.description.creationFields[k].key == "course") values[k] = 9700;
    }
    QVERIFY(room.open(create(entry, values, 1).value()));
    room.window.bridge().post(SetPace{0});
    room.raise("activityDock");
    room.Stage::choose("generator.digits");
    QTRY_VERIFY2_WITH_TIMEOUT(room.feed() != nullptr, qPrintable(room.window.notices().texts().join(u' ')),
                              6 * patience);  // ten thousand digits are drawn first
    QCOMPARE(room.feed()->plan().duration, 1.0);
    QCOMPARE(room.feed()->plan().examDuration, 1.0);
    QCOMPARE(room.feed()->plan().inputs[0].coding.code, InputCode::Unit);
    QTRY_VERIFY_WITH_TIMEOUT(!room.find<LearningPlot>("learning").visibleRegion().isEmpty(), patience);
    room.raise("trainingDock");
    room.click("train");
    QTRY_VERIFY_WITH_TIMEOUT(room.text("timeLeft").contains(QStringLiteral("left")), patience);
    QVERIFY(room.find<QProgressBar>("progress").isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(room.text("timeLeft").contains(QStringLiteral("over")), 6 * patience);
    QCOMPARE(room.find<QProgressBar>("progress").value(), 100);
    QTRY_VERIFY2_WITH_TIMEOUT(room.text("metricRates").contains(QStringLiteral("Samples learnt 9,6")),
                              qPrintable(room.text("metricRates")), patience);  // a mean of what was lately
    QVERIFY2(room.recent() > 0.8, qPrintable(QString::number(room.recent())));
  }

  /// What is never below zero is drawn with all the scale there is: none to most, brighter in the dark, darker in the light.
  void amountsHaveTheWholeScale() {
    for (const bool dark : {true, false}) {
      for (int step = 0; step < 20; ++step) {
        const int less = amountColour(step / 20.0, dark).lightness(),
                  more = amountColour((step + 1) / 20.0, dark).lightness();
        QVERIFY(dark ? less < more : less > more);
      }
      QVERIFY(std::abs(amountColour(1, dark).lightness() - amountColour(0, dark).lightness()) > 140);
    }
    Room room;
    QVERIFY(room.begin());
    QVERIFY(room.choose("Beta"));
    const auto& values = room.pictures().shown()->values;
    auto& cells = const_cast<CellPicture&>(room.pictures().cells());
    const auto colourAt = [&](std::size_t value) {
      return cells.grab().toImage().pixelColor(cells.toWidget(room.pictures().placeOf(value)).toPoint());
    };
    std::size_t most = 1;  // the first has no link
    for (std::size_t k = 2; k < values.size(); ++k) {
      if (values[k] > values[most]) most = k;
    }
    QTRY_COMPARE_WITH_TIMEOUT(colourAt(most), amountColour(1, true), patience);
  }

  /// Filters change while it learns; a cell of the layer is a link, which a click selects and Delete cuts; two tests side by
  /// side tell what that has done.
  void whatIsLearntIsSeenAndCut() {
    Room room;
    QVERIFY(room.begin());
    QVERIFY(room.choose("Convolution 1"));
    QCOMPARE(room.pictures().shown()->tiles(), std::size_t{10});
    const auto before = room.pictures().shown()->values;
    room.trainUntil([&] { return room.window.trainings().present().ticks() > 4000; });
    QVERIFY(room.choose("Convolution 1"));
    QTRY_VERIFY_WITH_TIMEOUT(room.pictures().shown()->values != before, patience);
    const auto whole = room.test();
    QVERIFY(whole);
    QVERIFY(!room.find<QLabel>("tests").isVisible());
    QVERIFY(room.choose("Answers"));
    // The strongest link to an answer, and then all the others of the answer.
    const Picture answers = *room.pictures().shown();
    const auto& cells = room.pictures().cells();
    const auto reader = answers.values.size() / answers.width / 2;
    const std::size_t value = reader * answers.width;
    const LinkKey key{answers.sources[reader], answers.targets[0]};
    auto& widget = const_cast<CellPicture&>(cells);
    QTest::mouseClick(&widget, Qt::LeftButton, {}, cells.toWidget(room.pictures().placeOf(value)).toPoint());
    QCOMPARE(room.window.selection().links(), std::vector{key});
    room.press(Qt::Key_Delete);
    QTRY_VERIFY_WITH_TIMEOUT(!room.now().graph.link(key), patience);
    QTRY_VERIFY_WITH_TIMEOUT(std::isnan(room.pictures().shown()->values[value]), patience);
    std::vector<LinkKey> rest;
    for (const auto source : answers.sources) {
      if (const LinkKey one{source, answers.targets[0]}; room.now().graph.link(one)) rest.push_back(one);
    }
    room.window.selection().set({}, rest);
    room.press(Qt::Key_Delete);
    QTRY_VERIFY_WITH_TIMEOUT(!room.now().graph.link(rest.back()), patience);
    const auto cut = room.test();
    QVERIFY(cut);
    QVERIFY2(*whole > *cut + 0.02, qPrintable(QStringLiteral("%1, then %2").arg(*whole).arg(*cut)));
    const auto words = QRegularExpression(QStringLiteral("^Last test: %1 % right after ([\\d,]+) samples; "
                                                         "the one before: %2 % right after \\1 samples$")
                                              .arg(100 * *cut, 0, 'f', 2)
                                              .arg(100 * *whole, 0, 'f', 2));
    QTRY_VERIFY2_WITH_TIMEOUT(words.match(room.text("tests")).hasMatch(), qPrintable(room.text("tests")), patience);
  }

  void picturesAreSaved() {
    Room room;
    QVERIFY(room.begin());
    QVERIFY(room.choose("Beta"));
    auto& panel = room.pictures();
    const auto file = [&](const char* name) { return room.folder.filePath(QString::fromLatin1(name)); };
    QVERIFY(panel.exportTo(file("beta.csv")));
    QFile table(file("beta.csv"));
    QVERIFY(table.open(QIODevice::ReadOnly));
    QCOMPARE(table.readAll().count('\n'), qsizetype{1 + 64 * 63});
    QVERIFY(panel.exportTo(file("beta.png")));
    const QImage picture(file("beta.png"));
    QVERIFY(picture.height() >= 2 * panel.cells().height());
    QVERIFY(panel.exportTo(file("beta.svg")));
  }

  /// Networks that keep nothing to themselves have no such dock.
  void onlyWhereThereAreAny() {
    Room room;
    QVERIFY(room.open(learner::model(4, 2)));
    QVERIFY(!room.find<QDockWidget>("pictureDock").isVisible());
    QVERIFY(room.begin());
    QVERIFY(!room.find<QDockWidget>("pictureDock").isHidden());
    QVERIFY(room.choose("Alpha"));
    QVERIFY(room.open(learner::model(4, 2)));
    QVERIFY(room.pictures().shown() == nullptr);
  }

  /// Digits by hand, after a short training.
  void aDrawnDigitIsRecognised() {
    Room room;
    QVERIFY(room.begin());
    room.trainUntil([&] { return room.window.trainings().present().ticks() > 6000 && room.recent() > 0.9; });
    room.raise("sightDock");
    auto& desk = *room.window.findChild<DrawingDesk*>();
    auto& picture = room.find<CellPicture>("sightPicture");
    QTRY_VERIFY_WITH_TIMEOUT(picture.isVisible() && picture.cells().width() == 28, patience);
    const auto button = [&](const char* name) { QTest::mouseClick(&room.find<QToolButton>(name), Qt::LeftButton); };
    button("sightDraw");
    QVERIFY(desk.drawing());
    button("sightClear");
    const auto line = [&](QPointF from, QPointF to) {
      QTest::mousePress(&picture, Qt::LeftButton, {}, picture.toWidget(from).toPoint());
      QMouseEvent move(QEvent::MouseMove, picture.toWidget(to), picture.mapToGlobal(picture.toWidget(to)), Qt::NoButton,
                       Qt::LeftButton, {});
      QCoreApplication::sendEvent(&picture, &move);
      QTest::mouseRelease(&picture, Qt::LeftButton, {}, picture.toWidget(to).toPoint());
    };
    line({14, 5}, {14, 23});
    QTRY_COMPARE_WITH_TIMEOUT(room.text("sightVerdict"), QStringLiteral("says 1"), patience);
    button("sightClear");
    line({8, 6}, {19, 6});
    line({19, 6}, {12, 23});
    QTRY_COMPARE_WITH_TIMEOUT(room.text("sightVerdict"), QStringLiteral("says 7"), patience);
  }
};

int main(int argc, char** argv) {
  QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
  QCoreApplication::setOrganizationName(QStringLiteral("Plexarium"));
  QCoreApplication::setApplicationName(QStringLiteral("tst_synapse_layer"));
  const QTemporaryDir settings;
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
  QApplication application(argc, argv);
  chooseRenderer(RendererChoice::Cpu);
  TestSynapseLayer test;
  return QTest::qExec(&test, argc, argv);
}

#include "tst_synapse_layer.moc"
