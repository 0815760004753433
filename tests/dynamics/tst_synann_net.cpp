#include <QtTest>

#include <cmath>
#include <cstring>
#include <memory>
#include <numeric>

#include "core/denormals.h"
#include "core/dynamics/synann_net/creation.h"
#include "core/dynamics/synann_net/features.h"
#include "core/dynamics/synann_net/fields.h"
#include "core/dynamics/synann_net/synann_net.h"
#include "core/io/document.h"
#include "core/random.h"
#include "core/session/graph_imager.h"
#include "core/session/trainer.h"
#include "tests/support/random_edits.h"

using namespace plexarium;
using namespace plexarium::synann_net;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool slow = true;
#else
constexpr bool slow = false;
#endif

/// The smallest pictures there may be, three classes; two lots a batch.
Model smallModel(Features features, bool synapse = true, double course = 0) {
  auto model =
      createNetwork(std::vector<double>{static_cast<double>(features), synapse ? 1.0 : 0.0, 16, 16, 3, course}, 5).value();
  model.parameters[parameter::Batch] = 2;
  return model;
}

constexpr std::size_t side = 16;

/// Bars that lie in one of three ways, at random places, with noise.
struct Bars {
  explicit Bars(std::size_t count, std::uint64_t seed = 1) {
    for (std::size_t k = 0; k < count; ++k) {
      DrawSequence draw(seed, 3, k);
      const auto label = static_cast<std::int32_t>(draw.below(3));
      const auto at = 3 + draw.below(10);
      for (std::uint32_t y = 0; y < side; ++y) {
        for (std::uint32_t x = 0; x < side; ++x) {
          const bool on = label == 0 ? x == at : label == 1 ? y == at : (x + y) % side == at;
          amounts.push_back((on ? 0.9F : 0.0F) + 0.1F * static_cast<float>(draw.uniform()));
        }
      }
      wanted.push_back(label);
    }
  }
  [[nodiscard]] Lessons lessons(std::size_t first, std::size_t count) const {
    return {count, {},
            0,     std::span(wanted).subspan(first, count),
            true,  std::span(amounts).subspan(first * side * side, count * side * side)};
  }
  std::vector<float> amounts;
  std::vector<std::int32_t> wanted;
};

/// A network on its own, without a simulation.
class Net {
 public:
  explicit Net(Model start) : model(std::move(start)) {
    network = std::make_unique<Network>(Network{model.graph, model.parameters, model.seed, model.tick});
    dynamics = entry().make();
    if (!dynamics->build(*network)) qFatal("the dynamics refuses the network");
    if (!model.dynamicsState.empty() && !dynamics->state(*network, &model.dynamicsState)) qFatal("a state is refused");
  }
  Net(const Net&) = delete;
  Net& operator=(const Net&) = delete;

