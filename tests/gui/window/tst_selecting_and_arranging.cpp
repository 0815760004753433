#include <QTest>
#include <algorithm>

#include "core/io/document.h"
#include "tests/support/toy/toy.h"
#include "ui/bridge/session_bridge.h"
#include "ui/window/arrangement.h"
#include "ui/window/excerpt.h"
#include "ui/window/neighbourhood.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

using Ids = std::vector<NeuronId>;

const Description& description() { return toy::entry().description; }

/// A -> B -> C, D -> D, E; ids 1..5 on a slant.
Model chain() {
  Model model = emptyModel(description());
  model.graph.addNeurons({{{1}, {2}, {3}, {4}, {5}},
                          {"A", "B", "C", "D", "E"},
                          {Role::Sensory, Role::Inter, Role::Motor, Role::Inter, Role::Inter},
                          {{0, 0}, {1, 5}, {10, 6}, {3, 30}, {7, 8}},
                          {9, 8, 7, 6, 5},
                          {{0.1, 0.2, 0.3, 0.4, 0.5}, {0.5, 0.25, 0.75, 0.125, 0}}});
  model.graph.addLinks({{{{1}, {2}}, {{2}, {3}}, {{4}, {4}}}, {4, 5, 6}, {{1, 2, 3}, {0.1, 0.2, 0.3}}});
  model.tick = 10;
  return model;
}

GraphImage graph() {
  const auto look = lookAt(builtInDynamics().add(toy::entry()), chain(), 0);
  return (*look)->graph;
}

std::vector<Point> places(const Result<Edit>& edit) {
  std::vector<Point> points;
  for (const auto& [id, place] : std::get<MoveNeurons>(edit->steps.at(0)).positions) points.push_back(place);
  return points;
}

}  // namespace

class TestSelectingAndArranging : public QObject {
  Q_OBJECT

 private slots:
  void neighbours() {
    const GraphImage image = graph();
    const Ids b{{2}};
    QCOMPARE(inputsOf(image, b), (Ids{{1}}));
    QCOMPARE(outputsOf(image, b), (Ids{{3}}));
    QCOMPARE(inputsOf(image, Ids{{4}}), (Ids{{4}}));
    QCOMPARE(connectedTo(image, Ids{{3}, {5}}), (Ids{{1}, {2}, {3}, {5}}));
    QCOMPARE(allBut(image, Ids{{1}, {3}, {99}}), (Ids{{2}, {4}, {5}}));
    QCOMPARE(withRole(image, Role::Inter), (Ids{{2}, {4}, {5}}));
    QCOMPARE(connectedTo(image, Ids{}), Ids{});
  }

  void aligns() {
    const GraphImage image = graph();
    const Ids three{{1}, {2}, {3}};
    QCOMPARE(places(align(image, three, Alignment::Left)), (std::vector<Point>{{0, 0}, {0, 5}, {0, 6}}));
    QCOMPARE(places(align(image, three, Alignment::Right)), (std::vector<Point>{{10, 0}, {10, 5}, {10, 6}}));
    QCOMPARE(places(align(image, three, Alignment::Centre)), (std::vector<Point>{{5, 0}, {5, 5}, {5, 6}}));
    QCOMPARE(places(align(image, three, Alignment::Top)), (std::vector<Point>{{0, 0}, {1, 0}, {10, 0}}));
    QCOMPARE(places(align(image, three, Alignment::Middle)), (std::vector<Point>{{0, 3}, {1, 3}, {10, 3}}));
    QCOMPARE(places(align(image, three, Alignment::Bottom)), (std::vector<Point>{{0, 6}, {1, 6}, {10, 6}}));
    QCOMPARE(places(align(image, three, Alignment::SpreadAcross)), (std::vector<Point>{{0, 0}, {5, 5}, {10, 6}}));
    QCOMPARE(places(align(image, three, Alignment::SpreadDown)), (std::vector<Point>{{0, 0}, {1, 3}, {10, 6}}));
  }

  void refusesWhatMovesNothing() {
    const GraphImage image = graph();
    QVERIFY(!align(image, Ids{{1}}, Alignment::Left));
    QVERIFY(!align(image, Ids{{1}, {99}}, Alignment::Left));  // one of them is gone
    QVERIFY(!align(image, Ids{{1}, {2}}, Alignment::SpreadDown));
  }

  /// The part that was copied reads back as a model and holds state, values and inner links, and no history.
  void excerptIsAModel() {
    const Model part = excerptOf(description(), chain(), Ids{{2}, {3}, {4}, {99}});
    const std::string text = writeModel(description(), part);
    const auto read = readExcerpt(builtInDynamics().add(toy::entry()), description(), text);
    QVERIFY2(read.has_value(), read ? "" : read.error().text().c_str());
    const Graph& got = read->graph;
    QCOMPARE(got.neuronCount(), std::size_t{3});
    QCOMPARE(got.linkCount(), std::size_t{2});
    QCOMPARE(columnValue(got.neuronColumn(toy::Charge), 1), 0.75);
    QCOMPARE(columnValue(got.linkColumn(toy::Gain), 0), 2.0);
    QCOMPARE(got.lastFired()[0], never);
    QCOMPARE(got.lastCarried(0), never);
  }

  void pastingKeepsRelativePlaces() {
    const Model part = excerptOf(description(), chain(), Ids{{2}, {3}});
    const Edit edit = addExcerpt(part, "Paste", Point{100, 200}, {});
    const auto& circuit = std::get<AddCircuit>(edit.steps.at(0));
    QCOMPARE(circuit.neurons.positions, (std::vector<Point>{{95.5F, 199.5F}, {104.5F, 200.5F}}));
    QCOMPARE(circuit.links.size(), std::size_t{1});
  }

  void foreignTextIsRefused() {
    const Registry registry = builtInDynamics().add(toy::entry());
    for (const char* text : {"", "hello", "{\"format\":\"something\"}", "[1,2,3]"}) {
      const auto read = readExcerpt(registry, description(), text);
      QVERIFY2(!read, text);
      QVERIFY2(read.error().text().find("lipboard") != std::string::npos, read.error().text().c_str());
    }
    const Description& other = builtInDynamics().entries().front().description;
    const auto read = readExcerpt(registry, other, writeModel(description(), chain()));
    QVERIFY(!read);
    QVERIFY(read.error().text().find("other rules") != std::string::npos);
    QVERIFY(!readExcerpt(registry, description(), writeModel(description(), emptyModel(description()))));
  }
};

QTEST_GUILESS_MAIN(TestSelectingAndArranging)
#include "tst_selecting_and_arranging.moc"
