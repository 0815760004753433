#include <QtTest>

#include <cmath>
#include <numeric>

#include "core/denormals.h"
#include "core/io/document.h"
#include "core/session/graph_imager.h"
#include "core/session/simulation.h"
#include "tests/dynamics/synann_net.h"
#include "tests/support/random_edits.h"

using namespace plexarium;
using namespace plexarium::synann;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int editCount = 2'000;
#else
constexpr int editCount = 20'000;
#endif

std::unique_ptr<Simulation> simulate(Model model) { return Simulation::create(entry(), std::move(model)).value(); }

std::string hash(Simulation& simulation) { return stateHash(description(), simulation.capture().value()); }

/// Shows sample number `sample` for so many ticks: two kinds of input in turn, now and then a test or a kick.
void feed(Simulation& simulation, int sample, int ticks) {
  const FlushDenormals flush;
  const Graph& graph = simulation.graph();
  std::vector<Stimulus> inputs;
  std::vector<double> targets;
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    if (graph.roles()[row] == Role::Sensory) inputs.push_back({graph.ids()[row], 0, sample % 2 == 0 ? 0.8 : 0.2});
    if (graph.roles()[row] == Role::Motor) targets.push_back((sample + static_cast<int>(targets.size())) % 2);
  }
  if (sample % 3 == 1 && graph.neuronCount() > 0) inputs.push_back({graph.ids().back(), 0, 0.7});
  if (sample % 5 == 4) targets.clear();
  if (!simulation.stimulate(inputs) || !simulation.teach(targets)) qFatal("not fed");
  for (int tick = 0; tick < ticks; ++tick) simulation.step();
}

Model living(Mode mode, bool delays, std::uint64_t seed = 1) {
  const std::vector<double> values{24, 4, 2, 3, 3, 1, static_cast<double>(mode)};
  auto model = createNetwork(values, seed).value();
  const RandomStream random(seed, 9);
  for (std::size_t l = 0; delays && l < model.graph.linkCount(); ++l) {
    if (random.below(4, l) == 0) model.graph.setLinkValue(l, link::Delay, 1 + random.below(5, l, 1));
  }
  model.parameters[parameter::Window] = 6;
  return model;
}

std::string valueFaults(const Graph& graph) {
  if (auto wrong = faults(graph); !wrong.empty()) return wrong;
  for (std::size_t field = 0; field < neuron::Count; ++field) {
    for (const double value : columnValues(graph.neuronColumn(field))) {
      if (auto checked = checkValue(description().neuronFields[field], value); !checked) return checked.error().text();
    }
  }
  for (std::size_t field = 0; field < link::Count; ++field) {
    for (const double value : columnValues(graph.linkColumn(field))) {
      if (auto checked = checkValue(description().linkFields[field], value); !checked) return checked.error().text();
    }
  }
  return {};
}

GraphImage imageOf(const Graph& graph) {
  GraphImager imager(description());
  return imager.image(graph);
}

}  // namespace

/// Networks that are edited, saved, undone and taken back while they learn.
class TestSynannLife : public QObject {
  Q_OBJECT

 private slots:
  void goesOnBitForBit_data();
  void goesOnBitForBit();
  void damagedStateIsRefused();
  void liveEdits_data();
  void liveEdits();
  void refusedEditsAreSurvived();
  void newcomersHaveAPast();
  void newNetworks();
};

void TestSynannLife::goesOnBitForBit_data() {
  QTest::addColumn<int>("mode");
  QTest::addColumn<bool>("delays");
  for (int mode = 0; mode < 2; ++mode) {
    for (const bool delays : {false, true}) QTest::addRow("mode %d, delays %d", mode, delays) << mode << delays;
  }
}

void TestSynannLife::goesOnBitForBit() {
  QFETCH(int, mode);
  QFETCH(bool, delays);
  const auto registry = builtInDynamics();
  auto whole = simulate(living(static_cast<Mode>(mode), delays));
  auto parts = simulate(living(static_cast<Mode>(mode), delays));
  for (int sample = 0; sample < 40; ++sample) {
    feed(*whole, sample, 7);
    feed(*parts, sample, 3 * (sample % 2));  // saved in the middle of a sample, or with a kick to come
    const auto text = writeModel(description(), parts->capture().value());
    auto read = readModel(registry, text, "saved");
    QVERIFY2(read, read ? "" : read.error().text().c_str());
    QCOMPARE(writeModel(description(), *read), text);
    parts = simulate(std::move(*read));
    const FlushDenormals flush;
    for (int k = 3 * (sample % 2); k < 7; ++k) parts->step();
    QCOMPARE(hash(*parts), hash(*whole));
    // A checkpoint is the same kind of door.
    const auto kept = whole->checkpoint(nullptr).value();
    for (int k = 0; k < 3; ++k) whole->step();
    QVERIFY(whole->restore(*kept));
    QCOMPARE(hash(*parts), hash(*whole));
  }
}

