#include <QtTest>

#include <cmath>
#include <limits>

#include "core/io/log_document.h"
#include "core/session/replay.h"
#include "core/session/session.h"
#include "core/session/timeline.h"
#include "tests/support/toy/toy.h"
#include "tests/world/worm_model.h"

using namespace plexarium;

namespace {

NeuronId neuronCalled(const Graph& graph, const std::string& name) {
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    if (graph.names()[row] == name) return graph.ids()[row];
  }
  qFatal("there is no neuron %s", name.c_str());
}

Binding binding(const char* port, std::uint32_t neuron, double gain = 1, double offset = 0) {
  return {"worm1", port, {neuron}, gain, offset};
}

}  // namespace

/// Bodies tied to networks: what a tick does, edits with undo, the past, replays.
class TestEmbodiment : public QObject {
  Q_OBJECT

 private slots:
  void aSensorSpeaksToItsTargets() {
    Life life(bareWorm());
    const std::vector<std::string> ports = {"constant", "muscle.D.1"};
    const auto made = makePorts(life.description, life.simulation->capture()->embodiment, "worm1", ports, {}, {1});
    QVERIFY(made && life.simulation->edit(*made));
    const auto sensor = neuronCalled(life.simulation->graph(), "constant");
    const auto muscle = neuronCalled(life.simulation->graph(), "muscle.D.1");
    QVERIFY(life.edit(SetBindings{{binding("constant", sensor.value, 4, 0.25)}}).empty());
    LinkTable links{{{sensor, muscle}}, {}, {{2.0}}};
    QVERIFY(life.edit(AddLinks{links}).empty());
    life.live(0.01);
    const auto& graph = life.simulation->graph();
    const auto state = *findField(life.description.neuronFields, "state_e");
    QCOMPARE(columnValue(graph.neuronColumn(state), *graph.row(muscle)), 4 * 0.75 * 2);
    QCOMPARE(graph.lastFired()[*graph.row(sensor)], never);  // it speaks and never fires
    QCOMPARE(graph.lastCarried(*graph.link({sensor, muscle})), Tick{0});
    // One tick of six is 6 * 0.6 / 15 of calcium; the muscle holds just what came in the last tick.
    life.live(1);
    QCOMPARE(columnValue(graph.neuronColumn(state), *graph.row(muscle)), 6.0);
    QVERIFY(life.view().effectors[findPort(*life.view().description, "muscle.D.1")->index] > 0.9);
    // Inverted, it takes calcium away.
    const auto kind = *findField(life.description.linkFields, "kind");
    QVERIFY(life.edit(SetLinkField{kind, {{{sensor, muscle}, 1.0}}}).empty());
    life.live(3);
    QVERIFY(life.view().effectors[findPort(*life.view().description, "muscle.D.1")->index] < 0.01);
  }

  /// On the canvas a port's neuron shows the port, not what the dynamics makes of a neuron that never fires.
  void portsShowTheirValues() {
    const auto registry = builtInDynamics();
    auto session = std::move(Session::create(registry, galleryModel("worm_crawling.json")).value());
    session->latest();
    session->advance(400);
    const auto look = session->latest();
    QCOMPARE(look->tick, Tick{400});
    const WorldView& body = *look->worlds.at(0);
    double most = 0;
    for (const auto& binding : *look->bindings) {
      const auto port = *findPort(*body.description, binding.port);
      const double value = (port.sensor ? body.sensors : body.effectors)[port.index];
      const auto level = static_cast<double>(look->appearance.level[*look->graph.row(binding.neuron)]);
      QVERIFY(std::fabs(level - std::clamp(value, 0.0, 1.0)) < 1e-6);
      if (!port.sensor) most = std::max(most, level);
    }
    QVERIFY2(most > 0.3, qPrintable(QString::number(most)));
  }

