// Layouts: places by hand for the plain ones, shape and spacing for the force-directed one, and the tree against all pairs.

#include <QTest>
#include <chrono>
#include <cmath>
#include <ctime>
#include <set>
#include <stop_token>

#include "core/graph/layout.h"
#include "core/graph/layout_coarsen.h"
#include "core/graph/layout_force.h"
#include "core/graph/layout_spacing.h"
#include "core/graph/layout_tree.h"
#include "core/random.h"

using namespace plexarium;

namespace {

/// Links by row, kept alive for the spans of a LayoutInput.
struct Net {
  std::vector<Point> positions;
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> targets;
  [[nodiscard]] LayoutInput input() const { return {.positions = positions, .topology = {{}, first, targets}}; }
};

Net net(std::uint32_t count, std::set<std::pair<std::uint32_t, std::uint32_t>> links) {
  Net made;
  made.positions.assign(count, {});
  made.first.assign(count + 1, 0);
  for (const auto& [from, to] : links) {
    ++made.first[from + 1];
    made.targets.push_back(to);
  }
  for (std::uint32_t row = 0; row < count; ++row) made.first[row + 1] += made.first[row];
  return made;
}

Net ringNet(std::uint32_t count) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> links;
  for (std::uint32_t k = 0; k < count; ++k) links.insert({k, (k + 1) % count});
  return net(count, links);
}

Net sheetNet(std::uint32_t side) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> links;
  for (std::uint32_t k = 0; k < side * side; ++k) {
    if (k % side + 1 < side) links.insert({k, k + 1});
    if (k + side < side * side) links.insert({k + side, k});
  }
  return net(side * side, links);
}

Net randomNet(std::uint32_t count, std::uint32_t fanOut) {
  const RandomStream random(5, 1);
  std::set<std::pair<std::uint32_t, std::uint32_t>> links;
  for (std::uint32_t from = 0; from < count; ++from) {
    for (std::uint32_t k = 0; k < fanOut; ++k) links.insert({from, random.below(count, from, k)});
  }
  return net(count, links);
}

double distance(Point a, Point b) { return std::hypot(double{a.x} - double{b.x}, double{a.y} - double{b.y}); }

double nearest(const std::vector<Point>& places) { return neighbourDistance(places, 0); }

std::vector<Point> arranged(const char* key, const LayoutInput& input) { return *arrange(*findLayout(key), input); }

std::vector<double> linkLengths(const Net& network, const std::vector<Point>& places) {
  std::vector<double> lengths;
  for (std::size_t row = 0; row + 1 < network.first.size(); ++row) {
    for (auto link = network.first[row]; link < network.first[row + 1]; ++link) {
      lengths.push_back(distance(places[row], places[network.targets[link]]));
    }
  }
  std::ranges::sort(lengths);
  return lengths;
}

bool near(Point a, Point b) { return distance(a, b) < 1e-4; }

}  // namespace

class LayoutTest : public QObject {
  Q_OBJECT

 private slots:
  void tablesAreComplete() {
    std::set<std::string> keys;
    for (const auto& layout : layouts()) {
      QVERIFY(keys.insert(layout.key).second);
      QVERIFY(!layout.label.empty() && !layout.help.empty());
      QCOMPARE(findLayout(layout.key), &layout);
    }
    QCOMPARE(keys.size(), 5U);
    QVERIFY(findLayout("heap") == nullptr);
  }

  void everyLayoutCopesWithNobodyAndWithFew() {
    for (const auto& layout : layouts()) {
      QVERIFY(arrange(layout, {})->empty());
      for (std::uint32_t count = 1; count < 6; ++count) {
        const auto network = net(count, {{0, 0}});
        auto input = network.input();
        input.coordinates = network.positions;
        const auto places = arrange(layout, input);
        QVERIFY(places.has_value());
        QCOMPARE(places->size(), std::size_t{count});
        QVERIFY2(count == 1 || nearest(*places) >= 2, layout.key.c_str());
        QVERIFY(*places == *arrange(layout, input));
      }
    }
  }

  void ringOfFour() {
    const auto places = arranged("ring", ringNet(4).input());
    const auto radius = static_cast<float>(6 / std::sqrt(2.0));
    QVERIFY(near(places[0], {0, -radius}) && near(places[1], {radius, 0}));
    QVERIFY(near(places[2], {0, radius}) && near(places[3], {-radius, 0}));
  }

  void gridOfFive() {
    const auto places = arranged("grid", ringNet(5).input());
    QVERIFY(near(places[0], {-6, -3}) && near(places[2], {6, -3}) && near(places[3], {-6, 3}) && near(places[4], {0, 3}));
  }

