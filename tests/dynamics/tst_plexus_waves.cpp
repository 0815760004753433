#include <QtTest>

#include <algorithm>
#include <array>
#include <set>

#include "tests/dynamics/plexus_net.h"

using namespace plexarium;
using namespace plexarium::plexus;

/// How waves run, what is loaded and read, and what is seen.
class TestPlexusWaves : public QObject {
  Q_OBJECT

 private slots:
  void firesPerWave_data();
  void firesPerWave();
  void generationsAreTheSameWave_data();
  void generationsAreTheSameWave();
  void waveRunsDownAChain();
  void fewAndManyFindTheSameNext();
  void orderIsRandomAndMotorsComeLast();
  void noWayFromASensoryNeuron();
  void emptyNetwork();
  void inputsAndOutputs();
  void targetsComeAndGo();
  void metTargetsReturnWithTheNextInput();
  void someMotorsHaveNoTarget();
  void ruleIsChangedLive();
  void phasesAreTold();
  void creation();
  void creationErrors();
};

void TestPlexusWaves::firesPerWave_data() {
  QTest::addColumn<int>("rule");
  QTest::addColumn<double>("neurons");
  QTest::addColumn<double>("connectivity");
  QTest::addColumn<double>("expected");
  // T: (s2 + 1)(n - i), S: (s1 + 1)(n - i - o) + o.
  QTest::newRow("sign, 14") << int(Rule::Sign) << 14.0 << 1.0 << 34.0;
  QTest::newRow("gradient, 14") << int(Rule::Gradient) << 14.0 << 1.0 << 34.0;
  QTest::newRow("article, 14") << int(Rule::Article) << 14.0 << 1.0 << 20.0;
  QTest::newRow("article, 256") << int(Rule::Article) << 256.0 << 0.5 << 1008.0;
  QTest::newRow("sign repaired, 256") << int(Rule::SignRepaired) << 256.0 << 0.5 << 3002.0;
}

void TestPlexusWaves::firesPerWave() {
  QFETCH(int, rule);
  QFETCH(double, neurons);
  QFETCH(double, connectivity);
  QFETCH(double, expected);
  Net net(madeNetwork(neurons, 4, 2, connectivity, 2, static_cast<Rule>(rule)));
  for (int wave = 0; wave < 20; ++wave) {
    net.step();
    QVERIFY(std::abs(net.metrics[metric::Fires] - expected) <= 0.01 * expected);
  }
  net.look();
  for (std::size_t row = 0; row < net.model.graph.neuronCount(); ++row) {
    const auto fires = columnValue(net.model.graph.neuronColumn(neuron::Fires), row);
    QCOMPARE(fires == 0, net.model.graph.roles()[row] == Role::Sensory);
    QVERIFY(net.model.graph.lastFired()[row] == 19);
  }
}

void TestPlexusWaves::generationsAreTheSameWave_data() {
  QTest::addColumn<int>("rule");
  QTest::addColumn<double>("neurons");
  for (int rule = 0; rule < 4; ++rule) {
    for (const double neurons : {14.0, 20.0}) QTest::addRow("%d, %g neurons", rule, neurons) << rule << neurons;
  }
}

