#include <QListWidget>

#include <algorithm>
#include <cmath>

#include "tests/gui/training/stage.h"
#include "ui/canvas/canvas_item.h"
#include "ui/sight/answer_bars.h"
#include "ui/sight/cell_picture.h"
#include "ui/sight/drawing_desk.h"
#include "ui/sight/field_view.h"
#include "ui/sight/mistake_strip.h"
#include "ui/sight/sight_panel.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

/// Ten outputs that look at drawn digits, each for so many ticks.
Model digitModel(double duration = 3) {
  FeedPlan plan;
  plan.source.place = "generator:digits";
  plan.duration = plan.examDuration = duration;
  const auto entry = learner::entry();
  auto feed = Feed::create(plan, openData(plan.source).value(), entry.description).value();
  Model model = learner::model(784, 10);
  std::vector<Feed> feeds;
  feeds.push_back(std::move(feed));
  model.feed = Feeder(std::move(feeds)).write();
  model.pace = 200;
  return model;
}

/// The dock in a window, and hands and eyes on it.
struct Sight : Stage {
  bool begin(const Model& model) {
    const bool opened = open(model);
    window.resize(1280, 900);
    raise("sightDock");
    return opened;
  }
  CellPicture& picture() { return find<CellPicture>("sightPicture"); }
  DrawingDesk& desk() { return *window.findChild<DrawingDesk*>(); }
  FieldView& field() { return *window.findChild<FieldView*>(); }
  AnswerBars& bars() { return find<AnswerBars>("sightBars"); }
  MistakeStrip& strip() { return find<MistakeStrip>("sightMistakes"); }
  void run(bool on) { window.bridge().post(on ? Command(Run{}) : Command(Pause{})); }
  bool runs(bool on) {
    run(on);
    return QTest::qWaitFor([&] { return now().running == on; }, patience);
  }
  /// With the button held from one cell to another.
  void stroke(QPointF from, QPointF to, Qt::MouseButton button = Qt::LeftButton) {
    auto& widget = picture();
    QTest::mousePress(&widget, button, {}, widget.toWidget(from).toPoint());
    QMouseEvent move(QEvent::MouseMove, widget.toWidget(to), widget.mapToGlobal(widget.toWidget(to)), Qt::NoButton, button,
                     {});
    QCoreApplication::sendEvent(&widget, &move);
    QTest::mouseRelease(&widget, button, {}, widget.toWidget(to).toPoint());
  }
  double ink(std::size_t column, std::size_t row) {
    const auto& canvas = desk().canvas();
    return canvas.ink()[row * canvas.width() + column];
  }
  /// Once what is drawn is what the network is shown.
  bool drawnIsShown() {
    return QTest::qWaitFor(
        [&] {
          return feed() != nullptr && std::ranges::equal(feed()->given(), desk().canvas().ink()) && feed()->showing() &&
                 std::ranges::equal(feed()->showing()->inputs, desk().canvas().ink());
        },
        patience);
  }
  std::vector<double> weights() {
    std::shared_ptr<const Model> captured;
    window.bridge().post(Capture{}, [&](const Outcome& outcome) { captured = outcome.capture; });
    if (!QTest::qWaitFor([&] { return captured != nullptr; }, patience)) qFatal("no capture");
    return columnValues(captured->graph.linkColumn(0));
  }
};

}  // namespace

/// A person sees what a network is shown and says, and shows it something else.
class TestSight : public QObject {
  Q_OBJECT

 private slots:
  void init() { QSettings().clear(); }

  void comesWithAFeedAndGoesWithIt() {
    Sight stage;
    QVERIFY(stage.open(learner::model(4, 2)));
    QVERIFY(!stage.find<QDockWidget>("sightDock").isVisible());
    QVERIFY(stage.open());
    QTRY_VERIFY_WITH_TIMEOUT(stage.picture().isVisible(), patience);
    stage.raise("trainingDock");
    stage.choose("noData");
    QTRY_VERIFY_WITH_TIMEOUT(!stage.find<QDockWidget>("sightDock").isVisible(), patience);
    stage.raise("sightDock");
    QVERIFY(!stage.picture().isVisible());
    stage.choose("generator.halves");
    QTRY_VERIFY_WITH_TIMEOUT(stage.picture().isVisible(), patience);
  }

