#include <QtTest>

#include <cmath>
#include <numeric>

#include "core/dynamics/transmitter/step_kernel.h"
#include "core/random.h"
#include "tests/dynamics/transmitter_circuit.h"

using namespace plexarium;
using namespace plexarium::transmitter;

namespace {

constexpr std::size_t randomSize = 30;

struct RandomNeuron {
  std::array<double, neuron::Count> values;
};
struct RandomLink {
  std::size_t from, to;
  double weight;
  Kind kind;
};

/// Thirty neurons with everything: self-links, one without outgoing links, speed 1, recovery 0, beginning in any phase.
std::vector<RandomNeuron> randomNeurons(std::uint64_t seed, bool extensions) {
  const RandomStream random(seed, 1);
  std::vector<RandomNeuron> neurons;
  for (std::size_t k = 0; k < randomSize; ++k) {
    const auto initial = initialValues(description().neuronFields);
    RandomNeuron one{};
    std::copy(initial.begin(), initial.end(), one.values.begin());
    const bool inhibits = random.uniform(k, 0) < 0.2;
    one.values[neuron::Threshold] = 5 + 10 * random.uniform(k, 1);
    one.values[neuron::Returnability] = random.uniform(k, 2) / 2;
    one.values[neuron::Speed] = 1 + random.below(6, k, 3);
    one.values[neuron::Recovery] = random.below(6, k, 4);
    one.values[neuron::ProductionE] = inhibits ? 0 : 5 + 15 * random.uniform(k, 5);
    one.values[neuron::ProductionI] = inhibits ? -3 : -0.2 * random.uniform(k, 6);
    one.values[neuron::Sta] = random.below(8, k, 7);
    one.values[neuron::Str] = random.below(3, k, 8);
    if (extensions) {
      if (random.below(2, k, 9) == 0) one.values[neuron::Capacity] = 80 + 80 * random.uniform(k, 10);
      if (random.below(2, k, 11) == 0) one.values[neuron::Leak] = 0.02 * random.uniform(k, 12);
      one.values[neuron::ClearWhileRecovering] = random.below(2, k, 13);
    }
    neurons.push_back(one);
  }
  return neurons;
}

std::vector<RandomLink> randomLinks(std::uint64_t seed, bool extensions) {
  const RandomStream random(seed, 2);
  std::vector<RandomLink> links;
  for (std::size_t from = 1; from < randomSize; ++from) {  // neuron 0 has no outgoing links
    for (std::size_t to = 0; to < randomSize; ++to) {
      const auto pair = from * randomSize + to;
      if (random.uniform(pair, 0) >= 0.12) continue;
      const auto kind = extensions ? static_cast<Kind>(std::max(7U, random.below(10, pair, 1)) - 7) : Kind::Chemical;
      links.push_back({from, to, extensions ? 0.5 + random.uniform(pair, 2) : 1.0, kind});
    }
  }
  return links;
}

/// Neuron k of the lists becomes row `place[k]`.
void fill(Circuit& circuit, std::uint64_t seed, bool extensions, const std::vector<std::size_t>& place) {
  const auto neurons = randomNeurons(seed, extensions);
  std::vector<std::size_t> at(randomSize);
  for (std::size_t k = 0; k < randomSize; ++k) at[place[k]] = k;
  for (std::size_t row = 0; row < randomSize; ++row) {
    circuit.add();
    for (std::size_t field = 0; field < neuron::Count; ++field) {
      circuit.model.graph.setNeuronValue(row, field, neurons[at[row]].values[field]);
    }
  }
  const auto id = [&](std::size_t k) { return circuit.model.graph.ids()[place[k]]; };
  for (const auto& link : randomLinks(seed, extensions)) circuit.link(id(link.from), id(link.to), link.weight, link.kind);
  circuit.build();
}

std::vector<std::size_t> inOrder() {
  std::vector<std::size_t> place(randomSize);
  std::iota(place.begin(), place.end(), std::size_t{0});
  return place;
}

std::vector<std::size_t> shuffled(std::uint64_t seed) {
  auto place = inOrder();
  const RandomStream random(seed, 3);
  for (std::size_t k = randomSize - 1; k > 0; --k) {
    std::swap(place[k], place[random.below(static_cast<std::uint32_t>(k) + 1, k)]);
  }
  return place;
}

double sum(const Circuit& circuit, std::size_t field) {
  const auto values = columnValues(circuit.model.graph.neuronColumn(field));
  return std::accumulate(values.begin(), values.end(), 0.0);
}

Model copyOf(Circuit& circuit) {
  circuit.dynamics->publish(*circuit.network, nullptr);
  Model copy = circuit.model;
  copy.tick = circuit.network->tick;
  return copy;
}

bool anyDenormal(const Circuit& circuit) {
  for (std::size_t field = 0; field < neuron::Count; ++field) {
    for (const double value : columnValues(circuit.model.graph.neuronColumn(field))) {
      if (std::fpclassify(value) == FP_SUBNORMAL) return true;
    }
  }
  return false;
}

/// Columns filled with anything a run may meet, the same for the same seed.
void randomise(Graph& graph, std::uint64_t seed, UsedExtensions used) {
  const RandomStream random(seed, 4);
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    const auto set = [&](std::size_t field, double value) { graph.setNeuronValue(row, field, value); };
    set(neuron::ProductionE, 6 * random.uniform(row, 0));
    set(neuron::ProductionI, -random.uniform(row, 1));
    set(neuron::AccumulatedE, 100 * random.uniform(row, 2));
    set(neuron::AccumulatedI, -10 * random.uniform(row, 3));
    set(neuron::DendriteE, 10 * random.uniform(row, 4));
    set(neuron::DendriteI, -2 * random.uniform(row, 5));
    set(neuron::StateE, random.below(3, row, 6) == 0 ? 1e-30 * random.uniform(row, 7) : 15 * random.uniform(row, 7));
    set(neuron::StateI, -3 * random.uniform(row, 8));
    set(neuron::Sta, random.below(4, row, 9));
    set(neuron::Str, random.below(2, row, 10) * random.below(3, row, 11));
    if (used.capacity) set(neuron::Capacity, 100 * random.uniform(row, 12));
    if (used.leakOrClear) set(neuron::Leak, random.uniform(row, 13));
    if (used.leakOrClear) set(neuron::ClearWhileRecovering, random.below(2, row, 14));
  }
}

