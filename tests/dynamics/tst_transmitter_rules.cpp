#include <QtTest>

#include "tests/dynamics/transmitter_circuit.h"

using namespace plexarium;
using namespace plexarium::transmitter;

/// Hand-worked numbers for every rule of the transmitter neuron.
class TestTransmitterRules : public QObject {
  Q_OBJECT

 private slots:
  void phasesFollowTheTimings();
  void autostartReleasesOnItsTick();
  void thresholdIsStrict();
  void productionGoesOnInEveryPhase();
  void releaseKeepsTheReturnablePart();
  void releaseIsSharedByWeight();
  void releaseWithoutTargetsIsLost();
  void zeroWeightsCarryNothing();
  void selfLinkMakesAPacemaker();
  void invertedLinkTurnsExcitationIntoInhibition();
  void electricalLinkCouplesBothEndsAtActivation();
  void gapJunctionMayLieBesideAChemicalLink();
  void capacityLimitsBothPools();
  void leakComesBeforeTheInput();
  void recoveringNeuronRemembersUnlessItClears();
  void literalHandsOverANinth();
  void literalLetsLaterNeuronsSeeTheSameTick();
  void literalSynapseEndsAtZero();
  void eventsAreDatedByTheTickTheyHappenIn();
};

void TestTransmitterRules::phasesFollowTheTimings() {
  // Taken in at tick 1, activating at 2, speed - 1 ticks conducting, releasing, `recovery` ticks recovering.
  const auto phasesAfterInput = [](double speed, double recovery) {
    Circuit circuit;
    const auto neuron = circuit.add(idle);
    circuit.model.graph.setNeuronValue(0, neuron::Speed, speed);
    circuit.model.graph.setNeuronValue(0, neuron::Recovery, recovery);
    circuit.build();
    circuit.inject(neuron, stimulus::Exciting, 11);
    return circuit.phases(neuron, 14);
  };
  QCOMPARE(phasesAfterInput(5, 5), std::string("IACCCCXRRRRRII"));
  QCOMPARE(phasesAfterInput(1, 5), std::string("IAXRRRRRIIIIII"));
  QCOMPARE(phasesAfterInput(5, 0), std::string("IACCCCXIIIIIII"));
  QCOMPARE(phasesAfterInput(1, 0), std::string("IAXIIIIIIIIIII"));
}

void TestTransmitterRules::autostartReleasesOnItsTick() {
  for (const int k : {1, 2, 5}) {
    Circuit circuit;
    const auto neuron = circuit.add({{neuron::Sta, k}});
    circuit.build();
    const auto phases = circuit.phases(neuron, 12);
    QCOMPARE(phases.find('X'), static_cast<std::size_t>(k - 1));
    QCOMPARE(phases.substr(static_cast<std::size_t>(k)).find('I'), std::size_t{5});
  }
}

void TestTransmitterRules::thresholdIsStrict() {
  Circuit circuit;
  const auto neuron = circuit.add(idle);
  circuit.build();
  circuit.inject(neuron, stimulus::Exciting, 10.5);
  circuit.inject(neuron, stimulus::Inhibiting, 0.5);
  QCOMPARE(circuit.phases(neuron, 3), std::string("III"));
  QCOMPARE(circuit.value(neuron, neuron::StateE), 10.5);
  QCOMPARE(circuit.value(neuron, neuron::StateI), -0.5);
  circuit.inject(neuron, stimulus::Exciting, 0x1p-20);
  QCOMPARE(circuit.phases(neuron, 3), std::string("IAC"));
  QCOMPARE(circuit.value(neuron, neuron::StateE), 0.0);
  QCOMPARE(circuit.value(neuron, neuron::StateI), 0.0);
}

void TestTransmitterRules::productionGoesOnInEveryPhase() {
  Circuit circuit;
  const auto neuron = circuit.add({{neuron::ProductionE, 2}, {neuron::ProductionI, -1}, {neuron::Returnability, 1}});
  circuit.build();
  circuit.inject(neuron, stimulus::Exciting, 11);
  circuit.step(14);
  QCOMPARE(circuit.value(neuron, neuron::AccumulatedE), 28.0);
  QCOMPARE(circuit.value(neuron, neuron::AccumulatedI), -14.0);
}

