#include <QtTest>

#include <set>

#include "tests/dynamics/transmitter_circuit.h"

using namespace plexarium;
using namespace plexarium::transmitter;

namespace {

std::vector<double> wish(std::initializer_list<std::pair<std::size_t, double>> changes = {}) {
  auto values = initialValues(description().creationFields);
  for (const auto& [field, value] : changes) values[field] = value;
  return values;
}

}  // namespace

/// New networks: their shape, and that they live.
class TestTransmitterCreation : public QObject {
  Q_OBJECT

 private slots:
  void tablesAreSound();
  void defaultNetworkFiresForEver_data();
  void defaultNetworkFiresForEver();
  void patternsHaveTheirLinks_data();
  void patternsHaveTheirLinks();
  void seedDecides();
  void sharesAreKept();
  void extremesWork();
  void impossibleWishesAreRefused();
};

void TestTransmitterCreation::tablesAreSound() {
  const auto& table = description();
  std::set<std::string> keys;
  for (const auto* list : {&table.neuronFields, &table.linkFields, &table.parameters, &table.creationFields}) {
    keys.clear();
    for (const auto& field : *list) {
      QVERIFY2(keys.insert(field.key).second, field.key.c_str());
      QVERIFY2(!field.label.empty() && !field.help.empty(), field.key.c_str());
      const auto checked = checkValue(field, field.initial);
      QVERIFY2(checked, checked ? "" : checked.error().text().c_str());
    }
  }
  QVERIFY(!checkValue(table.neuronFields[neuron::Speed], 0));
  QVERIFY(!checkValue(table.neuronFields[neuron::Threshold], -1));
  QVERIFY(checkValue(table.neuronFields[neuron::AccumulatedE], 1e200));  // what a run may reach, a file may hold
  std::set<std::pair<int, int>> looks;
  for (const auto& phase : table.phases) {
    QVERIFY(looks.emplace(static_cast<int>(phase.shape), 0).second);
    QVERIFY(looks.emplace(static_cast<int>(phase.tint), 1).second);
  }
}

void TestTransmitterCreation::defaultNetworkFiresForEver_data() {
  QTest::addColumn<quint64>("seed");
  for (const quint64 seed : {1U, 2U, 3U, 4U}) QTest::addRow("seed %d", static_cast<int>(seed)) << seed;
}

void TestTransmitterCreation::defaultNetworkFiresForEver() {
  QFETCH(quint64, seed);
  auto model = create(entry(), wish(), seed);
  QVERIFY(model);
  Circuit circuit(std::move(*model));
  circuit.build();
  constexpr int window = 24;  // ticks: two of the shortest periods
  for (int round = 0; round < 2000; ++round) {
    double releases = 0;
    for (int tick = 0; tick < window; ++tick) {
      circuit.step();
      releases += circuit.metrics[metric::Releases];
    }
    QVERIFY2(releases > 0, qPrintable(QString("silent in round %1").arg(round)));
  }
}

void TestTransmitterCreation::patternsHaveTheirLinks_data() {
  QTest::addColumn<int>("pattern");
  QTest::addColumn<int>("links");
  QTest::newRow("random") << static_cast<int>(Pattern::Random) << 50 * 6;
  QTest::newRow("ring") << static_cast<int>(Pattern::Ring) << 50 * 6;
  QTest::newRow("chain") << static_cast<int>(Pattern::Chain) << 50 * 6 - (6 + 5 + 4 + 3 + 2 + 1);
  QTest::newRow("grid") << static_cast<int>(Pattern::Grid) << 50 * 6;
  QTest::newRow("small world") << static_cast<int>(Pattern::SmallWorld) << 50 * 6;
}

