#include <QtTest>

#include <limits>

#include "core/io/document.h"
#include "tests/io/living_model.h"

using namespace plexarium;

namespace {

const Description& descriptionOf(const Registry& registry, const Model& model) {
  return (*registry.require(model.dynamics))->description;
}

/// A model of two neurons and one link, as a person might write it.
std::string smallText() {
  return R"({"format":"plexarium-model","version":1,"dynamics":{"key":"transmitter"},"run":{"tick":9},
"neurons":[{"id":1,"name":"A","threshold":12,"last_fired":8},{"id":4,"name":"B","role":"motor","x":1.5,"capacity":null}],
"links":{"columns":["from","to","weight","kind"],"rows":[[1,4,0.5,"inverted"]]},"nextId":9})";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto place = text.find(from);
  if (place == std::string::npos) qFatal("'%s' is not in the text", from.c_str());
  return text.replace(place, from.size(), to);
}

}  // namespace

/// Models out to text and back.
class TestDocument : public QObject {
  Q_OBJECT

 private slots:
  void handWrittenTextIsRead();
  void neuronsMayStandInAnyOrder();
  void roundTripIsExact_data();
  void roundTripIsExact();
  void savedRunGoesOnBitForBit_data();
  void savedRunGoesOnBitForBit();
  void extremeValuesSurvive();
  void onlyWhatIsNotInitialIsWritten();
  void canonicalDumpKnowsTheCircuitOnly();
  void stateHashSeesEveryChange();
  void badTextsNameThePlace_data();
  void badTextsNameThePlace();
  void largeNetworkIsQuick();
};

void TestDocument::handWrittenTextIsRead() {
  const auto registry = testRegistry();
  const auto model = readModel(registry, smallText(), "hand.json");
  QVERIFY2(model, model ? "" : model.error().text().c_str());
  const Graph& graph = model->graph;
  const auto& description = descriptionOf(registry, *model);
  QCOMPARE(graph.neuronCount(), std::size_t{2});
  QCOMPARE(graph.ids()[1].value, 4U);
  QCOMPARE(QString::fromStdString(graph.names()[1]), QString("B"));
  QVERIFY(graph.roles()[0] == Role::Inter && graph.roles()[1] == Role::Motor);
  QVERIFY((graph.positions()[1] == Point{1.5F, 0}));
  QCOMPARE(graph.lastFired()[0], Tick{8});
  QCOMPARE(graph.lastFired()[1], never);
  QCOMPARE(columnValue(graph.neuronColumn(*findField(description.neuronFields, "threshold")), 0), 12.0);
  QCOMPARE(columnValue(graph.neuronColumn(*findField(description.neuronFields, "threshold")), 1), 10.0);
  QVERIFY(std::isinf(columnValue(graph.neuronColumn(*findField(description.neuronFields, "capacity")), 1)));
  QCOMPARE(graph.linkCount(), std::size_t{1});
  QCOMPARE(columnValue(graph.linkColumn(*findField(description.linkFields, "weight")), 0), 0.5);
  QCOMPARE(columnValue(graph.linkColumn(*findField(description.linkFields, "kind")), 0), 1.0);
  QCOMPARE(graph.lastCarried(0), never);
  QCOMPARE(graph.nextId().value, 9U);
  QCOMPARE(model->tick, Tick{9});
}

void TestDocument::neuronsMayStandInAnyOrder() {
  const auto registry = testRegistry();
  const auto text = R"({"links":{"rows":[[3,7],[7,3],[3,3]],"columns":["to","from"]},
"neurons":[{"name":"late","id":7},{"id":3,"name":"early"}],"dynamics":{"key":"transmitter"},"version":1,"format":"plexarium-model"})";
  const auto model = readModel(registry, text, "order.json");
  QVERIFY2(model, model ? "" : model.error().text().c_str());
  QCOMPARE(QString::fromStdString(model->graph.names()[0]), QString("early"));
  QVERIFY(model->graph.link({{7}, {3}}) && model->graph.link({{3}, {7}}) && model->graph.link({{3}, {3}}));
  QCOMPARE(model->graph.nextId().value, 8U);
}

