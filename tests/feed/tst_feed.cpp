#include <map>
#include <set>

#include "tests/feed/feed_driver.h"

using namespace plexarium;

namespace {

FeedPlan plan(double duration, double validation = 0, double test = 0) {
  FeedPlan made;
  made.duration = made.examDuration = duration;
  made.split = {validation, test, 1, true};
  return made;
}

Feed feedOf(FeedPlan made, DatasetPointer data, const Graph& graph) {
  auto feed = Feed::create(std::move(made), std::move(data), learnerDescription()).value();
  if (const auto bound = feed.bind(graph); !bound) qFatal("%s", bound.error().text().c_str());
  return feed;
}

std::vector<double> targetsOf(const Feed& feed, std::size_t motors) {
  std::vector<double> targets(motors, -1);
  feed.putTargets(targets);
  return targets;
}

}  // namespace

/// One stream into a network.
class TestFeed : public QObject {
  Q_OBJECT

 private slots:
  void samplesLastAndAreScored() {
    const auto data = numbered(20, 2, 2);
    auto feed = feedOf(plan(3), data, learner::model(2, 2).graph);
    for (int sample = 0; sample < 5; ++sample) {
      for (int tick = 0; tick < 3; ++tick) {
        const auto step = feed.present().value();
        QCOMPARE(step.begins, tick == 0);
        QCOMPARE(step.read, tick == 2);
        QCOMPARE(step.stimuli.size(), tick == 0 ? std::size_t{2} : std::size_t{0});  // the learner's stimuli last
        const auto& showing = *feed.showing();
        QCOMPARE(showing.ticks, Tick{tick + 1});
        QCOMPARE(showing.label, static_cast<std::uint32_t>(sample % 2));
        if (tick == 0) {
          QCOMPARE(step.stimuli[1].neuron, NeuronId{2});
          QCOMPARE(step.stimuli[1].amount, 1000.0 + static_cast<double>(showing.sample));
          QCOMPARE(targetsOf(feed, 2), (sample % 2 == 0 ? std::vector{1.0, 0.0} : std::vector{0.0, 1.0}));
        }
        if (step.read) feed.observe(std::vector{0.75, 0.25});
      }
      QCOMPARE(feed.score(0, Part::Train).samples, static_cast<std::uint64_t>(sample + 1));
    }
    QCOMPARE(feed.score(0, Part::Train).correct, std::uint64_t{3});
    QCOMPARE(feed.answer(0).outputs, (std::vector{0.75, 0.25}));
  }

  void importanceLengthensSamples() {
    auto made = plan(4);
    made.importance = {0.5, 2};
    auto feed = feedOf(made, numbered(20, 1, 2), learner::model(1, 2).graph);
    std::vector<int> lengths;
    for (int tick = 0; tick < 40; ++tick) {
      const auto step = feed.present().value();
      if (step.begins) lengths.push_back(0);
      ++lengths.back();
      if (step.read) feed.observe(std::vector{0.0, 0.0});
    }
    QCOMPARE(lengths, (std::vector<int>{2, 8, 2, 8, 2, 8, 2, 8}));
  }

  void secondsEndBetweenTicks() {
    auto made = plan(1.0);
    made.unit = FeedUnit::Seconds;
    auto feed = feedOf(made, numbered(20, 1, 2), learner::model(1, 2).graph);
    std::vector<int> lengths;
    for (int tick = 0; tick < 12; ++tick) {
      if (tick > 0 && tick % 4 == 0) feed.next();
      const auto step = feed.present().value();
      QVERIFY(step.read);  // nobody knows which tick is the last
      if (step.begins) lengths.push_back(0);
      ++lengths.back();
      feed.observe(std::vector{1.0, 0.0});
    }
    QCOMPARE(lengths, (std::vector<int>{4, 4, 4}));
    QCOMPARE(feed.score(0, Part::Train).samples, std::uint64_t{2});
  }

