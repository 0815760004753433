#include <QtTest>

#include <cmath>

#include "core/dynamics/sorn/noise.h"
#include "tests/dynamics/sorn_net.h"

using namespace plexarium;
using namespace plexarium::sorn;

namespace {

bool near(double one, double other, double by = 1e-7) { return std::abs(one - other) <= by; }

std::vector<double> wish(sorn::Preset preset, double excitatory, double inputs = 0) {
  return {static_cast<double>(preset), excitatory, inputs, 0, 0.2, 0, 0, 0, 0, 0};
}

}  // namespace

/// Every rule by hand, in both precisions, and new networks.
class TestSornRules : public QObject {
  Q_OBJECT

 private slots:
  void firing_data() { precisions(); }
  void firing() {
    QFETCH(int, precision);
    Net net(static_cast<Precision>(precision));
    const auto a = net.add(Kind::Excitatory, 0.5, true);
    const auto b = net.add(Kind::Excitatory, 0.25);
    const auto c = net.add(Kind::Inhibitory, 0.125);
    const auto d = net.add(Kind::Excitatory, 0.25);
    net.link(a, b, 0.5);
    net.link(a, c, 0.25);
    net.link(a, d, 0.25);  // exactly the threshold: it does not fire
    net.link(c, b, 0.5);
    net.build();
    net.step();
    QVERIFY(!net.fires(a) && net.fires(b) && net.fires(c) && !net.fires(d));
    QCOMPARE(net.metrics[metric::Rate], 1.0 / 3);
    QCOMPARE(net.model.graph.lastFired()[1], Tick{0});
    net.input(b, 0.76);  // 0.76 - 0.5 is just above 0.25
    net.step();
    QVERIFY(net.fires(b) && net.value(b, neuron::Recurrent) == 0);
    QCOMPARE(net.value(b, neuron::Input), 0.0);
    net.step();
    QVERIFY(!net.fires(b));
  }

  void atTheThreshold() {
    Net net(Precision::Exact);
    const auto a = net.add(Kind::Excitatory, 0);
    net.set(parameter::AtThreshold, 1);
    net.build();
    net.step();
    QVERIFY(net.fires(a));
  }

  void inhibitionHearsTheSameTick() {
    for (const bool same : {false, true}) {
      Net net(Precision::Fast);
      const auto a = net.add(Kind::Excitatory, 0.5);
      const auto b = net.add(Kind::Inhibitory, 0.5);
      net.link(a, b, 1);
      net.set(parameter::Timing, static_cast<double>(same ? Timing::Same : Timing::Before));
      net.build();
      net.input(a, 1);
      net.step();
      QVERIFY(net.fires(a) && net.fires(b) == same);
      net.step();
      QVERIFY(net.fires(b) != same);
    }
  }

  void stdp_data() { precisions(); }
  void stdp() {
    QFETCH(int, precision);
    Net net(static_cast<Precision>(precision));
    const auto a = net.add(Kind::Excitatory, 0.5, true);
    const auto b = net.add(Kind::Excitatory, 0.5);
    const auto c = net.add(Kind::Excitatory, 0.5, true);
    net.link(a, b, 0.4);
    net.link(b, a, 0.4);
    net.link(a, c, 0.4);
    net.link(c, a, 0.004);
    net.link(a, a, 0.3);
    net.set(parameter::Stdp, 1);
    net.build();
    net.input(b, 1);
    net.input(c, 1);
    net.step();  // a and c fired before, b and c now
    QVERIFY(near(net.weight(a, b), 0.404));
    QVERIFY(near(net.weight(b, a), 0.396));
    QVERIFY(near(net.weight(a, c), 0.404));  // c fired in both, a before: it only gains
    QCOMPARE(net.weight(c, a), 0.0);         // down to 0: pruned, and the link is gone
    QVERIFY(near(net.weight(a, a), 0.3));
    QCOMPARE(net.metrics[metric::Pruned], 1.0);
    QCOMPARE(net.metrics[metric::LinksEE], 5.0);  // before plasticity, as the package reports
    QCOMPARE(net.model.graph.linkCount(), std::size_t{4});
    net.set(parameter::EtaStdp, 10);
    net.dynamics->edited(*net.network, {.parameters = true});
    net.input(a, 1);
    net.step();                          // b and c fired before, a now
    QVERIFY(near(net.weight(b, a), 1));  // no more than the largest weight
    QCOMPARE(net.weight(a, b), 0.0);
  }

