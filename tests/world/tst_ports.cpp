#include <QtTest>

#include <cmath>
#include <set>

#include "tests/world/worm_model.h"

using namespace plexarium;

namespace {

NeuronId called(const Graph& graph, const std::string& name) {
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    if (graph.names()[row] == name) return graph.ids()[row];
  }
  return {};
}

/// A bare worm with all its ports and a first motor neuron on row 1 of either side, driven by the stretch of that row.
struct Workshop : Life {
  Workshop() : Life(bareWorm()) {
    add(makePorts(description, embodiment(), "worm1", {}, {}, {1}).value());
    // Names within the step must not be those of neurons that are there.
    AddCircuit unit{{{{1001}, {1002}}, {"DB1", "VB1"}, {Role::Motor, Role::Motor}, {{-44, -10}, {-44, 10}}, {}, {}}, {}};
    unit.neurons.values.resize(description.neuronFields.size());
    for (const auto& [key, value] : {std::pair("threshold", 4.0),
                                     {"speed", 1.0},
                                     {"recovery", 2.0},
                                     {"production_e", 0.25},
                                     {"production_i", 0.0},
                                     {"capacity", 1.5},
                                     {"leak", 0.1},
                                     {"clear_while_recovering", 1.0}}) {
      unit.neurons.values[*findField(description.neuronFields, key)] = {value, value};
    }
    unit.links.keys = {{{1001}, port("muscle.D.1")},
                       {{1002}, port("muscle.V.1")},
                       {port("stretch.V.1"), {1001}},
                       {port("stretch.D.1"), {1002}}};
    unit.links.values = {{1, 1, 1, 1}};
    add({"Unit", {unit}});
  }
  void add(const Edit& wanted) {
    const auto done = simulation->edit(wanted);
    if (!done) qFatal("%s", done.error().text().c_str());
  }
  [[nodiscard]] Embodiment embodiment() const { return simulation->capture().value().embodiment; }
  [[nodiscard]] const Graph& graph() const { return simulation->graph(); }
  [[nodiscard]] NeuronId port(const std::string& key) const { return called(graph(), key); }
  [[nodiscard]] Repetition repetition(int times) const {
    Repetition wanted;
    wanted.unit = {called(graph(), "DB1"), called(graph(), "VB1")};
    wanted.times = times;
    return wanted;
  }
};

}  // namespace

/// Ports on the canvas, and units repeated along the body.
class TestPorts : public QObject {
  Q_OBJECT

 private slots:
  void portsBecomeNeurons() {
    Life life(bareWorm());
    const auto empty = life.canonical();
    const auto embodiment = life.simulation->capture()->embodiment;
    const auto made = makePorts(life.description, embodiment, "worm1", {}, {10, 20}, {3});
    QVERIFY(made && life.simulation->edit(*made));
    const auto model = life.simulation->capture().value();
    const auto& body = findWorld("worm2d")->description;
    QCOMPARE(model.graph.neuronCount(), body.sensors.size() + body.effectors.size());
    QCOMPARE(model.embodiment.bindings.size(), model.graph.neuronCount());
    QCOMPARE(model.graph.groups().size(), std::size_t{1});
    for (std::size_t row = 0; row < model.graph.neuronCount(); ++row) {
      const auto port = findPort(body, model.graph.names()[row]);
      QVERIFY(port);
      QCOMPARE(model.graph.roles()[row], port->sensor ? Role::Sensory : Role::Motor);
      QVERIFY(model.graph.memberOf()[row] == GroupId{3});
      for (std::size_t other = 0; other < row; ++other) {
        const auto a = model.graph.positions()[row];
        const auto b = model.graph.positions()[other];
        QVERIFY(std::hypot(a.x - b.x, a.y - b.y) >= 3.9F);
      }
    }
    // Front to the left, dorsal up.
    const auto place = [&](const char* name) {
      return model.graph.positions()[*model.graph.row(called(model.graph, name))];
    };
    QVERIFY(place("muscle.D.1").x < place("muscle.D.12").x && place("muscle.D.1").y < place("muscle.V.1").y);
    QVERIFY(std::abs(place("muscle.D.1").x + place("muscle.D.12").x - 20) < 1e-3F);
    // Nothing is left to make, and one undo takes all of it away.
    QVERIFY(!makePorts(life.description, model.embodiment, "worm1", {}, {}, {4}));
    QVERIFY(life.simulation->undo());
    QCOMPARE(life.canonical(), empty);
  }

  void somePortsOrNone() {
    Life life(bareWorm());
    const auto embodiment = life.simulation->capture()->embodiment;
    const std::vector<std::string> some = {"pharynx", "nose_touch"};
    const auto made = makePorts(life.description, embodiment, "worm1", some, {}, {1});
    QVERIFY(made);
    QCOMPARE(std::get<AddCircuit>(made->steps[1]).neurons.names, some);
    const std::vector<std::string> wrong = {"tail_light"};
    QVERIFY(makePorts(life.description, embodiment, "worm1", wrong, {}, {1}).error().text().find("'tail_light'") !=
            std::string::npos);
    QVERIFY(!makePorts(life.description, embodiment, "worm2", {}, {}, {1}));
  }

