#include <QtTest>

#include <algorithm>
#include <limits>
#include <map>

#include "core/io/document.h"
#include "core/session/session.h"
#include "tests/support/random_edits.h"
#include "tests/support/session_driver.h"
#include "tests/support/toy/toy.h"

using namespace plexarium;

namespace {

const Description& description() { return toy::entry().description; }

Registry registry() {
  Registry toys;
  toys.add(toy::entry());
  return toys;
}

std::unique_ptr<Session> sessionOn(Model model) { return std::move(Session::create(registry(), std::move(model)).value()); }
std::unique_ptr<Session> newSession() { return sessionOn(toy::model(20, 60, 7)); }
std::string hashOf(Session& session) { return stateHash(description(), session.capture()); }

Model still() {
  Model model = toy::model(20, 60, 7);
  model.parameters[toy::Rewires] = 0;
  return model;
}

/// Posts and carries out; the outcome.
Outcome ask(Session& session, Command command) {
  const auto number = session.post(std::move(command));
  session.advance(0);
  for (auto& outcome : session.drainOutcomes()) {
    if (outcome.command == number) return std::move(outcome);
  }
  qFatal("no outcome");
}

Edit addNeuron() { return {"Add", {AddNeurons{{{{}}, {"X"}, {Role::Inter}, {{}}, {}, {}}}}}; }

/// Who fired when, told by a session that was looked at after every tick.
std::vector<Spike> firingsSeen(Session& session, Tick ticks) {
  std::vector<Spike> spikes;
  for (Tick tick = 0; tick < ticks; ++tick) {
    session.advance(1);
    const auto seen = session.latest();
    for (std::size_t row = 0; row < seen->graph.ids->size(); ++row) {
      if (seen->appearance.lastFired[row] == tick) spikes.push_back({tick, (*seen->graph.ids)[row], 0});
    }
  }
  return spikes;
}

bool same(const std::vector<Spike>& one, const std::vector<Spike>& other) {
  return std::ranges::equal(one, other, [](const Spike& a, const Spike& b) {
    return a.tick == b.tick && a.neuron == b.neuron && a.branch == b.branch;
  });
}

}  // namespace

class TestSessionPast : public QObject {
  Q_OBJECT

 private slots:
  void goesBackAndForward();
  void bucketsTellTheirBranchAndNothingTwice();
  void snapshotTellsBranches();
  void refusesWhatIsNotThere();
  void goesBackWhileRunning();
  void stopsWhenANeuronFires();
  void stopsWhenAFieldCrosses();
  void stopsWhenAMetricCrosses();
  void stopsWhenALinkComesOrGoes();
  void stopsInAThread();
  void refusesBreakpoints();
  void recordsSpikes();
  void spikesAreBounded();
  void recallsSpikes();
  void recallKeepsWhyItStopped();
  void recallGoesOnRunning();
};

void TestSessionPast::goesBackAndForward() {
  const auto session = newSession();
  std::map<Tick, std::string> hashes;
  for (Tick tick = 0; tick <= 100; ++tick) {
    hashes[tick] = hashOf(*session);
    if (tick < 100) session->advance(1);
  }
  for (const Tick tick : {99, 98, 50, 51, 0, 100, 3}) {
    const auto outcome = ask(*session, GoTo{tick});
    QVERIFY(!outcome.error);
    QCOMPARE(outcome.tick, tick);
    const auto seen = session->latest();
    QCOMPARE(seen->tick, tick);
    QCOMPARE(seen->headTick, Tick{100});
    QCOMPARE(seen->pastBegin, Tick{0});
    QVERIFY(!seen->running && faults(*seen).empty());
    QCOMPARE(hashOf(*session), hashes[tick]);
  }
  ask(*session, StepTicks{20});
  QCOMPARE(hashOf(*session), hashes[23]);
  session->advance(77);
  QCOMPARE(hashOf(*session), hashes[100]);
}