  void theSampleAndTheAnswerAreShown() {
    Sight stage;
    QVERIFY(stage.begin(digitModel()));
    QCOMPARE(stage.text("sightVerdict"), QStringLiteral("Nothing is shown now"));
    for (int step = 0; step < 5; ++step) {
      std::optional<Tick> done;
      stage.window.bridge().post(StepTicks{1}, [&](const Outcome& outcome) { done = outcome.tick; });
      QTRY_VERIFY_WITH_TIMEOUT(done && stage.now().tick == *done, patience);
      const auto& feed = *stage.feed();
      const auto& info = feed.data().info();
      const auto& outputs = feed.answer(0).outputs;
      const auto shows = [&] {
        const auto& bars = stage.bars().bars();
        return bars.size() == 10 && std::ranges::equal(bars, outputs, {}, &AnswerBars::Bar::value);
      };
      QTRY_VERIFY_WITH_TIMEOUT(shows(), patience);
      const auto& image = stage.picture().image();
      QCOMPARE(image.size(), QSize(28, 28));
      for (std::size_t k = 0; k < 784; ++k) {
        const int grey = qGray(image.pixel(static_cast<int>(k % 28), static_cast<int>(k / 28)));
        QCOMPARE(grey, static_cast<int>(feed.showing()->inputs[k] * 255 + 0.5));
      }
      const auto said = static_cast<std::size_t>(std::ranges::max_element(outputs) - outputs.begin());
      const auto truth = feed.showing()->label;
      for (std::size_t k = 0; k < 10; ++k) {
        QCOMPARE(stage.bars().bars()[k].said, k == said);
        QCOMPARE(stage.bars().bars()[k].wanted, k == truth);
        QCOMPARE(stage.bars().bars()[k].name, QString::fromStdString(info.classes[k]));
      }
      QVERIFY(stage.text("sightVerdict").startsWith(QStringLiteral("says %1").arg(said)));
      QVERIFY(stage.text("sightVerdict").contains(QStringLiteral("is %1").arg(truth)));
      QCOMPARE(stage.text("sightVerdict").contains(QStringLiteral("so far")), feed.midSample());
    }
  }

  void theAccuracyIsTold() {
    Sight stage;
    QVERIFY(stage.begin(fedModel({halves()})));
    QVERIFY(stage.runs(true));
    QTRY_VERIFY_WITH_TIMEOUT(stage.text("sightAccuracy").contains(QStringLiteral("of the last 100 right")), patience);
    QTRY_VERIFY_WITH_TIMEOUT(stage.text("sightAccuracy").startsWith(QStringLiteral("100.0 %")), patience);
    stage.window.feeds().setMode({FeedMode::Test});
    QTRY_VERIFY_WITH_TIMEOUT(stage.text("sightAccuracy").contains(QStringLiteral("tested right")), patience);
  }

  void aPersonDraws() {
    Sight stage;
    QVERIFY(stage.begin(digitModel()));
    QVERIFY(stage.runs(true));
    QTRY_VERIFY_WITH_TIMEOUT(stage.feed()->samplesShown(Part::Train) > 5, patience);
    stage.click("sightDraw");
    QVERIFY(stage.drawnIsShown());  // the sample that was there
    stage.click("sightClear");
    QVERIFY(stage.drawnIsShown());
    QCOMPARE(*std::ranges::max_element(stage.feed()->given()), 0.0);
    stage.stroke({14, 4}, {14, 24});
    QVERIFY(stage.ink(14, 12) > 0.9 && stage.ink(13, 20) > 0.9);
    QCOMPARE(stage.ink(8, 12), 0.0);
    QVERIFY(stage.drawnIsShown());
    QCOMPARE(stage.feed()->answer(0).outputs.size(), std::size_t{10});
    QTRY_VERIFY_WITH_TIMEOUT(!stage.text("sightVerdict").contains(QStringLiteral("is")), patience);
    QVERIFY(stage.text("sightVerdict").startsWith(QStringLiteral("says ")));
    QCOMPARE(stage.text("sightCaption"), QStringLiteral("Drawn by hand"));
    const auto weights = stage.weights();
    stage.stroke({10, 12}, {18, 12}, Qt::RightButton);
    QCOMPARE(stage.ink(14, 12), 0.0);
    QVERIFY(stage.ink(14, 20) > 0.9);
    stage.find<QSpinBox>("sightBrush").setValue(6);
    stage.stroke({4, 24}, {20, 24});
    QVERIFY(stage.ink(6, 26) > 0.9);
    stage.keepPicture("sight_drawn");
    stage.click("sightCentre");
    QVERIFY(stage.ink(6, 26) < 0.1);
    QVERIFY(stage.drawnIsShown());
    QCOMPARE(stage.weights(), weights);  // nothing is learnt from a drawing
    stage.click("sightDraw");
    QTRY_VERIFY_WITH_TIMEOUT(stage.feed()->given().empty(), patience);
    QVERIFY(!stage.desk().drawing());
    const auto shown = stage.feed()->samplesShown(Part::Train);
    QTRY_VERIFY_WITH_TIMEOUT(stage.feed()->samplesShown(Part::Train) > shown + 3, patience);
    QVERIFY(stage.weights() != weights);
    // The mouse paints no more.
    const auto picture = stage.desk().canvas().ink();
    const std::vector<double> before(picture.begin(), picture.end());
    stage.stroke({2, 2}, {9, 9});
    QVERIFY(std::ranges::equal(stage.desk().canvas().ink(), before));
  }

