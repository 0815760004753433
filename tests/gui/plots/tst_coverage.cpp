#include <QTest>
#include <set>

#include "ui/plots/coverage.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

using Gaps = std::vector<std::pair<Tick, Tick>>;

Gaps gaps(const Coverage& coverage, Tick from, Tick to) {
  Gaps found;
  coverage.eachGap(from, to, [&](Tick first, Tick last) { found.emplace_back(first, last); });
  return found;
}

}  // namespace

class TestCoverage : public QObject {
  Q_OBJECT

 private slots:
  void tellsItsGaps() {
    Coverage coverage;
    QCOMPARE(gaps(coverage, 3, 9), (Gaps{{3, 9}}));
    QCOMPARE(coverage.end(), Tick{0});
    coverage.add(10, 20);
    coverage.add(30, 40);
    QCOMPARE(gaps(coverage, 0, 50), (Gaps{{0, 10}, {20, 30}, {40, 50}}));
    QCOMPARE(gaps(coverage, 12, 35), (Gaps{{20, 30}}));
    QCOMPARE(gaps(coverage, 12, 18), Gaps{});
    QCOMPARE(coverage.firstGap(12, 100), Tick{20});
    QCOMPARE(coverage.firstGap(12, 18), Tick{18});
    QCOMPARE(coverage.firstGap(25, 100), Tick{25});
    coverage.forgetFrom(35);
    QCOMPARE(coverage.end(), Tick{35});
    coverage.forgetFrom(30);
    QCOMPARE(coverage.end(), Tick{20});
  }

  /// Against a plain set, with stretches of every kind of overlap, and with some forgotten.
  void remembersWhatASetDoes() {
    Coverage coverage;
    std::set<Tick> plain;
    std::uint32_t state = 7;
    const auto next = [&](std::uint32_t below) {
      return static_cast<Tick>((state = state * 1664525 + 1013904223) >> 8) % below;
    };
    for (int step = 0; step < 600; ++step) {
      if (next(12) == 0) {
        const Tick from = next(400);
        coverage.forgetFrom(from);
        plain.erase(plain.lower_bound(from), plain.end());
      } else {
        const Tick first = next(400), last = first + next(12);
        coverage.add(first, last);
        for (Tick tick = first; tick < last; ++tick) plain.insert(tick);
      }
      QCOMPARE(coverage.end(), plain.empty() ? Tick{0} : *plain.rbegin() + 1);
      std::set<Tick> missing;
      for (const auto& [first, last] : gaps(coverage, 0, 420)) {
        for (Tick tick = first; tick < last; ++tick) missing.insert(tick);
      }
      for (Tick tick = 0; tick < 420; ++tick) {
        QCOMPARE(coverage.has(tick), plain.count(tick) > 0);
        QCOMPARE(missing.count(tick) > 0, plain.count(tick) == 0);
      }
    }
  }

  void memoryIsBounded() {
    Coverage coverage;
    const auto many = static_cast<Tick>(Coverage::most) + 10;
    for (Tick run = 0; run < many; ++run) coverage.add(3 * run, 3 * run + 1);
    QVERIFY(!coverage.has(0) && !coverage.has(27) && coverage.has(30) && coverage.has(3 * many - 3));
  }
};

QTEST_GUILESS_MAIN(TestCoverage)
#include "tst_coverage.moc"