  /// One sample for as long as a person looks at it: no targets, no score, and training goes on with the next one.
  void oneSampleIsHeld() {
    auto feed = feedOf(plan(2), numbered(20, 1, 2), learner::model(1, 2).graph);
    feed.show(7);
    for (int tick = 0; tick < 10; ++tick) {
      const auto step = feed.present().value();
      QCOMPARE(step.begins, tick == 0);
      QVERIFY(step.read);
      QCOMPARE(feed.showing()->sample, std::size_t{7});
      for (const double target : targetsOf(feed, 2)) QVERIFY(std::isnan(target));
      feed.observe(std::vector{1.0, 0.0});
      feed.next();
    }
    QCOMPARE(feed.answer(0).outputs, (std::vector{1.0, 0.0}));
    for (const auto part : {Part::Train, Part::Validation, Part::Test}) {
      QCOMPARE(feed.score(0, part).samples + feed.samplesShown(part), std::uint64_t{0});
    }
    feed.train();
    QVERIFY(feed.present().value().begins);
    QCOMPARE(feed.showing()->part, Part::Train);
  }

  /// Values of one's own instead: without class, target and score; a saved feed goes on with them.
  void givenValuesAreHeld() {
    auto feed = feedOf(plan(2), numbered(20, 2, 2), learner::model(2, 2).graph);
    feed.present().value();
    feed.show(std::vector{3.0, 4.5});
    QVERIFY(!feed.held());
    for (int tick = 0; tick < 5; ++tick) {
      const auto step = feed.present().value();
      QCOMPARE(step.begins, tick == 0);
      if (tick == 0) QCOMPARE(step.stimuli[1].amount, 4.5);
      for (const double target : targetsOf(feed, 2)) QVERIFY(std::isnan(target));
      feed.observe(std::vector{1.0, 0.0});
      feed.next();
    }
    QCOMPARE(feed.showing()->ticks, Tick{5});
    QVERIFY(std::isnan(feed.answer(0).targets[0]));
    QCOMPARE(feed.score(0, Part::Train).samples + feed.score(0, Part::Test).samples, std::uint64_t{0});

    auto other = feedOf(plan(2), numbered(20, 2, 2), learner::model(2, 2).graph);
    const auto tree = JsonTree::parse(feed.state(), "state");
    QVERIFY(other.restore(tree->root(), "place"));
    QVERIFY(std::ranges::equal(other.given(), std::vector{3.0, 4.5}));
    QCOMPARE(other.state(), feed.state());
    QVERIFY(!other.present().value().begins);
    QCOMPARE(other.showing()->inputs, (std::vector{3.0, 4.5}));
    auto short_ = feed.state();
    short_.replace(short_.find("[3,"), 3, "[");
    QVERIFY2(!other.restore(JsonTree::parse(short_, "state")->root(), "place"), short_.c_str());
    QVERIFY(std::ranges::equal(other.given(), std::vector{3.0, 4.5}));

    feed.show(4);
    QVERIFY(feed.given().empty());
    QCOMPARE(feed.present().value().stimuli[0].amount, 4.0);
  }

  /// A copy that is looked at has the answer of the moment; the feed itself takes it at the end.
  void aLookChangesNothingElse() {
    auto feed = feedOf(plan(3), numbered(20, 1, 2), learner::model(1, 2).graph);
    feed.present().value();
    auto copy = feed;
    copy.look(std::vector{0.25, 0.5});
    QCOMPARE(copy.answer(0).outputs, (std::vector{0.25, 0.5}));
    QCOMPARE(copy.score(0, Part::Train).samples, std::uint64_t{0});
    QCOMPARE(feed.answer(0).outputs, (std::vector{0.0, 0.0}));
  }

  /// A tick that is taken back leaves the stream where it was.
  void ticksAreTakenBack() {
    auto made = plan(3, 0.25);
    made.examEvery = 2;
    auto feed = feedOf(made, numbered(40, 1, 2), learner::model(1, 2).graph);
    for (int tick = 0; tick < 40; ++tick) {
      const auto before = feed.state();
      QVERIFY(feed.present());
      QVERIFY(feed.state() != before);
      feed.takeBack();
      QCOMPARE(feed.state(), before);
      if (feed.present().value().read) feed.observe(std::vector{1.0, 0.0});
    }
  }

  void examsAreShownWithoutTargets() {
    auto made = plan(1, 0.25);
    made.examDuration = 2;
    made.examEvery = 3;
    auto feed = feedOf(made, numbered(40, 1, 2), learner::model(1, 2).graph);
    std::string parts;
    for (int tick = 0; tick < 20; ++tick) {
      const auto step = feed.present().value();
      const bool exam = feed.showing()->part == Part::Validation;
      parts += exam ? 'v' : 't';
      for (const double target : targetsOf(feed, 2)) QCOMPARE(std::isnan(target), exam);
      if (step.read) feed.observe(std::vector{1.0, 0.0});
    }
    QCOMPARE(parts, std::string("tttvvtttvvtttvvtttvv"));
    QCOMPARE(feed.score(0, Part::Validation).samples, std::uint64_t{4});
    QCOMPARE(feed.score(0, Part::Train).samples, std::uint64_t{12});
  }

