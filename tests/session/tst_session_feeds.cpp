#include <QtTest>

#include <map>
#include <numeric>

#include "core/io/document.h"
#include "core/io/log_document.h"
#include "core/session/feeding.h"
#include "core/session/replay.h"
#include "core/session/session.h"
#include "core/session/trainer.h"
#include "tests/support/learner/learner.h"
#include "tests/support/session_driver.h"

using namespace plexarium;

namespace {

const Registry& registry() {
  static const Registry instance = [] {
    Registry made;
    made.add(learner::entry());
    return made;
  }();
  return instance;
}
const Description& description() { return registry().entries().front().description; }

FeedPlan plan(const char* place = "generator:halves") {
  FeedPlan made;
  made.source.place = place;
  made.duration = made.examDuration = 5;
  made.examEvery = 4;
  return made;
}

std::string textOf(const std::vector<FeedPlan>& plans) {
  std::vector<Feed> feeds;
  for (const auto& one : plans) feeds.push_back(Feed::create(one, openData(one.source).value(), description()).value());
  return Feeder(std::move(feeds)).write();
}

Model fedModel(const std::vector<FeedPlan>& plans = {plan()}) {
  auto model = learner::model(4, 2);
  model.feed = textOf(plans);
  return model;
}

std::unique_ptr<Session> sessionOn(Model model) { return std::move(Session::create(registry(), std::move(model)).value()); }
std::string hashOf(const Model& model) { return stateHash(description(), model); }
std::string hashOf(Session& session) { return hashOf(session.capture()); }

Outcome ask(Session& session, Command command) {
  const auto number = session.post(std::move(command));
  session.advance(0);
  for (auto& outcome : session.drainOutcomes()) {
    if (outcome.command == number) return std::move(outcome);
  }
  qFatal("no outcome");
}

const Feed& feedOf(const Snapshot& seen) { return seen.feeding->feeder().feeds()[0]; }
std::shared_ptr<const Snapshot> look(Session& session) {
  session.latest();
  session.advance(0);
  return session.latest();
}

}  // namespace

/// Feeds as part of a living network: its document, its past, its log, its snapshots and metrics.
class TestSessionFeeds : public QObject {
  Q_OBJECT

 private slots:
  void aSavedFeedTrainsAtOnce();
  void savedMidTrainingGoesOnBitForBit();
  void stepsBackAndForward();
  void everythingIsInTheLog();
  void returnsToTheStart();
  void undoWhileItTrains();
  void bucketsTellHowItLearns();
  void oneSampleIsShown();
  void givenValuesAreShown();
  void aLookTellsTheAnswerOfTheMoment();
  void testsInTheWindowTeachNothing();
  void offIsOff();
  void whatCannotBeShownIsToldAndNothingChanges();
  void missingDataKeepsTheModelUsable();
  void secondsPassByDeeds();
  void anExamLeavesTheLivingAlone();
};

void TestSessionFeeds::aSavedFeedTrainsAtOnce() {
  const auto model = readModel(registry(), writeModel(description(), fedModel()), "saved").value();
  const auto session = sessionOn(model);
  session->advance(1000);
  const auto seen = look(*session);
  const auto& feed = feedOf(*seen);
  QVERIFY(seen->feeding->feeder().on());
  QVERIFY(feed.score(0, Part::Train).samples > 150);
  QVERIFY(feed.score(0, Part::Validation).samples > 30);
  QCOMPARE(feed.showing()->inputs.size(), std::size_t{4});
  QCOMPARE(feed.data().info().classes.size(), std::size_t{2});
  QVERIFY(feed.score(0, Part::Validation).accuracy() > 0.9);
}

void TestSessionFeeds::savedMidTrainingGoesOnBitForBit() {
  for (const Tick stop : {3, 25, 137}) {
    const auto whole = sessionOn(fedModel());
    whole->advance(stop + 100);
    const auto first = sessionOn(fedModel());
    first->advance(stop);
    const auto text = writeModel(description(), first->capture());
    const auto second = sessionOn(readModel(registry(), text, "saved").value());
    QCOMPARE(writeModel(description(), second->capture()), text);
    second->advance(100);
    QCOMPARE(hashOf(*second), hashOf(*whole));
  }
}