  /// A network that rested rests again afterwards, in whatever mode it was.
  void afterDrawingAllIsAsBefore() {
    Sight stage;
    QVERIFY(stage.begin(fedModel({halves()})));
    stage.window.feeds().setMode({FeedMode::Off});
    QTRY_VERIFY_WITH_TIMEOUT(!stage.now().feeding->feeder().on(), patience);
    stage.click("sightDraw");
    stage.stroke({0.5, 0.5}, {0.5, 1.5});
    QVERIFY(stage.drawnIsShown());
    QCOMPARE(stage.feed()->given()[0] + stage.feed()->given()[2], 2.0);
    QVERIFY(stage.now().running);
    stage.click("sightDraw");
    QTRY_VERIFY_WITH_TIMEOUT(!stage.now().running && !stage.now().feeding->feeder().on(), patience);
  }

  void othersEndADrawing() {
    Sight stage;
    QVERIFY(stage.begin(fedModel({halves()})));
    stage.click("sightDraw");
    QVERIFY(stage.drawnIsShown());
    stage.raise("trainingDock");
    stage.click("train");
    QTRY_VERIFY_WITH_TIMEOUT(!stage.desk().drawing(), patience);
    QVERIFY(!stage.find<QToolButton>("sightDraw").isChecked());
    QTRY_VERIFY_WITH_TIMEOUT(stage.feed()->given().empty() && stage.now().running, patience);
    stage.click("sightDraw");
    QVERIFY(stage.drawnIsShown());
    QVERIFY(stage.open(learner::model(4, 2)));  // another network
    QTRY_VERIFY_WITH_TIMEOUT(!stage.desk().drawing(), patience);
    QVERIFY(stage.now().feeding == nullptr);
    QVERIFY(stage.window.notices().texts().isEmpty());
  }

  /// Of a neuron that is selected, under the mouse on the canvas, or whose bar is.
  void receptiveFieldsAreShown() {
    Sight stage;
    QVERIFY(stage.begin(digitModel()));
    const auto all = stage.weights();
    const auto of = [&](std::size_t output) {
      std::vector<double> weights;
      for (std::size_t input = 0; input < 784; ++input) weights.push_back(all[input * 10 + output]);
      return weights;
    };
    const auto& field = stage.field().field();
    stage.window.selection().set({{787}}, {});
    QTRY_COMPARE_WITH_TIMEOUT(field.neuron(), std::optional<NeuronId>(NeuronId{787}), patience);
    QTRY_COMPARE_WITH_TIMEOUT(field.weights(), of(2), patience);
    const auto& spots = stage.field().picture().spots();
    QCOMPARE(spots.size(), std::size_t{784});
    double reach = 0;
    for (const double weight : of(2)) reach = std::max(reach, std::abs(weight));
    QCOMPARE(field.reach(), reach);
    for (std::size_t k = 0; k < 784; ++k) {
      QCOMPARE(spots[k].place, QRectF(static_cast<double>(k % 28), static_cast<double>(k / 28), 1, 1));
      QCOMPARE(spots[k].colour, strengthColour(of(2)[k] / reach, true));
    }
    auto& bars = stage.bars();
    stage.run(true);
    QTRY_COMPARE_WITH_TIMEOUT(bars.bars().size(), std::size_t{10}, patience);
    QVERIFY(stage.runs(false));
    QSignalSpy hovered(stage.window.findChild<SightPanel*>(), &SightPanel::neuronsHovered);
    QTest::mouseMove(&bars, bars.placeOf(5) + QPoint(2, 0));
    QTest::mouseMove(&bars, bars.placeOf(5));
    QTRY_COMPARE_WITH_TIMEOUT(field.neuron(), std::optional<NeuronId>(NeuronId{790}), patience);
    QCOMPARE(hovered.back()[0].value<std::vector<NeuronId>>(), (std::vector{NeuronId{790}}));
    QVERIFY(stage.text("sightFieldCaption").contains(QStringLiteral("#790")));
    auto& picture = stage.picture();
    QTest::mouseMove(&picture, picture.toWidget({3.5, 2.5}).toPoint());
    QTRY_COMPARE_WITH_TIMEOUT(field.neuron(), std::optional<NeuronId>(NeuronId{1 + 2 * 28 + 3}), patience);
    QCOMPARE(field.links(), std::size_t{0});
    QVERIFY(stage.field().picture().spots().empty());
  }