  void portsNeverFire() {
    Workshop shop;
    shop.live(5);
    const auto& graph = shop.graph();
    for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
      if (findPort(findWorld("worm2d")->description, graph.names()[row])) QCOMPARE(graph.lastFired()[row], never);
    }
  }

  void aUnitIsRepeatedAlongTheBody() {
    Workshop shop;
    const auto before = shop.canonical();
    auto wanted = shop.repetition(11);
    const auto chainFrom = wanted.unit[0];
    wanted.chain = {{chainFrom, chainFrom}};
    const auto edit = repeatAlongBody(shop.description, shop.graph(), shop.embodiment(), wanted);
    QVERIFY2(edit, edit ? "" : edit.error().text().c_str());
    shop.add(*edit);
    const auto& graph = shop.graph();
    const auto weight = *findField(shop.description.linkFields, "weight");
    const auto threshold = *findField(shop.description.neuronFields, "threshold");
    for (int row = 1; row <= 12; ++row) {
      const auto number = std::to_string(row);
      for (const auto& [motor, muscle, stretch] :
           {std::tuple("DB", "muscle.D.", "stretch.V."), std::tuple("VB", "muscle.V.", "stretch.D.")}) {
        const auto id = called(graph, motor + number);
        QVERIFY2(id, (motor + number).c_str());
        QVERIFY(graph.link({id, shop.port(muscle + number)}));
        const auto felt = graph.link({shop.port(stretch + number), id});
        QVERIFY(felt);
        QCOMPARE(columnValue(graph.linkColumn(weight), *felt), 1.0);
        QCOMPARE(columnValue(graph.neuronColumn(threshold), *graph.row(id)), 4.0);
        QCOMPARE(graph.positions()[*graph.row(id)].x, -44 + 8.0F * static_cast<float>(row - 1));
      }
      if (row > 1) QVERIFY(graph.link({called(graph, "DB" + std::to_string(row - 1)), called(graph, "DB" + number)}));
    }
    QCOMPARE(graph.linkCount(), std::size_t{12 * 4 + 11});
    QVERIFY(shop.simulation->undo());
    QCOMPARE(shop.canonical(), before);
  }

  void otherLinksAreCopiedWhenAskedFor() {
    Workshop shop;
    shop.add({"Command",
              {AddCircuit{{{{1000}}, {"AVB"}, {Role::Inter}, {{0, 0}}, {}, {}},
                          {{{{1000}, called(shop.graph(), "DB1")}}, {}, {}}}}});
    auto wanted = shop.repetition(2);
    for (const bool outside : {true, false}) {
      wanted.outside = outside;
      shop.add(repeatAlongBody(shop.description, shop.graph(), shop.embodiment(), wanted).value());
      const auto& graph = shop.graph();
      QCOMPARE(graph.link({called(graph, "AVB"), called(graph, "DB3")}).has_value(), outside);
      QVERIFY(shop.simulation->undo());
    }
  }

  void whatCannotBeRepeatedSaysWhy() {
    Workshop shop;
    const auto error = [&](const Repetition& wanted) {
      const auto edit = repeatAlongBody(shop.description, shop.graph(), shop.embodiment(), wanted);
      return edit ? std::string() : edit.error().text();
    };
    QVERIFY(error(shop.repetition(12)).find("the body has no ") != std::string::npos);
    QVERIFY(error(shop.repetition(0)).find("1 to 100 times") != std::string::npos);
    QVERIFY(error({}).find("no unit") != std::string::npos);
    auto wanted = shop.repetition(1);
    wanted.unit.push_back({9999});
    QVERIFY(error(wanted).find("no such neuron") != std::string::npos);
    wanted = shop.repetition(1);
    wanted.chain = {{wanted.unit[0], shop.port("pharynx")}};
    QVERIFY(error(wanted).find("of the unit") != std::string::npos);
    QVERIFY(shop.edit(RemoveNeurons{{shop.port("muscle.D.3")}}).empty());
    QVERIFY(error(shop.repetition(3)).find("no neuron stands for muscle.D.3") != std::string::npos);
  }

  void aWormBuiltFromAnEmptyCanvasWriggles() {
    Workshop shop;
    // A half-centre for rows 1 and 2, and the stretch reflex down the rest of the body.
    shop.add(repeatAlongBody(shop.description, shop.graph(), shop.embodiment(), shop.repetition(11)).value());
    const auto& fields = shop.description.neuronFields;
    NeuronTable centre{{{2001}, {2002}}, {"HD", "HV"}, {Role::Inter, Role::Inter}, {{-60, -5}, {-60, 5}}, {}, {}};
    centre.values.resize(fields.size());
    const auto both = [&](const char* key, double first, double second) {
      centre.values[*findField(fields, key)] = {first, second};
    };
    both("speed", 98, 98);
    both("production_e", 0.3, 0.3);
    both("production_i", 0, 0);
    both("leak", 0.005, 0.005);
    both("clear_while_recovering", 1, 1);
    both("capacity", 72, 72);
    both("accumulated_e", 60, 60);
    both("sta", 3, 0);
    LinkTable links;
    links.keys = {{{2001}, {2002}}, {{2002}, {2001}}};
    for (const auto row : {"1", "2"}) {
      links.keys.push_back({{2001}, shop.port(std::string("muscle.D.") + row)});
      links.keys.push_back({{2002}, shop.port(std::string("muscle.V.") + row)});
    }
    shop.add({"Head", {AddCircuit{centre, links}}});
    QVERIFY(shop.edit(SetWorldParameter{"worm1", "stretch_ahead", 0.2}).empty());
    QVERIFY(shop.edit(SetWorldParameter{"worm1", "muscle_gain", 1}).empty());
    shop.live(20);
    QVERIFY2(shop.measure("undulations") >= 8, std::to_string(shop.measure("undulations")).c_str());
    QVERIFY2(shop.measure("distance") > 1, std::to_string(shop.measure("distance")).c_str());
  }
};

QTEST_GUILESS_MAIN(TestPorts)
#include "tst_ports.moc"
