#include <QtTest>

#include <cmath>

#include "core/denormals.h"
#include "core/elementary.h"
#include "core/random.h"
#include "tests/dynamics/synann_net.h"

using namespace plexarium;
using namespace plexarium::synann;

namespace {

bool near(double one, double other, double tolerance = 1e-12) { return std::abs(one - other) <= tolerance; }

#define NEAR(one, other) \
  QVERIFY2(near(one, other), qPrintable(QString("%1, not %2").arg(one, 0, 'g', 17).arg(other, 0, 'g', 17)))

/// One synapse: S(x, y) with a gain.
struct Synapse {
  Synapse(double x, double y, double alpha, double beta, double gain = 1) {
    const auto plus = net.input(x);
    const auto minus = net.input(y);
    out = net.add({.gain = gain});
    net.excite(plus, out, alpha);
    net.inhibit(minus, out, beta);
    inhibiting = {minus, out};
    net.build();
    net.step();
  }
  double value() { return net.value(out); }

  Net net;
  NeuronId out;
  LinkKey inhibiting{};
};

double odds(double p) { return p / (1 - p); }
double surprisalConjugate(double z) { return -std::log(-std::expm1(-z)); }  // G

}  // namespace

/// What one neuron makes of what it reads, and in what order neurons do.
class TestSynannRules : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { flush_ = std::make_unique<FlushDenormals>(); }
  void elementaryFunctions();
  void workedByHand();
  void joins();
  void theSwapIdentity();
  void occupationIsOdds();
  void swapRatio();
  void surprisalsCommute();
  void logicalGates();
  void delays();
  void time();
  void logisticMap_data();
  void logisticMap();
  void heldAndKicked();
  void firing();
  void appearance();
  void views();
  void silencedAndUnsettled();

 private:
  std::unique_ptr<FlushDenormals> flush_;
};

void TestSynannRules::elementaryFunctions() {
  for (double x = -690; x < 690; x += 0.37) {
    QVERIFY2(std::abs(exponential(x) / std::exp(x) - 1) < 1e-14, qPrintable(QString::number(x)));
  }
  QCOMPARE(exponential(0), 1.0);
  for (double x = 1e-300; x < 1e300; x *= 1.7) {
    QVERIFY2(std::abs(logarithm(x) - std::log(x)) <= 1e-15 * std::max(1.0, std::abs(std::log(x))),
             qPrintable(QString::number(x)));
  }
  QCOMPARE(logarithm(1), 0.0);
}

void TestSynannRules::workedByHand() {
  // 0.8 * 0.5 * (1 - 0.6 * 0.25) = 0.34
  Synapse one(0.5, 0.25, 0.8, 0.6);
  NEAR(one.value(), 0.34);
  NEAR(one.net.value(one.out, neuron::Excitation), 0.4);
  NEAR(one.net.value(one.out, neuron::Survival), 0.85);
  NEAR(one.net.value(one.out, neuron::Surprisal), -std::log(0.34));
  NEAR(one.net.value(one.out, neuron::Odds), 0.34 / 0.66);
  NEAR(Synapse(0.5, 0.25, 0.8, 0.6, 2).value(), 0.68);
  NEAR(Synapse(0.9, 0.25, 1, 0.6, 4).value(), 1.0);  // kept at 1
  NEAR(Synapse(1, 1, 1, 1).value(), 0.0);
}

