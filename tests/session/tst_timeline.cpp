#include <QtTest>

#include <chrono>
#include <map>
#include <numeric>

#include "core/denormals.h"
#include "core/io/document.h"
#include "core/session/timeline.h"
#include "tests/support/random_edits.h"
#include "tests/support/session_driver.h"
#include "tests/support/toy/toy.h"

using namespace plexarium;

namespace {

Registry everyDynamics() {
  Registry registry = builtInDynamics();
  registry.add(toy::entry());
  return registry;
}

Edit addNeuron(const char* name) {
  return {std::string("Add ") + name, {AddNeurons{{{{}}, {name}, {Role::Inter}, {{}}, {}, {}}}}};
}

/// A network whose hash at every tick of every branch is written down as it lives.
class Life {
 public:
  explicit Life(const DynamicsEntry& entry, Model model, Timeline::Limits limits = {})
      : description_(entry.description),
        simulation_(std::move(Simulation::create(entry, std::move(model)).value())),
        timeline_(std::make_unique<Timeline>(*simulation_, limits)) {
    note();
  }

  Timeline& timeline() { return *timeline_; }
  Simulation& simulation() { return *simulation_; }
  std::string hash() { return stateHash(description_, simulation_->capture().value()); }
  void note() { hashes_[timeline_->branch()][simulation_->tick()] = hash(); }
  bool step() { return timeline_->step() && timeline_->repeatDeeds(); }
  bool live(Tick ticks) {
    for (; ticks > 0; --ticks) {
      if (!step()) return false;
      note();
    }
    return true;
  }
  bool perform(Deed deed) {
    const bool done = timeline_->perform(std::move(deed)).has_value();
    note();
    return done;
  }
  /// Goes to the tick and all the way.
  bool travel(Result<Tick> left) {
    if (!left) return false;
    for (; *left > 0; --*left) {
      if (!step()) return false;
    }
    return true;
  }
  bool goTo(Tick tick) { return travel(timeline_->goTo(tick)) && simulation_->tick() == tick; }
  /// Whether the network is what it was, on this branch, at this tick.
  bool asItWas() { return hash() == hashes_.at(timeline_->branch()).at(simulation_->tick()); }

 private:
  const Description& description_;
  FlushDenormals flush_;
  std::unique_ptr<Simulation> simulation_;
  std::unique_ptr<Timeline> timeline_;
  std::map<std::uint32_t, std::map<Tick, std::string>> hashes_;
};

/// Lives `ticks` ticks with edits, undos, redos and stimuli in between; how many deeds were done.
int livePlayfully(Life& life, const Description& description, Tick ticks, std::uint64_t seed) {
  std::vector<std::size_t> parameters(description.parameters.size());
  std::iota(parameters.begin(), parameters.end(), std::size_t{0});
  if (description.key == "toy") parameters = {toy::Rewires};
  RandomEdits edits(description, seed, parameters, 5, 60);
  const RandomStream choice(seed, 9);
  Snapshot seen;
  int deeds = 0;
  for (Tick tick = 0; tick < ticks; ++tick) {
    switch (choice.below(20, static_cast<std::uint64_t>(tick))) {
      case 0:
      case 1:
      case 2:
        life.simulation().show(seen);
        deeds += life.perform(ApplyEdit{edits.next(seen.graph)}) ? 1 : 0;
        break;
      case 3:
        deeds += life.perform(Undo{}) ? 1 : 0;
        break;
      case 4:
        deeds += life.perform(Redo{}) ? 1 : 0;
        break;
      case 5:
        deeds += life.perform(Stimulate{{{life.simulation().graph().ids()[0], 0, 1}}}) ? 1 : 0;
        break;
      case 6:
        if (description.key == "toy") {
          const auto roles = life.simulation().graph().roles();
          const auto motors = static_cast<std::size_t>(std::ranges::count(roles, Role::Motor));
          deeds += life.perform(Teach{std::vector<double>(motors, 0.75)}) ? 1 : 0;
        }
        break;
      default:
        break;
    }
    if (!life.live(1)) return -1;
  }
  return deeds;
}

}  // namespace

class TestTimeline : public QObject {
  Q_OBJECT

 private slots:
  void backAndForward_data();
  void backAndForward();
  void replaysAtOnce();
  void branches();
  void undoListBelongsToTheBranch();
  void returnToStartIsABranch();
  void idsAreNotSharedBetweenBranches();
  void refusesWhatIsNotThere();
  void memoryIsBounded();
  void tooLargeForAPast();
  void oldBranchesAreForgotten();
  void checkpointsAreCheap();
};

