// Wiring patterns against hand-worked cases, against their own statistics and against bad requests.

#include <QTest>
#include <chrono>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "core/graph/wiring.h"

using namespace plexarium;

namespace {

std::vector<NeuronId> neurons(std::uint32_t count, std::uint32_t first = 1) {
  std::vector<NeuronId> ids;
  for (std::uint32_t k = 0; k < count; ++k) ids.push_back({first + k});
  return ids;
}

std::set<std::pair<unsigned, unsigned>> pairs(const LinkTable& table) {
  std::set<std::pair<unsigned, unsigned>> found;
  for (const auto key : table.keys) found.insert({key.from.value, key.to.value});
  return found;
}
using Pairs = std::set<std::pair<unsigned, unsigned>>;

Result<LinkTable> wireBy(const char* key, WiringRequest request, const std::vector<double>& values) {
  request.values = values;
  return wire(*findWiringPattern(key), request);
}

std::map<unsigned, int> fanOuts(const LinkTable& table) {
  std::map<unsigned, int> count;
  for (const auto link : table.keys) ++count[link.from.value];
  return count;
}

/// A square lattice of points `spacing` apart.
std::vector<Point> sheet(int side, float spacing) {
  std::vector<Point> points;
  for (int k = 0; k < side * side; ++k) {
    points.push_back({spacing * static_cast<float>(k % side), spacing * static_cast<float>(k / side)});
  }
  return points;
}

}  // namespace

class WiringTest : public QObject {
  Q_OBJECT

 private slots:
  void tablesAreComplete() {
    std::set<std::string> keys;
    for (const auto& pattern : wiringPatterns()) {
      QVERIFY(keys.insert(pattern.key).second);
      QVERIFY(!pattern.label.empty() && !pattern.help.empty() && pattern.links != nullptr);
      QCOMPARE(findWiringPattern(pattern.key), &pattern);
      for (const auto& field : pattern.fields) {
        QVERIFY2(checkValue(field, field.initial).has_value(), field.key.c_str());
        QVERIFY(!field.label.empty() && !field.help.empty());
      }
    }
    QVERIFY(keys.size() >= 7);
    QVERIFY(findWiringPattern("spaghetti") == nullptr);
  }

  void everyPatternIsDeterministicSortedUniqueAndInside() {
    const auto ids = neurons(60, 5);
    const auto points = sheet(8, 5);
    for (const auto& pattern : wiringPatterns()) {
      const auto values = initialValues(pattern.fields);
      WiringRequest request{.sources = ids, .values = values, .seed = 7};
      if (!pattern.withinOneGroup) request.targets = ids;
      request.sourcePositions = request.targetPositions = std::span(points).first(60);
      const auto first = wire(pattern, request);
      const auto second = wire(pattern, request);
      QVERIFY2(first.has_value(), pattern.key.c_str());
      QVERIFY(first->keys == second->keys);
      QVERIFY(std::ranges::is_sorted(first->keys));
      QVERIFY(std::ranges::adjacent_find(first->keys) == first->keys.end());
      QVERIFY(pattern.key == "one_to_one" || !first->keys.empty());
      for (const auto key : first->keys) {
        QVERIFY(key.from != key.to);
        QVERIFY(key.from.value >= 5 && key.from.value < 65 && key.to.value >= 5 && key.to.value < 65);
      }
    }
  }

  void ringOfThree() {
    const std::vector<NeuronId> ids{{9}, {2}, {4}};
    const auto circle = wireBy("ring_lattice", {.sources = ids}, {1, 0});
    QCOMPARE(pairs(*circle), (Pairs{{9, 2}, {2, 4}, {4, 9}}));
    const auto both = wireBy("ring_lattice", {.sources = ids}, {1, 1});
    QCOMPARE(both->keys.size(), 6U);
    QVERIFY(!wireBy("ring_lattice", {.sources = ids}, {2, 1}).has_value());
    QVERIFY(wireBy("ring_lattice", {}, {1, 0})->keys.empty());
  }

  void ringLatticeReachesAheadAndBehind() {
    const auto ids = neurons(6);
    const auto lattice = wireBy("ring_lattice", {.sources = ids}, {2, 1});
    Pairs expected;
    for (unsigned k = 0; k < 6; ++k) {
      for (const unsigned offset : {1U, 2U, 5U}) expected.insert({k + 1, (k + offset) % 6 + 1});
    }
    QCOMPARE(pairs(*lattice), expected);
  }

  void oneToOneAndAllToAll() {
    const std::vector<NeuronId> a{{1}, {2}};
    const std::vector<NeuronId> b{{2}, {3}};
    const std::vector<NeuronId> swapped{{3}, {2}};
    QCOMPARE(pairs(*wireBy("one_to_one", {.sources = a, .targets = b}, {0})), (Pairs{{1, 2}, {2, 3}}));
    QCOMPARE(pairs(*wireBy("one_to_one", {.sources = a, .targets = swapped}, {0})), (Pairs{{1, 3}}));
    QCOMPARE(pairs(*wireBy("one_to_one", {.sources = a, .targets = swapped}, {1})), (Pairs{{1, 3}, {2, 2}}));
    QCOMPARE(pairs(*wireBy("all_to_all", {.sources = a, .targets = b}, {0})), (Pairs{{1, 2}, {1, 3}, {2, 3}}));
    QCOMPARE(wireBy("all_to_all", {.sources = a, .targets = b}, {1})->keys.size(), 4U);
    QVERIFY(!wireBy("one_to_one", {.sources = a, .targets = std::span(b).first(1)}, {0}).has_value());
  }