/// With edits, tests and shown samples in between.
void TestSessionFeeds::stepsBackAndForward() {
  const auto session = sessionOn(fedModel());
  const std::map<Tick, Command> deeds = {
      {20, SetFeeding{FeedMode::Test}},
      {31, SetFeeding{FeedMode::Show, 0, 5}},
      {34, SetFeeding{FeedMode::Show, 0, 0, {0.1, 0.9, 0.25, 1}}},
      {38, SetFeeding{FeedMode::Train}},
      {44, ApplyEdit{{"Add", {AddNeurons{{{{}}, {"X"}, {Role::Inter}, {{}}, {}, {}}}}}}},
      {52, SetFeeding{FeedMode::Off}},
      {57, SetFeeding{FeedMode::Train}},
      {63, NextSample{0}},
      {71, SetFeeds{textOf({plan("generator:xor")})}},
  };
  std::map<Tick, std::string> hashes;
  for (Tick tick = 0; tick <= 100; ++tick) {
    if (const auto deed = deeds.find(tick); deed != deeds.end()) {
      const auto outcome = ask(*session, deed->second);
      // Four inputs stay four: the last one does not fit, and is refused as a whole.
      QCOMPARE(outcome.error.has_value(), tick == 71);
    }
    hashes[tick] = hashOf(*session);
    if (tick < 100) session->advance(1);
  }
  for (const Tick tick : {99, 60, 39, 38, 36, 33, 21, 0, 100, 53, 64, 17}) {
    QVERIFY(!ask(*session, GoTo{tick}).error);
    QCOMPARE(hashOf(*session), hashes[tick]);
  }
  session->advance(83);
  QCOMPARE(hashOf(*session), hashes[100]);
}

void TestSessionFeeds::everythingIsInTheLog() {
  const auto session = sessionOn(learner::model(4, 2));
  session->advance(3);
  QVERIFY(!ask(*session, SetFeeds{textOf({plan()})}).error);
  session->advance(50);
  QVERIFY(!ask(*session, SetFeeding{FeedMode::Show, 0, 11}).error);
  session->advance(7);
  QVERIFY(!ask(*session, SetFeeding{FeedMode::Show, 0, 0, {1, 0.5, 0.1, 1.0 / 3}}).error);
  session->advance(5);
  QVERIFY(!ask(*session, SetFeeding{FeedMode::Validate}).error);
  session->advance(12);
  QVERIFY(!ask(*session, NextSample{0}).error);
  QVERIFY(!ask(*session, SetFeeding{FeedMode::Train}).error);
  session->advance(40);
  QVERIFY(!ask(*session, SetFeeds{}).error);
  session->advance(4);
  QVERIFY(!ask(*session, SetFeeds{textOf({plan("generator:halves")})}).error);
  session->advance(31);
  const auto outcome = ask(*session, CaptureLog{});
  auto log = *outcome.log;
  log.endHash = hashOf(*outcome.capture);
  QCOMPARE(log.entries.size(), std::size_t{8});
  const auto text = writeLog(description(), log);
  const auto read = readLog(registry(), text, "log");
  QVERIFY2(read, read ? "" : qPrintable(QString::fromStdString(read.error().text())));
  QCOMPARE(writeLog(description(), *read), text);
  QCOMPARE(hashOf(replay(registry(), *read).value()), log.endHash);
  auto damaged = text;
  damaged.replace(damaged.find("\"mode\":\"show\""), 13, "\"mode\":\"shaw\"");
  QVERIFY(!readLog(registry(), damaged, "log"));
}

