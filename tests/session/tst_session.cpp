#include <QtTest>

#include <limits>

#include "core/io/document.h"
#include "core/session/metric_log.h"
#include "core/session/session.h"
#include "tests/support/random_edits.h"
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
std::string dumpOf(Session& session) { return canonicalDump(description(), session.capture()); }

/// Posts and carries out; the outcome.
Outcome ask(Session& session, Command command) {
  const auto number = session.post(std::move(command));
  session.advance(0);
  for (auto& outcome : session.drainOutcomes()) {
    if (outcome.command == number) return std::move(outcome);
  }
  qFatal("no outcome");
}

Edit remove(std::uint32_t id) { return {"Remove neuron", {RemoveNeurons{{{id}}}}}; }
Edit set(toy::Parameter parameter, double value) { return {"Set", {SetParameter{parameter, value}}}; }

}  // namespace

class TestSession : public QObject {
  Q_OBJECT

 private slots:
  void refusesWhatDoesNotFit();
  void showsTheNetworkBeforeTheFirstTick();
  void countsTicksAndMetrics();
  void metricsAreBounded();
  void commandsAreServedInOrder();
  void editsUndoAndRedo();
  void refusedCommandsSayWhy();
  void stimulusAndTargetsAct();
  void watchedValues();
  void imagesAreSharedUntilTheirPartMoves();
  void replacedGraphGetsNewImages();
  void sameSeedSameBits();
  void captureContinuesBitForBit();
  void returnToStart();
  void returnToStartKeepsEdits();
  void undoAfterReturn();
  void returnToASavedStart();
  void reportsExceptions();
};

void TestSession::refusesWhatDoesNotFit() {
  Model model = toy::model(3, 0);
  model.dynamics = "nobody";
  QVERIFY(!Session::create(registry(), model));
  model = toy::model(3, 0);
  model.parameters.pop_back();
  QVERIFY(!Session::create(registry(), model));
  model = toy::model(3, 0);
  model.graph = Graph();
  QVERIFY(!Session::create(registry(), model));
  model = toy::model(3, 0);
  model.dynamicsState = "{\"rewired\":oops}";
  QVERIFY(!Session::create(registry(), model));
}

void TestSession::showsTheNetworkBeforeTheFirstTick() {
  const auto session = newSession();
  const auto snapshot = session->latest();
  QVERIFY(snapshot);
  QCOMPARE(snapshot->number, std::uint64_t{1});
  QCOMPARE(snapshot->tick, Tick{0});
  QCOMPARE(snapshot->graph.ids->size(), std::size_t{20});
  QVERIFY(!snapshot->running && faults(*snapshot).empty());
  QCOMPARE(session->latest(), snapshot);
  const auto empty = sessionOn(emptyModel(description()));
  empty->advance(3);
  QCOMPARE(empty->latest()->tick, Tick{3});
  QVERIFY(empty->latest()->graph.ids->empty());
}

void TestSession::countsTicksAndMetrics() {
  const auto session = newSession();
  session->advance(5);
  QCOMPARE(session->latest()->tick, Tick{5});
  const auto buckets = session->drainMetrics();
  QCOMPARE(buckets.size(), std::size_t{5});
  for (std::size_t k = 0; k < 5; ++k) {
    QCOMPARE(buckets[k].first, static_cast<Tick>(k));
    QCOMPARE(buckets[k].count, Tick{1});
    QCOMPARE(buckets[k].mean.size(), std::size_t{3});
    QCOMPARE(buckets[k].minimum, buckets[k].mean);
    QCOMPARE(buckets[k].maximum, buckets[k].mean);
  }
  QCOMPARE(buckets[4].mean[toy::Links], static_cast<double>(session->latest()->graph.targets->size()));
  QVERIFY(session->drainMetrics().empty());
}

void TestSession::metricsAreBounded() {
  const auto session = newSession();
  session->advance(MetricLog::capacity + 100);
  const auto buckets = session->drainMetrics();
  QCOMPARE(buckets.size(), MetricLog::capacity);
  QCOMPARE(buckets.front().first, Tick{100});
  QCOMPARE(session->latest()->lostMetrics, std::uint64_t{100});
}