void TestSynannRules::joins() {
  const auto joined = [](Join join, double bias) {
    Net net;
    const auto a = net.input(0.5);
    const auto b = net.input(0.4);
    const auto c = net.input(0.2);
    const auto out = net.add({.bias = bias, .join = join});
    net.excite(a, out, 1);
    net.excite(b, out, 0.5);
    net.inhibit(c, out, 0.5);
    net.build();
    net.step();
    return net.value(out);
  };
  NEAR(joined(Join::Or, 0), (1 - 0.5 * 0.8) * 0.9);
  NEAR(joined(Join::And, 0), 0.5 * 0.2 * 0.9);
  NEAR(joined(Join::Sum, 0), 0.7 * 0.9);
  NEAR(joined(Join::Or, 0.3), (1 - 0.7 * 0.5 * 0.8) * 0.9);
  NEAR(joined(Join::And, 0.3), (1 - 0.7 * 0.9) * 0.9);
  NEAR(joined(Join::Sum, 0.3), (1 - 0.7 * 0.3) * 0.9);
  // Nothing joins to nothing, whatever the way.
  for (const auto join : {Join::Or, Join::And, Join::Sum}) {
    Net net;
    const auto out = net.add({.join = join});
    net.build();
    net.step();
    QCOMPARE(net.value(out), 0.0);
  }
}

/// S(x, y) / S(y, x) = odds(b x) / odds(b y), whatever the gain.
void TestSynannRules::theSwapIdentity() {
  const RandomStream random(4, 4);
  for (std::uint64_t k = 0; k < 200; ++k) {
    const auto draw = [&](std::uint32_t n) { return 0.02 + 0.96 * random.uniform(k, n); };
    const double x = draw(0);
    const double y = draw(1);
    const double b = draw(2);
    const double alpha = draw(3);
    const double ratio = Synapse(x, y, alpha, b).value() / Synapse(y, x, alpha, b).value();
    QVERIFY(near(ratio / (odds(b * x) / odds(b * y)), 1));
  }
}

/// The occupation of a link, which is also -d ln p / d ln w of an inhibited target, is the Bose-Einstein distribution of its
/// energy u with chemical potential ln b at temperature 1.
void TestSynannRules::occupationIsOdds() {
  const RandomStream random(5, 5);
  for (std::uint64_t k = 0; k < 100; ++k) {
    const double y = 0.01 + 0.98 * random.uniform(k, 0);
    const double b = 0.01 + 0.98 * random.uniform(k, 1);
    Synapse synapse(0.7, y, 0.9, b);
    const double occupation = synapse.net.value(synapse.inhibiting, link::Occupation);
    QVERIFY(near(occupation / odds(b * y), 1));
    QVERIFY(near(occupation * std::expm1(-std::log(y) - std::log(b)), 1, 1e-10));
    const double step = 1e-6;
    const double up = Synapse(0.7, y, 0.9, std::min(1.0, b * (1 + step))).value();
    const double down = Synapse(0.7, y, 0.9, b * (1 - step)).value();
    QVERIFY(near((std::log(up) - std::log(down)) / (std::log1p(step) - std::log1p(-step)), -occupation,
                 1e-8 * std::max(1.0, occupation)));
  }
  QCOMPARE(Synapse(1, 1, 1, 1).net.value(LinkKey{{2}, {3}}, link::Occupation), 1e6);  // not infinite
}

