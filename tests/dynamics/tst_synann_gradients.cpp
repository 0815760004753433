#include <QtTest>

#include <cmath>
#include <functional>

#include "core/denormals.h"
#include "core/dynamics/synann/learning.h"
#include "core/random.h"
#include "tests/dynamics/synann_net.h"

using namespace plexarium;
using namespace plexarium::synann;

namespace {

constexpr auto nothing = std::numeric_limits<double>::quiet_NaN();

/// How a gradient is checked.
struct Setting {
  Mode mode = Mode::Relax;
  bool cyclic = true;
  LossKind loss = LossKind::Square;
  double damping = 0;
  bool delays = false;
  int ticks = 1;
  double gain = 1;
};

/// A network with every join, some biases, and (where wanted) delays. Weights are away from 0 and 1, sums away from 1 and
/// outputs from 0, where there are no derivatives.
Model mixedNetwork(const Setting& setting, double neurons, double degree, std::uint64_t seed) {
  const std::vector<double> values{neurons, 4, 3, degree, degree, setting.cyclic ? 1.0 : 0.0, 0};
  auto model = createNetwork(values, seed).value();
  auto& graph = model.graph;
  const RandomStream random(seed, 8);
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    const bool motor = graph.roles()[row] == Role::Motor;
    graph.setNeuronValue(row, neuron::Join, motor ? 0 : random.below(3, row, 0));
    graph.setNeuronValue(row, neuron::Bias, motor || row % 3 == 0 ? 0.1 + 0.3 * random.uniform(row, 1) : 0);
    graph.setNeuronValue(row, neuron::Gain, setting.gain * (0.7 + 0.3 * random.uniform(row, 2)));
    graph.setNeuronValue(row, neuron::Probability, 0.1 + 0.8 * random.uniform(row, 3));
  }
  for (std::size_t l = 0; l < graph.linkCount(); ++l) {
    const bool adds = graph.neuronValues<std::uint8_t>(neuron::Join)[graph.targets()[l]] == 2;
    graph.setLinkValue(l, link::Weight,
                       adds ? 0.02 + 0.9 / degree * random.uniform(l, 5) : 0.1 + 0.6 * random.uniform(l, 5));
    if (setting.delays && random.below(3, l, 6) == 0) graph.setLinkValue(l, link::Delay, 1 + random.below(3, l, 7));
  }
  model.parameters[parameter::Mode] = static_cast<double>(setting.mode);
  model.parameters[parameter::Loss] = static_cast<double>(setting.loss);
  model.parameters[parameter::Damping] = setting.damping;
  model.parameters[parameter::Tolerance] = 1e-14;
  model.parameters[parameter::Sweeps] = 2000;
  model.parameters[parameter::Rate] = 0;
  model.parameters[parameter::Temperature] = 0.3;
  return model;
}

/// The loss after so many ticks of changing inputs.
double lossOf(Net& net, const Setting& setting) {
  if (!net.learn({0.9, nothing, 0.2})) qFatal("not taught");
  for (int tick = 0; tick < setting.ticks; ++tick) {
    for (std::uint32_t id = 1; id <= 4 && setting.ticks > 1; ++id)
      net.stimulate({id}, 0.5 + 0.4 * std::sin(3.0 * tick + id));
    net.step();
  }
  return net.metrics[metric::Loss];
}

/// Largest distance of the gradient of `links` links from a five-point difference, relative to the gradient or to a
/// thousandth of the largest one where that is more.
double worstError(const Setting& setting, const Model& model, std::size_t links) {
  Net net(model);
  lossOf(net, setting);
  net.dynamics->publish(*net.network, nullptr);
  const auto gradients = columnValues(net.model.graph.linkColumn(link::Gradient));
  double largest = 0;
  for (const double one : gradients) largest = std::max(largest, std::abs(one));
  const auto at = [&](std::size_t l, double by) {
    Model moved = model;
    moved.graph.setLinkValue(l, link::Weight, moved.graph.linkValues<double>(link::Weight)[l] + by);
    Net other(std::move(moved));
    return lossOf(other, setting);
  };
  double worst = 0;
  const auto stride = std::max<std::size_t>(1, gradients.size() / links);
  for (std::size_t l = 0; l < gradients.size(); l += stride) {
    constexpr double h = 4e-4;
    const double difference = (8 * (at(l, h) - at(l, -h)) - (at(l, 2 * h) - at(l, -2 * h))) / (12 * h);
    worst = std::max(worst, std::abs(gradients[l] - difference) / std::max(std::abs(difference), 1e-3 * largest));
  }
  return largest > 0 ? worst : 1;
}

}  // namespace

