#include <QtTest>

#include <algorithm>
#include <numeric>

#include "tests/support/learner/learner.h"
#include "ui/sight/drawing.h"
#include "ui/sight/sight_grid.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

double inkOf(const Drawing& drawing, std::size_t column, std::size_t row) {
  return drawing.ink()[row * drawing.width() + column];
}
double mass(const Drawing& drawing) { return std::accumulate(drawing.ink().begin(), drawing.ink().end(), 0.0); }

/// Of all cells with some ink: left, top, width, height.
QRect extent(const Drawing& drawing) {
  QRect all;
  for (std::size_t cell = 0; cell < drawing.ink().size(); ++cell) {
    if (drawing.ink()[cell] < 0.05) continue;
    all |= QRect(static_cast<int>(cell % drawing.width()), static_cast<int>(cell / drawing.width()), 1, 1);
  }
  return all;
}

QPointF centreOf(const Drawing& drawing) {
  QPointF sum;
  for (std::size_t cell = 0; cell < drawing.ink().size(); ++cell) {
    sum += drawing.ink()[cell] *
           QPointF(static_cast<double>(cell % drawing.width()) + 0.5, static_cast<double>(cell / drawing.width()) + 0.5);
  }
  return sum / mass(drawing);
}

FeedPlan planOf(const char* place) {
  FeedPlan plan;
  plan.source.place = place;
  return plan;
}

SightGrid gridFor(FeedPlan plan, std::size_t inputs, std::size_t outputs) {
  const auto entry = learner::entry();
  auto feed = Feed::create(plan, openData(plan.source).value(), entry.description).value();
  if (const auto bound = feed.bind(learner::model(inputs, outputs).graph); !bound)
    qFatal("%s", bound.error().text().c_str());
  return gridOf(feed, 0);
}

}  // namespace

/// Ink on cells, and where values and neurons lie in a picture.
class TestDrawing : public QObject {
  Q_OBJECT

 private slots:
  void aThinBrushFillsCells() {
    Drawing drawing(5, 4);
    drawing.stroke({0.5, 1.2}, {3.9, 1.2}, 1, false);
    QCOMPARE(mass(drawing), 4.0);
    for (std::size_t column = 0; column < 4; ++column) QCOMPARE(inkOf(drawing, column, 1), 1.0);
    drawing.stroke({2.5, -3}, {2.5, 9}, 1, true);
    QCOMPARE(inkOf(drawing, 2, 1), 0.0);
    QCOMPARE(mass(drawing), 3.0);
    drawing.clear();
    QCOMPARE(mass(drawing), 0.0);
  }

  void aBrushHasASoftRim() {
    Drawing drawing(11, 11);
    drawing.stroke({5.5, 5.5}, {5.5, 5.5}, 4, false);
    QCOMPARE(inkOf(drawing, 5, 5), 1.0);
    QCOMPARE(inkOf(drawing, 7, 5), 0.5);  // two cells away: on the rim
    QCOMPARE(inkOf(drawing, 8, 5), 0.0);
    QVERIFY(qAbs(mass(drawing) - 3.14159 * 4) < 0.7);  // a disc of radius 2
    drawing.stroke({5.5, 5.5}, {5.5, 5.5}, 3, false);
    QCOMPARE(inkOf(drawing, 7, 5), 0.5);  // less ink takes nothing away
    drawing.stroke({5.5, 5.5}, {5.5, 5.5}, 3, true);
    QCOMPARE(inkOf(drawing, 5, 5), 0.0);
    QCOMPARE(inkOf(drawing, 7, 5), 0.5);
  }

