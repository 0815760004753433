#include <QApplication>
#include <QQuickWindow>

#include "tests/gui/canvas/canvas_stage.h"

using namespace plexarium;
using namespace plexarium::ui;

/// Neurons 1, 2, 3 stand in a row, 20 units apart; 1 leads to 2.
class LinkByHandTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QQuickWindow::setGraphicsApi(QSGRendererInterface::Software); }
  void init() {
    stage_ = std::make_unique<test::CanvasStage>(test::makeSnapshot({{0, 0}, {20, 0}, {40, 0}}, {{0, 1}}));
    QVERIFY(stage_->canvas->view().scale >= 8);
  }
  void cleanup() { stage_.reset(); }

  void fromRimToNeuron() {
    stage_->drag({stage_->rim({20, 0}), stage_->at({40.5F, 1})});
    QCOMPARE(stage_->edits.size(), std::size_t{1});
    QCOMPARE(stage_->edits[0].steps.size(), std::size_t{1});
    const auto& links = std::get<AddLinks>(stage_->edits[0].steps[0]).links;
    QCOMPARE(links.keys, (std::vector<LinkKey>{{{2}, {3}}}));
    QCOMPARE(links.values.size(), test::canvasDescription().linkFields.size());
    QVERIFY(!stage_->edits[0].label.empty());
  }

  void isShownBeforeRelease() {
    const QImage before = stage_->grab();
    stage_->press(stage_->rim({20, 0}));
    stage_->move(stage_->at({30, 0}));
    stage_->move(stage_->at({38.6F, 0.4F}));  // within reach: snaps
    const QImage snapped = stage_->grab();
    const QPoint between = stage_->at({30, 0}).toPoint();
    QVERIFY(qGray(snapped.pixel(between)) > qGray(before.pixel(between)) + 40);
    stage_->move(stage_->at({39.8F, -0.6F}));
    QCOMPARE(stage_->grab(), snapped);  // the same link, wherever within reach the hand is
    QVERIFY(stage_->edits.empty());
    QTest::keyClick(&stage_->widget, Qt::Key_Escape);
    stage_->release(stage_->at({38.6F, 0.4F}));
    QVERIFY(stage_->edits.empty());
    QTRY_COMPARE_WITH_TIMEOUT(qGray(stage_->grab().pixel(between)), qGray(before.pixel(between)), 1000);
  }

  void toEmptySpaceMakesBoth() {
    stage_->drag({stage_->rim({20, 0}), stage_->at({30, 12})});
    QCOMPARE(stage_->edits.size(), std::size_t{1});
    const auto& both = std::get<AddCircuit>(stage_->edits[0].steps.at(0));
    QCOMPARE(both.neurons.size(), std::size_t{1});
    QVERIFY(std::abs(both.neurons.positions[0].x - 30) < 0.2F && std::abs(both.neurons.positions[0].y - 12) < 0.2F);
    QCOMPARE(both.links.keys, (std::vector<LinkKey>{{{2}, both.neurons.ids[0]}}));
    QVERIFY(both.neurons.ids[0].value > 3);
  }

  void toItself() {
    stage_->drag({stage_->rim({20, 0}), stage_->at({26, 8}), stage_->at({20, 0.2F})});
    QCOMPARE(stage_->edits.size(), std::size_t{1});
    QCOMPARE(std::get<AddLinks>(stage_->edits[0].steps[0]).links.keys, (std::vector<LinkKey>{{{2}, {2}}}));
  }

  void aTremblingHandMakesNothing() {
    const QPointF rim = stage_->rim({20, 0});
    stage_->drag({rim, rim + QPointF(7, 2), rim});
    QVERIFY(stage_->edits.empty());
  }

  void noLinkTwice() {
    stage_->drag({stage_->rim({0, 0}), stage_->at({20, 0})});
    QVERIFY(stage_->edits.empty());
    QCOMPARE(stage_->messages, QStringList{QStringLiteral("A leads to B already.")});
    stage_->drag({stage_->rim({20, 0}), stage_->at({0, 0})});  // the way back is another link
    QCOMPARE(stage_->edits.size(), std::size_t{1});
  }

  void theMiddleStillMoves() {
    stage_->drag({stage_->at({20, 0}), stage_->at({22, 9})});
    QCOMPARE(stage_->edits.size(), std::size_t{1});
    QVERIFY(std::holds_alternative<MoveNeurons>(stage_->edits[0].steps[0]));
  }

  void controlDragLinksSmallDiscs() {
    stage_->canvas->setView({{20, 0}, 3});
    stage_->drag({stage_->rim({20, 0}), stage_->at({40, 0})});  // too small for a rim: moves
    QVERIFY(std::holds_alternative<MoveNeurons>(stage_->edits.at(0).steps[0]));
    stage_->canvas->open(&test::canvasDescription(), &stage_->selection);
    stage_->canvas->setView({{20, 0}, 3});
    stage_->canvas->show(test::makeSnapshot({{0, 0}, {20, 0}, {40, 0}}, {}));
    stage_->drag({stage_->at({20, 0}), stage_->at({40, 0})}, Qt::ControlModifier);
    QCOMPARE(std::get<AddLinks>(stage_->edits.at(1).steps[0]).links.keys, (std::vector<LinkKey>{{{2}, {3}}}));
  }

  void rimShowsUnderTheHand() {
    stage_->hover(stage_->at({20, 0}));
    QTRY_COMPARE_WITH_TIMEOUT(stage_->canvas->hoveredNeuron(), std::optional<NeuronId>(NeuronId{2}), 1000);
    QCOMPARE(stage_->canvas->cursor().shape(), Qt::ArrowCursor);
    stage_->hover(stage_->rim({20, 0}));
    QTRY_COMPARE_WITH_TIMEOUT(stage_->canvas->cursor().shape(), Qt::PointingHandCursor, 1000);
    stage_->canvas->setTool(CanvasItem::Tool::Stimulate);
    QCOMPARE(stage_->canvas->cursor().shape(), Qt::CrossCursor);
  }

  void theSourceMayVanishMeanwhile() {
    stage_->press(stage_->rim({40, 0}));
    stage_->move(stage_->at({30, 8}));
    stage_->canvas->show(test::makeSnapshot({{0, 0}, {20, 0}}, {}));
    stage_->move(stage_->at({20, 8}));
    stage_->release(stage_->at({20, 8}));
    QVERIFY(stage_->edits.empty());
    QCOMPARE(stage_->messages.size(), 1);
  }

 private:
  std::unique_ptr<test::CanvasStage> stage_;
};

QTEST_MAIN(LinkByHandTest)
#include "tst_link_by_hand.moc"
