#include <QApplication>
#include <QQuickItem>
#include <QQuickWindow>
#include <QXmlStreamReader>

#include "tests/gui/canvas/canvas_stage.h"
#include "ui/canvas/link_ages.h"

using namespace plexarium;
using namespace plexarium::ui;

/// What is shown, hidden, drawn together or lit. Neurons 1 to 4 stand in a row, 10 units apart: 1 -> 2 -> 3 -> 4.
class CanvasViewsTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QQuickWindow::setGraphicsApi(QSGRendererInterface::Software); }
  void init() {
    snapshot_ = test::makeSnapshot({{0, 0}, {10, 0}, {20, 0}, {30, 0}}, {{0, 1}, {1, 2}, {2, 3}});
    stage_ = std::make_unique<test::CanvasStage>(snapshot_);
    canvas_ = stage_->canvas;
  }
  void cleanup() { stage_.reset(); }

  void hiddenThingsCannotBePicked() {
    CanvasFilter filter;
    filter.firedWithin = 10;
    canvas_->setFilter(filter);
    QCOMPARE(canvas_->filter(), filter);
    QVERIFY(!canvas_->neuronAt(stage_->at({10, 0})) && !canvas_->linkAt(stage_->at({15, 0})));
    const QImage nothing = canvas_->picture({400, 300});
    stage_->click(stage_->at({10, 0}));
    QVERIFY(stage_->selection.empty());
    auto fired = std::make_shared<Snapshot>(*snapshot_);
    fired->appearance.lastFired = {99, 95, never, never};
    canvas_->setFilter({});
    canvas_->show(fired);
    canvas_->setFilter(filter);
    QVERIFY(canvas_->neuronAt(stage_->at({10, 0})) && canvas_->linkAt(stage_->at({5, 0})));
    QVERIFY(!canvas_->neuronAt(stage_->at({20, 0})) && !canvas_->linkAt(stage_->at({15, 0})));
    QVERIFY(canvas_->picture({400, 300}) != nothing);
    stage_->selection.set({{1}, {3}}, {});
    stage_->drag({stage_->at({0, 0}), stage_->at({0, 5})});  // what is hidden stays where it is
    QCOMPARE(std::get<MoveNeurons>(stage_->edits.at(0).steps[0]).positions.size(), std::size_t{1});
  }

  /// A young link is bright, an old one dull, and one that was always there like the oldest.
  void linksByAge() {
    QCOMPARE(linkAgeClass(100, 95), 0);
    QCOMPARE(linkAgeClass(100, 90), 1);
    QCOMPARE(linkAgeClass(1'000'000, 0), linkAgeClasses - 1);
    QCOMPARE(linkAgeClass(999'999, 0), linkAgeClasses - 2);
    QCOMPARE(linkAgeClass(5, never), linkAgeClasses - 1);
    const QImage plain = canvas_->picture({400, 300});
    canvas_->setLinkAges(true);
    QCOMPARE(canvas_->picture({400, 300}), plain);  // links without an age keep their colours
    auto aged = std::make_shared<Snapshot>(*snapshot_);
    aged->tick = 5'000'000;
    aged->appearance.linkBorn = {4'999'995, 4'000, never};
    canvas_->show(aged);
    canvas_->setLinkAges(true);
    const int young = brightness({5, 0}, 3), old = brightness({15, 0}, 3), always = brightness({25, 0}, 3);
    constexpr int shade = 200;  // the background is darker towards the corners
    QVERIFY2(young > old + 2 * shade && std::abs(old - always) < shade,
             qPrintable(QStringLiteral("%1 %2 %3").arg(young).arg(old).arg(always)));
    canvas_->setLinkAges(false);
    QVERIFY(std::abs(brightness({5, 0}, 3) - brightness({15, 0}, 3)) < shade);
  }

  void highlightLetsTheRestStandBack() {
    canvas_->setHighlight(true);
    const int before = brightness({30, 0});
    const int link = brightness({5, 0}, 3);
    stage_->selection.set({{1}}, {});  // leads to 2
    QVERIFY(brightness({30, 0}) < before * 2 / 3);
    QVERIFY(brightness({10, 0}) > before * 9 / 10);
    QVERIFY(brightness({5, 0}, 3) > link);
    stage_->selection.clear();
    QCOMPARE(brightness({30, 0}), before);
    stage_->selection.set({{1}}, {});
    canvas_->setHighlight(false);
    QCOMPARE(brightness({30, 0}), before);
  }

  void causesAreLitUntilCleared() {
    const QImage plain = canvas_->picture({800, 600});
    const int before = brightness({15, 0}, 3);
    canvas_->showCauses({{{{2}, {3}}, 1.0F}, {{{90}, {91}}, 1.0F}});
    QVERIFY(brightness({15, 0}, 3) > before);
    QVERIFY(brightness({30, 0}) < brightness({20, 0}) * 2 / 3);
    canvas_->show(std::make_shared<Snapshot>(*snapshot_));
    QVERIFY(canvas_->picture({800, 600}) != plain);
    canvas_->clearCauses();
    QCOMPARE(canvas_->picture({800, 600}), plain);
  }

  void collapsedGroupIsOneNode() {
    canvas_->show(test::grouped(*snapshot_, {{{{5}, "pool", 1, {}, true}, {{2}, {3}}}}));
    const QPointF node = stage_->at({15, 0});
    QVERIFY(!canvas_->neuronAt(stage_->at({10, 0})));
    QVERIFY(canvas_->neuronAt(node));
    stage_->click(node);
    QCOMPARE(stage_->selection.neurons(), (std::vector<NeuronId>{{2}, {3}}));
    stage_->hover(node);
    QTRY_COMPARE_WITH_TIMEOUT(canvas_->hoverText(), QStringLiteral("pool\n2 neurons"), 1000);
    QSignalSpy spy(canvas_, &CanvasItem::groupToggleRequested);
    stage_->doubleClick(node);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy[0][0].value<GroupId>(), GroupId{5});
    stage_->drag({node, stage_->at({15, 6})});
    const auto& moved = std::get<MoveNeurons>(stage_->edits.at(0).steps[0]).positions;
    QCOMPARE(moved.size(), std::size_t{2});
    QVERIFY(std::abs(moved[0].second.x - 10) < 0.1F && std::abs(moved[0].second.y - 6) < 0.1F);
    // A link by hand has no end here.
    stage_->drag({stage_->rim({0, 0}), stage_->at({15, 6})});
    QCOMPARE(stage_->edits.size(), std::size_t{1});
    QCOMPARE(stage_->messages.size(), 1);
    canvas_->show(test::grouped(*snapshot_, {{{{5}, "pool", 1, {}, false}, {{2}, {3}}}}));
    QTRY_VERIFY_WITH_TIMEOUT(canvas_->neuronAt(stage_->at({10, 0})), 2000);  // the drag was not carried out
    QVERIFY(canvas_->neuronAt(stage_->at({30, 0})));
  }

  void groupNameSelectsAndToggles() {
    canvas_->show(test::grouped(*snapshot_, {{{{5}, "pool", 1, {}, false}, {{2}, {3}}}}));
    const QPointF name = stage_->at({15, -2.3F}) - QPointF(0, 8);
    stage_->click(name);
    QCOMPARE(stage_->selection.neurons(), (std::vector<NeuronId>{{2}, {3}}));
    stage_->click(name, Qt::ControlModifier);
    QVERIFY(stage_->selection.empty());
    QSignalSpy toggled(canvas_, &CanvasItem::groupToggleRequested);
    QSignalSpy placed(canvas_, &CanvasItem::placeRequested);
    stage_->doubleClick(name);
    QCOMPARE(toggled.count(), 1);
    QCOMPARE(placed.count(), 0);
    // The halo shows in the group's colour.
    const QImage with = canvas_->picture({800, 600});
    canvas_->show(snapshot_);
    const QPoint inside = stage_->at({15, 1.9F}).toPoint();
    QVERIFY(with.pixel(inside) != canvas_->picture({800, 600}).pixel(inside));
  }

  void miniMapMovesTheView() {
    QVERIFY(!canvas_->miniMapShown());
    canvas_->setMiniMapShown(true);
    auto* map = canvas_->findChild<QQuickItem*>(QStringLiteral("miniMap"));
    QVERIFY(map && map->isVisible());
    const QRectF area(map->position(), map->size());
    QVERIFY(QRectF(0, 0, 800, 600).contains(area));
    QVERIFY(!stage_->grab().isNull());
    const float scale = canvas_->view().scale;
    stage_->press(area.center() - QPointF(60, 0));
    const float left = canvas_->view().centre.x;
    stage_->move(area.center() + QPointF(60, 0));
    stage_->release(area.center() + QPointF(60, 0));
    QVERIFY(left < 10 && canvas_->view().centre.x > 20);
    QCOMPARE(canvas_->view().scale, scale);
    QVERIFY(stage_->edits.empty() && stage_->selection.empty());
  }

  void pinnedNeuronsTellTheirPast() {
    canvas_->setPinned({{2}});
    const QImage start = stage_->grab();
    for (int tick = 1; tick <= 150; ++tick) {
      auto next = std::make_shared<Snapshot>(*snapshot_);
      next->tick += tick;
      next->appearance.level[1] = tick % 2 ? 1.0F : 0.0F;
      canvas_->show(next);
    }
    const QPointF above = stage_->at({10, 0}) - QPointF(0, canvas_->view().scale * 1.7 + 10);
    int changed = 0;
    QTRY_VERIFY_WITH_TIMEOUT((stage_->grab() != start), 1000);
    const QImage drawn = stage_->grab();
    for (int dx = -25; dx <= 25; ++dx) {
      const QPoint at = above.toPoint() + QPoint(dx, 0);
      changed += drawn.pixel(at) != start.pixel(at);
    }
    QVERIFY2(changed > 25, qPrintable(QString::number(changed)));
    canvas_->setPinned({});
    QVERIFY(canvas_->pinned().empty());
  }

  void svgHoldsTheWholeNetwork() {
    canvas_->open(&test::canvasDescription(), &stage_->selection);
    auto showcase = test::makeShowcase();
    auto names = *showcase->graph.names;
    names[0] = "<A & B>";
    showcase->graph.names = std::make_shared<const std::vector<std::string>>(names);
    canvas_->setView({});
    canvas_->show(test::grouped(*showcase, {{{{5}, "pool", 1, {}, false}, {{2}, {3}}}}));
    const QByteArray svg = canvas_->svg({1000, 700});
    QXmlStreamReader reader(svg);
    int groups = 0;
    QStringList texts;
    while (!reader.atEnd()) {
      reader.readNext();
      if (!reader.isStartElement()) continue;
      groups += reader.name() == QLatin1String("g") && reader.attributes().hasAttribute(QLatin1String("transform"));
      if (reader.name() == QLatin1String("text")) texts << reader.readElementText();
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QCOMPARE(groups, 12);  // one a neuron
    QVERIFY(texts.contains(QStringLiteral("<A & B>")) && texts.contains(QStringLiteral("pool")));
    QVERIFY(!svg.contains("nan") && !svg.contains("inf"));
    QVERIFY(canvas_->svg({0, 10}).isEmpty());
    const QString folder = qEnvironmentVariable("PLEXARIUM_KEEP_PICTURES");
    if (folder.isEmpty()) return;
    QFile file(folder + QStringLiteral("/showcase.svg"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(svg) == svg.size());
  }

  void picturesToLookAt_data() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("dark") << true;
    QTest::newRow("light") << false;
  }
  /// Everything at once: both themes must draw it, and keep it for the eye where that is asked for.
  void picturesToLookAt() {
    QFETCH(bool, dark);
    canvas_->setDark(dark);
    canvas_->open(&test::canvasDescription(), &stage_->selection);
    const auto showcase = test::makeShowcase();
    canvas_->show(showcase);
    const QImage bare = stage_->grab();
    canvas_->setMiniMapShown(true);
    canvas_->setPinned({{6}});
    const auto groups = test::grouped(*showcase, {{{{5}, "outer ring", 1, {}, false}, {{2}, {3}}},
                                                  {{{6}, "inner", 2, {5}, false}, {{4}, {5}}},
                                                  {{{7}, "motor pool", 3, {}, true}, {{11}, {12}}}});
    for (int tick = 1; tick < 60; ++tick) {
      auto next = std::make_shared<Snapshot>(*groups);
      next->tick += tick;
      next->appearance.level[5] = 0.5F + 0.5F * std::sin(static_cast<float>(tick) * 0.3F);
      canvas_->show(next);
    }
    canvas_->showCauses({{{{7}, {3}}, 1}, {{{2}, {7}}, 0.4F}});
    stage_->press(stage_->rim({6, 9}));
    stage_->move(stage_->at({10, 14}));
    stage_->move(stage_->at({17, 13}));
    const QImage full = stage_->grab();
    QVERIFY(full != bare);
    const QString folder = qEnvironmentVariable("PLEXARIUM_KEEP_PICTURES");
    if (!folder.isEmpty()) QVERIFY(full.save(folder + (dark ? "/views_dark.png" : "/views_light.png")));
    stage_->move(stage_->rim({6, 9}));
    QTest::keyClick(&stage_->widget, Qt::Key_Escape);
  }

 private:
  /// Around a place of the network, as it is shown without marks.
  int brightness(Point world, int reach = 9) {
    const QImage image = canvas_->picture({800, 600});
    const QPoint middle = stage_->at(world).toPoint();
    int sum = 0;
    for (int dy = -reach; dy <= reach; ++dy) {
      for (int dx = -reach; dx <= reach; ++dx) sum += qGray(image.pixel(middle + QPoint(dx, dy)));
    }
    return sum;
  }

  std::shared_ptr<Snapshot> snapshot_;
  std::unique_ptr<test::CanvasStage> stage_;
  CanvasItem* canvas_ = nullptr;
};

QTEST_MAIN(CanvasViewsTest)
#include "tst_canvas_views.moc"
