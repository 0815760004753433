#include <QtTest>

#include <cmath>

#include "core/denormals.h"
#include "core/dynamics/synann/learning.h"
#include "core/session/trainer.h"
#include "tests/dynamics/synann_net.h"

using namespace plexarium;
using namespace plexarium::synann;

namespace {

constexpr auto nothing = std::numeric_limits<double>::quiet_NaN();

double logit(double p) { return std::log(p / (1 - p)); }

/// One exciting and one inhibiting link to a motor neuron.
struct Taught {
  Taught() {
    plus = net.input(0.5);
    minus = net.input(0.4);
    out = net.add({.role = Role::Motor});
    net.excite(plus, out, 0.6);
    net.inhibit(minus, out, 0.3);
    net.build();
  }
  double weight(NeuronId from) { return net.value(LinkKey{from, out}, link::Weight); }
  double gradient(NeuronId from) { return net.value(LinkKey{from, out}, link::Gradient); }

  Net net;
  NeuronId plus, minus, out;
};

/// Trains on generated data and tests; the share that is right.
double accuracyAfter(Model model, const char* data, Tick ticks, double duration) {
  FeedPlan plan;
  plan.source.place = data;
  plan.split = {0.0, 0.25};
  plan.order = FeedOrder::Shuffled;  // in turn, a network in time would learn to alternate
  plan.duration = plan.examDuration = duration;
  std::vector<Feed> feeds;
  feeds.push_back(Feed::create(plan, openData(plan.source).value(), description()).value());
  auto simulation = Simulation::create(entry(), std::move(model)).value();
  simulation->feed(Feeder(std::move(feeds)));
  if (!train(*simulation, ticks) || !test(*simulation, Part::Test, 200).value_or(false)) qFatal("not trained");
  return simulation->feeding().feeder().feeds()[0].score(0, Part::Test).accuracy();
}

Model made(double neurons, double inputs, double outputs, double degree, bool cyclic, Mode mode, std::uint64_t seed) {
  const std::vector<double> values{neurons, inputs, outputs, degree, degree, cyclic ? 1.0 : 0.0, static_cast<double>(mode)};
  return createNetwork(values, seed).value();
}

}  // namespace

class TestSynannLearning : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { flush_ = std::make_unique<FlushDenormals>(); }
  void adamStepsOnLogits();
  void surprisalRuleIsThePapers();
  void lockedWeightsStay();
  void targetsAreChecked();
  void nothingIsLearntWithoutRest();
  void aCircuitLearnsXor_data();
  void aCircuitLearnsXor();
  void feedsTeach_data();
  void feedsTeach();
  void timeIsLearnt();

 private:
  std::unique_ptr<FlushDenormals> flush_;
};

void TestSynannLearning::adamStepsOnLogits() {
  Taught taught;
  taught.net.set(parameter::Rate, 0.1);
  QVERIFY(taught.net.learn({1}));
  taught.net.step();
  // p = 0.5 * 0.6 * (1 - 0.4 * 0.3) = 0.264: the first step of Adam is the rate, against the sign of the gradient.
  QVERIFY(std::abs(taught.net.metrics[metric::Loss] - 0.5 * 0.736 * 0.736) < 1e-12);
  QVERIFY(std::abs(taught.net.metrics[metric::Error] - 0.736) < 1e-12);
  QVERIFY(std::abs(taught.gradient(taught.plus) + 0.736 * 0.5 * 0.88) < 1e-12);
  QVERIFY(std::abs(taught.gradient(taught.minus) - 0.736 * 0.3 * 0.4) < 1e-12);
  QVERIFY(std::abs(logit(taught.weight(taught.plus)) - (logit(0.6) + 0.1)) < 1e-6);
  QVERIFY(std::abs(logit(taught.weight(taught.minus)) - (logit(0.3) - 0.1)) < 1e-6);
  // The second as the formulas say.
  const double w = taught.weight(taught.plus);
  const double slope = taught.net.value(LinkKey{taught.plus, taught.out}, link::Momentum) / 0.1;
  taught.net.step();
  const double next = taught.gradient(taught.plus) * w * (1 - w);
  const double m = (0.9 * 0.1 * slope + 0.1 * next) / (1 - 0.81);
  const double v = (0.999 * 0.001 * slope * slope + 0.001 * next * next) / (1 - 0.999 * 0.999);
  QVERIFY(std::abs(logit(taught.weight(taught.plus)) - (logit(w) - 0.1 * m / (std::sqrt(v) + 1e-8))) < 1e-10);
}