void TestDocument::roundTripIsExact_data() {
  QTest::addColumn<QString>("dynamics");
  QTest::addColumn<int>("ticks");
  QTest::newRow("new transmitter") << "transmitter" << 0;
  QTest::newRow("transmitter mid-run") << "transmitter" << 137;
  QTest::newRow("toy, which rewires and has state of its own") << "toy" << 50;
}

void TestDocument::roundTripIsExact() {
  QFETCH(QString, dynamics);
  QFETCH(int, ticks);
  const auto registry = testRegistry();
  const auto model = dynamics == "toy" ? after(registry, toy::model(30, 60), ticks) : livingTransmitter(registry, ticks);
  const auto& description = descriptionOf(registry, model);
  const auto text = writeModel(description, model);
  const auto again = readModel(registry, text, "again.json");
  QVERIFY2(again, again ? "" : again.error().text().c_str());
  QCOMPARE(QString::fromStdString(again->name), QString::fromStdString(model.name));
  QCOMPARE(QString::fromStdString(again->description), QString::fromStdString(model.description));
  QCOMPARE(again->pace, model.pace);
  QVERIFY(again->view.centre == model.view.centre && again->view.scale == model.view.scale);
  QCOMPARE(stateHash(description, *again), stateHash(description, model));
  QCOMPARE(canonicalDump(description, *again), canonicalDump(description, model));
  QVERIFY(writeModel(description, *again) == text);
}

void TestDocument::savedRunGoesOnBitForBit_data() {
  QTest::addColumn<QString>("dynamics");
  QTest::newRow("transmitter") << "transmitter";
  QTest::newRow("toy") << "toy";
}

void TestDocument::savedRunGoesOnBitForBit() {
  QFETCH(QString, dynamics);
  const auto registry = testRegistry();
  const auto start = dynamics == "toy" ? toy::model(30, 60) : livingTransmitter(registry, 0);
  const auto& description = descriptionOf(registry, start);
  const auto straight = after(registry, start, 300);
  auto half = readModel(registry, writeModel(description, after(registry, start, 123)), "half.json").value();
  const auto resumed = after(registry, std::move(half), 177);
  QCOMPARE(stateHash(description, resumed), stateHash(description, straight));
  QVERIFY(writeModel(description, resumed) == writeModel(description, straight));
}

void TestDocument::extremeValuesSurvive() {
  const auto registry = testRegistry();
  auto model = livingTransmitter(registry, 0);
  const auto& description = descriptionOf(registry, model);
  const auto state = *findField(description.neuronFields, "state_e");
  const auto inhibition = *findField(description.neuronFields, "state_i");
  const double values[] = {0.1, 1.0 / 3, 5e-324, 1.7976931348623157e308, 123456789012345680.0, 1e21};
  for (std::size_t row = 0; row < std::size(values); ++row) model.graph.setNeuronValue(row, state, values[row]);
  const double infinity = std::numeric_limits<double>::infinity();
  const double runaway[] = {infinity, -infinity, std::numeric_limits<double>::quiet_NaN(),
                            -std::numeric_limits<double>::quiet_NaN()};
  for (std::size_t row = 0; row < std::size(runaway); ++row) model.graph.setNeuronValue(10 + row, state, runaway[row]);
  model.graph.setNeuronValue(0, inhibition, -0.0);  // another number than 0 to a run that must go on exactly
  model.seed = std::numeric_limits<std::uint64_t>::max();
  model.tick = std::numeric_limits<Tick>::max();
  model.graph.lastFired()[2] = model.tick;
  model.graph.setPosition(0, {-0.0F, 3.4028235e38F});
  model.graph.raiseNextId({0xffffffffU});
  const auto again = readModel(registry, writeModel(description, model), "extreme.json");
  QVERIFY2(again, again ? "" : again.error().text().c_str());
  QCOMPARE(stateHash(description, *again), stateHash(description, model));
}

void TestDocument::onlyWhatIsNotInitialIsWritten() {
  const auto registry = testRegistry();
  const auto model = readModel(registry, smallText(), "hand.json").value();
  const auto text = writeModel(descriptionOf(registry, model), model);
  QVERIFY(text.find(R"({"id":1,"name":"A","role":"inter","x":0,"y":0,"threshold":12,"last_fired":8})") != std::string::npos);
  QVERIFY(text.find(R"({"id":4,"name":"B","role":"motor","x":1.5,"y":0})") != std::string::npos);
  QVERIFY(text.find(R"("columns":["from","to","weight","kind"])") != std::string::npos);
  QVERIFY(text.find(R"([1,4,0.5,"inverted"])") != std::string::npos);
  QVERIFY(text.find(R"("speed":"ticks")") != std::string::npos);  // the unit, for people
}

