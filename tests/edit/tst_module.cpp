#include <QtTest>

#include <algorithm>
#include <cmath>

#include "core/denormals.h"
#include "core/edit/module.h"
#include "core/io/document.h"
#include "core/session/simulation.h"
#include "tests/dynamics/plexus_net.h"

using namespace plexarium;
using namespace plexarium::plexus;

namespace {

std::unique_ptr<Simulation> simulate(Model model) { return Simulation::create(entry(), std::move(model)).value(); }

void put(Simulation& simulation, std::vector<std::pair<NeuronId, double>> inputs) {
  std::vector<Stimulus> stimuli;
  for (const auto& [id, amount] : inputs) stimuli.push_back({id, 0, amount});
  if (!simulation.stimulate(stimuli)) qFatal("not stimulated");
}

void run(Simulation& simulation, int ticks) {
  const FlushDenormals flush;
  for (int k = 0; k < ticks; ++k) simulation.step();
}

double potential(Simulation& simulation, NeuronId id) {
  const auto& graph = simulation.graph();
  return columnValue(graph.neuronColumn(neuron::Potential), *graph.row(id));
}

/// Bigger or smaller than a half, learnt.
const Model& trained() {
  static const Model model = [] {
    auto simulation = simulate(madeNetwork(14, 4, 2, 1, 2, Rule::Gradient));
    for (int sample = 0; sample < 40; ++sample) {
      const double level = sample % 2 == 0 ? 0.8 : 0.2;
      put(*simulation, {{{1}, level}, {{2}, level + 0.1}, {{3}, level - 0.1}, {{4}, level}});
      if (!simulation->teach({sample % 2 == 0 ? 1.0 : 0.0, sample % 2 == 0 ? 0.0 : 1.0})) qFatal("not taught");
      run(*simulation, 50);
    }
    if (!simulation->teach({})) qFatal("not ended");
    auto captured = simulation->capture().value();
    captured.name = "Comparison";
    return captured;
  }();
  return model;
}

/// A bigger network that learns by itself.
Model host() { return madeNetwork(60, 6, 3, 0.5, 2, Rule::Gradient, 7, 3); }

}  // namespace

/// Networks become parts of others, and parts networks.
class TestModule : public QObject {
  Q_OBJECT

 private slots:
  void pluggedModuleSaysTheSame_data();
  void pluggedModuleSaysTheSame();
  void theHostReadsItsOutputs();
  void learningIsLockedAndSlowed();
  void undoAndRedo();
  void extractionIsTheInverse();
  void cutLinksBecomePorts();
  void refusals();
};

void TestModule::pluggedModuleSaysTheSame_data() {
  QTest::addColumn<int>("bound");
  QTest::addRow("merged with inputs") << 0;
  QTest::addRow("inputs of its own") << 1;
}

void TestModule::pluggedModuleSaysTheSame() {
  QFETCH(int, bound);
  auto alone = simulate(trained());
  auto whole = simulate(host());
  Plugging wanted;
  wanted.learning = 0;
  wanted.group = {1};
  wanted.readersPerOutput = 10;
  wanted.linkValues = {{link::Weight, -0.5, 0.5}};
  for (std::uint32_t k = 1; bound == 0 && k <= 4; ++k) wanted.inputs.emplace_back(NeuronId{k}, NeuronId{k + 1});
  const auto edit = plugIn(description(), whole->graph(), host().parameters, trained(), wanted);
  QVERIFY2(edit, edit ? "" : edit.error().text().c_str());
  const auto added = whole->edit(*edit);
  QVERIFY2(added, added ? "" : added.error().text().c_str());
  QCOMPARE(added->size(), std::size_t(bound == 0 ? 10 : 14));
  for (const double level : {0.1, 0.9, 0.3, 0.75}) {
    for (std::uint32_t k = 0; k < 4; ++k) {
      put(*alone, {{{k + 1}, level}});
      put(*whole, {{bound == 0 ? NeuronId{k + 2} : (*added)[k], level}});
    }
    if (!whole->teach({1, 0, 0.5})) qFatal("not taught");  // the host goes on learning, the module does not
    run(*alone, 60);
    run(*whole, 60);
    for (std::uint32_t out = 0; out < 2; ++out) {
      const auto own = potential(*alone, {13 + out});
      const auto plugged = potential(*whole, (*added)[added->size() - 2 + out]);
      QVERIFY2(std::abs(own - plugged) < 1e-6, QByteArray::number(own - plugged));
      QVERIFY(own < 0.2 || own > 0.8);  // it has an opinion
    }
  }
}