void TestPlexusWaves::generationsAreTheSameWave() {
  QFETCH(int, rule);
  QFETCH(double, neurons);
  const auto start = madeNetwork(neurons, 3, 2, 0.6, 2, static_cast<Rule>(rule), 4);
  Net whole(start);
  Net parts(start);
  parts.model.parameters[parameter::Tick] = static_cast<double>(TickLength::Generation);
  parts.dynamics->edited(*parts.network, {.parameters = true});
  double generations = 0;
  for (int sample = 0; sample < 10; ++sample) {
    for (auto* net : {&whole, &parts}) {
      for (std::uint32_t k = 0; k < 3; ++k) net->input({k + 1}, (sample + k) % 3 * 0.5);
      QVERIFY(net->learn({sample % 2 * 1.0, 0.5}));
    }
    for (int wave = 0; wave < 5; ++wave) {
      whole.step();
      double fires = 0;
      while (fires < whole.metrics[metric::Fires]) {
        parts.step();
        QVERIFY(parts.metrics[metric::Fires] > 0);
        fires += parts.metrics[metric::Fires];
        ++generations;
      }
      QCOMPARE(fires, whole.metrics[metric::Fires]);
      QCOMPARE(parts.metrics[metric::Error], whole.metrics[metric::Error]);
    }
  }
  QVERIFY(generations >= 50 * 2);
  whole.look();
  parts.look();
  for (const auto field : {neuron::Potential, neuron::Desired, neuron::Loss, neuron::Fires, neuron::BlameLock})
    QCOMPARE(columnValues(parts.model.graph.neuronColumn(field)), columnValues(whole.model.graph.neuronColumn(field)));
  QCOMPARE(columnValues(parts.model.graph.linkColumn(0)), columnValues(whole.model.graph.linkColumn(0)));
}

void TestPlexusWaves::waveRunsDownAChain() {
  Net net(Rule::Gradient);
  net.set(parameter::Tick, static_cast<double>(TickLength::Generation));
  net.set(parameter::FiresPerWave, 1);
  std::vector<NeuronId> chain{net.add(Role::Sensory, 1)};
  for (int k = 0; k < 30; ++k) {
    chain.push_back(net.add(k < 29 ? Role::Inter : Role::Motor));
    net.link(chain[chain.size() - 2], chain.back(), 1);
  }
  net.build();
  for (Tick tick = 0; tick < 3 * 29; ++tick) {
    net.step();
    const auto place = tick % 29;  // the motor neuron fires in the tick of the last one before it
    QCOMPARE(net.metrics[metric::Fires], place == 28 ? 2.0 : 1.0);
    const auto lastFired = net.model.graph.lastFired();
    for (std::size_t k = 1; k < 30; ++k) QCOMPARE(lastFired[k] == tick, static_cast<Tick>(k) == place + 1);
    const auto look = net.look();
    QVERIFY(look.progress[static_cast<std::size_t>(place) + 1] > 0);
    QCOMPARE(look.lastCarried[static_cast<std::size_t>(place)], tick);
  }
}

void TestPlexusWaves::fewAndManyFindTheSameNext() {
  // A sparse network goes along links while few fire; the same one with a dense part beside it that never fires asks
  // everybody. Both must fire the same.
  const auto wave = [](bool crowd) {
    Net net(Rule::Sign);
    const auto in = net.add(Role::Sensory, 1);
    std::vector<NeuronId> ids;
    for (int k = 0; k < 40; ++k) ids.push_back(net.add(Role::Inter));
    net.link(in, ids[0], 1);
    for (std::size_t k = 0; k < ids.size(); ++k) {
      net.link(ids[k], ids[(k + 1) % 40], 1);
      if (k % 3 == 0) net.link(ids[k], ids[(7 * k + 11) % 40], -1);
    }
    std::vector<NeuronId> idle;
    for (int k = 0; crowd && k < 60; ++k) idle.push_back(net.add(Role::Inter));
    for (const auto from : idle) {
      for (const auto to : idle) net.link(from, to, 0.1);
    }
    net.build();
    std::vector<double> fires;
    for (int tick = 0; tick < 5; ++tick) {
      net.step();
      fires.push_back(net.metrics[metric::Fires]);
    }
    for (const auto id : ids) fires.push_back(net.value(id, neuron::Potential));
    return fires;
  };
  QCOMPARE(wave(true), wave(false));
  QVERIFY(wave(true)[0] == 40 * 4);
}