/// gamma += rate h n(gamma + u): energy u, occupation n, h = dL/dv at the target.
void TestSynannLearning::surprisalRuleIsThePapers() {
  Taught taught;
  taught.net.set(parameter::Rule, static_cast<double>(Rule::Surprisal));
  taught.net.set(parameter::Rate, 0.2);
  QVERIFY(taught.net.learn({1}));
  taught.net.step();
  const double p = taught.net.value(taught.out);
  const double h = -p * (p - 1);  // dL/dv = -p dL/dp
  const double gamma = -std::log(0.3);
  const double occupation = 1 / std::expm1(gamma - std::log(0.4));
  QVERIFY(std::abs(-std::log(taught.weight(taught.minus)) - (gamma + 0.2 * h * occupation)) < 1e-12);
  // theta has the gradient h itself.
  QVERIFY(std::abs(-std::log(taught.weight(taught.plus)) - (-std::log(0.6) - 0.2 * h)) < 1e-12);
}

void TestSynannLearning::lockedWeightsStay() {
  const auto learnt = [](auto change) {
    Taught taught;
    change(taught.net.model.graph);
    taught.net.build();
    if (!taught.net.learn({1})) qFatal("not taught");
    taught.net.step(5);
    return std::pair(taught.weight(taught.plus) != 0.6, taught.weight(taught.minus) != 0.3);
  };
  QCOMPARE(learnt([](Graph&) {}), std::pair(true, true));
  QCOMPARE(learnt([](Graph& graph) { graph.setLinkValue(0, link::Trainable, 0); }), std::pair(false, true));
  QCOMPARE(learnt([](Graph& graph) { graph.setNeuronValue(2, neuron::Plasticity, 0); }), std::pair(false, false));
  QCOMPARE(learnt([](Graph& graph) { graph.setNeuronValue(2, neuron::Held, 1); }), std::pair(false, false));
  // Weights drawn at the ends stay there until they learn, and then can come back.
  Taught taught;
  taught.net.setWeight({taught.minus, taught.out}, 1);
  taught.net.step();
  QCOMPARE(taught.weight(taught.minus), 1.0);
  taught.net.set(parameter::Rate, 0.5);
  QVERIFY(taught.net.learn({1}));
  taught.net.step(100);
  QVERIFY(taught.weight(taught.minus) < 0.1 && taught.weight(taught.plus) <= mostWeight);
}

void TestSynannLearning::targetsAreChecked() {
  Taught taught;
  QVERIFY(!taught.net.learn({1, 1}));
  QVERIFY(!taught.net.learn({1.1}));
  QVERIFY(!taught.net.learn({-0.1}));
  QVERIFY(taught.net.learn({nothing}));
  taught.net.step(3);
  QCOMPARE(taught.weight(taught.plus), 0.6);
  QVERIFY(taught.net.learn({1}));
  QVERIFY(taught.net.learn({}));
  taught.net.step(3);
  QCOMPARE(taught.weight(taught.plus), 0.6);
  QCOMPARE(taught.net.metrics[metric::Loss], 0.0);
}

void TestSynannLearning::nothingIsLearntWithoutRest() {
  Taught taught;
  const auto swings = taught.net.add({.bias = 1, .gain = 4});
  taught.net.inhibit(swings, swings, 1);
  taught.net.build();
  QVERIFY(taught.net.learn({1}));
  taught.net.step(3);
  QCOMPARE(taught.net.metrics[metric::Unsettled], 1.0);
  QVERIFY(taught.net.metrics[metric::Loss] > 0);
  QCOMPARE(taught.weight(taught.plus), 0.6);
}