  void hoveringOnTheCanvasShowsTheField() {
    Sight stage;
    QVERIFY(stage.begin(fedModel({halves()})));
    auto& view = stage.window.canvasView();
    const auto& canvas = view.canvas();
    const auto at = canvas.toItem((*stage.now().graph.positions)[5]).toPoint();
    QTest::mouseMove(&view, at + QPoint(3, 2));
    QTest::mouseMove(&view, at);
    QTRY_COMPARE_WITH_TIMEOUT(stage.field().field().neuron(), std::optional<NeuronId>(NeuronId{6}), patience);
    QCOMPARE(stage.field().field().links(), std::size_t{4});
  }

  /// Strengths are live, and inhibition counts below zero.
  void fieldsFollowTheNetwork() {
    Sight stage;
    QVERIFY(stage.begin(fedModel({halves()})));
    stage.window.selection().set({{5}}, {});
    const auto& field = stage.field().field();
    QTRY_COMPARE_WITH_TIMEOUT(field.weights().size(), std::size_t{4}, patience);
    const auto before = field.weights();
    QVERIFY(stage.runs(true));
    QTRY_VERIFY_WITH_TIMEOUT(field.weights() != before, patience);
    QVERIFY(stage.runs(false));
    stage.window.bridge().submit({"Remove", {RemoveLinks{{{{2}, {5}}}}}});
    QTRY_COMPARE_WITH_TIMEOUT(field.links(), std::size_t{3}, patience);
    QVERIFY(std::isnan(field.weights()[1]));
    const auto now = stage.weights();
    QCOMPARE(field.weights()[0], now[0]);
  }

  void wrongAnswersAreListedAndShownAgain() {
    Sight stage;
    QVERIFY(stage.begin(digitModel(1)));
    QVERIFY(stage.runs(true));
    auto& strip = stage.strip();
    QTest::mouseMove(&stage.picture());  // under the mouse it would stand still
    QTRY_VERIFY_WITH_TIMEOUT(strip.count() >= 4, patience);
    QVERIFY(stage.runs(false));
    const auto& kept = stage.feed()->score(0, Part::Train).mistakes;
    QTRY_VERIFY_WITH_TIMEOUT(std::equal(kept.rbegin(), kept.rend(), strip.mistakes().begin(), strip.mistakes().end()),
                             patience);
    QTRY_COMPARE_WITH_TIMEOUT(static_cast<std::size_t>(strip.count()), kept.size(), patience);
    QVERIFY(kept.size() <= Score::mistakesKept);
    const auto mistake = strip.mistakes()[1];
    QCOMPARE(stage.feed()->data().label(mistake.sample), mistake.wanted);
    QTRY_COMPARE_WITH_TIMEOUT(strip.item(1)->text(), QStringLiteral("is %1, said %2").arg(mistake.wanted).arg(mistake.said),
                              patience);
    QVERIFY(!strip.item(1)->icon().isNull());
    QTest::mouseClick(strip.viewport(), Qt::LeftButton, {}, strip.visualItemRect(strip.item(1)).center());
    QTRY_COMPARE_WITH_TIMEOUT(stage.feed()->held(), std::optional(mistake.sample), patience);
    QTRY_VERIFY_WITH_TIMEOUT(stage.text("sightCaption").contains(QLocale().toString(qulonglong(mistake.sample))), patience);
    QVERIFY(stage.now().running);
    auto& goOn = stage.find<QToolButton>("sightGoOn");
    QVERIFY(goOn.isVisible());
    stage.keepPicture("sight");
    stage.click("sightGoOn");
    QTRY_VERIFY_WITH_TIMEOUT(!stage.feed()->held() && !stage.now().running, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!goOn.isVisible(), patience);
  }