  void thresholdsMove() {
    Net net(Precision::Exact);
    const auto a = net.add(Kind::Excitatory, 0.5);
    const auto b = net.add(Kind::Excitatory, 0.0005);
    net.set(parameter::Ip, 1);
    net.set(parameter::ThresholdMin, 0);
    net.build();
    net.input(a, 1);
    net.step();
    QVERIFY(near(net.value(a, neuron::Threshold), 0.509, 1e-15));
    QCOMPARE(net.value(b, neuron::Threshold), 0.0);
  }

  void inhibitionAdapts_data() { precisions(); }
  void inhibitionAdapts() {
    QFETCH(int, precision);
    for (const auto loss : {Loss::Prune, Loss::Floor}) {
      Net net(static_cast<Precision>(precision));
      const auto a = net.add(Kind::Excitatory, 0.5);
      const auto b = net.add(Kind::Excitatory, 0.5);
      const auto c = net.add(Kind::Excitatory, 0.5);
      const auto i = net.add(Kind::Inhibitory, 0.5, true);
      net.link(i, a, 0.3);
      net.link(i, b, 0.3);
      net.link(i, c, 0.0005);
      net.set(parameter::InhibitoryStdp, 1);
      net.set(parameter::InhibitoryLoss, static_cast<double>(loss));
      net.build();
      net.input(a, 1);
      net.step();
      QVERIFY(near(net.weight(i, a), 0.31) && near(net.weight(i, b), 0.299));
      QVERIFY(near(net.weight(i, c), loss == Loss::Floor ? 0.001 : 0));
      net.step();  // it was silent: nothing changes
      QVERIFY(near(net.weight(i, a), 0.31));
    }
  }

  void scaling_data() { precisions(); }
  void scaling() {
    QFETCH(int, precision);
    Net net(static_cast<Precision>(precision));
    const auto a = net.add(Kind::Excitatory, 0.5);
    const auto b = net.add(Kind::Excitatory, 0.5);
    const auto c = net.add(Kind::Excitatory, 0.5);
    const auto i = net.add(Kind::Inhibitory, 0.5);
    net.link(a, c, 0.1);
    net.link(b, c, 0.3);
    net.link(i, c, 5);
    net.link(a, i, 0.7);
    net.set(parameter::Scaling, 1);
    net.build();
    net.step();
    QVERIFY(near(net.weight(a, c), 0.25) && near(net.weight(b, c), 0.75) && near(net.weight(i, c), 1));
    QCOMPARE(net.weight(a, i), 0.7);  // what inhibitory neurons take in stays
  }

  /// What would have been 0/0 in the package: goes on, or falls silent where that is asked for.
  void lostInputs_data() { precisions(); }
  void lostInputs() {
    QFETCH(int, precision);
    for (const auto empty : {Empty::GoOn, Empty::FallSilent}) {
      Net net(static_cast<Precision>(precision));
      const auto a = net.add(Kind::Excitatory, 0.5);
      const auto b = net.add(Kind::Excitatory, 0.5);
      const auto i = net.add(Kind::Inhibitory, 0.5, true);
      net.link(a, b, 0.5);
      net.link(b, a, 0.5);
      net.link(i, a, 0.5);
      net.link(i, b, 0.5);
      net.set(parameter::Scaling, 1);
      net.set(parameter::InhibitoryStdp, 1);
      net.set(parameter::EtaInhibitory, 1);
      net.set(parameter::InhibitoryLoss, static_cast<double>(Loss::Prune));
      net.set(parameter::EmptyColumn, static_cast<double>(empty));
      net.build();
      net.step();
      QCOMPARE(net.metrics[metric::Starved], 2.0);
      QCOMPARE(net.weight(i, a), 0.0);
      net.input(a, 10);
      net.step();
      QCOMPARE(net.fires(a), empty == Empty::GoOn);
      for (const auto id : {a, b}) QVERIFY(std::isfinite(net.value(id, neuron::Threshold)));
    }
  }

