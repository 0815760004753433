#include <QtTest>

#include <chrono>
#include <limits>

#include "core/edit/edit.h"
#include "core/io/document.h"
#include "tests/support/random_edits.h"
#include "tests/support/toy/toy.h"

using namespace plexarium;

namespace {

const Description& description() { return toy::entry().description; }

/// Four neurons A..D with ids 1..4 and links A->B, A->C, B->C, C->C, D->A; values and memories all different.
Model circuit() {
  Model model = emptyModel(description());
  model.graph.addNeurons({{{1}, {2}, {3}, {4}},
                          {"A", "B", "C", ""},
                          {Role::Sensory, Role::Inter, Role::Inter, Role::Motor},
                          {{0, 0}, {10, 0}, {0, 10}, {10, 10}},
                          {5, never, 7, 8},
                          {{0.1, 0.2, 0.3, 0.4}, {0.5, -0.25, 0.75, 1e-300}}});
  model.graph.addLinks({{{{1}, {2}}, {{1}, {3}}, {{2}, {3}}, {{3}, {3}}, {{4}, {1}}},
                        {1, 2, never, 4, 5},
                        {{1, 2, 3, 0.5, 4}, {0.1, 0.2, 0.3, 0.4, 0.5}}});
  return model;
}

Result<Applied> apply(Model& model, const Edit& edit, EditMode mode = EditMode::Strict) {
  return plexarium::apply(edit, description(), {model.graph, model.parameters, model.embodiment}, mode);
}

/// Everything a model is, but for the next id, which an undo does not lower.
std::string stateOf(Model model) {
  model.graph.raiseNextId({1000});
  return stateHash(description(), model);
}

AddNeurons newNeuron(const char* name, NeuronId id = {}) { return {{{id}, {name}, {Role::Inter}, {{1, 2}}, {}, {}}}; }

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

}  // namespace

Q_DECLARE_METATYPE(plexarium::Edit)

class TestEdit : public QObject {
  Q_OBJECT

 private slots:
  void addsNeurons();
  void addsLinks();
  void addsACircuitUnderNewIds();
  void removesNeuronsWithTheirLinks();
  void setsValues();
  void inverseRestores_data();
  void inverseRestores();
  void refusalChangesNothing_data();
  void refusalChangesNothing();
  void tolerantSkipsWhatIsGone();
  void tolerantOverwritesWhatIsThere();
  void laterValueWins();
  void largeTablesAreQuick();
};

void TestEdit::addsNeurons() {
  Model model = circuit();
  AddNeurons two{{{{}, {}}, {"X", "Y"}, {Role::Motor, Role::Sensory}, {{1, 2}, {3, 4}}, {}, {{0.75, 0.25}}}};
  const auto done = apply(model, {"Add", {two}});
  QVERIFY(done);
  QCOMPARE(done->added, (std::vector<NeuronId>{{5}, {6}}));
  QVERIFY(done->touched.topology && !done->touched.parameters);
  const auto row = model.graph.row({6});
  QVERIFY(row);
  QCOMPARE(model.graph.names()[*row], std::string("Y"));
  QCOMPARE(columnValue(model.graph.neuronColumn(toy::Bias), *row), 0.25);
  QCOMPARE(columnValue(model.graph.neuronColumn(toy::Charge), *row), 0.0);
  QCOMPARE(model.graph.lastFired()[*row], never);
  // Ids are not used again after a removal.
  QVERIFY(apply(model, {"Remove", {RemoveNeurons{{{6}}}}}));
  QCOMPARE(apply(model, {"Add", {newNeuron("Z")}})->added, (std::vector<NeuronId>{{7}}));
  // Given ids and open ones may be mixed; the order of the table is kept.
  AddNeurons mixed{{{{20}, {}, {12}}, {"a", "b", "c"}, {Role::Inter, Role::Inter, Role::Inter}, {{}, {}, {}}, {}, {}}};
  QCOMPARE(apply(model, {"Add", {mixed}})->added, (std::vector<NeuronId>{{20}, {21}, {12}}));
  QCOMPARE(model.graph.names()[*model.graph.row({12})], std::string("c"));
  QVERIFY(faults(model.graph).empty());
}

