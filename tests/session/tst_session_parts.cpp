#include <QtTest>

#include <limits>

#include "core/denormals.h"
#include "core/session/metric_log.h"
#include "core/session/pacer.h"

using namespace plexarium;
using namespace std::chrono_literals;

class TestSessionParts : public QObject {
  Q_OBJECT

 private slots:
  void pacerCountsWhatIsDue();
  void pacerForgetsOldDebt();
  void pacerChangesPace();
  void rateOfFastAndSlowNetworks();
  void bucketsGather();
  void logLosesTheOldest();
  void denormalsAreFlushed();
};

void TestSessionParts::pacerCountsWhatIsDue() {
  const Clock::time_point zero{100s};
  Pacer pacer;
  pacer.restart(zero);
  QVERIFY(pacer.due(zero) > 1'000'000);  // unlimited
  pacer.setPace(10, zero);
  pacer.restart(zero);
  QCOMPARE(pacer.due(zero), Tick{1});
  pacer.done(1, zero);
  QCOMPARE(pacer.due(zero + 99ms), Tick{0});
  QVERIFY(pacer.next(zero + 10ms) >= zero + 100ms && pacer.next(zero + 10ms) < zero + 101ms);
  QCOMPARE(pacer.due(zero + 101ms), Tick{1});
  QCOMPARE(pacer.due(zero + 201ms), Tick{2});
  // Fast paces are looked at a thousand times a second, with what has come due.
  pacer.setPace(100000, zero);
  pacer.restart(zero);
  pacer.done(pacer.due(zero), zero);
  QVERIFY(pacer.next(zero) >= zero + 1ms);
  QVERIFY(pacer.due(zero + 1ms) >= 99 && pacer.due(zero + 1ms) <= 101);
}

void TestSessionParts::pacerForgetsOldDebt() {
  const Clock::time_point zero{100s};
  Pacer pacer;
  pacer.setPace(1000, zero);
  pacer.restart(zero);
  pacer.done(1, zero + 10s);  // one tick took ten seconds
  const auto due = pacer.due(zero + 10s);
  QVERIFY(due >= 99 && due <= 102);
}

void TestSessionParts::pacerChangesPace() {
  const Clock::time_point zero{100s};
  Pacer pacer;
  pacer.setPace(0.01, zero);
  pacer.restart(zero);
  pacer.done(1, zero);
  QCOMPARE(pacer.due(zero + 1s), Tick{0});
  pacer.setPace(2, zero + 1s);
  QCOMPARE(pacer.due(zero + 1s), Tick{1});  // half a second since the last tick is over, but no debt has piled up
  pacer.done(1, zero + 1s);
  // Turning the knob to and fro makes no tick.
  for (const double pace : {3.0, 1.0, 2.0}) pacer.setPace(pace, zero + 1s + 10ms);
  QCOMPARE(pacer.due(zero + 1s + 20ms), Tick{0});
}

void TestSessionParts::rateOfFastAndSlowNetworks() {
  const Clock::time_point zero{100s};
  RateMeter meter;
  QCOMPARE(meter.rate(), 0.0);
  meter.restart(zero);
  QCOMPARE(meter.rate(), 0.0);
  for (int k = 1; k <= 3000; ++k) meter.done(50, zero + k * 1ms);
  QVERIFY(std::abs(meter.rate() - 50000) < 1);
  for (int k = 1; k <= 600; ++k) meter.done(10, zero + 3s + k * 1ms);  // five times slower: only the last half second counts
  QVERIFY(std::abs(meter.rate() - 10000) < 1);
  meter.restart(zero);
  for (int k = 1; k <= 5; ++k) meter.done(1, zero + k * 2s);
  QCOMPARE(meter.rate(), 0.5);
  meter.done(1, zero + 10s + 100ms);
  QVERIFY(meter.rate() > 0.5);
}

void TestSessionParts::bucketsGather() {
  MetricGatherer gatherer(2);
  QVERIFY(gatherer.empty());
  gatherer.add(7, std::vector<double>{1, -1});
  gatherer.add(8, std::vector<double>{3, -5});
  gatherer.add(9, std::vector<double>{5, 0});
  const auto bucket = gatherer.close();
  QCOMPARE(bucket.first, Tick{7});
  QCOMPARE(bucket.count, Tick{3});
  QCOMPARE(bucket.minimum, (std::vector<double>{1, -5}));
  QCOMPARE(bucket.mean, (std::vector<double>{3, -2}));
  QCOMPARE(bucket.maximum, (std::vector<double>{5, 0}));
  gatherer.recycle(bucket);
  QVERIFY(gatherer.empty());
  gatherer.add(10, std::vector<double>{2, 2});
  QCOMPARE(gatherer.close().maximum, (std::vector<double>{2, 2}));
}

void TestSessionParts::logLosesTheOldest() {
  MetricLog log;
  for (Tick tick = 0; tick < static_cast<Tick>(MetricLog::capacity) + 3; ++tick) log.push({0, tick, 1, {}, {}, {}});
  QCOMPARE(log.lost(), std::uint64_t{3});
  const auto buckets = log.take();
  QCOMPARE(buckets.size(), MetricLog::capacity);
  QCOMPARE(buckets.front().first, Tick{3});
  QVERIFY(log.take().empty());
  QCOMPARE(log.lost(), std::uint64_t{3});
}

void TestSessionParts::denormalsAreFlushed() {
#if defined(__SSE__) || defined(__aarch64__)
  volatile double small = std::numeric_limits<double>::min();
  {
    const FlushDenormals flush;
    QCOMPARE(small / 4, 0.0);
  }
  QVERIFY(small / 4 > 0);
#else
  QSKIP("this processor is left as it is");
#endif
}

QTEST_GUILESS_MAIN(TestSessionParts)
#include "tst_session_parts.moc"
