#include <QtTest>

#include <map>
#include <set>

#include "core/graph/graph.h"
#include "core/random.h"

using namespace plexarium;

namespace {

Field field(const std::string& key, FieldType type, double initial) {
  Field one;
  one.key = key;
  one.type = type;
  one.minimum = -1000;
  one.maximum = 1000;
  one.initial = initial;
  return one;
}

/// One field of each kind of storage.
Description tables() {
  Description description;
  description.neuronFields = {field("real", FieldType::Real, 1.5), field("integer", FieldType::Integer, 3),
                              field("flag", FieldType::Flag, 1)};
  description.linkFields = {field("weight", FieldType::Real, 0.25), field("single", FieldType::Single, 0.5)};
  return description;
}

NeuronTable neurons(std::initializer_list<std::uint32_t> ids) {
  NeuronTable table;
  for (const auto id : ids) {
    table.ids.push_back({id});
    table.names.push_back("n" + std::to_string(id));
    table.roles.push_back(Role::Inter);
    table.positions.push_back({static_cast<float>(id), 0});
  }
  return table;
}

LinkTable links(std::initializer_list<std::pair<std::uint32_t, std::uint32_t>> ends) {
  LinkTable table;
  for (const auto& [from, to] : ends) table.keys.push_back({{from}, {to}});
  return table;
}

/// The network as plain maps: what Graph must agree with.
struct NaiveGraph {
  struct Neuron {
    std::string name;
    double real;
    Tick lastFired;
  };
  struct Link {
    double weight;
    Tick lastCarried;
  };
  std::map<std::uint32_t, Neuron> neurons;
  std::map<LinkKey, Link> links;
};

void verifyEqual(const Graph& graph, const NaiveGraph& naive) {
  QCOMPARE(graph.neuronCount(), naive.neurons.size());
  QCOMPARE(graph.linkCount(), naive.links.size());
  QCOMPARE(graph.firstLink().size(), naive.neurons.size() + 1);
  QCOMPARE(std::size_t{graph.firstLink().back()}, naive.links.size());
  std::size_t row = 0;
  for (const auto& [id, neuron] : naive.neurons) {  // ascending ids
    QCOMPARE(graph.ids()[row].value, id);
    QVERIFY(graph.row({id}) == row);
    QCOMPARE(graph.names()[row], neuron.name);
    QCOMPARE(columnValue(graph.neuronColumn(0), row), neuron.real);
    QCOMPARE(graph.lastFired()[row], neuron.lastFired);
    ++row;
  }
  std::size_t link = 0;
  for (const auto& [key, values] : naive.links) {  // ascending pairs: ids and rows have the same order
    QVERIFY(graph.key(link) == key);
    QVERIFY(graph.link(key) == link);
    QCOMPARE(graph.source(link), *graph.row(key.from));
    QCOMPARE(std::size_t{graph.targets()[link]}, *graph.row(key.to));
    QCOMPARE(columnValue(graph.linkColumn(0), link), values.weight);
    QCOMPARE(graph.lastCarried(link), values.lastCarried);
    ++link;
  }
}

/// One random change to both.
class Changer {
 public:
  Changer(Graph& graph, NaiveGraph& naive, std::uint64_t seed) : graph_(graph), naive_(naive), random_(seed, 1) {}

  void change() {
    switch (below(6)) {
      case 0:
        addNeurons();
        break;
      case 1:
        removeNeurons();
        break;
      case 2:
      case 3:
        addLinks();
        break;
      case 4:
        rewire();
        break;
      default:
        removeLinks();
    }
  }

 private:
  std::uint32_t below(std::size_t bound) { return random_.below(static_cast<std::uint32_t>(bound), draw_++); }

  void addNeurons() {
    std::set<std::uint32_t> ids;
    for (std::uint32_t k = below(4); k > 0; --k) {
      const auto id = 1 + below(60);  // often between those that are there, as when an undo brings one back
      if (!naive_.neurons.contains(id)) ids.insert(id);
    }
    auto table = neurons({});
    table.values.resize(3);
    for (const auto id : ids) {
      table.ids.push_back({id});
      table.names.push_back("n" + std::to_string(draw_));
      table.roles.push_back(Role::Motor);
      table.positions.push_back({});
      table.lastFired.push_back(static_cast<Tick>(draw_));
      table.values[0].push_back(static_cast<double>(below(100)));
      naive_.neurons[id] = {table.names.back(), table.values[0].back(), table.lastFired.back()};
    }
    graph_.addNeurons(table);
  }

