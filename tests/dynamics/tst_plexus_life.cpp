#include <QtTest>

#include <algorithm>
#include <numeric>

#include "core/denormals.h"
#include "core/io/document.h"
#include "core/session/graph_imager.h"
#include "core/session/simulation.h"
#include "tests/dynamics/plexus_net.h"
#include "tests/support/random_edits.h"

using namespace plexarium;
using namespace plexarium::plexus;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int editCount = 5'000;
#else
constexpr int editCount = 100'000;
#endif

std::unique_ptr<Simulation> simulate(Model model) { return Simulation::create(entry(), std::move(model)).value(); }

std::string hash(Simulation& simulation) { return stateHash(description(), simulation.capture().value()); }

/// Feeds sample number `sample` for so many ticks: two kinds of input in turn, now and then a test.
void feed(Simulation& simulation, int sample, int ticks) {
  const FlushDenormals flush;
  const Graph& graph = simulation.graph();
  std::vector<Stimulus> inputs;
  std::vector<double> targets;
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    if (graph.roles()[row] == Role::Sensory) inputs.push_back({graph.ids()[row], 0, sample % 2 == 0 ? 0.8 : 0.2});
    if (graph.roles()[row] == Role::Motor) targets.push_back((sample + static_cast<int>(targets.size())) % 2);
  }
  if (sample % 5 == 4) targets.clear();
  if (!simulation.stimulate(inputs) || !simulation.teach(targets)) qFatal("not fed");
  for (int tick = 0; tick < ticks; ++tick) simulation.step();
}

Model living(Rule rule, TickLength tick, std::uint64_t seed = 1) {
  auto model = madeNetwork(30, 4, 2, 0.6, 2, rule, seed);
  model.parameters[parameter::Tick] = static_cast<double>(tick);
  return model;
}

