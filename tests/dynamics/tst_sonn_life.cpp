#include <QtTest>

#include <cmath>
#include <numeric>

#include "core/denormals.h"
#include "core/dynamics/sonn/creation.h"
#include "core/graph/wiring.h"
#include "core/io/document.h"
#include "core/session/graph_imager.h"
#include "core/session/trainer.h"
#include "tests/dynamics/sonn_net.h"
#include "tests/support/random_edits.h"

using namespace plexarium;
using namespace plexarium::sonn;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int usualEdits = 1000;
#else
constexpr int usualEdits = 4000;
#endif

/// Ten columns for drawn digits of two grey levels; in `feeding` of their neurons the others may find inputs.
Model digitsModel(double feeding) {
  auto model = createNetwork(std::vector<double>{28, 28, 1, 2, 10, 2, 6, 8, feeding, 0, 2000}, 5).value();
  model.parameters[parameter::Block] = 16;
  return model;
}

Feeder digitsFeeder(std::size_t examEvery = 0) {
  FeedPlan plan;
  plan.source.place = "generator:digits";
  plan.duration = plan.examDuration = 1;
  plan.order = FeedOrder::Shuffled;
  plan.examEvery = examEvery;
  plan.inputs[0].coding = {InputCode::Thermometer, 2};
  std::vector<Feed> feeds;
  feeds.push_back(Feed::create(plan, openData(plan.source).value(), description()).value());
  return Feeder(std::move(feeds));
}

std::unique_ptr<Simulation> simulate(Model model) { return Simulation::create(entry(), std::move(model)).value(); }

std::unique_ptr<Simulation> trainee(std::size_t examEvery = 0, double feeding = 0) {
  auto simulation = simulate(digitsModel(feeding));
  simulation->feed(digitsFeeder(examEvery));
  return simulation;
}

std::string hash(Simulation& simulation) { return stateHash(description(), simulation.capture().value()); }

/// Shows some receptors at random and teaches a class at random, whatever neurons there are.
void live(Simulation& simulation, std::uint64_t seed, int samples) {
  const RandomStream random(seed, 77);
  for (int k = 0; k < samples; ++k) {
    const auto index = static_cast<std::uint64_t>(k);
    std::vector<Stimulus> stimuli;
    std::size_t motors = 0;
    const auto& graph = simulation.graph();
    for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
      if (graph.roles()[row] == Role::Motor) ++motors;
      if (graph.roles()[row] == Role::Sensory)
        stimuli.push_back({graph.ids()[row], 0, double{1} * random.below(2, index, static_cast<std::uint32_t>(row))});
    }
    QVERIFY(simulation.stimulate(stimuli));
    if (motors > 0) {
      std::vector<double> targets(motors, 0.0);
      targets[random.below(static_cast<std::uint32_t>(motors), index, 1000000)] = 1;
      QVERIFY(simulation.teach(targets));
    }
    QVERIFY(simulation.step());
  }
}

/// Every connection leads from a receptor or a cell that feeds others to a cell within its cap, no cell has more than its
/// slots grew into, weights are not below the least unless the parameters have been changed, and the counts agree.
std::string mirrorFaults(Simulation& simulation, double connections) {
  const auto& graph = simulation.graph();
  if (auto wrong = faults(graph); !wrong.empty()) return wrong;
  std::vector<int> degree(graph.neuronCount(), 0);
  std::size_t count = 0;
  const auto feeds = [&](std::size_t row) { return columnValue(graph.neuronColumn(neuron::Feeds), row) != 0; };
  const auto connects = [&](std::size_t l) {
    const auto from = graph.source(l);
    const auto to = graph.targets()[l];
    if (graph.roles()[to] != Role::Inter) return false;
    return graph.roles()[from] == Role::Sensory || (graph.roles()[from] == Role::Inter && feeds(from) && !feeds(to));
  };
  for (std::size_t l = 0; l < graph.linkCount(); ++l) {
    if (!connects(l)) continue;
    ++count;
    ++degree[graph.targets()[l]];
  }
  for (std::size_t l = 0; l < graph.linkCount(); ++l) {
    if (!connects(l)) continue;
    const auto weight = columnValue(graph.linkColumn(link::Weight), l);
    if (std::abs(weight) * degree[graph.targets()[l]] > largestSum) return "a weight is beyond what sums can hold";
  }
  return connections == static_cast<double>(count) ? "" : "the dynamics counts other connections than the graph has";
}