  void removeNeurons() {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < graph_.neuronCount(); ++row) {
      if (below(10) == 0) rows.push_back(row);
    }
    std::set<std::uint32_t> gone;
    for (const auto row : rows) gone.insert(graph_.ids()[row].value);
    graph_.removeLinks(graph_.linksTouching(rows));
    graph_.removeNeurons(rows);
    for (const auto id : gone) naive_.neurons.erase(id);
    std::erase_if(naive_.links, [&](const auto& link) {
      return gone.contains(link.first.from.value) || gone.contains(link.first.to.value);
    });
  }

  void addLinks() {
    if (graph_.neuronCount() == 0) return;
    LinkTable table;
    table.values.resize(2);
    for (std::uint32_t k = below(12); k > 0; --k) {
      const LinkKey key{graph_.ids()[below(graph_.neuronCount())], graph_.ids()[below(graph_.neuronCount())]};
      if (naive_.links.contains(key)) continue;
      table.keys.push_back(key);
      table.values[0].push_back(static_cast<double>(below(100)));
      table.lastCarried.push_back(static_cast<Tick>(draw_));
      naive_.links[key] = {table.values[0].back(), table.lastCarried.back()};
    }
    graph_.addLinks(table);
  }

  /// Some links go and others come, all at once.
  void rewire() {
    std::erase_if(naive_.links, [&](const auto&) { return below(4) == 0; });
    for (std::uint32_t k = graph_.neuronCount() > 0 ? below(12) : 0; k > 0; --k) {
      const LinkKey key{graph_.ids()[below(graph_.neuronCount())], graph_.ids()[below(graph_.neuronCount())]};
      // One that went comes back as a new one or was there all along: the graph cannot tell, so only links it lacks.
      if (!graph_.link(key)) naive_.links.try_emplace(key, NaiveGraph::Link{0.25, never});
    }
    std::vector<std::uint32_t> first(graph_.neuronCount() + 1, 0);
    std::vector<std::uint32_t> targets;
    for (const auto& [key, values] : naive_.links) {
      ++first[*graph_.row(key.from) + 1];
      targets.push_back(static_cast<std::uint32_t>(*graph_.row(key.to)));
    }
    for (std::size_t row = 0; row + 1 < first.size(); ++row) first[row + 1] += first[row];
    graph_.rewire(std::move(first), std::move(targets));
  }

  void removeLinks() {
    std::vector<std::size_t> gone;
    for (std::size_t link = 0; link < graph_.linkCount(); ++link) {
      if (below(6) != 0) continue;
      gone.push_back(link);
      naive_.links.erase(graph_.key(link));
    }
    graph_.removeLinks(gone);
  }

  Graph& graph_;
  NaiveGraph& naive_;
  RandomStream random_;
  std::uint64_t draw_ = 0;
};

}  // namespace

class TestGraph : public QObject {
  Q_OBJECT

 private slots:
  void agreesWithANaiveGraph_data();
  void agreesWithANaiveGraph();
  void orderIsCanonical();
  void newRowsGetInitialValues();
  void tablesReturnWhatWasPut();
  void linksRememberWhenOneCarried();
  void idsAreNeverReused();
  void unknownIdsAndPairsAreNotFound();
  void linksTouchingFindsBothEnds();
  void revisionsNameWhatMoved();
};

void TestGraph::agreesWithANaiveGraph_data() {
  QTest::addColumn<quint64>("seed");
  for (quint64 seed = 1; seed <= 5; ++seed) QTest::addRow("seed %d", static_cast<int>(seed)) << seed;
}

void TestGraph::agreesWithANaiveGraph() {
  QFETCH(quint64, seed);
  Graph graph(tables());
  NaiveGraph naive;
  Changer changer(graph, naive, seed);
  for (int round = 0; round < 400; ++round) {
    changer.change();
    verifyEqual(graph, naive);
    if (QTest::currentTestFailed()) return;
  }
}

