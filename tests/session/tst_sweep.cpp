#include <QtTest>

#include <atomic>
#include <cmath>
#include <limits>

#include "core/session/simulation.h"
#include "core/session/sweep.h"
#include "tests/dynamics/synann_net.h"
#include "tests/support/toy/toy.h"

using namespace plexarium;

namespace {

namespace neuron = synann::neuron;

/// Two synapses that feed each other: Y becomes gain of X times Y (1 - Y).
struct Logistic : synann::Net {
  NeuronId x = add({.probability = 0.3, .gain = 3.2});
  NeuronId y = add({.probability = 0.4, .gain = 4});

  Logistic() {
    excite(x, x);
    excite(x, y);
    inhibit(y, x);
    inhibit(y, y);
    model.parameters[synann::parameter::Mode] = static_cast<double>(synann::Mode::Time);
  }
  [[nodiscard]] SweepPlan plan(double from, double to, std::size_t steps) const {
    return {{NeuronHandle{x, neuron::Gain}, from, to, steps}, std::nullopt, y, neuron::Probability, 500, 64, false};
  }
};

/// One synapse: target = x (1 - y), settled; nobody is held.
struct Synapse : synann::Net {
  NeuronId x = add({.probability = 0.2, .bias = 0.7});
  NeuronId y = add({.probability = 0.2, .bias = 0.1});
  NeuronId target = add({});

  Synapse() {
    excite(x, target, 0.8);
    inhibit(y, target, 0.9);
  }
};

SweepResult resultOf(const DynamicsEntry& entry, const Model& model, const SweepPlan& plan, std::size_t threads = 1) {
  auto result = sweep(entry, model, plan, threads);
  if (!result) qFatal("%s", result.error().text().c_str());
  if (!*result) qFatal("nobody ended the sweep");
  return std::move(**result);
}

bool same(const SweepResult& a, const SweepResult& b) {
  return a.across == b.across && a.up == b.up && a.kept == b.kept && a.values == b.values;
}

Field number(FieldType type) {
  Field field;
  field.type = type;
  field.minimum = -100;
  field.maximum = 100;
  return field;
}

}  // namespace

class TestSweep : public QObject {
  Q_OBJECT

 private slots:
  /// The bifurcation diagram of the logistic map.
  void countsThePeriods() {
    const Logistic net;
    for (const auto& [gain, period] : {std::pair(2.0, 1U), {2.9, 1U}, {3.2, 2U}, {3.5, 4U}}) {
      const auto result = resultOf(synann::entry(), net.model, net.plan(gain, gain, 1));
      QCOMPARE(result.values.size(), std::size_t{64});
      QCOMPARE(distinctValues(result.at(0, 0), 1e-6), std::size_t{period});
    }
    const auto chaos = resultOf(synann::entry(), net.model, net.plan(3.9, 3.9, 1));
    QVERIFY(distinctValues(chaos.at(0, 0), 1e-6) > 60);
    const auto fixed = resultOf(synann::entry(), net.model, net.plan(2, 2, 1));
    QVERIFY(std::abs(fixed.values.back() - 0.5) < 1e-9);  // 1 - 1 / gain
  }

  void isTheSameOnAnyNumberOfThreads() {
    const Logistic net;
    for (const bool onward : {false, true}) {
      auto plan = net.plan(2.5, 3.9, 57);
      plan.settle = 40;
      plan.onward = onward;
      plan.up = SweepAxis{NeuronHandle{net.y, neuron::Gain}, 3, 4, 5};
      const auto one = resultOf(synann::entry(), net.model, plan, 1);
      QCOMPARE(one.values.size(), std::size_t{57 * 5 * 64});
      QVERIFY(same(one, resultOf(synann::entry(), net.model, plan, 2)));
      QVERIFY(same(one, resultOf(synann::entry(), net.model, plan, 7)));
    }
  }