void TestSessionPast::bucketsTellTheirBranchAndNothingTwice() {
  const auto session = newSession();
  session->advance(50);
  QCOMPARE(session->drainMetrics().size(), std::size_t{50});
  ask(*session, GoTo{30});
  QVERIFY(session->drainMetrics().empty());
  session->advance(25);
  auto buckets = session->drainMetrics();
  QCOMPARE(buckets.size(), std::size_t{5});
  QCOMPARE(buckets[0].first, Tick{50});
  QCOMPARE(buckets[0].branch, 0U);
  ask(*session, GoTo{30});
  ask(*session, Stimulate{{{{1}, 0, 5}}});
  session->advance(2);
  buckets = session->drainMetrics();
  QCOMPARE(buckets.size(), std::size_t{2});
  QCOMPARE(buckets[0].first, Tick{30});
  QCOMPARE(buckets[0].branch, 1U);
  ask(*session, SwitchBranch{0});
  session->advance(1);
  buckets = session->drainMetrics();
  QCOMPARE(buckets.size(), std::size_t{1});
  QCOMPARE(buckets[0].first, Tick{55});
  QCOMPARE(buckets[0].branch, 0U);
}

void TestSessionPast::snapshotTellsBranches() {
  const auto session = newSession();
  QCOMPARE(session->latest()->branches->size(), std::size_t{1});
  QCOMPARE(session->latest()->branch, 0U);
  session->advance(10);
  const auto before = session->latest()->branches;
  session->advance(10);
  QCOMPARE(session->latest()->branches, before);  // shared until it changes
  ask(*session, GoTo{12});
  QCOMPARE(ask(*session, ApplyEdit{addNeuron()}).added.size(), std::size_t{1});
  auto seen = session->latest();
  QCOMPARE(seen->branch, 1U);
  QCOMPARE(seen->headTick, Tick{12});
  QCOMPARE(seen->branches->size(), std::size_t{2});
  QCOMPARE(seen->branches->at(0).head, Tick{20});
  QCOMPARE(seen->branches->at(1).fork, Tick{12});
  QCOMPARE(seen->branches->at(1).label, std::string("Add"));
  QCOMPARE(seen->undoLabel, std::string("Add"));
  QCOMPARE(ask(*session, SwitchBranch{0}).tick, Tick{20});
  seen = session->latest();
  QCOMPARE(seen->branch, 0U);
  QVERIFY(seen->undoLabel.empty() && seen->editRevision == 0);
}

void TestSessionPast::refusesWhatIsNotThere() {
  const auto session = newSession();
  session->advance(10);
  const auto before = hashOf(*session);
  for (Command command : {Command{GoTo{-1}}, Command{GoTo{11}}, Command{SwitchBranch{1}}, Command{RecallSpikes{-1}}}) {
    const auto outcome = ask(*session, std::move(command));
    QVERIFY(outcome.error && !outcome.error->what.empty());
    QCOMPARE(hashOf(*session), before);
  }
}

void TestSessionPast::goesBackWhileRunning() {
  const auto session = newSession();
  session->start();
  SessionDriver driver(*session);
  for (int round = 0; round < 10; ++round) {
    driver.ask(Run{});
    const auto seen = driver.awaitSnapshot([&](const Snapshot& one) { return one.tick > 2000 * (round + 1); });
    QVERIFY(seen);
    const auto tick = seen->tick - 777;
    const auto outcome = driver.ask(GoTo{tick});
    QVERIFY(outcome && !outcome->error);
    QCOMPARE(outcome->tick, tick);
    const auto shown = driver.awaitSnapshot([&](const Snapshot& one) { return one.tick == tick; });
    QVERIFY(shown && !shown->running && shown->headTick >= seen->tick);
    const auto there = driver.ask(Capture{})->capture;
    const auto alone = newSession();
    alone->advance(tick);
    QCOMPARE(stateHash(description(), *there), hashOf(*alone));
  }
  QVERIFY(driver.mishaps().empty());
}