void TestSession::commandsAreServedInOrder() {
  const auto session = newSession();
  const auto first = session->post(StepTicks{3});
  const auto second = session->post(Capture{});
  const auto third = session->post(StepTicks{0});
  const auto fourth = session->post(Pause{});
  session->advance(2);
  const auto outcomes = session->drainOutcomes();
  QCOMPARE(outcomes.size(), std::size_t{4});
  QCOMPARE((std::vector{outcomes[0].command, outcomes[1].command, outcomes[2].command, outcomes[3].command}),
           (std::vector{first, second, third, fourth}));
  for (const auto& outcome : outcomes) {
    QVERIFY(!outcome.error);
    QCOMPARE(outcome.tick, Tick{3});
  }
  QCOMPARE(outcomes[1].capture->tick, Tick{3});
  QCOMPARE(session->latest()->tick, Tick{5});
}

void TestSession::editsUndoAndRedo() {
  const auto session = newSession();
  QVERIFY(ask(*session, ApplyEdit{set(toy::Rewires, 0)}).editRevision == 1);
  session->advance(10);
  const auto before = hashOf(*session);
  const auto added = ask(*session, ApplyEdit{{"Add", {AddNeurons{{{{}}, {"X"}, {Role::Inter}, {{}}, {}, {}}}}}});
  QCOMPARE(added.added, (std::vector<NeuronId>{{21}}));
  QCOMPARE(added.editRevision, std::uint64_t{2});
  QCOMPARE(session->latest()->graph.ids->size(), std::size_t{21});
  QCOMPARE(ask(*session, ApplyEdit{remove(5)}).editRevision, std::uint64_t{3});
  QCOMPARE(session->latest()->undoLabel, std::string("Remove neuron"));
  const auto after = hashOf(*session);
  QVERIFY(!ask(*session, Undo{}).error);
  QVERIFY(session->latest()->graph.row({5}));
  QVERIFY(!ask(*session, Undo{}).error);
  QCOMPARE(session->latest()->redoLabel, std::string("Add"));
  // No tick has passed: everything is as it was, charges in the dynamics' own memory included, but for the id used up.
  Model undone = session->capture();
  QCOMPARE(undone.graph.nextId(), (NeuronId{22}));
  undone.graph.takeBackIds({21});
  QCOMPARE(stateHash(description(), undone), before);
  QVERIFY(!ask(*session, Redo{}).error && !ask(*session, Redo{}).error);
  QCOMPARE(hashOf(*session), after);
  QVERIFY(ask(*session, Redo{}).error);
  QCOMPARE(session->latest()->editRevision, std::uint64_t{7});
}

void TestSession::refusedCommandsSayWhy() {
  const auto session = newSession();
  session->advance(3);
  const auto before = hashOf(*session);
  const double infinity = std::numeric_limits<double>::infinity();
  for (Command command :
       {Command{ApplyEdit{remove(99)}}, Command{Undo{}}, Command{Redo{}}, Command{SetPace{-1}}, Command{SetPace{infinity}},
        Command{StepTicks{-1}}, Command{Stimulate{{{{1}, 1, 0}}}}, Command{Stimulate{{{{1}, 0, 11}}}},
        Command{Stimulate{{{{1}, 0, 1}, {{2}, 0, std::numeric_limits<double>::quiet_NaN()}}}}, Command{Teach{{1, 2, 3}}}}) {
    const auto outcome = ask(*session, std::move(command));
    QVERIFY(outcome.error && !outcome.error->what.empty());
    QCOMPARE(outcome.editRevision, std::uint64_t{0});
    QCOMPARE(hashOf(*session), before);
  }
}

void TestSession::stimulusAndTargetsAct() {
  const auto session = newSession();
  QVERIFY(!ask(*session, ApplyEdit{set(toy::Rewires, 0)}).error);
  ask(*session, Watch{{{2}, {20}}, {}});
  const auto charge = session->latest()->watchedNeurons[0].values[toy::Charge];
  QVERIFY(!ask(*session, Stimulate{{{{2}, 0, 0.5}, {{99}, 0, 1}}}).error);  // who is gone is skipped
  QCOMPARE(session->latest()->watchedNeurons[0].values[toy::Charge], charge + 0.5);
  QVERIFY(!ask(*session, Teach{{1.0}}).error);
  const auto bias = session->latest()->watchedNeurons[1].values[toy::Bias];
  session->advance(1);
  QCOMPARE(session->latest()->watchedNeurons[1].values[toy::Bias], bias + (1.0 - bias) / 8);
  session->advance(200);
  QVERIFY(session->latest()->watchedNeurons[1].values[toy::Bias] > 0.999);
}

