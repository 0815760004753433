#include <QtTest>

#include "core/edit/edit.h"
#include "core/graph/graph_archive.h"
#include "core/io/document.h"
#include "core/session/session.h"
#include "tests/support/toy/toy.h"

using namespace plexarium;

namespace {

const Description& description() {
  static const auto entry = toy::entry();
  return entry.description;
}

Registry registry() {
  Registry toys;
  toys.add(toy::entry());
  return toys;
}

/// Six neurons; 1 and 2 in "Left", 3 in "Inner", which lies in "Left"; 4 in "Right".
Model grouped() {
  Model model = toy::model(6, 4);
  model.graph.setGroups({{{1}, "Left", 2, {}, false}, {{2}, "Inner", 3, {1}, true}, {{5}, "Right \"R\"", 7, {}, false}});
  for (const auto& [row, group] : {std::pair(0U, 1U), std::pair(1U, 1U), std::pair(2U, 2U), std::pair(3U, 5U)}) {
    model.graph.setMember(row, {group});
  }
  return model;
}

std::string dump(const Model& model) { return canonicalDump(description(), model); }

/// Applies strictly; the inverse.
Result<Edit> change(Model& model, Edit edit) {
  return apply(edit, description(), {model.graph, model.parameters, model.embodiment}, EditMode::Strict)
      .map([](Applied&& applied) { return std::move(applied.inverse); });
}

Result<Edit> goBack(Model& model, const Edit& inverse) {
  return apply(inverse, description(), {model.graph, model.parameters, model.embodiment}, EditMode::Tolerant)
      .map([](Applied&& applied) { return std::move(applied.inverse); });
}

std::uint32_t groupOf(const Model& model, std::uint32_t neuron) {
  return model.graph.memberOf()[*model.graph.row({neuron})].value;
}

}  // namespace

class TestGroups : public QObject {
  Q_OBJECT

 private slots:
  void looksUp();
  void checks();
  void editsAndTheirInverses_data();
  void editsAndTheirInverses();
  void removingDissolves();
  void refuses_data();
  void refuses();
  void neuronsTakeTheirGroupAlong();
  void documents();
  void damagedDocuments_data();
  void damagedDocuments();
  void decideTheHashAndTheDump();
  void imagesAreShared();
  void archives();
};

void TestGroups::looksUp() {
  const auto model = grouped();
  const auto groups = model.graph.groups();
  QCOMPARE(findGroup(groups, {2})->name, std::string("Inner"));
  QVERIFY(findGroup(groups, {3}) == nullptr && findGroup(groups, {}) == nullptr);
  QCOMPARE(freeGroupId(groups), GroupId{3});
  QCOMPARE(freeGroupId({}), GroupId{1});
  QVERIFY(isWithin(groups, {2}, {1}) && isWithin(groups, {1}, {1}) && !isWithin(groups, {1}, {2}));
  QVERIFY(!isWithin(groups, {}, {1}) && !isWithin(groups, {5}, {}));
  QCOMPARE(hiddenBy(groups, {2}), GroupId{2});
  QCOMPARE(hiddenBy(groups, {1}), GroupId{});
  QCOMPARE(rowsIn(groups, model.graph.memberOf(), {1}), (std::vector<std::size_t>{0, 1, 2}));
  QCOMPARE(rowsIn(groups, model.graph.memberOf(), {2}), (std::vector<std::size_t>{2}));
  QVERIFY(rowsIn(groups, model.graph.memberOf(), {}).empty());
  std::vector<Group> nested(groups.begin(), groups.end());
  nested[0].collapsed = true;
  QCOMPARE(hiddenBy(nested, {2}), GroupId{1});  // the outermost
}

void TestGroups::checks() {
  QVERIFY(checkGroups({}));
  const auto wrong = [](std::vector<Group> groups) { return !checkGroups(groups); };
  QVERIFY(wrong({{{0}, "", 0, {}, false}}));
  QVERIFY(wrong({{{1}, "", 0, {}, false}, {{1}, "", 0, {}, false}}));
  QVERIFY(wrong({{{1}, "", 8, {}, false}}));
  QVERIFY(wrong({{{1}, "", 0, {2}, false}}));
  QVERIFY(wrong({{{1}, "", 0, {1}, false}}));
  QVERIFY(wrong({{{1}, "", 0, {3}, false}, {{2}, "", 0, {1}, false}, {{3}, "", 0, {2}, false}}));
}