void TestDocument::canonicalDumpKnowsTheCircuitOnly() {
  const auto registry = testRegistry();
  const auto start = livingTransmitter(registry, 0);
  const auto& description = descriptionOf(registry, start);
  const auto dump = canonicalDump(description, start);
  QCOMPARE(canonicalDump(description, after(registry, start, 50)), dump);
  auto changed = start;
  changed.graph.setPosition(3, {9, 9});
  QVERIFY(canonicalDump(description, changed) != dump);
  changed = start;
  changed.graph.setNeuronValue(3, *findField(description.neuronFields, "threshold"), 11);
  QVERIFY(canonicalDump(description, changed) != dump);
  changed = start;
  const std::size_t gone[] = {5};
  changed.graph.removeLinks(gone);
  QVERIFY(canonicalDump(description, changed) != dump);
}

void TestDocument::stateHashSeesEveryChange() {
  const auto registry = testRegistry();
  const auto start = livingTransmitter(registry, 0);
  const auto& description = descriptionOf(registry, start);
  const auto hash = stateHash(description, start);
  QCOMPARE(hash.size(), std::size_t{16});
  QCOMPARE(stateHash(description, start), hash);
  QVERIFY(stateHash(description, after(registry, start, 1)) != hash);
  auto changed = start;
  changed.graph.lastCarried()[0] = 0;
  QVERIFY(stateHash(description, changed) != hash);
  changed = start;
  changed.dynamicsState = "[1]";
  QVERIFY(stateHash(description, changed) != hash);
  auto spaced = changed;
  spaced.dynamicsState = " [ 1 ] ";
  QCOMPARE(stateHash(description, spaced), stateHash(description, changed));
}