void TestGraph::orderIsCanonical() {
  Graph once(tables());
  once.addNeurons(neurons({1, 2, 5, 9}));
  once.addLinks(links({{9, 1}, {1, 9}, {1, 1}, {5, 2}, {1, 2}}));
  Graph piecewise(tables());
  piecewise.addNeurons(neurons({5}));
  piecewise.addNeurons(neurons({9}));
  piecewise.addNeurons(neurons({1, 2}));
  piecewise.addLinks(links({{1, 2}, {5, 2}}));
  piecewise.addLinks(links({{1, 9}, {2, 2}}));
  piecewise.addLinks(links({{9, 1}, {1, 1}}));
  piecewise.removeLinks(std::array{*piecewise.link({{2}, {2}})});
  QVERIFY(std::ranges::equal(once.ids(), piecewise.ids()));
  QVERIFY(std::ranges::equal(once.targets(), piecewise.targets()));
  QVERIFY(std::ranges::equal(once.firstLink(), piecewise.firstLink()));
  QVERIFY(std::ranges::equal(once.targets(), std::vector<std::uint32_t>{0, 1, 3, 1, 0}));
  QVERIFY(std::ranges::equal(once.firstLink(), std::vector<std::uint32_t>{0, 3, 3, 4, 5}));
}

void TestGraph::newRowsGetInitialValues() {
  Graph graph(tables());
  graph.addNeurons(neurons({2, 4}));
  graph.setNeuronValue(0, 0, 7);
  graph.addNeurons(neurons({3}));  // in between
  graph.addLinks(links({{2, 4}}));
  QCOMPARE(columnValues(graph.neuronColumn(0)), (std::vector<double>{7, 1.5, 1.5}));
  QCOMPARE(columnValues(graph.neuronColumn(1)), (std::vector<double>{3, 3, 3}));
  QCOMPARE(columnValues(graph.neuronColumn(2)), (std::vector<double>{1, 1, 1}));
  QCOMPARE(columnValues(graph.linkColumn(0)), std::vector<double>{0.25});
  QCOMPARE(columnValues(graph.linkColumn(1)), std::vector<double>{0.5});
  QCOMPARE(graph.lastFired()[1], never);
  QCOMPARE(graph.lastCarried(0), never);
  QCOMPARE(graph.neuronValues<std::int32_t>(1).size(), std::size_t{3});
  QCOMPARE(graph.linkValues<float>(1)[0], 0.5F);
}

void TestGraph::tablesReturnWhatWasPut() {
  Graph graph(tables());
  auto in = neurons({1, 2, 3});
  in.names = {"a", "b", "c"};
  in.roles = {Role::Sensory, Role::Inter, Role::Motor};
  in.lastFired = {4, never, 6};
  in.values = {{1, 2, 3}, {4, 5, 6}, {0, 1, 0}};
  graph.addNeurons(in);
  auto wires = links({{3, 1}, {1, 2}});
  wires.values = {{8, 9}, {0.5, 0.25}};
  wires.lastCarried = {5, never};
  graph.addLinks(wires);

  const auto out = graph.neuronTable(std::array<std::size_t, 2>{2, 0});
  QVERIFY(out.ids == (std::vector<NeuronId>{{3}, {1}}));
  QCOMPARE(out.names, (std::vector<std::string>{"c", "a"}));
  QVERIFY(out.roles == (std::vector<Role>{Role::Motor, Role::Sensory}));
  QCOMPARE(out.lastFired, (std::vector<Tick>{6, 4}));
  QCOMPARE(out.values, (std::vector<std::vector<double>>{{3, 1}, {6, 4}, {0, 0}}));
  const auto wiresOut = graph.linkTable(std::array<std::size_t, 2>{0, 1});
  QVERIFY(wiresOut.keys == (std::vector<LinkKey>{{{1}, {2}}, {{3}, {1}}}));
  QCOMPARE(wiresOut.values, (std::vector<std::vector<double>>{{9, 8}, {0.25, 0.5}}));
  QCOMPARE(wiresOut.lastCarried, (std::vector<Tick>{never, 5}));
}

/// The ticks take room from the first one on, and stay with their links.
void TestGraph::linksRememberWhenOneCarried() {
  Graph graph(tables());
  graph.addNeurons(neurons({1, 2, 3}));
  graph.addLinks(links({{1, 2}, {2, 3}}));
  auto unused = links({{3, 1}});
  unused.lastCarried = {never};
  graph.addLinks(unused);
  const auto& seen = std::as_const(graph);
  QVERIFY(seen.lastCarried().empty());
  QCOMPARE(seen.lastCarried(2), never);
  QCOMPARE(graph.linkTable(std::array<std::size_t, 1>{1}).lastCarried, std::vector<Tick>{never});
  graph.lastCarried()[1] = 4;
  graph.addLinks(links({{1, 3}}));  // before it
  QVERIFY(std::ranges::equal(seen.lastCarried(), std::vector<Tick>{never, never, 4, never}));
  graph.removeLinks(std::array<std::size_t, 1>{0});
  graph.rewire({0, 0, 2, 3}, {0, 2, 0});
  QVERIFY(std::ranges::equal(seen.lastCarried(), std::vector<Tick>{never, 4, never}));
  auto used = links({{1, 2}});
  used.lastCarried = {9};
  graph.addLinks(used);
  QCOMPARE(seen.lastCarried(0), Tick{9});
}

