#include <QtTest>

#include <cmath>
#include <numeric>

#include "core/denormals.h"
#include "core/dynamics/synann/cell.h"
#include "core/dynamics/synann/order.h"
#include "core/random.h"
#include "tests/dynamics/synann_net.h"

using namespace plexarium;
using namespace plexarium::synann;

namespace {

Model randomNetwork(double neurons, double inputs, double exciting, double inhibiting, bool cyclic, std::uint64_t seed) {
  const std::vector<double> values{neurons, inputs, 0, exciting, inhibiting, cyclic ? 1.0 : 0.0, 0};
  auto model = createNetwork(values, seed).value();
  const RandomStream random(seed, 8);
  for (std::size_t l = 0; l < model.graph.linkCount(); ++l) model.graph.setLinkValue(l, link::Weight, random.uniform(l));
  for (std::size_t row = 0; row < static_cast<std::size_t>(inputs); ++row)
    model.graph.setNeuronValue(row, neuron::Probability, random.uniform(row, 1));
  return model;
}

/// How far the probabilities are from what they make of each other, worked out anew.
double distanceFromRest(const Model& model) {
  Circuit circuit;
  circuit.read(model.graph);
  std::vector<double> read(circuit.source.size());
  for (std::size_t k = 0; k < read.size(); ++k) read[k] = circuit.probability[circuit.source[k]];
  double distance = 0;
  for (std::size_t row = 0; row < circuit.count(); ++row) {
    if (circuit.held[row] == 0)
      distance = std::max(distance, std::abs(opening(circuit, row, read).probability - circuit.probability[row]));
  }
  return distance;
}

std::vector<std::vector<std::uint32_t>> componentsOf(const Order& order) {
  std::vector<std::vector<std::uint32_t>> all;
  for (std::size_t c = 0; c < order.components(); ++c) {
    all.emplace_back(order.rows.begin() + order.first[c], order.rows.begin() + order.first[c + 1]);
    std::ranges::sort(all.back());
  }
  return all;
}

}  // namespace