  void testsShowEverySampleOnce() {
    auto feed = feedOf(plan(1, 0, 0.5), numbered(40, 1, 2), learner::model(1, 2).graph);
    for (int tick = 0; tick < 7; ++tick) QVERIFY(feed.present());
    feed.test(Part::Test);
    std::set<std::size_t> shown;
    for (int tick = 0; tick < 20; ++tick) {
      const auto step = feed.present().value();
      QVERIFY(std::isnan(targetsOf(feed, 2)[0]));
      shown.insert(feed.showing()->sample);
      if (step.read) feed.observe(std::vector{1.0, 0.0});
    }
    QCOMPARE(shown.size(), std::size_t{20});
    QCOMPARE(feed.score(0, Part::Test).samples, std::uint64_t{20});
    QCOMPARE(feed.score(0, Part::Test).accuracy(),
             static_cast<double>(std::ranges::count_if(shown, [](auto k) { return k % 2 == 0; })) / 20);
    feed.train();
    const auto step = feed.present().value();
    QVERIFY(step.begins && feed.showing()->part == Part::Train && !std::isnan(targetsOf(feed, 2)[0]));
  }

  void groupsHaveTheirOwnNeuronsColumnsAndScores() {
    const auto model = learner::model(5, 3);
    auto made = plan(1);
    made.inputs = {{.name = "left", .neurons = {{{1}, {3}}, {}}, .columns = {2, 0}},
                   {.name = "right", .neurons = {{{2}}, {}}, .columns = {1}, .gain = 0.5},
                   {.name = "off", .neurons = {{{4}}, {}}, .columns = {1}, .enabled = false}};
    made.outputs = {{.name = "first", .neurons = {{{8}}, {}}, .columns = {1}},
                    {.name = "both", .neurons = {{{6}, {7}}, {}}}};
    auto feed = feedOf(made, numbered(10, 3, 0), model.graph);
    const auto step = feed.present().value();
    const auto sample = static_cast<double>(feed.showing()->sample);
    std::map<std::uint32_t, double> given;
    for (const auto& stimulus : step.stimuli) given[stimulus.neuron.value] = stimulus.amount;
    QCOMPARE(given, (std::map<std::uint32_t, double>{{1, 2000 + sample}, {2, (1000 + sample) / 2}, {3, sample}}));
    QCOMPARE(targetsOf(feed, 3), (std::vector{sample, 100 + sample, 100 + sample}));
    feed.observe(std::vector{sample, 98 + sample, 107 + sample});
    QCOMPARE(feed.score(0, Part::Train).error(), 7.0);
    QCOMPARE(feed.score(1, Part::Train).error(), 1.0);
  }

  void graphGroupsNameNeurons() {
    auto model = learner::model(4, 2);
    model.graph.setGroups({{{1}, "eye", 0, {}, false}, {{2}, "lens", 0, {1}, false}});
    for (const std::size_t row : {1, 5}) model.graph.setMember(row, {1});
    model.graph.setMember(3, {2});
    auto made = plan(1);
    made.inputs[0].neurons.group = {1};
    made.outputs[0].neurons.group = {1};
    auto feed = feedOf(made, numbered(10, 2, 2), model.graph);
    const auto step = feed.present().value();
    QCOMPARE(step.stimuli[0].neuron, NeuronId{2});
    QCOMPARE(step.stimuli[1].neuron, NeuronId{4});
    QCOMPARE(feed.boundMotors(), (std::vector<std::size_t>{1}));
  }

  void decisionsAreTakenAtTheThreshold() {
    auto made = plan(4);
    made.outputs[0].dominance = 0.5;
    auto feed = feedOf(made, numbered(10, 1, 2), learner::model(1, 2).graph);
    const std::vector<std::vector<double>> says = {{0.4, 0.3}, {0.9, 0.2}, {0.1, 0.9}, {0, 1}};
    for (const auto& outputs : says) {
      QVERIFY(feed.present().value().read);
      feed.observe(outputs);
    }
    QCOMPARE(feed.answer(0).decidedAfter, std::optional(Tick{2}));
    QCOMPARE(feed.answer(0).outputs, says[1]);
    const auto& score = feed.score(0, Part::Train);
    QVERIFY(score.decided == 1 && score.decisionTicks == 2 && score.correct == 1);
    for (int tick = 0; tick < 4; ++tick) {
      QVERIFY(feed.present());
      feed.observe(std::vector{0.4, 0.6});
    }
    QVERIFY(score.decided == 1 && score.samples == 2 && score.correct == 2);  // undecided, so the last answer counts
  }