/// What an inhibiting link tells of the exchange, by hand and against the exchange itself.
void TestSynannRules::swapRatio() {
  // odds(0.6 * 0.5) / odds(0.6 * 0.25) = (0.3 / 0.7) / (0.15 / 0.85)
  Synapse one(0.5, 0.25, 0.8, 0.6);
  NEAR(one.net.value(one.inhibiting, link::SwapRatio), 0.3 * 0.85 / (0.7 * 0.15));
  NEAR(one.value() / Synapse(0.25, 0.5, 0.8, 0.6).value(), 0.3 * 0.85 / (0.7 * 0.15));
  QCOMPARE(one.net.value(LinkKey{{1}, {3}}, link::SwapRatio), 1.0);  // the exciting link
  const RandomStream random(7, 7);
  for (std::uint64_t k = 0; k < 100; ++k) {
    const auto draw = [&](std::uint32_t n) { return 0.02 + 0.96 * random.uniform(k, n); };
    const double x = draw(0), y = draw(1), b = draw(2), alpha = draw(3);
    Synapse synapse(x, y, alpha, b);
    const double ratio = synapse.net.value(synapse.inhibiting, link::SwapRatio);
    QVERIFY(near(ratio / (odds(b * x) / odds(b * y)), 1));
    QVERIFY(near(synapse.value() / ratio / Synapse(y, x, alpha, b).value(), 1));
  }
  const auto ratioOf = [](double x, double y, double b) {
    Synapse synapse(x, y, 1, b);
    return synapse.net.value(synapse.inhibiting, link::SwapRatio);
  };
  QCOMPARE(ratioOf(0, 0, 0.5), 1.0);
  QCOMPARE(ratioOf(0, 0.5, 0.5), 0.0);
  QCOMPARE(ratioOf(0.5, 0, 0.5), 1e6);  // not infinite
  NEAR(ratioOf(0.5, 0.25, 0), 2.0);
  // Two exciting links: there is no one to exchange with.
  Net net;
  const auto out = net.add({});
  const auto inhibiting = net.input(0.3);
  for (int k = 0; k < 2; ++k) net.excite(net.input(0.6), out);
  net.inhibit(inhibiting, out, 0.5);
  net.build();
  net.step();
  QCOMPARE(net.value(LinkKey{inhibiting, out}, link::SwapRatio), 1.0);
}

/// v = theta + u + sum G(gamma + u), and I(1 - x) = G(I(x)).
void TestSynannRules::surprisalsCommute() {
  const RandomStream random(6, 6);
  for (std::uint64_t k = 0; k < 100; ++k) {
    const double x = 0.02 + 0.96 * random.uniform(k, 0);
    QVERIFY(near(-std::log1p(-x), surprisalConjugate(-std::log(x)), 1e-10));
    Net net;
    const auto exciting = net.input(x);
    const auto out = net.add({});
    net.excite(exciting, out, 0.6);
    double wanted = -std::log(0.6) - std::log(x);
    for (std::uint32_t j = 1; j <= 5; ++j) {
      const double y = 0.02 + 0.96 * random.uniform(k, j);
      const double b = 0.02 + 0.96 * random.uniform(k, 10 + j);
      const auto inhibiting = net.input(y);
      net.inhibit(inhibiting, out, b);
      wanted += surprisalConjugate(-std::log(b) - std::log(y));
    }
    net.build();
    net.step();
    QVERIFY(near(net.value(out, neuron::Surprisal), wanted, 1e-10));
  }
}

/// Boolean algebra of synapses.
void TestSynannRules::logicalGates() {
  for (const double x : {0.0, 1.0}) {
    for (const double y : {0.0, 1.0}) {
      Net net;
      const auto a = net.input(x);
      const auto b = net.input(y);
      const auto both = net.add({.join = Join::And});
      const auto any = net.add({});
      const auto notB = net.add({.bias = 1});
      const auto onlyA = net.add({});
      const auto onlyB = net.add({});
      const auto one = net.add({});
      for (const auto gate : {both, any}) {
        net.excite(a, gate);
        net.excite(b, gate);
      }
      net.inhibit(b, notB);
      net.excite(a, onlyA);
      net.inhibit(b, onlyA);
      net.excite(b, onlyB);
      net.inhibit(a, onlyB);
      net.excite(onlyA, one);
      net.excite(onlyB, one);
      net.build();
      net.step();
      QCOMPARE(net.value(both), x * y);
      QCOMPARE(net.value(any), std::max(x, y));
      QCOMPARE(net.value(notB), 1 - y);
      QCOMPARE(net.value(one), x != y ? 1.0 : 0.0);
    }
  }
}

void TestSynannRules::delays() {
  Net net;
  const auto in = net.input(0);
  const auto late = net.add({});
  const auto clock = net.add({.bias = 1});
  net.excite(in, late, 1, 3);
  net.inhibit(clock, clock, 1, 4);
  net.build();
  std::vector<double> seen;
  std::vector<double> beats;
  for (int tick = 0; tick < 24; ++tick) {
    net.stimulate(in, tick * 0.01);
    net.step();
    seen.push_back(net.value(late));
    beats.push_back(net.value(clock));
  }
  for (int tick = 3; tick < 24; ++tick) QCOMPARE(seen[static_cast<std::size_t>(tick)], (tick - 3) * 0.01);
  for (std::size_t tick = 0; tick < 24; ++tick) QCOMPARE(beats[tick], tick / 4 % 2 == 0 ? 1.0 : 0.0);
}

