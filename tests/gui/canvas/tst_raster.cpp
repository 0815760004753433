#include <QtTest>
#include <vector>

#include "ui/canvas/raster.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

constexpr Pixel white = 0xffffffff;
constexpr Pixel black = 0xff000000;

/// A small surface that owns its pixels and tells how bright they are.
struct Canvas {
  Canvas(int w, int h) : pixels(static_cast<std::size_t>(w) * h, black), surface{pixels.data(), w, h, w, 0, h} {}
  [[nodiscard]] int at(int x, int y) const { return static_cast<int>(surface.row(y)[x] & 255); }
  [[nodiscard]] long sum() const {
    long total = 0;
    for (const Pixel pixel : pixels) total += pixel & 255;
    return total;
  }
  std::vector<Pixel> pixels;
  Surface surface;
};

void drawEverything(const Surface& surface) {
  drawLine(surface, -30, 3, 90, 71, makePixel(200, 100, 50, 180), LineQuality::Smooth, {0.7F, 3});
  drawLine(surface, 5, -20, 31, 90, makePixel(20, 250, 50, 90), LineQuality::Smooth);
  drawLine(surface, 60, 2, 3, 60, makePixel(20, 50, 250, 255), LineQuality::Fast);
  drawThickLine(surface, -5, 40, 70, 22, 5.5F, makePixel(250, 250, 0, 128), {0.5F, 0});
  drawThickLine(surface, 20, -5, 30, 80, 3, makePixel(0, 250, 250, 200));
  for (const Shape shape : {Shape::Disc, Shape::Square, Shape::Diamond, Shape::Triangle, Shape::Hexagon}) {
    const float offset = 10.0F + 9.0F * static_cast<float>(shape);
    drawShape(surface, shape, offset, offset, 8, {0xff203040, 0xff60a0f0, white, 0.4F, 1.5F});
  }
  drawRing(surface, 32, 32, 20, 3, 0.3F, white, 0xff400000);
  drawGlow(surface, 50, 20, 18, makePixel(255, 200, 100, 200));
  drawLinkEnd(surface, LinkEnd::Arrow, 12, 50, 0.6F, 0.8F, 12, white);
  drawLinkEnd(surface, LinkEnd::Bar, 40, 50, 0.6F, 0.8F, 12, white);
  drawLinkEnd(surface, LinkEnd::Ball, 52, 50, 0.6F, 0.8F, 12, white);
}

}  // namespace

class RasterTest : public QObject {
  Q_OBJECT

 private slots:
  void blending() {
    QCOMPARE(makePixel(255, 0, 0, 255), 0xffff0000u);
    QCOMPARE(makePixel(255, 0, 255, 128), 0x80800080u);
    QCOMPARE(over(0xff102030, toLanes(0xff405060), 255, 0), 0xff102030u);
    QCOMPARE(over(0xff102030, toLanes(0xff405060), 255, 256), 0xff405060u);
    QCOMPARE(mixed(0xff000000u, 0xffffffffu, 128U), 0xff7f7f7fu);
    // White over white is white: no channel overflows into its neighbour, none is lost in rounding.
    for (std::uint32_t alpha = 0; alpha < 256; alpha += 5) {
      for (std::uint32_t coverage = 0; coverage <= 256; coverage += 8) {
        const Pixel result = over(white, toLanes(makePixel(255, 255, 255, alpha)), alpha, coverage);
        QCOMPARE(result, white);
      }
    }
  }

  void clipping() {
    float x0 = -10, y0 = 5, x1 = 30, y1 = 5;
    QVERIFY(clipLine(x0, y0, x1, y1, 0, 0, 20, 20));
    QCOMPARE(x0, 0.0F);
    QCOMPARE(x1, 20.0F);
    x0 = -10, y0 = -10, x1 = 30, y1 = 30;
    QVERIFY(clipLine(x0, y0, x1, y1, 0, 0, 20, 10));
    QCOMPARE(x1, 10.0F);
    QCOMPARE(y1, 10.0F);
    x0 = -5, y0 = 4, x1 = 4, y1 = -5.5F;
    QVERIFY(!clipLine(x0, y0, x1, y1, 0, 0, 20, 20));
  }