void TestDocument::badTextsNameThePlace_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("error");
  const auto row = [](const char* name, const std::string& text, const char* error) {
    QTest::newRow(name) << QString::fromStdString(text) << error;
  };
  const auto change = [&](const char* name, const std::string& from, const std::string& to, const char* error) {
    row(name, replaced(smallText(), from, to), error);
  };
  row("empty", "", "bad.json: the file is empty");
  row("spaces", " \n ", "bad.json: the file is empty");
  row("cut off", smallText().substr(0, 70), "bad.json, line 1, column 71");
  row("foreign", R"({"type":"FeatureCollection"})", "this is not a Plexarium model");
  row("no object", "[1,2]", "this is not a Plexarium model");
  row("not JSON", "<html>", "bad.json, line 1, column 1");
  row("deep", std::string(100000, '['), "nested deeper than 64");
  change("newer", "\"version\":1", "\"version\":2", "made by a newer Plexarium");
  change("version 0", "\"version\":1", "\"version\":0", "bad.json, version: is not a whole number");
  change("no version", "\"version\":1,", "", "the key 'version' is missing");
  change("no neurons", "\"neurons\"", "\"description\"", "bad.json, description: is a list instead of a text");
  change("unknown dynamics", "transmitter", "transmuter", "there is no dynamics 'transmuter'");
  change("unknown key", "\"run\"", "\"rnu\"", "there is no key 'rnu' here. Did you mean 'run'?");
  change("misspelt field", "threshold", "treshold", "bad.json, neurons[0].treshold: there is no key");
  change("misspelt column", "\"weight\"", "\"wieght\"",
         "bad.json, links.columns[2]: there is no column 'wieght'. Did you mean 'weight'?");
  change("column twice", "\"weight\"", "\"from\"", "the column 'from' stands twice");
  change("no column", "\"to\"", "\"last_carried\"", "the column 'to' is missing");
  change("key twice", "\"run\"", "\"version\"", "the key 'version' stands twice");
  change("text for number", "\"threshold\":12", "\"threshold\":\"12\"",
         "neurons[0].threshold: is a text instead of a number");
  change("word", "\"threshold\":12", "\"threshold\":\"inf\"", "neurons[0].threshold: is a text instead of a number");
  change("wrong word", "\"threshold\":12", "\"state_e\":\"infinite\"", "neurons[0].state_e: is a text instead of a number");
  change("out of range", "\"threshold\":12", "\"threshold\":-1", "neurons[0].threshold: threshold -1 is below 0");
  change("not whole", "\"threshold\":12", "\"speed\":1.5", "neurons[0].speed: speed 1.5 is not a whole number");
  change("no limit where there is one", "\"threshold\":12", "\"threshold\":null",
         "neurons[0].threshold: is null instead of");
  change("huge number", "\"threshold\":12", "\"threshold\":1e999", "line 2, column 47: number overflow");
  change("bad flag", "\"threshold\":12", "\"clear_while_recovering\":1", "is a number instead of true or false");
  change("unknown role", "\"motor\"", "\"mother\"", "neurons[1].role: names no role");
  change("far away", "\"x\":1.5", "\"x\":1e39", "neurons[1].x: is too large");
  change("id twice", "\"id\":4", "\"id\":1", "neurons[1].id: neurons[0] has the same id 1");
  change("id 0", "\"id\":4", "\"id\":0", "neurons[1].id: is not a whole number from 1");
  change("id too large", "\"id\":4", "\"id\":4294967295", "neurons[1].id: is not a whole number from 1");
  change("no id", "\"id\":4,", "", "neurons[1]: the key 'id' is missing");
  change("fired later", "\"last_fired\":8", "\"last_fired\":10", "neurons[0].last_fired: is not a whole number from 0 to 9");
  change("unknown neuron", "[[1,4", "[[1,5", "links.rows[0] (to): 5 is the id of no neuron");
  change("weight", "0.5,", "-0.5,", "links.rows[0] (weight): weight -0.5 is below 0");
  change("kind", "\"inverted\"", "\"invert\"", "links.rows[0] (kind): kind 'invert' names no choice");
  change("short row", ",0.5,\"inverted\"]", "]", "links.rows[0]: has 2 values, but there are 4 columns");
  change("row is no list", "[[1,4,0.5,\"inverted\"]]", "[7]", "links.rows[0]: is a number instead of a list");
  change("link twice", "\"inverted\"]", "\"inverted\"],[1,4,1,\"chemical\"]",
         "links.rows[1]: the link from 1 to 4 stands already in links.rows[0]");
  change("next id", "\"nextId\":9", "\"nextId\":4", "nextId: is not a whole number from 5");
  change("tick", "\"tick\":9", "\"tick\":-9", "run.tick: is not a whole number");
  change("not UTF-8", "\"A\"", "\"\xff\"", "line 2, column 28");
}

void TestDocument::badTextsNameThePlace() {
  QFETCH(QString, text);
  QFETCH(QString, error);
  // The one row with a byte that is no UTF-8 comes through QString as U+FFFD.
  const auto bytes = text.toUtf8().replace("\xef\xbf\xbd", "\xff").toStdString();
  const auto model = readModel(testRegistry(), bytes, "bad.json");
  QVERIFY(!model);
  const auto message = QString::fromStdString(model.error().text());
  QVERIFY2(message.contains(error), qPrintable(message));
  QVERIFY2(message.startsWith("bad.json"), qPrintable(message));
  QVERIFY2(!message.contains('\n'), qPrintable(message));
}

void TestDocument::largeNetworkIsQuick() {
  const auto registry = testRegistry();
  const auto& entry = **registry.require("transmitter");
  auto values = initialValues(entry.description.creationFields);
  values[*findField(entry.description.creationFields, "neurons")] = 10000;
  values[*findField(entry.description.creationFields, "links_per_neuron")] = 10;
  const auto model = after(registry, create(entry, values, 1).value(), 30);
  QElapsedTimer timer;
  timer.start();
  const auto text = writeModel(entry.description, model);
  const auto written = timer.restart();
  const auto again = readModel(registry, text, "large.json");
  const auto read = timer.elapsed();
  QVERIFY(again);
  QCOMPARE(stateHash(entry.description, *again), stateHash(entry.description, model));
  qInfo("10,000 neurons, %zu links, %zu bytes: written in %lld ms, read in %lld ms", model.graph.linkCount(), text.size(),
        written, read);
  QVERIFY(text.size() < 10'000'000);
}

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
