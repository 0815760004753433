#include <QtTest>

#include <algorithm>
#include <bit>
#include <cmath>
#include <deque>
#include <utility>

#include "core/dynamics/plexus/activation.h"
#include "core/dynamics/plexus/fires.h"
#include "core/dynamics/plexus/trial_rule.h"
#include "tests/dynamics/plexus_net.h"

using namespace plexarium;
using namespace plexarium::plexus;

namespace {

bool near(double one, double other, double tolerance = 2e-6) { return std::abs(one - other) <= tolerance; }

double phi(double sum) { return 1 / (1 + std::exp(-sum)); }

/// Random numbers that a test chooses.
struct Script {
  std::deque<double> levels;          ///< What drawnLevel shall yield.
  std::deque<std::uint32_t> choices;  ///< What below() yields.

  double uniform() {
    if (levels.empty()) qFatal("a level was drawn that nobody expected");
    const double level = levels.front();
    levels.pop_front();
    return (level - 0.1) / 0.9;
  }
  std::uint32_t below(std::uint32_t bound) {
    if (choices.empty() || choices.front() >= bound) qFatal("a choice was made that nobody expected");
    const auto choice = choices.front();
    choices.pop_front();
    return choice;
  }
  [[nodiscard]] bool used() const { return levels.empty() && choices.empty(); }
};

/// Two sensory neurons A and B, two between C (reads A, B) and D (reads A), a motor neuron E (reads C, D).
struct Five : Net {
  explicit Five(Rule rule) : Net(rule) {
    set(parameter::FanIn, 4);
    set(parameter::FiresPerWave, 1);
    a = add(Role::Sensory, 0.2);
    b = add(Role::Sensory, 0.9);
    c = add(Role::Inter, 0.5);
    d = add(Role::Inter, 0.8);
    e = add(Role::Motor, 0.3);
    link(a, c, 0.7);
    link(b, c, -0.4);
    link(a, d, 0.3);
    link(c, e, 0.4);
    link(d, e, 0.6);
  }
  NeuronId a, b, c, d, e;
};

/// The trial rule on E of such a network, with a script: one decimal, c = 4, so four tries for weights, two for blame.
struct TrialOnE {
  TrialOnE() : five(Rule::Article) {
    five.set(parameter::Precision, 1);
    settings = Settings(five.model.parameters);
    cells.read(five.model.graph, settings);
    cells.potential[4] = potentialOf(sumOfE());
  }
  float potentialOf(float sum) const { return articlePotential(cells.limits[4].divisor, settings.scale, sum); }
  float sumOfE() {
    read.resize(cells.subscriptions.sources(4).size());
    return weightedSum(cells.potential.data(), cells.subscriptions.sources(4).data(), cells.subscriptions.weights(4).data(),
                       read.size(), read.data());
  }
  Doing learn(Script& script, double wave) {
    sumOfE();
    std::vector<float> room(read.size());
    return Trial(settings, cells, 4, read, room, script).learn(wave);
  }
  std::vector<float> weights() const {
    const auto own = cells.subscriptions.weights(4);
    return {own.begin(), own.end()};
  }
  std::vector<std::uint32_t> sources() const {
    const auto own = cells.subscriptions.sources(4);
    return {own.begin(), own.end()};
  }

  Five five;
  Cells cells;
  Settings settings;
  std::vector<float> read;
};

/// So many draws of the lowest level.
std::deque<double> lowest(std::size_t count) { return std::deque<double>(count, 0.1); }

}  // namespace

/// Hand-worked numbers for every rule.
class TestPlexusRules : public QObject {
  Q_OBJECT

 private slots:
  void activationsAreExactEnough();
  void roundingIsAwayFromZero();
  void bothSumsAreTheSame();
  void everyProcessorFiresTheSame_data();
  void everyProcessorFiresTheSame();
  void smallWavesAreTheSame_data();
  void smallWavesAreTheSame();
  void signRule();
  void signRepairedRule();
  void gradientRule();
  void decayFadesTheSignRules();
  void plasticityScalesAndLocks();
  void metExactlyNothingIsWanted();
  void articlePotentials();
  void articleMeets();
  void articleImprovesWeights();
  void articleBlamesAndWaits();
  void articleRewires();
  void articleKeepsAFloor();
  void limitsFollowTheFanIn();
};