  /// A neuron that a person deletes is stepped over; its answer counts as silence.
  void vanishedNeuronsAreSteppedOver() {
    auto model = learner::model(2, 2);
    auto made = plan(2);
    made.inputs[0].neurons.list = {{1}, {2}};
    made.outputs[0].neurons.list = {{3}, {4}};
    auto feed = feedOf(made, numbered(10, 2, 2), model.graph);
    QVERIFY(feed.present());
    const std::vector<std::size_t> rows{0, 2};
    model.graph.removeLinks(model.graph.linksTouching(rows));
    model.graph.removeNeurons(rows);
    QVERIFY(feed.bind(model.graph));
    QCOMPARE(feed.boundMotors(), (std::vector<std::size_t>{0}));
    QVERIFY(feed.present().value().read);
    feed.observe(std::vector{0.75});
    QCOMPARE(feed.answer(0).outputs, (std::vector{0.0, 0.75}));
    QCOMPARE(targetsOf(feed, 1).size(), std::size_t{1});
  }

  void brokenSamplesAreToldAndStepedOver() {
    const auto data = numbered(4, 1, 2);
    data->broken = 2;
    auto feed = feedOf(plan(1), data, learner::model(1, 2).graph);
    int failures = 0;
    for (int tick = 0; tick < 8; ++tick) {
      const auto step = feed.present();
      failures += step ? 0 : 1;
      if (step) feed.observe(std::vector{1.0, 0.0});
    }
    QCOMPARE(failures, 2);
    QCOMPARE(feed.score(0, Part::Train).samples, std::uint64_t{6});
  }

  void orderedDataIsShownAsItStands() {
    DatasetInfo info = numbered(10, 1, 2)->info();
    info.ordered = true;
    auto data = std::make_shared<MadeData>(
        info, [](std::size_t sample) { return sample < 5 ? 0U : 1U; }, [](std::size_t, std::size_t) { return 0.0; });
    auto feed = feedOf(plan(1), data, learner::model(1, 2).graph);
    for (std::size_t sample = 0; sample < 10; ++sample) {
      QVERIFY(feed.present());
      QCOMPARE(feed.showing()->sample, sample);
      feed.observe(std::vector{1.0, 0.0});
    }
    QVERIFY(!feed.warning());
  }

  void groupedOrderIsWarnedOf() {
    auto made = plan(1);
    const auto data = numbered(100, 1, 2, [](std::size_t sample) { return sample < 50 ? 0U : 1U; });
    QVERIFY(!feedOf(made, data, learner::model(1, 2).graph).warning());
    made.order = FeedOrder::Stored;
    QVERIFY(feedOf(made, data, learner::model(1, 2).graph).warning());
  }

  void whatDoesNotFitIsRefused() {
    const auto data = numbered(10, 2, 3);
    const auto refused = [&](FeedPlan made) { return !Feed::create(std::move(made), data, learnerDescription()); };
    auto made = plan(1);
    made.importance = {1, 2};
    QVERIFY(refused(made));
    made = plan(0);
    QVERIFY(refused(made));
    made = plan(1);
    made.examEvery = 5;
    QVERIFY(refused(made));
    made = plan(1);
    made.inputs[0].channel = "light";
    QVERIFY(refused(made));
    made = plan(1);
    made.inputs[0].columns = {2};
    QVERIFY(refused(made));
    auto feed = Feed::create(plan(1), data, learnerDescription()).value();
    const auto inputs = feed.bind(learner::model(3, 3).graph);
    QVERIFY2(!inputs && inputs.error().what == "there are 3 input neurons for 2 values",
             inputs ? "" : inputs.error().text().c_str());
    const auto outputs = feed.bind(learner::model(2, 2).graph);
    QVERIFY2(!outputs && outputs.error().what == "there are 2 output neurons for 3 classes",
             outputs ? "" : outputs.error().text().c_str());
    QVERIFY(feed.bind(learner::model(2, 3).graph));
  }
};

QTEST_GUILESS_MAIN(TestFeed)
#include "tst_feed.moc"