std::vector<std::vector<double>> columnsAfter(AdvanceNeurons advance, UsedExtensions used) {
  Circuit circuit;
  for (int k = 0; k < 1003; ++k) circuit.add();
  randomise(circuit.model.graph, 7, used);
  const NeuronColumns columns(circuit.model.graph);
  for (int tick = 0; tick < 20; ++tick) advance(columns, 0, circuit.model.graph.neuronCount());
  return circuit.contents();
}

}  // namespace

/// What must hold for any network.
class TestTransmitterProperties : public QObject {
  Q_OBJECT

 private slots:
  void orderOfNeuronsDoesNotMatter_data();
  void orderOfNeuronsDoesNotMatter();
  void transmitterIsConserved();
  void continuesBitForBit_data();
  void continuesBitForBit();
  void instructionSetsAgree();
  void unusedExtensionsChangeNoBit();
  void bothRulesShareThePhases();
  void silenceHasNoDenormals_data();
  void silenceHasNoDenormals();
  void editsActInTheNextTick();
  void structureMayChangeWhileRunning();
  void rulesMayChangeWhileRunning();
  void unknownNeuronsAreSkipped();
  void pictureFollowsTheState();
  void emptyNetworkLives();
};

void TestTransmitterProperties::orderOfNeuronsDoesNotMatter_data() {
  QTest::addColumn<bool>("extensions");
  QTest::addColumn<quint64>("seed");
  for (quint64 seed = 1; seed <= 3; ++seed) {
    QTest::addRow("plain %d", static_cast<int>(seed)) << false << seed;
    QTest::addRow("extensions %d", static_cast<int>(seed)) << true << seed;
  }
}