void TestPlexusRules::activationsAreExactEnough() {
  for (double x = -15.9; x < 16; x += 0.0371) {
    QVERIFY(near(double{sigmoid(static_cast<float>(x))}, phi(static_cast<double>(static_cast<float>(x))), 1e-7));
    QVERIFY(std::abs(exponential(x) / std::exp(x) - 1) < 1e-8);
  }
  for (const float x : {1e9F, 100.0F, 17.0F}) {
    QVERIFY(sigmoid(x) < 1 && sigmoid(x) > 0.9999998F);
    QVERIFY(sigmoid(-x) > 0 && sigmoid(-x) < 2e-7F);
  }
  for (double x = 0; x < 3000; x += 0.173) QVERIFY(near(absoluteSine(x), std::abs(std::sin(x)), 1e-9));
  QVERIFY(absoluteSine(0x1p50) <= 1);
}

void TestPlexusRules::roundingIsAwayFromZero() {
  QCOMPARE(rounded(0.25, 10), 0.3);
  QCOMPARE(rounded(-0.25, 10), -0.3);
  QCOMPARE(rounded(0.2499, 10), 0.2);
  QCOMPARE(rounded(0.5, 1), 1.0);
}

void TestPlexusRules::bothSumsAreTheSame() {
  std::vector<float> potential(100), weight(100), read(100);
  std::vector<std::uint32_t> source(100);
  for (std::uint32_t k = 0; k < 100; ++k) {
    potential[k] = 1.0F / static_cast<float>(k + 3);
    weight[k] = std::sin(static_cast<float>(k));
    source[k] = 99 - k;
  }
  for (std::size_t count = 0; count <= 100; ++count) {
    const float sum = weightedSum(potential.data(), source.data(), weight.data(), count, read.data());
    QCOMPARE(sum, dot(read.data(), weight.data(), count));
    double exact = 0;
    for (std::size_t k = 0; k < count; ++k) exact += double{potential[99 - k]} * double{weight[k]};
    QVERIFY(near(double{sum}, exact));
  }
}

void TestPlexusRules::everyProcessorFiresTheSame_data() {
  QTest::addColumn<int>("rule");
  QTest::addColumn<int>("neurons");
  for (const auto rule : {Rule::Sign, Rule::SignRepaired, Rule::Gradient}) {
    for (const int neurons : {9, 15, 16, 77}) QTest::addRow("%d, %d neurons", int(rule), neurons) << int(rule) << neurons;
  }
}

/// Whatever instructions there are to the bit, as a matrix and as lists to what rounding leaves.
void TestPlexusRules::everyProcessorFiresTheSame() {
  QFETCH(int, rule);
  QFETCH(int, neurons);
  const auto model = madeNetwork(neurons, neurons / 6, 3, 0.5, 2, static_cast<Rule>(rule), 5, 3);
  const Settings settings(model.parameters);
  struct Life {
    std::vector<float> potential, desired, weights;
    double loss = 0;
  };
  const auto live = [&](bool dense, Instructions most) {
    Cells cells;
    cells.read(model.graph, settings);
    if (dense) cells.makeDense();
    if (cells.dense.has_value() != dense) qFatal("this network is not dense enough");
    std::vector<float> read(cells.subscriptions.longest());
    auto order = cells.firing;
    Life life;
    for (std::uint32_t round = 0; round < 12; ++round) {
      for (const auto row : cells.motors) cells.desired[row] = static_cast<float>(row % 2);
      for (std::size_t k = 0; k < order.size(); ++k) std::swap(order[k], order[(7 * k + round) % order.size()]);
      life.loss += fireInTurn(settings.rule, {0.5F, 2, 0.3F}, cells, order, read.data(), most).loss;
    }
    cells.endDense();
    for (std::size_t row = 0; row < cells.count(); ++row) {
      life.potential.push_back(cells.potential[row]);
      const bool seen = cells.roles[row] != Role::Sensory && isWanted(cells.desired[row]);
      life.desired.push_back(seen ? cells.desired[row] : -1);
      for (const float weight : cells.subscriptions.weights(row)) life.weights.push_back(weight);
    }
    return life;
  };
  const auto lists = live(false, Instructions::Avx2);
  QVERIFY(lists.loss > 1);
  for (const bool dense : {false, true}) {
    const auto quick = live(dense, Instructions::Avx2);
    const auto plain = live(dense, Instructions::Plain);
    QVERIFY(quick.potential == plain.potential && quick.desired == plain.desired && quick.weights == plain.weights);
    QCOMPARE(quick.loss, plain.loss);
    for (std::size_t k = 0; k < quick.weights.size(); ++k)
      QVERIFY(near(double{quick.weights[k]}, double{lists.weights[k]}, 1e-3));
    for (std::size_t row = 0; row < quick.potential.size(); ++row)
      QVERIFY(near(double{quick.potential[row]}, double{lists.potential[row]}, 1e-3));
  }
}