/// Nothing dangles, motor neurons are never read, and everybody's fan-in adds up to the links there are.
std::string mirrorFaults(const Graph& graph) {
  if (auto wrong = faults(graph); !wrong.empty()) return wrong;
  for (const double weight : columnValues(graph.linkColumn(link::Weight))) {
    if (!(std::abs(weight) <= double{largestWeight})) return "a weight has left its range";
  }
  for (std::size_t field = 0; field < neuron::Count; ++field) {
    for (const double value : columnValues(graph.neuronColumn(field))) {
      if (auto checked = checkValue(description().neuronFields[field], value); !checked) return checked.error().text();
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
class TestPlexusLife : public QObject {
  Q_OBJECT

 private slots:
  void goesOnBitForBit_data();
  void goesOnBitForBit();
  void damagedStateIsRefused();
  void liveEdits();
  void refusedEditsAreSurvived();
  void newcomersJoin();
  void undoneNewcomersComeBackAsTheyWere();
  void rewiringReachesTheGraph();
};

void TestPlexusLife::goesOnBitForBit_data() {
  QTest::addColumn<int>("rule");
  QTest::addColumn<int>("tick");
  for (int rule = 0; rule < 4; ++rule) {
    for (int tick = 0; tick < 2; ++tick) QTest::addRow("rule %d, tick %d", rule, tick) << rule << tick;
  }
}

void TestPlexusLife::goesOnBitForBit() {
  QFETCH(int, rule);
  QFETCH(int, tick);
  const auto registry = builtInDynamics();
  auto whole = simulate(living(static_cast<Rule>(rule), static_cast<TickLength>(tick)));
  auto parts = simulate(living(static_cast<Rule>(rule), static_cast<TickLength>(tick)));
  for (int sample = 0; sample < 40; ++sample) {
    feed(*whole, sample, 7);
    feed(*parts, sample, 3);
    // Saved in the middle of a sample, and with generations in the middle of a wave.
    const auto text = writeModel(description(), parts->capture().value());
    auto read = readModel(registry, text, "saved");
    QVERIFY2(read, read ? "" : read.error().text().c_str());
    QCOMPARE(writeModel(description(), *read), text);
    parts = simulate(std::move(*read));
    const FlushDenormals flush;
    for (int k = 0; k < 4; ++k) parts->step();
    QCOMPARE(hash(*parts), hash(*whole));
    // A checkpoint is the same kind of door.
    const auto kept = whole->checkpoint(nullptr).value();
    for (int k = 0; k < 3; ++k) whole->step();
    QVERIFY(whole->restore(*kept));
    QCOMPARE(hash(*parts), hash(*whole));
  }
}

void TestPlexusLife::damagedStateIsRefused() {
  const auto good = simulate(living(Rule::Gradient, TickLength::Generation));
  feed(*good, 0, 2);
  const auto model = good->capture().value();
  QVERIFY(Simulation::create(entry(), model));
  for (const char* state :
       {"[]", "{", "{}", R"({"wave":-1,"generation":0,"fires":0,"queue":[],"targets":[],"loaded":false})",
        R"({"wave":0,"generation":0,"fires":0.5,"queue":[],"targets":[],"loaded":false})",
        R"({"wave":0,"generation":0,"fires":0,"queue":[99],"targets":[],"loaded":false})",
        R"({"wave":0,"generation":0,"fires":0,"queue":[1],"targets":[],"loaded":false})",
        R"({"wave":0,"generation":0,"fires":0,"queue":[9,8],"targets":[],"loaded":false})",
        R"({"wave":0,"generation":0,"fires":0,"queue":[9,9],"targets":[],"loaded":false})",
        R"({"wave":0,"generation":0,"fires":0,"queue":["9"],"targets":[],"loaded":false})",
        R"({"wave":0,"generation":0,"fires":0,"queue":[],"targets":[1],"loaded":false})",
        R"({"wave":0,"generation":0,"fires":0,"queue":[],"targets":[1,2],"loaded":false})",
        R"({"wave":0,"generation":0,"fires":0,"queue":[],"targets":[],"loaded":1})",
        R"({"wave":0,"generation":0,"fires":0,"queue":[],"targets":[]})",
        R"({"wave":9007199254740993,"generation":0,"fires":0,"queue":[],"targets":[],"loaded":false})"}) {
    auto damaged = model;
    damaged.dynamicsState = state;
    const auto refused = Simulation::create(entry(), std::move(damaged));
    QVERIFY2(!refused && !refused.error().text().empty(), state);
  }
}

void TestPlexusLife::liveEdits() {
  const auto start = living(Rule::Article, TickLength::Wave);
  const auto wanted = canonicalDump(description(), start);
  auto simulation = simulate(start);
  std::vector<std::size_t> parameters(parameter::Count);
  std::iota(parameters.begin(), parameters.end(), std::size_t{0});
  RandomEdits edits(description(), 5, parameters, 20, 40);
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
    QCOMPARE(mirrorFaults(simulation->graph()), std::string());
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
void TestPlexusLife::refusedEditsAreSurvived() {
  auto simulation = simulate(living(Rule::Gradient, TickLength::Wave));
  auto untouched = simulate(living(Rule::Gradient, TickLength::Wave));
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

void TestPlexusLife::newcomersJoin() {
  auto simulation = simulate(living(Rule::Gradient, TickLength::Wave));
  feed(*simulation, 0, 20);
  const auto add = [&](Role role) {
    AddNeurons step{{{{}}, {"new"}, {role}, {{}}, {}, {}}};
    return simulation->edit({"Add", {std::move(step)}}).value()[0];
  };
  const auto degrees = [&](NeuronId id) {
    const Graph& graph = simulation->graph();
    const auto row = *graph.row(id);
    return std::pair(std::ranges::count(graph.targets(), row), graph.firstLink()[row + 1] - graph.firstLink()[row]);
  };
  const auto [read, readBy] = degrees(add(Role::Inter));
  QVERIFY(read >= 6 && read <= 28 && readBy >= 6 && readBy <= 28);  // around 18
  const auto [readBySense, publishedBySense] = degrees(add(Role::Sensory));
  QVERIFY(readBySense == 0 && publishedBySense >= 6);
  const auto motor = add(Role::Motor);
  const auto [readByMotor, publishedByMotor] = degrees(motor);
  QVERIFY(readByMotor >= 6 && publishedByMotor == 0);
  feed(*simulation, 1, 20);
  QCOMPARE(simulation->graph().lastFired()[*simulation->graph().row(motor)], simulation->tick() - 1);
  // Two at once join each other as well, without asking for the same link twice.
  AddNeurons two{{{{}, {}}, {"a", "b"}, {Role::Inter, Role::Inter}, {{}, {}}, {}, {}}};
  const auto both = simulation->edit({"Add", {std::move(two)}}).value();
  QCOMPARE(both.size(), std::size_t{2});
  for (const auto id : both) QVERIFY(degrees(id).first > 0);
  // Who comes with a link of his own is left alone, and so is everybody where newcomers do not join.
  const NeuronId next = simulation->graph().nextId();
  const AddLinks links{{{{{1}, next}}, {}, {}}};
  QVERIFY(simulation->edit({"Add", {AddNeurons{{{next}, {"c"}, {Role::Inter}, {{}}, {}, {}}}, links}}));
  QCOMPARE(degrees(next).first, 1);
  QVERIFY(simulation->edit({"Set", {SetParameter{parameter::Join, 0}}}));
  QCOMPARE(degrees(add(Role::Inter)).first, 0);
}

void TestPlexusLife::undoneNewcomersComeBackAsTheyWere() {
  auto simulation = simulate(living(Rule::Gradient, TickLength::Wave));
  const auto before = canonicalDump(description(), simulation->capture().value());
  AddNeurons step{{{{}}, {"new"}, {Role::Inter}, {{}}, {}, {}}};
  QVERIFY(simulation->edit({"Add", {std::move(step)}}));
  const auto joined = canonicalDump(description(), simulation->capture().value());
  feed(*simulation, 0, 5);
  QVERIFY(simulation->undo());
  QCOMPARE(canonicalDump(description(), simulation->capture().value()), before);
  QVERIFY(simulation->redo());
  QCOMPARE(canonicalDump(description(), simulation->capture().value()), joined);
  // The beginning of the run keeps the newcomer and its links.
  feed(*simulation, 1, 5);
  QVERIFY(simulation->returnToStart());
  QCOMPARE(canonicalDump(description(), simulation->capture().value()), joined);
  // Somebody who had no links when he was removed comes back without.
  QVERIFY(simulation->edit({"Set", {SetParameter{parameter::Join, 0}}}));
  AddNeurons lonely{{{{}}, {"alone"}, {Role::Inter}, {{}}, {}, {}}};
  const auto id = simulation->edit({"Add", {std::move(lonely)}}).value()[0];
  QVERIFY(simulation->edit({"Set", {SetParameter{parameter::Join, 1}}}));
  const auto alone = canonicalDump(description(), simulation->capture().value());
  QVERIFY(simulation->edit({"Remove", {RemoveNeurons{{id}}}}));
  QVERIFY(simulation->undo());
  QCOMPARE(canonicalDump(description(), simulation->capture().value()), alone);
}

void TestPlexusLife::rewiringReachesTheGraph() {
  auto simulation = simulate(living(Rule::Article, TickLength::Wave));
  auto unseen = simulate(living(Rule::Article, TickLength::Wave));
  const auto links = simulation->graph().linkCount();
  const auto revision = simulation->graph().revisions().topology;
  double rewired = 0;
  for (int k = 0; k < 400; ++k) {
    feed(*simulation, k / 20, 1);
    rewired += simulation->step().value()[metric::Rewired];
    QCOMPARE(mirrorFaults(simulation->graph()), std::string());
    feed(*unseen, k / 20, 1);
    unseen->step();
  }
  QVERIFY(rewired > 10);
  QVERIFY(simulation->graph().linkCount() != links);
  QVERIFY(simulation->graph().revisions().topology > revision);
  QCOMPARE(hash(*unseen), hash(*simulation));  // looking changes nothing
}

QTEST_GUILESS_MAIN(TestPlexusLife)
#include "tst_plexus_life.moc"