  /// Small in a corner, or too large: 20 cells high in the end, and its mass in the middle.
  void drawingsAreCentredAsTheDigitsOfMnist_data() {
    QTest::addColumn<QPointF>("from");
    QTest::addColumn<QPointF>("to");
    QTest::newRow("small, in a corner") << QPointF(3, 3) << QPointF(5, 9);
    QTest::newRow("across everything") << QPointF(1, 26) << QPointF(26, 2);
    QTest::newRow("flat") << QPointF(4, 20) << QPointF(20, 20);
  }
  void drawingsAreCentredAsTheDigitsOfMnist() {
    QFETCH(QPointF, from);
    QFETCH(QPointF, to);
    Drawing drawing(28, 28);
    drawing.stroke(from, to, 2, false);
    drawing.stroke(from, {from.x() + 1, from.y()}, 3, false);  // heavier at one end
    drawing.centre();
    const QRect box = extent(drawing);
    QVERIFY2(qAbs(std::max(box.width(), box.height()) - 20) <= 2, qPrintable(QString::number(box.height())));
    QVERIFY(qAbs(centreOf(drawing).x() - 14) < 0.3);
    QVERIFY(qAbs(centreOf(drawing).y() - 14) < 0.3);
    const auto before = drawing;
    drawing.centre();
    QVERIFY(qAbs(mass(drawing) - mass(before)) < 0.25 * mass(before));  // it was, already
    Drawing nothing(28, 28);
    nothing.centre();
    QCOMPARE(mass(nothing), 0.0);
  }

  void picturesLieAsTheyAre() {
    const auto grid = gridFor(planOf("generator:digits"), 784, 10);
    QCOMPARE(grid.width, std::size_t{28});
    QCOMPARE(grid.height, std::size_t{28});
    QCOMPARE(grid.values.size(), std::size_t{784});
    QCOMPARE(grid.seats[29], QRectF(1, 1, 1, 1));
    QCOMPARE(grid.neuronAt({1.5, 1.5}), std::optional<std::size_t>(29));
    QVERIFY(!grid.neuronAt({28.5, 3}));
  }

  void neuronsOfACellShareIt() {
    auto plan = planOf("generator:digits");
    plan.inputs[0].coding = {InputCode::Thermometer, 4};
    const auto grid = gridFor(plan, 4 * 784, 10);
    QCOMPARE(grid.seats[4 * 30 + 3], QRectF(2.5, 1.5, 0.5, 0.5));
    QCOMPARE(grid.neuronAt({2.6, 1.9}), std::optional<std::size_t>(123));
  }

  void partsOfAPictureStayInTheirPlaces() {
    auto plan = planOf("generator:digits");
    plan.inputs[0].columns = {28, 783};
    const auto grid = gridFor(plan, 2, 10);
    QCOMPARE(grid.values.size(), std::size_t{784});
    QCOMPARE(grid.seats, (std::vector{QRectF(0, 1, 1, 1), QRectF(27, 27, 1, 1)}));
    QVERIFY(!grid.neuronAt({5, 5}));
  }

  void otherValuesMakeASquare() {
    auto plan = planOf("generator:halves");
    const auto grid = gridFor(plan, 4, 2);
    QCOMPARE(grid.width, std::size_t{2});
    QCOMPARE(grid.height, std::size_t{2});
    QCOMPARE(grid.seats[3], QRectF(1, 1, 1, 1));
    plan.inputs[0].columns = {3, 1, 0};
    const auto three = gridFor(plan, 3, 2);
    QCOMPARE(three.values, (std::vector<std::size_t>{3, 1, 0}));
    DatasetInfo info;
    info.inputs = 4;
    info.ranges = {{0, 1}, {-1, 1}, {0, 1}, {0, 200}};
    const auto image = imageOf(three, info, std::vector{1.0, 0.0, 0.5, 50.0});
    QCOMPARE(qGray(image.pixel(0, 0)), 64);
    QCOMPARE(qGray(image.pixel(1, 0)), 128);
    QCOMPARE(qGray(image.pixel(0, 1)), 255);
    QCOMPARE(qAlpha(image.pixel(1, 1)), 0);  // no value there
    QCOMPARE(valueOf(info, 3, shareOf(info, 3, 50)), 50.0);
  }
};

QTEST_GUILESS_MAIN(TestDrawing)
#include "tst_drawing.moc"
