#include <QtTest>

#include "tests/gui/canvas/scene_maker.h"
#include "ui/canvas/focus.h"
#include "ui/canvas/hulls.h"
#include "ui/canvas/lens.h"

using namespace plexarium;
using namespace plexarium::ui;

class LensTest : public QObject {
  Q_OBJECT

 private slots:
  void showsAllUntouched() {
    const std::shared_ptr<const Snapshot> all = test::makeShowcase();
    Lens lens;
    QCOMPARE(lens.see(all, 0), all);
    lens.setFilter({});
    QCOMPARE(lens.see(all, 1), all);
  }

  void hidesByRoleWithLinks() {
    Lens lens;
    CanvasFilter filter;
    filter.roles = {true, false, true};
    lens.setFilter(filter);
    const auto seen = lens.see(test::makeShowcase(), 0);
    QCOMPARE(*seen->graph.ids, (std::vector<NeuronId>{{1}, {2}, {11}, {12}}));
    QCOMPARE(seen->graph.targets->size(), std::size_t{1});  // only 12 to itself has both ends in sight
    QCOMPARE(seen->graph.key(0), (LinkKey{{12}, {12}}));
    QCOMPARE(seen->appearance.linkStyle[0], std::uint8_t{1});
    QCOMPARE(seen->appearance.phase.size(), std::size_t{4});
  }

  void hidesTheInactive() {
    auto snapshot = test::makeSnapshot({{0, 0}, {4, 0}, {8, 0}}, {{0, 1}, {1, 2}});
    snapshot->appearance.lastFired = {97, 90, never};  // at tick 100
    Lens lens;
    CanvasFilter filter;
    filter.firedWithin = 5;
    lens.setFilter(filter);
    QCOMPARE(lens.see(snapshot, 0)->graph.ids->size(), std::size_t{1});
    auto later = std::make_shared<Snapshot>(*snapshot);
    later->appearance.lastFired = {97, 99, never};
    QCOMPARE(lens.see(later, 0.05)->graph.ids->size(), std::size_t{1});  // not yet looked again
    const auto seen = lens.see(later, 10);
    QCOMPARE(*seen->graph.ids, (std::vector<NeuronId>{{1}, {2}}));
    QCOMPARE(seen->graph.key(0), (LinkKey{{1}, {2}}));
    QCOMPARE(lens.see(later, 20)->graph.ids, seen->graph.ids);  // the same pointer as long as it is the same
  }

  void hidesWeakLinks() {
    Lens lens;
    CanvasFilter filter;
    filter.minimalStrength = 0.6F;
    lens.setFilter(filter);
    const auto seen = lens.see(test::makeSnapshot({{0, 0}, {4, 0}}, {{0, 1, 0, 0.5F}, {1, 0, 0, 0.7F}}), 0);
    QCOMPARE(seen->graph.ids->size(), std::size_t{2});
    QCOMPARE(seen->graph.targets->size(), std::size_t{1});
    QCOMPARE(seen->graph.key(0), (LinkKey{{2}, {1}}));
  }

  /// The network is at tick 100; ages go on while it is looked at.
  void hidesOldLinks() {
    auto snapshot = test::makeSnapshot({{0, 0}, {4, 0}, {8, 0}}, {{0, 1}, {1, 2}, {2, 0}});
    Lens lens;
    CanvasFilter filter;
    filter.bornWithin = 20;
    lens.setFilter(filter);
    QCOMPARE(lens.see(snapshot, 0)->graph.targets->size(), std::size_t{3});  // links that do not come by themselves
    snapshot->appearance.linkBorn = {95, 70, never};
    lens.setFilter(filter);
    auto seen = lens.see(snapshot, 1);
    QCOMPARE(seen->graph.targets->size(), std::size_t{1});
    QCOMPARE(seen->graph.key(0), (LinkKey{{1}, {2}}));
    QCOMPARE(seen->appearance.linkBorn, std::vector<Tick>{95});
    auto later = std::make_shared<Snapshot>(*snapshot);
    later->tick = 116;
    QCOMPARE(lens.see(later, 10)->graph.targets->size(), std::size_t{0});
    QVERIFY(!filter.showsAll());
  }