/// Networks with and without loops come to rest.
class TestSynannSettling : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { flush_ = std::make_unique<FlushDenormals>(); }

  /// 1 -> 2 <-> 3 -> 4 (itself) -> 5, 5 -> 2 with a delay; 6 held: 4 -> 6 -> 2.
  void components() {
    Net net;
    std::vector<NeuronId> ids{net.input(1)};
    for (int k = 0; k < 5; ++k) ids.push_back(net.add({}));
    const auto join = [&](std::size_t from, std::size_t to, double delay = 0) {
      net.excite(ids[from - 1], ids[to - 1], 0.5, delay);
    };
    join(1, 2);
    join(2, 3);
    join(3, 2);
    join(3, 4);
    join(4, 4);
    join(4, 5);
    join(5, 2, 1);
    join(4, 6);
    join(6, 2);
    net.model.graph.setNeuronValue(5, neuron::Held, 1);
    Circuit circuit;
    circuit.read(net.model.graph);
    const auto order = settlingOrder(circuit);
    QCOMPARE(componentsOf(order), (std::vector<std::vector<std::uint32_t>>{{1, 2}, {3}, {4}}));
    QCOMPARE(order.loops, std::vector<std::uint8_t>({1, 1, 0}));
  }

  /// A ring of a hundred thousand neurons is one component, found without recursion, and settles along its links.
  void longWays() {
    Model model = emptyModel(description());
    constexpr std::uint32_t count = 100'000;
    NeuronTable neurons;
    LinkTable links;
    neurons.values.resize(neuron::Count);
    for (std::uint32_t k = 1; k <= count; ++k) {
      neurons.ids.push_back({k});
      neurons.names.emplace_back();
      neurons.roles.push_back(Role::Inter);
      neurons.positions.push_back({});
      neurons.values[neuron::Bias].push_back(k == 77 ? 0.5 : 0);
      links.keys.push_back({{k}, {k % count + 1}});
    }
    model.graph.addNeurons(neurons);
    model.graph.addLinks(links);
    Net net(std::move(model));
    net.step();
    QVERIFY(net.metrics[metric::Sweeps] <= 3);
    QCOMPARE(net.metrics[metric::Unsettled], 0.0);
    QCOMPARE(net.value({80}), 0.0625);
  }

  void withoutLoopsEverybodyIsVisitedOnce() {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      Net net(randomNetwork(100, 10, 6, 6, false, seed));
      net.step();
      net.dynamics->publish(*net.network, nullptr);
      QCOMPARE(net.metrics[metric::Sweeps], 0.0);
      QCOMPARE(distanceFromRest(net.model), 0.0);
    }
  }

  void randomGraphsSettle() {
    int settled = 0;
    double sweeps = 0;
    double most = 0;
    constexpr std::array<std::pair<double, double>, 4> degrees{{{2, 1}, {5, 5}, {8, 12}, {20, 20}}};
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      const auto [exciting, inhibiting] = degrees[seed % 4];
      Net net(randomNetwork(150, 10, exciting, inhibiting, true, seed));
      net.step();
      net.dynamics->publish(*net.network, nullptr);
      const bool rests = net.metrics[metric::Unsettled] == 0;
      settled += rests ? 1 : 0;
      sweeps += net.metrics[metric::Sweeps] / 100;
      most = std::max(most, net.metrics[metric::Sweeps]);
      if (rests) QVERIFY2(distanceFromRest(net.model) < 1e-5, qPrintable(QString::number(distanceFromRest(net.model))));
    }
    qInfo("%d of 100 settled, %.1f sweeps on average, %.0f at most", settled, sweeps, most);
    QVERIFY(settled >= 99);
  }

  /// A network that has settled stays settled, and one sweep a tick gets there, too.
  void oneSweepATick() {
    const auto model = randomNetwork(150, 10, 8, 12, true, 3);
    Net whole(model);
    whole.set(parameter::Tolerance, 1e-12);
    whole.set(parameter::Sweeps, 1000);
    whole.step();
    const auto sweeps = whole.metrics[metric::Sweeps];
    whole.step();
    QCOMPARE(whole.metrics[metric::Sweeps], 1.0);
    Net single(model);
    single.set(parameter::Tolerance, 1e-12);
    single.set(parameter::Sweeps, 1);
    double before = 1;
    for (int tick = 0; tick < sweeps; ++tick) {
      QVERIFY(tick == 0 || single.metrics[metric::Unsettled] > 0);
      single.step();
      if (tick > 8) QVERIFY(single.metrics[metric::Residual] < before);
      before = single.metrics[metric::Residual];
    }
    QCOMPARE(single.metrics[metric::Unsettled], 0.0);
    for (std::uint32_t id = 1; id <= 150; ++id) QCOMPARE(single.value({id}), whole.value({id}));
  }

  /// Two stable states, and a kick chooses.
  void flipFlop() {
    Net net;
    const auto left = net.add({.bias = 0.2, .gain = 1.5});
    const auto right = net.add({.bias = 0.2, .gain = 1.5});
    for (const auto& [one, other] : {std::pair{left, right}, {right, left}}) {
      net.excite(one, one);
      net.inhibit(one, other);
    }
    net.build();
    for (const auto& [on, off] : {std::pair{right, left}, {left, right}, {left, right}, {right, left}}) {
      net.stimulate(on, 1);
      net.step(20);
      QCOMPARE(net.value(on), 1.0);
      QCOMPARE(net.value(off), 0.0);
      QCOMPARE(net.metrics[metric::Unsettled], 0.0);
    }
  }

 private:
  std::unique_ptr<FlushDenormals> flush_;
};

QTEST_GUILESS_MAIN(TestSynannSettling)
#include "tst_synann_settling.moc"