void TestSynannLife::damagedStateIsRefused() {
  const auto good = simulate(living(Mode::Time, true));
  feed(*good, 0, 2);
  auto model = good->capture().value();
  QVERIFY(Simulation::create(entry(), model));
  const std::string ticks = "[[" + [] {
    std::string numbers = "0";
    for (int k = 1; k < 24; ++k) numbers += ",0";
    return numbers;
  }() + "]]";
  const auto with = [&](const std::string& steps, const std::string& targets, const std::string& kicks,
                        const std::string& history) {
    auto changed = model;
    changed.dynamicsState =
        R"({"steps":)" + steps + R"(,"targets":)" + targets + R"(,"kicks":)" + kicks + R"(,"history":)" + history + "}";
    return Simulation::create(entry(), std::move(changed));
  };
  QVERIFY(with("0", "[]", "[]", ticks));
  QVERIFY(with("7", "[1,null]", "[[3,0.5]]", ticks));
  const auto refused = [&](const auto& simulation) { return !simulation && !simulation.error().text().empty(); };
  for (const char* steps : {"-1", "0.5", "null", "9007199254740993"})
    QVERIFY2(refused(with(steps, "[]", "[]", ticks)), steps);
  for (const char* targets : {"[1]", "[1,2]", "[1,\"1\"]", "{}", "1"})
    QVERIFY2(refused(with("0", targets, "[]", ticks)), targets);
  for (const char* kicks : {"[3]", "[[3]]", "[[99,0.5]]", "[[3,1.5]]", "[[-3,0.5]]", "0"})
    QVERIFY2(refused(with("0", "[]", kicks, ticks)), kicks);
  for (const char* history : {"[]", "[[]]", "[[0,0]]", "[0]", "null"})
    QVERIFY2(refused(with("0", "[]", "[]", history)), history);
  auto damaged = ticks;
  damaged[2] = '2';
  QVERIFY(refused(with("0", "[]", "[]", damaged)));
  for (const char* text : {"[]", "{", "{}", "1"}) {
    auto changed = model;
    changed.dynamicsState = text;
    QVERIFY2(refused(Simulation::create(entry(), std::move(changed))), text);
  }
}

void TestSynannLife::liveEdits_data() {
  QTest::addColumn<int>("mode");
  QTest::newRow("relax") << 0;
  QTest::newRow("time") << 1;
}

void TestSynannLife::liveEdits() {
  QFETCH(int, mode);
  const auto start = living(static_cast<Mode>(mode), true);
  const auto wanted = canonicalDump(description(), start);
  auto simulation = simulate(start);
  std::vector<std::size_t> parameters(parameter::Count);
  std::iota(parameters.begin(), parameters.end(), std::size_t{0});
  std::erase(parameters, std::size_t{parameter::Sweeps});  // thousands of them are slow
  RandomEdits edits(description(), 5, parameters, 16, 32);
  const RandomStream choice(9, 9);
  int refused = 0;
  for (int k = 0; k < editCount; ++k) {
    const auto index = static_cast<std::uint64_t>(k);
    switch (choice.below(10, index)) {
      case 0:
        refused += simulation->undo() ? 0 : 1;
        break;
      case 1:
        refused += simulation->redo() ? 0 : 1;
        break;
      default:
        refused += simulation->edit(edits.next(imageOf(simulation->graph()))) ? 0 : 1;
    }
    if (k % 7 == 0) feed(*simulation, k / 7, 1 + k % 3);
    if (k % 250 != 0) continue;
    QCOMPARE(valueFaults(simulation->capture().value().graph), std::string());
    // What is saved goes on like what was left: no list of the dynamics' own has missed an edit.
    auto other = simulate(simulation->capture().value());
    feed(*other, k, 3);
    feed(*simulation, k, 3);
    QCOMPARE(hash(*other), hash(*simulation));
  }
  QVERIFY2(refused < editCount / 2, "most edits were refused: the test tests little");
  QVERIFY(simulation->graph().neuronCount() > 10);
  QVERIFY(simulation->returnToStart());
  while (simulation->undo()) {
  }
  QVERIFY(simulation->returnToStart());
  QCOMPARE(canonicalDump(description(), simulation->capture().value()), wanted);
}

