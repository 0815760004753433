#include <QtTest>

#include <cmath>

#include "core/io/connectome.h"
#include "core/io/document.h"
#include "core/io/spread.h"

using namespace plexarium;

namespace {

ConnectomeTables smallTables() {
  ConnectomeTables tables;
  tables.neurons = {"neurons.csv",
                    "name,type,x,dv,description\n"
                    "A,sensory,0,0,\nB,interneuron,50,10,\"with, comma\"\nC,motor,100,-4,\nD,other,100,-4,\n"};
  tables.synapses = {"synapses.csv",
                     "pre,post,type,weight,sign\n"
                     "A,B,chemical,3,+\nB,A,chemical,2,-\nB,C,chemical,4,\nC,C,chemical,1,+\n"
                     "A,B,electrical,7,\nB,C,electrical,5,\nA,D,electrical,6,\nC,C,electrical,8,\n"};
  return tables;
}

ConnectomeTables::Table tableIn(const QString& folder, const char* name) {
  return {name, readFile(folder.toStdString() + '/' + name).value()};
}

/// A model with what its tests ask for.
struct Imported {
  explicit Imported(const ConnectomeTables& tables) : model(importConnectome(registry, tables).value()) {}
  [[nodiscard]] double neuron(std::size_t row, const char* key) const {
    return columnValue(model.graph.neuronColumn(*findField(description.neuronFields, key)), row);
  }
  [[nodiscard]] std::string link(std::uint32_t from, std::uint32_t to, const char* key) const {
    const auto found = model.graph.link({{from}, {to}});
    const auto field = *findField(description.linkFields, key);
    return found ? formatValue(description.linkFields[field], columnValue(model.graph.linkColumn(field), *found))
                 : "no link";
  }
  Registry registry = builtInDynamics();
  Model model;
  const Description& description = (*registry.require("transmitter"))->description;
};

/// Chemical links to muscles called like "MDL07".
std::size_t linksToBodyWall(const Imported& imported) {
  static const QRegularExpression bodyWall("^M[DV][LR]\\d\\d$");
  const Graph& graph = imported.model.graph;
  const auto& kind = graph.linkColumn(*findField(imported.description.linkFields, "kind"));
  std::size_t count = 0;
  for (std::size_t link = 0; link < graph.linkCount(); ++link) {
    const auto& target = graph.names()[graph.targets()[link]];
    count += columnValue(kind, link) != 2 && bodyWall.match(QString::fromStdString(target)).hasMatch() ? 1 : 0;
  }
  return count;
}

}  // namespace

/// Tables of neurons and contacts become a network.
class TestConnectome : public QObject {
  Q_OBJECT

 private slots:
  void contactsBecomeLinks() {
    const Imported imported(smallTables());
    const Graph& graph = imported.model.graph;
    QCOMPARE(graph.neuronCount(), std::size_t{4});
    QVERIFY(graph.roles()[0] == Role::Sensory && graph.roles()[1] == Role::Inter && graph.roles()[2] == Role::Motor);
    QVERIFY(graph.roles()[3] == Role::Inter);
    QCOMPARE(imported.neuron(0, "production_e"), 2.9);
    QCOMPARE(imported.neuron(0, "production_i"), 0.0);
    QCOMPARE(imported.neuron(3, "capacity"), 48.0);
    QCOMPARE(graph.linkCount(), std::size_t{6});
    QCOMPARE(imported.link(1, 2, "kind"), std::string("chemical"));
    QCOMPARE(imported.link(1, 2, "weight"), std::string("3"));
    QCOMPARE(imported.link(1, 2, "gap_weight"), std::string("7"));  // both directions are chemical
    QCOMPARE(imported.link(2, 1, "kind"), std::string("inverted"));
    QCOMPARE(imported.link(2, 1, "gap_weight"), std::string("0"));
    QCOMPARE(imported.link(2, 3, "kind"), std::string("chemical"));
    QCOMPARE(imported.link(3, 2, "kind"), std::string("electrical"));  // the direction that was free
    QCOMPARE(imported.link(3, 2, "weight"), std::string("5"));
    QCOMPARE(imported.link(1, 4, "kind"), std::string("electrical"));
    QCOMPARE(imported.link(3, 3, "gap_weight"), std::string("8"));
  }