GraphImage imageOf(const Graph& graph) {
  static GraphImager imager(description());
  imager.forget();
  return imager.image(graph);
}

}  // namespace

/// The dynamics in its surroundings: feeds, saving, edits while it learns.
class TestSonnLife : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { flush_ = std::make_unique<FlushDenormals>(); }

  /// With exams in between, so that blocks come in parts.
  void manyAtATimeAreTheSameAsOneByOne() {
    for (const auto& [examEvery, feeding] : {std::pair<std::size_t, double>{0, 0}, {3, 0}, {20, 0}, {20, 0.5}}) {
      const auto many = trainee(examEvery, feeding);
      QVERIFY(many->takesMany());
      QCOMPARE(train(*many, 500).value(), Tick{500});
      const auto single = trainee(examEvery, feeding);
      for (int k = 0; k < 500; ++k) QVERIFY(single->step());
      QCOMPARE(hash(*many), hash(*single));
      QVERIFY(std::ranges::equal(many->graph().lastFired(), single->graph().lastFired()));
      QCOMPARE(many->feeding().feeder().write(), single->feeding().feeder().write());
      for (const auto part : {Part::Train, Part::Validation}) {
        const auto& one = many->feeding().feeder().feeds()[0].score(0, part);
        const auto& other = single->feeding().feeder().feeds()[0].score(0, part);
        QCOMPARE(one.samples, other.samples);
        QCOMPARE(one.correct, other.correct);
        QCOMPARE(one.absoluteError, other.absoluteError);
      }
      QVERIFY(many->graph().linkCount() > 300);
    }
  }

  /// A look at the neurons alone shows what a whole one does, and changes nothing of either.
  void aGlanceShowsTheNeuronsOfAWholeLook() {
    const auto run = [](double feeding, bool glances) {
      auto model = digitsModel(feeding);
      const auto dynamics = entry().make();
      Network network{model.graph, model.parameters, model.seed, 0};
      if (!dynamics->build(network)) qFatal("does not fit");
      auto feeder = digitsFeeder();
      feeder.bind(model.graph, false);
      std::vector<Appearance> seen;
      for (int k = 0; k < 20; ++k) {
        const auto lessons = feeder.presentMany(23).value();
        std::vector<double> metrics(lessons.ticks * metric::Count);
        std::vector<double> outputs(lessons.ticks * feeder.motorCount());
        dynamics->stepMany(network, lessons, metrics, outputs);
        feeder.observeMany(outputs);
        network.tick += static_cast<Tick>(lessons.ticks);
        auto& look = seen.emplace_back();
        if (!glances) {
          dynamics->publish(network, &look);
        } else if (const auto links = model.graph.linkCount();
                   !dynamics->glance(network, look) || !look.linkStyle.empty() || model.graph.linkCount() != links) {
          qFatal("more than a glance");
        }
      }
      return seen;
    };
    for (const double feeding : {0.0, 0.5}) {
      const auto whole = run(feeding, false);
      const auto quick = run(feeding, true);
      for (std::size_t k = 0; k < whole.size(); ++k) {
        QCOMPARE(quick[k].phase, whole[k].phase);
        QCOMPARE(quick[k].level, whole[k].level);
        QCOMPARE(quick[k].lastFired, whole[k].lastFired);
        QCOMPARE(quick[k].store.size(), whole[k].store.size());
        QCOMPARE(quick[k].progress.size(), whole[k].progress.size());
      }
      QVERIFY(whole.front().level != whole.back().level);
    }
  }

  /// Stopped within a block or at its end, saved with its feed, loaded and continued.
  void savedTrainingGoesOnBitForBit() {
    for (const Tick stop : {0, 1, 16, 37, 200}) {
      const double feeding = stop == 37 ? 0.5 : 0;
      const auto whole = trainee(0, feeding);
      QVERIFY(train(*whole, stop + 150));
      const auto first = trainee(0, feeding);
      QVERIFY(train(*first, stop));
      Registry registry;
      registry.add(entry());
      const auto saved = writeModel(description(), first->capture().value());
      const auto second = simulate(readModel(registry, saved, "saved").value());
      QCOMPARE(hash(*second), hash(*first));
      QVERIFY(train(*second, 150));
      QCOMPARE(hash(*second), hash(*whole));
    }
  }

  void editsOfParametersActAtOnce() {
    const auto simulation = trainee();
    QVERIFY(train(*simulation, 300));
    const auto links = simulation->graph().linkCount();
    QVERIFY(simulation->edit({"Stop growth", {SetParameter{parameter::Growth, 0}}}));
    QVERIFY(simulation->edit({"Prune all", {SetParameter{parameter::Prune, 1000}, SetParameter{parameter::Decay, 100}}}));
    QVERIFY(train(*simulation, 200));
    QVERIFY(simulation->graph().linkCount() < 80);  // the 60 votes and what few weights are above 1000
    QVERIFY(links > 200);
    QVERIFY(simulation->undo());
    QVERIFY(simulation->undo());
    QVERIFY(train(*simulation, 300));
    QVERIFY(simulation->graph().linkCount() > 200);
  }

  void lesionsAreRegrown() {
    const auto simulation = trainee();
    QVERIFY(train(*simulation, 400));
    std::vector<LinkKey> keys;
    const auto& graph = simulation->graph();
    for (std::size_t l = 0; l < graph.linkCount(); ++l) {
      if (graph.roles()[graph.source(l)] == Role::Sensory) keys.push_back(graph.key(l));
    }
    QVERIFY(simulation->edit({"Cut", {RemoveLinks{keys}}}));
    QCOMPARE(simulation->graph().linkCount(), std::size_t{60});
    QVERIFY(train(*simulation, 400));
    QVERIFY(simulation->graph().linkCount() > 200);
  }

  void randomEditsWhileItLearns();

 private:
  std::unique_ptr<FlushDenormals> flush_;
};

