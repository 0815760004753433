#include <QtTest>

#include <algorithm>
#include <numeric>
#include <thread>

#include "core/denormals.h"
#include "core/io/document.h"
#include "core/session/graph_imager.h"
#include "core/session/simulation.h"
#include "tests/dynamics/sorn_net.h"
#include "tests/support/random_edits.h"

using namespace plexarium;
using namespace plexarium::sorn;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int editCount = 5'000;
#else
constexpr int editCount = 100'000;
#endif

std::unique_ptr<Simulation> simulate(Model model) { return Simulation::create(entry(), std::move(model)).value(); }

std::string hash(Simulation& simulation) { return stateHash(description(), simulation.capture().value()); }

/// Puts something into the sensory neurons, then so many ticks.
void feed(Simulation& simulation, int sample, int ticks) {
  const FlushDenormals flush;
  std::vector<Stimulus> inputs;
  const Graph& graph = simulation.graph();
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    if (graph.roles()[row] == Role::Sensory && (row + static_cast<std::size_t>(sample)) % 3 == 0)
      inputs.push_back({graph.ids()[row], 0, 0.7});
  }
  if (!simulation.stimulate(inputs)) qFatal("not fed");
  for (int tick = 0; tick < ticks; ++tick) simulation.step();
}

Model made(sorn::Preset preset, Precision precision, double excitatory = 60, std::uint64_t seed = 1) {
  auto model =
      createNetwork(std::vector<double>{static_cast<double>(preset), excitatory, 6, 2, 0.2, 8, 0, 0, 0, 0}, seed).value();
  model.parameters[parameter::Precision] = static_cast<double>(precision);
  if (preset == sorn::Preset::Criticality) model.parameters[parameter::Births] = 1.5;
  return model;
}

/// Nothing dangles, every value is in its range and, where they were just scaled, what a neuron takes in sums to 1.
std::string unsound(const Graph& graph, bool scaled) {
  if (auto wrong = faults(graph); !wrong.empty()) return wrong;
  for (std::size_t field = 0; field < neuron::Count; ++field) {
    for (const double value : columnValues(graph.neuronColumn(field))) {
      if (auto checked = checkValue(description().neuronFields[field], value); !checked) return checked.error().text();
    }
  }
  const auto weights = graph.linkValues<double>(link::Weight);
  const auto kinds = graph.neuronValues<std::uint8_t>(neuron::Kind);
  for (const double weight : weights) {
    if (!(weight >= 0 && weight <= largestWeight)) return "a weight has left its range";
  }
  if (!scaled) return {};
  std::array<std::vector<double>, 2> sums{std::vector<double>(graph.neuronCount()),
                                          std::vector<double>(graph.neuronCount())};
  for (std::size_t l = 0; l < graph.linkCount(); ++l) sums[kinds[graph.source(l)]][graph.targets()[l]] += weights[l];
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    if (kinds[row] != static_cast<std::uint8_t>(Kind::Excitatory)) continue;
    for (const auto& sum : sums) {
      if (sum[row] != 0 && std::abs(sum[row] - 1) > 1e-6) return "inputs sum to " + std::to_string(sum[row]);
    }
  }
  return {};
}

GraphImage imageOf(const Graph& graph) {
  GraphImager imager(description());
  return imager.image(graph);
}

}  // namespace

/// Networks that are edited, saved, undone and taken back while they rewire themselves.
class TestSornLife : public QObject {
  Q_OBJECT

 private slots:
  void goesOnBitForBit_data() {
    QTest::addColumn<int>("preset");
    QTest::addColumn<int>("precision");
    for (int preset = 0; preset < 3; ++preset) {
      for (int precision = 0; precision < 2; ++precision) {
        QTest::addRow("preset %d, precision %d", preset, precision) << preset << precision;
      }
    }
  }