void TestEdit::addsLinks() {
  Model model = circuit();
  const auto done = apply(model, {"Link", {AddLinks{{{{{4}, {4}}, {{2}, {1}}}, {}, {{}, {0.5, 0.25}}}}}});
  QVERIFY(done && done->touched.topology);
  QCOMPARE(model.graph.linkCount(), std::size_t{7});
  const auto link = model.graph.link({{2}, {1}});
  QVERIFY(link);
  QCOMPARE(columnValue(model.graph.linkColumn(toy::Weight), *link), 0.25);
  QCOMPARE(columnValue(model.graph.linkColumn(toy::Gain), *link), 1.0);  // the initial one
  QVERIFY(faults(model.graph).empty());
}

/// Two new neurons called 1 and 2 within the step; 4 is the one that is there.
void TestEdit::addsACircuitUnderNewIds() {
  Model model = circuit();
  const AddCircuit step{{{{2}, {1}}, {"Y", "X"}, {Role::Inter, Role::Inter}, {{1, 1}, {2, 2}}, {}, {{0.5, 0.25}}},
                        {{{{1}, {2}}, {{2}, {2}}, {{4}, {1}}}, {}, {{0.5, 1, 2}}}};
  const auto done = apply(model, {"Paste", {step}});
  QVERIFY(done.has_value());
  QCOMPARE(done->added, (std::vector<NeuronId>{{5}, {6}}));
  QCOMPARE(model.graph.names()[4], std::string("Y"));
  QCOMPARE(model.graph.linkCount(), std::size_t{8});
  for (const auto& [key, gain] : {std::pair{LinkKey{{6}, {5}}, 0.5}, {LinkKey{{5}, {5}}, 1.0}, {LinkKey{{4}, {6}}, 2.0}}) {
    const auto link = model.graph.link(key);
    QVERIFY(link.has_value());
    QCOMPARE(columnValue(model.graph.linkColumn(toy::Gain), *link), gain);
  }
  // Refused as a whole: names that are used twice, a link to nobody.
  const std::string before = stateOf(model);
  AddCircuit twice = step;
  twice.neurons.ids = {{7}, {7}};
  QVERIFY(!apply(model, {"Paste", {twice}}));
  AddCircuit nobody = step;
  nobody.links.keys[0].from = {99};
  QVERIFY(!apply(model, {"Paste", {nobody}}));
  QCOMPARE(stateOf(model), before);
  QVERIFY(apply(model, done->inverse, EditMode::Tolerant).has_value());
  QCOMPARE(stateOf(model), stateOf(circuit()));
}

void TestEdit::removesNeuronsWithTheirLinks() {
  Model model = circuit();
  QVERIFY(apply(model, {"Remove", {RemoveNeurons{{{3}, {1}}}}}));
  QCOMPARE(model.graph.neuronCount(), std::size_t{2});
  QCOMPARE(model.graph.linkCount(), std::size_t{0});
  QVERIFY(faults(model.graph).empty());
}

void TestEdit::setsValues() {
  Model model = circuit();
  const auto done =
      apply(model, {"Set",
                    {SetNeuronField{toy::Bias, {{{1}, 0.5}, {{3}, 1.0}}}, SetLinkField{toy::Gain, {{{{1}, {2}}, 0.25}}},
                     SetParameter{toy::Rewires, 0}, MoveNeurons{{{{2}, {-1, -2}}}}, RenameNeurons{{{{4}, "D"}}}}});
  QVERIFY(done);
  QVERIFY(done->touched.neuronValues && done->touched.linkValues && done->touched.parameters && !done->touched.topology);
  QCOMPARE(columnValue(model.graph.neuronColumn(toy::Bias), 0), 0.5);
  QCOMPARE(columnValue(model.graph.neuronColumn(toy::Bias), 2), 1.0);
  QCOMPARE(columnValue(model.graph.linkColumn(toy::Gain), 0), 0.25);
  QCOMPARE(model.parameters[toy::Rewires], 0.0);
  QCOMPARE(model.graph.positions()[1], (Point{-1, -2}));
  QCOMPARE(model.graph.names()[3], std::string("D"));
  const auto roles = apply(model, {"Role", {SetRoles{{{{1}, Role::Motor}}}}});
  QVERIFY(roles && roles->touched.topology);
  QCOMPARE(model.graph.roles()[0], Role::Motor);
}

