#include <QtTest>

#include <chrono>
#include <thread>

#include "core/io/document.h"
#include "core/session/session.h"
#include "tests/support/random_edits.h"
#include "tests/support/session_driver.h"
#include "tests/support/toy/toy.h"

using namespace plexarium;
using namespace std::chrono_literals;
using TestClock = std::chrono::steady_clock;

namespace {

const Description& description() { return toy::entry().description; }

/// A session with its thread and somebody who asks.
struct Living {
  explicit Living(const Model& model = toy::model(20, 60, 7))
      : session(std::move(Session::create(registry(), model).value())) {
    session->start();
  }

  static Registry registry() {
    Registry toys;
    toys.add(toy::entry());
    return toys;
  }
  bool ask(Command command) {
    const auto outcome = driver.ask(std::move(command));
    return outcome && !outcome->error;
  }
  bool set(toy::Parameter parameter, double value) { return ask(ApplyEdit{{"Set", {SetParameter{parameter, value}}}}); }
  /// The tick of a snapshot taken now, when nothing runs.
  Tick reached(Tick tick) {
    const auto snapshot = driver.awaitSnapshot([&](const Snapshot& seen) { return seen.tick >= tick; });
    return snapshot ? snapshot->tick : never;
  }

  std::unique_ptr<Session> session;
  SessionDriver driver{*session};
};

Model still(std::size_t neurons = 5) {
  Model model = toy::model(neurons, 0);
  model.parameters[toy::Rewires] = 0;
  return model;
}

double secondsSince(TestClock::time_point began) { return std::chrono::duration<double>(TestClock::now() - began).count(); }

}  // namespace

class TestSessionThread : public QObject {
  Q_OBJECT

 private slots:
  void runsAndPauses();
  void stepsExactly();
  void pauseCutsStepsShort();
  void keepsPace_data();
  void keepsPace();
  void obeysAtOnceWhileWaiting();
  void showsWhatWasEditedWhilePaused();
  void obeysWhileRunningFlatOut();
  void publishesOnlyOnDemand();
  void capturesTheSameBits();
  void metricsAreGathered();
  void staysLiveWhileATickIsSlow();
  void survivesExceptions();
  void snapshotsOutliveTheSession();
  void stopsWhileRunning();
};

void TestSessionThread::runsAndPauses() {
  Living living;
  std::this_thread::sleep_for(5ms);
  QCOMPARE(living.session->latest()->tick, Tick{0});  // paused at first
  QVERIFY(living.ask(Run{}));
  const auto running = living.driver.awaitSnapshot([](const Snapshot& seen) { return seen.tick > 100; });
  QVERIFY(running && running->running);
  QVERIFY(living.driver.awaitSnapshot([](const Snapshot& seen) { return seen.achievedRate > 0; }));
  const auto paused = living.driver.ask(Pause{});
  QVERIFY(paused && !paused->error);
  const auto snapshot = living.driver.awaitSnapshot([](const Snapshot& seen) { return !seen.running; });
  QVERIFY(snapshot);
  QCOMPARE(snapshot->tick, paused->tick);
  QCOMPARE(snapshot->achievedRate, 0.0);
  // Nothing happens any more: the same object for ever.
  std::this_thread::sleep_for(5ms);
  QCOMPARE(living.session->latest(), snapshot);
}

void TestSessionThread::stepsExactly() {
  Living living;
  for (Tick total = 0; const Tick ticks : {1, 1, 10, 1000, 0}) {
    const auto outcome = living.driver.ask(StepTicks{ticks});
    total += ticks;
    QVERIFY(outcome && !outcome->error);
    QCOMPARE(outcome->tick, total);
    QCOMPARE(living.reached(total), total);
  }
  QVERIFY(!living.session->latest()->running);
  // Later commands wait for the steps.
  living.session->post(Run{});
  living.session->post(StepTicks{500});
  const auto capture = living.driver.ask(Capture{});
  const auto before = living.driver.ask(StepTicks{0});
  QVERIFY(capture && before);
  QCOMPARE(capture->capture->tick, before->tick);
  QVERIFY(capture->tick >= 1512);
}

void TestSessionThread::pauseCutsStepsShort() {
  Living living;
  const auto steps = living.session->post(StepTicks{1'000'000'000'000});
  QVERIFY(living.driver.awaitSnapshot([](const Snapshot& seen) { return seen.tick > 10; }));
  QVERIFY(living.ask(Pause{}));
  const auto outcome = living.driver.await(steps);
  QVERIFY(outcome && !outcome->error);
  QCOMPARE(living.reached(outcome->tick), outcome->tick);
}

