#include <QtTest>

#include "tests/gui/canvas/scene_maker.h"
#include "ui/canvas/activity.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

Snapshot at(Tick tick, double rate, float progress = -1) {
  Snapshot snapshot;
  snapshot.tick = tick;
  snapshot.running = rate > 0;
  snapshot.achievedRate = rate;
  snapshot.appearance.progress = {progress};
  return snapshot;
}

}  // namespace

class ActivityTest : public QObject {
  Q_OBJECT

 private slots:
  void slowPaceFadesInRealTime() {
    Activity activity;
    activity.adopt(at(10, 2), 0);
    QCOMPARE(activity.glow(9), 1.0F);  // done by the last tick
    QVERIFY(activity.moves());
    activity.at(0.25);  // half a tick later
    const float later = activity.glow(9);
    QVERIFY(later < 1 && later > 0.5F);
    activity.at(10);  // no tick came: no further than one tick
    QVERIFY(activity.glow(9) > 0.3F);
    QCOMPARE(activity.glow(never), 0.0F);
  }

  void slowPaceKeepsAPathOfSeveralTicks() {
    Activity activity;
    activity.adopt(at(10, 1), 0);
    QVERIFY(activity.glow(9) > activity.glow(8));
    QVERIFY(activity.glow(8) > activity.glow(7));
    QVERIFY(activity.glow(7) > 0);
    QCOMPARE(activity.glow(4), 0.0F);
  }

  void fastPaceFadesInTicks() {
    Activity activity;
    activity.adopt(at(100'000, 50'000), 0);
    QVERIFY(!activity.moves());
    QVERIFY(activity.glow(99'995) > 0.3F);
    QCOMPARE(activity.glow(99'970), 0.0F);
    activity.at(5);
    QVERIFY(activity.glow(99'995) > 0.3F);
  }

  void whatIsLitIsToldByItsTick() {
    for (const double rate : {0.0, 2.0, 15.0, 50'000.0}) {
      Activity activity;
      activity.adopt(at(1'000, rate), 0);
      for (const double seconds : {0.0, 0.03, 0.4}) {
        activity.at(seconds);
        for (const float least : {0.02F, 0.3F, 0.9F}) {
          const Tick lit = activity.litSince(least);
          for (Tick tick = 970; tick < 1'000; ++tick) QCOMPARE(tick >= lit, activity.glow(tick) >= least);
        }
      }
    }
    QVERIFY(Activity().litSince(0.02F) > never);
  }

  void pausedPictureStays() {
    Activity activity;
    activity.adopt(at(10, 4), 0);
    activity.adopt(at(10, 0), 1);
    const float then = activity.glow(8);
    activity.at(60);
    QVERIFY(then > 0);
    QCOMPARE(activity.glow(8), then);
    QVERIFY(!activity.moves());
  }

  void pulseGoesOnBetweenTicks() {
    Activity activity;
    activity.adopt(at(10, 4, 0.2F), 0);
    const Snapshot next = at(11, 4, 0.3F);
    activity.adopt(next, 0.25);
    QCOMPARE(activity.progress(0, next.appearance.progress), 0.3F);
    activity.at(0.375);  // half a tick
    QVERIFY(std::abs(activity.progress(0, next.appearance.progress) - 0.35F) < 1e-4F);
    activity.at(9);
    QVERIFY(std::abs(activity.progress(0, next.appearance.progress) - 0.4F) < 1e-4F);
    const Snapshot gone = at(12, 4, -1);
    activity.adopt(gone, 10);
    QVERIFY(activity.progress(0, gone.appearance.progress) < 0);
  }
};

QTEST_GUILESS_MAIN(ActivityTest)
#include "tst_activity.moc"