void TestTransmitterRules::releaseKeepsTheReturnablePart() {
  Circuit circuit;
  const auto source =
      circuit.add({{neuron::ProductionE, 2}, {neuron::ProductionI, -1}, {neuron::Returnability, 0.25}, {neuron::Sta, 4}});
  const auto target = circuit.add(idle);
  circuit.link(source, target);
  circuit.build();
  circuit.step(4);
  QCOMPARE(circuit.value(source, neuron::AccumulatedE), 2.0);
  QCOMPARE(circuit.value(source, neuron::AccumulatedI), -1.0);
  QCOMPARE(circuit.value(source, neuron::SynapseE), 6.0);
  QCOMPARE(circuit.value(source, neuron::SynapseI), -3.0);
  QCOMPARE(circuit.value(target, neuron::DendriteE), 6.0);
  QCOMPARE(circuit.value(target, neuron::DendriteI), -3.0);
  QCOMPARE(circuit.metrics, (std::vector<double>{1, 0, 1, 6, -3}));
  circuit.step();
  QCOMPARE(circuit.value(source, neuron::SynapseE), 0.0);
  QCOMPARE(circuit.value(target, neuron::DendriteE), 0.0);
  QCOMPARE(circuit.value(target, neuron::StateE), 6.0);
  QCOMPARE(circuit.value(target, neuron::StateI), -3.0);
}

void TestTransmitterRules::releaseIsSharedByWeight() {
  Circuit circuit;
  const auto source = circuit.add({{neuron::ProductionE, 8}, {neuron::Returnability, 0}, {neuron::Sta, 1}});
  const auto small = circuit.add(idle);
  const auto large = circuit.add(idle);
  const auto coupled = circuit.add(idle);
  circuit.link(source, small, 1);
  circuit.link(source, large, 3);
  circuit.link(source, coupled, 100, Kind::Electrical);  // not among those that share the release
  circuit.build();
  circuit.step();
  QCOMPARE(circuit.value(small, neuron::DendriteE), 2.0);
  QCOMPARE(circuit.value(large, neuron::DendriteE), 6.0);
  QCOMPARE(circuit.value(coupled, neuron::DendriteE), 0.0);
  QCOMPARE(circuit.metrics[metric::Deliveries], 2.0);
}

void TestTransmitterRules::releaseWithoutTargetsIsLost() {
  Circuit circuit;
  const auto source = circuit.add({{neuron::ProductionE, 8}, {neuron::Returnability, 0.5}, {neuron::Sta, 1}});
  circuit.build();
  circuit.step();
  QCOMPARE(circuit.value(source, neuron::AccumulatedE), 4.0);
  QCOMPARE(circuit.value(source, neuron::SynapseE), 4.0);
  circuit.step();
  QCOMPARE(circuit.value(source, neuron::AccumulatedE), 12.0);
  QCOMPARE(circuit.value(source, neuron::SynapseE), 0.0);
}

void TestTransmitterRules::zeroWeightsCarryNothing() {
  Circuit circuit;
  const auto source = circuit.add({{neuron::Sta, 1}});
  const auto target = circuit.add(idle);
  circuit.link(source, target, 0);
  circuit.build();
  circuit.step();
  QCOMPARE(circuit.value(target, neuron::DendriteE), 0.0);
}

void TestTransmitterRules::selfLinkMakesAPacemaker() {
  Circuit circuit;
  const auto neuron = circuit.add({{neuron::Sta, 5}});
  circuit.link(neuron, neuron);
  circuit.build();
  // Period speed + recovery + 2 = 12: its own release waits in the dendrite until it has recovered.
  QCOMPARE(circuit.phases(neuron, 29), std::string("CCCCXRRRRRIACCCCXRRRRRIACCCCX"));
}

void TestTransmitterRules::invertedLinkTurnsExcitationIntoInhibition() {
  Circuit circuit;
  const auto source =
      circuit.add({{neuron::ProductionE, 2}, {neuron::ProductionI, -1}, {neuron::Returnability, 0.25}, {neuron::Sta, 4}});
  const auto target = circuit.add(idle);
  circuit.link(source, target, 1, Kind::Inverted);
  circuit.build();
  circuit.step(4);
  QCOMPARE(circuit.value(target, neuron::DendriteE), 0.0);
  QCOMPARE(circuit.value(target, neuron::DendriteI), -9.0);
}