void TestSessionFeeds::returnsToTheStart() {
  const auto session = sessionOn(fedModel());
  const auto beginning = hashOf(*session);
  session->advance(77);
  const auto later = hashOf(*session);
  QVERIFY(!ask(*session, ReturnToStart{}).error);
  QCOMPARE(hashOf(*session), beginning);
  session->advance(77);
  QCOMPARE(hashOf(*session), later);
  // Feeds that are set during the run are those of the start from then on.
  auto other = plan();
  other.seed = 9;
  QVERIFY(!ask(*session, SetFeeds{textOf({other})}).error);
  session->advance(5);
  QVERIFY(!ask(*session, ReturnToStart{}).error);
  QCOMPARE(feedOf(*look(*session)).plan().seed, std::uint64_t{9});
  QCOMPARE(feedOf(*look(*session)).samplesShown(Part::Train), std::uint64_t{0});
}

void TestSessionFeeds::undoWhileItTrains() {
  const auto session = sessionOn(fedModel());
  session->advance(22);
  QVERIFY(!ask(*session, ApplyEdit{{"Remove", {RemoveNeurons{{{2}}}}}}).error);
  session->advance(1);  // an input is missing: it says so, and no tick is done
  const auto mishaps = session->drainOutcomes();
  QCOMPARE(mishaps.size(), std::size_t{1});
  QVERIFY(mishaps[0].error->text().find("3 input neurons for 4 values") != std::string::npos);
  QVERIFY(look(*session)->feeding->problem());
  QCOMPARE(look(*session)->tick, Tick{22});
  QVERIFY(!ask(*session, Undo{}).error);
  QVERIFY(!look(*session)->feeding->problem());
  session->advance(500);
  QVERIFY(session->drainOutcomes().empty());
  QVERIFY(feedOf(*look(*session)).score(0, Part::Train).accuracy() > 0.9);
}

void TestSessionFeeds::bucketsTellHowItLearns() {
  const auto session = sessionOn(fedModel());
  Tally learnt;
  Tally examined;
  const auto gather = [&] {
    for (const auto& bucket : session->drainMetrics()) {
      QCOMPARE(bucket.learnt.size(), std::size_t{1});
      learnt += bucket.learnt[0];
      examined += bucket.examined[0];
    }
  };
  session->advance(300);
  gather();
  // What is lived through again is not told again.
  QVERIFY(!ask(*session, GoTo{100}).error);
  session->advance(250);
  gather();
  const auto seen = look(*session);
  const auto& feed = feedOf(*seen);
  QCOMPARE(learnt.samples, feed.score(0, Part::Train).samples);
  QCOMPARE(learnt.correct, feed.score(0, Part::Train).correct);
  QVERIFY(qAbs(learnt.absoluteError - feed.score(0, Part::Train).absoluteError) < 1e-9);
  QCOMPARE(examined.samples, feed.score(0, Part::Validation).samples);
  QVERIFY(learnt.samples > 50 && examined.samples > 10);
}

void TestSessionFeeds::oneSampleIsShown() {
  const auto session = sessionOn(fedModel());
  session->advance(12);
  const auto refused = ask(*session, SetFeeding{FeedMode::Show, 0, 1u << 30});
  QVERIFY(refused.error);
  QVERIFY(ask(*session, SetFeeding{FeedMode::Show, 1, 0}).error);
  QVERIFY(!ask(*session, SetFeeding{FeedMode::Show, 0, 42}).error);
  const auto weights = session->capture();
  session->advance(20);
  const auto seen = look(*session);
  const auto& feed = feedOf(*seen);
  QCOMPARE(feed.held(), std::optional<std::size_t>(42));
  QCOMPARE(feed.showing()->sample, std::size_t{42});
  QCOMPARE(feed.showing()->ticks, Tick{20});
  std::vector<double> inputs(4);
  QVERIFY(feed.data().read(42, inputs, {}));
  QCOMPARE(feed.showing()->inputs, inputs);
  QCOMPARE(columnValues(session->capture().graph.linkColumn(0)), columnValues(weights.graph.linkColumn(0)));
}