void TestSessionPast::stopsWhenANeuronFires() {
  const auto session = sessionOn(still());
  const auto seen = firingsSeen(*sessionOn(still()), 200);
  QVERIFY(!ask(*session, SetBreakpoints{{NeuronFires{{99}}, NeuronFires{{5}}}}).error);
  int stops = 0;
  for (const auto& spike : seen) {
    if (spike.neuron != NeuronId{5}) continue;
    session->advance(1000);
    const auto snapshot = session->latest();
    QCOMPARE(snapshot->tick, spike.tick + 1);
    QVERIFY(snapshot->stoppedBy && !snapshot->running);
    QCOMPARE(snapshot->stoppedBy->tick, spike.tick + 1);
    QCOMPARE(snapshot->stoppedBy->breakpoints, std::vector<std::size_t>{1});
    ++stops;
  }
  QVERIFY(stops > 3);
  QVERIFY(!ask(*session, SetBreakpoints{}).error);
  QVERIFY(!session->latest()->stoppedBy);
  const auto tick = session->latest()->tick;
  session->advance(100);
  QCOMPARE(session->latest()->tick, tick + 100);
}

void TestSessionPast::stopsWhenAFieldCrosses() {
  const auto reference = sessionOn(still());
  ask(*reference, Watch{{{7}}, {}});
  std::vector<double> charge{reference->latest()->watchedNeurons[0].values[toy::Charge]};
  for (int k = 0; k < 200; ++k) {
    reference->advance(1);
    charge.push_back(reference->latest()->watchedNeurons[0].values[toy::Charge]);
  }
  for (const auto crossing : {Crossing::Rising, Crossing::Falling, Crossing::Either}) {
    const auto session = sessionOn(still());
    QVERIFY(!ask(*session, SetBreakpoints{{FieldCrosses{{7}, toy::Charge, 0.5, crossing}}}).error);
    int stops = 0;
    for (std::size_t tick = 1; tick < charge.size(); ++tick) {
      const bool rising = charge[tick - 1] < 0.5 && charge[tick] >= 0.5 && crossing != Crossing::Falling;
      const bool falling = charge[tick - 1] > 0.5 && charge[tick] <= 0.5 && crossing != Crossing::Rising;
      if (!rising && !falling) continue;
      QCOMPARE(ask(*session, StepTicks{1000}).tick, static_cast<Tick>(tick));
      QVERIFY(session->latest()->stoppedBy);
      ++stops;
    }
    QVERIFY(stops > 3);
  }
  // What a person sets is no crossing; what a stimulus brings about is.
  const auto session = sessionOn(still());
  QVERIFY(!ask(*session, SetBreakpoints{{FieldCrosses{{7}, toy::Charge, -5, Crossing::Either}}}).error);
  QVERIFY(!ask(*session, ApplyEdit{{"", {SetNeuronField{toy::Charge, {{{7}, -9}}}}}}).error);
  QCOMPARE(ask(*session, StepTicks{2}).tick, Tick{2});
  QVERIFY(!ask(*session, Stimulate{{{{7}, 0, 8}}}).error);
  QCOMPARE(ask(*session, StepTicks{2}).tick, Tick{3});
}

void TestSessionPast::stopsWhenAMetricCrosses() {
  const auto reference = sessionOn(still());
  reference->advance(300);
  const auto buckets = reference->drainMetrics();
  const auto session = sessionOn(still());
  QVERIFY(!ask(*session, SetBreakpoints{{MetricCrosses{toy::Fired, 3.5, Crossing::Rising}}}).error);
  int stops = 0;
  for (std::size_t k = 1; k < buckets.size(); ++k) {
    if (!(buckets[k - 1].mean[toy::Fired] < 3.5 && buckets[k].mean[toy::Fired] >= 3.5)) continue;
    QCOMPARE(ask(*session, StepTicks{1000}).tick, static_cast<Tick>(k + 1));
    ++stops;
  }
  QVERIFY(stops > 3);
}