void TestPlexusRules::smallWavesAreTheSame_data() {
  QTest::addColumn<int>("rule");
  QTest::addColumn<int>("neurons");
  for (const auto rule : {Rule::Sign, Rule::SignRepaired, Rule::Gradient}) {
    for (const int neurons : {9, 14, 15}) QTest::addRow("%d, %d neurons", int(rule), neurons) << int(rule) << neurons;
  }
}

/// Whole waves of the smallest networks: whatever instructions there are to the bit, generation by generation to the bit,
/// and as lists, fired in the same order, to what rounding leaves.
void TestPlexusRules::smallWavesAreTheSame() {
  QFETCH(int, rule);
  QFETCH(int, neurons);
  const auto model = madeNetwork(neurons, 2, 2, 0.9, 2, static_cast<Rule>(rule), 5, 3);
  const Settings settings(model.parameters);
  const Rates rates{0.5F, 2, 0.3F};
  struct Life {
    std::vector<float> potential, weights;
    std::vector<std::uint32_t> order;
    double loss = 0;
    bool operator==(const Life&) const = default;
  };
  const auto live = [&](bool lists, std::size_t generations, Instructions most) {
    Cells cells;
    cells.read(model.graph, settings);
    std::vector<float> read(cells.subscriptions.longest());
    std::vector<std::uint32_t> first;
    for (const auto row : cells.firing) {
      if (cells.roles[row] == Role::Inter) first.push_back(row);
    }
    Life life;
    for (std::uint64_t wave = 0; wave < 20; ++wave) {
      for (const auto row : cells.motors) cells.desired[row] = static_cast<float>((row + wave / 4) % 2);
      std::ranges::fill(cells.firesInWave, 0);
      auto queue = first;
      std::uint64_t number = 100 * wave;
      for (bool begun = false; !queue.empty(); begun = true) {
        std::vector<std::uint32_t> room(100 * cells.count());
        cells.makeDense();
        SmallWave small(cells, queue, 42, number, generations, begun, room.data());
        if (lists) {
          std::vector<std::vector<std::uint32_t>> orders;
          for (auto order = small.next(); !order.empty(); order = small.next())
            orders.emplace_back(order.begin(), order.end());
          cells.endDense();
          for (const auto& order : orders) life.loss += fireInTurn(settings.rule, rates, cells, order, read.data()).loss;
        } else {
          life.loss += fireSmall(settings.rule, rates, cells, small, most).loss;
        }
        life.order.insert(life.order.end(), std::as_const(room).data(), small.end());
        number = small.number();
        queue.clear();
        for (auto rest = small.queue(); rest != 0; rest &= rest - 1)
          queue.push_back(static_cast<std::uint32_t>(std::countr_zero(rest)));
      }
    }
    cells.endDense();
    life.potential.assign(cells.potential.begin(), cells.potential.end());
    for (std::size_t row = 0; row < cells.count(); ++row) {
      const auto own = cells.subscriptions.weights(row);
      life.weights.insert(life.weights.end(), own.begin(), own.end());
    }
    return life;
  };
  const auto lists = live(true, 64, Instructions::Plain);
  const auto plain = live(false, 64, Instructions::Plain);
  QVERIFY(plain.loss > 1);
  QVERIFY(plain.order.size() > std::size_t{20} * 3 * static_cast<std::size_t>(neurons - 4));
  QVERIFY(live(false, 64, Instructions::Avx2) == plain);
  QVERIFY(live(false, 64, Instructions::Avx512) == plain);
  auto parts = live(false, 1, Instructions::Avx512);
  QVERIFY(near(parts.loss, plain.loss, 1e-9));  // added up in another order
  parts.loss = plain.loss;
  QVERIFY(parts == plain);
  QVERIFY(lists.order == plain.order);
  for (std::size_t k = 0; k < plain.weights.size(); ++k)
    QVERIFY(near(double{plain.weights[k]}, double{lists.weights[k]}, 1e-3));
  for (std::size_t row = 0; row < plain.potential.size(); ++row)
    QVERIFY(near(double{plain.potential[row]}, double{lists.potential[row]}, 1e-3));
}