void TestSessionThread::keepsPace_data() {
  QTest::addColumn<double>("pace");
  QTest::newRow("20/s") << 20.0;
  QTest::newRow("1,000/s") << 1000.0;
  QTest::newRow("100,000/s") << 100000.0;
}

void TestSessionThread::keepsPace() {
  QFETCH(double, pace);
  Living living(still());
  QVERIFY(living.ask(SetPace{pace}));
  QVERIFY(living.ask(Run{}));
  const auto began = TestClock::now();
  const auto first = living.driver.awaitSnapshot([](const Snapshot& seen) { return seen.tick > 0; });
  QVERIFY(first);
  std::this_thread::sleep_for(600ms);
  const auto paused = living.driver.ask(Pause{});
  const double seconds = secondsSince(began);
  QVERIFY(paused);
  const double rate = static_cast<double>(paused->tick - 1) / seconds;
  qInfo("wanted %.0f ticks/s: %.1f over %.2f s", pace, rate, seconds);
  QVERIFY2(rate < pace * 1.05 + 2, "too fast");
  QVERIFY2(rate > pace * 0.7 - 2, "too slow");  // other programs want the processor too
}

void TestSessionThread::obeysAtOnceWhileWaiting() {
  Living living(still());
  QVERIFY(living.ask(SetPace{0.01}));
  QVERIFY(living.ask(Run{}));
  QCOMPARE(living.reached(1), Tick{1});  // the first tick comes at once, the next in 100 s
  const auto began = TestClock::now();
  QVERIFY(living.set(toy::ThrowAtTick, 77));
  QVERIFY(living.driver.awaitSnapshot([](const Snapshot& seen) { return seen.parameters[toy::ThrowAtTick] == 77; }));
  QVERIFY(living.ask(SetPace{1000}));
  QVERIFY(living.reached(20) >= 20);
  QVERIFY2(secondsSince(began) < 5, "waited for the tick");
}

void TestSessionThread::showsWhatWasEditedWhilePaused() {
  Living living;
  for (std::uint32_t id = 1; id <= 5; ++id) {
    QVERIFY(living.ask(ApplyEdit{{"Remove", {RemoveNeurons{{{id}}}}}}));
    const auto seen = living.driver.awaitSnapshot([&](const Snapshot& one) { return one.editRevision == id; });
    QVERIFY(seen);
    QCOMPARE(seen->graph.ids->size(), std::size_t{20 - id});
    QCOMPARE(seen->tick, Tick{0});
  }
}

void TestSessionThread::obeysWhileRunningFlatOut() {
  Living living;
  QVERIFY(living.ask(Run{}));
  Tick tick = 0;
  for (int k = 0; k < 50; ++k) {
    const auto added = living.driver.ask(ApplyEdit{{"Add", {AddNeurons{{{{}}, {"X"}, {Role::Inter}, {{}}, {}, {}}}}}});
    QVERIFY(added && !added->error && added->added.size() == 1);
    QVERIFY(added->tick >= tick);
    tick = added->tick;
    const auto id = added->added[0];
    const auto seen = living.driver.awaitSnapshot([&](const Snapshot& one) { return one.graph.row(id).has_value(); });
    QVERIFY(seen && faults(*seen).empty());
    QVERIFY(living.ask(Undo{}));
    QVERIFY(living.driver.awaitSnapshot([&](const Snapshot& one) { return !one.graph.row(id).has_value(); }));
  }
  QVERIFY(tick > 0);
}

void TestSessionThread::publishesOnlyOnDemand() {
  Living living;
  QVERIFY(living.ask(Run{}));
  const auto first = living.driver.awaitSnapshot([](const Snapshot& seen) { return seen.tick > 0; });
  QVERIFY(first);
  // Nobody asks for a while, though the network lives on: at most the one that was asked for last is made.
  Tick lived = 0;
  QVERIFY(eventually([&] {
    for (const auto& bucket : living.session->drainMetrics()) lived += bucket.count;
    return lived > first->tick + 500;
  }));
  QVERIFY(living.session->latest()->number <= first->number + 1);
}

void TestSessionThread::capturesTheSameBits() {
  const auto alone = std::move(Session::create(Living::registry(), toy::model(20, 60, 7)).value());
  alone->advance(700);
  Living living;
  Tick done = 0;
  std::shared_ptr<const Model> captured;
  while (done < 700) {
    QVERIFY(living.ask(StepTicks{70}));
    const auto outcome = living.driver.ask(Capture{});
    QVERIFY(outcome && outcome->capture);
    captured = outcome->capture;
    done = captured->tick;
    static_cast<void>(living.session->latest());
  }
  QCOMPARE(stateHash(description(), *captured), stateHash(description(), alone->capture()));
}