void TestSessionPast::stopsWhenALinkComesOrGoes() {
  const auto reference = newSession();
  const auto keys = [&](const Session& /*session*/, const Snapshot& seen) {
    std::vector<LinkKey> list;
    for (std::size_t link = 0; link < seen.graph.targets->size(); ++link) list.push_back(seen.graph.key(link));
    return list;
  };
  std::vector<std::vector<LinkKey>> links{keys(*reference, *reference->latest())};
  for (int k = 0; k < 100; ++k) {
    reference->advance(1);
    links.push_back(keys(*reference, *reference->latest()));
  }
  const auto session = newSession();
  QVERIFY(!ask(*session, SetBreakpoints{{LinksChange{{4}, true, false}, LinksChange{{4}, false, true}}}).error);
  std::size_t born = 0;
  std::size_t died = 0;
  for (std::size_t tick = 1; tick < links.size(); ++tick) {
    const auto came = [&](const std::vector<LinkKey>& before, const std::vector<LinkKey>& after) {
      return std::ranges::any_of(after, [&](LinkKey key) {
        return (key.from == NeuronId{4} || key.to == NeuronId{4}) && !std::ranges::binary_search(before, key);
      });
    };
    std::vector<std::size_t> wanted;
    if (came(links[tick - 1], links[tick])) wanted.push_back(0);
    if (came(links[tick], links[tick - 1])) wanted.push_back(1);
    if (wanted.empty()) continue;
    QCOMPARE(ask(*session, StepTicks{1000}).tick, static_cast<Tick>(tick));
    QCOMPARE(session->latest()->stoppedBy->breakpoints, wanted);
    born += wanted.front() == 0 ? 1 : 0;
    died += wanted.back() == 1 ? 1 : 0;
    if (tick == 50) QVERIFY(!ask(*session, ApplyEdit{{"", {AddNeurons{{{{}}, {"X"}, {Role::Inter}, {{}}, {}, {}}}}}}).error);
  }
  QVERIFY(born > 3 && died > 3);
  // A link that a person makes is none that comes by itself.
  const auto quiet = sessionOn(still());
  QVERIFY(!ask(*quiet, SetBreakpoints{{LinksChange{}}}).error);
  QVERIFY(!ask(*quiet, ApplyEdit{{"", {RemoveLinks{{{{1}, {2}}}}}}}).error);
  QCOMPARE(ask(*quiet, StepTicks{10}).tick, Tick{10});
}

void TestSessionPast::stopsInAThread() {
  const auto session = sessionOn(still());
  const auto seen = firingsSeen(*sessionOn(still()), 400);
  session->start();
  SessionDriver driver(*session);
  QVERIFY(!driver.ask(SetBreakpoints{{NeuronFires{{5}}}})->error);
  for (const auto& spike : seen) {
    if (spike.neuron != NeuronId{5}) continue;
    driver.ask(Run{});
    const auto stopped = driver.awaitSnapshot([&](const Snapshot& one) { return one.stoppedBy && one.tick > spike.tick; });
    QVERIFY(stopped && !stopped->running);
    QCOMPARE(stopped->tick, spike.tick + 1);
  }
  // Going back is not stopped by them, running on from there is.
  const auto tick = session->latest()->tick;
  QCOMPARE(driver.ask(GoTo{0})->tick, Tick{0});
  QCOMPARE(driver.ask(GoTo{tick})->tick, tick);
  driver.ask(GoTo{0});
  const auto first = std::ranges::find(seen, NeuronId{5}, &Spike::neuron);
  QCOMPARE(driver.ask(StepTicks{1000})->tick, first->tick + 1);
}

void TestSessionPast::refusesBreakpoints() {
  const auto session = newSession();
  QVERIFY(ask(*session, SetBreakpoints{{FieldCrosses{{1}, 2, 0}}}).error);
  QVERIFY(ask(*session, SetBreakpoints{{FieldCrosses{{1}, 0, std::numeric_limits<double>::quiet_NaN()}}}).error);
  QVERIFY(ask(*session, SetBreakpoints{{NeuronFires{{1}}, MetricCrosses{3, 0}}}).error);
  session->advance(100);
  QCOMPARE(session->latest()->tick, Tick{100});  // nothing was taken over
}

void TestSessionPast::recordsSpikes() {
  const auto wanted = firingsSeen(*newSession(), 300);
  const auto session = newSession();
  session->advance(100);
  QVERIFY(session->drainSpikes().spikes.empty());
  ask(*session, RecordSpikes{true});
  session->advance(150);
  ask(*session, GoTo{120});
  session->advance(180);  // 130 of them again
  const auto batch = session->drainSpikes();
  QCOMPARE(batch.covered.size(), std::size_t{1});
  QCOMPARE(batch.covered[0].first, Tick{100});
  QCOMPARE(batch.covered[0].count, Tick{200});
  std::vector<Spike> later;
  std::ranges::copy_if(wanted, std::back_inserter(later), [](const Spike& spike) { return spike.tick >= 100; });
  QVERIFY(later.size() > 300);
  QVERIFY(same(batch.spikes, later));
  ask(*session, RecordSpikes{false});
  session->advance(100);
  QVERIFY(session->drainSpikes().spikes.empty());
}