void TestEdit::inverseRestores_data() {
  QTest::addColumn<Edit>("edit");
  QTest::newRow("nothing") << Edit{};
  QTest::newRow("add neuron") << Edit{"", {newNeuron("X")}};
  QTest::newRow("remove neuron") << Edit{"", {RemoveNeurons{{{1}}}}};
  QTest::newRow("remove all") << Edit{"", {RemoveNeurons{{{4}, {3}, {2}, {1}}}}};
  QTest::newRow("add links") << Edit{"", {AddLinks{{{{{4}, {2}}, {{2}, {2}}}, {}, {}}}}};
  QTest::newRow("remove links") << Edit{"", {RemoveLinks{{{{3}, {3}}, {{1}, {2}}}}}};
  QTest::newRow("neuron field") << Edit{"", {SetNeuronField{toy::Bias, {{{1}, 0.9}, {{4}, 0.8}, {{1}, 0.7}}}}};
  QTest::newRow("evolving field") << Edit{"", {SetNeuronField{toy::Charge, {{{2}, 12}}}}};
  QTest::newRow("link field") << Edit{"", {SetLinkField{toy::Gain, {{{{4}, {1}}, 0.7}}}}};
  QTest::newRow("parameter") << Edit{"", {SetParameter{toy::MillisecondsPerTick, 3}}};
  QTest::newRow("move") << Edit{"", {MoveNeurons{{{{1}, {3, 4}}, {{1}, {5, 6}}}}}};
  QTest::newRow("rename") << Edit{"", {RenameNeurons{{{{4}, "now it has one"}, {{1}, ""}}}}};
  QTest::newRow("roles") << Edit{"", {SetRoles{{{{1}, Role::Motor}, {{4}, Role::Sensory}}}}};
  QTest::newRow("paste") << Edit{"", {newNeuron("X", {9}), AddLinks{{{{{9}, {1}}, {{1}, {9}}}, {}, {}}}}};
  QTest::newRow("steps that build on each other")
      << Edit{"",
              {RemoveNeurons{{{2}}}, newNeuron("X", {9}), AddLinks{{{{{9}, {3}}}, {}, {}}},
               SetLinkField{toy::Gain, {{{{9}, {3}}, 2}}}, RemoveNeurons{{{3}}}, RenameNeurons{{{{9}, "Y"}}}}};
}

void TestEdit::inverseRestores() {
  QFETCH(Edit, edit);
  Model model = circuit();
  const auto before = stateOf(model);
  auto done = apply(model, edit);
  QVERIFY2(done, done ? "" : done.error().text().c_str());
  const auto after = stateOf(model);
  QCOMPARE(after != before, !edit.steps.empty());
  auto back = apply(model, done->inverse, EditMode::Tolerant);
  QVERIFY(back);
  QCOMPARE(stateOf(model), before);
  auto again = apply(model, back->inverse, EditMode::Tolerant);
  QVERIFY(again);
  QCOMPARE(stateOf(model), after);
  QVERIFY(apply(model, again->inverse, EditMode::Tolerant));
  QCOMPARE(stateOf(model), before);
  QVERIFY(faults(model.graph).empty());
}

