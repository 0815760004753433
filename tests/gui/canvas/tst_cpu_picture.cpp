#include <QtTest>
#include <cmath>

#include "tests/gui/canvas/scene_maker.h"
#include "ui/canvas/cpu_picture.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

struct Shot {
  explicit Shot(std::shared_ptr<Snapshot> snapshot, const Theme& theme = darkTheme()) {
    scene.open(&test::canvasDescription());
    scene.setTheme(theme);
    scene.show(std::move(snapshot), 0);
  }
  [[nodiscard]] Camera camera(int width, int height, float ratio = 1) const {
    return fitted(scene.geometry().bounds(), width, height, ratio);
  }
  QImage whole(const Camera& from, const Marks& marks = {}) {
    CpuPicture picture;
    picture.paintWhole(scene, from, marks);
    return picture.image().copy();
  }
  Scene scene;
};

/// Share of pixels that differ by more than 8 in any channel.
double difference(const QImage& a, const QImage& b) {
  if (a.size() != b.size()) return 1;
  int different = 0;
  for (int y = 0; y < a.height(); ++y) {
    for (int x = 0; x < a.width(); ++x) {
      const QRgb p = a.pixel(x, y);
      const QRgb q = b.pixel(x, y);
      different +=
          std::abs(qRed(p) - qRed(q)) > 8 || std::abs(qGreen(p) - qGreen(q)) > 8 || std::abs(qBlue(p) - qBlue(q)) > 8;
    }
  }
  return static_cast<double>(different) / (a.width() * a.height());
}

/// Where a picture is brighter than the background, as seen without hue.
QImage silhouette(const QImage& picture) {
  QImage result(picture.size(), QImage::Format_Grayscale8);
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) result.scanLine(y)[x] = qGray(picture.pixel(x, y)) > 60 ? 255 : 0;
  }
  return result;
}

/// Compares with tests/golden/canvas/NAME.png; PLEXARIUM_UPDATE_GOLDEN=1 writes it instead.
void compareGolden(const QImage& picture, const QString& name) {
  const QString path = QStringLiteral(PLEXARIUM_SOURCE_DIR "/tests/golden/canvas/%1.png").arg(name);
  if (qEnvironmentVariableIntValue("PLEXARIUM_UPDATE_GOLDEN") == 1) QVERIFY(picture.save(path));
  const QImage golden = QImage(path).convertToFormat(QImage::Format_RGB32);
  QVERIFY2(!golden.isNull(), qPrintable(path));
  const double different = difference(picture, golden);
  if (different > 0.002) picture.save(name + QStringLiteral(".actual.png"));
  QVERIFY2(different <= 0.002, qPrintable(QStringLiteral("%1: %2 % of the pixels differ").arg(name).arg(100 * different)));
}

}  // namespace

class CpuPictureTest : public QObject {
  Q_OBJECT

 private slots:
  void goldenDark() {
    Shot shot(withoutNames(test::makeShowcase()));
    const std::vector<NeuronId> selected{{2}, {7}};
    const std::vector<LinkKey> links{{{8}, {11}}};
    Marks marks;
    marks.selectedNeurons = &selected;
    marks.selectedLinks = &links;
    marks.hoveredNeuron = NeuronId{9};
    marks.rubberBand = Box{-2, -2, 8, 4};
    marks.ripples = {{NeuronId{5}, 0.4F, true}};
    compareGolden(shot.whole(shot.camera(500, 350), marks), QStringLiteral("showcase_dark"));
  }
  void goldenLight() {
    Shot shot(withoutNames(test::makeShowcase()), lightTheme());
    compareGolden(shot.whole(shot.camera(500, 350)), QStringLiteral("showcase_light"));
  }
  void goldenDoubled() {
    Shot shot(withoutNames(test::makeShowcase()));
    compareGolden(shot.whole(shot.camera(700, 500, 2)), QStringLiteral("showcase_doubled"));
  }
  void goldenCrowd() {
    Shot shot(test::makeLargeSnapshot(1000, 5));
    compareGolden(shot.whole(shot.camera(500, 350)), QStringLiteral("crowd"));
  }