void TestSession::watchedValues() {
  const auto session = newSession();
  ask(*session, Watch{{{2}, {99}, {3}}, {{{1}, {2}}, {{1}, {99}}}});
  auto snapshot = session->latest();
  QCOMPARE(snapshot->watchedNeurons.size(), std::size_t{2});
  QCOMPARE(snapshot->watchedNeurons[1].id, (NeuronId{3}));
  QCOMPARE(snapshot->watchedLinks.size(), std::size_t{1});
  QCOMPARE(snapshot->watchedLinks[0].values, (std::vector<double>{1, 0.0625}));
  ask(*session, ApplyEdit{{"", {SetLinkField{toy::Gain, {{{{1}, {2}}, 3}}}}}});
  QCOMPARE(session->latest()->watchedLinks[0].values[toy::Gain], 3.0);
  ask(*session, ApplyEdit{remove(2)});
  snapshot = session->latest();
  QCOMPARE(snapshot->watchedNeurons.size(), std::size_t{1});
  QVERIFY(snapshot->watchedLinks.empty());
}

void TestSession::imagesAreSharedUntilTheirPartMoves() {
  const auto session = newSession();
  ask(*session, ApplyEdit{set(toy::Rewires, 0)});
  const auto first = session->latest();
  session->advance(20);
  const auto second = session->latest();
  QVERIFY(second != first && second->number > first->number);
  QCOMPARE(second->graph.targets, first->graph.targets);
  QCOMPARE(second->graph.neuronFields, first->graph.neuronFields);
  QCOMPARE(std::get<std::vector<double>>((*second->graph.neuronFields)[toy::Bias]).size(), std::size_t{20});
  QVERIFY(std::get<std::vector<double>>((*second->graph.neuronFields)[toy::Charge]).empty());
  ask(*session, ApplyEdit{{"", {MoveNeurons{{{{1}, {7, 7}}}}}}});
  const auto third = session->latest();
  QVERIFY(third->graph.positions != second->graph.positions);
  QCOMPARE((*third->graph.positions)[0], (Point{7, 7}));
  QCOMPARE(third->graph.names, second->graph.names);
  QCOMPARE(third->graph.ids, second->graph.ids);
  QCOMPARE(third->graph.linkFields, second->graph.linkFields);
  ask(*session, ApplyEdit{{"", {SetNeuronField{toy::Bias, {{{1}, 0.5}}}}}});
  const auto fourth = session->latest();
  QVERIFY(fourth->graph.neuronFields != third->graph.neuronFields);
  QCOMPARE(fourth->graph.positions, third->graph.positions);
  // Rewiring moves the topology; the old snapshot stays what it was.
  ask(*session, ApplyEdit{set(toy::Rewires, 1)});
  const auto targets = *fourth->graph.targets;
  session->advance(5);
  QVERIFY(session->latest()->graph.targets != fourth->graph.targets);
  QCOMPARE(*fourth->graph.targets, targets);
}

void TestSession::replacedGraphGetsNewImages() {
  const auto session = newSession();
  session->advance(3);  // rewired three times
  const auto before = session->latest();
  ask(*session, ReturnToStart{});
  const auto after = session->latest();
  QVERIFY(*after->graph.targets != *before->graph.targets);
  QVERIFY(faults(*after).empty());
}

void TestSession::sameSeedSameBits() {
  const auto one = newSession();
  const auto other = newSession();
  one->advance(200);
  for (int k = 0; k < 200; ++k) other->advance(1);  // published after every tick
  QCOMPARE(hashOf(*one), hashOf(*other));
  const auto third = sessionOn(toy::model(20, 60, 8));
  third->advance(200);
  QVERIFY(hashOf(*one) != hashOf(*third));
}

void TestSession::captureContinuesBitForBit() {
  const auto uninterrupted = newSession();
  uninterrupted->advance(300);
  const auto wanted = hashOf(*uninterrupted);
  auto session = newSession();
  for (int k = 0; k < 10; ++k) {
    session->advance(30);
    const auto captured = ask(*session, Capture{}).capture;
    QVERIFY(captured);
    QCOMPARE(captured->tick, Tick{30 * (k + 1)});
    session = sessionOn(*captured);
  }
  QCOMPARE(hashOf(*session), wanted);
}