  void groupsFilterWithThoseWithin() {
    const auto snapshot =
        test::grouped(*test::makeSnapshot({{0, 0}, {4, 0}, {8, 0}, {12, 0}}, {}), {{{{1}, "outer", 0, {}, false}, {{1}}},
                                                                                   {{{2}, "inner", 1, {1}, false}, {{2}}},
                                                                                   {{{3}, "other", 2, {}, false}, {{3}}}});
    Lens lens;
    CanvasFilter filter;
    filter.groups = {{1}};
    lens.setFilter(filter);
    const auto seen = lens.see(snapshot, 0);
    QCOMPARE(*seen->graph.ids, (std::vector<NeuronId>{{1}, {2}}));
  }

  void collapsedIsOneNode() {
    auto snapshot = test::makeSnapshot(
        {{0, 0}, {4, 2}, {8, 0}, {12, 0}, {16, 0}},
        {{0, 1, 0, 0.2F}, {1, 1, 0, 0.2F}, {1, 3, 0, 0.2F, 80}, {2, 3, 1, 0.9F, 70}, {3, 0, 0, 0.4F}, {3, 4, 0, 0.3F}});
    snapshot->appearance.lastFired = {never, 90, 95, never, never};
    snapshot->appearance.linkBorn = {never, never, 60, 40, never, never};
    snapshot->appearance.phase = {0, 1, 2, 0, 0};
    snapshot->appearance.level = {0.1F, 0.9F, 0.3F, 0.5F, 0.5F};
    Lens lens;
    const auto collapsed =
        test::grouped(*snapshot, {{{{7}, "motor pool", 2, {}, true}, {{1}, {2}}}, {{{8}, "inner", 3, {7}, false}, {{3}}}});
    const auto seen = lens.see(collapsed, 0);
    QCOMPARE(*seen->graph.ids, (std::vector<NeuronId>{{1}, {4}, {5}}));
    QCOMPARE((*seen->graph.positions)[0], (Point{4, 2.0F / 3}));
    QCOMPARE(seen->appearance.lastFired[0], Tick{95});
    QCOMPARE(seen->appearance.phase[0], std::uint8_t{2});
    QCOMPARE(seen->appearance.level[0], 0.9F);
    // Inner links are gone, the two that lead to 4 are one.
    QCOMPARE(seen->graph.targets->size(), std::size_t{3});
    QCOMPARE(seen->graph.key(0), (LinkKey{{1}, {4}}));
    QCOMPARE(seen->appearance.linkStrength[0], 0.9F);
    QCOMPARE(seen->appearance.linkStyle[0], std::uint8_t{1});
    QCOMPARE(seen->appearance.lastCarried[0], Tick{80});
    QCOMPARE(seen->appearance.linkBorn[0], Tick{60});
    QCOMPARE(lens.folded({1})->members, (std::vector<NeuronId>{{1}, {2}, {3}}));
    QVERIFY(!lens.folded({4}));
    NetworkGeometry geometry;
    geometry.adopt(seen->graph);
    const auto areas = groupAreas(lens, seen->graph, geometry);
    QCOMPARE(areas.size(), std::size_t{1});  // what is within is not seen
    QCOMPARE(areas[0].label, std::string("motor pool (3)"));
    QCOMPARE(lens.see(snapshot, 1)->graph.ids->size(), std::size_t{5});
    QVERIFY(!lens.folded({1}));
    // Where it is left to the ends when a link carried: those of the links themselves, not the node's.
    auto byEnds = std::make_shared<Snapshot>(*collapsed);
    byEnds->appearance.lastCarried.clear();
    byEnds->appearance.lastFired = {never, 90, 95, 85, 99};
    const auto folded = lens.see(byEnds, 2);
    QCOMPARE(folded->appearance.lastCarried, (std::vector<Tick>{85, never, 85}));
  }