void TestTransmitterProperties::orderOfNeuronsDoesNotMatter() {
  QFETCH(bool, extensions);
  QFETCH(quint64, seed);
  Circuit one;
  Circuit other;
  const auto place = shuffled(seed);
  fill(one, seed, extensions, inOrder());
  fill(other, seed, extensions, place);
  double releases = 0;
  for (int tick = 0; tick < 200; ++tick) {
    one.step();
    other.step();
    releases += one.metrics[metric::Releases];
    for (std::size_t field = 0; field < neuron::Count; ++field) {
      const bool exact = description().neuronFields[field].type != FieldType::Real;
      for (std::size_t k = 0; k < randomSize; ++k) {
        const double a = columnValue(one.model.graph.neuronColumn(field), k);
        const double b = columnValue(other.model.graph.neuronColumn(field), place[k]);
        if (a == b) continue;
        QVERIFY2(!exact, description().neuronFields[field].key.c_str());
        QVERIFY(std::abs(a - b) <= std::max(1e-12, 1e-9 * std::abs(a)));
      }
    }
  }
  QVERIFY(releases > 100);
}

void TestTransmitterProperties::transmitterIsConserved() {
  Circuit circuit;
  fill(circuit, 5, false, inOrder());
  for (const auto channel : {0U, 1U}) {  // exciting, inhibiting
    const auto pools = [&] {
      return sum(circuit, neuron::AccumulatedE + channel) + sum(circuit, neuron::DendriteE + channel) +
             sum(circuit, neuron::StateE + channel);
    };
    double spent = 0;  // zeroed at activation, or released to nobody
    const double before = pools();
    constexpr int ticks = 300;
    for (int tick = 0; tick < ticks; ++tick) {
      const auto state = columnValues(circuit.model.graph.neuronColumn(neuron::StateE + channel));
      circuit.step();
      for (std::size_t row = 0; row < randomSize; ++row) {
        const auto id = circuit.model.graph.ids()[row];
        const auto phase = static_cast<Phase>(circuit.value(id, neuron::Phase));
        const bool nobody = circuit.model.graph.firstLink()[row] == circuit.model.graph.firstLink()[row + 1];
        if (phase == Phase::Activating) spent += state[row];
        if (phase == Phase::Releasing && nobody) spent += circuit.value(id, neuron::SynapseE + channel);
      }
    }
    const double made = ticks * sum(circuit, neuron::ProductionE + channel);
    QVERIFY(std::abs(spent) > 1);
    QVERIFY(std::abs(made - (pools() - before) - spent) <= 1e-9 * std::abs(made));
  }
}

void TestTransmitterProperties::continuesBitForBit_data() {
  QTest::addColumn<int>("rule");
  QTest::newRow("sync") << static_cast<int>(Rule::Sync);
  QTest::newRow("literal") << static_cast<int>(Rule::Literal);
}

void TestTransmitterProperties::continuesBitForBit() {
  QFETCH(int, rule);
  for (const Tick when : {1, 37, 100}) {
    Circuit whole(static_cast<Rule>(rule));
    Circuit first(static_cast<Rule>(rule));
    fill(whole, 8, true, inOrder());
    fill(first, 8, true, inOrder());
    whole.step(200);
    first.step(when);
    Circuit second(copyOf(first));
    second.build();
    second.step(200 - when);
    whole.dynamics->publish(*whole.network, nullptr);
    second.dynamics->publish(*second.network, nullptr);
    QVERIFY(whole.contents() == second.contents());
    QCOMPARE(whole.dynamics->state(*whole.network, nullptr).value(), std::string{});
  }
}

void TestTransmitterProperties::instructionSetsAgree() {
  const auto widest = widestInstructions();
  if (widest == Instructions::Baseline) QSKIP("this processor has only the baseline instructions");
  for (const UsedExtensions used : {UsedExtensions{}, {.capacity = true}, {.capacity = true, .leakOrClear = true}}) {
    const auto expected = columnsAfter(advanceNeurons(Instructions::Baseline, used), used);
    for (const auto instructions : {Instructions::Avx2, Instructions::Avx512}) {
      if (instructions > widest) continue;
      QVERIFY(columnsAfter(advanceNeurons(instructions, used), used) == expected);
    }
  }
}

void TestTransmitterProperties::unusedExtensionsChangeNoBit() {
  const auto all = advanceNeurons(widestInstructions(), {.capacity = true, .leakOrClear = true});
  const auto limited = advanceNeurons(widestInstructions(), {.capacity = true});
  const auto none = advanceNeurons(widestInstructions(), {});
  Circuit reference;
  fill(reference, 3, false, inOrder());
  reference.step(50);
  for (const auto advance : {all, limited}) {
    Circuit one(copyOf(reference));
    Circuit other(copyOf(reference));
    for (int tick = 0; tick < 50; ++tick) {
      none(NeuronColumns(one.model.graph), 0, randomSize);
      advance(NeuronColumns(other.model.graph), 0, randomSize);
    }
    QVERIFY(one.contents() == other.contents());
  }
}