/// In time mode everybody reads what was a tick ago, but inputs are there at once.
void TestSynannRules::time() {
  Net net;
  net.set(parameter::Mode, 1);
  const auto in = net.input(0.5);
  const auto first = net.add({});
  const auto second = net.add({});
  net.excite(in, first);
  net.excite(first, second);
  net.build();
  net.step();
  QCOMPARE(net.value(first), 0.5);
  QCOMPARE(net.value(second), 0.0);
  net.stimulate(in, 1);
  net.step();
  QCOMPARE(net.value(first), 1.0);
  QCOMPARE(net.value(second), 0.5);
  net.set(parameter::Damping, 0.75);
  net.stimulate(in, 0);
  net.step();
  QCOMPARE(net.value(first), 0.75);
  QCOMPARE(net.value(second), 0.75 * 0.5 + 0.25 * 1);
}

void TestSynannRules::logisticMap_data() {
  QTest::addColumn<double>("alpha");
  QTest::addColumn<int>("period");
  QTest::newRow("2") << 2.0 << 1;
  QTest::newRow("2.9") << 2.9 << 1;
  QTest::newRow("3.2") << 3.2 << 2;
  QTest::newRow("3.5") << 3.5 << 4;
}

/// Both synapses get both outputs, one at each pin.
void TestSynannRules::logisticMap() {
  QFETCH(double, alpha);
  QFETCH(int, period);
  Net net;
  net.set(parameter::Mode, 1);
  const auto x = net.add({.probability = 0.3, .gain = alpha});
  const auto y = net.add({.probability = 0.7, .gain = alpha});
  for (const auto out : {x, y}) {
    net.excite(x, out);
    net.inhibit(y, out);
  }
  net.build();
  net.step();
  double expected = alpha * 0.3 * 0.3;
  for (int tick = 0; tick < 20; ++tick) {
    NEAR(net.value(x), expected);
    QCOMPARE(net.value(x), net.value(y));
    net.step();
    expected = alpha * expected * (1 - expected);
  }
  net.step(3000);
  std::vector<double> orbit;
  for (int tick = 0; tick < 16; ++tick, net.step()) orbit.push_back(net.value(x));
  int found = 1;
  while (found < 16 && std::abs(orbit[static_cast<std::size_t>(found)] - orbit[0]) > 1e-6) ++found;
  QCOMPARE(found, period);
  if (period == 1) QVERIFY(near(orbit[0], 1 - 1 / alpha, 1e-6));
}

void TestSynannRules::heldAndKicked() {
  for (const double mode : {0.0, 1.0}) {
    Net net;
    net.set(parameter::Mode, mode);
    const auto in = net.input(0.25);
    const auto out = net.add({});
    net.excite(in, out);
    net.build();
    net.step();
    QCOMPARE(net.value(out), 0.25);
    net.stimulate(out, 0.9);  // for one tick
    net.step();
    QCOMPARE(net.value(out), 0.9);
    net.step();
    QCOMPARE(net.value(out), 0.25);
    net.model.graph.setNeuronValue(1, neuron::Held, 1);
    net.model.graph.setNeuronValue(1, neuron::Probability, 0.6);
    net.dynamics->edited(*net.network, {.neuronValues = true});
    net.step(3);
    QCOMPARE(net.value(out), 0.6);
    net.stimulate(out, 0.8);  // until the next
    net.step(3);
    QCOMPARE(net.value(out), 0.8);
    net.stimulate(NeuronId{77}, 0.8);  // nobody
    net.step();
  }
}