void TestSession::returnToStart() {
  const auto session = newSession();
  const auto start = hashOf(*session);
  session->advance(100);
  const auto later = hashOf(*session);
  QVERIFY(later != start);
  const auto outcome = ask(*session, ReturnToStart{});
  QVERIFY(!outcome.error);
  QCOMPARE(outcome.tick, Tick{0});
  QCOMPARE(hashOf(*session), start);
  session->advance(100);
  QCOMPARE(hashOf(*session), later);
}

void TestSession::returnToStartKeepsEdits() {
  const auto session = newSession();
  // The same edits at the beginning and in the middle of a run lead to the same beginning.
  const auto pristine = newSession();
  session->advance(50);
  for (auto* one : {session.get(), pristine.get()}) {
    QVERIFY(!ask(*one, ApplyEdit{remove(4)}).error);
    QVERIFY(!ask(*one, ApplyEdit{set(toy::Rewires, 0)}).error);
    QVERIFY(!ask(*one, ApplyEdit{{"", {SetNeuronField{toy::Charge, {{{6}, 0.5}}}}}}).error);
    const auto added = ask(*one, ApplyEdit{{"", {AddNeurons{{{{}}, {"X"}, {Role::Motor}, {{}}, {}, {}}}}}});
    QCOMPARE(added.added, (std::vector<NeuronId>{{21}}));
  }
  QVERIFY(!ask(*session, ReturnToStart{}).error);
  QCOMPARE(hashOf(*session), hashOf(*pristine));
  session->advance(50);
  pristine->advance(50);
  QCOMPARE(hashOf(*session), hashOf(*pristine));
}

void TestSession::undoAfterReturn() {
  const auto session = newSession();
  const auto start = dumpOf(*session);
  session->advance(50);
  for (std::uint32_t id = 1; id <= 10; ++id) {
    QVERIFY(!ask(*session, ApplyEdit{remove(id)}).error);
    session->advance(3);
  }
  for (int k = 0; k < 5; ++k) QVERIFY(!ask(*session, Undo{}).error);
  QVERIFY(!ask(*session, ReturnToStart{}).error);
  QCOMPARE(session->latest()->graph.ids->size(), std::size_t{15});
  for (int k = 0; k < 5; ++k) QVERIFY(!ask(*session, Undo{}).error);
  QVERIFY(ask(*session, Undo{}).error);
  QCOMPARE(hashOf(*session), hashOf(*newSession()));
  QCOMPARE(dumpOf(*session), start);
  for (int k = 0; k < 10; ++k) QVERIFY(!ask(*session, Redo{}).error);
  QCOMPARE(session->latest()->graph.ids->size(), std::size_t{10});
  QVERIFY(faults(*session->latest()).empty());
}

void TestSession::returnToASavedStart() {
  // The beginning of this run is the middle of another: the state without a column comes back too, through an edit.
  const auto first = newSession();
  first->advance(123);
  const Model saved = first->capture();
  const auto session = sessionOn(saved);
  session->advance(40);
  QVERIFY(!ask(*session, ApplyEdit{remove(4)}).error);
  QVERIFY(!ask(*session, ReturnToStart{}).error);
  const auto wanted = sessionOn(saved);
  QVERIFY(!ask(*wanted, ApplyEdit{remove(4)}).error);
  QCOMPARE(hashOf(*session), hashOf(*wanted));
  QVERIFY(!ask(*session, Undo{}).error);
  QCOMPARE(hashOf(*session), stateHash(description(), saved));
  QCOMPARE(session->latest()->tick, Tick{123});
}

void TestSession::reportsExceptions() {
  const auto session = newSession();
  ask(*session, ApplyEdit{set(toy::ThrowAtTick, 5)});
  session->advance(10);
  const auto outcomes = session->drainOutcomes();
  QCOMPARE(outcomes.size(), std::size_t{1});
  QCOMPARE(outcomes[0].command, std::uint64_t{0});
  QCOMPARE(outcomes[0].tick, Tick{5});
  QVERIFY(outcomes[0].error && outcomes[0].error->what == "the toy broke");
  QCOMPARE(session->latest()->tick, Tick{5});
  const auto stepped = ask(*session, StepTicks{2});
  QVERIFY(stepped.error && stepped.error->what == "the toy broke");
  ask(*session, ApplyEdit{set(toy::ThrowAtTick, -1)});
  session->advance(10);
  QCOMPARE(session->latest()->tick, Tick{15});
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
