#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/io/document.h"
#include "core/record/recorder.h"
#include "core/session/trainer.h"

using namespace plexarium;

namespace {

const QString folder = QStringLiteral(PLEXARIUM_SOURCE_DIR "/models");

/// A model of the gallery with the ticks in which each of its neurons fired.
class Performance {
 public:
  explicit Performance(const QString& name) {
    auto model = loadModel(registry_, (folder + '/' + name).toStdString()).value();
    simulation_ = Simulation::create(**registry_.require(model.dynamics), Model(model)).value();
  }

  Performance run(int ticks) && {
    for (int k = 0; k < ticks; ++k) {
      const auto tick = simulation_->tick();
      const auto ticked = simulation_->step();
      if (!ticked) qFatal("%s", ticked.error().text().c_str());
      metrics_.assign(ticked->begin(), ticked->end());
      const Graph& graph = simulation_->graph();
      for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
        if (graph.lastFired()[row] == tick) firings_[graph.names()[row]].push_back(static_cast<int>(tick));
      }
    }
    return std::move(*this);
  }

  Performance touch(const std::string& name, double amount = 20) && {
    const auto names = simulation_->graph().names();
    const auto row = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    if (!simulation_->stimulate({{simulation_->graph().ids()[row], 0, amount}})) qFatal("not stimulated");
    return std::move(*this);
  }

  /// Without the neurons whose names begin like this.
  Performance without(const std::string& beginning) && {
    RemoveNeurons remove;
    for (std::size_t row = 0; row < graph().neuronCount(); ++row) {
      if (graph().names()[row].starts_with(beginning)) remove.neurons.push_back(graph().ids()[row]);
    }
    if (remove.neurons.empty() || !simulation_->edit({"remove", {remove}})) qFatal("nothing removed");
    return std::move(*this);
  }

  /// The mean of a curve over so many ticks, in which nobody looks.
  [[nodiscard]] double mean(const std::string& metric, int ticks) {
    const auto& all = simulation_->description().metrics;
    const auto index = std::ranges::find(all, metric, &Metric::key) - all.begin();
    double sum = 0;
    for (int k = 0; k < ticks; ++k) sum += simulation_->step().value()[static_cast<std::size_t>(index)];
    return sum / ticks;
  }

  [[nodiscard]] const std::vector<int>& of(const std::string& name) { return firings_[name]; }
  /// The time between the last two firings.
  [[nodiscard]] int period(const std::string& name) {
    const auto& ticks = of(name);
    return ticks.size() < 2 ? 0 : ticks.back() - ticks[ticks.size() - 2];
  }
  [[nodiscard]] int firingsBetween(const std::string& name, int first, int last) {
    const auto& ticks = of(name);
    return static_cast<int>(std::count_if(ticks.begin(), ticks.end(), [&](int t) { return t >= first && t <= last; }));
  }
  [[nodiscard]] const Graph& graph() { return simulation_->graph(); }
  /// A field of a neuron as it is now.
  [[nodiscard]] double value(const std::string& name, const std::string& field) {
    const auto now = simulation_->capture().value().graph;
    const auto row = static_cast<std::size_t>(std::ranges::find(now.names(), name) - now.names().begin());
    return columnValue(now.neuronColumn(*findField(simulation_->description().neuronFields, field)), row);
  }
  /// Of the last tick.
  [[nodiscard]] double metric(const std::string& key) const {
    const auto& metrics = simulation_->description().metrics;
    return metrics_[static_cast<std::size_t>(std::ranges::find(metrics, key, &Metric::key) - metrics.begin())];
  }
  /// With another value of a field of a neuron, from here on.
  Performance set(const std::string& name, const std::string& field, double value) && {
    const auto row = static_cast<std::size_t>(std::ranges::find(graph().names(), name) - graph().names().begin());
    const auto index = *findField(simulation_->description().neuronFields, field);
    if (!simulation_->edit({"set", {SetNeuronField{index, {{graph().ids()[row], value}}}}})) qFatal("not set");
    return std::move(*this);
  }