void TestSynannLearning::aCircuitLearnsXor_data() {
  QTest::addColumn<int>("rule");
  QTest::addColumn<double>("rate");
  QTest::newRow("adam") << 0 << 0.05;
  QTest::newRow("surprisal") << 1 << 0.3;
}

/// Two synapses and an OR, with crossed pins: they find out which link to keep.
void TestSynannLearning::aCircuitLearnsXor() {
  QFETCH(int, rule);
  QFETCH(double, rate);
  Net net;
  net.set(parameter::Rule, rule);
  net.set(parameter::Rate, rate);
  net.set(parameter::Loss, static_cast<double>(LossKind::Binary));
  const auto a = net.input(0);
  const auto b = net.input(0);
  const auto one = net.add({});
  const auto other = net.add({});
  const auto out = net.add({.role = Role::Motor});
  net.excite(a, one, 0.6);
  net.inhibit(b, one, 0.4);
  net.excite(b, other, 0.5);
  net.inhibit(a, other, 0.5);
  net.excite(one, out, 0.5);
  net.excite(other, out, 0.6);
  net.build();
  double worst = 0;
  for (int sample = 0; sample < 6000; ++sample) {
    const double x = sample % 2;
    const double y = sample / 2 % 2;
    net.stimulate(a, x);
    net.stimulate(b, y);
    QVERIFY(net.learn({x != y ? 1.0 : 0.0}));
    net.step();
    if (sample >= 5996) worst = std::max(worst, net.metrics[metric::Error]);
  }
  QVERIFY2(worst < 0.05, qPrintable(QString::number(worst)));
}

void TestSynannLearning::feedsTeach_data() {
  QTest::addColumn<bool>("cyclic");
  QTest::addColumn<int>("mode");
  QTest::newRow("without loops") << false << 0;
  QTest::newRow("loops") << true << 0;
  QTest::newRow("time") << true << 1;
}

void TestSynannLearning::feedsTeach() {
  QFETCH(bool, cyclic);
  QFETCH(int, mode);
  double accuracy = 0;
  const bool time = mode == 1;
  const Tick duration = time ? 8 : 1;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    auto model = made(24, 4, 2, 4, cyclic, static_cast<Mode>(mode), seed);
    accuracy += accuracyAfter(std::move(model), "generator:halves", 2500 * duration, static_cast<double>(duration)) / 3;
  }
  qInfo("%.3f right", accuracy);
  QVERIFY2(accuracy > 0.95, qPrintable(QString::number(accuracy)));
}

/// The output is wanted as the input was three ticks ago: the chain must open all its links.
void TestSynannLearning::timeIsLearnt() {
  Net net;
  net.set(parameter::Mode, 1);
  net.set(parameter::Rate, 0.05);
  net.set(parameter::Window, 6);
  std::vector<NeuronId> chain{net.input(0)};
  for (int k = 0; k < 4; ++k) {
    chain.push_back(net.add({.role = k == 3 ? Role::Motor : Role::Inter}));
    net.excite(chain[chain.size() - 2], chain.back(), 0.5);
  }
  net.build();
  double early = 0;
  double late = 0;
  for (int tick = 0; tick < 2000; ++tick) {
    const auto wave = [](int at) { return at % 7 < 3 ? 1.0 : 0.0; };
    net.stimulate(chain[0], wave(tick));
    QVERIFY(net.learn({tick < 3 ? 0.0 : wave(tick - 3)}));
    net.step();
    const double error = net.metrics[metric::Error];
    if (tick < 100) early = std::max(early, error);
    if (tick >= 1900) late = std::max(late, error);
  }
  QVERIFY2(early > 0.8 && late < 0.05, qPrintable(QString("%1 %2").arg(early).arg(late)));
}

QTEST_GUILESS_MAIN(TestSynannLearning)
#include "tst_synann_learning.moc"