  /// Shows samples, `many` at a time; what the answers said.
  std::vector<double> show(const Bars& bars, std::size_t first, std::size_t count, std::size_t many) {
    std::vector<double> said(count * 3);
    metrics.resize(count * metric::Count);
    for (std::size_t done = 0; done < count;) {
      const auto now = std::min(many, count - done);
      const bool taken = dynamics->stepMany(*network, bars.lessons(first + done, now),
                                            std::span(metrics).subspan(done * metric::Count, now * metric::Count),
                                            std::span(said).subspan(done * 3, now * 3));
      if (!taken) qFatal("takes one at a time");
      network->tick += static_cast<Tick>(now);
      done += now;
    }
    return said;
  }
  /// The same by single ticks.
  std::vector<double> showAlone(const Bars& bars, std::size_t first, std::size_t count) {
    std::vector<double> said(count * 3);
    metrics.resize(count * metric::Count);
    const auto motors = static_cast<std::uint32_t>(model.graph.neuronCount() - 3);
    const std::vector<std::uint32_t> rows{motors, motors + 1, motors + 2};
    for (std::size_t k = 0; k < count; ++k) {
      std::vector<Stimulus> stimuli;
      for (std::uint32_t pixel = 0; pixel < side * side; ++pixel)
        stimuli.push_back({{pixel + 1}, 0, double{bars.amounts[(first + k) * side * side + pixel]}});
      dynamics->stimulate(*network, stimuli);
      std::vector<double> targets;
      if (bars.wanted[first + k] != noWish) {
        targets.assign(3, 0.0);
        targets[static_cast<std::size_t>(bars.wanted[first + k])] = 1;
      }
      if (!dynamics->learn(*network, targets)) qFatal("targets are refused");
      dynamics->step(*network, std::span(metrics).subspan(k * metric::Count, metric::Count));
      ++network->tick;
      dynamics->readout(*network, rows, std::span(said).subspan(3 * k, 3));
    }
    return said;
  }
  double rightShare(const Bars& bars, std::size_t first, std::size_t count) {
    auto asked = bars;
    std::ranges::fill(asked.wanted, noWish);
    const auto said = show(asked, first, count, 256);
    std::size_t right = 0;
    for (std::size_t k = 0; k < count; ++k) {
      const auto* answers = said.data() + 3 * k;
      right += std::max_element(answers, answers + 3) - answers == bars.wanted[first + k] ? 1 : 0;
    }
    return static_cast<double>(right) / static_cast<double>(count);
  }
  Model capture() {
    dynamics->publish(*network, nullptr);
    auto captured = model;
    captured.dynamicsState = dynamics->state(*network, nullptr).value();
    captured.tick = network->tick;
    return captured;
  }
  std::string hash() { return stateHash(description(), capture()); }
  /// An edit of the graph by hand.
  template <typename Change>
  void change(Edited what, Change work) {
    dynamics->publish(*network, nullptr);
    work(model.graph);
    dynamics->edited(*network, what);
  }

  Model model;
  std::unique_ptr<Network> network;
  std::unique_ptr<Dynamics> dynamics;
  std::vector<double> metrics;
};

Feeder digitsFeeder() {
  FeedPlan plan;
  plan.source.place = "generator:digits";
  plan.duration = plan.examDuration = 1;
  plan.order = FeedOrder::Shuffled;
  plan.examEvery = 5;
  plan.inputs[0].coding.code = InputCode::Unit;
  std::vector<Feed> feeds;
  feeds.push_back(Feed::create(plan, openData(plan.source).value(), description()).value());
  return Feeder(std::move(feeds));
}

std::unique_ptr<Simulation> simulate(Model model) { return Simulation::create(entry(), std::move(model)).value(); }

/// Links of the first answer.
std::vector<std::size_t> linksInto(const Graph& graph, NeuronId target, Channel channel) {
  std::vector<std::size_t> found;
  for (std::size_t l = 0; l < graph.linkCount(); ++l) {
    const bool is = graph.linkValues<std::uint8_t>(link::Channel)[l] == static_cast<std::uint8_t>(channel);
    if (graph.ids()[graph.targets()[l]] == target && is) found.push_back(l);
  }
  return found;
}

}  // namespace

class TestSynannNet : public QObject {
  Q_OBJECT

 private slots:
  void createsWhatWasAskedFor();
  void answersDoNotDependOnTheBatch();
  void oneByOneIsTheSame();
  void threadsAreTheSame();
  void learns_data();
  void learns();
  void stopsAtTheEndOfItsCourse();
  void savedTrainingGoesOnBitForBit();
  void damagedStatesAreRefused();
  void cutLinksActAtOnce();
  void columnsAreTheTruth();
  void targetsAreChecked();
  void largeLayersAreRefused();
  void learnsInASession();
  void randomEditsWhileItLearns();

 private:
  FlushDenormals flush_;
};

void TestSynannNet::createsWhatWasAskedFor() {
  for (const auto& [features, count] : {std::pair{Features::Small, 64U}, {Features::Fast, 96U}, {Features::Dense, 280U}}) {
    QCOMPARE(featureCount(features), std::size_t{count});
    const auto with = smallModel(features);
    QCOMPARE(with.graph.neuronCount(), std::size_t{256} + 2 * count + 3);
    QCOMPARE(with.graph.linkCount(), std::size_t{count} * count + 3 * count);
    const auto without = smallModel(features, false);
    QCOMPARE(without.graph.neuronCount(), std::size_t{256} + count + 3);
    QCOMPARE(without.graph.linkCount(), std::size_t{3} * count);
  }
}

