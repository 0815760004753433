#include <QtTest>

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <thread>

#include "core/dynamics/sonn/creation.h"
#include "core/dynamics/sonn/fields.h"
#include "core/dynamics/sonn/sonn.h"
#include "core/io/document.h"
#include "core/session/feeding.h"
#include "core/session/replay.h"
#include "core/session/session.h"
#include "core/session/simulation.h"
#include "core/session/trainer.h"
#include "tests/support/session_driver.h"

using namespace plexarium;

namespace {

std::atomic<Tick> alone = 0;     ///< Ticks that a Counted network did one by one,
std::atomic<Tick> together = 0;  ///< and many at a time.
std::atomic<bool> slow = false;  ///< A look at the whole takes a while.

/// A SONN that is counted.
class Counted final : public Dynamics {
 public:
  Result<void> build(Network& network) override { return inner_->build(network); }
  void edited(Network& network, const Edited& what) override { inner_->edited(network, what); }
  void stimulate(Network& network, std::span<const Stimulus> stimuli) override { inner_->stimulate(network, stimuli); }
  void step(Network& network, std::span<double> metrics) override {
    ++alone;
    inner_->step(network, metrics);
  }
  Result<void> learn(Network& network, std::span<const double> targets) override { return inner_->learn(network, targets); }
  void readout(Network& network, std::span<const std::uint32_t> rows, std::span<double> outputs) override {
    inner_->readout(network, rows, outputs);
  }
  void publish(Network& network, Appearance* appearance) override {
    inner_->publish(network, appearance);
    if (slow && appearance != nullptr) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  bool glance(Network& network, Appearance& appearance) override { return inner_->glance(network, appearance); }
  bool stepMany(Network& network, const Lessons& lessons, std::span<double> metrics, std::span<double> outputs) override {
    together += static_cast<Tick>(lessons.ticks);
    return inner_->stepMany(network, lessons, metrics, outputs);
  }
  Result<std::string> state(Network& network, const std::string* restore) override {
    return inner_->state(network, restore);
  }

 private:
  std::unique_ptr<Dynamics> inner_ = sonn::entry().make();
};

DynamicsEntry countedEntry() {
  auto entry = sonn::entry();
  entry.make = []() -> std::unique_ptr<Dynamics> { return std::make_unique<Counted>(); };
  return entry;
}
const Registry& registry() {
  static const Registry made = Registry().add(countedEntry());
  return made;
}
const Description& description() { return sonn::description(); }

/// Ten columns of eight neurons that look at drawn digits; every tenth sample is an exam.
Model digits(std::uint64_t examEvery = 9) {
  auto wish = initialValues(description().creationFields);
  wish[sonn::creation::Levels] = 2;
  wish[sonn::creation::Size] = 2;
  wish[sonn::creation::Neurons] = 8;
  wish[sonn::creation::Slots] = 12;
  wish[sonn::creation::Samples] = 4000;
  auto model = sonn::createNetwork(wish, 5).value();
  FeedPlan plan;
  plan.source.place = "generator:digits";
  plan.source.settings = {{"samples", 300}};
  plan.duration = plan.examDuration = 1;
  plan.examEvery = examEvery;
  plan.order = FeedOrder::Shuffled;
  plan.inputs[0].coding = {InputCode::Thermometer, 2};
  std::vector<Feed> feeds;
  feeds.push_back(Feed::create(plan, openData(plan.source).value(), description()).value());
  model.feed = Feeder(std::move(feeds)).write();
  return model;
}

std::string hashOf(const Model& model) { return stateHash(description(), model); }

/// The same life, tick by tick.
struct OneByOne {
  explicit OneByOne(const Model& model = digits()) : simulation(Simulation::create(countedEntry(), model).value()) {}
  void to(Tick tick) {
    while (simulation->tick() < tick) {
      const auto metrics = simulation->step().value();
      spikes.push_back(metrics[sonn::metric::Spikes]);
    }
  }
  std::string hash() { return hashOf(simulation->capture().value()); }
  const Feed& feed() const { return simulation->feeding().feeder().feeds()[0]; }