  /// With another value of a parameter of the body, or of the whole network where the body has none of that name.
  Performance with(const std::string& parameter, double value) && {
    const auto network = findField(simulation_->description().parameters, parameter);
    const EditStep step =
        network ? EditStep(SetParameter{*network, value}) : EditStep(SetWorldParameter{"worm1", parameter, value});
    if (!simulation_->edit({"set", {step}}) || !simulation_->returnToStart()) qFatal("not set: %s", parameter.c_str());
    return std::move(*this);
  }
  [[nodiscard]] WorldView body() const { return *simulation_->bodies().front(); }
  [[nodiscard]] double measure(const std::string& key) const {
    const auto view = body();
    for (std::size_t k = 0; k < view.measures.size(); ++k) {
      if (view.description->measures[k].key == key) return view.measures[k];
    }
    qFatal("there is no measure %s", key.c_str());
  }
  /// Body lengths a cycle of two seconds, over so many cycles; the undulation itself is not looked at.
  [[nodiscard]] double stride(int cycles) && {
    const auto middle = [](const WorldView& view) { return view.spine[view.spine.size() / 2]; };
    const auto from = middle(body());
    auto later = std::move(*this).run(200 * cycles);
    const auto to = middle(later.body());
    *this = std::move(later);
    return std::hypot(to.x - from.x, to.y - from.y) / cycles;
  }

 private:
  Registry registry_ = builtInDynamics();
  std::unique_ptr<Simulation> simulation_;
  std::vector<double> metrics_;
  std::map<std::string, std::vector<int>> firings_;
};

}  // namespace

/// The models that come with the program do what they say.
class TestGallery : public QObject {
  Q_OBJECT

 private slots:
  void everyModelIsTidyAndAlive_data() {
    QTest::addColumn<QString>("name");
    const auto names = QDir(folder).entryList({"*.json"});
    QVERIFY(names.size() >= 16);
    for (const auto& name : names) QTest::newRow(qPrintable(name)) << name;
  }

  void everyModelIsTidyAndAlive() {
    QFETCH(QString, name);
    const auto registry = builtInDynamics();
    const auto file = (folder + '/' + name).toStdString();
    const auto model = loadModel(registry, file);
    QVERIFY2(model, model ? "" : model.error().text().c_str());
    QVERIFY(!model->name.empty() && !model->description.empty() && model->pace > 0 && model->tick == 0);
    QVERIFY(model->description.find('\n') == std::string::npos);
    QVERIFY2(model->description.find(". ") <= 90 || model->description.size() <= 90, "too long for the menu");
    QVERIFY(writeModel((*registry.require(model->dynamics))->description, *model) == readFile(file).value());
    const auto positions = model->graph.positions();
    for (std::size_t a = 0; a < positions.size(); ++a) {
      for (std::size_t b = a + 1; b < positions.size(); ++b) {
        const auto distance = std::hypot(positions[a].x - positions[b].x, positions[a].y - positions[b].y);
        QVERIFY2(distance >= 3, qPrintable(QString("neurons %1 and %2").arg(a).arg(b)));
      }
    }
    auto performance = Performance(name).run(3000);
    QVERIFY(countFirings(performance.graph(), 2900) > 0);
  }

  /// Two chains that start each other, and a body that makes a wave of it.
  void wrigglingWorm() {
    auto played = Performance("worm_wriggling.json").run(3000);
    for (const auto name : {"D1", "D12", "V1", "V12"}) QCOMPARE(played.period(name), 208);
    QCOMPARE(std::abs(played.of("V1").back() - played.of("D1").back()), 104);
    const double way = played.measure("lengths_per_undulation");
    QVERIFY2(way > 0.45 && way < 0.5, qPrintable(QString::number(way)));
    QCOMPARE(played.measure("reversals"), 0.0);
    auto broken = std::move(played).without("V4").run(1000);
    QVERIFY(broken.of("D1").back() < 3300);  // nobody starts the dorsal side any more
  }