void TestTransmitterProperties::bothRulesShareThePhases() {
  Circuit together(Rule::Sync);
  Circuit inTurn(Rule::Literal);
  for (auto* circuit : {&together, &inTurn}) {
    for (int k = 1; k < 9; ++k) circuit->add({{neuron::Sta, k % 4}, {neuron::Str, k % 3}, {neuron::Leak, 0.01 * k}});
    circuit->build();
  }
  for (int tick = 0; tick < 40; ++tick) {
    for (auto* circuit : {&together, &inTurn}) {
      circuit->inject(circuit->model.graph.ids()[static_cast<std::size_t>(tick % 8)], stimulus::Exciting, 9);
      circuit->step();
    }
    for (const auto field : {neuron::Phase, neuron::Sta, neuron::Str, neuron::StateE, neuron::AccumulatedE}) {
      QVERIFY(columnValues(together.model.graph.neuronColumn(field)) ==
              columnValues(inTurn.model.graph.neuronColumn(field)));
    }
  }
}

void TestTransmitterProperties::silenceHasNoDenormals_data() { continuesBitForBit_data(); }

void TestTransmitterProperties::silenceHasNoDenormals() {
  QFETCH(int, rule);
  Circuit circuit(static_cast<Rule>(rule));
  const auto source = circuit.add({{neuron::Threshold, 1000}, {neuron::Sta, 3}, {neuron::Leak, 0.5}});
  const auto leaking = circuit.add({{neuron::Threshold, 1000}, {neuron::Leak, 0.4}});
  // Excites itself with ever less: nothing is made, and any potential above 0 activates.
  const auto fading = circuit.add({{neuron::Threshold, 0},
                                   {neuron::ProductionE, 0},
                                   {neuron::ProductionI, 0},
                                   {neuron::AccumulatedE, 5},
                                   {neuron::Sta, 1},
                                   {neuron::Speed, 1},
                                   {neuron::Recovery, 0}});
  circuit.link(source, leaking);
  circuit.link(leaking, source);
  circuit.link(fading, leaking);
  circuit.link(fading, fading);
  circuit.build();
  circuit.inject(leaking, stimulus::Exciting, 500);
  circuit.inject(leaking, stimulus::Inhibiting, 100);
  for (int tick = 0; tick < 2000; ++tick) {
    circuit.step();
    QVERIFY(!anyDenormal(circuit));
  }
  QCOMPARE(circuit.value(leaking, neuron::StateE), 0.0);
  QCOMPARE(circuit.value(leaking, neuron::StateI), 0.0);
}

void TestTransmitterProperties::editsActInTheNextTick() {
  Circuit circuit;
  const auto source = circuit.add({{neuron::ProductionE, 8}, {neuron::Returnability, 0}});
  const auto target = circuit.add(idle);
  const auto other = circuit.add(idle);
  circuit.link(source, target);
  circuit.link(source, other);
  circuit.build();
  circuit.inject(target, stimulus::Exciting, 9);
  circuit.step(2);
  circuit.set(target, neuron::Threshold, 8.5);
  QCOMPARE(circuit.phases(target, 1), std::string("A"));
  circuit.set(source, neuron::Sta, 1);
  circuit.setLink(source, other, link::Weight, 3);
  circuit.step();  // the fourth tick: 32 to share, 1 : 3
  QCOMPARE(circuit.value(target, neuron::DendriteE), 8.0);
  QCOMPARE(circuit.value(other, neuron::DendriteE), 24.0);
  circuit.step();
  circuit.set(source, neuron::SynapseE, 5);  // the synapse of sync shows one tick only, also when a person filled it
  circuit.step();
  QCOMPARE(circuit.value(source, neuron::SynapseE), 0.0);
}

