#include <QtTest>

#include "core/edit/history.h"
#include "core/io/document.h"
#include "tests/support/random_edits.h"
#include "tests/support/toy/toy.h"

using namespace plexarium;

namespace {

const Description& description() { return toy::entry().description; }

/// A living network, its beginning and their history.
struct Pair {
  explicit Pair(std::size_t limit = History::defaultLimit) : history(description(), limit) {}

  History::Side sideOf(Model& model) { return {model.graph, model.parameters, model.embodiment}; }
  bool apply(const Edit& edit) { return history.apply(edit, sideOf(living), sideOf(start)).has_value(); }
  bool undo() { return history.undo(sideOf(living), sideOf(start)).has_value(); }
  bool redo() { return history.redo(sideOf(living), sideOf(start)).has_value(); }
  [[nodiscard]] double bias(NeuronId id) const {
    return columnValue(living.graph.neuronColumn(toy::Bias), *living.graph.row(id));
  }

  Model living = toy::model(20, 40);
  Model start = living;
  History history;
};

std::string dump(const Model& model) { return canonicalDump(description(), model); }

Edit setBias(double value, std::string mergeKey = {}, NeuronId id = {1}) {
  return {"Set bias", {SetNeuronField{toy::Bias, {{id, value}}}}, std::move(mergeKey)};
}

}  // namespace

class TestHistory : public QObject {
  Q_OBJECT

 private slots:
  void undoAndRedo();
  void newEditForgetsRedo();
  void refusedEditLeavesListsAlone();
  void dragIsOneEntry();
  void mergesOnlyTheSameThing();
  void bothNetworksGetTheSameIds();
  void staysRightWhileTheNetworkRewires();
  void hundredThousandSmallEdits();
  void memoryIsBounded();
};

void TestHistory::undoAndRedo() {
  Pair pair;
  QVERIFY(!pair.undo() && !pair.redo());
  const auto before = dump(pair.living);
  QVERIFY(pair.apply({"Remove", {RemoveNeurons{{{3}}}}}));
  const auto removed = dump(pair.living);
  QVERIFY(pair.apply(setBias(1)));
  const auto set = dump(pair.living);
  QCOMPARE(pair.history.undoLabel(), std::string("Set bias"));
  QVERIFY(pair.undo());
  QCOMPARE(dump(pair.living), removed);
  QCOMPARE(pair.history.undoLabel(), std::string("Remove"));
  QCOMPARE(pair.history.redoLabel(), std::string("Set bias"));
  QVERIFY(pair.undo());
  QCOMPARE(dump(pair.living), before);
  QCOMPARE(pair.history.undoLabel(), std::string());
  QVERIFY(pair.redo() && pair.redo() && !pair.redo());
  QCOMPARE(dump(pair.living), set);
  QCOMPARE(dump(pair.start), set);
}

void TestHistory::newEditForgetsRedo() {
  Pair pair;
  QVERIFY(pair.apply(setBias(1)) && pair.undo() && pair.apply(setBias(0.5)));
  QCOMPARE(pair.history.redoCount(), std::size_t{0});
  QVERIFY(!pair.redo());
  QCOMPARE(pair.bias({1}), 0.5);
}

void TestHistory::refusedEditLeavesListsAlone() {
  Pair pair;
  QVERIFY(pair.apply(setBias(1)) && pair.undo());
  const auto before = dump(pair.start);
  QVERIFY(!pair.apply(setBias(2)));
  QCOMPARE(dump(pair.start), before);
  QCOMPARE(pair.history.redoCount(), std::size_t{1});
}

void TestHistory::dragIsOneEntry() {
  Pair pair;
  const auto before = pair.bias({1});
  for (int k = 1; k <= 50; ++k) QVERIFY(pair.apply(setBias(k / 100.0, "drag")));
  QCOMPARE(pair.history.undoCount(), std::size_t{1});
  QVERIFY(pair.undo());
  QCOMPARE(pair.bias({1}), before);
  QVERIFY(pair.redo());
  QCOMPARE(pair.bias({1}), 0.5);
  // What was redone is closed: the next drag is another entry.
  QVERIFY(pair.apply(setBias(0.75, "drag")));
  QCOMPARE(pair.history.undoCount(), std::size_t{2});
}