void TestTransmitterCreation::patternsHaveTheirLinks() {
  QFETCH(int, pattern);
  QFETCH(int, links);
  const auto model = create(
      entry(),
      wish(
          {{creation::Neurons, 50}, {creation::Pattern, pattern}, {creation::LinksPerNeuron, 6}, {creation::Pacemakers, 0}}),
      1);
  QVERIFY(model);
  QCOMPARE(model->graph.neuronCount(), std::size_t{50});
  QCOMPARE(model->graph.linkCount(), static_cast<std::size_t>(links));
  for (std::size_t link = 0; link < model->graph.linkCount(); ++link) {
    QVERIFY(model->graph.key(link).from != model->graph.key(link).to);
  }
  const auto places = model->graph.positions();
  for (std::size_t a = 0; a < places.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) QVERIFY(std::hypot(places[a].x - places[b].x, places[a].y - places[b].y) > 2);
  }
}

void TestTransmitterCreation::seedDecides() {
  const auto keys = [](std::uint64_t seed) {
    const auto model = create(entry(), wish(), seed).value();
    std::vector<LinkKey> all;
    for (std::size_t link = 0; link < model.graph.linkCount(); ++link) all.push_back(model.graph.key(link));
    return all;
  };
  QVERIFY(keys(1) == keys(1));
  QVERIFY(keys(1) != keys(2));
}

void TestTransmitterCreation::sharesAreKept() {
  const auto model = create(entry(),
                            wish({{creation::Neurons, 4000},
                                  {creation::Inhibiting, 0.25},
                                  {creation::Autostart, 0.5},
                                  {creation::Pacemakers, 0.1}}),
                            1)
                         .value();
  const auto exciting = columnValues(model.graph.neuronColumn(neuron::ProductionE));
  const auto sta = columnValues(model.graph.neuronColumn(neuron::Sta));
  const auto inhibiting = static_cast<double>(std::count(exciting.begin(), exciting.end(), 0.0));
  const auto starting = static_cast<double>(std::count_if(sta.begin(), sta.end(), [](double ticks) { return ticks > 0; }));
  std::size_t pacemakers = 0;
  for (const auto id : model.graph.ids()) pacemakers += model.graph.link({id, id}) ? 1 : 0;
  QCOMPARE(pacemakers, std::size_t{400});
  QVERIFY(std::abs(inhibiting - 0.25 * 3600) < 120);  // about four standard deviations
  QVERIFY(std::abs(starting - (400 + 0.5 * 3600)) < 140);
  for (std::size_t link = 0; link < model.graph.linkCount(); ++link) {
    const auto key = model.graph.key(link);
    const bool fromInhibiting = exciting[*model.graph.row(key.from)] == 0;
    QVERIFY(!fromInhibiting || !model.graph.link({key.to, key.to}));
  }
}

void TestTransmitterCreation::extremesWork() {
  for (const double neurons : {0.0, 1.0, 2.0, 3.0, 7.0}) {
    for (const double pattern : {0.0, 1.0, 2.0, 3.0, 4.0}) {
      for (const double links : {0.0, 1.0, 1000.0}) {
        auto model =
            create(entry(),
                   wish({{creation::Neurons, neurons}, {creation::Pattern, pattern}, {creation::LinksPerNeuron, links}}), 1);
        QVERIFY(model);
        QCOMPARE(model->graph.neuronCount(), static_cast<std::size_t>(neurons));
        Circuit circuit(std::move(*model));
        circuit.build();
        circuit.step(30);
      }
    }
  }
}

void TestTransmitterCreation::impossibleWishesAreRefused() {
  QVERIFY(!create(entry(), wish({{creation::Neurons, -1}}), 1));
  QVERIFY(!create(entry(), wish({{creation::Neurons, 1.5}}), 1));
  QVERIFY(!create(entry(), wish({{creation::Inhibiting, 1.5}}), 1));
  const auto tooMany = create(entry(), wish({{creation::Neurons, 2e6}, {creation::LinksPerNeuron, 1000}}), 1);
  QVERIFY(!tooMany);
  QVERIFY(!tooMany.error().advice.empty());
}

QTEST_GUILESS_MAIN(TestTransmitterCreation)
#include "tst_transmitter_creation.moc"