void TestEdit::refusalChangesNothing_data() {
  QTest::addColumn<Edit>("edit");
  QTest::addColumn<QString>("names");  // what the error must name
  const auto row = [](const char* title, EditStep step, const char* names) {
    QTest::newRow(title) << Edit{"", {step}} << names;
  };
  row("vanished neuron", RemoveNeurons{{{1}, {9}}}, "neuron 9");
  row("neuron twice", RemoveNeurons{{{1}, {1}}}, "twice");
  row("vanished link", RemoveLinks{{{{2}, {1}}}}, "link from neuron B (id 2) to neuron A (id 1)");
  row("link exists", AddLinks{{{{{1}, {2}}}, {}, {}}}, "link from neuron A (id 1) to neuron B (id 2)");
  row("link twice", AddLinks{{{{{2}, {2}}, {{2}, {2}}}, {}, {}}}, "twice");
  row("link to nobody", AddLinks{{{{{2}, {8}}}, {}, {}}}, "neuron 8");
  row("link from the id that names nobody", AddLinks{{{{{0}, {0}}}, {}, {}}}, "neuron 0");
  row("link value out of range", AddLinks{{{{{2}, {1}}}, {}, {{5}}}}, "gain 5 is above 4");
  row("link table uneven", AddLinks{{{{{2}, {1}}}, {}, {{1, 2}}}}, "length");
  row("link table too wide", AddLinks{{{{{2}, {1}}}, {}, {{1}, {1}, {1}}}}, "length");
  row("neuron exists", newNeuron("X", {2}), "neuron B (id 2)");
  row("neuron twice new", AddNeurons{{{{7}, {7}}, {"", ""}, {Role::Inter, Role::Inter}, {{}, {}}, {}, {}}}, "twice");
  row("id too large", newNeuron("X", {0xffffffffU}), "too large");
  row("neuron value out of range", AddNeurons{{{{}}, {"X"}, {Role::Inter}, {{}}, {}, {{-1}}}}, "bias -1 is below 0");
  row("neuron nowhere", AddNeurons{{{{}}, {"X"}, {Role::Inter}, {{std::numeric_limits<float>::infinity(), 0}}, {}, {}}},
      "new neuron X");
  row("neuron table uneven", AddNeurons{{{{}}, {"X", "Y"}, {Role::Inter}, {{}}, {}, {}}}, "length");
  row("no such field", SetNeuronField{2, {{{1}, 0}}}, "neuron field number 2");
  row("no such link field", SetLinkField{2, {}}, "link field number 2");
  row("no such parameter", SetParameter{3, 0}, "parameter number 3");
  row("value out of range", SetNeuronField{toy::Bias, {{{1}, 0.5}, {{2}, 1.5}}}, "neuron B (id 2): bias 1.5 is above 1");
  row("not a number", SetNeuronField{toy::Bias, {{{1}, notANumber}}}, "neuron A (id 1)");
  row("link value", SetLinkField{toy::Gain, {{{{1}, {2}}, -1}}}, "link from neuron A (id 1) to neuron B (id 2)");
  row("parameter value", SetParameter{toy::Rewires, 2}, "rewires");
  row("move nowhere", MoveNeurons{{{{4}, {0, std::numeric_limits<float>::quiet_NaN()}}}}, "neuron 4");
  row("rename nobody", RenameNeurons{{{{6}, "X"}}}, "neuron 6");
  row("no such role", SetRoles{{{{1}, static_cast<Role>(7)}}}, "role number 7");
}

void TestEdit::refusalChangesNothing() {
  QFETCH(Edit, edit);
  QFETCH(QString, names);
  Model model = circuit();
  const auto before = stateHash(description(), model);
  const auto revisions = model.graph.revisions();
  const auto alone = apply(model, edit);
  QVERIFY(!alone);
  QVERIFY2(QString::fromStdString(alone.error().text()).contains(names), alone.error().text().c_str());
  QCOMPARE(stateHash(description(), model), before);
  QCOMPARE(model.graph.revisions(), revisions);
  // After other steps, all of these are taken back, ids included.
  Edit longer{"", {newNeuron("X"), RemoveLinks{{{{3}, {3}}}}, RemoveNeurons{{{3}}}, SetParameter{toy::Rewires, 0}}};
  longer.steps.push_back(edit.steps[0]);
  QVERIFY(!apply(model, longer));
  QCOMPARE(stateHash(description(), model), before);
  QVERIFY(faults(model.graph).empty());
}