  /// Every value is what the network itself says after that edit and those ticks.
  void tellsWhatTheNetworkDoes() {
    const Logistic net;
    auto plan = net.plan(2.5, 3.9, 4);
    plan.settle = 3;
    plan.keep = 2;
    for (const bool onward : {false, true}) {
      plan.onward = onward;
      const auto result = resultOf(synann::entry(), net.model, plan, 2);
      auto simulation = Simulation::create(synann::entry(), net.model);
      for (std::size_t step = 0; step < 4; ++step) {
        if (!onward) simulation = Simulation::create(synann::entry(), net.model);
        QVERIFY((*simulation)->edit(Edit{"", {SetNeuronField{neuron::Gain, {{net.x, result.across[step]}}}}}));
        for (int tick = 0; tick < 5; ++tick) {
          QVERIFY((*simulation)->step());
          if (tick < 3) continue;
          const auto& column = (*simulation)->graph().neuronColumn(neuron::Probability);
          QCOMPARE(result.at(step, 0)[static_cast<std::size_t>(tick) - 3], columnValue(column, 1));
        }
      }
    }
  }

  /// Amounts put in on every tick hold two neurons that nothing else holds: the surface of a synapse.
  void drawsTheSurfaceOfASynapse() {
    const Synapse net;
    const SweepPlan plan{
        {StimulusHandle{net.x, 0}, 0, 1, 11}, SweepAxis{StimulusHandle{net.y, 0}, 0, 1, 6}, net.target, neuron::Probability};
    const auto result = resultOf(synann::entry(), net.model, plan, 2);
    for (std::size_t row = 0; row < 6; ++row) {
      for (std::size_t column = 0; column < 11; ++column) {
        const double x = result.across[column], y = result.up[row];
        QVERIFY(std::abs(result.at(column, row)[0] - 0.8 * x * (1 - 0.9 * y)) < 1e-12);
      }
    }
    const auto shown = shownBy(synann::description(), plan.across.handle);
    QVERIFY(shown && *shown == Handle(NeuronHandle{net.x, neuron::Probability}));
    QVERIFY(!shownBy(toy::entry().description, StimulusHandle{net.x, 0}));
  }

  /// Held by hand, as inputs are clamped.
  void sweepsWhatIsHeld() {
    Synapse net;
    for (const NeuronId id : {net.x, net.y}) net.model.graph.setNeuronValue(*net.model.graph.row(id), neuron::Held, 1);
    const SweepPlan plan{{NeuronHandle{net.x, neuron::Probability}, 0, 1, 5},
                         SweepAxis{NeuronHandle{net.y, neuron::Probability}, 0, 1, 5},
                         net.target,
                         neuron::Probability,
                         3};
    const auto result = resultOf(synann::entry(), net.model, plan);
    QVERIFY(std::abs(result.at(2, 1)[0] - 0.8 * 0.5 * (1 - 0.9 * 0.25)) < 1e-12);
    QVERIFY(std::abs(result.at(4, 4)[0] - 0.8 * 0.1) < 1e-12);
  }

  void sweepsLinksParametersAndStimuliOfAnyDynamics() {
    Model model = toy::model(6, 12);
    model.parameters[toy::Rewires] = 0;
    const NeuronId id = model.graph.ids()[1];
    SweepPlan plan{{LinkHandle{model.graph.key(0), toy::Gain}, 0, 4, 3}, std::nullopt, id, toy::Charge, 0, 30};
    const auto byGain = resultOf(toy::entry(), model, plan);
    QVERIFY(!std::ranges::equal(byGain.at(0, 0), byGain.at(2, 0)));
    plan.across = {ParameterHandle{toy::MillisecondsPerTick}, 0, 0.01, 2};
    const auto byPace = resultOf(toy::entry(), model, plan);
    QVERIFY(std::ranges::equal(byPace.at(0, 0), byPace.at(1, 0)));  // it changes nothing but the time that it takes
    plan.across = {StimulusHandle{id, 0}, -1, -0.5, 2};             // too little to fire
    plan.keep = 1;
    const auto byCharge = resultOf(toy::entry(), model, plan);
    QVERIFY(std::abs(byCharge.values[1] - byCharge.values[0] - 0.5) < 1e-12);
  }