void TestSynannNet::answersDoNotDependOnTheBatch() {
  for (const auto features : {Features::Small, Features::Fast, Features::Dense}) {
    Net net(smallModel(features));
    const Bars lessons(320);
    net.show(lessons, 0, 320, 100);  // so that running means are not those of the beginning
    const std::size_t count = features == Features::Small && !slow ? 10'000 : 200;
    Bars asked(count, 2);
    std::ranges::fill(asked.wanted, noWish);
    const auto before = net.hash();
    const auto all = net.show(asked, 0, count, count);
    for (const std::size_t many : {1, 7, 100}) {
      const auto few = std::min<std::size_t>(count, many == 1 ? 500 : count);
      const auto said = net.show(asked, 0, few, many);
      QCOMPARE(std::memcmp(said.data(), all.data(), said.size() * sizeof(double)), 0);
    }
    QVERIFY(before != net.hash());  // ticks and what is shown
    for (std::size_t k = 0; k < count; ++k) {
      const double sum = all[3 * k] + all[3 * k + 1] + all[3 * k + 2];
      QVERIFY(std::abs(sum - 1) < 1e-5);
    }
  }
}

void TestSynannNet::oneByOneIsTheSame() {
  Bars bars(150);
  for (std::size_t k = 20; k < 150; k += 7) bars.wanted[k] = noWish;
  for (const auto features : {Features::Small, Features::Fast}) {
    Net alone(smallModel(features));
    const auto said = alone.showAlone(bars, 0, 150);
    const auto metrics = alone.metrics;
    for (const std::size_t many : {150, 37}) {
      Net together(smallModel(features));
      QCOMPARE(together.show(bars, 0, 150, many), said);
      QCOMPARE(together.metrics, metrics);
      QCOMPARE(together.hash(), alone.hash());
    }
    QCOMPARE(metrics[149 * metric::Count + metric::Batches], 4.0);
  }
}

void TestSynannNet::threadsAreTheSame() {
  const Bars bars(200);
  std::string hash;
  for (const double threads : {1, 2, 5}) {
    auto model = smallModel(Features::Fast);
    model.parameters[parameter::Threads] = threads;
    model.parameters[parameter::Batch] = 3;
    Net net(std::move(model));
    net.show(bars, 0, 200, 64);
    auto captured = net.capture();
    captured.parameters[parameter::Threads] = 1;
    if (hash.empty()) hash = stateHash(description(), captured);
    QCOMPARE(stateHash(description(), captured), hash);
  }
}

void TestSynannNet::learns_data() {
  QTest::addColumn<int>("features");
  QTest::addColumn<bool>("synapse");
  QTest::addColumn<int>("optimiser");
  QTest::newRow("small") << 0 << true << 0;
  QTest::newRow("fast") << 1 << true << 0;
  QTest::newRow("fast, adam") << 1 << true << 1;
  QTest::newRow("dense") << 2 << true << 0;
  QTest::newRow("dense, without synapses") << 2 << false << 0;
}

void TestSynannNet::learns() {
  QFETCH(int, features);
  QFETCH(bool, synapse);
  QFETCH(int, optimiser);
  const std::size_t count = slow ? 1280 : 3200;
  auto model = smallModel(static_cast<Features>(features), synapse, static_cast<double>(count));
  model.parameters[parameter::Optimiser] = optimiser;
  if (optimiser == 1) model.parameters[parameter::Rate] = 0.003;
  model.parameters[parameter::Distortion] = 0;
  model.parameters[parameter::Dropout] = 0;
  Net net(std::move(model));
  const Bars bars(count + 300);
  net.show(bars, 0, count, 256);
  const double right = net.rightShare(bars, count, 300);
  QVERIFY2(right > (slow ? 0.5 : 0.9), qPrintable(QString::number(right)));
}