/// Every gradient against differences.
class TestSynannGradients : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { flush_ = std::make_unique<FlushDenormals>(); }
  void againstDifferences_data();
  void againstDifferences();
  void losses();
  void whereProductsAreZero();
  void largeCyclicGraph();
  void windowForgets();

 private:
  std::unique_ptr<FlushDenormals> flush_;
};

void TestSynannGradients::againstDifferences_data() {
  QTest::addColumn<int>("mode");
  QTest::addColumn<bool>("cyclic");
  QTest::addColumn<int>("loss");
  QTest::addColumn<double>("damping");
  QTest::addColumn<bool>("delays");
  QTest::addColumn<int>("ticks");
  for (int loss = 0; loss < 4; ++loss) {
    QTest::addRow("without loops, loss %d", loss) << 0 << false << loss << 0.0 << false << 1;
    QTest::addRow("loops, loss %d", loss) << 0 << true << loss << 0.0 << false << 1;
    QTest::addRow("time, loss %d", loss) << 1 << true << loss << 0.0 << false << 12;
  }
  QTest::addRow("loops, damped") << 0 << true << 0 << 0.5 << false << 1;
  QTest::addRow("loops, delays") << 0 << true << 0 << 0.0 << true << 1;
  QTest::addRow("time, damped") << 1 << true << 0 << 0.4 << false << 12;
  QTest::addRow("time, delays") << 1 << true << 0 << 0.0 << true << 12;
  QTest::addRow("time, delays, damped") << 1 << true << 1 << 0.3 << true << 9;
}

void TestSynannGradients::againstDifferences() {
  QFETCH(int, mode);
  QFETCH(bool, cyclic);
  QFETCH(int, loss);
  QFETCH(double, damping);
  QFETCH(bool, delays);
  QFETCH(int, ticks);
  double worst = 0;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const Setting setting{static_cast<Mode>(mode), cyclic, static_cast<LossKind>(loss), damping, delays, ticks};
    worst = std::max(worst, worstError(setting, mixedNetwork(setting, 20, 3, seed), 40));
  }
  qInfo("largest relative error %.1e", worst);
  QVERIFY2(worst < 1e-7, qPrintable(QString::number(worst)));
}

void TestSynannGradients::losses() {
  const std::vector<double> outputs{0.2, 0.7, 0.4, 0.9};
  const std::vector<double> targets{0, 1, nothing, 0.3};
  for (int kind = 0; kind < 4; ++kind) {
    std::vector<double> direct(4);
    std::vector<double> ignored(4);
    const auto at = [&](const std::vector<double>& moved) {
      return lack(static_cast<LossKind>(kind), 0.3, moved, targets, ignored).loss;
    };
    const auto found = lack(static_cast<LossKind>(kind), 0.3, outputs, targets, direct);
    QVERIFY(std::abs(found.error - (0.2 + 0.3 + 0.6) / 3) < 1e-12);
    QCOMPARE(direct[2], 0.0);
    for (std::size_t k = 0; k < 4; ++k) {
      auto up = outputs;
      auto down = outputs;
      up[k] += 1e-6;
      down[k] -= 1e-6;
      QVERIFY(std::abs(direct[k] - (at(up) - at(down)) / 2e-6) < 1e-8);
    }
  }
  std::vector<double> direct(4);
  const double nobody = lack(LossKind::Softmax, 0.3, outputs, std::vector<double>(4, nothing), direct).loss;
  QCOMPARE(nobody, 0.0);
  QCOMPARE(direct, std::vector<double>(4, 0.0));
  // At the ends nothing is infinite.
  for (int kind = 0; kind < 4; ++kind) {
    std::vector<double> two(2);
    const auto end = lack(static_cast<LossKind>(kind), 0.01, std::vector<double>{0, 1}, std::vector<double>{1, 0}, two);
    QVERIFY(std::isfinite(end.loss) && end.loss > 0 && std::isfinite(two[0]) && two[0] < 0 && two[1] > 0);
  }
}