void TestModule::theHostReadsItsOutputs() {
  auto whole = simulate(host());
  Plugging wanted;
  wanted.readers = {{10}, {20}, {30}, {40}};
  wanted.readersPerOutput = 3;
  wanted.linkValues = {{link::Weight, 0.25, 0.5}};
  const auto added =
      whole->edit(plugIn(description(), whole->graph(), host().parameters, trained(), wanted).value()).value();
  const auto& graph = whole->graph();
  for (const auto id : {added[12], added[13]}) {
    const auto row = *graph.row(id);
    QVERIFY(graph.roles()[row] == Role::Inter);
    int readers = 0;
    for (auto l = graph.firstLink()[row]; l < graph.firstLink()[row + 1]; ++l) {
      const auto reader = graph.ids()[graph.targets()[l]];
      if (reader.value > 60) continue;
      ++readers;
      QVERIFY(std::ranges::find(wanted.readers, reader) != wanted.readers.end());
      const double weight = columnValue(graph.linkColumn(link::Weight), l);
      QVERIFY(weight >= 0.25 && weight <= 0.5);
    }
    QCOMPARE(readers, 3);
  }
  // What bounds fires came along; the host's neurons keep the network's.
  const auto madeFor = columnValues(graph.neuronColumn(neuron::MadeFor));
  QCOMPARE(madeFor[*graph.row(added[5])], 14.0);
  QCOMPARE(madeFor[5], 0.0);
  wanted.outputsBecomeInterneurons = false;
  const auto again =
      whole->edit(plugIn(description(), whole->graph(), host().parameters, trained(), wanted).value()).value();
  QVERIFY(whole->graph().roles()[*whole->graph().row(again[13])] == Role::Motor);
}

void TestModule::learningIsLockedAndSlowed() {
  const auto moved = [](double learning) {
    auto whole = simulate(host());
    Plugging wanted;
    wanted.learning = learning;
    wanted.readersPerOutput = 57;
    wanted.linkValues = {{link::Weight, 0.5, 0.5}};
    for (std::uint32_t k = 1; k <= 4; ++k) wanted.inputs.emplace_back(NeuronId{k}, NeuronId{k});
    const auto added = whole->edit(plugIn(description(), whole->graph(), host().parameters, trained(), wanted).value());
    const auto weights = [&] {
      double sum = 0;
      const auto& graph = whole->graph();
      for (std::size_t l = 0; l < graph.linkCount(); ++l) {
        if (graph.key(l).to.value > 60) sum += std::abs(columnValue(graph.linkColumn(link::Weight), l));
      }
      return sum;
    };
    const double before = weights();
    if (!added || !whole->teach({1, 0, 1})) qFatal("not plugged in");
    run(*whole, 100);
    return std::abs(weights() - before);
  };
  const double free = moved(1);
  const double slow = moved(0.1);
  QCOMPARE(moved(0), 0.0);
  QVERIFY(free > 0 && slow > 0 && slow < free);
}

void TestModule::undoAndRedo() {
  auto whole = simulate(host());
  const auto before = canonicalDump(description(), whole->capture().value());
  Plugging wanted;
  wanted.group = {1};
  wanted.readersPerOutput = 5;
  wanted.inputs = {{{1}, {40}}};  // bound to an interneuron
  QVERIFY(whole->edit(plugIn(description(), whole->graph(), host().parameters, trained(), wanted).value()));
  const auto plugged = canonicalDump(description(), whole->capture().value());
  QCOMPARE(whole->graph().groups().front().name, std::string("Comparison"));
  run(*whole, 10);
  QVERIFY(whole->undo());
  QCOMPARE(canonicalDump(description(), whole->capture().value()), before);
  QVERIFY(whole->redo());
  QCOMPARE(canonicalDump(description(), whole->capture().value()), plugged);
}