void TestPlexusWaves::orderIsRandomAndMotorsComeLast() {
  Net net(madeNetwork(30, 4, 2, 1, 2, Rule::Sign));
  std::set<std::size_t> firsts;
  for (int wave = 0; wave < 20; ++wave) {
    net.step();
    const auto look = net.look();
    // The later the last fire, the less far its pulse.
    const auto inner = std::span(look.progress).subspan(4, 24);
    QVERIFY(std::ranges::max(look.progress[28], look.progress[29]) < std::ranges::min(inner));
    firsts.insert(static_cast<std::size_t>(std::ranges::max_element(inner) - inner.begin()));
  }
  QVERIFY(firsts.size() > 5);
}

void TestPlexusWaves::noWayFromASensoryNeuron() {
  Net net(Rule::Article);
  net.add(Role::Sensory);
  const auto a = net.add(Role::Inter);
  const auto b = net.add(Role::Motor);
  net.link(a, b, 1);
  net.build();
  net.step(3);
  QCOMPARE(net.metrics[metric::Fires], 0.0);
  Net sign(Rule::Sign);
  sign.add(Role::Motor);
  sign.build();
  sign.step(3);
  QCOMPARE(sign.metrics[metric::Fires], 1.0);
}

void TestPlexusWaves::emptyNetwork() {
  Net net(Rule::Gradient);
  net.build();
  net.step(2);
  QCOMPARE(net.metrics, std::vector<double>(metric::Count, 0));
  QVERIFY(net.learn({}));
  QVERIFY(!net.learn({0.5}));
}

void TestPlexusWaves::inputsAndOutputs() {
  Net net(madeNetwork(14, 4, 2, 1, 2, Rule::Gradient));
  net.input({1}, -3.5);
  net.step();
  QCOMPARE(net.value({1}, neuron::Potential), -3.5);
  QVERIFY(net.look().level[0] == 0);
  std::vector<double> outputs(2);
  net.dynamics->readout(*net.network, std::array{12U, 13U}, outputs);
  for (std::uint32_t k = 0; k < 2; ++k) {
    QCOMPARE(outputs[k], std::floor(net.value({13 + k}, neuron::Potential) * 100 + 0.5) / 100);
  }
  QCOMPARE(net.metrics[metric::Decision], std::abs(outputs[0] - outputs[1]));
  net.input({999}, 1);  // nobody is called that
  QVERIFY(!net.learn({1}));
  QVERIFY(!net.learn({1, 1.5}));
  QVERIFY(net.learn({1, 0}));
  net.step();
  net.dynamics->readout(*net.network, std::array{12U, 13U}, outputs);
  QCOMPARE(net.metrics[metric::Error], (std::abs(1 - outputs[0]) + std::abs(outputs[1])) / 2);
}

void TestPlexusWaves::targetsComeAndGo() {
  for (const auto rule : {Rule::Article, Rule::Sign, Rule::SignRepaired, Rule::Gradient}) {
    Net net(madeNetwork(30, 4, 2, 1, 2, rule));
    net.step();
    QCOMPARE(net.metrics[metric::Wanted], 0.0);
    QVERIFY(net.learn({0.97, 0.03}));
    // The article's rule blames by luck.
    for (int wave = 0; wave < 50 || (wave < 5000 && net.metrics[metric::Wanted] <= 2 * 4); ++wave) net.step();
    QVERIFY(net.metrics[metric::Wanted] > 0);
    const auto look = net.look();
    QVERIFY(std::ranges::any_of(std::span(look.store).subspan(4), [](float ring) { return ring >= 0; }));
    QVERIFY(std::ranges::all_of(std::span(look.store).first(4), [](float ring) { return ring < 0; }));
    QVERIFY(net.learn({}));
    const auto wanted = [&] {
      net.look();
      return columnValues(net.model.graph.neuronColumn(neuron::Wanted));
    }();
    QVERIFY(wanted[28] == 0 && wanted[29] == 0);
    const bool others = std::ranges::count(wanted, 1.0) > 0;
    QCOMPARE(others, rule == Rule::Article);  // whose cognitive neurons keep adapting in tests
  }
}

