#include <QtTest>

#include <set>
#include <thread>

#include "core/denormals.h"
#include "core/io/document.h"
#include "core/session/session.h"
#include "core/session/simulation.h"
#include "core/team.h"
#include "tests/dynamics/plexus_net.h"
#include "tests/support/session_driver.h"

using namespace plexarium;
using namespace plexarium::plexus;

namespace {

Model living(Rule rule, Executor executor, double threads, double neurons = 40) {
  auto model = madeNetwork(neurons, 4, 2, 0.5, 2, rule, 3, 3);
  model.parameters[parameter::Executor] = static_cast<double>(executor);
  model.parameters[parameter::Threads] = threads;
  return model;
}

std::unique_ptr<Simulation> simulate(Model model) { return Simulation::create(entry(), std::move(model)).value(); }

void show(Simulation& simulation, int sample) {
  const double level = sample % 2 == 0 ? 0.8 : 0.2;
  if (!simulation.stimulate({{{1}, 0, level}, {{2}, 0, level}, {{3}, 0, level - 0.1}, {{4}, 0, level + 0.1}}) ||
      !simulation.teach({sample % 2 == 0 ? 1.0 : 0.0, sample % 2 == 0 ? 0.0 : 1.0}))
    qFatal("not shown");
}

void feed(Simulation& simulation, int samples, int waves) {
  const FlushDenormals flush;
  for (int sample = 0; sample < samples; ++sample) {
    show(simulation, sample);
    for (int wave = 0; wave < waves; ++wave) simulation.step();
  }
}

/// Everything but the two parameters that say who computes.
std::string fate(Simulation& simulation) {
  auto model = simulation.capture().value();
  model.parameters[parameter::Executor] = 0;
  model.parameters[parameter::Threads] = 1;
  return stateHash(description(), model);
}

std::string fateOf(Rule rule, Executor executor, double threads) {
  auto simulation = simulate(living(rule, executor, threads));
  feed(*simulation, 6, 5);
  return fate(*simulation);
}

}  // namespace

/// Threads change how fast a network is, and never what it does.
class TestPlexusExecutors : public QObject {
  Q_OBJECT

 private slots:
  void teamSharesWork();
  void anyNumberOfThreadsIsTheSame_data();
  void anyNumberOfThreadsIsTheSame();
  void togetherReadsWhatWasBefore();
  void togetherLearns();
  void changedLiveAndSaved();
  void inASession();
};

void TestPlexusExecutors::teamSharesWork() {
  for (const std::size_t size : {1U, 2U, 5U, 64U}) {
    Team team(size);
    QVERIFY(team.size() >= 1 && team.size() <= size);
    std::vector<std::thread::id> who(team.size());
    std::vector<int> times(team.size(), 0);
    for (int round = 0; round < 50; ++round) {
      team.share([&](std::size_t member) {
        who[member] = std::this_thread::get_id();
        ++times[member];
      });
    }
    QCOMPARE(times, std::vector<int>(team.size(), 50));
    QCOMPARE(std::set(who.begin(), who.end()).size(), team.size());
    QVERIFY(who[0] == std::this_thread::get_id());
  }
}

void TestPlexusExecutors::anyNumberOfThreadsIsTheSame_data() {
  QTest::addColumn<int>("rule");
  for (int rule = 0; rule < 4; ++rule) QTest::addRow("rule %d", rule) << rule;
}

void TestPlexusExecutors::anyNumberOfThreadsIsTheSame() {
  QFETCH(int, rule);
  const auto one = fateOf(static_cast<Rule>(rule), Executor::Together, 1);
  for (const double threads : {2, 3, 7}) QCOMPARE(fateOf(static_cast<Rule>(rule), Executor::Together, threads), one);
  QCOMPARE(fateOf(static_cast<Rule>(rule), Executor::ThreadPerNeuron, 1), one);
  QVERIFY(fateOf(static_cast<Rule>(rule), Executor::InTurn, 1) != one);
}

void TestPlexusExecutors::togetherReadsWhatWasBefore() {
  // A ring of two: in turn the second one reads the new potential of the first, together the old one.
  Net net(Rule::Gradient);
  const auto in = net.add(Role::Sensory, 1);
  const auto a = net.add(Role::Inter, 0.25);
  const auto b = net.add(Role::Inter, 0.75);
  for (const auto id : {a, b}) net.link(in, id, 0.5);
  net.link(a, b, 2);
  net.link(b, a, -2);
  net.set(parameter::FiresPerWave, 1);
  net.set(parameter::Executor, static_cast<double>(Executor::Together));
  net.build();
  net.step();
  const auto phi = [](double sum) { return 1 / (1 + std::exp(-sum)); };
  QVERIFY(std::abs(net.value(a, neuron::Potential) - phi(0.5 - 2 * 0.75)) < 1e-6);
  QVERIFY(std::abs(net.value(b, neuron::Potential) - phi(0.5 + 2 * 0.25)) < 1e-6);
}

void TestPlexusExecutors::togetherLearns() {
  auto simulation = simulate(living(Rule::Gradient, Executor::Together, 2, 20));
  feed(*simulation, 40, 50);
  const FlushDenormals flush;
  for (int sample = 0; sample < 4; ++sample) {
    show(*simulation, sample);
    QVERIFY(simulation->teach({}));
    for (int wave = 0; wave < 20; ++wave) simulation->step();
    std::vector<double> outputs(2);
    simulation->readout(outputs);
    QVERIFY((outputs[0] > outputs[1]) == (sample % 2 == 0));
  }
}

void TestPlexusExecutors::changedLiveAndSaved() {
  auto simulation = simulate(living(Rule::Gradient, Executor::InTurn, 2));
  for (const auto executor : {Executor::Together, Executor::ThreadPerNeuron, Executor::InTurn, Executor::Together}) {
    QVERIFY(simulation->edit({"Set", {SetParameter{parameter::Executor, static_cast<double>(executor)}}}));
    QVERIFY(simulation->edit({"Set", {SetParameter{parameter::Threads, 3}}}));
    feed(*simulation, 2, 3);
    const auto text = writeModel(description(), simulation->capture().value());
    auto other = simulate(readModel(builtInDynamics(), text, "saved").value());
    feed(*other, 3, 2);
    feed(*simulation, 3, 2);
    QCOMPARE(fate(*other), fate(*simulation));
  }
  // More neurons than threads, and more of both while it runs.
  QVERIFY(simulation->edit({"Set", {SetParameter{parameter::Executor, static_cast<double>(Executor::ThreadPerNeuron)}}}));
  for (int k = 0; k < 40; ++k) {
    AddNeurons step{{{{}}, {"new"}, {Role::Inter}, {{}}, {}, {}}};
    QVERIFY(simulation->edit({"Add", {std::move(step)}}));
    show(*simulation, k);
    simulation->step();
  }
  QCOMPARE(simulation->graph().neuronCount(), std::size_t{80});
}

/// The threads go with the dynamics, wherever it was made and however soon it ends.
void TestPlexusExecutors::inASession() {
  for (int k = 0; k < 5; ++k) {
    auto session = Session::create(builtInDynamics(), living(Rule::Gradient, Executor::ThreadPerNeuron, 2, 24)).value();
    session->start();
    SessionDriver driver(*session);
    session->post(Run{});
    QVERIFY(driver.awaitSnapshot([](const Snapshot& snapshot) { return snapshot.tick > 3; }));
  }
}

QTEST_GUILESS_MAIN(TestPlexusExecutors)
#include "tst_plexus_executors.moc"