void TestGroups::editsAndTheirInverses_data() {
  QTest::addColumn<Edit>("edit");
  const auto row = [](const char* name, std::vector<EditStep> steps) {
    QTest::newRow(name) << Edit{name, std::move(steps)};
  };
  row("add", {AddGroups{{{{9}, "New", 1, {}, false}}}, AssignGroups{{{{1}, {9}}, {{6}, {9}}}}});
  row("add nested, child first", {AddGroups{{{{3}, "Child", 1, {4}, false}, {{4}, "Parent", 1, {5}, true}}}});
  row("remove outer", {RemoveGroups{{{1}}}});
  row("remove inner", {RemoveGroups{{{2}}}});
  row("remove all", {RemoveGroups{{{5}, {1}, {2}}}});
  row("rename and recolour", {SetGroups{{{{1}, "West", 0, {}, true}}}});
  row("move", {SetGroups{{{{1}, "Left", 2, {5}, false}}}});
  row("turn inside out", {SetGroups{{{{1}, "Left", 2, {2}, false}, {{2}, "Inner", 3, {}, true}}}});
  row("assign", {AssignGroups{{{{1}, {2}}, {{4}, {}}, {{6}, {5}}}}});
  row("assign twice", {AssignGroups{{{{1}, {2}}, {{1}, {5}}}}});
  row("set twice", {SetGroups{{{{1}, "A", 2, {}, false}, {{1}, "B", 2, {}, false}}}});
  row("remove neurons", {RemoveNeurons{{{1}, {3}, {5}}}});
  row("remove neurons and their group", {RemoveNeurons{{{1}, {2}, {3}}}, RemoveGroups{{{1}, {2}}}});
  row("add neurons into a group",
      {AddNeurons{{{{}, {}}, {"A", "B"}, {Role::Inter, Role::Inter}, {{}, {}}, {}, {}, {{2}, {}}}}});
}

void TestGroups::editsAndTheirInverses() {
  QFETCH(Edit, edit);
  auto model = grouped();
  const auto before = dump(model);
  auto inverse = change(model, edit);
  QVERIFY2(inverse, inverse ? "" : inverse.error().text().c_str());
  const auto after = dump(model);
  QVERIFY(after != before);
  QVERIFY(checkGroups(model.graph.groups()));
  for (int k = 0; k < 3; ++k) {
    auto forward = goBack(model, *inverse);
    QVERIFY(forward);
    QCOMPARE(dump(model), before);
    inverse = goBack(model, *forward);
    QVERIFY(inverse);
    QCOMPARE(dump(model), after);
  }
}

void TestGroups::removingDissolves() {
  auto model = grouped();
  QVERIFY(change(model, {"", {RemoveGroups{{{2}}}}}));
  QCOMPARE(groupOf(model, 3), 1U);
  model = grouped();
  QVERIFY(change(model, {"", {RemoveGroups{{{1}}}}}));
  QCOMPARE(groupOf(model, 1), 0U);
  QCOMPARE(groupOf(model, 3), 2U);
  QVERIFY(!findGroup(model.graph.groups(), {2})->parent);
  model = grouped();
  QVERIFY(change(model, {"", {RemoveGroups{{{1}, {2}}}}}));
  QCOMPARE(groupOf(model, 3), 0U);
}