void TestSynannRules::firing() {
  Net net;
  const auto in = net.input(0.3);
  const auto out = net.add({});
  net.excite(in, out, 0.5);
  net.build();
  int fires = 0;
  for (int tick = 0; tick < 20000; ++tick) {
    net.step();
    fires += net.model.graph.lastFired()[1] == tick ? 1 : 0;
  }
  QVERIFY2(std::abs(fires - 3000) < 6 * std::sqrt(3000 * 0.85), qPrintable(QString::number(fires)));
  net.dynamics->publish(*net.network, nullptr);
  QCOMPARE(net.model.graph.lastCarried(0), net.model.graph.lastFired()[0]);
  net.set(parameter::Firing, static_cast<double>(Firing::Rising));
  net.setWeight({in, out}, 1);
  for (const double level : {0.2, 0.6, 0.7, 0.2, 0.5}) {
    const auto tick = net.network->tick;
    net.stimulate(in, level);
    net.step();
    QCOMPARE(net.model.graph.lastFired()[1] == tick, level == 0.6 || level == 0.5);
  }
}

void TestSynannRules::appearance() {
  Net net;
  const auto in = net.input(0.3);
  const auto out = net.add({.bias = 0.5});
  const auto free = net.add({.bias = 0.2});
  net.inhibit(in, out, 0.5);
  net.excite(in, free, 0.25, 2);
  net.build();
  net.step(4);
  Appearance seen;
  net.dynamics->publish(*net.network, &seen);
  QCOMPARE(seen.level,
           std::vector<float>({0.3F, static_cast<float>(0.5 * 0.85), static_cast<float>(1 - 0.8 * (1 - 0.075))}));
  QCOMPARE(seen.store, std::vector<float>({-1, 0.85F, -1}));
  QCOMPARE(seen.phase, std::vector<std::uint8_t>({2, 0, 0}));
  QCOMPARE(seen.linkStyle, std::vector<std::uint8_t>({1, 2}));
  QCOMPARE(seen.linkStrength, std::vector<float>({0.5F, 0.25F}));
  QCOMPARE(seen.progress, std::vector<float>({-1, -1, -1}));
}

void TestSynannRules::views() {
  Net net;
  net.input(std::exp(-2.5));
  net.input(0.5);
  net.input(0);
  net.build();
  Appearance seen;
  net.set(parameter::Shown, 1);
  net.dynamics->publish(*net.network, &seen);
  QVERIFY(near(seen.level[0], 0.5, 1e-6) && seen.level[2] == 1);
  net.set(parameter::Shown, 2);
  net.dynamics->publish(*net.network, &seen);
  QVERIFY(near(seen.level[1], 0.5, 1e-6) && seen.level[2] == 0);
}

void TestSynannRules::silencedAndUnsettled() {
  Net net;
  const auto in = net.input(1);
  const auto out = net.add({.bias = 1});
  net.inhibit(in, out, 1);
  const auto swings = net.add({.bias = 1, .gain = 4});  // 4 (1 - 0.9 p), kept at 1: 1, 0.4, 1 ...
  net.inhibit(swings, swings, 0.9);
  net.build();
  net.step();
  Appearance seen;
  net.dynamics->publish(*net.network, &seen);
  QCOMPARE(seen.phase, std::vector<std::uint8_t>({2, 3, 4}));
  QCOMPARE(net.metrics[metric::Silenced], 1.0);
  QCOMPARE(net.metrics[metric::Unsettled], 1.0);
  QCOMPARE(net.metrics[metric::Sweeps], 50.0);
  QVERIFY(net.metrics[metric::Residual] > 0.5);
  net.set(parameter::Damping, 0.8);  // 4 (1 - 0.9 p) = p
  net.step();
  QCOMPARE(net.metrics[metric::Unsettled], 0.0);
  QVERIFY(near(net.value(swings), 4 / 4.6, 1e-5));
}

QTEST_GUILESS_MAIN(TestSynannRules)
#include "tst_synann_rules.moc"