  void goesOnBitForBit() {
    QFETCH(int, preset);
    QFETCH(int, precision);
    const auto registry = builtInDynamics();
    const auto start = made(static_cast<sorn::Preset>(preset), static_cast<Precision>(precision));
    auto whole = simulate(start);
    auto parts = simulate(start);
    for (int sample = 0; sample < 30; ++sample) {
      feed(*whole, sample, 40);
      feed(*parts, sample, 19);
      const auto text = writeModel(description(), parts->capture().value());
      auto read = readModel(registry, text, "saved");
      QVERIFY2(read, read ? "" : read.error().text().c_str());
      QCOMPARE(writeModel(description(), *read), text);
      parts = simulate(std::move(*read));
      {
        const FlushDenormals flush;
        for (int k = 0; k < 21; ++k) parts->step();
      }
      QCOMPARE(hash(*parts), hash(*whole));
      QCOMPARE(unsound(whole->graph(), true), std::string());
      const auto kept = whole->checkpoint(nullptr).value();
      feed(*whole, 1, 30);
      QVERIFY(whole->restore(*kept));
      QCOMPARE(hash(*parts), hash(*whole));
    }
  }

  /// Somebody who looks at every tick sees births and deaths, and changes nothing.
  void lookingChangesNothing() {
    const auto start = made(sorn::Preset::Criticality, Precision::Fast);
    auto seen = simulate(start);
    auto unseen = simulate(start);
    double born = 0;
    double pruned = 0;
    const auto before = static_cast<double>(seen->graph().linkCount());
    const auto revision = seen->graph().revisions().topology;
    for (int k = 0; k < 1500; ++k) {
      const FlushDenormals flush;
      const auto metrics = seen->step().value();
      born += metrics[metric::Born];
      pruned += metrics[metric::Pruned];
      if (seen->graph().linkCount() != static_cast<std::size_t>(before + born - pruned)) QFAIL("the graph misses a change");
      unseen->step();
    }
    QVERIFY(born > 100 && pruned > 100);
    QVERIFY(seen->graph().revisions().topology > revision);
    const auto births = seen->graph().linkValues<double>(link::Born);
    QVERIFY(std::ranges::any_of(births, [](double tick) { return tick > 1000; }));
    QVERIFY(std::ranges::any_of(births, [](double tick) { return tick == -1; }));
    QCOMPARE(hash(*unseen), hash(*seen));
  }

  /// Nothing is shared between networks, as parameters are in the package: alone, or two at a time on two threads beside a
  /// third with other parameters, a network does the same.
  void sameBitsOnTwoThreads() {
    const auto live = [](sorn::Preset preset, std::uint64_t seed) {
      auto simulation = simulate(made(preset, Precision::Fast, 60, seed));
      for (int sample = 0; sample < 20; ++sample) feed(*simulation, sample, 50);
      return hash(*simulation);
    };
    const auto alone = live(sorn::Preset::Criticality, 3);
    std::array<std::string, 2> beside;
    {
      std::vector<std::jthread> threads;
      for (auto& one : beside) threads.emplace_back([&] { one = live(sorn::Preset::Criticality, 3); });
      threads.emplace_back([&] { live(sorn::Preset::Package, 3); });
    }
    for (const auto& one : beside) QCOMPARE(one, alone);
    QVERIFY(live(sorn::Preset::Criticality, 4) != alone);
  }

  /// Where growth alone runs the package changes the caller's weights, so that its whole history is the last state.
  void whatWasCopiedStays() {
    auto simulation = simulate(made(sorn::Preset::Package, Precision::Fast));
    for (const auto rule : {parameter::Stdp, parameter::Ip, parameter::InhibitoryStdp, parameter::Scaling})
      QVERIFY(simulation->edit({"Off", {SetParameter{rule, 0}}}));
    QVERIFY(simulation->edit({"Grow", {SetParameter{parameter::Births, 2}}}));
    const auto copy = simulation->capture().value();
    const auto links = copy.graph.linkCount();
    feed(*simulation, 0, 50);
    QCOMPARE(copy.graph.linkCount(), links);
    QCOMPARE(simulation->graph().linkCount(), links + 100);
  }