  void aReleaseReachesTheMuscleWhole() {
    // What the muscle is given over time is its share of the releases: nothing is lost or counted twice.
    Life life(galleryModel("worm_crawling.json"));
    const auto& graph = life.simulation->graph();
    const auto muscle = neuronCalled(graph, "muscle.D.12");
    const auto motor = neuronCalled(graph, "DB12");
    const auto state = *findField(life.description.neuronFields, "state_e");
    const auto synapse = *findField(life.description.neuronFields, "synapse_e");
    double released = 0;
    double taken = 0;
    for (int tick = 0; tick < 2000; ++tick) {
      life.live(0.01);
      taken += columnValue(life.simulation->graph().neuronColumn(state), *graph.row(muscle));
      released += columnValue(life.simulation->graph().neuronColumn(synapse), *graph.row(motor));
    }
    QVERIFY(released > 300);
    QVERIFY2(std::abs(taken - released) < 1e-9 * released, std::to_string(taken / released).c_str());
  }

  void sameSeedSameBits() {
    for (const double noise : {0.0, 0.1}) {
      auto model = galleryModel("worm_wall.json");
      model.parameters[1] = noise;
      Life one(model);
      Life other(model);
      one.live(12);
      other.live(12);
      QCOMPARE(one.hash(), other.hash());
      model.seed = 2;
      Life third(model);
      QCOMPARE(third.live(12).view().spine == one.view().spine, noise == 0);
    }
  }

  void savedInTheMiddleItGoesOn() {
    for (const auto name : {"worm_wall.json", "worm_food.json", "worm_proprioceptive.json"}) {
      Life whole(galleryModel(name));
      whole.live(8.5);
      const auto read = readModel(whole.registry, whole.text(), "saved");
      QVERIFY2(read, read ? "" : read.error().text().c_str());
      QCOMPARE(writeModel(whole.description, *read), whole.text());
      Life continued(*read);
      QCOMPARE(continued.hash(), whole.hash());
      whole.live(6);
      continued.live(6);
      QCOMPARE(continued.hash(), whole.hash());
      QVERIFY(continued.view().spine == whole.view().spine);
    }
  }

  void orderOfNeuronsDoesNotMatter() {
    const auto model = galleryModel("worm_wall.json");
    auto shuffled = model;
    shuffled.graph = Graph(Life(model).description);
    const auto count = static_cast<std::uint32_t>(model.graph.neuronCount());
    const auto moved = [&](NeuronId id) { return NeuronId{(id.value * 37) % (count + 1)}; };
    std::vector<std::size_t> rows(count);
    for (std::size_t row = 0; row < count; ++row) rows[row] = *model.graph.row({static_cast<std::uint32_t>(row + 1)});
    std::sort(rows.begin(), rows.end(),
              [&](std::size_t a, std::size_t b) { return moved(model.graph.ids()[a]) < moved(model.graph.ids()[b]); });
    auto table = model.graph.neuronTable(rows);
    for (auto& id : table.ids) id = moved(id);
    std::vector<std::size_t> all(model.graph.linkCount());
    for (std::size_t link = 0; link < all.size(); ++link) all[link] = link;
    auto links = model.graph.linkTable(all);
    for (auto& key : links.keys) key = {moved(key.from), moved(key.to)};
    shuffled.graph.addNeurons(table);
    shuffled.graph.addLinks(links);
    for (auto& one : shuffled.embodiment.bindings) one.neuron = moved(one.neuron);
    std::ranges::sort(shuffled.embodiment.bindings, {}, &Binding::key);
    Life straight(model);
    Life mixed(shuffled);
    straight.live(16);
    mixed.live(16);
    QCOMPARE(mixed.measure("reversals"), straight.measure("reversals"));
    const auto a = straight.view().spine.front();
    const auto b = mixed.view().spine.front();
    QVERIFY2(std::hypot(a.x - b.x, a.y - b.y) < 1e-6, std::to_string(std::hypot(a.x - b.x, a.y - b.y)).c_str());
  }