  void rolesStandInTheirOrder() {
    const auto network = ringNet(60);
    std::vector<Role> roles;
    for (int k = 0; k < 60; ++k) roles.push_back(k % 3 == 0 ? Role::Motor : k % 3 == 1 ? Role::Sensory : Role::Inter);
    auto input = network.input();
    input.roles = roles;
    const auto places = arranged("role", input);
    float most[3] = {-1e9F, -1e9F, -1e9F};
    float least[3] = {1e9F, 1e9F, 1e9F};
    for (std::size_t k = 0; k < 60; ++k) {
      const auto role = static_cast<std::size_t>(roles[k]);
      most[role] = std::max(most[role], places[k].x);
      least[role] = std::min(least[role], places[k].x);
    }
    QVERIFY(most[0] < least[1] && most[1] < least[2]);
    QVERIFY(nearest(places) >= 5.99);
    // Three of them stand side by side on one line.
    const std::vector<Role> three{Role::Sensory, Role::Inter, Role::Motor};
    const auto small = ringNet(3);
    input = small.input();
    input.roles = three;
    const auto line = arranged("role", input);
    QVERIFY(near(line[0], {-12, 0}) && near(line[1], {0, 0}) && near(line[2], {12, 0}));
  }

  void coordinatesKeepTheirShape() {
    const auto network = ringNet(3);
    const std::vector<Point> given{{100, 100}, {100.5F, 100}, {100, 101}};
    auto input = network.input();
    QVERIFY(!arrange(*findLayout("coordinates"), input).has_value());
    input.coordinates = given;
    const auto places = arranged("coordinates", input);
    QVERIFY(near(places[0], {-3, -6}) && near(places[1], {3, -6}) && near(places[2], {-3, 6}));
  }

  void treeMatchesAllPairs() {
    const RandomStream random(3, 1);
    std::vector<Vector2> places;
    std::vector<double> masses;
    for (std::uint32_t k = 0; k < 1000; ++k) {
      places.push_back({random.uniform(k, 0) * 100, random.uniform(k, 1) * random.uniform(k, 2) * 50});
      masses.push_back(1 + random.below(4, k, 3));
    }
    places[7] = places[8];
    std::vector<Vector2> exact(1000);
    double size = 0;
    for (std::size_t a = 0; a < 1000; ++a) {
      for (std::size_t b = 0; b < 1000; ++b) {
        const double x = places[a].x - places[b].x;
        const double y = places[a].y - places[b].y;
        if (x == 0 && y == 0) continue;
        exact[a].x += masses[b] * x / (x * x + y * y);
        exact[a].y += masses[b] * y / (x * x + y * y);
      }
      size += exact[a].x * exact[a].x + exact[a].y * exact[a].y;
    }
    const auto error = [&](double theta) {
      RepulsionTree tree(theta);
      std::vector<Vector2> forces(1000);
      tree.repulsion(places, masses, forces);
      tree.repulsion(places, masses, forces);
      double sum = 0;
      for (std::size_t k = 0; k < 1000; ++k) {
        sum += std::pow(forces[k].x - exact[k].x, 2) + std::pow(forces[k].y - exact[k].y, 2);
      }
      return std::sqrt(sum / size);
    };
    QVERIFY2(error(1e-6) < 1e-12, qPrintable(QString::number(error(1e-6))));
    QVERIFY2(error(0.9) < 0.02, qPrintable(QString::number(error(0.9))));
  }

  void coarseningKeepsMassAndLinks() {
    const auto network = randomNet(500, 3);
    auto fine = springs(network.input().topology, 500, {});
    for (int level = 0; level < 4; ++level) {
      const auto coarser = coarsen(fine);
      QVERIFY(coarser.network.size() < fine.size() * 3 / 4);
      double mass = 0;
      for (const double m : coarser.network.masses) mass += m;
      QCOMPARE(mass, 500.0);
      double between = 0;
      for (std::uint32_t row = 0; row < fine.size(); ++row) {
        for (auto k = fine.first[row]; k < fine.first[row + 1]; ++k) {
          if (coarser.group[row] != coarser.group[fine.ends[k]]) between += static_cast<double>(fine.weights[k]);
        }
      }
      double kept = 0;
      for (const auto weight : coarser.network.weights) kept += static_cast<double>(weight);
      QCOMPARE(kept, between);
      fine = coarser.network;
    }
    // A hub with a thousand leaves shrinks at once, and frozen rows stay alone.
    std::set<std::pair<std::uint32_t, std::uint32_t>> star;
    for (std::uint32_t leaf = 1; leaf <= 1000; ++leaf) star.insert({0, leaf});
    const auto hub = net(1001, star);
    QCOMPARE(coarsen(springs(hub.input().topology, 1001, {})).network.size(), 1U);
    std::vector<std::uint8_t> frozen(1001, 0);
    frozen[5] = 1;
    const auto held = coarsen(springs(hub.input().topology, 1001, frozen));
    QCOMPARE(held.network.size(), 2U);
    QCOMPARE(held.network.masses[held.group[5]], 1.0);
  }