  void wrongAnswersOfATestAreListed() {
    Sight stage;
    QVERIFY(stage.begin(digitModel()));
    QSignalSpy examined(&stage.window.feeds(), &FeedControl::examined);
    stage.window.feeds().examine(40);
    QVERIFY(!examined.isEmpty() || examined.wait(patience));
    // Unfed so far: whatever it says is mostly wrong. The strip takes it up with the next frame.
    stage.window.bridge().post(StepTicks{1});
    auto& strip = stage.strip();
    QTRY_VERIFY_WITH_TIMEOUT(strip.count() > 0, patience);
    const auto& exam = stage.window.trainings().present().exam ? *stage.window.trainings().present().exam
                                                               : *stage.window.trainings().past().back().exam;
    const auto& mistakes = exam.scores[0].mistakes;
    QCOMPARE(strip.mistakes().front(), mistakes.back());
    QCOMPARE(stage.find<QComboBox>("sightMistakesOf").currentText(), QStringLiteral("Wrong in the last test"));
  }

  /// Another dynamics, from the gallery: nothing here knows which.
  void theGalleryIsSeen() {
    Sight stage;
    QSignalSpy opened(&stage.window.document(), &Document::opened);
    stage.window.document().load(QStringLiteral(":/models/plexus_learning.json"), true);
    stage.window.show();
    QVERIFY(opened.wait(patience));
    QTRY_COMPARE_WITH_TIMEOUT(stage.bars().bars().size(), std::size_t{2}, patience);
    QTRY_VERIFY_WITH_TIMEOUT(stage.text("sightVerdict").startsWith(QStringLiteral("says ")), patience);
    stage.window.selection().set({stage.now().graph.ids->back()}, {});
    QTRY_VERIFY_WITH_TIMEOUT(stage.field().field().links() > 0, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!stage.field().picture().spots().empty(), patience);
  }

  void groupsAreChosen() {
    auto first = halves();
    first.name = "left";
    first.inputs[0].neurons.list = {{1}, {2}, {3}, {4}};
    first.outputs[0].neurons.list = {{9}, {10}};
    auto second = first;
    second.name = "right";
    second.inputs[0].neurons.list = {{5}, {6}, {7}, {8}};
    second.outputs[0].neurons.list = {{11}, {12}};
    std::vector<Feed> feeds;
    for (const auto& plan : {first, second}) {
      feeds.push_back(Feed::create(plan, openData(plan.source).value(), learner::entry().description).value());
    }
    Model model = learner::model(8, 4);
    model.feed = Feeder(std::move(feeds)).write();
    Sight stage;
    QVERIFY(stage.begin(model));
    auto& input = stage.find<QComboBox>("sightInput");
    QVERIFY(input.isVisible());
    QCOMPARE(input.count(), 2);
    stage.window.selection().set({{12}}, {});
    input.setCurrentIndex(1);
    const auto watched = [&] {
      const auto& field = stage.field().field();
      return field.neuron() && field.links() == 4;
    };
    QTRY_VERIFY_WITH_TIMEOUT(watched(), patience);
    stage.click("sightDraw");
    QTRY_VERIFY_WITH_TIMEOUT(!stage.now().feeding->feeder().feeds()[1].given().empty(), patience);
    QVERIFY(stage.now().feeding->feeder().feeds()[0].given().empty());
    input.setCurrentIndex(0);  // the drawing was for the other one
    QTRY_VERIFY_WITH_TIMEOUT(!stage.desk().drawing(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().feeding->feeder().feeds()[1].given().empty(), patience);
  }

  /// Greater strengths are brighter on the dark ground and darker on the light one, with zero between.
  void strengthsAreReadWithoutHue() {
    for (const bool dark : {true, false}) {
      int last = dark ? -1 : 256;
      for (const double share : {-1.0, -0.5, 0.0, 0.5, 1.0}) {
        const int grey = qGray(strengthColour(share, dark).rgb());
        QVERIFY(dark ? grey > last + 8 : grey < last - 8);
        last = grey;
      }
    }
  }
};

int main(int argc, char** argv) {
  QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
  QCoreApplication::setOrganizationName(QStringLiteral("Plexarium"));
  QCoreApplication::setApplicationName(QStringLiteral("tst_sight"));
  const QTemporaryDir settings;
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
  QApplication application(argc, argv);
  chooseRenderer(RendererChoice::Cpu);
  TestSight test;
  return QTest::qExec(&test, argc, argv);
}

#include "tst_sight.moc"
