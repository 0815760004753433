#include <QtTest>
#include <cmath>

#include "tests/gui/canvas/scene_maker.h"
#include "ui/canvas/network_geometry.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

NetworkGeometry geometryOf(const std::shared_ptr<Snapshot>& snapshot) {
  NetworkGeometry geometry;
  geometry.adopt(snapshot->graph);
  return geometry;
}

constexpr Camera camera{{0, 0}, 10, 1, 800, 600};

}  // namespace

class NetworkGeometryTest : public QObject {
  Q_OBJECT

 private slots:
  void picksTheNearestNeuronWithinReach() {
    const auto geometry = geometryOf(test::makeSnapshot({{0, 0}, {3, 0}, {100, 50}}, {}));
    QCOMPARE(geometry.neuronAt({0.5F, 0}, 1), std::optional<std::size_t>(0));
    QCOMPARE(geometry.neuronAt({1.6F, 0}, 2), std::optional<std::size_t>(1));
    QCOMPARE(geometry.neuronAt({1.5F, 2}, 1), std::optional<std::size_t>());
    QCOMPARE(geometry.neuronAt({101, 50}, 1.1F), std::optional<std::size_t>(2));
    QCOMPARE(geometry.neuronAt({-500, 50}, 1), std::optional<std::size_t>());
  }

  void picksLikeASearchThroughAll() {
    const auto snapshot = test::makeLargeSnapshot(2000, 1);
    const auto geometry = geometryOf(snapshot);
    for (int i = 0; i < 200; ++i) {
      const Point at{static_cast<float>(i * 37 % 190), static_cast<float>(i * 71 % 190)};
      std::size_t best = 0;
      const auto square = [&](std::size_t row) {
        const Point p = geometry.position(row);
        return (p.x - at.x) * (p.x - at.x) + (p.y - at.y) * (p.y - at.y);
      };
      for (std::size_t row = 1; row < 2000; ++row) best = square(row) < square(best) ? row : best;
      const auto found = geometry.neuronAt(at, 2.5F);
      QCOMPARE(found.has_value(), square(best) <= 2.5F * 2.5F);
      if (found) QCOMPARE(square(*found), square(best));
    }
  }

  void emptyNetworkHasNothing() {
    const auto geometry = geometryOf(test::makeSnapshot({}, {}));
    QVERIFY(!geometry.neuronAt({0, 0}, 5));
    QVERIFY(!geometry.linkAt({0, 0}, 5, camera));
    QVERIFY(geometry.bounds().empty());
    QCOMPARE(geometry.ink(camera), 0.0);
  }

  void pathRunsFromRimToRim() {
    const auto geometry = geometryOf(test::makeSnapshot({{0, 0}, {20, 0}}, {{0, 1}}));
    const LinkPath path = geometry.path(0, camera);
    QCOMPARE(path.count, 2);
    QVERIFY(path.spots[0].x > 400 + 10 && path.spots[0].x < 400 + 13);
    QVERIFY(path.spots[1].x < 600 - 13 && path.spots[1].x > 600 - 16);
  }

  void oppositeLinksPartWays() {
    const auto geometry = geometryOf(test::makeSnapshot({{0, 0}, {20, 0}}, {{0, 1}, {1, 0}}));
    const LinkPath there = geometry.path(0, camera);
    const LinkPath back = geometry.path(1, camera);
    QVERIFY(there.count > 3);
    const float gap = back.spots[back.count / 2].y - there.spots[there.count / 2].y;
    QVERIFY2(std::fabs(gap) > 20, qPrintable(QString::number(gap)));
    // Each is found where it runs.
    QCOMPARE(geometry.linkAt(there.spots[there.count / 2], 4, camera), std::optional<std::size_t>(0));
    QCOMPARE(geometry.linkAt(back.spots[back.count / 2], 4, camera), std::optional<std::size_t>(1));
    QCOMPARE(geometry.linkAt({500, 300}, 4, camera), std::optional<std::size_t>());
  }

  void selfLinkIsALoop() {
    const auto geometry = geometryOf(test::makeSnapshot({{0, 0}}, {{0, 0}}));
    const LinkPath path = geometry.path(0, camera);
    QVERIFY(path.count > 8);
    float top = 1e9F;
    for (int i = 0; i < path.count; ++i) top = std::min(top, path.spots[i].y);
    QVERIFY(top < 300 - 20);
    QCOMPARE(geometry.linkAt({400, top}, 3, camera), std::optional<std::size_t>(0));
  }

  void previewMovesPositionsUntilItEnds() {
    auto geometry = geometryOf(test::makeSnapshot({{0, 0}, {20, 0}}, {{0, 1}}));
    geometry.setPreview({1}, {5, 7});
    QCOMPARE(geometry.position(1), (Point{25, 7}));
    QCOMPARE(geometry.neuronAt({25, 7}, 1), std::optional<std::size_t>(1));
    geometry.setPreview({}, {});
    QCOMPARE(geometry.position(1), (Point{20, 0}));
  }

  void shuffleIsFixedAndComplete() {
    const auto snapshot = test::makeLargeSnapshot(300, 10);
    const auto one = geometryOf(snapshot);
    const auto two = geometryOf(snapshot);
    QVERIFY(std::equal(one.shuffled().begin(), one.shuffled().end(), two.shuffled().begin()));
    std::vector<std::uint32_t> sorted(one.shuffled().begin(), one.shuffled().end());
    std::sort(sorted.begin(), sorted.end());
    for (std::uint32_t i = 0; i < sorted.size(); ++i) QCOMPARE(sorted[i], i);
  }

  void inkIsAFairEstimate() {
    const auto geometry = geometryOf(test::makeLargeSnapshot(1000, 10));
    const Camera all = fitted(geometry.bounds(), 800, 600, 1);
    double exact = 0;
    for (std::size_t link = 0; link < geometry.linkCount(); ++link) {
      const Spot a = all.toScreen(geometry.position(geometry.source(link)));
      const Spot b = all.toScreen(geometry.position(geometry.target(link)));
      exact += std::max(std::fabs(a.x - b.x), std::fabs(a.y - b.y));
    }
    QVERIFY(std::abs(geometry.ink(all) / exact - 1) < 0.05);
  }
};

QTEST_GUILESS_MAIN(NetworkGeometryTest)
#include "tst_network_geometry.moc"