void TestSessionFeeds::givenValuesAreShown() {
  const auto session = sessionOn(fedModel());
  session->advance(12);
  const auto before = hashOf(*session);
  const double none = std::numeric_limits<double>::quiet_NaN();
  for (const auto& wrong : {std::vector{0.5}, std::vector{0.5, 0.5, 0.5, none}}) {
    QVERIFY(ask(*session, SetFeeding{FeedMode::Show, 0, 0, wrong}).error);
    QCOMPARE(hashOf(*session), before);
  }
  const std::vector mine{1.0, 0.0, 0.75, 0.5};
  QVERIFY(!ask(*session, SetFeeding{FeedMode::Show, 0, 0, mine}).error);
  const auto weights = columnValues(session->capture().graph.linkColumn(0));
  session->advance(20);
  const auto seen = look(*session);
  const auto& feed = feedOf(*seen);
  QVERIFY(std::ranges::equal(feed.given(), mine));
  QCOMPARE(feed.showing()->inputs, mine);
  QCOMPARE(columnValues(session->capture().graph.linkColumn(0)), weights);
  const auto levels = columnValues(session->capture().graph.neuronColumn(0));
  QVERIFY(std::equal(mine.begin(), mine.end(), levels.begin()));
  // Saved, it goes on to be shown; told to train, the network learns again.
  const auto saved = sessionOn(readModel(registry(), writeModel(description(), session->capture()), "saved").value());
  saved->advance(3);
  session->advance(3);
  QCOMPARE(hashOf(*saved), hashOf(*session));
  QVERIFY(std::ranges::equal(feedOf(*look(*saved)).given(), mine));
  QVERIFY(!ask(*session, SetFeeding{FeedMode::Train}).error);
  session->advance(20);
  QVERIFY(columnValues(session->capture().graph.linkColumn(0)) != weights);
}

/// A feed asks for the answer at the end of a sample; who looks in between sees what the network says then, and the run is
/// the same as if nobody had.
void TestSessionFeeds::aLookTellsTheAnswerOfTheMoment() {
  const auto session = sessionOn(fedModel());
  const auto alone = sessionOn(fedModel());
  for (int tick = 0; tick < 23; ++tick) {
    session->advance(1);
    const auto seen = look(*session);
    const auto levels = columnValues(session->capture().graph.neuronColumn(0));
    QVERIFY(std::ranges::equal(feedOf(*seen).answer(0).outputs, std::span(levels).last(2)));
  }
  alone->advance(23);
  QCOMPARE(hashOf(*alone), hashOf(*session));
}

void TestSessionFeeds::testsInTheWindowTeachNothing() {
  const auto session = sessionOn(fedModel());
  session->advance(500);
  const auto weights = columnValues(session->capture().graph.linkColumn(0));
  QVERIFY(!ask(*session, SetFeeding{FeedMode::Test}).error);
  session->advance(250);
  QCOMPARE(columnValues(session->capture().graph.linkColumn(0)), weights);
  QCOMPARE(feedOf(*look(*session)).score(0, Part::Test).samples, std::uint64_t{50});
  QVERIFY(!ask(*session, SetFeeding{FeedMode::Train}).error);
  session->advance(50);
  QVERIFY(columnValues(session->capture().graph.linkColumn(0)) != weights);
  auto bare = plan();
  bare.split = {0, 0, 1, true};
  bare.examEvery = 0;
  QVERIFY(!ask(*session, SetFeeds{textOf({bare})}).error);
  QVERIFY(ask(*session, SetFeeding{FeedMode::Test}).error);
}