  void ringBecomesRound() {
    for (const std::uint32_t count : {3U, 10U, 200U}) {
      const auto network = ringNet(count);
      const auto places = arranged("force", network.input());
      const auto lengths = linkLengths(network, places);
      QVERIFY2(lengths.front() > 5 && lengths.back() < 7, qPrintable(QString::number(count)));
      double meanX = 0;
      double meanY = 0;
      for (const auto place : places) meanX += double{place.x} / count, meanY += double{place.y} / count;
      const double radius = 6 / (2 * std::sin(3.14159265 / count));
      for (const auto place : places) {
        QVERIFY(std::abs(std::hypot(place.x - meanX, place.y - meanY) / radius - 1) < 0.15);
      }
    }
  }

  void sheetUnfolds() {
    const std::uint32_t side = 20;
    const auto network = sheetNet(side);
    const auto places = arranged("force", network.input());
    QVERIFY(nearest(places) >= 2);
    // Unfolded, every small square keeps the same orientation, and opposite corners are the farthest apart.
    int positive = 0;
    for (std::uint32_t row = 0; row + 1 < side; ++row) {
      for (std::uint32_t column = 0; column + 1 < side; ++column) {
        const auto a = places[row * side + column];
        const auto b = places[row * side + column + 1];
        const auto c = places[(row + 1) * side + column];
        positive += (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0 ? 1 : 0;
      }
    }
    QVERIFY2(positive == 0 || positive == 361, qPrintable(QString::number(positive)));
  }

  void pathIsStretchedAcross() {
    std::set<std::pair<std::uint32_t, std::uint32_t>> links;
    for (std::uint32_t k = 1; k < 60; ++k) links.insert({k - 1, k});
    const auto places = arranged("force", net(60, links).input());
    QVERIFY(std::abs(places[0].x - places[59].x) > 250);
    const auto [least, most] = std::ranges::minmax(places, {}, &Point::y);
    QVERIFY(most.y - least.y < 100);
  }

  void denseNetworksFindRoom() {
    const auto network = randomNet(1500, 8);
    const auto places = arranged("force", network.input());
    QVERIFY(nearest(places) >= 2);
    // Linked neurons are nearer than any two: 0.905 is the mean distance within a disc over its radius.
    const auto lengths = linkLengths(network, places);
    float radius = 0;
    for (const auto place : places) radius = std::max(radius, std::abs(place.x));
    QVERIFY(lengths[lengths.size() / 2] < 0.9 * radius);
    QVERIFY(radius < 6 * std::sqrt(1500));
  }

  void componentsDoNotMix() {
    std::set<std::pair<std::uint32_t, std::uint32_t>> links;
    for (std::uint32_t ring = 0; ring < 3; ++ring) {
      for (std::uint32_t k = 0; k < 12; ++k) links.insert({ring * 12 + k, ring * 12 + (k + 1) % 12});
    }
    const auto network = net(60, links);  // and 24 neurons without links
    const auto places = arranged("force", network.input());
    QVERIFY(nearest(places) >= 2);
    for (std::uint32_t ring = 0; ring < 3; ++ring) {
      float box[4] = {1e9F, 1e9F, -1e9F, -1e9F};
      for (std::uint32_t k = 12 * ring; k < 12 * ring + 12; ++k) {
        box[0] = std::min(box[0], places[k].x), box[1] = std::min(box[1], places[k].y);
        box[2] = std::max(box[2], places[k].x), box[3] = std::max(box[3], places[k].y);
      }
      for (std::uint32_t k = 0; k < 60; ++k) {
        if (k / 12 == ring) continue;
        QVERIFY(places[k].x < box[0] || places[k].x > box[2] || places[k].y < box[1] || places[k].y > box[3]);
      }
    }
  }

  void layoutsAreCentred() {
    for (const auto& layout : layouts()) {
      if (layout.needsCoordinates) continue;
      const auto places = *arrange(layout, randomNet(80, 2).input());
      const auto [left, right] = std::ranges::minmax(places, {}, &Point::x);
      const auto [top, bottom] = std::ranges::minmax(places, {}, &Point::y);
      QVERIFY2(std::abs(left.x + right.x) < 3 && std::abs(top.y + bottom.y) < 3, layout.key.c_str());
    }
  }

  void frozenNeuronsStay() {
    auto network = ringNet(40);
    std::vector<std::uint8_t> frozen(40, 0);
    for (std::size_t k = 0; k < 40; k += 4) {
      frozen[k] = 1;
      network.positions[k] = {300 + 20 * static_cast<float>(k % 8), 5 * static_cast<float>(k)};
    }
    for (const auto& layout : layouts()) {
      auto input = network.input();
      input.frozen = frozen;
      input.coordinates = network.positions;
      const auto places = *arrange(layout, input);
      for (std::size_t k = 0; k < 40; k += 4) QVERIFY(places[k] == network.positions[k]);
      QVERIFY2(nearest(places) >= 2, layout.key.c_str());
      // Only the force knows where the others belong: between the frozen ones that they are linked to.
      if (layout.key != "force") continue;
      for (const auto place : places) QVERIFY(place.x > 200 && place.x < 460 && place.y > -100 && place.y < 300);
    }
    const std::vector<std::uint8_t> all(40, 1);
    auto input = network.input();
    input.frozen = all;
    QVERIFY(arranged("force", input) == network.positions);
  }

  void overlapsGoAndTheRestStays() {
    std::vector<Point> places{{0, 0}, {0.5F, 0}, {100, 0}, {100, 0}, {50, 50}};
    removeOverlaps(places, {}, 1);
    QVERIFY(nearest(places) >= minimumSpacing);
    QVERIFY(near(places[4], {50, 50}));
    QVERIFY(distance(places[0], {0, 0}) < 2 && distance(places[2], {100, 0}) < 2);
    std::vector<Point> heap(400, Point{7, 7});
    removeOverlaps(heap, {}, 1);
    QVERIFY(nearest(heap) >= minimumSpacing);
    // Wedged between frozen neurons on all sides, and with steps that rounding swallows.
    std::vector<Point> fence{{0, 0}};
    std::vector<std::uint8_t> frozen{0};
    for (int k = 0; k < 25; ++k) {
      fence.push_back({static_cast<float>(k % 5 - 2) * 2.5F + 1, static_cast<float>(k / 5 - 2) * 2.5F + 1});
      frozen.push_back(1);
    }
    removeOverlaps(fence, frozen, 1);
    QVERIFY(nearest(fence) >= minimumSpacing);
    std::vector<Point> far{{1e6F, 1e6F}, {1e6F, 1e6F}};
    removeOverlaps(far, {}, 1);
    QVERIFY(nearest(far) >= 2);
  }

  void stoppingAndWatching() {
    const auto network = sheetNet(30);
    std::stop_source stop;
    double last = -1;
    int calls = 0;
    LayoutWatch watch{.stop = stop.get_token(), .progress = [&](double share, std::span<const Point> places) {
                        QVERIFY(share > last && share <= 1);
                        QCOMPARE(places.size(), 900U);
                        last = share;
                        if (++calls == 20) stop.request_stop();
                      }};
    const auto stopped = *arrange(*findLayout("force"), network.input(), watch);
    QCOMPARE(calls, 20);
    QVERIFY(nearest(stopped) >= 2);
    watch.stop = {};
    calls = 0;
    last = -1;
    QVERIFY(arrange(*findLayout("force"), network.input(), watch).has_value());
    QVERIFY(calls > 20 && calls <= 201);
  }

  void sameInputSamePlaces() {
    const auto network = randomNet(300, 3);
    QVERIFY(arranged("force", network.input()) == arranged("force", network.input()));
    auto other = network.input();
    other.seed = 2;
    QVERIFY(arranged("force", network.input()) != arranged("force", other));
  }

  void tenThousandNeuronsTakeSeconds() {
    const auto network = randomNet(10'000, 10);
    const auto start = std::clock();
    const auto places = arranged("force", network.input());
    const double taken = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    qInfo("10,000 neurons, %zu links: %.2f s of CPU", network.targets.size(), taken);
    QVERIFY(nearest(places) >= 2);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    QVERIFY2(taken < 10, qPrintable(QString::number(taken)));
#endif
  }

  void badInputIsRefused() {
    auto network = ringNet(3);
    const std::vector<Role> two(2, Role::Inter);
    auto input = network.input();
    input.roles = two;
    QVERIFY(!arrange(*findLayout("role"), input).has_value());
    network.positions[1].x = NAN;
    const auto refused = arrange(*findLayout("force"), network.input());
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().where, std::string("row 1"));
    network.positions[1].x = 1e7F;
    QVERIFY(!arrange(*findLayout("ring"), network.input()).has_value());
  }
};

QTEST_GUILESS_MAIN(LayoutTest)
#include "tst_layout.moc"