void TestTransmitterRules::electricalLinkCouplesBothEndsAtActivation() {
  Circuit circuit;
  const auto a = circuit.add(idle);
  const auto b = circuit.add(idle);
  const auto c = circuit.add(idle);
  for (const auto one : {a, b, c}) circuit.model.graph.setNeuronValue(*circuit.model.graph.row(one), neuron::GapGain, 8);
  circuit.link(a, b, 3, Kind::Electrical);
  circuit.link(c, a, 1, Kind::Electrical);
  circuit.build();
  circuit.inject(a, stimulus::Exciting, 11);
  circuit.step(2);  // a activates in the second tick
  QCOMPARE(circuit.value(b, neuron::DendriteE), 6.0);
  QCOMPARE(circuit.value(c, neuron::DendriteE), 2.0);
  QCOMPARE(circuit.value(a, neuron::DendriteE), 0.0);
  QCOMPARE(circuit.metrics[metric::Activations], 1.0);
  QCOMPARE(circuit.metrics[metric::Deliveries], 2.0);
  QCOMPARE(circuit.model.graph.lastCarried(*circuit.model.graph.link({a, b})), Tick{1});
  circuit.inject(b, stimulus::Exciting, 11);
  circuit.step(2);  // the link (a, b) leads from b to a as well
  QCOMPARE(circuit.value(a, neuron::DendriteE), 8.0);
  QCOMPARE(circuit.model.graph.lastCarried(*circuit.model.graph.link({a, b})), Tick{3});
  QCOMPARE(circuit.model.graph.lastCarried(*circuit.model.graph.link({c, a})), Tick{1});
}

void TestTransmitterRules::gapJunctionMayLieBesideAChemicalLink() {
  Circuit circuit;
  const auto a = circuit.add({{neuron::ProductionE, 2}, {neuron::ProductionI, 0}, {neuron::Speed, 1}, {neuron::GapGain, 8}});
  const auto b = circuit.add(idle);
  const auto c = circuit.add(idle);
  circuit.link(b, a);
  circuit.link(a, b);
  circuit.link(a, c, 1, Kind::Electrical);
  circuit.model.graph.setLinkValue(*circuit.model.graph.link({b, a}), link::GapWeight, 3);
  circuit.build();
  circuit.inject(a, stimulus::Exciting, 11);
  circuit.step(2);  // a activates: 3 : 1 to b and c
  QCOMPARE(circuit.value(b, neuron::DendriteE), 6.0);
  QCOMPARE(circuit.value(c, neuron::DendriteE), 2.0);
  circuit.step();  // a releases 0.9 * 6 over its one chemical link
  QCOMPARE(circuit.value(b, neuron::DendriteE), 5.4);
}

void TestTransmitterRules::capacityLimitsBothPools() {
  Circuit circuit;
  const auto neuron = circuit.add({{neuron::ProductionE, 3}, {neuron::ProductionI, -4}, {neuron::Capacity, 7}});
  circuit.build();
  std::vector<double> exciting;
  std::vector<double> inhibiting;
  for (int tick = 0; tick < 4; ++tick) {
    circuit.step();
    exciting.push_back(circuit.value(neuron, neuron::AccumulatedE));
    inhibiting.push_back(circuit.value(neuron, neuron::AccumulatedI));
  }
  QCOMPARE(exciting, (std::vector<double>{3, 6, 7, 7}));
  QCOMPARE(inhibiting, (std::vector<double>{-4, -7, -7, -7}));
  circuit.set(neuron, neuron::Capacity, 5);  // takes effect with the next production
  circuit.step();
  QCOMPARE(circuit.value(neuron, neuron::AccumulatedE), 5.0);
}

void TestTransmitterRules::leakComesBeforeTheInput() {
  Circuit circuit;
  const auto neuron = circuit.add(idle);
  circuit.model.graph.setNeuronValue(0, neuron::Leak, 0.5);
  circuit.build();
  circuit.inject(neuron, stimulus::Exciting, 8);
  circuit.inject(neuron, stimulus::Inhibiting, 4);
  circuit.step();
  QCOMPARE(circuit.value(neuron, neuron::StateE), 8.0);
  circuit.step();
  QCOMPARE(circuit.value(neuron, neuron::StateE), 4.0);
  QCOMPARE(circuit.value(neuron, neuron::StateI), -2.0);
  circuit.inject(neuron, stimulus::Exciting, 1);
  circuit.step();
  QCOMPARE(circuit.value(neuron, neuron::StateE), 3.0);
  QCOMPARE(circuit.value(neuron, neuron::StateI), -1.0);
}

