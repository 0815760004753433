#include "core/denormals.h"
#include "core/io/document.h"
#include "core/session/trainer.h"
#include "tests/feed/feed_driver.h"
#include "tests/support/toy/toy.h"

using namespace plexarium;

namespace {

FeedPlan plan(const char* place) {
  FeedPlan made;
  made.source.place = place;
  made.duration = made.examDuration = 5;
  return made;
}

Feeder feederOf(const FeedPlan& made) {
  std::vector<Feed> feeds;
  feeds.push_back(Feed::create(made, openData(made.source).value(), learnerDescription()).value());
  return Feeder(std::move(feeds));
}

std::unique_ptr<Simulation> simulationOf(Model model) {
  return Simulation::create(learner::entry(), std::move(model)).value();
}

std::string hashOf(Simulation& simulation) { return stateHash(simulation.description(), simulation.capture().value()); }

}  // namespace

/// Feeds and a network together, with a dynamics that learns by the delta rule.
class TestTrainer : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { flush_ = std::make_unique<FlushDenormals>(); }

  void aNetworkLearns() {
    const auto simulation = simulationOf(learner::model(4, 2));
    auto feeder = feederOf(plan("generator:halves"));
    auto trainer = Trainer::create(*simulation, feeder).value();
    QVERIFY(trainer.test(Part::Test, 100).value());
    const auto before = feeder.feeds()[0].score(0, Part::Test);
    QCOMPARE(before.samples, std::uint64_t{100});
    QVERIFY(before.error() > 0.4);
    QCOMPARE(trainer.run(2000).value(), Tick{2000});
    QCOMPARE(feeder.feeds()[0].score(0, Part::Train).samples, std::uint64_t{400});
    QVERIFY(trainer.test(Part::Test, 100).value());
    const auto& after = feeder.feeds()[0].score(0, Part::Test);
    QCOMPARE(after.samples, std::uint64_t{100});
    QVERIFY2(after.accuracy() == 1 && after.error() < 0.1, qPrintable(QString::number(after.error())));
  }

  /// Testing teaches nothing: weights are the same afterwards.
  void testsTeachNothing() {
    const auto simulation = simulationOf(learner::model(4, 2));
    auto feeder = feederOf(plan("generator:halves"));
    auto trainer = Trainer::create(*simulation, feeder).value();
    QVERIFY(trainer.run(333));
    const auto weights = columnValues(simulation->graph().linkColumn(0));
    QVERIFY(trainer.test(Part::Test, 50).value());
    QCOMPARE(columnValues(simulation->graph().linkColumn(0)), weights);
    QVERIFY(trainer.run(10));
    QVERIFY(columnValues(simulation->graph().linkColumn(0)) != weights);
  }

  /// Stopped anywhere, saved with its feeds, loaded and continued: the same bits as without a stop.
  void savedTrainingGoesOnBitForBit() {
    const auto entry = learner::entry();
    auto made = plan("generator:moons");
    made.examEvery = 3;
    for (const Tick stop : {1, 5, 17, 18, 163}) {
      const auto whole = simulationOf(learner::model(2, 2));
      auto wholeFeeder = feederOf(made);
      auto wholeTrainer = Trainer::create(*whole, wholeFeeder).value();
      QVERIFY(wholeTrainer.run(stop + 200));

      const auto first = simulationOf(learner::model(2, 2));
      auto feeder = feederOf(made);
      auto trainer = Trainer::create(*first, feeder).value();
      QVERIFY(trainer.run(stop));
      Registry registry;
      registry.add(entry);
      const auto saved = writeModel(entry.description, first->capture().value());
      const auto second = simulationOf(readModel(registry, saved, "saved").value());
      auto again = Feeder::read(feeder.write(), "feeds", entry.description, [](const DataSource& source) {
                     return openData(source);
                   }).value();
      auto next = Trainer::create(*second, again).value();
      QVERIFY(next.run(200));
      QCOMPARE(hashOf(*second), hashOf(*whole));
      QCOMPARE(again.write(), wholeFeeder.write());
    }
  }

  /// In pieces or at once, and however often it is bound: the same bits.
  void piecesMakeAWhole() {
    const auto whole = simulationOf(learner::model(2, 2));
    auto wholeFeeder = feederOf(plan("generator:moons"));
    auto wholeTrainer = Trainer::create(*whole, wholeFeeder).value();
    QVERIFY(wholeTrainer.run(300));
    const auto pieces = simulationOf(learner::model(2, 2));
    auto feeder = feederOf(plan("generator:moons"));
    for (int piece = 0; piece < 100; ++piece) {
      auto trainer = Trainer::create(*pieces, feeder).value();
      QCOMPARE(trainer.run(3).value(), Tick{3});
    }
    QCOMPARE(hashOf(*pieces), hashOf(*whole));
  }

  void editsWhileItTrains() {
    const auto simulation = simulationOf(learner::model(4, 2));
    auto made = plan("generator:halves");
    made.inputs[0].neurons.list = {{1}, {2}, {3}, {4}};
    made.outputs[0].neurons.list = {{5}, {6}};
    auto feeder = feederOf(made);
    auto trainer = Trainer::create(*simulation, feeder).value();
    QVERIFY(trainer.run(7));
    const auto removed = Edit{"Remove", {RemoveNeurons{std::vector<NeuronId>{{2}, {5}}}}};
    QVERIFY(simulation->edit(removed));
    QVERIFY(trainer.run(1000));
    QVERIFY(trainer.test(Part::Test, 50).value());
    // The neuron that is left still tells its class; the one that is gone is silent.
    const auto& score = feeder.feeds()[0].score(0, Part::Test);
    QVERIFY2(score.accuracy() > 0.2 && feeder.feeds()[0].answer(0).outputs[0] == 0,
             qPrintable(QString::number(score.accuracy())));
    QVERIFY(simulation->undo());
    QVERIFY(trainer.run(2000));
    QVERIFY(trainer.test(Part::Test, 50).value());
    QCOMPARE(feeder.feeds()[0].score(0, Part::Test).accuracy(), 1.0);
  }

  void stoppingActsAtOnce() {
    const auto simulation = simulationOf(learner::model(4, 2));
    auto feeder = feederOf(plan("generator:halves"));
    auto trainer = Trainer::create(*simulation, feeder).value();
    int left = 12;
    QCOMPARE(trainer.run(1000, [&] { return left-- > 0; }).value(), Tick{12});
    QCOMPARE(simulation->tick(), Tick{12});
    QCOMPARE(trainer.test(Part::Test, 50, [] { return false; }).value(), false);
    QVERIFY(!feeder.feeds()[0].testing());
  }

  void whatCannotBeFedIsRefused() {
    const auto simulation = simulationOf(learner::model(3, 2));
    auto feeder = feederOf(plan("generator:halves"));
    QVERIFY(!Trainer::create(*simulation, feeder));
    auto made = plan("generator:halves");
    made.unit = FeedUnit::Seconds;
    auto timed = feederOf(made);
    const auto right = simulationOf(learner::model(4, 2));
    QVERIFY(!Trainer::create(*right, timed));
    made = plan("generator:halves");
    made.split = {0, 0, 1, true};
    auto untested = feederOf(made);
    auto trainer = Trainer::create(*right, untested).value();
    QVERIFY(!trainer.test(Part::Test, 5));
    made = plan("generator:halves");
    made.inputs[0].gain = 1000;  // beyond the range of the stimulus
    auto loud = feederOf(made);
    auto shouting = Trainer::create(*right, loud).value();
    QVERIFY(!shouting.run(1));
  }

  /// Any dynamics that takes targets will do: here one whose stimuli act once and which rewires itself.
  void anyDynamicsWillDo() {
    auto made = plan("generator:sequence");
    made.inputs[0].columns = {3};
    std::vector<Feed> feeds;
    feeds.push_back(Feed::create(made, openData(made.source).value(), toy::entry().description).value());
    Feeder feeder(std::move(feeds));
    const auto simulation = Simulation::create(toy::entry(), toy::model(20, 30)).value();
    auto trainer = Trainer::create(*simulation, feeder).value();
    QCOMPARE(trainer.run(500).value(), Tick{500});
    QCOMPARE(feeder.feeds()[0].score(0, Part::Train).samples, std::uint64_t{100});
  }

 private:
  std::unique_ptr<FlushDenormals> flush_;
};

QTEST_GUILESS_MAIN(TestTrainer)
#include "tst_trainer.moc"