void TestHistory::mergesOnlyTheSameThing() {
  Pair pair;
  QVERIFY(pair.apply(setBias(0.25, "drag")) && pair.apply(setBias(0.5, "drag", {2})));
  QCOMPARE(pair.history.undoCount(), std::size_t{2});  // another neuron
  QVERIFY(pair.apply(setBias(0.75, "other", {2})));
  QCOMPARE(pair.history.undoCount(), std::size_t{3});  // another drag
  QVERIFY(pair.apply(setBias(0.5)) && pair.apply(setBias(0.75)));
  QCOMPARE(pair.history.undoCount(), std::size_t{5});  // nobody asked
  const Edit twoSteps{"Set", {SetNeuronField{toy::Bias, {{{1}, 0}}}, SetParameter{toy::Rewires, 0}}, "both"};
  QVERIFY(pair.apply(twoSteps) && pair.apply(twoSteps));
  QCOMPARE(pair.history.undoCount(), std::size_t{7});
}

void TestHistory::bothNetworksGetTheSameIds() {
  Pair pair;
  // The living network has used up ids of its own.
  pair.living.graph.raiseNextId({100});
  QVERIFY(pair.apply({"Add", {AddNeurons{{{{}}, {"X"}, {Role::Inter}, {{}}, {}, {}}}}}));
  QVERIFY(pair.living.graph.row({100}) && pair.start.graph.row({100}));
}

void TestHistory::staysRightWhileTheNetworkRewires() {
  Pair pair;
  const auto before = dump(pair.start);
  const auto dynamics = toy::entry().make();
  Network network{pair.living.graph, pair.living.parameters, 1, 0};
  QVERIFY(dynamics->build(network));
  std::vector<double> metrics(3);
  const auto live = [&] {
    dynamics->step(network, metrics);
    ++network.tick;
    dynamics->publish(network, nullptr);
  };
  for (std::uint32_t k = 1; k <= 10; ++k) {
    live();
    QVERIFY(pair.apply({"Remove", {RemoveNeurons{{{k}}}}}));
    dynamics->edited(network, {true, true, true, true});
  }
  const auto edited = dump(pair.start);
  for (int round = 0; round < 3; ++round) {
    while (pair.history.undoCount() > 0) {
      live();
      QVERIFY(pair.undo());
      dynamics->edited(network, {true, true, true, true});
      QVERIFY(faults(pair.living.graph).empty());
    }
    QCOMPARE(pair.living.graph.neuronCount(), std::size_t{20});
    QCOMPARE(dump(pair.start), before);
    while (pair.history.redoCount() > 0) {
      live();
      QVERIFY(pair.redo());
      dynamics->edited(network, {true, true, true, true});
      QVERIFY(faults(pair.living.graph).empty());
    }
    QCOMPARE(pair.living.graph.neuronCount(), std::size_t{10});
    QCOMPARE(dump(pair.start), edited);
  }
}

void TestHistory::hundredThousandSmallEdits() {
  Pair pair;
  const auto before = dump(pair.living);
  constexpr int edits = 100'000;
  for (int k = 0; k < edits; ++k) {
    const NeuronId id{static_cast<std::uint32_t>(1 + k % 20)};
    const auto value = (k % 1000) / 1000.0;
    QVERIFY(k % 2 == 0 ? pair.apply(setBias(value, {}, id))
                       : pair.apply({"Move", {MoveNeurons{{{id, {static_cast<float>(k), 0}}}}}}));
  }
  QCOMPARE(pair.history.undoCount(), std::size_t{edits});
  qInfo("100,000 small edits take %.1f MiB", static_cast<double>(pair.history.bytes()) / (1 << 20));
  for (int k = 0; k < edits; ++k) QVERIFY(pair.undo());
  QCOMPARE(dump(pair.living), before);
}

void TestHistory::memoryIsBounded() {
  constexpr std::size_t limit = 100'000;
  Pair pair(limit);
  for (int k = 0; k < 2000; ++k) {
    QVERIFY(pair.apply(setBias((k % 1000) / 1000.0)));
    QVERIFY(pair.history.bytes() <= limit);
  }
  const auto kept = pair.history.undoCount();
  QVERIFY(kept > 50 && kept < 2000);
  for (std::size_t k = 0; k < kept; ++k) QVERIFY(pair.undo());
  QVERIFY(pair.history.bytes() <= limit);
  QVERIFY(!pair.undo());
  QCOMPARE(pair.bias({1}), static_cast<double>((2000 - kept - 1) % 1000) / 1000.0);
  // A single entry beyond the limit is kept all the same.
  Pair tight(1);
  QVERIFY(tight.apply(setBias(1)) && tight.apply(setBias(0.5)));
  QCOMPARE(tight.history.undoCount(), std::size_t{1});
  QVERIFY(tight.undo());
  QCOMPARE(tight.bias({1}), 1.0);
}

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