  void aCrowdShowsItsDensity() {
    // Sixty thousand links between two blocks on the left, one on the right: both are seen, the crowd is brighter.
    std::vector<Point> positions;
    std::vector<test::MadeLink> links;
    for (std::uint32_t i = 0; i < 250; ++i) {
      positions.push_back({static_cast<float>(i % 16) * 2, static_cast<float>(i / 16)});
      positions.push_back({static_cast<float>(i % 16) * 2, 60 + static_cast<float>(i / 16)});
    }
    positions.push_back({80, 0});
    positions.push_back({80, 60});
    for (std::uint32_t from = 0; from < 500; from += 2) {
      for (std::uint32_t to = 1; to < 500; to += 2) links.push_back({from, to, 0, 0.9F});
    }
    links.push_back({500, 501, 0, 0.9F});
    Shot shot(withoutNames(test::makeSnapshot(positions, links)));
    const Camera camera{{40, 35}, 2, 1, 200, 160};
    QVERIFY(LinkDensity::fits(shot.scene.ink(camera), camera));
    CpuPicture picture;
    double seconds = 1;
    picture.paint(shot.scene, camera, {}, seconds);
    while (!picture.settled() && seconds < 20) picture.paint(shot.scene, camera, {}, seconds += 0.2);
    QVERIFY(picture.settled());
    const auto at = [&](Point world) {
      const Spot spot = camera.toScreen(world);
      return qGray(picture.image().pixel(static_cast<int>(spot.x), static_cast<int>(spot.y)));
    };
    const int empty = at({60, 35});
    QVERIFY2(at({15, 38}) > empty + 60, qPrintable(QString::number(at({15, 38}))));
    QVERIFY(at({15, 38}) > at({36, 38}));
    QCOMPARE(picture.image(), shot.whole(camera));
  }

  void sameCallsGiveTheSamePixels() {
    Shot shot(test::makeShowcase());
    QCOMPARE(shot.whole(shot.camera(600, 400)), shot.whole(shot.camera(600, 400)));
  }

  void phasesDifferWithoutHue() {
    std::vector<QImage> shapes;
    for (std::uint8_t phase = 0; phase < 5; ++phase) {
      auto snapshot = withoutNames(test::makeSnapshot({{0, 0}}, {}));
      snapshot->appearance.phase[0] = phase;
      snapshot->appearance.level[0] = 1;
      Shot shot(snapshot);
      shapes.push_back(silhouette(shot.whole({{0, 0}, 12, 1, 48, 48})));
    }
    for (std::size_t a = 0; a < shapes.size(); ++a) {
      for (std::size_t b = 0; b < a; ++b)
        QVERIFY2(difference(shapes[a], shapes[b]) > 0.01, qPrintable(QStringLiteral("%1 %2").arg(a).arg(b)));
    }
  }

  void inhibitionShowsWithoutHue() {
    std::vector<QImage> shapes;
    for (std::uint8_t style = 0; style < 3; ++style) {
      Shot shot(withoutNames(test::makeSnapshot({{0, 0}, {14, 0}}, {{0, 1, style, 1.0F}})));
      shapes.push_back(silhouette(shot.whole({{7, 0}, 12, 1, 240, 60})));
    }
    QVERIFY(difference(shapes[0], shapes[1]) > 0.002);
    QVERIFY(difference(shapes[0], shapes[2]) > 0.0005);
    QVERIFY(difference(shapes[1], shapes[2]) > 0.002);
  }

  void selfLinkIsDrawn() {
    Shot with(test::makeSnapshot({{0, 0}}, {{0, 0, 0, 1.0F}}));
    Shot without(test::makeSnapshot({{0, 0}}, {}));
    const Camera camera{{0, 0}, 10, 1, 80, 80};
    QVERIFY(difference(with.whole(camera), without.whole(camera)) > 0.005);
  }

  void oppositeLinksAreBothSeen() {
    Shot both(withoutNames(test::makeSnapshot({{-10, 0}, {10, 0}}, {{0, 1, 0, 1.0F}, {1, 0, 0, 1.0F}})));
    const QImage picture = both.whole({{0, 0}, 10, 1, 300, 100});
    std::vector<int> rows;
    for (int y = 0; y < 100; ++y) {
      if (qBlue(picture.pixel(150, y)) > 70 && (rows.empty() || y > rows.back() + 3)) rows.push_back(y);
    }
    QCOMPARE(rows.size(), std::size_t{2});
  }

  void releaseFlashesAndCarriedLinksGlow() {
    auto dull = withoutNames(test::makeSnapshot({{-8, 0}, {8, 0}}, {{0, 1}}));
    auto bright = std::make_shared<Snapshot>(*dull);
    bright->appearance.lastFired[0] = 99;
    bright->appearance.lastCarried[0] = 99;
    const Camera camera{{0, 0}, 10, 1, 260, 80};
    const QImage before = Shot(dull).whole(camera);
    const QImage after = Shot(bright).whole(camera);
    QVERIFY(qGray(after.pixel(130, 40)) > qGray(before.pixel(130, 40)) + 60);
    QVERIFY(qGray(after.pixel(36, 40)) > qGray(before.pixel(36, 40)));
    bright->appearance.lastCarried[0] = 50;  // long ago
    bright->appearance.lastFired[0] = 50;
    QCOMPARE(Shot(bright).whole(camera), before);
  }