void TestSessionThread::metricsAreGathered() {
  Living living(still());
  QVERIFY(living.ask(Run{}));
  const auto began = TestClock::now();
  QVERIFY(living.reached(20000) >= 20000);
  const auto paused = living.driver.ask(Pause{});
  const auto seconds = secondsSince(began);
  QVERIFY(paused);
  const auto buckets = living.session->drainMetrics();
  Tick next = 0;
  for (const auto& bucket : buckets) {  // every tick in exactly one bucket
    QCOMPARE(bucket.first, next);
    QVERIFY(bucket.count > 0);
    for (std::size_t metric = 0; metric < 3; ++metric) {
      QVERIFY(bucket.minimum[metric] <= bucket.mean[metric] && bucket.mean[metric] <= bucket.maximum[metric]);
    }
    next += bucket.count;
  }
  QCOMPARE(next, paused->tick);
  QVERIFY(static_cast<double>(buckets.size()) < 10 + seconds / 0.004);
  // Slow enough, every tick has its own, and does not wait for the next one.
  QVERIFY(living.ask(SetPace{50}));
  QVERIFY(living.ask(Run{}));
  std::size_t single = 0;
  QVERIFY(eventually([&] {
    for (const auto& bucket : living.session->drainMetrics()) single += bucket.count == 1 ? 1 : 100000;
    return single >= 5;
  }));
  QVERIFY(single < 100000);
}

void TestSessionThread::staysLiveWhileATickIsSlow() {
  Living living(still());
  QVERIFY(living.set(toy::MillisecondsPerTick, 400));
  living.session->post(Run{});
  const auto began = TestClock::now();
  double longest = 0;
  std::vector<std::uint64_t> posted;
  while (secondsSince(began) < 1) {
    const auto call = TestClock::now();
    static_cast<void>(living.session->latest());
    posted.push_back(living.session->post(ApplyEdit{{"Move", {MoveNeurons{{{{1}, {1, 2}}}}}}}));
    static_cast<void>(living.session->drainMetrics());
    living.driver.poll();
    longest = std::max(longest, secondsSince(call));
    std::this_thread::sleep_for(1ms);
  }
  qInfo("longest call during ticks of 400 ms: %.2f ms", longest * 1e3);
  QVERIFY(longest < 0.2);
  QVERIFY(living.session->latest()->tick >= 1);
  const auto last = living.driver.await(posted.back());
  QVERIFY(last && !last->error);
  const auto ending = TestClock::now();
  living.session.reset();
  QVERIFY2(secondsSince(ending) < 2, "waited for more than the tick in progress");
}

void TestSessionThread::survivesExceptions() {
  Living living;
  QVERIFY(living.set(toy::ThrowAtTick, 50));
  QVERIFY(living.ask(Run{}));
  QVERIFY(eventually([&] {
    living.driver.poll();
    return !living.driver.mishaps().empty();
  }));
  QCOMPARE(living.driver.mishaps()[0].error->what, std::string("the toy broke"));
  QCOMPARE(living.driver.mishaps()[0].tick, Tick{50});
  const auto stopped = living.driver.awaitSnapshot([](const Snapshot& seen) { return seen.tick == 50; });
  QVERIFY(stopped && !stopped->running);
  const auto step = living.driver.ask(StepTicks{1});
  QVERIFY(step && step->error);
  QVERIFY(living.set(toy::ThrowAtTick, -1));
  QVERIFY(living.ask(Run{}));
  QVERIFY(living.reached(100) >= 100);
  QCOMPARE(living.driver.mishaps().size(), std::size_t{1});
}

void TestSessionThread::snapshotsOutliveTheSession() {
  std::shared_ptr<const Snapshot> kept;
  std::weak_ptr<const Snapshot> watched;
  {
    Living living;
    QVERIFY(living.ask(StepTicks{3}));
    kept = living.driver.awaitSnapshot([](const Snapshot& seen) { return seen.tick == 3; });
    watched = kept;
  }
  QVERIFY(kept && kept->tick == 3 && faults(*kept).empty());
  kept.reset();
  QVERIFY(watched.expired());
}

void TestSessionThread::stopsWhileRunning() {
  for (int k = 0; k < 20; ++k) {
    Living living;
    living.session->post(Run{});
    if (k % 2 == 0) living.session->post(SetPace{0.01});
    if (k % 4 == 1) QVERIFY(living.reached(10) >= 10);
  }
  const auto never = std::move(Session::create(Living::registry(), still()).value());
}

QTEST_GUILESS_MAIN(TestSessionThread)
#include "tst_session_thread.moc"