void TestGroups::refuses_data() {
  QTest::addColumn<Edit>("edit");
  QTest::addColumn<QString>("error");
  const auto row = [](const char* name, EditStep step, const char* error) {
    QTest::newRow(name) << Edit{name, {AssignGroups{{{{6}, {1}}}}, std::move(step)}} << error;
  };
  row("there already", AddGroups{{{{1}, "", 0, {}, false}}}, "already such a group");
  row("twice", AddGroups{{{{9}, "", 0, {}, false}, {{9}, "", 0, {}, false}}}, "already such a group");
  row("nobody", AddGroups{{{{0}, "", 0, {}, false}}}, "it is 0");
  row("colour", AddGroups{{{{9}, "", 8, {}, false}}}, "colour 8 is none");
  row("parent", AddGroups{{{{9}, "", 0, {10}, false}}}, "which there is not");
  row("remove absent", RemoveGroups{{{9}}}, "no such group");
  row("set absent", SetGroups{{{{9}, "", 0, {}, false}}}, "no such group");
  row("ring", SetGroups{{{{1}, "Left", 2, {2}, false}}}, "within itself");
  row("own parent", SetGroups{{{{5}, "", 2, {5}, false}}}, "within itself");
  row("assign to absent", AssignGroups{{{{1}, {9}}}}, "no such group");
  row("assign absent", AssignGroups{{{{99}, {1}}}}, "no such neuron");
  row("new neuron", AddNeurons{{{{}}, {"A"}, {Role::Inter}, {{}}, {}, {}, {{9}}}}, "no group 9");
  row("table", AddNeurons{{{{}}, {"A"}, {Role::Inter}, {{}}, {}, {}, {{1}, {1}}}}, "differ in length");
}

void TestGroups::refuses() {
  QFETCH(Edit, edit);
  QFETCH(QString, error);
  auto model = grouped();
  const auto before = dump(model);
  const auto refused = change(model, edit);
  QVERIFY(!refused);
  QVERIFY2(QString::fromStdString(refused.error().text()).contains(error), refused.error().text().c_str());
  QCOMPARE(dump(model), before);
}

void TestGroups::neuronsTakeTheirGroupAlong() {
  auto model = grouped();
  // A neuron in the middle goes and comes back: the rows of the others move, their groups with them.
  const auto inverse = change(model, {"", {RemoveNeurons{{{2}}}}});
  QCOMPARE(groupOf(model, 3), 2U);
  QCOMPARE(groupOf(model, 4), 5U);
  QVERIFY(goBack(model, *inverse));
  QCOMPARE(groupOf(model, 2), 1U);
  QCOMPARE(groupOf(model, 3), 2U);
  // A group that is gone meanwhile is not missed.
  const auto again = change(model, {"", {RemoveNeurons{{{4}}}}});
  QVERIFY(change(model, {"", {RemoveGroups{{{5}}}}}));
  QVERIFY(goBack(model, *again));
  QCOMPARE(groupOf(model, 4), 0U);
}

void TestGroups::documents() {
  const auto model = grouped();
  const auto text = writeModel(description(), model);
  QVERIFY(text.find("{\"id\":2,\"name\":\"Inner\",\"colour\":3,\"parent\":1,\"collapsed\":true}") != std::string::npos);
  const auto read = readModel(registry(), text, "model");
  QVERIFY2(read, read ? "" : read.error().text().c_str());
  QCOMPARE(dump(*read), dump(model));
  QCOMPARE(stateHash(description(), *read), stateHash(description(), model));
  QCOMPARE(writeModel(description(), *read), text);
  QVERIFY(writeModel(description(), toy::model(3, 0)).find("group") == std::string::npos);
}

void TestGroups::damagedDocuments_data() {
  QTest::addColumn<QString>("from");
  QTest::addColumn<QString>("to");
  QTest::addColumn<QString>("error");
  QTest::newRow("member") << "\"group\":5"
                          << "\"group\":6"
                          << "neurons[3].group: is the id of no group";
  QTest::newRow("member of 0") << "\"group\":5"
                               << "\"group\":0"
                               << "neurons[3].group";
  QTest::newRow("parent") << "\"parent\":1"
                          << "\"parent\":4"
                          << "which there is not";
  QTest::newRow("ring") << "\"parent\":1"
                        << "\"parent\":2"
                        << "within itself";
  QTest::newRow("same id") << "{\"id\":2,\"name\":\"Inner\""
                           << "{\"id\":1,\"name\":\"Inner\""
                           << "two groups with this id";
  QTest::newRow("colour") << "\"colour\":7"
                          << "\"colour\":8"
                          << "groups[2].colour: is not a whole number from 0 to 7";
  QTest::newRow("name") << "\"name\":\"Inner\""
                        << "\"name\":7"
                        << "groups[1].name: is a number instead of a text";
  QTest::newRow("collapsed") << "\"collapsed\":true"
                             << "\"collapsed\":1"
                             << "groups[1].collapsed";
  QTest::newRow("key") << "\"colour\":7"
                       << "\"color\":7"
                       << "Did you mean 'colour'?";
  QTest::newRow("list") << "\"groups\":["
                        << "\"groups\":3,\"links\":["
                        << "";
}