void TestTimeline::backAndForward_data() {
  QTest::addColumn<QString>("dynamics");
  QTest::addColumn<bool>("deeds");
  const auto registry = everyDynamics();
  for (const auto& entry : registry.entries()) {
    const auto& key = entry.description.key;
    QTest::addRow("%s", key.c_str()) << QString::fromStdString(key) << false;
    QTest::addRow("%s, edited and stimulated", key.c_str()) << QString::fromStdString(key) << true;
  }
}

/// 500 steps back and 500 forward, and every tick is the one it was.
void TestTimeline::backAndForward() {
  QFETCH(QString, dynamics);
  QFETCH(bool, deeds);
  const auto registry = everyDynamics();
  const auto& entry = *registry.find(dynamics.toStdString());
  auto values = initialValues(entry.description.creationFields);
  Life life(entry, create(entry, values, 5).value());
  if (deeds) {
    QVERIFY(livePlayfully(life, entry.description, 800, 3) > 100);
  } else {
    QVERIFY(life.live(800));
  }
  for (Tick tick = 799; tick >= 300; --tick) {
    QVERIFY(life.goTo(tick));
    QVERIFY2(life.asItWas(), qPrintable(QString("back at tick %1").arg(tick)));
  }
  for (Tick tick = 301; tick <= 800; ++tick) {
    QVERIFY(life.goTo(tick));
    QVERIFY2(life.asItWas(), qPrintable(QString("forward at tick %1").arg(tick)));
  }
  QCOMPARE(life.timeline().branch(), 0U);
  QVERIFY(!life.timeline().inThePast());
  // From anywhere to anywhere.
  const RandomStream jumps(7, 7);
  for (std::uint64_t k = 0; k < 50; ++k) {
    QVERIFY(life.goTo(jumps.below(801, k)));
    QVERIFY(life.asItWas());
  }
}

void TestTimeline::replaysAtOnce() {
  Life life(toy::entry(), toy::model(20, 60, 7));
  QVERIFY(livePlayfully(life, toy::entry().description, 300, 4) > 20);
  QVERIFY(life.goTo(100));
  for (Tick tick = 101; tick <= 300; ++tick) {  // as Run and StepTicks do
    QVERIFY(life.timeline().inThePast());
    QVERIFY(life.step());
    QVERIFY(life.asItWas());
  }
  QVERIFY(life.live(10));
  QCOMPARE(life.timeline().head(), Tick{310});
}

void TestTimeline::branches() {
  Life life(toy::entry(), toy::model(20, 60, 7));
  auto& timeline = life.timeline();
  QVERIFY(livePlayfully(life, toy::entry().description, 200, 4) > 20);
  QVERIFY(life.goTo(120));
  QVERIFY(!timeline.perform(Stimulate{{{{1}, 9, 1}}}));  // refused: no branch
  QCOMPARE(timeline.branch(), 0U);
  QVERIFY(life.perform(ApplyEdit{addNeuron("Newcomer")}));
  QCOMPARE(timeline.branch(), 1U);
  QCOMPARE(timeline.head(), Tick{120});
  QVERIFY(livePlayfully(life, toy::entry().description, 100, 5) > 10);
  QCOMPARE(timeline.branches()->size(), std::size_t{2});
  const auto& second = timeline.branches()->back();
  QCOMPARE(second.parent, 0U);
  QCOMPARE(second.fork, Tick{120});
  QCOMPARE(second.label, std::string("Add Newcomer"));
  QCOMPARE(timeline.branches()->front().head, Tick{200});
  // The past before the fork belongs to the new branch, too; a third begins there.
  QVERIFY(life.goTo(60));
  QVERIFY(life.perform(Stimulate{{{{1}, 0, 1}}}));
  QCOMPARE(timeline.branch(), 2U);
  QVERIFY(life.live(30));
  for (const auto& [branch, head] : {std::pair(0U, Tick{200}), std::pair(1U, Tick{220}), std::pair(2U, Tick{90}),
                                     std::pair(0U, Tick{200}), std::pair(2U, Tick{90})}) {
    QVERIFY(life.travel(timeline.switchTo(branch)));
    QCOMPARE(timeline.branch(), branch);
    QCOMPARE(life.simulation().tick(), head);
    QVERIFY(life.asItWas());
    QVERIFY(life.goTo(head - 25));
    QVERIFY(life.asItWas());
  }
  // A branch that was left goes on from its head as if nothing had happened.
  QVERIFY(life.travel(timeline.switchTo(0)));
  QVERIFY(life.live(20));
  QCOMPARE(timeline.head(), Tick{220});
  QVERIFY(life.goTo(205));
  QVERIFY(life.asItWas());
}