void TestSynannNet::stopsAtTheEndOfItsCourse() {
  Net net(smallModel(Features::Dense, true, 320));
  const Bars bars(480);
  net.show(bars, 0, 320, 64);
  QCOMPARE(net.metrics.back(), 9.0);  // the last one would have a rate of 0
  const auto weights = net.capture().graph.linkColumn(link::Weight);
  net.show(bars, 320, 160, 64);
  QVERIFY(net.capture().graph.linkColumn(link::Weight) == weights);
  QCOMPARE(net.metrics.back(), 9.0);
}

void TestSynannNet::savedTrainingGoesOnBitForBit() {
  const Bars bars(260);
  for (const double optimiser : {0, 1}) {
    for (const std::size_t stop : {0, 1, 32, 77, 160}) {
      auto model = smallModel(Features::Small, true, 400);
      model.parameters[parameter::Optimiser] = optimiser;
      Net whole(model);
      whole.show(bars, 0, stop + 100, 50);
      Net first(model);
      first.show(bars, 0, stop, 50);
      Registry registry;
      registry.add(entry());
      const auto saved = writeModel(description(), first.capture());
      Net second(readModel(registry, saved, "saved").value());
      QCOMPARE(second.hash(), first.hash());
      second.show(bars, stop, 100, 33);
      QCOMPARE(second.hash(), whole.hash());
    }
  }
}

void TestSynannNet::damagedStatesAreRefused() {
  Net net(smallModel(Features::Dense));
  const Bars bars(40);
  net.show(bars, 0, 40, 40);
  const auto good = net.capture().dynamicsState;
  Net other(smallModel(Features::Dense));
  QVERIFY(other.dynamics->state(*other.network, &good));
  const auto refuses = [&](const char* from, const char* to) {
    auto text = QString::fromStdString(good);
    QVERIFY(text.contains(QRegularExpression(from)));
    text.replace(QRegularExpression(from), to);
    const auto damaged = text.toStdString();
    Net fresh(smallModel(Features::Dense));
    QVERIFY2(!fresh.dynamics->state(*fresh.network, &damaged), from);
  };
  refuses("^\\{", "[");
  refuses("\"learnt\":\\d+", "\"learnt\":-1");
  refuses("\"wanted\":-?\\d+", "\"wanted\":3");
  refuses("\"labels\":\\[\\d", "\"labels\":[7");
  refuses("\"features\":\"....", "\"features\":\"");
  refuses("\"features\":\"....", "\"features\":\"????");
  refuses("\"momentum\":\"....", "\"momentum\":\"");
  refuses("\"pictures\":\"....", "\"pictures\":\"");
  refuses("\"loss\":[^,]*,", "");
  Net small(smallModel(Features::Small));
  QVERIFY(!small.dynamics->state(*small.network, &good));
}

void TestSynannNet::cutLinksActAtOnce() {
  Net net(smallModel(Features::Fast));
  const Bars bars(330);
  net.show(bars, 0, 320, 64);
  auto asked = bars;
  std::ranges::fill(asked.wanted, noWish);
  const auto before = net.show(asked, 320, 10, 10);
  const auto survival = [&](NeuronId id) {
    net.dynamics->publish(*net.network, nullptr);
    return double{net.model.graph.neuronValues<float>(neuron::Survival)[*net.model.graph.row(id)]};
  };
  const NeuronId synapse{256 + 96 + 1};
  QVERIFY(survival(synapse) < 0.999);
  net.change({.topology = true}, [&](Graph& graph) { graph.removeLinks(linksInto(graph, synapse, Channel::Inhibiting)); });
  const auto uninhibited = net.show(asked, 320, 10, 10);
  QCOMPARE(survival(synapse), 1.0);
  QVERIFY(uninhibited != before);
  // An answer without links says what its bias says, whatever is shown.
  const NeuronId answer{256 + 2 * 96 + 1};
  net.change({.topology = true}, [&](Graph& graph) { graph.removeLinks(linksInto(graph, answer, Channel::Exciting)); });
  const auto deaf = net.show(asked, 320, 10, 10);
  for (std::size_t k = 0; k < 10; ++k) {
    const double others =
        std::log(deaf[3 * k + 1] / deaf[3 * k + 2]) - std::log(uninhibited[3 * k + 1] / uninhibited[3 * k + 2]);
    QVERIFY(std::abs(others) < 1e-4);
  }
  QVERIFY(deaf != uninhibited);
  // It goes on learning, and cut links stay away.
  net.show(bars, 0, 64, 64);
  QCOMPARE(linksInto(net.capture().graph, answer, Channel::Exciting).size(), std::size_t{0});
  QCOMPARE(survival(synapse), 1.0);
}

