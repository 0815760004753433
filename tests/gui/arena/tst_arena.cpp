#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "tests/gui/window/stage.h"
#include "ui/arena/arena_panel.h"
#include "ui/arena/arena_view.h"
#include "ui/arena/kymograph.h"
#include "ui/arena/measure_plot.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

double between(ArenaPoint a, ArenaPoint b) { return std::hypot(a.x - b.x, a.y - b.y); }

}  // namespace

/// The body of a network in the window: seen, touched, walled in, tied to its neurons; by mouse and keys.
class TestArena : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    QSettings().clear();
    stage_ = std::make_unique<Stage>();
    QVERIFY(stage_->show());
  }
  void cleanup() { stage_.reset(); }

  void crawls() {
    open(":/models/worm_crawling.json", true);
    auto* dock = stage_->window.findChild<QDockWidget*>(QStringLiteral("arenaDock"));
    QVERIFY(dock && dock->isVisible());
    QVERIFY(body().spine.size() > 10);
    const ArenaPoint before = body().spine[0];
    const QImage picture = view().grab().toImage();
    stage_->window.bridge().post(SetPace{1000});
    QTRY_VERIFY_WITH_TIMEOUT(stage_->now().tick > 1000, patience);
    QTRY_VERIFY_WITH_TIMEOUT(between(body().spine[0], before) > 0.5, patience);
    QVERIFY(view().grab().toImage() != picture);
    QTRY_VERIFY_WITH_TIMEOUT(view().scene().trackLength() > 10, patience);
    QTRY_VERIFY(
        stage_->window.findChild<QLabel*>(QStringLiteral("arenaMeasures"))->text().contains(QStringLiteral("Distance")));
  }

  void isHiddenWithoutABody() {
    QVERIFY(stage_->openToy());
    QVERIFY(!stage_->window.findChild<QDockWidget*>(QStringLiteral("arenaDock"))->isVisible());
    open(":/models/worm_crawling.json", false);
    QVERIFY(view().isVisible());
    QVERIFY(stage_->openToy());
    QTRY_VERIFY(!stage_->window.findChild<QDockWidget*>(QStringLiteral("arenaDock"))->isVisible());
  }

  void feelsATouch() {
    open(":/models/worm_crawling.json", false);
    const ArenaPoint nose = body().spine[0];
    QTest::mousePress(&view(), Qt::LeftButton, {}, spot(nose));
    step(1);
    QTRY_COMPARE(body().probe.size(), std::size_t{1});
    QVERIFY(between(body().probe[0], nose) < 0.05);
    QTest::mouseRelease(&view(), Qt::LeftButton, {}, spot(nose));
    const auto& sensors = body().description->sensors;
    const auto touch = std::ranges::find(sensors, std::string("nose_touch"), &Port::key) - sensors.begin();
    QVERIFY(body().sensors[static_cast<std::size_t>(touch)] > 0);
    step(50);
    QTRY_VERIFY(body().probe.empty());
  }

  void placesSizesMovesAndRemovesThings() {
    open(":/models/worm_crawling.json", false);
    const std::string before = stage_->dump();
    button("arenaTool.obstacle")->click();
    const QPoint from(60, 60);
    const QPoint to = from + QPoint(30, 0);
    const double reach = between(view().toArena(from), view().toArena(to));
    drag(from, to);
    QTRY_COMPARE(body().objects.size(), std::size_t{1});
    QCOMPARE(body().objects[0].kind, std::string("obstacle"));
    QVERIFY(std::fabs(body().objects[0].values[2] - reach) < 1e-6);
    QVERIFY(button("arenaTool.touch")->isChecked());
    QCOMPARE(view().selectedObject(), std::optional(body().objects[0].id));

    drag(from, from + QPoint(0, 40));
    const ArenaPoint wanted = view().toArena(from + QPoint(0, 40));
    QTRY_VERIFY(between({body().objects[0].values[0], body().objects[0].values[1]}, wanted) < 1e-6);

    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_Delete);
    QTRY_VERIFY(body().objects.empty());
    for (int undone = 0; undone < 3; ++undone) stage_->window.bridge().post(Undo{});
    QTRY_COMPARE(stage_->dump(), before);
  }

  void aWallIsDrawnByItsCorners() {
    open(":/models/worm_crawling.json", false);
    button("arenaTool.wall")->click();
    const QPoint from(40, 50), to(90, 70);
    const ArenaPoint a = view().toArena(from), b = view().toArena(to);
    drag(from, to);
    QTRY_COMPARE(body().objects.size(), std::size_t{1});
    const auto& values = body().objects[0].values;
    QVERIFY(between({values[0], values[1]}, {(a.x + b.x) / 2, (a.y + b.y) / 2}) < 1e-6);
    QVERIFY(std::fabs(values[2] - std::fabs(a.x - b.x)) < 1e-6);
    QVERIFY(std::fabs(values[3] - std::fabs(a.y - b.y)) < 1e-6);
  }

  void escapeGivesTheFingerBack() {
    open(":/models/worm_crawling.json", false);
    button("arenaTool.food")->click();
    QCOMPARE(view().tool(), std::optional<std::size_t>(2));
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_Escape);
    QVERIFY(!view().tool());
    QVERIFY(button("arenaTool.touch")->isChecked());
  }

  void mediumAndSlidersSetParameters() {
    open(":/models/worm_crawling.json", false);
    auto* media = stage_->window.findChild<QComboBox*>(QStringLiteral("arenaPreset"));
    QVERIFY(media);
    QTRY_COMPARE(media->currentText(), QStringLiteral("Agar"));
    media->setCurrentIndex(2);
    emit media->activated(2);
    QTRY_COMPARE(body().parameters[0], 1.5);
    auto* slider = stage_->window.findChild<QSlider*>(QStringLiteral("arenaSlider.muscle_gain"));
    QVERIFY(slider);
    const double before = body().parameters[1];
    slider->setFocus();
    QTest::keyClick(slider, Qt::Key_PageUp);
    QTRY_VERIFY(body().parameters[1] > before);
    stage_->window.bridge().post(Undo{});
    QTRY_COMPARE(body().parameters[1], before);
    stage_->window.bridge().post(Undo{});
    QTRY_COMPARE(body().parameters[0], 40.0);
  }

  void settingsEditTheSelectedThing() {
    open(":/models/worm_wall.json", false);
    button("arenaSettings")->click();
    view().selectObject(body().objects[0].id);
    step(1);
    NumberBox* width = nullptr;
    QTRY_VERIFY((width = stage_->box("thing.width")) != nullptr);
    Stage::type(*width, "0.75");
    QTRY_COMPARE(body().objects[0].values[2], 0.75);
  }

  void theTwoPicturesPointAtEachOther() {
    open(":/models/worm_crawling.json", false);
    std::vector<NeuronId> pointed;
    connect(&stage_->window.arena(), &ArenaPanel::neuronsHovered, this,
            [&](const std::vector<NeuronId>& neurons) { pointed = neurons; });
    const auto port = view().scene().effectorAt(body().spine[6], 0.05);
    QVERIFY(port);
    QTest::mouseMove(&view(), QPoint(5, 5));
    QTest::mouseMove(&view(), spot(body().spine[6]));
    QTRY_VERIFY(!pointed.empty());
    const auto name = [&](NeuronId id) { return (*stage_->now().graph.names)[*stage_->now().graph.row(id)]; };
    const bool driven =
        std::ranges::any_of(pointed, [&](NeuronId id) { return name(id).starts_with("DB") || name(id).starts_with("VB"); });
    QVERIFY(driven);

    const auto motor =
        std::ranges::find_if(pointed, [&](NeuronId id) { return name(id).starts_with("DB") || name(id).starts_with("VB"); });
    stage_->window.arena().showDriven(*motor);
    QVERIFY(!view().lit().empty());
    stage_->window.arena().showDriven({});
    QVERIFY(view().lit().empty());
  }

  void aHandMadeNetworkGetsABody() {
    QSignalSpy opened(&stage_->window.document(), &Document::opened);
    stage_->window.document().load(QStringLiteral(":/models/half_centre.json"), false);
    QVERIFY(!opened.isEmpty() || opened.wait(patience));
    const std::string before = stage_->dump();
    const auto neurons = stage_->neurons();
    stage_->window.actions().addBody->trigger();
    QTRY_COMPARE(stage_->now().worlds.size(), std::size_t{1});
    QVERIFY(stage_->neurons() > neurons + 24);
    QTRY_VERIFY(view().isVisible());
    QVERIFY(stage_->now().bindings->size() > 24);
    stage_->window.actions().removeBody->trigger();
    QTRY_VERIFY(stage_->now().worlds.empty());
    QCOMPARE(stage_->neurons(), neurons);
    stage_->window.bridge().post(Undo{});
    QTRY_COMPARE(stage_->now().worlds.size(), std::size_t{1});
    stage_->window.bridge().post(Undo{});
    QTRY_COMPARE(stage_->dump(), before);
  }

  void plotsFollowTheBody() {
    open(":/models/worm_crawling.json", true);
    auto* measures = stage_->window.findChild<MeasurePlot*>();
    auto* kymograph = stage_->window.findChild<Kymograph*>();
    QVERIFY(measures && kymograph);
    stage_->window.findChild<QDockWidget*>(QStringLiteral("kymographDock"))->raise();
    QTRY_VERIFY(kymograph->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(measures->points() > 20 && kymograph->frames() > 20, patience);
    const QString file = stage_->path("curvature.csv");
    QVERIFY(kymograph->exportTo(file).has_value());
    const auto text = readFile(file.toStdString());
    QVERIFY(text.has_value());
    QVERIFY(QString::fromStdString(*text).startsWith(QStringLiteral("tick,joint 1,joint 2")));
    QVERIFY(std::count(text->begin(), text->end(), '\n') > 5);
  }

 private:
  void open(const char* file, bool running) {
    QSignalSpy opened(&stage_->window.document(), &Document::opened);
    stage_->window.document().load(QString::fromLatin1(file), running);
    QVERIFY(!opened.isEmpty() || opened.wait(patience));
    QTRY_VERIFY_WITH_TIMEOUT(!stage_->now().worlds.empty() && view().isVisible(), patience);
    QTRY_VERIFY(view().scene().view() != nullptr);
    QSize before;
    do {  // until everything has its place
      before = view().size();
      QCoreApplication::processEvents();
      QCoreApplication::sendPostedEvents();
    } while (view().size() != before);
  }
  void step(Tick ticks) {
    const Tick wanted = stage_->now().tick + ticks;
    stage_->window.bridge().post(StepTicks{ticks});
    QTRY_COMPARE_WITH_TIMEOUT(stage_->now().tick, wanted, patience);
  }
  void drag(QPoint from, QPoint to) {
    QTest::mousePress(&view(), Qt::LeftButton, {}, from);
    QTest::mouseMove(&view(), (from + to) / 2);
    QTest::mouseMove(&view(), to);
    QTest::mouseRelease(&view(), Qt::LeftButton, {}, to);
  }
  [[nodiscard]] ArenaView& view() { return stage_->window.arena().view(); }
  [[nodiscard]] const WorldView& body() { return *stage_->now().worlds.front(); }
  [[nodiscard]] QPoint spot(ArenaPoint place) { return view().toWidget(place).toPoint(); }
  [[nodiscard]] QToolButton* button(const char* name) {
    return stage_->window.findChild<QToolButton*>(QString::fromLatin1(name));
  }

  std::unique_ptr<Stage> stage_;
};

int main(int argc, char** argv) { return runWindowTest<TestArena>(argc, argv, "tst_arena"); }

#include "tst_arena.moc"