  void existingLinksAreLeftOut() {
    Description description;
    Graph graph(description);
    NeuronTable table;
    for (const unsigned id : {2U, 3U, 5U, 8U}) {
      table.ids.push_back({id});
      table.names.emplace_back();
      table.roles.push_back(Role::Inter);
      table.positions.push_back({});
    }
    graph.addNeurons(table);
    LinkTable links{};
    links.keys = {{{2}, {5}}, {{5}, {3}}, {{5}, {8}}, {{8}, {8}}};
    graph.addLinks(links);
    const auto ids = table.ids;
    const auto others = wireBy("all_to_all", {.sources = ids, .targets = ids, .existing = topology(graph)}, {1});
    QCOMPARE(others->keys.size(), 12U);
    for (const auto key : others->keys) QVERIFY(!graph.link(key).has_value());
    graph.addLinks(*others);
    QCOMPARE(graph.linkCount(), 16U);
    // Neurons that the existing topology does not know are simply new.
    const std::vector<NeuronId> strangers{{1}, {9}};
    QCOMPARE(wireBy("all_to_all", {.sources = strangers, .targets = ids, .existing = topology(graph)}, {1})->keys.size(),
             8U);
  }

  void probabilityIsMet() {
    const auto ids = neurons(1000);
    const WiringRequest request{.sources = ids, .targets = ids, .seed = 3};
    for (const double probability : {0.001, 0.1, 0.9}) {
      const auto links = wireBy("random", request, {probability, 1});
      const double expected = probability * 1e6;
      const double deviation = std::sqrt(1e6 * probability * (1 - probability));
      QVERIFY(std::abs(static_cast<double>(links->keys.size()) - expected) < 5 * deviation);
      // Every column gets its share too: chi-squared over 1000 targets has mean 1000 and deviation 45.
      std::vector<double> fanIn(1000, 0);
      for (const auto key : links->keys) ++fanIn[key.to.value - 1];
      double chiSquared = 0;
      const double mean = 1000 * probability;
      for (const double count : fanIn) chiSquared += (count - mean) * (count - mean) / (mean * (1 - probability));
      QVERIFY2(std::abs(chiSquared - 1000) < 250, qPrintable(QString::number(chiSquared)));
    }
    QVERIFY(wireBy("random", request, {0, 1})->keys.empty());
    QCOMPARE(wireBy("random", request, {1, 0})->keys.size(), 999'000U);
    QVERIFY(wireBy("random", request, {0.1, 0})->keys !=
            wireBy("random", {.sources = ids, .targets = ids, .seed = 4}, {0.1, 0})->keys);
  }

  void fanOutIsExactAndEven() {
    const auto ids = neurons(200);
    const WiringRequest request{.sources = ids, .targets = ids};
    const auto links = wireBy("random_fan_out", request, {20, 0});
    for (const auto& [from, count] : fanOuts(*links)) QCOMPARE(count, 20);
    QCOMPARE(links->keys.size(), 4000U);
    std::vector<double> fanIn(200, 0);
    for (const auto key : links->keys) ++fanIn[key.to.value - 1];
    double chiSquared = 0;
    for (const double count : fanIn) chiSquared += (count - 20) * (count - 20) / (20 * 0.9);
    QVERIFY2(std::abs(chiSquared - 200) < 100, qPrintable(QString::number(chiSquared)));
    // All there are, and one more.
    QCOMPARE(wireBy("random_fan_out", request, {199, 0})->keys.size(), 199U * 200U);
    QVERIFY(!wireBy("random_fan_out", request, {200, 0}).has_value());
    QCOMPARE(wireBy("random_fan_out", request, {200, 1})->keys.size(), 200U * 200U);
  }

  void smallWorldKeepsFanOutAndMovesAShare() {
    const auto ids = neurons(1000);
    const WiringRequest request{.sources = ids, .seed = 11};
    const auto lattice = pairs(*wireBy("ring_lattice", request, {3, 2}));
    QCOMPARE(pairs(*wireBy("small_world", request, {3, 2, 0, 0})), lattice);
    const auto world = wireBy("small_world", request, {3, 2, 0.2, 0});
    for (const auto& [from, count] : fanOuts(*world)) QCOMPARE(count, 5);
    const auto moved = std::ranges::count_if(world->keys, [&](LinkKey key) {
      return !lattice.contains({key.from.value, key.to.value});
    });
    QVERIFY2(std::abs(static_cast<double>(moved) - 1000) < 5 * std::sqrt(5000 * 0.16), qPrintable(QString::number(moved)));
    // Full ring: nothing is left to move to but the place it came from.
    const auto few = neurons(5);
    QCOMPARE(wireBy("small_world", {.sources = few}, {2, 2, 1, 0})->keys.size(), 20U);
  }

  void distanceLawIsMet_data() {
    QTest::addColumn<double>("shape");
    QTest::newRow("exponential") << 0.0;
    QTest::newRow("gaussian") << 1.0;
  }
  void distanceLawIsMet() {
    QFETCH(double, shape);
    const auto ids = neurons(900);
    const auto points = sheet(30, 2);
    const WiringRequest request{
        .sources = ids, .targets = ids, .sourcePositions = points, .targetPositions = points, .seed = 5};
    const auto links = wireBy("distance", request, {shape, 0.8, 10, 0});
    std::map<double, std::pair<double, double>> byDistance;  // found, possible
    const auto distance = [&](std::size_t a, std::size_t b) {
      return std::floor(std::hypot(points[a].x - points[b].x, points[a].y - points[b].y) / 4) * 4;
    };
    double expected = 0;
    for (std::size_t a = 0; a < 900; ++a) {
      for (std::size_t b = 0; b < 900; ++b) {
        if (a == b) continue;
        const double lengths = std::hypot(points[a].x - points[b].x, points[a].y - points[b].y) / 10;
        const double chance = 0.8 * (shape != 0 ? std::exp(-lengths * lengths / 2) : std::exp(-lengths));
        byDistance[distance(a, b)].second += chance;
        expected += chance;
      }
    }
    for (const auto key : links->keys) ++byDistance[distance(key.from.value - 1, key.to.value - 1)].first;
    QVERIFY(std::abs(static_cast<double>(links->keys.size()) - expected) < 5 * std::sqrt(expected));
    for (const auto& [start, count] : byDistance) {
      if (count.second < 5) continue;
      QVERIFY2(std::abs(count.first - count.second) < 5 * std::sqrt(count.second) + 1, qPrintable(QString::number(start)));
    }
  }

  void distanceCostGoesWithLinks() {
    const auto ids = neurons(40'000);
    const auto points = sheet(200, 6);
    const WiringRequest request{.sources = ids, .targets = ids, .sourcePositions = points, .targetPositions = points};
    const auto start = std::chrono::steady_clock::now();
    const auto links = wireBy("distance", request, {0, 0.5, 6, 0});
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    QVERIFY(links->keys.size() > 100'000 && links->keys.size() < 150'000);    // about 2 pi 0.5 per neuron
    QVERIFY2(taken.count() < 8, qPrintable(QString::number(taken.count())));  // 1.6e9 pairs one by one take far longer
  }

  void coincidentNeuronsCanBeWired() {
    const auto ids = neurons(50);
    const std::vector<Point> points(50, Point{3, 3});
    const WiringRequest request{.sources = ids, .targets = ids, .sourcePositions = points, .targetPositions = points};
    QCOMPARE(wireBy("distance", request, {0, 1, 6, 1})->keys.size(), 2500U);
    QCOMPARE(wireBy("distance", request, {0, 0, 6, 1})->keys.size(), 0U);
    QVERIFY(wireBy("distance", {}, {0, 1, 6, 1})->keys.empty());
  }

  void badRequestsAreRefused() {
    const auto ids = neurons(4);
    const std::vector<NeuronId> twice{{1}, {2}, {1}};
    const WiringRequest good{.sources = ids, .targets = ids};
    QVERIFY(!wireBy("random", good, {0.5}).has_value());
    QVERIFY(!wireBy("random", good, {1.5, 0}).has_value());
    QVERIFY(!wireBy("random", good, {std::nan(""), 0}).has_value());
    const auto repeated = wireBy("random", {.sources = twice, .targets = ids}, {0.5, 0});
    QVERIFY(!repeated.has_value());
    QCOMPARE(repeated.error().where, std::string("sources"));
    QVERIFY(!wireBy("ring_lattice", {.sources = ids, .targets = std::span(ids).first(2)}, {1, 0}).has_value());
    QVERIFY(wireBy("ring_lattice", good, {1, 0}).has_value());
    QVERIFY(!wireBy("distance", good, {0, 1, 6, 0}).has_value());
    const std::vector<Point> lost(4, Point{INFINITY, 0});
    QVERIFY(
        !wireBy("distance", {.sources = ids, .targets = ids, .sourcePositions = lost, .targetPositions = lost}, {0, 1, 6, 0})
             .has_value());
  }

  void tooManyLinksAreRefusedAtOnce() {
    const auto ids = neurons(10'000);
    const WiringRequest request{.sources = ids, .targets = ids};
    for (const auto& [key, values] : std::map<const char*, std::vector<double>>{
             {"all_to_all", {0}}, {"random", {0.9, 0}}, {"random_fan_out", {9000, 0}}, {"ring_lattice", {9000, 0}}}) {
      const auto refused = wireBy(key, request, values);
      QVERIFY2(!refused.has_value(), key);
      QVERIFY(refused.error().what.find("50000000") != std::string::npos);
    }
  }
};

QTEST_GUILESS_MAIN(WiringTest)
#include "tst_wiring.moc"