  void everyRuleIsASwitch_data() {
    QTest::addColumn<int>("rules");
    for (int rules = 0; rules < 32; ++rules) QTest::addRow("rules %d", rules) << rules;
  }

  /// Also with noise, rates and limits at their extremes, switched while it runs: no crash, and everything in range.
  void everyRuleIsASwitch() {
    QFETCH(int, rules);
    const RandomStream chance(static_cast<std::uint64_t>(rules), 5);
    auto simulation = simulate(made(static_cast<sorn::Preset>(rules % 3), static_cast<Precision>(rules % 2), 30));
    const auto set = [&](std::size_t which, double value) {
      if (!simulation->edit({"Set", {SetParameter{which, value}}})) qFatal("not set");
    };
    for (std::size_t rule = 0; rule < 5; ++rule) set(rule, (rules >> rule) & 1);
    feed(*simulation, 0, 100);
    for (std::uint32_t round = 0; round < 40; ++round) {
      for (std::uint32_t k = 0; k < 4; ++k) {
        const auto which = chance.below(parameter::Count, round, 2 * k);
        const auto& field = description().parameters[which];
        const auto end = chance.below(3, round, 2 * k + 1);
        const double usual = presetParameters(sorn::Preset::Criticality, 0.1)[which];
        set(which, end == 0 ? field.minimum : end == 1 ? field.maximum : usual);
      }
      for (std::size_t rule = 0; rule < 5; ++rule) set(rule, (rules >> rule) & 1);
      feed(*simulation, static_cast<int>(round), 10);
      QCOMPARE(unsound(simulation->graph(), false), std::string());
      auto other = simulate(simulation->capture().value());
      feed(*other, 1, 10);
      feed(*simulation, 1, 10);
      QCOMPARE(hash(*other), hash(*simulation));
    }
  }

  void liveEdits() {
    auto start = made(sorn::Preset::Criticality, Precision::Fast, 24);
    const auto wanted = canonicalDump(description(), start);
    auto simulation = simulate(start);
    std::vector<std::size_t> parameters(parameter::Count);
    std::iota(parameters.begin(), parameters.end(), std::size_t{0});
    RandomEdits edits(description(), 5, parameters, 20, 40);
    const RandomStream choice(9, 9);
    int refused = 0;
    for (int k = 0; k < editCount; ++k) {
      const auto index = static_cast<std::uint64_t>(k);
      switch (choice.below(10, index)) {
        case 0:
          refused += simulation->undo() ? 0 : 1;
          break;
        case 1:
          refused += simulation->redo() ? 0 : 1;
          break;
        default:
          refused += simulation->edit(edits.next(imageOf(simulation->graph()))) ? 0 : 1;
      }
      if (k % 7 == 0) feed(*simulation, k / 7, 1 + k % 3);
      if (k % 250 != 0) continue;
      QCOMPARE(unsound(simulation->graph(), false), std::string());
      // What is saved goes on like what was left.
      auto other = simulate(simulation->capture().value());
      feed(*other, k, 3);
      feed(*simulation, k, 3);
      QCOMPARE(hash(*other), hash(*simulation));
      QVERIFY(simulation->edit({"Scale", {SetParameter{parameter::Scaling, 1}, SetParameter{parameter::BirthsLast, 0}}}));
      feed(*simulation, k, 1);
      QCOMPARE(unsound(simulation->graph(), true), std::string());
    }
    QVERIFY2(refused < editCount / 2, "most edits were refused: the test tests little");
    QVERIFY(simulation->graph().neuronCount() > 10);
    QVERIFY(simulation->returnToStart());
    while (simulation->undo()) {
    }
    QVERIFY(simulation->returnToStart());
    QCOMPARE(canonicalDump(description(), simulation->capture().value()), wanted);
  }
};

QTEST_GUILESS_MAIN(TestSornLife)
#include "tst_sorn_life.moc"