  /// Weights fall far below their sum while scaling is off; on again it divides by what is left, never by nothing.
  void scalingIsThawed_data() { precisions(); }
  void scalingIsThawed() {
    QFETCH(int, precision);
    Net net(static_cast<Precision>(precision));
    const auto a = net.add(Kind::Excitatory, 0.5);
    const auto b = net.add(Kind::Excitatory, 0.5);
    net.link(a, b, 0.5);
    net.link(b, a, 0.5);
    net.set(parameter::Stdp, 1);
    net.set(parameter::EtaStdp, 0.3);
    net.set(parameter::PruneBelow, 0);
    net.build();
    for (int k = 0; k < 6; ++k) {  // a fires after b: the link from a loses
      net.input(b, 10);
      net.step();
      net.input(a, 10);
      net.step();
      net.step();
    }
    QCOMPARE(net.weight(a, b), 0.0);  // gone, so that b has no input at all
    net.model.parameters[parameter::Scaling] = 1;
    net.dynamics->edited(*net.network, Edited{.parameters = true});
    net.step(3);
    QVERIFY(near(net.weight(b, a), 1));
    for (const double value : net.metrics) QVERIFY(std::isfinite(value));
    net.input(b, 10);
    net.step();
    QVERIFY(net.fires(b));
  }

  void growthFillsEveryPair_data() { precisions(); }
  void growthFillsEveryPair() {
    QFETCH(int, precision);
    Net net(static_cast<Precision>(precision));
    std::vector<NeuronId> ids;
    for (int k = 0; k < 12; ++k) ids.push_back(net.add(Kind::Excitatory, 0.5));
    net.link(ids[0], ids[0], 0.5);
    net.set(parameter::Growth, 1);
    net.set(parameter::Births, 1);
    net.build();
    net.step(132);
    QCOMPARE(net.metrics[metric::Born], 1.0);
    QVERIFY(near(net.weight(ids[3], ids[4]), 0.001));
    QCOMPARE(net.model.graph.linkCount(), std::size_t{133});  // every pair once, and the link to itself
    net.step();
    QCOMPARE(net.metrics[metric::Born], 0.0);
    const auto births = net.model.graph.linkValues<double>(link::Born);
    QVERIFY(std::ranges::count(births, -1.0) == 1 && std::ranges::count(births, 131.0) == 1);
  }

  void births() {
    Net net(Precision::Fast);
    for (int k = 0; k < 60; ++k) net.add(Kind::Excitatory, 0.5);
    net.set(parameter::Growth, 1);
    net.build();
    double born = 0;
    for (int k = 0; k < 5000; ++k) {
      net.step();
      born += net.metrics[metric::Born];
    }
    QVERIFY2(std::abs(born - 500) < 90, qPrintable(QString::number(born)));  // 0.1 a step: within four deviations
  }

