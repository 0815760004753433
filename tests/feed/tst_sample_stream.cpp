#include <QtTest>

#include <set>

#include "core/feed/sample_stream.h"
#include "tests/feed/feed_driver.h"

using namespace plexarium;

namespace {

Split whole(std::size_t samples, bool shuffled = true) { return {SplitPlan{0, 0, 1, shuffled}, samples}; }

}  // namespace

/// Which sample is shown next.
class TestSampleStream : public QObject {
  Q_OBJECT

 private slots:
  void classesComeInTurn() {
    // Class 0 is rare, class 2 absent: 100 samples, ten of class 0.
    const auto data = numbered(100, 1, 4, [](std::size_t sample) { return sample < 10 ? 0U : sample % 2 == 0 ? 1U : 3U; });
    SampleStream stream(*data, whole(100), Part::Train, FeedOrder::Interleaved, 5);
    std::vector<std::multiset<std::size_t>> shown(4);
    for (std::size_t k = 0; k < 270; ++k) {
      const auto sample = stream.next();
      // Until a whole round finds none, class 2 has its turn; it is never shown.
      QVERIFY(data->label(sample) != 2);
      shown[data->label(sample)].insert(sample);
    }
    QCOMPARE(shown[0].size(), std::size_t{90});
    QCOMPARE(shown[1].size(), std::size_t{90});
    QCOMPARE(shown[3].size(), std::size_t{90});
    for (std::size_t sample = 0; sample < 10; ++sample) QCOMPARE(shown[0].count(sample), std::size_t{9});
    for (std::size_t sample = 10; sample < 100; ++sample) QCOMPARE(shown[data->label(sample)].count(sample), std::size_t{2});
  }

  void roundsAreShuffledAnew() {
    const auto data = numbered(50, 1, 2);
    for (const auto order : {FeedOrder::Interleaved, FeedOrder::Shuffled}) {
      SampleStream stream(*data, whole(50), Part::Train, order, 5);
      std::vector<std::size_t> first;
      std::vector<std::size_t> second;
      for (int k = 0; k < 50; ++k) first.push_back(stream.next());
      for (int k = 0; k < 50; ++k) second.push_back(stream.next());
      QVERIFY(first != second);
      QCOMPARE(std::set(first.begin(), first.end()).size(), std::size_t{50});
      QCOMPARE(std::set(second.begin(), second.end()).size(), std::size_t{50});
      SampleStream other(*data, whole(50), Part::Train, order, 6);
      QVERIFY(other.next() != first[0] || other.next() != first[1] || other.next() != first[2]);
    }
  }

  void storedOrderStaysWithinItsPart() {
    const auto data = numbered(10, 1, 2);
    SampleStream stream(*data, Split({0.3, 0.2, 1, false}, 10), Part::Validation, FeedOrder::Stored, 1);
    std::vector<std::size_t> shown;
    for (int k = 0; k < 5; ++k) shown.push_back(stream.next());
    QCOMPARE(shown, (std::vector<std::size_t>{5, 6, 7, 5, 6}));
  }

  void aStateGoesOnWhereItWas() {
    const auto data = numbered(37, 1, 3);
    for (const auto order : {FeedOrder::Interleaved, FeedOrder::Shuffled, FeedOrder::Stored}) {
      SampleStream stream(*data, whole(37), Part::Train, order, 2);
      for (int k = 0; k < 100; ++k) {
        SampleStream again(*data, whole(37), Part::Train, order, 2);
        QVERIFY(again.restore(stream.state()));
        SampleStream copy = stream;
        for (int next = 0; next < 50; ++next) QCOMPARE(again.next(), copy.next());
        stream.next();
      }
    }
  }

  void statesOfOtherDataAreRefused() {
    const auto data = numbered(37, 1, 3);
    SampleStream stream(*data, whole(37), Part::Train, FeedOrder::Interleaved, 2);
    QVERIFY(!stream.restore({0, {{0, 0}}}));
    QVERIFY(!stream.restore({3, {{0, 0}, {0, 0}, {0, 0}}}));
    QVERIFY(!stream.restore({0, {{0, 38}, {0, 0}, {0, 0}}}));
    QVERIFY(stream.restore({2, {{7, 37}, {0, 0}, {5, 3}}}));
    QCOMPARE(data->label(stream.next()), 2U);
    QCOMPARE(data->label(stream.next()), 0U);
  }

  void groupedOrderIsNoticed() {
    QVERIFY(!standsGrouped(*numbered(1000, 1, 10)));
    QVERIFY(
        standsGrouped(*numbered(1000, 1, 10, [](std::size_t sample) { return static_cast<std::uint32_t>(sample / 100); })));
    const Permutation mixed(1000, 1, 1);
    QVERIFY(!standsGrouped(*numbered(1000, 1, 2, [=](std::size_t sample) { return mixed(sample) % 10 == 0 ? 1U : 0U; })));
  }
};

QTEST_GUILESS_MAIN(TestSampleStream)
#include "tst_sample_stream.moc"