void TestPlexusWaves::metTargetsReturnWithTheNextInput() {
  Net net(Rule::Article);
  net.set(parameter::Precision, 1);
  const auto in = net.add(Role::Sensory, 0.5);
  const auto out = net.add(Role::Motor);
  net.link(in, out, 1);
  net.build();
  net.step();
  const double met = net.value(out, neuron::Potential);
  QVERIFY(net.learn({met}));
  net.step();
  QCOMPARE(net.value(out, neuron::Wanted), 0.0);
  net.step();
  QCOMPARE(net.metrics[metric::Wanted], 0.0);
  QVERIFY(net.learn({met}));  // the same again is nothing new
  net.step();
  QCOMPARE(net.metrics[metric::Wanted], 0.0);
  net.input(in, 1);
  net.step();
  QCOMPARE(net.metrics[metric::Wanted] > 0, true);
  QVERIFY(net.learn({1 - met}));
  net.step();
  QVERIFY(net.metrics[metric::Wanted] > 0);
}

void TestPlexusWaves::someMotorsHaveNoTarget() {
  const double none = std::nan("");
  Net net(madeNetwork(20, 4, 3, 1, 2, Rule::Gradient));
  const auto wanted = [&](std::uint32_t id) { return net.value({id}, neuron::Wanted) != 0; };
  QVERIFY(net.learn({1, none, 0}));
  net.step(20);
  QVERIFY(wanted(18) && !wanted(19) && wanted(20));
  std::vector<double> outputs(3);
  net.dynamics->readout(*net.network, std::array{17U, 18U, 19U}, outputs);
  QCOMPARE(net.metrics[metric::Error], (1 - outputs[0] + outputs[2]) / 2);
  // The weights of a motor neuron without a target stand still.
  const double before = net.weight({5}, {19});
  net.step(20);
  QCOMPARE(net.weight({5}, {19}), before);
  // Its turn comes, that of another one ends; saved and read in between.
  QVERIFY(net.learn({none, 0.9, 0}));
  auto state = net.dynamics->state(*net.network, nullptr).value();
  QVERIFY(state.find("null") != std::string::npos);
  QVERIFY(net.dynamics->state(*net.network, &state));
  net.step();
  QVERIFY(!wanted(18) && wanted(19) && wanted(20));
  // Nothing of anybody is a test.
  QVERIFY(net.learn({none, none, none}));
  net.step();
  QCOMPARE(net.metrics[metric::Wanted], 0.0);
  QVERIFY(!net.learn({none, 2, none}));
}

void TestPlexusWaves::ruleIsChangedLive() {
  Net net(madeNetwork(30, 4, 2, 1, 2, Rule::Gradient));
  QVERIFY(net.learn({1, 0}));
  const auto links = net.model.graph.linkCount();
  for (const auto rule : {Rule::Article, Rule::Sign, Rule::Gradient, Rule::SignRepaired, Rule::Article}) {
    net.dynamics->publish(*net.network, nullptr);
    net.model.parameters[parameter::Rule] = static_cast<double>(rule);
    net.dynamics->edited(*net.network, {.parameters = true});
    net.step(200);
    net.look();
    for (std::size_t row = 4; row < 30; ++row) {
      const auto potential = columnValue(net.model.graph.neuronColumn(neuron::Potential), row);
      QVERIFY(potential >= 0 && potential <= 1);
    }
  }
  QVERIFY(net.model.graph.linkCount() != links);  // the article's rule rewires
  QCOMPARE(net.metrics[metric::FanIn], static_cast<double>(net.model.graph.linkCount()) / 26);
}

void TestPlexusWaves::phasesAreTold() {
  // Under the article's rule a network that learns shows all of them.
  Net net(madeNetwork(30, 4, 2, 0.5, 2, Rule::Article));
  net.model.parameters[parameter::Tick] = static_cast<double>(TickLength::Generation);
  net.dynamics->edited(*net.network, {.parameters = true});
  std::set<int> seen;
  for (int sample = 0; sample < 100; ++sample) {
    for (std::uint32_t k = 1; k <= 4; ++k) net.input({k}, sample % 2);
    QVERIFY(net.learn(sample % 10 == 9 ? std::vector<double>{} : std::vector<double>{sample % 2 * 1.0, 1.0 - sample % 2}));
    for (int tick = 0; tick < 20; ++tick) {
      net.step();
      for (const auto phase : net.look().phase) seen.insert(phase);
    }
  }
  QCOMPARE(seen.size(), doingCount);
}