void TestSessionPast::spikesAreBounded() {
  const auto session = newSession();
  ask(*session, RecordSpikes{true});
  Tick next = 0;
  for (int look = 0; look < 3; ++look) {  // nobody looks for long: what follows the allowance is passed over
    constexpr Tick between = 60'000;
    session->advance(between);
    const auto batch = session->drainSpikes();
    QCOMPARE(batch.covered.size(), std::size_t{1});
    const auto [branch, first, count] = batch.covered[0];
    QCOMPARE(first, next);
    QVERIFY(count > 100 && count < between);
    const auto neurons = session->latest()->graph.ids->size();
    const auto work = batch.spikes.size() + static_cast<std::size_t>(count) * SpikeLog::lookCost(neurons);
    QVERIFY(work >= SpikeLog::allowance && work < SpikeLog::allowance + SpikeLog::lookCost(neurons) + neurons);
    QVERIFY(batch.spikes.back().tick < first + count);
    next += between;
  }
}

void TestSessionPast::recallsSpikes() {
  const auto wanted = firingsSeen(*newSession(), 200);
  const auto session = newSession();
  session->advance(200);
  const auto before = hashOf(*session);
  static_cast<void>(session->drainMetrics());
  for (const Tick ticks : {Tick{0}, Tick{1}, Tick{50}, Tick{1000}}) {
    const auto outcome = ask(*session, RecallSpikes{ticks});
    QVERIFY(!outcome.error && outcome.spikes);
    QCOMPARE(outcome.tick, Tick{200});
    QCOMPARE(hashOf(*session), before);
    std::vector<Spike> last;
    std::ranges::copy_if(wanted, std::back_inserter(last), [&](const Spike& spike) { return spike.tick >= 200 - ticks; });
    QVERIFY(same(*outcome.spikes, last));
  }
  QVERIFY(session->drainMetrics().empty());
  QCOMPARE(session->latest()->branches->size(), std::size_t{1});
}

void TestSessionPast::recallKeepsWhyItStopped() {
  const auto session = newSession();
  session->advance(50);
  const auto spikes = firingsSeen(*newSession(), 200);
  const auto next = std::ranges::find_if(spikes, [](const Spike& spike) { return spike.tick >= 60; });
  QVERIFY(next != spikes.end());
  ask(*session, SetBreakpoints{{NeuronFires{next->neuron}}});
  session->advance(150);
  const auto stopped = session->latest();
  QVERIFY(stopped->stoppedBy);
  const auto outcome = ask(*session, RecallSpikes{40});
  QVERIFY(!outcome.error && !outcome.spikes->empty());
  QCOMPARE(outcome.tick, stopped->tick);
  session->advance(0);
  QVERIFY(session->latest()->stoppedBy);
}

void TestSessionPast::recallGoesOnRunning() {
  const auto session = newSession();
  session->start();
  SessionDriver driver(*session);
  driver.ask(Run{});
  QVERIFY(driver.awaitSnapshot([](const Snapshot& one) { return one.tick > 1000; }));
  const auto recalled = session->post(RecallSpikes{500});
  const auto paused = session->post(Pause{});  // does not leave it in the past
  const auto outcome = driver.await(recalled);
  QVERIFY(outcome && !outcome->error && !outcome->spikes->empty());
  QCOMPARE(driver.await(paused)->tick, outcome->tick);
  QVERIFY(outcome->spikes->back().tick < outcome->tick && outcome->spikes->front().tick >= outcome->tick - 500);
  driver.ask(Run{});
  const auto again = driver.ask(RecallSpikes{100});
  QVERIFY(again && again->spikes);
  QVERIFY(driver.awaitSnapshot([&](const Snapshot& one) { return one.running && one.tick > again->tick; }));
}

QTEST_GUILESS_MAIN(TestSessionPast)
#include "tst_session_past.moc"