void TestPlexusRules::signRule() {
  Five five(Rule::Sign);
  five.build();
  QVERIFY(five.learn({1}));
  five.step();
  // C and D fire in either order, E at the end of the wave.
  const double c = phi(0.2 * 0.7 + 0.9 * -0.4);
  const double d = phi(0.2 * 0.3);
  const double e = phi(c * 0.4 + d * 0.6);
  QVERIFY(near(five.value(five.c, neuron::Potential), c));
  QVERIFY(near(five.value(five.d, neuron::Potential), d));
  QVERIFY(near(five.value(five.e, neuron::Potential), e));
  QVERIFY(near(five.value(five.e, neuron::Loss), 1 - e));
  const double step = (1 - e) * (1 - e);
  QVERIFY(near(five.weight(five.c, five.e), 0.4 + step * c * (1 - c)));
  QVERIFY(near(five.weight(five.d, five.e), 0.6 + step * d * (1 - d)));
  QVERIFY(near(five.value(five.c, neuron::Desired), c + c * (1 - c)));
  QVERIFY(near(five.value(five.d, neuron::Desired), d + d * (1 - d)));
  QCOMPARE(five.value(five.c, neuron::Wanted), 1.0);
  // Nothing was wanted of C when it fired: its weights are untouched until the next wave.
  QVERIFY(near(five.weight(five.b, five.c), -0.4, 1e-7));
  QCOMPARE(five.metrics[metric::Wanted], 1.0);
  five.step();
  const double miss = c + c * (1 - c) - c;
  QVERIFY(near(five.weight(five.a, five.c), 0.7 + miss * miss * 0.2 * 0.8));
  QVERIFY(near(five.weight(five.b, five.c), -0.4 + miss * miss * 0.9 * 0.1));
  QCOMPARE(five.metrics[metric::Wanted], 3.0);
}

void TestPlexusRules::signRepairedRule() {
  Five five(Rule::SignRepaired);
  five.model.graph.setLinkValue(*five.model.graph.link({five.d, five.e}), link::Weight, -0.6);
  five.build();
  QVERIFY(five.learn({0}));
  five.step();
  const double c = phi(0.2 * 0.7 + 0.9 * -0.4);
  const double d = phi(0.2 * 0.3);
  const double e = phi(c * 0.4 - d * 0.6);
  QVERIFY(near(five.weight(five.c, five.e), 0.4 - e * e * c));
  QVERIFY(near(five.weight(five.d, five.e), -0.6 - e * e * d));
  QVERIFY(near(five.value(five.c, neuron::Desired), c - c * (1 - c)));  // less of what excites
  QVERIFY(near(five.value(five.d, neuron::Desired), d + d * (1 - d)));  // more of what inhibits
}

void TestPlexusRules::gradientRule() {
  Five five(Rule::Gradient);
  five.set(parameter::GradientRate, 3);
  five.set(parameter::GradientBlame, 0.5);
  five.build();
  QVERIFY(five.learn({1}));
  five.step();
  const double c = phi(0.2 * 0.7 + 0.9 * -0.4);
  const double d = phi(0.2 * 0.3);
  const double e = phi(c * 0.4 + d * 0.6);
  const double gradient = (1 - e) * e * (1 - e);
  QVERIFY(near(five.weight(five.c, five.e), 0.4 + 3 * gradient * c));
  QVERIFY(near(five.weight(five.d, five.e), 0.6 + 3 * gradient * d));
  QVERIFY(near(five.value(five.c, neuron::Desired), c + 0.5 * gradient * 0.4));
  QVERIFY(near(five.value(five.d, neuron::Desired), d + 0.5 * gradient * 0.6));
  // Desired potentials stay within what a neuron can be.
  Five far(Rule::Gradient);
  far.set(parameter::GradientBlame, 1000);
  far.build();
  QVERIFY(far.learn({1}));
  far.step();
  QCOMPARE(far.value(far.c, neuron::Desired), 1.0);
}