void TestTransmitterRules::recoveringNeuronRemembersUnlessItClears() {
  for (const bool clears : {false, true}) {
    Circuit circuit;
    const auto neuron = circuit.add({{neuron::Sta, 1}, {neuron::ClearWhileRecovering, clears ? 1.0 : 0.0}});
    circuit.build();
    circuit.step(2);  // released, and in its first tick of recovery
    circuit.inject(neuron, stimulus::Exciting, 20);
    circuit.step();
    QCOMPARE(circuit.value(neuron, neuron::DendriteE), clears ? 0.0 : 20.0);
    QCOMPARE(circuit.phases(neuron, 5), std::string(clears ? "RRRII" : "RRRIA"));
  }
}

void TestTransmitterRules::literalHandsOverANinth() {
  Circuit circuit(Rule::Literal);
  const auto source = circuit.add({{neuron::ProductionE, 5}, {neuron::ProductionI, 0}, {neuron::Sta, 5}});
  const auto target = circuit.add(idle);
  circuit.link(source, target);
  circuit.build();
  circuit.step(5);
  QCOMPARE(circuit.value(source, neuron::AccumulatedE), 2.5);  // a tenth stays although all of it goes out
  QCOMPARE(circuit.value(source, neuron::SynapseE), 2.5);
  circuit.step();
  QCOMPARE(circuit.value(source, neuron::SynapseE), 0.25);
  circuit.step(40);
  QVERIFY(std::abs(circuit.value(target, neuron::StateE) - 25.0 / 9) < 1e-12);
}

void TestTransmitterRules::literalLetsLaterNeuronsSeeTheSameTick() {
  Circuit circuit(Rule::Literal);
  const auto before = circuit.add(idle);
  const auto source = circuit.add({{neuron::ProductionE, 40}, {neuron::ProductionI, 0}, {neuron::Sta, 1}});
  const auto after = circuit.add(idle);
  circuit.link(source, before);
  circuit.link(source, after);
  circuit.build();
  circuit.step();
  QCOMPARE(circuit.value(before, neuron::DendriteE), 2.0);
  QCOMPARE(circuit.value(before, neuron::StateE), 0.0);
  QCOMPARE(circuit.value(after, neuron::DendriteE), 0.0);
  QCOMPARE(circuit.value(after, neuron::StateE), 2.0);
}

void TestTransmitterRules::literalSynapseEndsAtZero() {
  Circuit circuit(Rule::Literal);
  const auto source = circuit.add({{neuron::ProductionE, 5}, {neuron::Sta, 1}});
  const auto target = circuit.add(idle);
  circuit.link(source, target);
  circuit.build();
  circuit.step(20);
  QVERIFY(circuit.value(source, neuron::SynapseE) > 0);
  circuit.step(20);
  QCOMPARE(circuit.value(source, neuron::SynapseE), 0.0);
  QCOMPARE(circuit.metrics[metric::Deliveries], 0.0);
}

void TestTransmitterRules::eventsAreDatedByTheTickTheyHappenIn() {
  Circuit circuit;
  const auto source = circuit.add({{neuron::Sta, 3}});
  const auto target = circuit.add(idle);
  circuit.link(source, target);
  circuit.link(target, source);
  circuit.build();
  Appearance appearance;
  circuit.step(2);
  circuit.dynamics->publish(*circuit.network, &appearance);
  QCOMPARE(appearance.lastFired, (std::vector<Tick>{never, never}));
  circuit.step(4);
  circuit.dynamics->publish(*circuit.network, &appearance);
  QCOMPARE(appearance.lastFired, (std::vector<Tick>{2, never}));
  QCOMPARE(appearance.lastCarried, (std::vector<Tick>{2, never}));
}

QTEST_GUILESS_MAIN(TestTransmitterRules)
#include "tst_transmitter_rules.moc"