void TestGraph::idsAreNeverReused() {
  Graph graph(tables());
  QCOMPARE(graph.nextId().value, 1U);
  graph.addNeurons(neurons({1, 2, 7}));
  QCOMPARE(graph.nextId().value, 8U);
  graph.removeNeurons(std::array<std::size_t, 1>{2});
  QCOMPARE(graph.nextId().value, 8U);
  graph.addNeurons(neurons({5}));
  QCOMPARE(graph.nextId().value, 8U);
  graph.raiseNextId({20});
  graph.raiseNextId({3});
  QCOMPARE(graph.nextId().value, 20U);
}

void TestGraph::unknownIdsAndPairsAreNotFound() {
  Graph graph(tables());
  QVERIFY(!graph.row({1}));
  graph.addNeurons(neurons({2, 4}));
  graph.addLinks(links({{2, 4}}));
  for (const std::uint32_t id : {0U, 1U, 3U, 5U}) QVERIFY(!graph.row({id}));
  QVERIFY(graph.link({{2}, {4}}));
  QVERIFY(!graph.link({{4}, {2}}));
  QVERIFY(!graph.link({{2}, {3}}));
  QVERIFY(!graph.link({{2}, {2}}));
}

void TestGraph::linksTouchingFindsBothEnds() {
  Graph graph(tables());
  graph.addNeurons(neurons({1, 2, 3, 4}));
  graph.addLinks(links({{1, 2}, {2, 2}, {2, 3}, {3, 4}, {4, 1}}));
  QCOMPARE(graph.linksTouching(std::array<std::size_t, 1>{1}), (std::vector<std::size_t>{0, 1, 2}));
  QCOMPARE(graph.linksTouching(std::array<std::size_t, 2>{0, 3}), (std::vector<std::size_t>{0, 3, 4}));
  QVERIFY(graph.linksTouching({}).empty());
}

void TestGraph::revisionsNameWhatMoved() {
  Graph graph(tables());
  graph.addNeurons(neurons({1, 2}));
  graph.addLinks(links({{1, 2}}));
  using Revisions = Graph::Revisions;
  const auto moved = [&](auto&& change, std::uint64_t Revisions::*which) {
    auto expected = graph.revisions();
    if (which != nullptr) ++(expected.*which);
    change();
    return graph.revisions() == expected;
  };
  QVERIFY(moved([&] { graph.setNeuronValue(0, 0, 2); }, &Revisions::neuronValues));
  QVERIFY(moved([&] { graph.setLinkValue(0, 0, 2); }, &Revisions::linkValues));
  QVERIFY(moved([&] { graph.setName(0, "x"); }, &Revisions::labels));
  QVERIFY(moved([&] { graph.setRole(0, Role::Motor); }, &Revisions::labels));
  QVERIFY(moved([&] { graph.setPosition(0, {1, 2}); }, &Revisions::positions));
  QVERIFY(moved([&] { graph.addNeurons(neurons({3})); }, &Revisions::topology));
  QVERIFY(moved([&] { graph.addLinks(links({{3, 1}})); }, &Revisions::topology));
  QVERIFY(moved([&] { graph.removeLinks(graph.linksTouching(std::array<std::size_t, 1>{2})); }, &Revisions::topology));
  QVERIFY(moved([&] { graph.removeNeurons(std::array<std::size_t, 1>{2}); }, &Revisions::topology));
  QVERIFY(moved([&] { graph.addNeurons({}); }, nullptr));
  QVERIFY(moved([&] { graph.removeLinks({}); }, nullptr));
  QVERIFY(moved([&] { graph.neuronValues<double>(0)[0] = 5; }, nullptr));  // a dynamics' own writing is no edit
}

QTEST_GUILESS_MAIN(TestGraph)
#include "tst_graph.moc"