void TestPlexusRules::decayFadesTheSignRules() {
  const auto stepAfter = [](double fires, double decay) {
    Five five(Rule::Sign);
    five.set(parameter::Decay, decay);
    five.build();
    const std::string state = R"({"wave":0,"generation":0,"fires":)" + std::to_string(static_cast<int>(fires)) +
                              R"(,"queue":[],"targets":[],"loaded":false})";
    if (!five.dynamics->state(*five.network, &state)) qFatal("the state is refused");
    if (!five.learn({1})) qFatal("not taught");
    five.step();
    return five.weight(five.c, five.e) - 0.4;
  };
  const double whole = stepAfter(0, 1);
  QVERIFY(whole > 0.01);
  QCOMPARE(stepAfter(5000, 1), whole);
  QVERIFY(near(stepAfter(0, 0.5) / whole, 1, 1e-4));
  QVERIFY(near(stepAfter(999 - 10, 0.5) / whole, 1, 1e-4));
  QVERIFY(near(stepAfter(3000, 0.5) / whole, 0.125, 1e-4));
}

void TestPlexusRules::plasticityScalesAndLocks() {
  const auto stepWith = [](double plasticity, Rule rule) {
    Five five(rule);
    five.model.graph.setNeuronValue(4, neuron::Plasticity, plasticity);
    five.build();
    if (!five.learn({1})) qFatal("not taught");
    five.step();
    if (five.value(five.c, neuron::Wanted) != 1) qFatal("a locked neuron does not blame");
    return five.weight(five.c, five.e) - 0.4;
  };
  for (const auto rule : {Rule::Sign, Rule::SignRepaired, Rule::Gradient}) {
    QVERIFY(near(stepWith(0, rule), 0, 1e-7));
    QVERIFY(near(stepWith(0.5, rule) / stepWith(1, rule), 0.5, 1e-4));
  }
}

void TestPlexusRules::metExactlyNothingIsWanted() {
  Five five(Rule::Gradient);
  five.build();
  five.step();
  const double met = five.value(five.e, neuron::Potential);
  QVERIFY(five.learn({met}));
  five.step();
  QCOMPARE(five.value(five.e, neuron::Wanted), 0.0);
  QCOMPARE(five.value(five.c, neuron::Wanted), 0.0);
  QCOMPARE(five.weight(five.c, five.e), double{0.4F});
}

void TestPlexusRules::articlePotentials() {
  TrialOnE trial;
  // x = 0.5 * 0.4 + 0.8 * 0.6 = 0.68; sin(0.4624 / 2) = 0.229
  QCOMPARE(trial.cells.potential[4], 0.2F);
  QCOMPARE(trial.potentialOf(1.3F), 0.7F);  // sin 0.845 = 0.748
  QCOMPARE(trial.potentialOf(3.0F), 1.0F);  // |sin 4.5| = 0.978
  QCOMPARE(trial.potentialOf(2.5F), 0.0F);  // |sin 3.125| = 0.017
  QCOMPARE(articleLoss(trial.settings, 1.0F, 0.2F), 0.8);
}

void TestPlexusRules::articleMeets() {
  TrialOnE trial;
  trial.cells.desired[4] = 0.2F;
  Script script;
  QVERIFY(trial.learn(script, 0) == Doing::Fired);
  QVERIFY(!isWanted(trial.cells.desired[4]));
  QCOMPARE(trial.cells.loss[4], 0.0F);
}

void TestPlexusRules::articleImprovesWeights() {
  TrialOnE trial;
  trial.cells.desired[4] = 1;
  Script script{{0.1, 0.1, 1, 1}, {}};  // worse: 0.0; better: 0.7
  QVERIFY(trial.learn(script, 0) == Doing::ByWeights);
  QVERIFY(script.used());
  QCOMPARE(trial.weights(), (std::vector<float>{1, 1}));
  QCOMPARE(trial.cells.potential[4], 0.7F);
  QCOMPARE(trial.cells.loss[4], 0.3F);
  QVERIFY(isWanted(trial.cells.desired[4]));
  // No better is not good enough: equal loss does not count.
  trial.cells.desired[4] = 1;
  Script equal{{1, 1, 1, 1, 1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1}, {0, 0}};
  QVERIFY(trial.learn(equal, 0) == Doing::Rewired);
  QCOMPARE(trial.weights(), (std::vector<float>{1, 1}));
  QVERIFY(equal.used());
}