  void horizontalLineOnPixelCentres() {
    Canvas canvas(10, 5);
    drawLine(canvas.surface, 2, 2.5F, 8, 2.5F, white, LineQuality::Smooth);
    for (int x = 2; x < 8; ++x) QCOMPARE(canvas.at(x, 2), 255);
    QCOMPARE(canvas.sum(), 6L * 255);
  }

  void smoothLineSharesBetweenTwoPixels() {
    Canvas canvas(10, 10);
    drawLine(canvas.surface, 2, 4, 8, 4, white, LineQuality::Smooth);  // between rows 3 and 4
    for (int x = 2; x < 8; ++x) {
      QVERIFY(std::abs(canvas.at(x, 3) - 127) <= 1);
      QVERIFY(std::abs(canvas.at(x, 4) - 127) <= 1);
    }
  }

  void fastLineLightsOnePixelAStep() {
    Canvas canvas(40, 40);
    drawLine(canvas.surface, 1.5F, 1.5F, 36.5F, 20.5F, white, LineQuality::Fast);
    QCOMPARE(canvas.sum(), 36L * 255);
  }

  void dashesAreTenOfSixteen() {
    Canvas canvas(170, 3);
    drawLine(canvas.surface, 2, 1.5F, 162, 1.5F, white, LineQuality::Smooth, {1, 0});
    QCOMPARE(canvas.sum(), 100L * 255);
  }

  void thickLineHasItsWidth() {
    Canvas canvas(60, 60);
    drawThickLine(canvas.surface, 10, 10, 50, 40, 4, white);  // 50 pixels long
    QVERIFY2(std::abs(static_cast<double>(canvas.sum()) / 255 - 200) < 10, qPrintable(QString::number(canvas.sum() / 255)));
  }

  void shapesHaveTheAreaOfADisc() {
    for (const Shape shape : {Shape::Disc, Shape::Square, Shape::Diamond, Shape::Triangle, Shape::Hexagon}) {
      Canvas canvas(100, 100);
      drawShape(canvas.surface, shape, 50, 50, 20, {white, white, white, 0.5F, 1});
      const double area = static_cast<double>(canvas.sum()) / 255;
      QVERIFY2(std::abs(area / (M_PI * 400) - 1) < 0.2, qPrintable(QString::number(area)));
    }
  }

  void levelFillsFromBelow() {
    Canvas canvas(60, 60);
    drawShape(canvas.surface, Shape::Disc, 30, 30, 20, {black, white, black, 0.25F, 1});  // 10 of 40 pixels high
    QCOMPARE(canvas.at(30, 35), 0);
    QCOMPARE(canvas.at(30, 45), 255);
  }

  void ringTurnsClockwiseFromTheTop() {
    Canvas canvas(60, 60);
    drawRing(canvas.surface, 30, 30, 20, 4, 0.3F, white, black);
    QCOMPARE(canvas.at(44, 16), 255);  // upper right
    QCOMPARE(canvas.at(15, 44), 0);    // lower left
    QCOMPARE(canvas.at(15, 15), 0);
    drawRing(canvas.surface, 30, 30, 20, 4, 0.6F, white, black);
    QCOMPARE(canvas.at(44, 44), 255);
    QCOMPARE(canvas.at(15, 15), 0);
  }

  void bandsGiveTheSamePixels() {
    Canvas whole(64, 64);
    drawEverything(whole.surface);
    for (const int rows : {1, 7, 16}) {
      Canvas parts(64, 64);
      for (int y = 0; y < 64; y += rows) drawEverything(parts.surface.band(y, y + rows));
      QVERIFY(parts.pixels == whole.pixels);
    }
  }

  void farOutsideIsHarmless() {
    Canvas canvas(16, 16);
    for (const float far : {1e4F, 1e7F, 1e20F}) {
      drawLine(canvas.surface, far, far, far * 2, far, white, LineQuality::Smooth);
      drawThickLine(canvas.surface, -far, far, far * 2, far * 3, 9, white);
      drawDisc(canvas.surface, -far, far, 5, white);
      drawGlow(canvas.surface, far, 3, 5, white);
    }
    QCOMPARE(canvas.sum(), 0L);
    drawLine(canvas.surface, -1e6F, 8.5F, 1e6F, 8.5F, white, LineQuality::Smooth);
    QCOMPARE(canvas.at(8, 8), 255);
  }
};

QTEST_GUILESS_MAIN(RasterTest)
#include "tst_raster.moc"