void TestTransmitterProperties::structureMayChangeWhileRunning() {
  Circuit circuit;
  fill(circuit, 4, true, inOrder());
  auto& graph = circuit.model.graph;
  for (int round = 0; round < 28; ++round) {
    circuit.step(7);
    circuit.dynamics->publish(*circuit.network, nullptr);
    const std::size_t row = static_cast<std::size_t>(round) % graph.neuronCount();
    graph.removeLinks(graph.linksTouching(std::array{row}));
    graph.removeNeurons(std::array{row});
    if (round % 3 == 0) circuit.add({{neuron::Sta, 2}});
    if (round % 3 == 0) circuit.link(graph.ids().back(), graph.ids().front());
    circuit.dynamics->edited(*circuit.network, {.topology = true});
  }
  circuit.step(50);
  Appearance appearance;
  circuit.dynamics->publish(*circuit.network, &appearance);
  QCOMPARE(appearance.level.size(), graph.neuronCount());
  QCOMPARE(appearance.linkStyle.size(), graph.linkCount());
}

void TestTransmitterProperties::rulesMayChangeWhileRunning() {
  Circuit circuit(Rule::Literal);
  fill(circuit, 6, false, inOrder());
  circuit.step(50);
  circuit.model.parameters[parameter::Rule] = static_cast<double>(Rule::Sync);
  circuit.dynamics->edited(*circuit.network, {.parameters = true});
  circuit.step();
  for (const auto id : circuit.model.graph.ids()) {  // what was left in the synapses is gone
    const bool releases = circuit.value(id, neuron::Phase) == static_cast<double>(Phase::Releasing);
    QVERIFY(releases || circuit.value(id, neuron::SynapseE) == 0);
  }
}

void TestTransmitterProperties::unknownNeuronsAreSkipped() {
  Circuit circuit;
  const auto neuron = circuit.add(idle);
  circuit.build();
  circuit.inject({99}, stimulus::Exciting, 5);
  circuit.inject(neuron, stimulus::Exciting, 5);
  QCOMPARE(circuit.value(neuron, neuron::DendriteE), 5.0);
}

void TestTransmitterProperties::pictureFollowsTheState() {
  Circuit circuit;
  const auto a =
      circuit.add({{neuron::StateE, 7}, {neuron::StateI, -2}, {neuron::Capacity, 50}, {neuron::AccumulatedE, 20}});
  const auto b = circuit.add({{neuron::ProductionE, 0}, {neuron::ProductionI, -1}, {neuron::Sta, 4}});
  circuit.link(a, b, 4);
  circuit.link(b, a, 1);
  circuit.link(a, a, 1, Kind::Inverted);
  circuit.link(b, b, 1, Kind::Electrical);
  circuit.build();
  circuit.step();
  Appearance appearance;
  circuit.dynamics->publish(*circuit.network, &appearance);
  QCOMPARE(appearance.phase, (std::vector<std::uint8_t>{0, 2}));
  QCOMPARE(appearance.level, (std::vector<float>{0.5F, 0.0F}));
  QCOMPARE(appearance.store[0], 0.5F);       // 20 + 5 of 50
  QCOMPARE(appearance.store[1], 1.0F / 13);  // 1, where 12 in a period make it half full
  QCOMPARE(appearance.progress[0], -1.0F);
  QCOMPARE(appearance.progress[1], 1.0F - 3.0F / 5);  // three of five ticks to go
  const auto style = [](Style one) { return static_cast<std::uint8_t>(one); };
  QCOMPARE(appearance.linkStyle, (std::vector<std::uint8_t>{style(Style::Inverted), style(Style::Exciting),
                                                            style(Style::Inhibiting), style(Style::Electrical)}));
  QCOMPARE(appearance.linkStrength, (std::vector<float>{0.5F, 1.0F, 0.5F, 0.5F}));
  std::vector<double> outputs(1);
  circuit.dynamics->readout(*circuit.network, std::array{0U}, outputs);
  QCOMPARE(outputs, std::vector<double>{5});
}

void TestTransmitterProperties::emptyNetworkLives() {
  Circuit circuit;
  circuit.build();
  circuit.step(3);
  Appearance appearance;
  circuit.dynamics->publish(*circuit.network, &appearance);
  QVERIFY(appearance.phase.empty());
  QCOMPARE(circuit.metrics, std::vector<double>(metric::Count, 0.0));
}

QTEST_GUILESS_MAIN(TestTransmitterProperties)
#include "tst_transmitter_properties.moc"