void TestPlexusRules::articleBlamesAndWaits() {
  TrialOnE trial;
  trial.cells.desired[4] = 1;
  trial.cells.desired[3] = 0.3F;  // D has a wish of its own already
  Script script{lowest(8 + 2), {}};
  script.levels.insert(script.levels.end(), {1.0, 0.9});  // x = 0.4 + 0.54: sin 0.44 = 0.4, nearer than 0.2
  QVERIFY(trial.learn(script, 7) == Doing::ByBlame);
  QVERIFY(script.used());
  QCOMPARE(trial.cells.desired[2], 1.0F);
  QCOMPARE(trial.cells.desired[3], 0.3F);
  QCOMPARE(trial.weights(), (std::vector<float>{0.4F, 0.6F}));
  QCOMPARE(trial.cells.potential[4], 0.2F);
  QCOMPARE(trial.cells.blameLock[4], 7.0);
  for (const double wave : {7.0, 8.0, 10.0}) {
    Script none;
    QVERIFY(trial.learn(none, wave) == Doing::Locked);
  }
  Script free{{1, 1}, {}};  // c waves later
  QVERIFY(trial.learn(free, 11) == Doing::ByWeights);
  QCOMPARE(trial.cells.blameLock[4], -1.0);
}

void TestPlexusRules::articleRewires() {
  TrialOnE trial;
  trial.cells.desired[4] = 1;
  Script script{lowest(8 + 4), {1, 1, 2, 0, 1}};  // heads, two of them: C (known already), A, B
  script.levels.insert(script.levels.end(), {0.9, 0.5, 0.6});
  QVERIFY(trial.learn(script, 0) == Doing::Rewired);
  QVERIFY(script.used());
  QCOMPARE(trial.sources(), (std::vector<std::uint32_t>{0, 1, 2, 3}));
  QCOMPARE(trial.weights(), (std::vector<float>{0.5F, 0.6F, 0.9F, 0.6F}));
  // The graph learns of it with the next publication.
  QVERIFY(trial.cells.write(trial.five.model.graph));
  QCOMPARE(trial.five.model.graph.linkCount(), std::size_t{7});
  QVERIFY(trial.five.model.graph.link({trial.five.a, trial.five.e}));
  QVERIFY(!trial.cells.write(trial.five.model.graph));
}

void TestPlexusRules::articleKeepsAFloor() {
  TrialOnE trial;
  for (const std::uint32_t source : {0U, 1U}) QVERIFY(trial.cells.subscriptions.subscribe(4, source, 0.1F));
  const auto breakOff = [&](std::deque<std::uint32_t> choices) {
    trial.cells.potential[4] = trial.potentialOf(trial.sumOfE());
    trial.cells.desired[4] = 1;
    Script script{lowest(4 * trial.read.size() + 2 * trial.read.size()), std::move(choices)};
    const auto done = trial.learn(script, 0);
    if (!script.used()) qFatal("not all was drawn");
    return done;
  };
  QVERIFY(breakOff({0, 1, 1, 0}) == Doing::Rewired);  // tails, two of them: B, then A
  QCOMPARE(trial.sources(), (std::vector<std::uint32_t>{2, 3}));
  QCOMPARE(trial.weights(), (std::vector<float>{0.4F, 0.6F}));
  QVERIFY(breakOff({0, 1}) == Doing::Rewired);  // tails, but two is the floor
  QCOMPARE(trial.sources(), (std::vector<std::uint32_t>{2, 3}));
}

void TestPlexusRules::limitsFollowTheFanIn() {
  const auto limit = [](Rule rule, double fanIn, double fires) {
    auto parameters = initialValues(description().parameters);
    parameters[parameter::Rule] = static_cast<double>(rule);
    parameters[parameter::FanIn] = fanIn;
    parameters[parameter::FiresPerWave] = fires;
    return Settings(parameters).limitsFor(fanIn).firesPerWave;
  };
  QCOMPARE(limit(Rule::Article, 128, 0), 4);
  QCOMPARE(limit(Rule::Sign, 14, 0), 4);
  QCOMPARE(limit(Rule::Gradient, 128, 0), 12);
  QCOMPARE(limit(Rule::Article, 0, 0), 2);
  QCOMPARE(limit(Rule::Sign, 14, 1), 1);
}

QTEST_GUILESS_MAIN(TestPlexusRules)
#include "tst_plexus_rules.moc"