  void musclesJoinAsMotorNeurons() {
    auto tables = smallTables();
    tables.muscles = {"muscles.csv",
                      "neuron,target,type,weight,sign\nC,MDL02,chemical,9,-\nC,vm1,electrical,2,\nB,MDL02,chemical,1,+\n"};
    const Imported imported(tables);
    QCOMPARE(imported.model.graph.neuronCount(), std::size_t{6});
    QCOMPARE(imported.model.graph.linkCount(), std::size_t{9});
    QVERIFY(imported.model.graph.roles()[4] == Role::Motor);
    QCOMPARE(imported.model.graph.names()[4], std::string("MDL02"));
    QCOMPARE(imported.neuron(4, "production_e"), 0.0);
    QCOMPARE(imported.link(3, 5, "kind"), std::string("inverted"));
    QCOMPARE(imported.link(3, 6, "kind"), std::string("electrical"));
    QVERIFY(imported.model.graph.positions()[4].y < imported.model.graph.positions()[0].y);  // dorsal is up
    QCOMPARE(linksToBodyWall(imported), std::size_t{2});
  }

  void touchCellsHushTheMovementTowardsThem() {
    ConnectomeTables tables;
    tables.neurons = {"neurons.csv",
                      "name,type,x,dv,y\nALML,sensory,0,0,30\nAVM,sensory,0,20,0\nPVCL,interneuron,9,0,0\n"
                      "AVAL,interneuron,9,20,-30\n"};
    tables.synapses = {"synapses.csv",
                       "pre,post,type,weight,sign\nALML,PVCL,chemical,1,+\nALML,AVAL,chemical,1,+\n"
                       "AVM,PVCL,chemical,1,\nPVCL,AVAL,chemical,1,+\nAVAL,PVCL,chemical,1,-\n"};
    const Imported imported(tables);
    for (const auto& [from, to, kind] :
         {std::tuple(1, 3, "inverted"), {1, 4, "chemical"}, {2, 3, "inverted"}, {3, 4, "chemical"}, {4, 3, "inverted"}}) {
      QCOMPARE(imported.link(static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to), "kind"), std::string(kind));
    }
    tables.fromAbove = true;
    const auto& side = imported.model.graph.positions();
    const Imported above(tables);
    const auto& top = above.model.graph.positions();
    QVERIFY(side[1].y < side[0].y && top[1].y > top[0].y && top[3].y > top[2].y);
    tables.neurons.text.replace(tables.neurons.text.find(",y"), 2, ",z");
    QVERIFY(importConnectome(imported.registry, tables).error().text().find("'y' is missing") != std::string::npos);
  }

  void faultsNameTheCell_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("error");
    QTest::newRow("type") << "B,interneuron"
                          << "B,neuron"
                          << "neurons.csv, line 3, column 'type': 'neuron' is no type";
    QTest::newRow("place") << "50,10"
                           << "fifty,10"
                           << "neurons.csv, line 3, column 'x': 'fifty' is not a number";
    QTest::newRow("far") << "50,10"
                         << "5e9,10"
                         << "neurons.csv, line 3, column 'x': is further than a metre";
    QTest::newRow("name twice") << "D,other"
                                << "A,other"
                                << "neurons.csv, line 5, column 'name': there is a neuron A";
    QTest::newRow("no name") << "D,other"
                             << ",other"
                             << "neurons.csv, line 5, column 'name': the neuron has no name";
    QTest::newRow("column") << "type,x"
                            << "typ,x"
                            << "neurons.csv, header: the column 'type' is missing";
    QTest::newRow("unknown") << "B,C,chem"
                             << "B,Z,chem"
                             << "synapses.csv, line 4, column 'post': there is no neuron 'Z'";
    QTest::newRow("contact") << "A,D,electrical"
                             << "A,D,electric"
                             << "synapses.csv, line 8, column 'type': 'electric' is no";
    QTest::newRow("weight") << "chemical,4,"
                            << "chemical,-4,"
                            << "synapses.csv, line 4, column 'weight': weight -4 is below 0";
    QTest::newRow("sign") << "chemical,2,-"
                          << "chemical,2,minus"
                          << "synapses.csv, line 3, column 'sign': 'minus' is no sign";
    QTest::newRow("link twice") << "B,C,chem"
                                << "A,B,chem"
                                << "synapses.csv, line 4, column 'post': this chemical contact";
    QTest::newRow("pair twice") << "B,C,elec"
                                << "B,A,elec"
                                << "synapses.csv, line 7, column 'post': this electrical contact";
  }

  void faultsNameTheCell() {
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, error);
    auto tables = smallTables();
    auto& table = error.startsWith("neurons") ? tables.neurons : tables.synapses;
    const auto place = table.text.find(from.toStdString());
    QVERIFY(place != std::string::npos);
    table.text.replace(place, from.toStdString().size(), to.toStdString());
    const auto model = importConnectome(builtInDynamics(), tables);
    QVERIFY(!model);
    QVERIFY2(QString::fromStdString(model.error().text()).startsWith(error), model.error().text().c_str());
  }

  void spreadingMovesPointsApart() {
    std::vector<Point> points(40, Point{3, 3});
    points.push_back({100, 100});
    spreadApart(points, 2.5F, 400);
    QVERIFY((points.back() == Point{100, 100}));  // nobody is near
    float nearest = 100;
    for (std::size_t a = 0; a < points.size(); ++a) {
      for (std::size_t b = a + 1; b < points.size(); ++b) {
        nearest = std::min(nearest, std::hypot(points[a].x - points[b].x, points[a].y - points[b].y));
      }
    }
    QVERIFY2(nearest > 2.0F, std::to_string(nearest).c_str());
  }

  void wormHasAllItsContacts() {
    if (!qEnvironmentVariableIsSet("PLEXARIUM_DATA")) QSKIP("PLEXARIUM_DATA does not name a folder with celegans/*.csv");
    const auto folder = qEnvironmentVariable("PLEXARIUM_DATA") + "/celegans";
    ConnectomeTables tables;
    tables.neurons = tableIn(folder, "neurons.csv");
    tables.synapses = tableIn(folder, "synapses.csv");
    const Imported imported(tables);
    const Graph& graph = imported.model.graph;
    QCOMPARE(graph.neuronCount(), std::size_t{302});
    std::size_t chemical = 0;
    std::size_t electrical = 0;
    const auto& kind = graph.linkColumn(*findField(imported.description.linkFields, "kind"));
    const auto& gap = graph.linkColumn(*findField(imported.description.linkFields, "gap_weight"));
    for (std::size_t link = 0; link < graph.linkCount(); ++link) {
      const bool couples = columnValue(kind, link) == 2;
      chemical += couples ? 0 : 1;
      electrical += (couples ? 1 : 0) + (columnValue(gap, link) > 0 ? 1 : 0);
    }
    QCOMPARE(chemical, std::size_t{3638});
    QCOMPARE(electrical, std::size_t{1093});
    tables.muscles = tableIn(folder, "neuron_to_muscle.csv");
    QCOMPARE(linksToBodyWall(Imported(tables)), std::size_t{924});
    const auto again = readModel(imported.registry, writeModel(imported.description, imported.model), "worm");
    QVERIFY(again);
    QCOMPARE(stateHash(imported.description, *again), stateHash(imported.description, imported.model));
  }
};

QTEST_GUILESS_MAIN(TestConnectome)
#include "tst_connectome.moc"
