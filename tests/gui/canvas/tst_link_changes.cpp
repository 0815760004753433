#include <QtTest>

#include <algorithm>

#include "ui/canvas/link_changes.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

/// Neurons 1, 2, 3, ... with these links, in order of their keys.
Snapshot network(std::uint32_t neurons, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links) {
  std::vector<NeuronId> ids;
  std::vector<std::uint32_t> first(neurons + 1, 0), targets;
  for (std::uint32_t id = 1; id <= neurons; ++id) ids.push_back({id});
  for (const auto& [from, to] : links) {
    ++first[from];
    targets.push_back(to - 1);
  }
  for (std::uint32_t row = 0; row < neurons; ++row) first[row + 1] += first[row];
  Snapshot snapshot;
  snapshot.appearance.linkStyle.assign(targets.size(), 1);
  snapshot.appearance.linkStrength.assign(targets.size(), 0.5F);
  snapshot.graph.ids = std::make_shared<const std::vector<NeuronId>>(std::move(ids));
  snapshot.graph.firstLink = std::make_shared<const std::vector<std::uint32_t>>(std::move(first));
  snapshot.graph.targets = std::make_shared<const std::vector<std::uint32_t>>(std::move(targets));
  return snapshot;
}

std::vector<std::pair<LinkKey, bool>> told(const LinkChanges& changes) {
  std::vector<std::pair<LinkKey, bool>> all;
  for (const auto& change : changes.changes()) all.emplace_back(change.key, change.born);
  return all;
}

}  // namespace

/// What a rewiring network shows of its comings and goings.
class TestLinkChanges : public QObject {
  Q_OBJECT

 private slots:
  void comingsAndGoingsAreTold() {
    LinkChanges changes;
    changes.adopt(network(4, {{1, 2}, {1, 3}, {4, 1}}), 0);
    QVERIFY(!changes.moves());  // the first look has nothing to compare with
    changes.adopt(network(4, {{1, 2}, {2, 2}, {3, 1}, {4, 1}}), 1);
    using Told = std::vector<std::pair<LinkKey, bool>>;
    QCOMPARE(told(changes), (Told{{{{1}, {3}}, false}, {{{2}, {2}}, true}, {{{3}, {1}}, true}}));
    QCOMPARE(changes.freshness(changes.changes()[0]), 1.0F);
    changes.at(1 + LinkChanges::lasting / 2);
    QVERIFY(qAbs(changes.freshness(changes.changes()[0]) - 0.5F) < 0.01F);
    // The link that went comes back: it is new now, and gone no more.
    changes.adopt(network(4, {{1, 2}, {1, 3}, {2, 2}, {3, 1}, {4, 1}}), 1.3);
    QVERIFY(std::ranges::count(told(changes), std::pair(LinkKey{{1}, {3}}, true)) == 1);
    QVERIFY(std::ranges::count(told(changes), std::pair(LinkKey{{1}, {3}}, false)) == 0);
    changes.at(10);
    QVERIFY(!changes.moves());
  }

  void anotherNetworkIsNoChange() {
    LinkChanges changes;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> links;
    for (std::uint32_t to = 1; to <= LinkChanges::most + 2; ++to) links.emplace_back(1, to);
    const auto neurons = static_cast<std::uint32_t>(LinkChanges::most + 2);
    changes.adopt(network(neurons, {{2, 1}}), 0);
    changes.adopt(network(neurons, links), 1);
    QVERIFY(!changes.moves());
    // And what follows is compared with it.
    links.pop_back();
    changes.adopt(network(neurons, links), 2);
    QCOMPARE(changes.changes().size(), std::size_t{1});
    QVERIFY(!changes.changes()[0].born);
  }

  void neuronsComeAndGo() {
    LinkChanges changes;
    changes.adopt(network(2, {{1, 2}}), 0);
    changes.adopt(network(3, {{1, 2}, {3, 1}}), 1);
    QCOMPARE(changes.changes().size(), std::size_t{1});
    changes.adopt(network(1, {}), 2);
    QVERIFY(std::ranges::none_of(changes.changes(), [](const LinkChanges::Change& change) { return change.born; }));
    changes.reset();
    QVERIFY(!changes.moves());
  }
};

QTEST_GUILESS_MAIN(TestLinkChanges)
#include "tst_link_changes.moc"
