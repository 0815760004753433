#include <QtTest>

#include <cmath>

#include "tests/dynamics/transmitter_circuit.h"

using namespace plexarium;
using namespace plexarium::transmitter;

namespace {

NeuronId addPort(Circuit& circuit) {
  const auto id = circuit.add();
  for (const auto& [field, value] : description().portValues) {
    circuit.model.graph.setNeuronValue(*circuit.model.graph.row(id), field, value);
  }
  return id;
}

double said(Circuit& circuit, NeuronId id) {
  std::vector<double> outputs(1);
  const auto row = static_cast<std::uint32_t>(*circuit.model.graph.row(id));
  circuit.dynamics->readout(*circuit.network, {&row, 1}, outputs);
  return outputs[0];
}

}  // namespace

/// What bodies need of transmitter neurons: stimuli that are passed on, neurons that hold what they are given, and noise.
class TestTransmitterPorts : public QObject {
  Q_OBJECT

 private slots:
  void relayedAmountsReachTheTargets() {
    Circuit circuit;
    const auto port = addPort(circuit);
    const auto excited = circuit.add(idle);
    const auto inhibited = circuit.add(idle);
    const auto coupled = circuit.add(idle);
    circuit.link(port, excited, 2);
    circuit.link(port, inhibited, 0.5, Kind::Inverted);
    circuit.link(port, coupled, 3, Kind::Electrical);
    circuit.build();
    circuit.inject(port, stimulus::Relayed, 4);
    QCOMPARE(circuit.value(excited, neuron::DendriteE), 8.0);
    QCOMPARE(circuit.value(inhibited, neuron::DendriteI), -2.0);
    QCOMPARE(circuit.value(coupled, neuron::DendriteE), 0.0);
    QCOMPARE(circuit.value(port, neuron::DendriteE), 0.0);
    const auto& graph = circuit.model.graph;
    QCOMPARE(graph.lastCarried(*graph.link({port, excited})), Tick{0});
    QCOMPARE(graph.lastCarried(*graph.link({port, coupled})), never);
    circuit.step();
    QCOMPARE(circuit.value(excited, neuron::StateE), 8.0);
    QCOMPARE(graph.lastFired()[0], never);
    circuit.inject(port, stimulus::Relayed, 0);  // nothing is nothing
    QCOMPARE(graph.lastCarried(*graph.link({port, excited})), Tick{0});
    QVERIFY(description().stimuli[stimulus::Relayed].relayed && !description().stimuli.front().relayed);
  }

  void aPortHoldsWhatItTookIn_data() {
    QTest::addColumn<int>("rule");
    QTest::newRow("sync") << 0;
    QTest::newRow("literal") << 1;
  }

  void aPortHoldsWhatItTookIn() {
    // Over a long time a port says just what its sources put on its links, once, however it stands among them.
    QFETCH(int, rule);
    Circuit circuit(static_cast<Rule>(rule));
    const auto early = circuit.add({{neuron::Sta, 8}, {neuron::ProductionI, 0}});
    const auto port = addPort(circuit);
    const auto late = circuit.add({{neuron::Sta, 5}, {neuron::ProductionE, 0}, {neuron::ProductionI, -1}});
    circuit.link(early, early);
    circuit.link(early, port);
    circuit.link(late, port, 1, Kind::Chemical);
    circuit.build();
    double given = 0;
    double taken = 0;
    bool fired = false;
    const int ticks = 500;
    for (int tick = 0; tick < ticks; ++tick) {
      circuit.step();
      taken += said(circuit, port);
      const double synapses = circuit.value(early, neuron::SynapseE) / 2 + circuit.value(late, neuron::SynapseI);
      given += synapses;
      fired = fired || circuit.model.graph.lastFired()[*circuit.model.graph.row(port)] != never;
    }
    const double waiting = circuit.value(port, neuron::DendriteE) + circuit.value(port, neuron::DendriteI);
    QVERIFY(!fired && std::abs(given) > 1);
    QVERIFY2(std::abs(taken + waiting - given) < 1e-9 * std::abs(given), std::to_string(taken - given).c_str());
    circuit.inject(port, stimulus::Exciting, 1e6);
    circuit.step();
    QVERIFY(said(circuit, port) > 0.9e6);
    circuit.step(20);
    QVERIFY(std::abs(said(circuit, port)) < 1e3);  // and nothing of it stays
  }

  void noiseHasItsMeasureAndItsSeed() {
    const auto run = [](std::uint64_t seed, double noise) {
      Circuit circuit;
      for (int k = 0; k < 50; ++k) circuit.add({{neuron::ProductionE, 0}, {neuron::ProductionI, 0}, {neuron::Leak, 1}});
      circuit.model.seed = seed;
      circuit.model.parameters[parameter::Noise] = noise;
      circuit.build();
      std::vector<double> samples;
      for (int tick = 0; tick < 400; ++tick) {
        circuit.step();
        for (std::uint32_t id = 1; id <= 50; ++id) samples.push_back(said(circuit, {id}));
      }
      return samples;
    };
    const auto samples = run(1, 0.25);
    double sum = 0;
    double squares = 0;
    double neighbours = 0;
    double largest = 0;
    for (std::size_t k = 0; k < samples.size(); ++k) {
      sum += samples[k];
      squares += samples[k] * samples[k];
      if (k > 0) neighbours += samples[k] * samples[k - 1];
      largest = std::max(largest, std::abs(samples[k]));
    }
    const auto count = static_cast<double>(samples.size());
    QVERIFY(std::abs(sum / count) < 4 * 0.25 / std::sqrt(count));
    QVERIFY(std::abs(std::sqrt(squares / count) - 0.25) < 0.005);
    QVERIFY(std::abs(neighbours / squares) < 0.03);
    QVERIFY(largest > 3 * 0.25 && largest < 3.5 * 0.25);
    QVERIFY(run(1, 0.25) == samples);
    QVERIFY(run(2, 0.25) != samples);
    for (const double sample : run(1, 0)) QCOMPARE(sample, 0.0);
  }
};

QTEST_GUILESS_MAIN(TestTransmitterPorts)
#include "tst_transmitter_ports.moc"