/// A refused edit may have moved every column before it was taken back, and the dynamics is not told.
void TestSynannLife::refusedEditsAreSurvived() {
  auto simulation = simulate(living(Mode::Time, true));
  auto untouched = simulate(living(Mode::Time, true));
  for (int k = 0; k < 20; ++k) {
    AddNeurons many;
    for (int one = 0; one < 500; ++one) {
      many.neurons.ids.emplace_back();
      many.neurons.names.emplace_back();
      many.neurons.roles.push_back(Role::Inter);
      many.neurons.positions.push_back({});
    }
    QVERIFY(!simulation->edit({"Add", {std::move(many), RemoveNeurons{{{9999}}}}}));
    feed(*simulation, k, 5);
    feed(*untouched, k, 5);
    QCOMPARE(hash(*simulation), hash(*untouched));
  }
}

/// A neuron that joins late has always been what it is; the others keep what they were.
void TestSynannLife::newcomersHaveAPast() {
  Net net;
  const auto in = net.input(0);
  const auto late = net.add({});
  net.excite(in, late, 1, 4);
  const auto model = net.model;
  auto simulation = simulate(model);
  const auto levelOf = [&](NeuronId id) {
    const auto graph = simulation->capture().value().graph;
    return columnValue(graph.neuronColumn(neuron::Probability), *graph.row(id));
  };
  for (const double level : {0.1, 0.2, 0.3}) {
    QVERIFY(simulation->stimulate({{in, 0, level}}));
    QVERIFY(simulation->step());
  }
  NeuronTable table{{{}}, {"late"}, {Role::Sensory}, {{}}, {}, std::vector<std::vector<double>>(neuron::Count)};
  table.values[neuron::Probability] = {0.9};
  const auto added = simulation->edit({"Add", {AddNeurons{table}}}).value()[0];
  LinkTable links{{{added, late}}, {}, std::vector<std::vector<double>>(link::Count)};
  links.values[link::Channel] = {1};
  links.values[link::Weight] = {0.5};
  links.values[link::Delay] = {2};
  QVERIFY(simulation->edit({"Link", {AddLinks{links}}}));
  for (const double wanted : {0.0, 0.1, 0.2, 0.3}) {
    QVERIFY(simulation->step());
    QVERIFY(std::abs(levelOf(late) - wanted * 0.55) < 1e-12);
  }
}

void TestSynannLife::newNetworks() {
  const auto make = [](std::vector<double> values) { return createNetwork(values, 3); };
  const auto model = make({50, 6, 3, 5, 4, 1, 1}).value();
  QCOMPARE(model.graph.neuronCount(), std::size_t{50});
  QCOMPARE(model.parameters[parameter::Mode], 1.0);
  std::vector<int> exciting(51), inhibiting(51);
  for (std::size_t l = 0; l < model.graph.linkCount(); ++l) {
    const auto key = model.graph.key(l);
    QVERIFY(key.from != key.to && key.to.value > 6 && key.from.value <= 47);
    ++(model.graph.linkValues<std::uint8_t>(link::Channel)[l] == 0 ? exciting : inhibiting)[key.to.value];
  }
  for (std::size_t id = 1; id <= 50; ++id) {
    QCOMPARE(exciting[id], id > 6 ? 5 : 0);
    QCOMPARE(inhibiting[id], id > 6 ? 4 : 0);
  }
  QVERIFY(writeModel(description(), make({50, 6, 3, 5, 4, 1, 1}).value()) == writeModel(description(), model));
  // It lives at once: its inputs are half open.
  const auto fresh = simulate(model);
  for (int tick = 0; tick < 20; ++tick) fresh->step();
  const auto woken = fresh->capture().value();
  const auto probabilities = woken.graph.neuronValues<double>(neuron::Probability);
  for (std::size_t row = 0; row < 6; ++row) QCOMPARE(probabilities[row], 0.5);
  QVERIFY(std::ranges::count_if(probabilities, [](double p) { return p > 0.01; }) > 40);
  const auto ordered = make({50, 6, 3, 5, 4, 0, 0}).value();
  for (std::size_t l = 0; l < ordered.graph.linkCount(); ++l) QVERIFY(ordered.graph.key(l).from < ordered.graph.key(l).to);
  QVERIFY(make({1, 0, 0, 4, 4, 1, 0}) && make({3, 3, 0, 4, 4, 1, 0}) && make({2, 0, 2, 4, 4, 1, 0}) &&
          make({5, 1, 1, 0, 0, 1, 0}));
  QVERIFY(!make({3, 2, 2, 4, 4, 1, 0}));
  QVERIFY(!make({200'000, 1, 1, 10'000, 10'000, 1, 0}));
}

QTEST_GUILESS_MAIN(TestSynannLife)
#include "tst_synann_life.moc"
