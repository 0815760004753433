#include <qcustomplot.h>

#include <QComboBox>
#include <QElapsedTimer>
#include <QPainter>
#include <QSvgRenderer>

#include "tests/gui/plots/stage.h"
#include "ui/plots/matrix_plot.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

QPoint cell(const MatrixPlot& matrix, double target, double source) {
  return QPointF(matrix.plot().xAxis->coordToPixel(target), matrix.plot().yAxis->coordToPixel(source)).toPoint();
}

void choose(MatrixPlot& matrix, int field) {
  matrix.findChild<QComboBox*>(QStringLiteral("matrixField"))->setCurrentIndex(field);
}

bool shows(const MatrixPlot& matrix, std::size_t field, Tick tick) {
  return matrix.look() && matrix.look()->field == field && matrix.look()->tick == tick;
}

}  // namespace

class TestMatrixPlot : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QSettings().clear(); }

  void readsTheCellsOfASteadyField() {
    Stage stage;
    MatrixPlot matrix(stage.bridge, stage.selection);
    QVERIFY(Stage::show(matrix, {420, 340}));
    QTRY_VERIFY_WITH_TIMEOUT(shows(matrix, toy::Gain, 0), patience);
    const LinkKey key = stage.now().graph.key(0);
    stage.bridge.submit(Edit{"gain", {SetLinkField{toy::Gain, {{key, 2.5}}}}});
    const auto column = static_cast<double>(stage.now().graph.targets->front());
    QTRY_VERIFY_WITH_TIMEOUT(matrix.reading(QPointF(column, 0)).contains(QStringLiteral("2.5")), patience);
    QVERIFY(matrix.reading(QPointF(0, 0)).contains(QStringLiteral("no link")) ||
            stage.now().graph.link({stage.id(0), stage.id(0)}));
    QTest::mouseClick(&matrix.plot(), Qt::LeftButton, {}, cell(matrix, column, 0));
    QCOMPARE(stage.selection.links(), std::vector{key});
  }

  /// An evolving field of a network that rewires itself: the values are those of the live network at their tick.
  void followsAnEvolvingField() {
    Stage stage(12, true);
    MatrixPlot matrix(stage.bridge, stage.selection);
    QVERIFY(Stage::show(matrix, {420, 340}));
    choose(matrix, toy::Weight);
    for (const Tick tick : {20, 45}) {
      stage.step(tick - stage.now().tick);
      QTRY_VERIFY_WITH_TIMEOUT(stage.now().tick == tick && shows(matrix, toy::Weight, tick), patience);
      const FieldLook& look = *matrix.look();
      QCOMPARE(look.targets.size(), stage.now().graph.targets->size());
      std::vector<LinkKey> keys;
      for (std::size_t link = 0; link < look.targets.size(); ++link) keys.push_back(stage.now().graph.key(link));
      stage.bridge.watch(this, Watch{{}, keys});
      stage.bridge.submit(Edit{"rename", {RenameNeurons{{{stage.id(0), "a" + std::to_string(tick)}}}}});
      QTRY_COMPARE_WITH_TIMEOUT(stage.now().watchedLinks.size(), keys.size(), patience);
      for (std::size_t link = 0; link < keys.size(); ++link) {
        QCOMPARE(columnValue(*matrix.look()->values, link), stage.now().watchedLinks[link].values[toy::Weight]);
      }
      stage.bridge.watch(this, {});
    }
  }

  void paintsItsLinks() {
    Stage stage;
    MatrixPlot matrix(stage.bridge, stage.selection);
    QVERIFY(Stage::show(matrix, {420, 340}));
    QTRY_VERIFY_WITH_TIMEOUT(shows(matrix, toy::Gain, 0), patience);
    const auto column = static_cast<int>(stage.now().graph.targets->front());
    const auto colourAt = [&](int target, int source) {
      return matrix.plot().grab().toImage().pixelColor(cell(matrix, target, source));
    };
    QTRY_COMPARE_WITH_TIMEOUT(colourAt(column, 0), QColor(0x4f9fd8), patience);  // all gains are 1, the largest
    int empty = 0;
    while (stage.now().graph.link({stage.id(0), stage.id(static_cast<std::size_t>(empty))})) ++empty;
    QCOMPARE(colourAt(empty, 0), QColor(0x0d121a));
  }

  void zoomStaysWithin() {
    Stage stage(50);
    MatrixPlot matrix(stage.bridge, stage.selection);
    QVERIFY(Stage::show(matrix, {420, 340}));
    QTRY_COMPARE_WITH_TIMEOUT(matrix.plot().xAxis->range(), QCPRange(-0.5, 49.5), patience);
    for (int notch = 0; notch < 30; ++notch) wheel(matrix.plot(), cell(matrix, 10, 10), 1);
    QVERIFY(std::abs(matrix.plot().xAxis->range().size() - 4) < 0.01);
    drag(matrix.plot(), matrix.plot().axisRect()->rect().topLeft() + QPoint(5, 5),
         matrix.plot().axisRect()->rect().bottomRight() - QPoint(5, 5));
    QVERIFY(matrix.plot().xAxis->range().lower >= -0.5);
    QTest::mouseDClick(&matrix.plot(), Qt::LeftButton, {}, matrix.plot().axisRect()->rect().center());
    QCOMPARE(matrix.plot().xAxis->range(), QCPRange(-0.5, 49.5));
  }

  /// More neurons than pixels: the strongest link of a pixel is told.
  void binsAboveThePixels() {
    Stage stage(3000);
    MatrixPlot matrix(stage.bridge, stage.selection);
    QVERIFY(Stage::show(matrix, {420, 340}));
    QTRY_VERIFY_WITH_TIMEOUT(shows(matrix, toy::Gain, 0), patience);
    const std::size_t source = 1500;
    const std::size_t link = (*stage.now().graph.firstLink)[source];
    const auto target = static_cast<double>((*stage.now().graph.targets)[link]);
    stage.bridge.submit(Edit{"gain", {SetLinkField{toy::Gain, {{stage.now().graph.key(link), 4}}}}});
    QTRY_VERIFY_WITH_TIMEOUT(matrix.reading(QPointF(target + 1, 1501)).contains(QStringLiteral(": 4")), patience);
    // Its pixel shows it: no neighbour is as strong, so it has the colour of the far end. The others have a quarter of it.
    QImage picture;
    const QColor strongest(0x4f9fd8);
    const auto near = [&](const QColor& colour) {
      int found = 0;
      picture = matrix.plot().grab().toImage();
      const QPoint place = cell(matrix, target, static_cast<double>(source));
      for (int x = -1; x <= 1; ++x) {
        for (int y = -1; y <= 1; ++y) found += picture.pixelColor(place + QPoint(x, y)) == colour;
      }
      return found;
    };
    QTRY_COMPARE_WITH_TIMEOUT(near(strongest), 1, patience);
    int all = 0;
    const QRect area = matrix.plot().axisRect()->rect();
    for (int x = area.left(); x <= area.right(); ++x) {
      for (int y = area.top(); y <= area.bottom(); ++y) all += picture.pixelColor(x, y) == strongest;
    }
    QCOMPARE(all, 1);
    QElapsedTimer timer;
    timer.start();
    matrix.plot().replot(QCustomPlot::rpImmediateRefresh);
    qInfo("3,000 neurons, %zu links: %lld ms a redraw", matrix.look()->targets.size(), timer.elapsed());
  }

  void exportsItsLinks() {
    Stage stage(4);
    MatrixPlot matrix(stage.bridge, stage.selection);
    QVERIFY(Stage::show(matrix, {420, 340}));
    QTRY_VERIFY_WITH_TIMEOUT(shows(matrix, toy::Gain, 0), patience);
    QVERIFY(matrix.exportTo(stage.path("links.csv")));
    const auto lines = Stage::contents(stage.path("links.csv")).trimmed().split('\n');
    QCOMPARE(lines.size(), static_cast<qsizetype>(stage.now().graph.targets->size()) + 1);
    const LinkKey first = stage.now().graph.key(0);
    QCOMPARE(lines[1], QByteArray::number(first.from.value) + ',' + QByteArray::number(first.to.value) + ",1");
    // The picture is twice as fine as the screen and has the colours of the screen.
    QVERIFY(matrix.exportTo(stage.path("links.png")));
    const QImage picture(stage.path("links.png"));
    QCOMPARE(picture.size(), matrix.plot().size() * 2);
    const auto target = static_cast<double>(stage.now().graph.targets->front());
    QCOMPARE(picture.pixelColor(cell(matrix, target, 0) * 2), QColor(0x4f9fd8));
    QVERIFY(matrix.exportTo(stage.path("links.svg")));
    QSvgRenderer drawing(stage.path("links.svg"));
    QVERIFY(drawing.isValid());
    QImage drawn(matrix.plot().size(), QImage::Format_RGB32);
    QPainter painter(&drawn);
    drawing.render(&painter);
    painter.end();
    QCOMPARE(drawn.pixelColor(cell(matrix, target, 0)), QColor(0x4f9fd8));
  }

  void holdKeepsWhatIsShown() {
    Stage stage(12, true);
    MatrixPlot matrix(stage.bridge, stage.selection);
    QVERIFY(Stage::show(matrix, {420, 340}));
    choose(matrix, toy::Weight);
    QTRY_VERIFY_WITH_TIMEOUT(shows(matrix, toy::Weight, 0), patience);
    auto* hold = matrix.findChild<QToolButton*>(QStringLiteral("matrixPause"));
    QTest::mouseClick(hold, Qt::LeftButton);
    stage.step(20);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{20}, patience);
    const QCPRange all = matrix.plot().xAxis->range();
    wheel(matrix.plot(), cell(matrix, 6, 6), 2);
    QVERIFY(matrix.plot().xAxis->range().size() < all.size());
    QCOMPARE(matrix.look()->tick, Tick{0});
    QTest::mouseClick(hold, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(shows(matrix, toy::Weight, 20), patience);
    QTest::mouseClick(hold, Qt::LeftButton);
    stage.open(5, false);
    QVERIFY(!matrix.paused());
  }
};

QTEST_MAIN(TestMatrixPlot)
#include "tst_matrix_plot.moc"