  std::unique_ptr<Simulation> simulation;
  std::vector<double> spikes;
};

/// A session with its thread, flat out.
struct Living {
  explicit Living(const Model& model = digits()) : session(std::move(Session::create(registry(), model).value())) {
    session->start();
    session->post(SetPace{0});
    alone = together = 0;
  }
  Outcome ask(Command command) {
    auto outcome = driver.ask(std::move(command));
    if (!outcome) qFatal("no outcome");
    if (outcome->error) qFatal("%s", outcome->error->text().c_str());
    return std::move(*outcome);
  }
  /// Runs until the tick is passed, with somebody who looks all the time.
  Tick runTo(Tick tick) {
    ask(Run{});
    if (!driver.awaitSnapshot([tick](const Snapshot& seen) { return seen.tick >= tick; })) qFatal("does not run");
    return ask(Pause{}).tick;
  }
  std::string hash() { return hashOf(*ask(Capture{}).capture); }

  std::unique_ptr<Session> session;
  SessionDriver driver{*session};
};

EditStep threshold(double value) { return SetParameter{sonn::parameter::Threshold, value}; }

}  // namespace

/// A session whose network takes many samples at a time lives the same life as one that takes them one by one.
class TestSessionMany : public QObject {
  Q_OBJECT

 private slots:
  void theSameBits_data();
  void theSameBits();
  void commandsMeetTheTickTheySay();
  void stepsExactly();
  void thePastIsTheSame();
  void bucketsMissNothing();
  void breakpointsStopAtTheirTick();
  void spikesAreSeen_data();
  void spikesAreSeen();
  void recordingsHaveEveryTick();
  void neuronsAreSeenInBetween();
};

void TestSessionMany::theSameBits_data() {
  QTest::addColumn<int>("examEvery");
  QTest::newRow("taught alone") << 0;
  QTest::newRow("with exams") << 9;
}

void TestSessionMany::theSameBits() {
  QFETCH(int, examEvery);
  const auto model = digits(static_cast<std::uint64_t>(examEvery));
  Living living(model);
  const auto tick = living.runTo(3000);
  QCOMPARE(together.load(), tick);
  QCOMPARE(alone.load(), Tick{0});
  OneByOne other(model);
  other.to(tick);
  QCOMPARE(alone.load(), tick);
  QCOMPARE(living.hash(), other.hash());
  const auto seen = living.driver.awaitSnapshot([tick](const Snapshot& now) { return now.tick == tick && !now.running; });
  QVERIFY(seen);
  const auto& feed = seen->feeding->feeder().feeds()[0];
  for (const auto part : {Part::Train, Part::Validation}) {
    QCOMPARE(feed.samplesShown(part), other.feed().samplesShown(part));
    QCOMPARE(feed.score(0, part).confusion, other.feed().score(0, part).confusion);
  }
  QCOMPARE(feed.showing()->sample, other.feed().showing()->sample);
  QVERIFY(feed.score(0, Part::Train).accuracy() > 0.2);  // it learns something
}

/// Edits while it runs: between two chunks, wherever in a block that is.
void TestSessionMany::commandsMeetTheTickTheySay() {
  Living living;
  living.ask(Run{});
  std::vector<std::pair<Tick, double>> edits;
  for (const double value : {3400.0, 3300.0, 3550.0}) {
    const auto from = edits.empty() ? 200 : edits.back().first + 200;
    QVERIFY(living.driver.awaitSnapshot([from](const Snapshot& seen) { return seen.tick >= from; }));
    edits.emplace_back(living.ask(ApplyEdit{{"Set", {threshold(value)}}}).tick, value);
  }
  const auto tick = living.runTo(edits.back().first + 500);
  OneByOne other;
  for (const auto& [when, value] : edits) {
    other.to(when);
    QVERIFY(other.simulation->edit({"Set", {threshold(value)}}));
  }
  other.to(tick);
  QCOMPARE(living.hash(), other.hash());
  const auto captured = living.ask(CaptureLog{});
  QCOMPARE(captured.log->entries.size(), edits.size());
  QCOMPARE(hashOf(replay(registry(), *captured.log).value()), living.hash());
}

/// Where looking at links takes long, neurons are seen as they are now, with links as they were at the last whole look.
void TestSessionMany::neuronsAreSeenInBetween() {
  slow = true;
  const auto quick = qScopeGuard([] { slow = false; });
  Living living;
  living.ask(Run{});
  std::map<std::uint64_t, std::shared_ptr<const Snapshot>> whole;
  std::vector<std::shared_ptr<const Snapshot>> glances;
  std::uint64_t last = 0;
  while (glances.size() < 5) {
    const auto seen = living.driver.awaitSnapshot([last](const Snapshot& now) { return now.number > last; });
    QVERIFY(seen);
    last = seen->number;
    if (seen->linksOf == seen->number) {
      whole[last] = seen;
    } else if (whole.contains(seen->linksOf)) {  // somebody came to see that one
      glances.push_back(seen);
    }
  }
  const auto tick = living.ask(Pause{}).tick;
  const auto paused = living.driver.awaitSnapshot([tick](const Snapshot& now) { return now.tick == tick && !now.running; });
  QVERIFY(paused);
  QCOMPARE(paused->linksOf, paused->number);

  const auto other = Simulation::create(countedEntry(), digits()).value();
  for (const auto& seen : glances) {
    QVERIFY(train(*other, seen->tick - other->tick()));
    Snapshot wanted;
    other->show(wanted);
    QCOMPARE(seen->appearance.phase, wanted.appearance.phase);
    QCOMPARE(seen->appearance.level, wanted.appearance.level);
    QCOMPARE(seen->appearance.lastFired, wanted.appearance.lastFired);
    const auto& looked = *whole[seen->linksOf];
    QVERIFY(seen->tick > looked.tick);
    QCOMPARE(seen->graph.targets, looked.graph.targets);
    QCOMPARE(seen->appearance.linkStyle, looked.appearance.linkStyle);
    QCOMPARE(seen->appearance.linkStrength, looked.appearance.linkStrength);
  }
  QVERIFY(train(*other, tick - other->tick()));
  QCOMPARE(living.hash(), hashOf(other->capture().value()));
}

void TestSessionMany::stepsExactly() {
  Living living;
  OneByOne other;
  Tick total = 0;
  for (const Tick ticks : {1, 62, 3, 700, 5, 64}) {
    total += ticks;
    QCOMPARE(living.ask(StepTicks{ticks}).tick, total);
    other.to(total);
    QCOMPARE(living.hash(), other.hash());
  }
}

void TestSessionMany::thePastIsTheSame() {
  Living living;
  const auto middle = living.runTo(900);
  const auto before = living.hash();
  living.ask(ApplyEdit{{"Set", {threshold(3300)}}});
  const auto end = living.runTo(middle + 800);
  const auto after = living.hash();
  const auto between = middle + 333;
  living.ask(GoTo{between});
  const auto there = living.hash();
  living.ask(GoTo{middle - 1});
  living.ask(GoTo{between});
  QCOMPARE(living.hash(), there);
  living.ask(GoTo{end});
  QCOMPARE(living.hash(), after);
  living.ask(GoTo{middle});
  QVERIFY(living.hash() != before);  // the edit of that tick is done there
  living.ask(StepTicks{end - middle});
  QCOMPARE(living.hash(), after);
  living.ask(ReturnToStart{});
  QCOMPARE(living.ask(Capture{}).capture->tick, Tick{0});
}

void TestSessionMany::bucketsMissNothing() {
  Living living;
  const auto tick = living.runTo(2000);
  OneByOne other;
  other.to(tick);
  Tick next = 0;
  std::uint64_t learnt = 0;
  for (const auto& bucket : living.session->drainMetrics()) {
    QCOMPARE(bucket.first, next);
    double sum = 0;
    double most = 0;
    for (Tick k = 0; k < bucket.count; ++k) {
      const auto spikes = other.spikes[static_cast<std::size_t>(bucket.first + k)];
      sum += spikes;
      most = std::max(most, spikes);
    }
    QCOMPARE(bucket.mean[sonn::metric::Spikes], sum / static_cast<double>(bucket.count));
    QCOMPARE(bucket.maximum[sonn::metric::Spikes], most);
    learnt += bucket.learnt[0].samples;
    next += bucket.count;
  }
  QCOMPARE(next, tick);
  QCOMPARE(learnt, other.feed().score(0, Part::Train).samples);
}

void TestSessionMany::breakpointsStopAtTheirTick() {
  OneByOne other;
  other.to(1500);
  const auto limit = *std::max_element(other.spikes.begin() + 900, other.spikes.end()) - 0.5;
  std::size_t wanted = 301;  // the first crossing after it is set at tick 300
  while (other.spikes[wanted - 1] >= limit || other.spikes[wanted] < limit) ++wanted;
  Living living;
  living.ask(StepTicks{300});
  living.ask(SetBreakpoints{{MetricCrosses{sonn::metric::Spikes, limit, Crossing::Rising}}});
  together = 0;
  living.ask(Run{});
  const auto seen = living.driver.awaitSnapshot([](const Snapshot& now) { return now.stoppedBy.has_value(); });
  QVERIFY(seen);
  QCOMPARE(seen->stoppedBy->tick, static_cast<Tick>(wanted) + 1);
  QCOMPARE(seen->tick, seen->stoppedBy->tick);
  QCOMPARE(together.load(), Tick{0});
  living.ask(SetBreakpoints{});
  const auto tick = living.runTo(seen->tick + 300);
  QVERIFY(together.load() > 0);
  other = OneByOne();
  other.to(tick);
  QCOMPARE(living.hash(), other.hash());
}

void TestSessionMany::spikesAreSeen_data() {
  QTest::addColumn<double>("pace");
  QTest::addColumn<Tick>("end");
  QTest::newRow("flat out: of some ticks") << 0.0 << Tick{2000};
  QTest::newRow("slowly: of every tick") << 300.0 << Tick{60};
}

/// Those ticks that are told are told whole.
void TestSessionMany::spikesAreSeen() {
  QFETCH(double, pace);
  QFETCH(Tick, end);
  Living living;
  living.ask(RecordSpikes{true});
  living.ask(SetPace{pace});
  living.ask(Run{});
  SpikeBatch told;
  const auto gather = [&] {
    auto more = living.session->drainSpikes();
    told.spikes.insert(told.spikes.end(), more.spikes.begin(), more.spikes.end());
    for (const auto& run : more.covered) appendRun(told.covered, run);
  };
  QVERIFY(eventually([&] {
    gather();
    return living.session->latest()->tick >= end;
  }));
  const auto tick = living.ask(Pause{}).tick;
  gather();
  if (pace > 0) {
    QCOMPARE(told.covered.size(), std::size_t{1});
    QCOMPARE(told.covered[0].count, tick);
  } else {
    QVERIFY(!told.covered.empty());
    QVERIFY(together.load() > tick / 2);
  }
  OneByOne other;
  std::vector<Spike> expected;
  for (const auto& run : told.covered) {
    for (Tick k = run.first; k < run.first + run.count; ++k) {
      other.to(k + 1);
      other.simulation->appendSpikes(0, expected);
    }
  }
  QCOMPARE(told.spikes.size(), expected.size());
  for (std::size_t k = 0; k < expected.size(); ++k) {
    QCOMPARE(told.spikes[k].neuron, expected[k].neuron);
    QCOMPARE(told.spikes[k].tick, expected[k].tick);
  }
  other.to(tick);
  QCOMPARE(living.hash(), other.hash());
}

void TestSessionMany::recordingsHaveEveryTick() {
  const QTemporaryDir folder;
  Living living;
  living.ask(StepTicks{100});
  RecordPlan plan;
  living.ask(StartRecording{(folder.path() + "/run.csv").toStdString(), plan});
  together = 0;
  const auto tick = living.runTo(400);
  const auto done = living.ask(StopRecording{});
  QCOMPARE(done.recorded->ticks, tick - 100);
  QCOMPARE(together.load(), Tick{0});
  living.runTo(tick + 300);
  QVERIFY(together.load() > 0);
}

QTEST_GUILESS_MAIN(TestSessionMany)
#include "tst_session_many.moc"
