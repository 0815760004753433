#include <QApplication>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickWidget>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QStyleHints>
#include <QWheelEvent>
#include <QtTest>

#include "tests/gui/canvas/scene_maker.h"
#include "ui/canvas/canvas_item.h"
#include "ui/canvas/hover_text.h"

using namespace plexarium;
using namespace plexarium::ui;

/// The canvas in a widget, with a hand on it. Neurons 1, 2, 3 stand in a row, 20 units apart; 1 and 2 are linked both ways,
/// 3 to itself.
class CanvasItemTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    qRegisterMetaType<Edit>();
    qmlRegisterType<CanvasItem>("CanvasTest", 1, 0, "NetworkCanvas");
  }

  void init() {
    selection_ = std::make_unique<Selection>();
    widget_ = std::make_unique<QQuickWidget>();
    widget_->setResizeMode(QQuickWidget::SizeRootObjectToView);
    widget_->resize(800, 600);
    component_ = std::make_unique<QQmlComponent>(widget_->engine());
    component_->setData("import CanvasTest 1.0\nNetworkCanvas { objectName: \"canvas\" }", QUrl());
    canvas_ = qobject_cast<CanvasItem*>(component_->create());
    QVERIFY(canvas_);
    widget_->setContent(QUrl(), component_.get(), canvas_);
    widget_->show();
    snapshot_ = test::makeSnapshot({{0, 0}, {20, 0}, {40, 0}}, {{0, 1}, {1, 0}, {2, 2}});
    canvas_->open(&test::canvasDescription(), selection_.get());
    canvas_->show(snapshot_);
    QCOMPARE(canvas_->size(), QSizeF(800, 600));
  }
  void cleanup() {
    widget_.reset();
    component_.reset();
    selection_.reset();
  }

  void fitsWhenTheFirstLookArrives() {
    for (const Point p : {Point{0, 0}, Point{20, 0}, Point{40, 0}}) {
      QVERIFY(canvas_->contains(canvas_->toItem(p)));
    }
    const View fitted = canvas_->view();
    canvas_->setView({{100, 100}, 3});
    canvas_->fit();
    QCOMPARE(canvas_->view().scale, fitted.scale);
    QCOMPARE(canvas_->view().centre, fitted.centre);
  }

  void aSetViewIsKept() {
    canvas_->open(&test::canvasDescription(), selection_.get());
    canvas_->setView({{7, 8}, 5});
    canvas_->show(snapshot_);
    QCOMPARE(canvas_->view().scale, 5.0F);
    QCOMPARE(canvas_->view().centre, (Point{7, 8}));
  }

  void clickSelects() {
    click({20, 0});
    QCOMPARE(selection_->neurons(), std::vector<NeuronId>{NeuronId{2}});
    click({40, 0}, Qt::ControlModifier);
    QCOMPARE(selection_->neurons(), (std::vector<NeuronId>{{2}, {3}}));
    click({20, 0}, Qt::ShiftModifier);
    QCOMPARE(selection_->neurons(), std::vector<NeuronId>{NeuronId{3}});
    click({20, 12});
    QVERIFY(selection_->empty());
  }

  void clickSelectsLinks() {
    click({10, -1.62F});  // the way there bows out to one side, the way back to the other
    QCOMPARE(selection_->links(), (std::vector<LinkKey>{{{1}, {2}}}));
    click({10, 1.62F}, Qt::ControlModifier);
    QCOMPARE(selection_->links().size(), std::size_t{2});
  }

  void hoverTellsLiveValues() {
    auto watched = std::make_shared<Snapshot>(*snapshot_);
    watched->watchedNeurons = {{{2}, {12, 34.56789}}};
    canvas_->show(watched);
    QSignalSpy spy(canvas_, &CanvasItem::hoveredChanged);
    hover({20, 0});
    QTRY_COMPARE_WITH_TIMEOUT(canvas_->hoveredNeuron(), std::optional<NeuronId>(NeuronId{2}), 1000);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(canvas_->hoverText(), QStringLiteral("B \u00b7 inter\nCalm\nPotential: 34.57 mV"));
    auto resting = std::make_shared<Snapshot>(*watched);
    resting->watchedNeurons = {{{2}, {12, 0}}};
    canvas_->show(resting);
    QCOMPARE(canvas_->hoverText(), QStringLiteral("B \u00b7 inter\nCalm"));  // what is 0 says nothing
    hover({0, 0});                                                           // not watched
    QTRY_COMPARE_WITH_TIMEOUT(canvas_->hoverText(), QStringLiteral("A \u00b7 inter\nCalm"), 1000);
    hover({10, -1.62F});
    QTRY_VERIFY_WITH_TIMEOUT(canvas_->hoveredLink().has_value(), 1000);
    QCOMPARE(canvas_->hoverText(), QStringLiteral("A \u2192 B\nexciting\nWeight: 2.5"));
    hover({20, 14});
    QTRY_COMPARE_WITH_TIMEOUT(canvas_->hoverText(), QString(), 1000);
  }

  void hoverLeavesOutAMinimumThatIsNoNumber() {
    Description description;
    Field born;
    born.label = "Born in step";
    born.minimum = -1;
    born.maximum = 1e9;
    born.minimumText = "not by growth";
    description.linkFields = {born};
    description.linkStyles = {{"grown", Tint::Excite, LinkEnd::Arrow, false}};
    auto watched = *snapshot_;
    watched.watchedLinks = {{{{1}, {2}}, {-1}}};
    QCOMPARE(hoverText(description, watched, LinkKey{{1}, {2}}), QStringLiteral("A \u2192 B\ngrown"));
    watched.watchedLinks[0].values = {512};
    QCOMPARE(hoverText(description, watched, LinkKey{{1}, {2}}), QStringLiteral("A \u2192 B\ngrown\nBorn in step: 512"));
  }

  void hoveredNeuronMayVanish() {
    hover({40, 0});
    QTRY_VERIFY_WITH_TIMEOUT(canvas_->hoveredNeuron().has_value(), 1000);
    canvas_->show(test::makeSnapshot({{0, 0}}, {}));
    QVERIFY(!canvas_->hoveredNeuron());
    QCOMPARE(canvas_->hoverText(), QString());
  }

  void dragOnEmptySpacePans() {
    const Point before = canvas_->toWorld({400, 400});
    drag(QPointF(400, 400), QPointF(460, 370));
    const Point after = canvas_->toWorld({460, 370});
    QVERIFY(std::abs(before.x - after.x) < 1e-3F && std::abs(before.y - after.y) < 1e-3F);
  }

  void wheelZoomsAtTheCursor() {
    const QPointF cursor(600, 200);
    const Point under = canvas_->toWorld(cursor);
    const float before = canvas_->view().scale;
    wheel(cursor, 240);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(canvas_->view().scale / before - 1.44F) < 1e-3F, 2000);
    const Point now = canvas_->toWorld(cursor);
    QVERIFY(std::abs(now.x - under.x) < 1e-2F && std::abs(now.y - under.y) < 1e-2F);
  }

  void shiftWheelScrolls() {
    const View before = canvas_->view();
    wheel({400, 300}, 120, Qt::ShiftModifier);
    QCOMPARE(canvas_->view().scale, before.scale);
    QVERIFY(canvas_->view().centre.y < before.centre.y);
  }

  void keysPanAndZoom() {
    const View before = canvas_->view();
    canvas_->forceActiveFocus();
    QTest::keyClick(widget_.get(), Qt::Key_Right);
    QVERIFY(canvas_->view().centre.x > before.centre.x);
    QTest::keyClick(widget_.get(), Qt::Key_Plus);
    QTRY_VERIFY_WITH_TIMEOUT(canvas_->view().scale > before.scale * 1.19F, 2000);
  }

  void shiftDragDrawsARubberBand() {
    const auto corner = [&](Point p) { return canvas_->toItem(p); };
    drag(corner({-3, -3}), corner({23, 5}), Qt::ShiftModifier);
    QCOMPARE(selection_->neurons(), (std::vector<NeuronId>{{1}, {2}}));
    drag(corner({36, -8}), corner({44, 5}), Qt::ShiftModifier | Qt::ControlModifier);
    QCOMPARE(selection_->neurons(), (std::vector<NeuronId>{{1}, {2}, {3}}));
  }

  void dragOnANeuronMovesTheSelection() {
    selection_->set({{1}, {2}}, {});
    std::vector<Edit> edits;
    connect(canvas_, &CanvasItem::editRequested, this, [&edits](const Edit& edit) { edits.push_back(edit); });
    const QPointF from = canvas_->toItem({20, 0});
    const QPointF to = canvas_->toItem({25, 6});
    QTest::mousePress(widget_.get(), Qt::LeftButton, {}, from.toPoint());
    QTest::mouseMove(widget_.get(), ((from + to) / 2).toPoint());
    QTest::mouseMove(widget_.get(), to.toPoint());
    QVERIFY(edits.empty());  // only shown so far
    QCOMPARE(canvas_->neuronAt(to), std::optional<NeuronId>(NeuronId{2}));
    QTest::mouseRelease(widget_.get(), Qt::LeftButton, {}, to.toPoint());
    QCOMPARE(edits.size(), std::size_t{1});
    QCOMPARE(edits[0].steps.size(), std::size_t{1});
    const auto& positions = std::get<MoveNeurons>(edits[0].steps[0]).positions;
    QCOMPARE(positions.size(), std::size_t{2});
    QCOMPARE(positions[0].first, NeuronId{1});
    QVERIFY(std::abs(positions[0].second.x - 5) < 0.1F && std::abs(positions[0].second.y - 6) < 0.1F);
    QVERIFY(std::abs(positions[1].second.x - 25) < 0.1F);
    QCOMPARE(canvas_->neuronAt(to), std::optional<NeuronId>(NeuronId{2}));  // until the network answers
    auto moved = std::make_shared<Snapshot>(*snapshot_);
    moved->graph.positions = std::make_shared<const std::vector<Point>>(std::vector<Point>{{5, 6}, {25, 6}, {40, 0}});
    canvas_->show(moved);
    QCOMPARE(canvas_->neuronAt(to), std::optional<NeuronId>(NeuronId{2}));
    QVERIFY(!canvas_->neuronAt(canvas_->toItem({30, 12})));
  }

  void refusedMoveSnapsBack() {
    const QPointF to = canvas_->toItem({25, 10});
    drag(canvas_->toItem({20, 0}), to);
    QCOMPARE(canvas_->neuronAt(to), std::optional<NeuronId>(NeuronId{2}));
    QTRY_VERIFY_WITH_TIMEOUT(!canvas_->neuronAt(to), 2000);
    QVERIFY(canvas_->neuronAt(canvas_->toItem({20, 0})).has_value());
  }

  void stimulateToolAndAltClick() {
    std::vector<std::pair<NeuronId, bool>> got;
    connect(canvas_, &CanvasItem::stimulateRequested, this,
            [&got](NeuronId id, bool strong) { got.emplace_back(id, strong); });
    click({20, 0}, Qt::AltModifier);
    canvas_->setTool(CanvasItem::Tool::Stimulate);
    click({0, 0});
    click({40, 0}, Qt::ShiftModifier);
    click({20, 12});
    const std::vector<std::pair<NeuronId, bool>> wanted{{NeuronId{2}, false}, {NeuronId{1}, false}, {NeuronId{3}, true}};
    QVERIFY(got == wanted);
    QVERIFY(selection_->empty());
  }

  void doubleClickOnEmptySpacePlaces() {
    std::vector<Point> places;
    connect(canvas_, &CanvasItem::placeRequested, this, [&places](Point place) { places.push_back(place); });
    QTest::mouseDClick(widget_.get(), Qt::LeftButton, {}, canvas_->toItem({20, 12}).toPoint());
    QCOMPARE(places.size(), std::size_t{1});
    QVERIFY(std::abs(places[0].x - 20) < 0.2F && std::abs(places[0].y - 12) < 0.2F);
    QTest::mouseDClick(widget_.get(), Qt::LeftButton, {}, canvas_->toItem({20, 0}).toPoint());
    QCOMPARE(places.size(), std::size_t{1});
  }

  void rightClickAsksForAMenu() {
    QSignalSpy spy(canvas_, &CanvasItem::contextMenuRequested);
    QTest::mouseClick(widget_.get(), Qt::RightButton, {}, canvas_->toItem({40, 0}).toPoint());
    QCOMPARE(spy.count(), 1);
    QCOMPARE(selection_->neurons(), std::vector<NeuronId>{NeuronId{3}});
  }

  void shownPictureIsTheExportedOne() {
    hover({20, 14});  // nothing there
    QTest::qWait(50);
    QTRY_VERIFY_WITH_TIMEOUT(!canvas_->hoveredNeuron() && !canvas_->hoveredLink(), 1000);
    const QImage shown = widget_->grabFramebuffer().convertToFormat(QImage::Format_RGB32);
    QCOMPARE(shown, canvas_->picture({800, 600}));
    QCOMPARE(canvas_->picture({1600, 1200}).size(), QSize(1600, 1200));
    QVERIFY(canvas_->picture({0, 5}).isNull());
  }

  void lightAndDarkDiffer() {
    const QImage dark = canvas_->picture({200, 150});
    canvas_->setDark(false);
    QVERIFY(qGray(canvas_->picture({200, 150}).pixel(2, 2)) > qGray(dark.pixel(2, 2)) + 150);
  }

  void emptyNetworkAndNoNetwork() {
    canvas_->show(test::makeSnapshot({}, {}));
    canvas_->fit();
    QVERIFY(!canvas_->neuronAt({400, 300}));
    QVERIFY(!canvas_->picture({100, 80}).isNull());
    canvas_->open(nullptr, nullptr);
    click({0, 0});
    hover({0, 0});
    QVERIFY(!canvas_->picture({100, 80}).isNull());
  }

 private:
  void click(Point world, Qt::KeyboardModifiers modifiers = {}) {
    // Far apart in time, or two of them are a double click.
    QTest::mouseClick(widget_.get(), Qt::LeftButton, modifiers, canvas_->toItem(world).toPoint(), doubleClickGap());
  }
  static int doubleClickGap() { return QGuiApplication::styleHints()->mouseDoubleClickInterval() + 10; }
  /// By two steps: a cursor that is where it is told to go tells nobody.
  void hover(Point world) {
    const QPoint at = canvas_->toItem(world).toPoint();
    QTest::mouseMove(widget_.get(), at + QPoint(3, 2));
    QTest::mouseMove(widget_.get(), at);
  }
  void drag(QPointF from, QPointF to, Qt::KeyboardModifiers modifiers = {}) {
    QTest::mousePress(widget_.get(), Qt::LeftButton, modifiers, from.toPoint());
    for (int i = 1; i <= 4; ++i) sendMove(from + (to - from) * i / 4, modifiers);
    QTest::mouseRelease(widget_.get(), Qt::LeftButton, modifiers, to.toPoint());
  }
  void sendMove(QPointF at, Qt::KeyboardModifiers modifiers) {
    QMouseEvent event(QEvent::MouseMove, at, widget_->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, modifiers);
    QCoreApplication::sendEvent(widget_.get(), &event);
  }
  void wheel(QPointF at, int delta, Qt::KeyboardModifiers modifiers = {}) {
    QWheelEvent event(at, widget_->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(widget_.get(), &event);
  }

  std::unique_ptr<Selection> selection_;
  std::unique_ptr<QQuickWidget> widget_;
  std::unique_ptr<QQmlComponent> component_;
  CanvasItem* canvas_ = nullptr;
  std::shared_ptr<Snapshot> snapshot_;
};

QTEST_MAIN(CanvasItemTest)
#include "tst_canvas_item.moc"
