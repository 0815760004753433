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

std::unique_ptr<Simulation> fed(Model model, const FeedPlan& made) {
  auto simulation = simulationOf(std::move(model));
  simulation->feed(feederOf(made));
  return simulation;
}

const Feed& feedOf(const Simulation& simulation) { return simulation.feeding().feeder().feeds()[0]; }

std::string hashOf(Simulation& simulation) { return stateHash(simulation.description(), simulation.capture().value()); }

}  // namespace

/// Feeds and a network together, with a dynamics that learns by the delta rule.
class TestTrainer : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { flush_ = std::make_unique<FlushDenormals>(); }

  void aNetworkLearns() {
    const auto simulation = fed(learner::model(4, 2), plan("generator:halves"));
    QVERIFY(test(*simulation, Part::Test, 100).value());
    const auto before = feedOf(*simulation).score(0, Part::Test);
    QCOMPARE(before.samples, std::uint64_t{100});
    QVERIFY(before.error() > 0.4);
    QCOMPARE(train(*simulation, 2000).value(), Tick{2000});
    QCOMPARE(feedOf(*simulation).score(0, Part::Train).samples, std::uint64_t{400});
    QVERIFY(test(*simulation, Part::Test, 100).value());
    const auto& after = feedOf(*simulation).score(0, Part::Test);
    QCOMPARE(after.samples, std::uint64_t{100});
    QVERIFY2(after.accuracy() == 1 && after.error() < 0.1, qPrintable(QString::number(after.error())));
  }

  /// Testing teaches nothing: weights are the same afterwards.
  void testsTeachNothing() {
    const auto simulation = fed(learner::model(4, 2), plan("generator:halves"));
    QVERIFY(train(*simulation, 333));
    const auto weights = columnValues(simulation->graph().linkColumn(0));
    QVERIFY(test(*simulation, Part::Test, 50).value());
    QCOMPARE(columnValues(simulation->graph().linkColumn(0)), weights);
    QVERIFY(train(*simulation, 10));
    QVERIFY(columnValues(simulation->graph().linkColumn(0)) != weights);
  }

  /// Stopped anywhere, saved, loaded and continued: the same bits as without a stop, feeds included.
  void savedTrainingGoesOnBitForBit() {
    const auto entry = learner::entry();
    Registry registry;
    registry.add(entry);
    auto made = plan("generator:moons");
    made.examEvery = 3;
    for (const Tick stop : {1, 5, 17, 18, 163}) {
      const auto whole = fed(learner::model(2, 2), made);
      QVERIFY(train(*whole, stop + 200));
      const auto first = fed(learner::model(2, 2), made);
      QVERIFY(train(*first, stop));
      const auto saved = writeModel(entry.description, first->capture().value());
      const auto second = simulationOf(readModel(registry, saved, "saved").value());
      QVERIFY(train(*second, 200));
      QCOMPARE(second->feeding().write(), whole->feeding().write());
      QCOMPARE(hashOf(*second), hashOf(*whole));
    }
  }

  void piecesMakeAWhole() {
    const auto whole = fed(learner::model(2, 2), plan("generator:moons"));
    QVERIFY(train(*whole, 300));
    const auto pieces = fed(learner::model(2, 2), plan("generator:moons"));
    for (int piece = 0; piece < 100; ++piece) QCOMPARE(train(*pieces, 3).value(), Tick{3});
    QCOMPARE(hashOf(*pieces), hashOf(*whole));
  }

  void editsWhileItTrains() {
    auto made = plan("generator:halves");
    made.inputs[0].neurons.list = {{1}, {2}, {3}, {4}};
    made.outputs[0].neurons.list = {{5}, {6}};
    const auto simulation = fed(learner::model(4, 2), made);
    QVERIFY(train(*simulation, 7));
    const auto removed = Edit{"Remove", {RemoveNeurons{std::vector<NeuronId>{{2}, {5}}}}};
    QVERIFY(simulation->edit(removed));
    QVERIFY(train(*simulation, 1000));
    QVERIFY(test(*simulation, Part::Test, 50).value());
    // The neuron that is left still tells its class; the one that is gone is silent.
    const auto& score = feedOf(*simulation).score(0, Part::Test);
    QVERIFY2(score.accuracy() > 0.2 && feedOf(*simulation).answer(0).outputs[0] == 0,
             qPrintable(QString::number(score.accuracy())));
    QVERIFY(simulation->undo());
    QVERIFY(train(*simulation, 2000));
    QVERIFY(test(*simulation, Part::Test, 50).value());
    QCOMPARE(feedOf(*simulation).score(0, Part::Test).accuracy(), 1.0);
  }

  void stoppingActsAtOnce() {
    const auto simulation = fed(learner::model(4, 2), plan("generator:halves"));
    int left = 12;
    QCOMPARE(train(*simulation, 1000, [&] { return left-- > 0; }).value(), Tick{12});
    QCOMPARE(simulation->tick(), Tick{12});
    QCOMPARE(test(*simulation, Part::Test, 50, [] { return false; }).value(), false);
    QVERIFY(!feedOf(*simulation).testing());
  }

  void whatCannotBeFedIsRefused() {
    QVERIFY(!train(*fed(learner::model(3, 2), plan("generator:halves")), 1));
    auto made = plan("generator:halves");
    made.unit = FeedUnit::Seconds;
    QVERIFY(!train(*fed(learner::model(4, 2), made), 1));
    made = plan("generator:halves");
    made.split = {0, 0, 1, true};
    QVERIFY(!test(*fed(learner::model(4, 2), made), Part::Test, 5));
  }

  /// A tick that cannot be leaves everything as it was.
  void aRefusedTickIsNone() {
    auto made = plan("generator:halves");
    made.inputs[0].gain = 1000;  // beyond the range of the stimulus
    const auto simulation = fed(learner::model(4, 2), made);
    const auto before = hashOf(*simulation);
    for (int k = 0; k < 3; ++k) {
      QVERIFY(!train(*simulation, 1));
      QCOMPARE(hashOf(*simulation), before);
    }
  }

  /// Any dynamics that takes targets will do: here one whose stimuli act once and which rewires itself.
  void anyDynamicsWillDo() {
    auto made = plan("generator:sequence");
    made.inputs[0].columns = {3};
    std::vector<Feed> feeds;
    feeds.push_back(Feed::create(made, openData(made.source).value(), toy::entry().description).value());
    const auto simulation = Simulation::create(toy::entry(), toy::model(20, 30)).value();
    simulation->feed(Feeder(std::move(feeds)));
    QCOMPARE(train(*simulation, 500).value(), Tick{500});
    QCOMPARE(feedOf(*simulation).score(0, Part::Train).samples, std::uint64_t{100});
  }

 private:
  std::unique_ptr<FlushDenormals> flush_;
};

QTEST_GUILESS_MAIN(TestTrainer)
#include "tst_trainer.moc"