  void everyEditHasItsUndo() {
    Life life(galleryModel("worm_food.json"));
    life.live(3);
    const auto wall = ArenaObject{7, "wall", {0.5, 0.5, 0.2, 1, 30}};
    auto moved = wall;
    moved.values[0] = -3;
    auto food = life.view().objects.front();
    food.values[0] = 2;
    auto second = makeController("worm2", findWorld("worm2d")->description);
    second.parameters[0] = 10;
    const auto nose = neuronCalled(life.simulation->graph(), "ASH");
    const auto sensor = neuronCalled(life.simulation->graph(), "nose_touch");
    const std::vector<EditStep> steps = {
        AddObjects{"worm1", {wall}},
        SetObjects{"worm1", {food}},
        RemoveObjects{"worm1", {1}},
        SetWorldParameter{"worm1", "drag_ratio", 10},
        SetWorldParameter{"worm1", "links", 12},
        AddControllers{{second}},
        AddBindings{{binding("touch.anterior", nose.value, 2, 0.5)}},
        SetBindings{{binding("nose_touch", sensor.value, 5, 0.5)}},
        RemoveBindings{{binding("nose_touch", sensor.value)}},
        RemoveNeurons{{sensor}},
        RemoveControllers{{"worm1"}},
    };
    for (const auto& step : steps) {
      const auto before = life.canonical();
      const auto exact = life.text();
      const auto said = life.edit(step);
      QVERIFY2(said.empty(), said.c_str());
      const auto after = life.canonical();
      QVERIFY(after != before);
      QVERIFY(life.simulation->undo());
      QCOMPARE(life.canonical(), before);
      const bool resamples = std::holds_alternative<SetWorldParameter>(step);
      if (!resamples) QCOMPARE(life.text(), exact);  // the body's state as well
      life.live(0.3);
      QVERIFY(life.simulation->redo());
      QCOMPARE(life.canonical(), after);
      life.live(0.3);
      QVERIFY(life.simulation->undo());
      QCOMPARE(life.canonical(), before);
    }
    // All of them in a row, to and fro; and the beginning of the run has had the same.
    for (const auto& step : {steps[0], steps[3], steps[5], steps[6]}) QVERIFY(life.edit(step).empty());
    const auto last = life.canonical();
    QVERIFY(life.simulation->returnToStart());
    QCOMPARE(life.canonical(), last);
    QCOMPARE(life.simulation->tick(), Tick{0});
    QCOMPARE(life.view().seconds, 0.0);
    for (int k = 0; k < 4; ++k) QVERIFY(life.simulation->undo());
    QCOMPARE(life.canonical(), canonicalDump(life.description, galleryModel("worm_food.json")));
  }

  void aMovedThingKeepsWhatWasEaten() {
    auto model = galleryModel("worm_food.json");
    model.embodiment.controllers[0].objects[0].values[0] = 0;
    model.embodiment.controllers[0].objects[0].values[1] = 0;
    Life life(model);
    auto stale = life.view().objects.front();
    life.live(5);
    const double eaten = life.measure("food_eaten");
    QVERIFY(eaten > 0.1);
    stale.values[0] = 1;
    QVERIFY(life.edit(SetObjects{"worm1", {stale}}).empty());
    QCOMPARE(life.measure("food_eaten"), eaten);
    life.live(5);
    const double later = life.measure("food_eaten");
    QVERIFY(later > eaten && life.simulation->undo());
    QCOMPARE(life.measure("food_eaten"), later);
    QCOMPARE(life.view().objects.front().values[0], 0.0);
    QVERIFY(life.edit(RemoveObjects{"worm1", {1}}).empty());
    QCOMPARE(life.measure("food_eaten"), 0.0);
    QVERIFY(life.simulation->undo());
    QCOMPARE(life.measure("food_eaten"), later);
  }