void TestSynannNet::columnsAreTheTruth() {
  Net net(smallModel(Features::Fast));
  const Bars bars(100);
  net.show(bars, 0, 64, 64);
  const NeuronId synapse{256 + 96 + 2};
  net.change({.neuronValues = true, .linkValues = true}, [&](Graph& graph) {
    for (const auto l : linksInto(graph, synapse, Channel::Inhibiting)) graph.setLinkValue(l, link::Weight, 0.25);
    graph.setNeuronValue(*graph.row(synapse), neuron::Gain, 2);
  });
  net.show(bars, 64, 1, 1);  // the batch is not full: nothing is learnt
  net.dynamics->publish(*net.network, nullptr);
  const auto& graph = std::as_const(net.model.graph);
  const auto probability = graph.neuronValues<float>(neuron::Probability);
  double survives = 1;
  for (const auto l : linksInto(graph, synapse, Channel::Inhibiting)) {
    QCOMPARE(graph.linkValues<float>(link::Weight)[l], 0.25F);
    survives *= 1 - 0.25 * double{probability[graph.source(l)]};
  }
  const auto row = *graph.row(synapse);
  QVERIFY(std::abs(double{graph.neuronValues<float>(neuron::Survival)[row]} - survives) < 1e-5);
  const double own = double{probability[*graph.row({256 + 2})]};
  QVERIFY(std::abs(double{probability[row]} - 2 * own * survives) < 1e-5);
  // What learning makes of them stands in the columns at the next look.
  net.show(bars, 0, 64, 64);
  net.dynamics->publish(*net.network, nullptr);
  const auto links = linksInto(graph, synapse, Channel::Inhibiting);
  QVERIFY(std::ranges::any_of(links, [&](auto l) { return graph.linkValues<float>(link::Weight)[l] != 0.25F; }));
  for (std::size_t l = 0; l < graph.linkCount(); ++l) {
    const auto weight = graph.linkValues<float>(link::Weight)[l];
    if (graph.linkValues<std::uint8_t>(link::Channel)[l] == static_cast<std::uint8_t>(Channel::Inhibiting))
      QVERIFY(weight >= 0 && weight <= 1);
  }
}

void TestSynannNet::targetsAreChecked() {
  Net net(smallModel(Features::Dense));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  QVERIFY(net.dynamics->learn(*net.network, std::vector<double>{0, 1, 0}));
  QVERIFY(net.dynamics->learn(*net.network, std::vector<double>{}));
  QVERIFY(net.dynamics->learn(*net.network, std::vector<double>{nan, nan, nan}));
  QVERIFY(!net.dynamics->learn(*net.network, std::vector<double>{0, 1}));
  QVERIFY(!net.dynamics->learn(*net.network, std::vector<double>{0, 1, 1}));
  QVERIFY(!net.dynamics->learn(*net.network, std::vector<double>{0, 0, 0}));
}

void TestSynannNet::largeLayersAreRefused() {
  Model model = emptyModel(description());
  NeuronTable table;
  table.values.resize(neuron::Count);
  for (std::uint32_t k = 0; k < 5000; ++k) {
    table.ids.push_back({k + 1});
    table.names.emplace_back();
    table.roles.push_back(Role::Inter);
    table.positions.push_back({});
    table.values[neuron::Unit].push_back(k < 2500 ? k + 1 : 0);
  }
  model.graph.addNeurons(table);
  QVERIFY(!Simulation::create(entry(), std::move(model)));
}