  void noiseIsAsItSays() {
    std::vector<double> noise(200'000);
    drawNoise(7, 3, NoiseKind::Normal, 2, noise);
    double moments[5] = {};
    for (const double one : noise) {
      for (int k = 1; k < 5; ++k) moments[k] += std::pow(one / 2, k) / static_cast<double>(noise.size());
    }
    QVERIFY(std::abs(moments[1]) < 0.01 && std::abs(moments[2] - 1) < 0.015);
    QVERIFY(std::abs(moments[3]) < 0.03 && std::abs(moments[4] - 3) < 0.08);
    const auto beyond = std::ranges::count_if(noise, [](double one) { return std::abs(one) > 4; });
    QVERIFY2(std::abs(static_cast<double>(beyond) / 200'000 - 0.0455) < 0.003, qPrintable(QString::number(beyond)));
    std::vector<double> other(noise.size());
    drawNoise(7, 4, NoiseKind::Normal, 2, other);
    QVERIFY(noise != other);
    drawNoise(7, 4, NoiseKind::Uniform, 0.5, other);
    QVERIFY(std::ranges::min(other) >= 0 && std::ranges::max(other) < 0.5 && std::ranges::max(other) > 0.499);
  }

  void newNetworks() {
    auto model = createNetwork(wish(sorn::Preset::Package, 200, 10), 3).value();
    QCOMPARE(model.graph.neuronCount(), std::size_t{240});
    QCOMPARE(model.parameters[parameter::Target], 0.1);
    Net net(std::move(model));
    net.step();
    QVERIFY(std::abs(net.metrics[metric::LinksEE] - 3900) < 100);
    QVERIFY(std::abs(net.metrics[metric::LinksEI] - 1580) < 60);
    QCOMPARE(net.metrics[metric::Starved], 0.0);
    Net dense(createNetwork(wish(sorn::Preset::Counting, 100), 3).value());
    dense.step();
    QCOMPARE(dense.metrics[metric::LinksEI], 2000.0);
  }

  /// The combinations at which the package crashes: dense where it knows only sparse, sparse where it knows only dense,
  /// lambda near the number of neurons, 20 neurons with the usual lambda, tiny networks, no inputs, no inhibition.
  void whatThePackageCannotMake_data() {
    QTest::addColumn<std::vector<double>>("values");
    QTest::newRow("dense E to E") << std::vector<double>{0, 40, 4, 0, 0.2, 100000, 0, 0, 0, 0};
    QTest::newRow("dense I to E") << std::vector<double>{0, 40, 4, 0, 0.2, 0, 100000, 0, 0, 0};
    QTest::newRow("sparse E to I") << std::vector<double>{0, 200, 4, 0, 0.2, 0, 0, 100, 0, 0};
    QTest::newRow("lambda near the number") << std::vector<double>{0, 200, 10, 0, 0.2, 199, 199, 199, 0, 0};
    QTest::newRow("20 neurons") << std::vector<double>{0, 20, 2, 0, 0.2, 0, 0, 0, 0, 0};
    QTest::newRow("2 neurons") << std::vector<double>{0, 2, 0, 0, 0.2, 0, 0, 0, 0, 0};
    QTest::newRow("1 neuron") << std::vector<double>{0, 1, 1, 1, 1, 0, 0, 0, 0, 0};
    QTest::newRow("no inhibition") << std::vector<double>{0, 50, 5, 0, 0, 0, 0, 0, 0, 0};
    QTest::newRow("only inputs") << std::vector<double>{0, 50, 50, 7, 0.2, 0, 0, 0, 0, 0};
    QTest::newRow("hardly any links") << std::vector<double>{0, 50, 5, 0, 0.2, 0.1, 0.1, 0.1, 0, 0};
  }

  void whatThePackageCannotMake() {
    QFETCH(std::vector<double>, values);
    for (int preset = 0; preset < 3; ++preset) {
      for (const auto precision : {Precision::Fast, Precision::Exact}) {
        values[creation::Preset] = preset;
        auto model = create(entry(), values, 5);
        QVERIFY2(model, model ? "" : model.error().text().c_str());
        model->parameters[parameter::Precision] = static_cast<double>(precision);
        Net net(std::move(*model));
        net.step(300);
        for (const double value : net.metrics) QVERIFY(std::isfinite(value));
        for (const double threshold : columnValues(net.model.graph.neuronColumn(neuron::Threshold)))
          QVERIFY(std::isfinite(threshold));
      }
    }
  }

  void impossibleWishes() {
    QVERIFY(!createNetwork(wish(sorn::Preset::Package, 10, 11), 1));
    QVERIFY(!createNetwork(std::vector<double>{0, 10, 3, 4, 0.2, 0, 0, 0, 0, 0}, 1));
    const auto large = createNetwork(wish(sorn::Preset::Package, 50'000), 1);
    QVERIFY(!large && large.error().advice.find("lambda_ie") != std::string::npos);
  }

 private:
  static void precisions() {
    QTest::addColumn<int>("precision");
    QTest::newRow("fast") << static_cast<int>(Precision::Fast);
    QTest::newRow("exact") << static_cast<int>(Precision::Exact);
  }
};

QTEST_GUILESS_MAIN(TestSornRules)
#include "tst_sorn_rules.moc"