void TestPlexusWaves::creation() {
  const auto model = madeNetwork(256, 4, 2, 0.5, 1, Rule::Article, 3);
  const Graph& graph = model.graph;
  QCOMPARE(graph.neuronCount(), std::size_t{256});
  QCOMPARE(std::ranges::count(graph.roles(), Role::Sensory), 4);
  QCOMPARE(std::ranges::count(graph.roles(), Role::Motor), 2);
  QVERIFY(graph.roles()[3] == Role::Sensory && graph.roles()[254] == Role::Motor);
  std::vector<double> fanIn(256);
  for (const auto target : graph.targets()) ++fanIn[target];
  double mean = 0;
  double square = 0;
  for (std::size_t row = 0; row < 256; ++row) {
    QCOMPARE(fanIn[row] == 0, graph.roles()[row] == Role::Sensory);
    if (row >= 4) mean += fanIn[row] / 252;
  }
  for (std::size_t row = 4; row < 256; ++row) square += (fanIn[row] - mean) * (fanIn[row] - mean) / 252;
  QVERIFY(std::abs(mean - 128) < 3);  // deviation 11 over 252 neurons: standard error 0.7
  QVERIFY(std::abs(std::sqrt(square) - 11) < 2);
  for (std::size_t l = 0; l < graph.linkCount(); ++l) {
    QVERIFY(graph.roles()[graph.source(l)] != Role::Motor);
    QVERIFY(graph.source(l) != graph.targets()[l]);
    const double weight = columnValue(graph.linkColumn(link::Weight), l);
    QVERIFY(weight > 0.09 && weight < 1.01 && std::abs(weight * 10 - std::round(weight * 10)) < 1e-5);
  }
  const auto sign = madeNetwork(100, 4, 2, 0.25, 1, Rule::Sign, 3, 3);
  const auto weights = columnValues(sign.graph.linkColumn(link::Weight));
  QVERIFY(std::ranges::max(weights) <= 0.6 && std::ranges::max(weights) > 0.59);
  QVERIFY(std::ranges::min(weights) >= -0.6 && std::ranges::min(weights) < -0.59);
  // The same seed is the same network, another one another.
  const auto weightsOf = [](std::uint64_t seed) {
    return columnValues(madeNetwork(30, 4, 2, 1, 2, Rule::Sign, seed).graph.linkColumn(0));
  };
  QVERIFY(weightsOf(1) == weightsOf(1) && weightsOf(1) != weightsOf(2));
  // Fully connected and nearly not connected at all.
  for (const double connectivity : {1.0, 0.0}) {
    Net net(madeNetwork(14, 4, 2, connectivity, 2, Rule::Article));
    QVERIFY(net.learn({0, 1}));
    net.step(100);
  }
}

void TestPlexusWaves::creationErrors() {
  const auto refused = [](std::vector<double> values) {
    const auto model = create(entry(), values, 1);
    return !model && !model.error().text().empty();
  };
  QVERIFY(refused({5, 3, 3, 1, 2, 0, 3, 0}));
  QVERIFY(refused({200000, 3, 3, 1, 2, 0, 3, 0}));
  QVERIFY(refused({14, 4, 2, 1.5, 2, 0, 3, 0}));
  QVERIFY(!refused({5, 3, 2, 1, 2, 0, 3, 1}));
  QVERIFY(!refused({1, 0, 0, 1, 2, 3, 3, 0}));
}

QTEST_GUILESS_MAIN(TestPlexusWaves)
#include "tst_plexus_waves.moc"