void TestSonnLife::randomEditsWhileItLearns() {
  const int wanted = qEnvironmentVariableIntValue("PLEXARIUM_RANDOM_EDITS");
  const int editCount = wanted > 0 ? wanted : usualEdits;
  auto start = createNetwork(std::vector<double>{4, 4, 1, 2, 3, 2, 4, 5, 0.5, 0, 0}, 5).value();
  start.parameters[parameter::Block] = 8;
  const auto before = canonicalDump(description(), start);
  const auto simulation = simulate(start);
  std::vector<std::size_t> parameters(parameter::Count);
  std::iota(parameters.begin(), parameters.end(), std::size_t{0});
  RandomEdits edits(description(), 5, parameters, 30, 70);
  const RandomStream choice(9, 9);
  int refused = 0;
  std::size_t most = 0;
  for (int k = 0; k < editCount; ++k) {
    switch (choice.below(10, static_cast<std::uint64_t>(k))) {
      case 0:
        refused += simulation->undo() ? 0 : 1;
        break;
      case 1:
        refused += simulation->redo() ? 0 : 1;
        break;
      default:
        refused += simulation->edit(edits.next(imageOf(simulation->graph()))) ? 0 : 1;
    }
    if (k % 3 == 0) live(*simulation, static_cast<std::uint64_t>(k), 1 + k % 5);
    most = std::max(most, simulation->graph().linkCount());
    if (k % 250 != 0) continue;
    // What is saved goes on like what was left: no list of the dynamics' own has missed an edit.
    const auto other = simulate(simulation->capture().value());
    live(*other, static_cast<std::uint64_t>(k), 12);
    live(*simulation, static_cast<std::uint64_t>(k), 12);
    QCOMPARE(hash(*other), hash(*simulation));
    const auto metrics = simulation->step().value();
    QCOMPARE(mirrorFaults(*simulation, metrics[metric::Connections]), std::string());
  }
  QVERIFY2(refused < editCount / 2, "most edits were refused: the test tests little");
  QVERIFY2(most > 50, "hardly anything grew");
  QVERIFY(simulation->returnToStart());
  while (simulation->undo()) {
  }
  QVERIFY(simulation->returnToStart());
  QCOMPARE(canonicalDump(description(), simulation->capture().value()), before);
}

QTEST_GUILESS_MAIN(TestSonnLife)
#include "tst_sonn_life.moc"