void TestTimeline::undoListBelongsToTheBranch() {
  Life life(toy::entry(), toy::model(20, 60, 7));
  auto& timeline = life.timeline();
  Snapshot seen;
  const auto undoLabel = [&] {
    life.simulation().show(seen);
    return seen.undoLabel;
  };
  QVERIFY(life.live(10));
  QVERIFY(life.perform(ApplyEdit{addNeuron("A")}));
  const auto revision = life.simulation().editRevision();
  QVERIFY(life.live(10));
  QVERIFY(life.perform(ApplyEdit{addNeuron("B")}));
  QVERIFY(life.live(10));
  QVERIFY(life.goTo(15));
  QCOMPARE(undoLabel(), std::string("Add A"));
  QCOMPARE(life.simulation().editRevision(), revision);
  QVERIFY(life.goTo(9));
  QCOMPARE(undoLabel(), std::string());
  QCOMPARE(life.simulation().editRevision(), std::uint64_t{0});
  QVERIFY(life.goTo(25));
  QCOMPARE(undoLabel(), std::string("Add B"));
  QVERIFY(life.perform(Undo{}));  // a deed: a branch of its own, at the same tick
  QCOMPARE(timeline.branch(), 1U);
  QCOMPARE(life.simulation().tick(), Tick{25});
  QCOMPARE(undoLabel(), std::string("Add A"));
  const auto other = life.simulation().editRevision();
  QVERIFY(life.travel(timeline.switchTo(0)));
  QCOMPARE(undoLabel(), std::string("Add B"));
  QVERIFY(life.simulation().editRevision() != other);
  QVERIFY(life.travel(timeline.switchTo(1)));
  QCOMPARE(undoLabel(), std::string("Add A"));
  QVERIFY(seen.redoLabel == "Add B");
  QVERIFY(life.perform(Redo{}));
}

void TestTimeline::returnToStartIsABranch() {
  Life life(toy::entry(), toy::model(20, 60, 7));
  auto& timeline = life.timeline();
  QVERIFY(livePlayfully(life, toy::entry().description, 100, 6) > 10);
  QVERIFY(life.perform(ReturnToStart{}));
  QCOMPARE(timeline.branch(), 1U);
  QCOMPARE(life.simulation().tick(), Tick{0});
  QCOMPARE(timeline.pastBegin(), Tick{0});
  QCOMPARE(timeline.head(), Tick{0});
  QVERIFY(livePlayfully(life, toy::entry().description, 60, 8) > 5);
  QVERIFY(life.goTo(20));
  QVERIFY(life.asItWas());
  QVERIFY(life.goTo(0));
  QVERIFY(life.travel(timeline.switchTo(0)));
  QCOMPARE(life.simulation().tick(), Tick{100});
  QVERIFY(life.asItWas());
  QVERIFY(life.goTo(33));
  QVERIFY(life.asItWas());
  // Again and again without a tick in between leaves nothing behind.
  for (int k = 0; k < 5; ++k) QVERIFY(life.perform(ReturnToStart{}));
  QCOMPARE(timeline.branches()->size(), std::size_t{3});
}

void TestTimeline::idsAreNotSharedBetweenBranches() {
  Life life(toy::entry(), toy::model(20, 60, 7));
  QVERIFY(life.live(20));
  const auto first = life.timeline().perform(ApplyEdit{addNeuron("A")});
  QCOMPARE(first->at(0), NeuronId{21});
  QVERIFY(life.live(5));
  QVERIFY(life.goTo(10));
  const auto second = life.timeline().perform(ApplyEdit{addNeuron("B")});
  QCOMPARE(second->at(0), NeuronId{22});
  life.note();
  QVERIFY(life.live(5));
  QVERIFY(life.goTo(10));
  QVERIFY(life.asItWas());
  QVERIFY(!life.timeline().perform(ApplyEdit{{"", {RemoveNeurons{{{99}}}}}}));
  QVERIFY(life.asItWas());
}

void TestTimeline::refusesWhatIsNotThere() {
  Life life(toy::entry(), toy::model(20, 60, 7));
  QCOMPARE(life.timeline().goTo(0).value(), Tick{0});
  QVERIFY(!life.timeline().goTo(1));
  QVERIFY(life.live(10));
  QVERIFY(!life.timeline().goTo(-1));
  const auto refused = life.timeline().goTo(11);
  QVERIFY(!refused && refused.error().advice == "There are ticks 0 to 10");
  QVERIFY(!life.timeline().switchTo(1));
  QVERIFY(life.asItWas());
}