  void linksMayGlowByTheirEnds() {
    const auto shotOf = [](Tick from, Tick to) {
      auto look = withoutNames(test::makeSnapshot({{-8, 0}, {8, 0}}, {{0, 1}}));
      look->appearance.lastCarried.clear();
      look->appearance.lastFired = {from, to};
      return Shot(look).whole({{0, 0}, 10, 1, 260, 80});
    };
    const auto middle = [](const QImage& picture) { return qGray(picture.pixel(130, 40)); };
    const int rest = middle(shotOf(never, never));
    QCOMPARE(middle(shotOf(99, never)), rest);
    QCOMPARE(middle(shotOf(50, 99)), rest);
    QVERIFY(middle(shotOf(99, 99)) > rest + 60);
  }

  /// While a hand moves a neuron the outlines of its groups go with it, and go back with it.
  void outlinesFollowADrag() {
    const std::vector<Point> places{{0, 0}, {4, 0}, {2, 4}, {20, 0}, {24, 1}, {22, 5}};
    const auto shown = [](const std::vector<Point>& at) {
      return test::grouped(*withoutNames(test::makeSnapshot(at, {{0, 3}})),
                           {{{{7}, "one", 2, {}, false}, {{1}, {2}}},
                            {{{8}, "within", 3, {7}, false}, {{3}}},
                            {{{9}, "other", 1, {}, false}, {{4}, {5}, {6}}}});
    };
    auto moved = places;
    moved[2].x += 3, moved[2].y += 6;
    const Camera camera{{11, 4}, 8, 1, 400, 240};
    Shot shot(shown(places));
    const QImage before = shot.whole(camera);
    shot.scene.setPreview({2}, {3, 6});
    QCOMPARE(shot.whole(camera), Shot(shown(moved)).whole(camera));
    shot.scene.setPreview({}, {});
    QCOMPARE(shot.whole(camera), before);
  }

  void namesAreInThePicture() {
    Shot named(test::makeSnapshot({{0, 0}}, {}));
    Shot nameless(withoutNames(test::makeSnapshot({{0, 0}}, {})));
    const Camera camera{{0, 0}, 14, 1, 100, 100};
    QVERIFY(named.whole(camera) != nameless.whole(camera));
  }

  void budgetHoldsWhileMovingAndTheWholePictureComesAtRest() {
    Shot shot(test::makeLargeSnapshot(10'000, 10));
    Camera camera = shot.camera(1200, 800);
    CpuPicture picture;
    picture.paint(shot.scene, camera, {}, 0);
    QVERIFY(!picture.settled());
    camera.centre.x += 1;
    QElapsedTimer clock;
    clock.start();
    picture.paint(shot.scene, camera, {}, 0.02);
    const qint64 moving = clock.elapsed();
    QVERIFY(!picture.settled());
    // Any hardware: a sampled frame costs a fraction of the whole picture.
    int frames = 0;
    clock.restart();
    for (double now = 0.2; !picture.settled() && frames < 200; now += 0.016, ++frames)
      picture.paint(shot.scene, camera, {}, now);
    QVERIFY(picture.settled());
    QVERIFY2(frames > 3 && frames < 60, qPrintable(QString::number(frames)));
    QVERIFY2(moving < clock.elapsed(), qPrintable(QStringLiteral("%1 ms against %2 ms").arg(moving).arg(clock.elapsed())));
    // And it is what a single go would give.
    QVERIFY(difference(picture.image(), shot.whole(camera)) < 0.002);
    const QString folder = qEnvironmentVariable("PLEXARIUM_KEEP_PICTURES");
    if (!folder.isEmpty()) QVERIFY(picture.image().save(folder + QStringLiteral("/density.png")));
  }

  void learningDoesNotDisturbARestingPicture() {
    auto snapshot = test::makeLargeSnapshot(10'000, 10);
    Shot shot(snapshot);
    const Camera camera = shot.camera(400, 300);
    CpuPicture picture;
    picture.setBudget({0.2e6, 0.1e6, 0.5e6});
    double now = 0;
    picture.paint(shot.scene, camera, {}, now);
    for (; !picture.settled() && now < 10; now += 0.1) picture.paint(shot.scene, camera, {}, now);
    const QImage before = picture.image().copy();
    auto learned = std::make_shared<Snapshot>(*snapshot);
    for (float& strength : learned->appearance.linkStrength) strength = 1 - strength;
    shot.scene.show(learned, now + 1);
    picture.paint(shot.scene, camera, {}, now + 1);
    QCOMPARE(picture.image(), before);  // the old one stays up while the new one is made
    for (now += 1; !picture.settled() && now < 30; now += 0.1) picture.paint(shot.scene, camera, {}, now);
    QVERIFY(picture.settled());
    QVERIFY(picture.image() != before);
  }

 private:
  /// Text depends on the fonts of a machine.
  static std::shared_ptr<Snapshot> withoutNames(std::shared_ptr<Snapshot> snapshot) {
    snapshot->graph.names = std::make_shared<const std::vector<std::string>>(snapshot->graph.names->size());
    return snapshot;
  }
};

QTEST_MAIN(CpuPictureTest)
#include "tst_cpu_picture.moc"