  void absurdEditsAreRefusedByName_data() {
    QTest::addColumn<int>("step");
    QTest::addColumn<QString>("error");
    const char* const errors[] = {
        "controller worm1.parameters.drag_ratio: drag_ratio -1 is below 1",
        "controller worm1.parameters.links: links 0 is below 4",
        "controller worm1.parameters.kappa_max",
        "controller worm1: there is no parameter 'mass'",
        "controller worm9: there is no such controller",
        "muscle.D.13 to neuron 1.port: Worm has no port 'muscle.D.13'",
        "nose_touch to neuron 1.gain: the gain is out of range",
        "nose_touch to neuron 1.gain: the gain is out of range",
        "muscle.D.1 to neuron 1.offset: an effector has no offset",
        "neuron 99.neuron: there is no neuron 99",
        "worm9:nose_touch to neuron 1.controller: there is no controller 'worm9'",
        "objects 3.kind: there is no 'mountain' in this arena",
        "objects 3.radius: radius 0 is below",
        "objects 3: there are 2 values, not 3",
        "a controller needs a name",
        "controller worm1: there is already such a controller",
        "controller x.type: there is no body of type 'snake'. There are: worm2d",
        "controller x, state: is no JSON object",
        "is there already",
        "is not there",
    };
    for (int k = 0; k < static_cast<int>(std::size(errors)); ++k) QTest::addRow("%d", k) << k << errors[k];
  }

  void absurdEditsAreRefusedByName() {
    QFETCH(int, step);
    QFETCH(QString, error);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const auto& body = findWorld("worm2d")->description;
    auto damaged = makeController("x", body);
    damaged.state = "[]";
    auto snake = makeController("x", body);
    snake.type = "snake";
    const std::vector<EditStep> steps = {
        SetWorldParameter{"worm1", "drag_ratio", -1},
        SetWorldParameter{"worm1", "links", 0},
        SetWorldParameter{"worm1", "kappa_max", nan},
        SetWorldParameter{"worm1", "mass", -1},
        SetWorldParameter{"worm9", "links", 10},
        AddBindings{{binding("muscle.D.13", 1)}},
        AddBindings{{binding("nose_touch", 1, nan)}},
        AddBindings{{binding("nose_touch", 1, -2)}},
        AddBindings{{binding("muscle.D.1", 1, 1, 0.5)}},
        AddBindings{{binding("nose_touch", 99)}},
        AddBindings{{{"worm9", "nose_touch", {1}, 1, 0}}},
        AddObjects{"worm1", {{3, "mountain", {0, 0}}}},
        AddObjects{"worm1", {{3, "obstacle", {0, 0, 0}}}},
        AddObjects{"worm1", {{3, "obstacle", {0, 0}}}},
        AddControllers{{makeController("", body)}},
        AddControllers{{makeController("worm1", body)}},
        AddControllers{{snake}},
        AddControllers{{damaged}},
        AddBindings{{binding("nose_touch", 2), binding("nose_touch", 2)}},
        RemoveBindings{{binding("nose_touch", 1)}},
    };
    Life life(galleryModel("worm_crawling.json"));
    const auto before = life.text();
    const auto said = QString::fromStdString(life.edit(steps[static_cast<std::size_t>(step)]));
    QVERIFY2(said.contains(error), qPrintable(said));
    QCOMPARE(life.text(), before);
  }

  void aDynamicsWithoutSensorsSaysSo() {
    auto registry = builtInDynamics().add(toy::entry());
    auto model = toy::model(5, 3);
    model.embodiment.controllers.push_back(makeController("worm1", findWorld("worm2d")->description));
    const auto made = makePorts(registry.find("toy")->description, model.embodiment, "worm1", {}, {}, {1});
    QVERIFY(!made && made.error().text().find("cannot have a body") != std::string::npos);
    model.embodiment.bindings = {binding("muscle.D.1", 2)};
    QVERIFY(Simulation::create(*registry.find("toy"), model));
    model.embodiment.bindings = {binding("nose_touch", 2)};
    const auto simulation = Simulation::create(*registry.find("toy"), model);
    QVERIFY(!simulation && simulation.error().text().find("cannot be told") != std::string::npos);
  }