void TestEdit::tolerantSkipsWhatIsGone() {
  Model model = circuit();
  const auto before = stateOf(model);
  const Edit edit{"",
                  {RemoveNeurons{{{9}, {1}, {1}}}, RemoveLinks{{{{9}, {1}}, {{1}, {2}}}},
                   AddLinks{{{{{1}, {4}}, {{2}, {4}}}, {3, 4}, {}}}, SetNeuronField{toy::Bias, {{{1}, 1}, {{2}, 0.875}}},
                   SetLinkField{toy::Gain, {{{{1}, {2}}, 3}}}, MoveNeurons{{{{1}, {}}}}, RenameNeurons{{{{1}, ""}}}}};
  const auto done = apply(model, edit, EditMode::Tolerant);
  QVERIFY(done);
  QVERIFY(!model.graph.row({1}));
  QVERIFY(model.graph.link({{2}, {4}}));
  QCOMPARE(columnValue(model.graph.neuronColumn(toy::Bias), *model.graph.row({2})), 0.875);
  QVERIFY(apply(model, done->inverse, EditMode::Tolerant));
  QCOMPARE(stateOf(model), before);
}

void TestEdit::tolerantOverwritesWhatIsThere() {
  Model model = circuit();
  const auto before = stateOf(model);
  const Edit edit{"",
                  {AddNeurons{{{{2}, {6}}, {"B2", "F"}, {Role::Motor, Role::Inter}, {{7, 7}, {8, 8}}, {3, 4}, {{}, {9, 9}}}},
                   AddLinks{{{{{4}, {6}}, {{1}, {2}}}, {6, 7}, {{2, 2}}}}}};
  const auto done = apply(model, edit, EditMode::Tolerant);
  QVERIFY(done);
  QCOMPARE(done->added, (std::vector<NeuronId>{{6}}));
  const auto row = *model.graph.row({2});
  QCOMPARE(model.graph.names()[row], std::string("B2"));
  QCOMPARE(model.graph.lastFired()[row], Tick{3});
  QCOMPARE(columnValue(model.graph.neuronColumn(toy::Bias), row), 0.125);  // open: the initial one
  QCOMPARE(columnValue(model.graph.neuronColumn(toy::Charge), row), 9.0);
  const auto link = *model.graph.link({{1}, {2}});
  QCOMPARE(model.graph.lastCarried(link), Tick{7});
  QCOMPARE(columnValue(model.graph.linkColumn(toy::Gain), link), 2.0);
  QCOMPARE(columnValue(model.graph.linkColumn(toy::Weight), link), 0.0625);
  QVERIFY(apply(model, done->inverse, EditMode::Tolerant));
  QCOMPARE(stateOf(model), before);
}

void TestEdit::laterValueWins() {
  Model model = circuit();
  QVERIFY(apply(model, {"", {SetNeuronField{toy::Bias, {{{1}, 0.25}, {{1}, 0.5}}}}}));
  QCOMPARE(columnValue(model.graph.neuronColumn(toy::Bias), 0), 0.5);
}

void TestEdit::largeTablesAreQuick() {
  // 200,000 links at once in 2,000 neurons: seconds if the cost of any step were a product of links and neurons or links.
  Model model = toy::model(2000, 0);
  AddLinks add;
  for (std::uint32_t from = 1; from <= 2000; ++from) {
    for (std::uint32_t k = 0; k < 100; ++k) add.links.keys.push_back({{from}, {1 + (from + 2 + k * 19) % 2000}});
  }
  std::ranges::reverse(add.links.keys);
  const auto before = stateOf(model);
  const auto began = std::chrono::steady_clock::now();
  const auto added = apply(model, {"", {add}});
  QVERIFY(added);
  SetLinkField set{toy::Gain, {}};
  for (const auto& key : add.links.keys) set.values.emplace_back(key, 2.0);
  const auto changed = apply(model, {"", {set}});
  QVERIFY(changed);
  QVERIFY(apply(model, changed->inverse, EditMode::Tolerant));
  QVERIFY(apply(model, added->inverse, EditMode::Tolerant));
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - began;
  QCOMPARE(stateOf(model), before);
  qInfo("200,000 links added, set, and both undone: %.0f ms", taken.count() * 1e3);
  QVERIFY(taken.count() < 10);  // a generous bound: sanitizers and busy machines are slow
}

QTEST_GUILESS_MAIN(TestEdit)
#include "tst_edit.moc"
