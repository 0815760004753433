#include <QTest>

#include "ui/plots/metric_history.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

MetricBucket bucket(Tick first, Tick count, double low, double mean, double high) {
  return {.first = first, .count = count, .minimum = {low}, .mean = {mean}, .maximum = {high}};
}

void append(MetricHistory& history, const MetricBucket& one) { history.append(std::span(&one, 1)); }

}  // namespace

class TestMetricHistory : public QObject {
  Q_OBJECT

 private slots:
  void keepsTheLastTicks() {
    MetricHistory history(10, 10);
    for (Tick tick = 0; tick < 100; ++tick) append(history, bucket(tick, 1, 0, static_cast<double>(tick), 200));
    QCOMPARE(history.points().size(), std::size_t{10});
    QCOMPARE(history.points().front().first, Tick{90});
    QCOMPARE(history.points().back().mean[0], 99.0);
  }

  /// Ten ticks a point: 100 ticks in 10 points; means weigh by ticks, extremes stay extremes.
  void mergesToItsResolution() {
    MetricHistory history(100, 10);
    QCOMPARE(history.resolution(), Tick{10});
    append(history, bucket(0, 4, -1, 1, 2));
    append(history, bucket(4, 6, 0, 6, 7));
    QCOMPARE(history.points().size(), std::size_t{1});
    QCOMPARE(history.points()[0].count, Tick{10});
    QCOMPARE(history.points()[0].mean[0], (4.0 * 1 + 6.0 * 6) / 10);
    QCOMPARE(history.points()[0].minimum[0], -1.0);
    QCOMPARE(history.points()[0].maximum[0], 7.0);
  }

  void wholeRunStaysBounded() {
    MetricHistory history(0, 64);
    double sum = 0;
    for (Tick tick = 0; tick < 100'000; ++tick) {
      append(history, bucket(tick, 1, 0, static_cast<double>(tick % 7), 6));
      sum += static_cast<double>(tick % 7);
    }
    QVERIFY(history.points().size() <= 64);
    double kept = 0;
    Tick next = 0;
    for (const auto& point : history.points()) {
      QCOMPARE(point.first, next);
      next += point.count;
      kept += point.mean[0] * static_cast<double>(point.count);
    }
    QCOMPARE(next, Tick{100'000});
    QVERIFY(std::abs(kept - sum) < 1e-6 * sum);
  }

  void returningToTheStartBeginsAnew() {
    MetricHistory history(0, 16);
    for (Tick tick = 0; tick < 50; ++tick) append(history, bucket(tick, 1, 0, 0, 0));
    append(history, bucket(0, 1, 3, 3, 3));
    QCOMPARE(history.points().size(), std::size_t{1});
    QCOMPARE(history.resolution(), Tick{1});
  }
};

QTEST_GUILESS_MAIN(TestMetricHistory)
#include "tst_metric_history.moc"