void TestTimeline::memoryIsBounded() {
  Timeline::Limits limits;
  limits.bytes = std::size_t{3} << 20;
  auto model = toy::model(2000, 20000);  // rewires: topology and weights change on every tick
  Life life(toy::entry(), std::move(model), limits);
  auto& timeline = life.timeline();
  QVERIFY(life.live(20));
  const auto one = GraphArchive::bytes(life.simulation().graph());
  for (int round = 0; round < 20; ++round) {
    QVERIFY(life.live(20));
    QVERIFY(life.goTo(20 * round + 15));
    QVERIFY(life.asItWas());
    QVERIFY(life.goTo(timeline.head()));
    QVERIFY(timeline.bytes() <= limits.bytes);
  }
  QVERIFY(timeline.checkpointCount() >= limits.bytes / one - 1);
  QCOMPARE(timeline.pastBegin(), Tick{0});
  for (const Tick tick : {0, 77, 300, 415, 1, 420}) {
    QVERIFY(life.goTo(tick));
    QVERIFY(life.asItWas());
  }
  // As many as there may be, and no more.
  Timeline::Limits few;
  few.checkpoints = 10;
  Life other(toy::entry(), toy::model(10, 10), few);
  QVERIFY(other.live(300));
  for (Tick tick = 300; tick > 200; --tick) QVERIFY(other.goTo(tick) && other.asItWas());
  QVERIFY(other.timeline().checkpointCount() <= few.checkpoints);
}

void TestTimeline::tooLargeForAPast() {
  Timeline::Limits limits;
  limits.bytes = 1000;
  Life life(toy::entry(), toy::model(20, 60), limits);
  QVERIFY(life.perform(ApplyEdit{addNeuron("A")}));
  QVERIFY(life.live(10));
  QCOMPARE(life.timeline().pastBegin(), Tick{10});
  QCOMPARE(life.timeline().head(), Tick{10});
  QVERIFY(!life.timeline().goTo(5) && !life.timeline().log());
  QVERIFY(life.perform(ReturnToStart{}));
  QVERIFY(life.live(3) && life.perform(Undo{}));
  QCOMPARE(life.timeline().bytes(), std::size_t{0});
}

void TestTimeline::oldBranchesAreForgotten() {
  Timeline::Limits limits;
  limits.branches = 4;
  Life life(toy::entry(), toy::model(20, 60), limits);
  QVERIFY(life.live(10));
  for (int k = 0; k < 10; ++k) {
    QVERIFY(life.goTo(5) && life.perform(Stimulate{{{{1}, 0, 1}}}) && life.live(5));
    QVERIFY(life.timeline().branches()->size() <= 4);
  }
  QCOMPARE(life.timeline().branches()->back().number, 10U);
  QVERIFY(!life.timeline().switchTo(0));
  QVERIFY(life.travel(life.timeline().switchTo(8)) && life.asItWas());
  const auto log = life.timeline().log();  // the whole way here, forgotten branches or not
  QVERIFY(log && log->entries.size() == 8 && log->beginning.tick == 0);
}

/// What a past costs at full speed: shown, and far from a doubling even on a busy machine.
void TestTimeline::checkpointsAreCheap() {
  const auto registry = everyDynamics();
  for (const auto& entry : registry.entries()) {
    const auto model = create(entry, initialValues(entry.description.creationFields), 5).value();
    const auto rate = [&](bool past) {
      const FlushDenormals flush;
      const auto simulation = std::move(Simulation::create(entry, model).value());
      Timeline timeline(*simulation);
      const auto began = std::chrono::steady_clock::now();
      std::chrono::duration<double> time{};
      Tick ticks = 0;
      while (time.count() < 0.2) {
        for (int k = 0; k < 100; ++k, ++ticks)
          past ? static_cast<void>(timeline.step()) : static_cast<void>(simulation->step());
        time = std::chrono::steady_clock::now() - began;
      }
      return static_cast<double>(ticks) / time.count();
    };
    double bare = 0;
    double remembered = 0;
    for (int k = 0; k < 3; ++k) {
      bare = std::max(bare, rate(false));
      remembered = std::max(remembered, rate(true));
    }
    qInfo("%s: %.0f ticks/s, with its past %.0f (%.1f %% less)", entry.description.key.c_str(), bare, remembered,
          100 * (1 - remembered / bare));
    QVERIFY(remembered > bare / 2);
  }
}

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