/// Feeds, exams between lessons, one by one and many at a time.
void TestSynannNet::learnsInASession() {
  auto model = createNetwork(std::vector<double>{2, 1, 28, 28, 10, 4000}, 3).value();
  const auto many = simulate(model);
  many->feed(digitsFeeder());
  QVERIFY(many->takesMany());
  QCOMPARE(train(*many, 300).value(), Tick{300});
  const auto single = simulate(model);
  single->feed(digitsFeeder());
  for (int k = 0; k < 300; ++k) QVERIFY(single->step());
  const auto hash = [](Simulation& one) { return stateHash(description(), one.capture().value()); };
  QCOMPARE(hash(*many), hash(*single));
  QCOMPARE(many->feeding().feeder().write(), single->feeding().feeder().write());
  const auto& feed = many->feeding().feeder().feeds()[0];
  const auto& other = single->feeding().feeder().feeds()[0];
  QCOMPARE(feed.score(0, Part::Validation).samples, std::uint64_t{50});
  QCOMPARE(feed.score(0, Part::Train).correct, other.score(0, Part::Train).correct);
  if (slow) return;
  QVERIFY(train(*many, 4700));
  QVERIFY(test(*many, Part::Validation, 200).value());
  const double right = feed.score(0, Part::Validation).accuracy();
  QVERIFY2(right > 0.9, qPrintable(QString::number(right)));
}

void TestSynannNet::randomEditsWhileItLearns() {
  const auto simulation = simulate(smallModel(Features::Small));
  std::vector<std::size_t> parameters;
  for (std::size_t k = parameter::Rate; k < parameter::Count; ++k) {
    if (k != parameter::Threads && k != parameter::Batch) parameters.push_back(k);
  }
  GraphImager imager(description());
  RandomEdits edits(description(), 5, parameters, 300, 500);
  const auto before = canonicalDump(description(), simulation->capture().value());
  const auto live = [&](Simulation& one, std::uint64_t seed, int ticks) {
    for (int k = 0; k < ticks; ++k) {
      DrawSequence draw(seed, 4, static_cast<std::uint64_t>(k));
      const auto& graph = one.graph();
      std::vector<Stimulus> stimuli;
      std::size_t motors = 0;
      for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
        motors += graph.roles()[row] == Role::Motor ? 1 : 0;
        if (graph.roles()[row] == Role::Sensory) stimuli.push_back({graph.ids()[row], 0, draw.uniform()});
      }
      QVERIFY(one.stimulate(stimuli));
      std::vector<double> targets(motors, 0.0);
      if (motors > 0) targets[draw.below(static_cast<std::uint32_t>(motors))] = 1;
      QVERIFY(one.teach(targets));
      QVERIFY(one.step());
    }
  };
  int refused = 0;
  const int editCount = slow ? 100 : 400;
  for (int k = 0; k < editCount; ++k) {
    imager.forget();
    const bool done = k % 7 == 3    ? simulation->undo().has_value()
                      : k % 11 == 5 ? simulation->redo().has_value()
                                    : simulation->edit(edits.next(imager.image(simulation->graph()))).has_value();
    refused += done ? 0 : 1;
    if (k % 3 == 0) live(*simulation, static_cast<std::uint64_t>(k), 1 + k % 20);
    QCOMPARE(faults(simulation->graph()), std::string());
    if (k % 50 != 0) continue;
    const auto other = simulate(simulation->capture().value());
    live(*other, static_cast<std::uint64_t>(k), 40);
    live(*simulation, static_cast<std::uint64_t>(k), 40);
    QCOMPARE(stateHash(description(), other->capture().value()), stateHash(description(), simulation->capture().value()));
  }
  QVERIFY2(refused < editCount / 2, "most edits were refused: the test tests little");
  QVERIFY(simulation->returnToStart());
  while (simulation->undo()) {
  }
  QVERIFY(simulation->returnToStart());
  QCOMPARE(canonicalDump(description(), simulation->capture().value()), before);
}

QTEST_GUILESS_MAIN(TestSynannNet)
#include "tst_synann_net.moc"
