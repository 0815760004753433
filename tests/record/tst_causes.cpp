#include <QtTest>

#include <algorithm>
#include <chrono>
#include <numeric>

#include "core/random.h"
#include "core/record/causes.h"

using namespace plexarium;

namespace {

/// A network of `neurons` neurons with ids 10, 20, ... and these links between rows.
struct Net {
  Net(std::size_t neurons, std::vector<std::pair<std::uint32_t, std::uint32_t>> links) : first(neurons + 1, 0) {
    std::ranges::sort(links);
    for (std::size_t row = 0; row < neurons; ++row) ids.push_back({static_cast<std::uint32_t>(10 * (row + 1))});
    for (const auto& [from, to] : links) {
      ++first[from + 1];
      targets.push_back(to);
    }
    std::partial_sum(first.begin(), first.end(), first.begin());
  }
  [[nodiscard]] Topology topology() const { return {ids, first, targets}; }

  std::vector<NeuronId> ids;
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> targets;
};

using Text = std::vector<QString>;
Text said(const std::vector<Cause>& causes) {
  Text text;
  for (const auto& cause : causes) {
    text.push_back(QString("%1@%2>%3@%4 %5")
                       .arg(cause.from.value)
                       .arg(cause.fired)
                       .arg(cause.to.value)
                       .arg(cause.target)
                       .arg(cause.part, 0, 'f', 3));
  }
  return text;
}

}  // namespace

class TestCauses : public QObject {
  Q_OBJECT

 private slots:
  void chain();
  void nearestWeighsMost();
  void whatCameBeforeTheLastFiringWasUsedUp();
  void loopsEnd();
  void limits();
  void nothingToExplain();
  void largeNetworksAreQuick();
};

void TestCauses::chain() {
  const Net net(4, {{0, 1}, {1, 2}, {2, 3}, {3, 1}});
  const std::vector<Spike> spikes{{1, {10}}, {4, {20}}, {4, {40}}, {9, {30}}, {12, {40}}, {13, {10}}};
  QCOMPARE(said(causesOf({40}, 12, spikes, net.topology())),
           (Text{"30@9>40@12 1.000", "20@4>30@9 1.000", "10@1>20@4 1.000"}));
}

void TestCauses::nearestWeighsMost() {
  const Net net(3, {{0, 2}, {1, 2}});
  const std::vector<Spike> spikes{{2, {10}}, {4, {20}}, {5, {30}}};
  const auto causes = causesOf({30}, 5, spikes, net.topology());
  QCOMPARE(said(causes), (Text{"20@4>30@5 0.750", "10@2>30@5 0.250"}));
  QCOMPARE(causes[0].share + causes[1].share, 1.0);
}

void TestCauses::whatCameBeforeTheLastFiringWasUsedUp() {
  const Net net(2, {{0, 1}});
  const std::vector<Spike> spikes{{1, {10}}, {3, {10}}, {3, {20}}, {6, {10}}, {7, {20}}};
  // Of the firing in tick 3 itself nobody knows whether it was used up.
  const auto causes = causesOf({20}, 7, spikes, net.topology());
  QVERIFY(std::ranges::none_of(causes, [](const Cause& cause) { return cause.target == 7 && cause.fired < 3; }));
  QCOMPARE(std::ranges::count(causes, Tick{7}, &Cause::target), 2);
  // A firing of the same tick explains nothing.
  QVERIFY(
      std::ranges::none_of(causesOf({20}, 3, spikes, net.topology()), [](const Cause& cause) { return cause.fired == 3; }));
}

void TestCauses::loopsEnd() {
  const Net net(2, {{0, 0}, {0, 1}, {1, 0}});
  std::vector<Spike> spikes;
  for (Tick tick = 0; tick < 1000; ++tick) spikes.push_back({tick, {tick % 2 == 0 ? 10U : 20U}});
  const auto causes = causesOf({20}, 999, spikes, net.topology(), {50, 10000});
  QVERIFY(!causes.empty());
  for (const auto& cause : causes) {
    QVERIFY(cause.fired >= 949 && cause.fired < cause.target && cause.target <= 999);
    QVERIFY(cause.part > 0 && cause.part <= 1);
  }
}

void TestCauses::limits() {
  const Net net(11, {{0, 10}, {1, 10}, {2, 10}, {3, 10}, {4, 10}, {5, 10}, {6, 10}, {7, 10}, {8, 10}, {9, 10}});
  std::vector<Spike> spikes;
  for (std::uint32_t k = 0; k < 10; ++k) spikes.push_back({Tick{k}, {10 * (k + 1)}});
  spikes.push_back({10, {110}});
  const auto three = causesOf({110}, 10, spikes, net.topology(), {100, 3});
  QCOMPARE(three.size(), std::size_t{3});
  QCOMPARE((std::vector{three[0].fired, three[1].fired, three[2].fired}), (std::vector<Tick>{9, 8, 7}));
  QCOMPARE(causesOf({110}, 10, spikes, net.topology(), {4, 100}).size(), std::size_t{4});
  QVERIFY(causesOf({110}, 10, spikes, net.topology(), {100, 0}).empty());
}

void TestCauses::nothingToExplain() {
  const Net net(2, {{0, 1}});
  const std::vector<Spike> spikes{{1, {10}}, {2, {99}}, {3, {20}}};
  QVERIFY(causesOf({20}, 2, spikes, net.topology()).empty());  // did not fire
  QVERIFY(causesOf({10}, 1, spikes, net.topology()).empty());  // nobody leads there
  QVERIFY(causesOf({99}, 2, spikes, net.topology()).empty());  // is gone
  QVERIFY(causesOf({20}, 3, {}, net.topology()).empty());
  const Net nobody(0, {});
  QVERIFY(causesOf({20}, 3, spikes, nobody.topology()).empty());
}

void TestCauses::largeNetworksAreQuick() {
  constexpr std::uint32_t neurons = 100000;
  const RandomStream random(5, 5);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> links;
  for (std::uint64_t k = 0; k < 1000000; ++k) links.emplace_back(random.below(neurons, k), random.below(neurons, k, 1));
  std::ranges::sort(links);
  links.erase(std::unique(links.begin(), links.end()), links.end());
  const Net net(neurons, links);
  std::vector<Spike> spikes;
  for (Tick tick = 0; tick < 100; ++tick) {
    for (std::uint64_t k = 0; k < 2000; ++k)
      spikes.push_back(
          {tick, net.ids[random.below(neurons, static_cast<std::uint64_t>(tick), static_cast<std::uint32_t>(k))]});
  }
  const auto began = std::chrono::steady_clock::now();
  const auto causes = causesOf(spikes.back().neuron, 99, spikes, net.topology());
  const auto time = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  QVERIFY(!causes.empty());
  qInfo("%zu causes among 1,000,000 links and %zu firings: %.0f ms", causes.size(), spikes.size(), time * 1e3);
  QVERIFY(time < 5);
}

QTEST_GUILESS_MAIN(TestCauses)
#include "tst_causes.moc"