  void thePastComesBack() {
    Life life(galleryModel("worm_wall.json"));
    Timeline timeline(*life.simulation);
    std::vector<std::string> hashes;
    const auto live = [&](int ticks) {
      const FlushDenormals flush;
      for (int k = 0; k < ticks; ++k) QVERIFY(timeline.step() && timeline.repeatDeeds());
    };
    for (int k = 0; k < 8; ++k) {
      live(50);
      hashes.push_back(life.hash());
      if (k == 3) QVERIFY(timeline.perform(ApplyEdit{{"Gel", {SetWorldParameter{"worm1", "drag_ratio", 10}}}}));
      if (k == 5) QVERIFY(timeline.perform(Poke{"worm1", {life.view().spine[5].x, life.view().spine[5].y}, 0.3}));
    }
    for (const int k : {6, 2, 7, 4, 0, 5}) {
      const auto left = timeline.goTo(50 * (k + 1));
      QVERIFY(left);
      live(static_cast<int>(*left));
      // A deed at the tick itself is done again on arrival: one step further all is the same.
      if (k != 3 && k != 5) QCOMPARE(life.hash(), hashes[static_cast<std::size_t>(k)]);
    }
  }

  void pokesAndArenasAreReplayed() {
    const auto registry = builtInDynamics();
    auto session = std::move(Session::create(registry, galleryModel("worm_crawling.json")).value());
    const auto places = session->latest()->worlds.at(0)->spine;
    const std::vector<Command> commands = {
        Poke{"worm1", places[2], 0.2},
        ApplyEdit{{"Wall", {AddObjects{"worm1", {{1, "wall", {1.5, 0, 0.3, 3, 0}}}}}}},
        ApplyEdit{{"Drag", {SetWorldParameter{"worm1", "drag_ratio", 20}}, "drag"}},
        ApplyEdit{{"Drag", {SetWorldParameter{"worm1", "drag_ratio", 30}}, "drag"}},
        ApplyEdit{{"Second", {AddControllers{{makeController("worm2", findWorld("worm2d")->description)}}}}},
        ApplyEdit{{"Tie", {AddBindings{{{"worm2", "muscle.D.3", {69}, 2, 0}}}}}},
        ApplyEdit{{"Untie", {RemoveBindings{{{"worm2", "muscle.D.3", {69}, 1, 0}}}}}},
        Undo{},
        ApplyEdit{{"Gain", {SetBindings{{{"worm2", "muscle.D.3", {69}, 3, 0}}}}}},
        ApplyEdit{{"Move", {SetObjects{"worm1", {{1, "wall", {1.4, 0, 0.3, 3, 10}}}}}}},
        ApplyEdit{{"Away", {RemoveObjects{"worm1", {1}}}}},
        Undo{},
        ApplyEdit{{"Alone", {RemoveControllers{{"worm2"}}}}},
    };
    for (const auto& command : commands) {
      std::visit([&](const auto& one) { session->post(one); }, command);
      session->advance(70);
    }
    QVERIFY(session->latest()->bindings->size() == galleryModel("worm_crawling.json").embodiment.bindings.size());
    session->post(CaptureLog{});
    session->advance(0);
    const auto outcomes = session->drainOutcomes();
    for (const auto& outcome : outcomes) QVERIFY2(!outcome.error, outcome.error ? outcome.error->text().c_str() : "");
    const auto& description = session->description();
    const auto text = writeLog(description, *outcomes.back().log);
    const auto read = readLog(registry, text, "log");
    QVERIFY2(read, read ? "" : read.error().text().c_str());
    QCOMPARE(writeLog(description, *read), text);
    QCOMPARE(stateHash(description, replay(registry, *read).value()), stateHash(description, *outcomes.back().capture));
    // The two changes of one drag are one entry of the undo list; a poke is none.
    QCOMPARE(session->latest()->undoLabel, std::string("Alone"));
    session->post(Poke{"worm7", {}, 0.1});
    session->advance(0);
    QVERIFY(session->drainOutcomes().back().error);
  }
};

QTEST_GUILESS_MAIN(TestEmbodiment)
#include "tst_embodiment.moc"