  void endsWhenNobodyWantsIt() {
    const Logistic net;
    std::atomic<int> asked = 0;
    std::atomic<double> most = 0;
    const auto ended = sweep(synann::entry(), net.model, net.plan(0, 4, 200), 2, [&](double share) {
      most = std::max<double>(most, share);
      return ++asked < 10'000;
    });
    QVERIFY(ended && !*ended);
    QVERIFY(asked < 10'010);
    QVERIFY(most > 0.05 && most < 0.5);
  }

  void refusesWhatCannotBe() {
    const Logistic net;
    const auto refused = [&](const SweepPlan& plan) { return !sweep(synann::entry(), net.model, plan); };
    const auto plan = net.plan(0, 4, 3);
    QVERIFY(!refused(plan));
    auto bad = plan;
    bad.across.to = 5;
    QVERIFY(refused(bad));  // gain ends at 4
    bad = plan;
    bad.across.from = std::numeric_limits<double>::quiet_NaN();
    QVERIFY(refused(bad));
    bad = plan;
    bad.across.handle = NeuronHandle{NeuronId{99}, neuron::Gain};
    QVERIFY(refused(bad));
    bad.across.handle = NeuronHandle{net.x, neuron::Excitation};  // nobody may set it
    QVERIFY(refused(bad));
    bad.across.handle = NeuronHandle{net.x, neuron::Held};  // no number
    QVERIFY(refused(bad));
    bad = plan;
    bad.up = plan.across;
    QVERIFY(refused(bad));
    bad = plan;
    bad.neuron = NeuronId{99};
    QVERIFY(refused(bad));
    bad = plan;
    bad.keep = 0;
    QVERIFY(refused(bad));
    bad.keep = static_cast<Tick>(mostSweepValues);
    QVERIFY(refused(bad));
    Model broken = toy::model(3, 0);
    broken.parameters[toy::ThrowAtTick] = 2;
    const SweepPlan thrown{{NeuronHandle{NeuronId{1}, toy::Bias}, 0, 1, 3}, std::nullopt, NeuronId{1}, toy::Charge, 0, 5};
    const auto result = sweep(toy::entry(), broken, thrown, 2);
    QVERIFY(!result && result.error().what == "the toy broke");
  }

  void spacesItsValues() {
    using List = std::vector<double>;
    const Handle any = ParameterHandle{0};
    QCOMPARE(valuesOf({any, 0, 1, 5}, number(FieldType::Real)), (List{0, 0.25, 0.5, 0.75, 1}));
    QCOMPARE(valuesOf({any, 1, 0, 3}, number(FieldType::Real)), (List{1, 0.5, 0}));
    QCOMPARE(valuesOf({any, 2, 7, 1}, number(FieldType::Real)), List{2});
    QCOMPARE(valuesOf({any, 0, 3, 50}, number(FieldType::Integer)), (List{0, 1, 2, 3}));
    QCOMPARE(valuesOf({any, 0, 10, 5}, number(FieldType::Integer)), (List{0, 3, 6, 9}));
    QCOMPARE(valuesOf({any, 5, -5, 3}, number(FieldType::Integer)), (List{5, 0, -5}));
    QCOMPARE(valuesOf({any, 4, 4, 9}, number(FieldType::Integer)), List{4});
  }

  void countsDistinctValues() {
    const double gone = std::numeric_limits<double>::quiet_NaN();
    QCOMPARE(distinctValues(std::vector<double>{}, 0.1), std::size_t{0});
    QCOMPARE(distinctValues(std::vector{gone, gone}, 0.1), std::size_t{0});
    QCOMPARE(distinctValues(std::vector{1.0, 2.0, 1.05, gone, 2.04, 1.0}, 0.1), std::size_t{2});
  }
};

QTEST_GUILESS_MAIN(TestSweep)
#include "tst_sweep.moc"