  void onlyGroupsThatLieApartHaveAnArea() {
    const auto areasOf = [](const std::vector<std::vector<NeuronId>>& members) {
      const auto snapshot =
          test::grouped(*test::makeSnapshot({{0, 0}, {4, 1}, {8, 0}, {12, 1}, {40, 0}, {44, 1}, {48, 0}, {52, 1}}, {}),
                        {{{{1}, "one", 0, {}, false}, members[0]}, {{{2}, "other", 1, {}, false}, members[1]}});
      Lens lens;
      NetworkGeometry geometry;
      const auto seen = lens.see(snapshot, 0);
      geometry.adopt(seen->graph);
      return groupAreas(lens, seen->graph, geometry).size();
    };
    QCOMPARE(areasOf({{{1}, {2}, {3}, {4}}, {{5}, {6}, {7}, {8}}}), std::size_t{2});
    QCOMPARE(areasOf({{{1}, {3}, {5}, {7}}, {{2}, {4}, {6}, {8}}}), std::size_t{0});  // each within the other
    QCOMPARE(areasOf({{{1}, {2}, {4}, {5}}, {{6}, {7}, {8}}}), std::size_t{2});       // a stranger among four
  }

  void outlinesKeepTheirDistance() {
    const std::vector<Point> places{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {5, 5}, {10, 0}};
    const auto outline = outlineAround(places, 2);
    Box box;
    for (const Point p : outline) box.include(p);
    QVERIFY(std::abs(box.left + 2) < 0.05F && std::abs(box.right - 12) < 0.05F && std::abs(box.top + 2) < 0.05F);
    // Convex: every turn goes the same way.
    for (std::size_t i = 0; i < outline.size(); ++i) {
      const Point a = outline[i], b = outline[(i + 1) % outline.size()], c = outline[(i + 2) % outline.size()];
      QVERIFY((b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x) > 0);
    }
    QVERIFY(outlineAround({}, 2).empty());
    QVERIFY(outlineAround({{1, 1}}, 2).size() >= 8);
    QVERIFY(outlineAround({{1, 1}, {1, 1}, {1, 1}}, 2).size() >= 8);
  }

  /// Every place is as far within every side as it should be, and one is no further.
  void outlinesOfManyAreTight() {
    std::vector<Point> places;
    std::uint32_t state = 1;
    const auto next = [&state] { return static_cast<float>((state = state * 1664525U + 1013904223U) >> 8U) / 16777216.0F; };
    for (int k = 0; k < 1000; ++k) places.push_back({100 * next() * next(), 60 * next()});
    const auto outline = outlineAround(places, 2);
    for (std::size_t i = 0; i < outline.size(); ++i) {
      const Point a = outline[i], b = outline[(i + 1) % outline.size()];
      const float length = std::hypot(b.x - a.x, b.y - a.y);
      float nearest = 1e9F;
      for (const Point p : places)
        nearest = std::min(nearest, ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / length);
      QVERIFY2(nearest > 1.98F && nearest < 2.01F, qPrintable(QString::number(double{nearest})));
    }
    const std::vector<Point> row(200, Point{3, 4});
    QVERIFY(outlineAround(row, 2).size() >= 8);
  }

  void focusHoldsInputsAndOutputs() {
    const auto snapshot = test::makeSnapshot({{0, 0}, {4, 0}, {8, 0}, {12, 0}}, {{0, 1}, {1, 2}, {2, 3}, {3, 0}});
    NetworkGeometry geometry;
    geometry.adopt(snapshot->graph);
    const Focus around = focusAround(snapshot->graph, geometry, {{2}});
    QCOMPARE(around.neurons, (std::vector<bool>{true, true, true, false}));
    QVERIFY(around.holds(0) && around.holds(1) && !around.holds(2) && !around.holds(3));
    QVERIFY(focusAround(snapshot->graph, geometry, {}).empty());
    QVERIFY(focusAround(snapshot->graph, geometry, {{99}}).empty());
    const Focus causes = focusOn(snapshot->graph, geometry, {{{{3}, {4}}, 0.5F}, {{{3}, {4}}, 0.8F}, {{{1}, {4}}, 1}});
    QCOMPARE(causes.links, std::vector<std::uint32_t>{2});
    QCOMPARE(causes.strengths, std::vector<float>{0.8F});
    QCOMPARE(causes.neurons, (std::vector<bool>{true, false, true, true}));
  }
};

QTEST_GUILESS_MAIN(LensTest)
#include "tst_lens.moc"