void TestModule::extractionIsTheInverse() {
  auto whole = simulate(host());
  Plugging wanted;
  wanted.outputsBecomeInterneurons = false;
  const auto added =
      whole->edit(plugIn(description(), whole->graph(), host().parameters, trained(), wanted).value()).value();
  const auto extract = extractModule(description(), whole->capture().value(), added);
  QVERIFY2(extract, extract ? "" : extract.error().text().c_str());
  QCOMPARE(extract->model.graph.neuronCount(), std::size_t{14});
  QCOMPARE(extract->model.graph.linkCount(), trained().graph.linkCount());
  QCOMPARE(extract->inputs, std::vector<NeuronId>(added.begin(), added.begin() + 4));
  QCOMPARE(extract->outputs, std::vector<NeuronId>(added.end() - 2, added.end()));
  auto alone = simulate(trained());
  auto again = simulate(extract->model);
  for (const double level : {0.15, 0.85}) {
    for (std::uint32_t k = 0; k < 4; ++k) {
      put(*alone, {{{k + 1}, level}});
      put(*again, {{added[k], level}});
    }
    run(*alone, 60);
    run(*again, 60);
    QVERIFY(std::abs(potential(*alone, {13}) - potential(*again, added[12])) < 1e-6);
  }
}

void TestModule::cutLinksBecomePorts() {
  Net net(Rule::Gradient);
  const auto in = net.add(Role::Sensory, 0.3);
  const auto a = net.add(Role::Inter);
  const auto b = net.add(Role::Inter);
  const auto c = net.add(Role::Inter);
  const auto out = net.add(Role::Motor);
  net.link(in, a, 1);
  net.link(a, b, 2);
  net.link(b, c, 3);
  net.link(c, b, 4);
  net.link(b, out, 5);
  net.link(c, out, 6);
  net.model.name = "Whole";
  const std::vector<NeuronId> part{b, c};
  const auto extract = extractModule(description(), net.model, part);
  QVERIFY(extract);
  const auto& graph = extract->model.graph;
  QCOMPARE(graph.neuronCount(), std::size_t{3});
  QCOMPARE(graph.linkCount(), std::size_t{3});
  QVERIFY(graph.link({a, b}) && graph.link({b, c}) && graph.link({c, b}));
  QCOMPARE(columnValue(graph.linkColumn(link::Weight), *graph.link({a, b})), 2.0);
  QCOMPARE(extract->inputs, std::vector{a});
  QVERIFY(graph.roles()[*graph.row(a)] == Role::Sensory);
  QCOMPARE(extract->outputs, (std::vector{b, c}));  // read from outside, but from inside as well: they stay interneurons
  QVERIFY(graph.roles()[*graph.row(b)] == Role::Inter);
  const std::vector<NeuronId> last{b};
  const auto single = extractModule(description(), net.model, last);
  QVERIFY(single && single->model.graph.roles()[*single->model.graph.row(b)] == Role::Motor);
  QCOMPARE(single->inputs, (std::vector{a, c}));
  QVERIFY(simulate(extract->model));
}

void TestModule::refusals() {
  const auto whole = host();
  const auto refused = [&](const Plugging& wanted, const Model& module = trained()) {
    const auto edit = plugIn(description(), whole.graph, whole.parameters, module, wanted);
    return !edit && !edit.error().text().empty();
  };
  QVERIFY(!refused({}));
  QVERIFY(refused({.inputs = {{{1}, {999}}}}));
  QVERIFY(refused({.inputs = {{{999}, {1}}}}));
  QVERIFY(refused({.inputs = {{{5}, {1}}}}));  // no input
  QVERIFY(refused({.inputs = {{{1}, {1}}, {{1}, {2}}}}));
  QVERIFY(refused({.inputs = {{{1}, {1}}, {{2}, {1}}}}));
  QVERIFY(refused({.outputs = {{99}}}));
  QVERIFY(refused({.outputs = {{13}, {13}}}));
  QVERIFY(refused({.inputs = {{{1}, {1}}}, .outputs = {{1}}}));
  QVERIFY(refused({.readers = {{999}}}));
  QVERIFY(refused({.readers = {{9}, {9}}}));
  QVERIFY(refused({.linkValues = {{link::Weight, 0, 1e9}}}));
  QVERIFY(refused({.linkValues = {{7, 0, 0}}}));
  auto other = trained();
  other.dynamics = "other";
  QVERIFY(refused({}, other));
  QVERIFY(refused({}, emptyModel(description())));
  const auto nobody = extractModule(description(), whole, {});
  QVERIFY(!nobody && !nobody.error().text().empty());
  const std::vector<NeuronId> gone{{999}};
  QVERIFY(!extractModule(description(), whole, gone));
}

QTEST_GUILESS_MAIN(TestModule)
#include "tst_module.moc"