  /// Six letters of ten neurons each; thresholds find their rate, synapses only die.
  void countingReservoir() {
    Performance played("sorn_counting.json");
    const auto& graph = played.graph();
    QCOMPARE(graph.groups().size(), std::size_t{6});
    for (const auto& group : graph.groups()) QCOMPARE(std::ranges::count(graph.memberOf(), group.id), 10);
    const double before = played.mean("links_ee", 1);
    const double born = played.mean("born", 20'000);
    const double after = played.mean("links_ee", 1);
    const double rate = played.mean("rate", 5000);
    QVERIFY2(born == 0 && after < 0.7 * before, qPrintable(QString::number(after / before)));
    QVERIFY2(std::abs(rate - 0.1) < 0.03, qPrintable(QString::number(rate)));
  }

  /// Synapses die until a quarter is left; then growth wins.
  void growingReservoir() {
    Performance played("sorn_growth.json");
    const double before = played.mean("links_ee", 1);
    static_cast<void>(played.mean("rate", 40'000));
    const double least = played.mean("links_ee", 1);
    static_cast<void>(played.mean("rate", 80'000));
    const double after = played.mean("links_ee", 1);
    const auto shares = QString("%1 %2").arg(least / before).arg(after / before);
    QVERIFY2(least < 0.3 * before && after > 1.7 * least, qPrintable(shares));
    QVERIFY(std::abs(played.mean("rate", 5000) - 0.1) < 0.02);
  }

  /// From guessing to nine in ten in the ten seconds that its pace makes of 20,000 samples; its slots fill.
  void drawnDigits() {
    const Registry registry = builtInDynamics();
    auto model = loadModel(registry, (folder + "/sonn_digits.json").toStdString()).value();
    QCOMPARE(model.pace, 2000.0);
    const auto& entry = **registry.require(model.dynamics);
    const auto network = Simulation::create(entry, std::move(model)).value();
    const auto& feed = network->feeding().feeder().feeds()[0];
    const auto rightOf = [&](Tick samples) {
      const auto before = feed.score(0, Part::Validation);
      if (!train(*network, samples)) qFatal("it cannot be trained");
      auto score = feed.score(0, Part::Validation);
      score -= before;
      return score.accuracy();
    };
    const double first = rightOf(500);
    static_cast<void>(rightOf(19'500));
    const double last = rightOf(3000);
    QVERIFY2(first < 0.4 && last > 0.85, qPrintable(QString("%1 %2").arg(first).arg(last)));
    const auto connections = static_cast<double>(network->graph().linkCount()) - 400;
    QVERIFY2(connections > 7500 && connections <= 8000, qPrintable(QString::number(connections)));
  }

  /// A synapse layer between retina and answers learns within seconds.
  void digitsThroughSynapses() {
    const Registry registry = builtInDynamics();
    auto model = loadModel(registry, (folder + "/synann_digits.json").toStdString()).value();
    const auto& entry = **registry.require(model.dynamics);
    const auto network = Simulation::create(entry, std::move(model)).value();
    const auto& feed = network->feeding().feeder().feeds()[0];
    if (!train(*network, 400)) qFatal("it cannot be trained");
    const double first = feed.score(0, Part::Validation).accuracy();
    if (!train(*network, 7600) || !test(*network, Part::Validation, 300)) qFatal("it cannot be trained");
    const double last = feed.score(0, Part::Validation).accuracy();
    QVERIFY2(first < 0.4 && last > 0.85, qPrintable(QString("%1 %2").arg(first).arg(last)));
  }

  void pacemaker() {
    auto played = Performance("pacemaker.json").run(120);
    QCOMPARE(played.of("Pacemaker").front(), 4);
    QCOMPARE(played.period("Pacemaker"), 12);
    for (std::size_t k = 0; k < played.of("Follower").size(); ++k)
      QCOMPARE(played.of("Follower")[k], played.of("Pacemaker")[k] + 7);
    QCOMPARE(played.of("Follower").size(), std::size_t{10});
  }

  void mutualPair() {
    auto played = Performance("mutual_pair.json").run(60);
    QCOMPARE(played.of("Ping"), std::vector<int>({4, 18, 32, 46}));
    QCOMPARE(played.of("Pong"), std::vector<int>({11, 25, 39, 53}));
  }

  void ringWave() {
    auto played = Performance("ring_wave.json").run(200);
    for (int k = 0; k < 8; ++k) {
      const auto name = "R" + std::to_string(k + 1);
      QCOMPARE(played.of(name).front(), 4 + 7 * k);
      QCOMPARE(played.period(name), 56);
    }
  }

  void divergence() {
    auto played = Performance("divergence.json").run(200);
    QCOMPARE(played.period("Source"), 12);
    for (int k = 1; k <= 6; ++k) {
      const auto name = "Target " + std::to_string(k);
      QCOMPARE(played.of(name).front(), 11);
      QCOMPARE(played.period(name), 12);
    }
  }

  void convergenceWithVeto() {
    auto played = Performance("convergence_veto.json").run(600);
    QCOMPARE(played.period("Drive 1"), 12);
    QCOMPARE(played.period("Drive 2"), 19);
    QCOMPARE(played.period("Veto"), 47);
    // After every veto (and a pulse that was on its way already) the target misses a beat of the faster drive.
    for (const auto veto : played.of("Veto")) {
      if (veto + 25 < 600) QCOMPARE(played.firingsBetween("Target", veto + 7, veto + 25), 0);
    }
    QVERIFY(played.of("Target").size() > 20 && played.of("Target").size() < 40);
  }

  void reflex() {
    auto rest = Performance("reflex.json").run(300);
    QVERIFY(rest.of("Back").empty() && rest.of("Touch").empty());
    QCOMPARE(rest.period("Walk"), 12);
    auto played = Performance("reflex.json").run(50).touch("Touch").run(200);
    QCOMPARE(played.of("Touch"), std::vector<int>({53}));
    QCOMPARE(played.of("Back"), std::vector<int>({64}));
    QCOMPARE(played.firingsBetween("Walk", 65, 100), 0);
    QCOMPARE(played.period("Walk"), 12);
    auto late = Performance("reflex.json").run(5000).touch("Touch").run(60);
    QCOMPARE(late.of("Back"), std::vector<int>({5014}));
  }

  void halfCentre() {
    auto played = Performance("half_centre.json").run(800);
    for (const auto name : {"Left", "Right"}) QCOMPARE(played.period(name), 80);
    // Each muscle bursts on its own side's turn and rests on the other's.
    for (int turn = 0; turn < 5; ++turn) {
      const int first = 160 + 80 * turn;
      QVERIFY(played.firingsBetween("Muscle left", first, first + 40) >= 5);
      QCOMPARE(played.firingsBetween("Muscle right", first + 10, first + 39), 0);
      QVERIFY(played.firingsBetween("Muscle right", first + 40, first + 80) >= 5);
      QCOMPARE(played.firingsBetween("Muscle left", first + 50, first + 79), 0);
    }
  }

  void coincidence() {
    auto played = Performance("coincidence.json").run(400);
    QCOMPARE(played.of("Quick 3"), played.of("Slow"));
    QCOMPARE(played.period("Together"), 32);
    QVERIFY(played.of("Apart").empty() && played.of("Late").size() > 10);
  }

  void chemicalAndElectrical() {
    auto played = Performance("chemical_and_electrical.json").run(600);
    QCOMPARE(played.of("Synapse 5").back() - played.of("Synapse 1")[played.of("Synapse 5").size() - 1], 28);
    QCOMPARE(played.of("Gap 5").back() - played.of("Gap 1").back(), 8);
    QCOMPARE(played.period("Gap 5"), 57);
  }

  void welcome() {
    auto played = Performance("welcome.json").run(600);
    QVERIFY(played.graph().neuronCount() >= 24 && played.graph().neuronCount() <= 40);
    QCOMPARE(played.of("Heart 1").front(), 3);  // a tenth of a second at its pace
    for (const auto name : {"Heart 1", "North 4", "West 4", "South 4", "Hush", "Whirl 8"}) QCOMPARE(played.period(name), 56);
    // The quick ring turns twice for each start, then it is hushed.
    for (int start = 92; start + 56 < 560; start += 56) {
      QCOMPARE(played.firingsBetween("Whirl 1", start, start + 55), 2);
      QCOMPARE(played.firingsBetween("Whirl 8", start, start + 55), 1);
    }
    auto touched = Performance("welcome.json").run(60).touch("Touch").run(60);
    QVERIFY(!touched.of("Echo").empty());
  }

  void delayLine() {
    auto played = Performance("delay_line.json").run(1000);
    for (int k = 0; k < 6; ++k) {
      const auto name = "Tap " + std::to_string(k + 1);
      QCOMPARE(played.of(name).front(), 17 + 20 * k);
      QCOMPARE(played.period(name), 120);
    }
    QCOMPARE(played.of("Bell").size(), played.of("Tap 6").size());
    for (std::size_t k = 0; k < played.of("Bell").size(); ++k) QCOMPARE(played.of("Bell")[k], played.of("Tap 6")[k] + 3);
  }

  void edgeDetector() {
    auto played = Performance("edge_detector.json").run(2000);
    const auto& flashes = played.of("Light");
    std::vector<int> onsets;
    for (std::size_t k = 0; k < flashes.size(); ++k) {
      if (k == 0 || flashes[k] - flashes[k - 1] > 100) onsets.push_back(flashes[k] + 4);
    }
    QCOMPARE(played.of("Edge"), onsets);
    QCOMPARE(onsets.size(), std::size_t{9});
    QVERIFY(played.of("Echo").size() >= 10 * onsets.size());
    // It is the inhibition that makes the edge: without it every flash gets through.
    auto free = Performance("edge_detector.json").without("Hush").run(2000);
    QCOMPARE(free.of("Edge").size(), free.of("Light").size());
  }

  void flipFlop() {
    auto left = Performance("flip_flop.json").run(2000);
    QCOMPARE(left.period("Left lamp"), 12);
    QVERIFY(left.of("Right lamp").empty());
    auto right = std::move(left).touch("Right on").run(500);
    QVERIFY(right.of("Left lamp").back() < 2020);
    QCOMPARE(right.of("Right lamp").back() - right.of("Right lamp").front(), 12 * (int(right.of("Right lamp").size()) - 1));
    auto again = std::move(right).touch("Right on").run(500);
    QVERIFY(again.of("Left lamp").back() < 2020 && again.firingsBetween("Right lamp", 2550, 3000) >= 36);
    auto back = std::move(again).touch("Left on").run(500);
    QVERIFY(back.of("Right lamp").back() < 3020);
    QCOMPARE(back.firingsBetween("Left lamp", 3020, 3499), 40);
  }

  void lateralInhibition() {
    auto played = Performance("lateral_inhibition.json").run(2000);
    QCOMPARE(played.of("Cell 4").size(), played.of("Light 4").size());
    for (const auto name : {"Cell 2", "Cell 3", "Cell 5", "Cell 6"}) QVERIFY2(played.of(name).empty(), name);
    for (const auto name : {"Cell 1", "Cell 7"}) QCOMPARE(played.period(name), 22);
    auto free = Performance("lateral_inhibition.json").without("Hush").run(2000);
    for (int k = 1; k <= 7; ++k) QVERIFY(free.of("Cell " + std::to_string(k)).size() > 80);
  }

  void spiralWaves() {
    auto played = Performance("spiral_waves.json").run(3000);
    QCOMPARE(played.graph().neuronCount(), std::size_t{196});
    // Everybody is driven at the one period of the spiral, and it turns about the middle, four ticks a neuron.
    for (const auto& name : played.graph().names()) {
      QCOMPARE(played.period(name), 24);
      QCOMPARE(played.of(name).size(), std::size_t{125});
    }
    const int turn = played.of("G8").back() - 24;
    for (const auto& [name, behind] : {std::pair{"G7", 4}, {"H7", 8}, {"H8", 12}})
      QVERIFY2(played.firingsBetween(name, turn + behind, turn + behind) == 1, name);
  }

  void sequence() {
    auto played = Performance("sequence.json").run(216 * 5);
    for (int start = 216; start < 216 * 4; start += 216) {
      for (int k = 0; k < 4; ++k) {
        const auto letter = std::string(1, static_cast<char>('A' + k));
        QCOMPARE(played.firingsBetween(letter, start + 54 * k, start + 54 * k + 63), 5);
        QCOMPARE(played.firingsBetween(letter, start, start + 215), 5);
      }
    }
    QVERIFY(played.of("A")[4] < played.of("B")[0] && played.of("B")[4] < played.of("C")[0]);
    QVERIFY(played.of("C")[4] < played.of("D")[0] && played.of("D")[4] < played.of("A")[5]);
  }

  void swing() {
    auto played = Performance("swing.json").run(1000);
    QCOMPARE(played.period("Kick"), 72);
    QCOMPARE(played.of("Snare").front() - played.of("Kick").front(), 36);
    const auto& hat = played.of("Hat");
    QCOMPARE(hat.front(), played.of("Kick").front());
    for (std::size_t k = 1; k < hat.size(); ++k) QCOMPARE(hat[k] - hat[k - 1], k % 2 == 1 ? 24 : 12);
  }

  void crawlingWorm() {
    auto worm = Performance("worm_crawling.json").run(1000);
    QCOMPARE(worm.graph().neuronCount(), std::size_t{93});  // 68 and 25 ports
    for (const auto name : {"HD", "DB1", "DB12", "VB7"}) QCOMPARE(worm.period(name), 200);
    QVERIFY(worm.of("ASH").empty() && worm.of("DA1").empty());
    const double stride = std::move(worm).stride(15);
    QVERIFY2(stride > 0.45 && stride < 0.50, std::to_string(stride).c_str());
    QVERIFY(std::abs(worm.measure("lengths_per_undulation") - stride) < 0.01);
    QCOMPARE(worm.measure("reversals"), 0.0);
    // On less slippery ground it goes nowhere, and noise does not matter to it.
    const double water = Performance("worm_crawling.json").with("drag_ratio", 1.5).run(1000).stride(10);
    QVERIFY2(water < 0.12, std::to_string(water).c_str());
    const double noisy = Performance("worm_crawling.json").with("noise", 0.1).run(1000).stride(15);
    QVERIFY2(noisy > 0.45 && noisy < 0.50, std::to_string(noisy).c_str());
  }

  void wormAndWall() {
    for (const double noise : {0.0, 0.1}) {
      auto worm = Performance("worm_wall.json").with("noise", noise);
      double before = 0;
      double touchedAt = 0;
      int touches = 0;
      bool touching = false;
      const auto nose = findPort(*worm.body().description, "nose_touch")->index;
      for (int tick = 0; tick < 4500; ++tick) {
        worm = std::move(worm).run(1);
        const auto view = worm.body();
        const bool now = view.sensors[nose] > 0;
        // While it stands before the wall its nose comes and goes.
        if (now && !touching && (touches == 0 || view.seconds > touchedAt + 3)) {
          ++touches;
          touchedAt = view.seconds;
          before = worm.measure("heading");
        }
        touching = now;
      }
      QCOMPARE(touches, 1);
      QVERIFY2(touchedAt > 7 && touchedAt < 9, std::to_string(touchedAt).c_str());
      QCOMPARE(worm.measure("reversals"), 1.0);
      QCOMPARE(worm.of("AVA").size(), std::size_t{1});
      QVERIFY(std::abs(worm.measure("heading") - before) > 90);
      QVERIFY(worm.measure("speed") > 0.2);
    }
  }

  void foodSeeker() {
    for (const double heading : {0.0, 120.0, -120.0}) {
      for (const double noise : {0.0, 0.1}) {
        auto worm = Performance("worm_food.json").with("start_heading", heading).with("noise", noise);
        const auto far = [&] {
          const auto view = worm.body();
          return std::hypot(view.spine[0].x - view.objects[0].values[0], view.spine[0].y - view.objects[0].values[1]);
        };
        QCOMPARE(far(), 5.0);
        worm = std::move(worm).run(6000);
        QVERIFY2(far() < 0.6, std::to_string(far()).c_str());
        QVERIFY(worm.measure("food_eaten") > 1);
      }
    }
  }

  void proprioceptiveWorm() {
    auto worm = Performance("worm_proprioceptive.json").run(1000);
    const double stride = std::move(worm).stride(15);
    QVERIFY2(stride > 0.45 && stride < 0.55, std::to_string(stride).c_str());
    // The bend in front is all that drives the rest: without the head's, nobody fires.
    auto still = Performance("worm_proprioceptive.json").without("H").run(2000);
    QVERIFY(still.of("DB6").empty() && still.of("VB12").empty());
    QVERIFY(still.measure("distance") < 0.01);
  }

  void gates() {
    auto played = Performance("synann_gates.json").run(400);
    const auto fired = [&](const std::string& name, int tick) { return played.firingsBetween(name, tick, tick) == 1; };
    for (int tick = 0; tick < 400; ++tick) {
      const bool a = tick / 20 % 2 == 0;
      const bool b = tick / 40 % 2 == 0;
      QCOMPARE(fired("A", tick), a);
      QCOMPARE(fired("B", tick), b);
      QCOMPARE(fired("NOT A", tick), !a);
      QCOMPARE(fired("A AND B", tick), a && b);
      QCOMPARE(fired("A OR B", tick), a || b);
      QCOMPARE(fired("A XOR B", tick), a != b);
    }
  }

  void flipFlopOfSynapses() {
    auto played = Performance("synann_flip_flop.json").run(100);
    for (const auto& [on, off] : {std::pair{"Right", "Left"}, {"Left", "Right"}, {"Left", "Right"}}) {
      const int before = static_cast<int>(played.of("Left").size() + played.of("Right").size());
      QCOMPARE(before % 100, 0);
      played = std::move(played).touch(on, 1).run(100);
      QCOMPARE(played.firingsBetween(on, before, before + 99), 100);
      QCOMPARE(played.firingsBetween(off, before, before + 99), 0);
    }
  }

  /// The map's period doubles as its gain rises.
  void logisticMap() {
    for (const auto& [gain, period] : {std::pair{2.9, 1}, {3.2, 2}, {3.5, 4}, {3.9, 0}}) {
      auto played = Performance("synann_logistic_map.json").set("X", "gain", gain).run(2000);
      std::vector<double> orbit;
      for (int tick = 0; tick < 16; ++tick) {
        orbit.push_back(played.value("Y", "probability"));
        played = std::move(played).run(1);
      }
      std::size_t found = 1;
      while (found < 16 && std::abs(orbit[found] - orbit[0]) > 1e-6) ++found;
      QCOMPARE(found, period > 0 ? static_cast<std::size_t>(period) : orbit.size());
    }
  }

  void hundredAndFifty() {
    auto played = Performance("synann_cyclic.json").run(1);
    QCOMPARE(played.graph().neuronCount(), std::size_t{150});
    QVERIFY(played.metric("sweeps") > 5 && played.metric("unsettled") == 0);
    const double before = played.metric("probability");
    played = std::move(played).touch("In 1", 1).touch("In 2", 0).run(1);
    QVERIFY(played.metric("unsettled") == 0 && played.metric("probability") != before);
  }

  void learningExclusiveOr() {
    auto played = Performance("synann_learning.json").run(1);
    QVERIFY(played.metric("loss") > 0.1);
    played = std::move(played).run(6000);
    QVERIFY2(played.metric("error") < 0.1, std::to_string(played.metric("error")).c_str());
  }

  void counter() {
    auto played = Performance("counter.json").run(2000);
    int period = 12;
    for (const auto name : {"Beat", "Twos", "Fours", "Eights"}) {
      const auto& ticks = played.of(name);
      for (std::size_t k = 1; k < ticks.size(); ++k) QCOMPARE(ticks[k] - ticks[k - 1], period);
      QVERIFY(ticks.size() >= 20);
      period *= 2;
    }
  }
};

QTEST_GUILESS_MAIN(TestGallery)
#include "tst_gallery.moc"