void TestSessionFeeds::offIsOff() {
  const auto session = sessionOn(fedModel());
  session->advance(52);
  QVERIFY(!ask(*session, SetFeeding{FeedMode::Off}).error);
  const auto shown = feedOf(*look(*session)).samplesShown(Part::Train);
  const auto weights = columnValues(session->capture().graph.linkColumn(0));
  session->advance(100);
  QCOMPARE(feedOf(*look(*session)).samplesShown(Part::Train), shown);
  QCOMPARE(columnValues(session->capture().graph.linkColumn(0)), weights);
  QCOMPARE(look(*session)->tick, Tick{152});
  QVERIFY(!ask(*session, SetFeeding{FeedMode::Train}).error);
  session->advance(20);
  QVERIFY(columnValues(session->capture().graph.linkColumn(0)) != weights);
}

void TestSessionFeeds::whatCannotBeShownIsToldAndNothingChanges() {
  const auto session = sessionOn(fedModel());
  session->advance(9);
  const auto before = hashOf(*session);
  auto missing = textOf({plan()});
  missing.replace(missing.find("generator:halves"), 16, "/nowhere/at_all.csv");
  for (const auto& text : {missing, std::string("{}"), std::string("nonsense"), textOf({plan("generator:primes")})}) {
    QVERIFY(ask(*session, SetFeeds{text}).error);
    QCOMPARE(hashOf(*session), before);
  }
  QVERIFY(ask(*session, NextSample{3}).error);
  QCOMPARE(hashOf(*session), before);
}

void TestSessionFeeds::missingDataKeepsTheModelUsable() {
  auto model = fedModel();
  model.feed.replace(model.feed.find("generator:halves"), 16, "/nowhere/at_all.csv");
  const auto session = sessionOn(model);
  const auto seen = look(*session);
  QVERIFY(seen->feeding->problem());
  QVERIFY(seen->feeding->feeder().empty());
  session->advance(5);
  const auto mishaps = session->drainOutcomes();
  QCOMPARE(mishaps.size(), std::size_t{1});
  QVERIFY(mishaps[0].error->text().find("at_all.csv") != std::string::npos);
  // Nothing is lost by saving it.
  QCOMPARE(session->capture().feed, model.feed);
  QVERIFY(!ask(*session, SetFeeds{}).error);
  session->advance(5);
  QVERIFY(session->drainOutcomes().empty());
  QVERIFY(session->capture().feed.empty());
}

/// The clock decides only when a deed is done, so the past repeats to the bit.
void TestSessionFeeds::secondsPassByDeeds() {
  auto timed = plan();
  timed.unit = FeedUnit::Seconds;
  timed.duration = timed.examDuration = 0.02;
  const auto session = sessionOn(fedModel({timed}));
  session->start();
  SessionDriver driver(*session);
  session->post(SetPace{500});
  session->post(Run{});
  driver.awaitSnapshot([](const Snapshot& seen) { return feedOf(seen).score(0, Part::Train).samples >= 8; });
  driver.ask(Pause{});
  const auto outcome = *driver.ask(CaptureLog{});
  const auto hash = hashOf(*outcome.capture);
  QVERIFY(outcome.log->entries.size() >= 8);
  QCOMPARE(hashOf(replay(registry(), *outcome.log).value()), hash);
  driver.ask(GoTo{outcome.tick / 2});
  driver.ask(GoTo{outcome.tick});
  QCOMPARE(hashOf(*driver.ask(Capture{})->capture), hash);
}

void TestSessionFeeds::anExamLeavesTheLivingAlone() {
  const auto session = sessionOn(fedModel());
  session->advance(1000);
  const auto capture = session->capture();
  const auto copy = Simulation::create(*registry().find("learner"), capture).value();
  QVERIFY(test(*copy, Part::Test, 60).value());
  const auto& score = copy->feeding().feeder().feeds()[0].score(0, Part::Test);
  QCOMPARE(score.samples, std::uint64_t{60});
  QCOMPARE(score.accuracy(), 1.0);
  QCOMPARE(std::accumulate(score.confusion.begin(), score.confusion.end(), std::uint64_t{0}), std::uint64_t{60});
  QCOMPARE(hashOf(*session), hashOf(capture));
}

QTEST_GUILESS_MAIN(TestSessionFeeds)
#include "tst_session_feeds.moc"