void TestGroups::damagedDocuments() {
  QFETCH(QString, from);
  QFETCH(QString, to);
  QFETCH(QString, error);
  auto text = QString::fromStdString(writeModel(description(), grouped()));
  QVERIFY(text.contains(from));
  const auto read = readModel(registry(), text.replace(text.indexOf(from), from.size(), to).toStdString(), "model");
  QVERIFY(!read);
  QVERIFY2(QString::fromStdString(read.error().text()).contains(error), read.error().text().c_str());
}

void TestGroups::decideTheHashAndTheDump() {
  const auto hash = [](const Model& model) { return stateHash(description(), model); };
  const auto model = grouped();
  for (const EditStep& step :
       {EditStep{SetGroups{{{{1}, "Links", 2, {}, false}}}}, EditStep{SetGroups{{{{1}, "Left", 1, {}, false}}}},
        EditStep{SetGroups{{{{1}, "Left", 2, {}, true}}}}, EditStep{SetGroups{{{{1}, "Left", 2, {5}, false}}}},
        EditStep{AssignGroups{{{{6}, {1}}}}}, EditStep{AddGroups{{{{3}, "", 0, {}, false}}}}}) {
    auto other = model;
    QVERIFY(change(other, {"", {step}}));
    QVERIFY(dump(other) != dump(model));
    QVERIFY(hash(other) != hash(model));
  }
}

void TestGroups::imagesAreShared() {
  const auto session = std::move(Session::create(registry(), grouped()).value());
  const auto edit = [&](EditStep step) {
    session->post(ApplyEdit{{"", {std::move(step)}}});
    session->advance(0);
    return session->latest()->graph;
  };
  const auto first = session->latest()->graph;
  QCOMPARE(first.groups->size(), std::size_t{3});
  QCOMPARE(first.memberOf->at(2), GroupId{2});
  const auto moved = edit(MoveNeurons{{{{1}, {3, 3}}}});
  QCOMPARE(moved.groups, first.groups);
  QCOMPARE(moved.memberOf, first.memberOf);
  const auto assigned = edit(AssignGroups{{{{6}, {5}}}});
  QCOMPARE(assigned.memberOf->at(5), GroupId{5});
  QVERIFY(assigned.memberOf != first.memberOf);
  QCOMPARE(assigned.ids, first.ids);
  const auto removed = edit(RemoveNeurons{{{1}}});
  QCOMPARE(removed.memberOf->size(), std::size_t{5});
  session->post(Undo{});
  session->post(Undo{});
  session->post(GoTo{0});
  session->advance(3);
  QCOMPARE(*session->latest()->graph.memberOf, *first.memberOf);
  QCOMPARE(*session->latest()->graph.groups, *first.groups);
}

void TestGroups::archives() {
  auto model = grouped();
  const GraphArchive first(model.graph, nullptr);
  const auto before = dump(model);
  QVERIFY(change(model, {"", {RemoveGroups{{{1}}}}}));
  const GraphArchive second(model.graph, &first);
  std::unordered_set<const void*> counted;
  const auto all = first.bytes(counted);
  QVERIFY(second.bytes(counted) < all / 2);  // the groups and who is in them, nothing else
  const auto after = dump(model);
  model.graph = first.restored();
  QCOMPARE(dump(model), before);
  model.graph = second.restored();
  QCOMPARE(dump(model), after);
}

QTEST_GUILESS_MAIN(TestGroups)
#include "tst_groups.moc"