/// The derivative of a product is right where one of its factors is 0.
void TestSynannGradients::whereProductsAreZero() {
  Net net;
  net.set(parameter::Rate, 0);
  const auto a = net.input(1);
  const auto b = net.input(0.5);
  const auto c = net.input(0);
  const auto out = net.add({.role = Role::Motor, .bias = 0.5});
  const auto both = net.add({.role = Role::Motor, .join = Join::And});
  net.inhibit(a, out, 1);
  net.inhibit(b, out, 0.5);
  net.excite(b, both, 0.5);
  net.excite(c, both, 0.5);
  net.excite(a, both, 0.5);
  net.build();
  QVERIFY(net.learn({1, 1}));
  net.step();
  QCOMPARE(net.value(out), 0.0);
  // L = (p - 1)^2 / 2, dL/dp = -1; dp/dw = -0.5 (1 - 0.5 * 0.5) x.
  QCOMPARE(net.value(LinkKey{a, out}, link::Gradient), 0.375);
  QCOMPARE(net.value(LinkKey{b, out}, link::Gradient), 0.0);
  QCOMPARE(net.value(LinkKey{c, both}, link::Gradient), 0.0);  // x is 0
  QCOMPARE(net.value(LinkKey{b, both}, link::Gradient), 0.0);
}

/// As the specification asks, and at the usual tolerance: good enough to learn by.
void TestSynannGradients::largeCyclicGraph() {
  Setting setting;
  auto model = mixedNetwork(setting, 150, 6, 7);
  const double exact = worstError(setting, model, 50);
  QVERIFY2(exact < 1e-7, qPrintable(QString::number(exact)));
  Net tight(model);
  lossOf(tight, setting);
  model.parameters[parameter::Tolerance] = 1e-6;
  model.parameters[parameter::Sweeps] = 50;
  Net usual(model);
  lossOf(usual, setting);
  QVERIFY(usual.metrics[metric::AdjointSweeps] > 0 && usual.metrics[metric::Unsettled] == 0);
  double largest = 0;
  double worst = 0;
  tight.dynamics->publish(*tight.network, nullptr);
  usual.dynamics->publish(*usual.network, nullptr);
  for (std::size_t l = 0; l < model.graph.linkCount(); ++l) {
    const double one = tight.model.graph.linkValues<double>(link::Gradient)[l];
    largest = std::max(largest, std::abs(one));
    worst = std::max(worst, std::abs(one - usual.model.graph.linkValues<double>(link::Gradient)[l]));
  }
  qInfo("exact %.1e; at the usual tolerance %.1e of the largest gradient", exact, worst / largest);
  QVERIFY(worst < 1e-4 * largest);
}

/// A window of one tick sees only the last step.
void TestSynannGradients::windowForgets() {
  for (const double window : {1.0, 2.0, 3.0}) {
    Net net;
    net.set(parameter::Mode, 1);
    net.set(parameter::Rate, 0);
    net.set(parameter::Window, window);
    std::vector<NeuronId> chain{net.input(1)};
    for (int k = 0; k < 3; ++k) {
      chain.push_back(net.add({.role = k == 2 ? Role::Motor : Role::Inter}));
      net.excite(chain[chain.size() - 2], chain.back(), 0.5);
    }
    net.build();
    QVERIFY(net.learn({1}));
    net.step(10);
    QVERIFY(net.value(LinkKey{chain[2], chain[3]}, link::Gradient) < 0);
    QCOMPARE(net.value(LinkKey{chain[1], chain[2]}, link::Gradient) < 0, window >= 2);
    QCOMPARE(net.value(LinkKey{chain[0], chain[1]}, link::Gradient) < 0, window >= 3);
  }
}

QTEST_GUILESS_MAIN(TestSynannGradients)
#include "tst_synann_gradients.moc"
