#include <QtTest>

#include <cmath>
#include <limits>
#include <set>

#include "core/world/world.h"

using namespace plexarium;

namespace {

const WorldDescription& table() { return findWorld("worm2d")->description; }

std::size_t sensorAt(const char* key) { return findPort(table(), key)->index; }
std::size_t effectorAt(const std::string& key) { return findPort(table(), key)->index; }

/// A worm without a network: muscles are given amounts by hand.
struct Worm {
  explicit Worm(Controller start = makeController("w", table())) : controller(std::move(start)) {
    world = makeWorld(controller).value();
  }
  void set(const char* key, double value) {
    controller.parameters[*findField(table().parameters, key)] = value;
    world->save(controller);
    world->configure(controller);
  }
  void add(const char* kind, std::vector<double> values) {
    world->save(controller);
    values.resize(table().objectKind(kind)->fields.size());
    controller.objects.push_back({freeObjectId(controller), kind, std::move(values)});
    world->configure(controller);
  }
  void live(int ticks, const std::vector<std::pair<std::string, double>>& amounts = {}) {
    std::vector<double> given(table().effectors.size());
    for (const auto& [key, amount] : amounts) given[effectorAt(key)] = amount;
    for (int tick = 0; tick < ticks; ++tick) {
      world->act(given);
      world->step();
    }
  }
  [[nodiscard]] double sensor(const char* key) const {
    std::vector<double> values(table().sensors.size());
    world->sense(values);
    return values[sensorAt(key)];
  }
  [[nodiscard]] WorldView view() const {
    WorldView seen;
    world->show(seen);
    return seen;
  }
  [[nodiscard]] std::string state() const {
    auto saved = controller;
    world->save(saved);
    return saved.state;
  }
  Controller controller;
  std::unique_ptr<World> world;
};

bool finite(const WorldView& view) {
  for (const auto& point : view.spine) {
    if (!std::isfinite(point.x) || !std::isfinite(point.y)) return false;
  }
  for (const auto* list : {&view.curvature, &view.sensors, &view.effectors, &view.measures}) {
    for (const double value : *list) {
      if (!std::isfinite(value)) return false;
    }
  }
  return true;
}

}  // namespace

/// The worm: muscles, skin, nose, stomach and state.
class TestWorm : public QObject {
  Q_OBJECT

 private slots:
  void tablesAreTidy() {
    std::set<std::string> keys;
    for (const auto* ports : {&table().sensors, &table().effectors}) {
      for (const auto& port : *ports) {
        QVERIFY2(keys.insert(port.key).second, port.key.c_str());
        QVERIFY(!port.label.empty() && !port.help.empty() && port.along >= 0 && port.along <= 1);
        QCOMPARE(port.row > 0, !port.series.empty());
      }
    }
    for (const auto key : {"nose_touch", "touch.anterior", "touch.posterior", "stretch.D.12", "stretch.V.1", "food.left",
                           "food.right", "food.rise", "constant", "muscle.D.1", "muscle.V.12", "pharynx"}) {
      QVERIFY2(keys.contains(key), key);
    }
    for (const auto& field : table().parameters) {
      QVERIFY2(checkValue(field, field.initial) && !field.label.empty() && !field.help.empty(), field.key.c_str());
    }
    for (const auto& kind : table().objects) {
      QVERIFY(kind.fields[0].key == "x" && kind.fields[1].key == "y");
      for (const auto& field : kind.fields) QVERIFY2(checkValue(field, field.initial), field.key.c_str());
    }
    for (const auto& preset : table().presets) {
      const auto field = findField(table().parameters, preset.parameter);
      QVERIFY(field && checkValue(table().parameters[*field], preset.value));
    }
  }

  void aMuscleBendsItsRowToItsSide() {
    Worm dorsal;
    dorsal.live(200, {{"muscle.D.6", 5}});
    const auto bent = dorsal.view();
    QVERIFY2(bent.curvature[11] > 3, std::to_string(bent.curvature[11]).c_str());
    QVERIFY(bent.effectors[effectorAt("muscle.D.6")] > 0.9);
    QVERIFY(std::abs(bent.curvature[1]) < 1);
    QVERIFY(dorsal.sensor("stretch.V.6") > 0.2 && dorsal.sensor("stretch.D.6") == 0);
    Worm ventral;
    ventral.live(200, {{"muscle.V.6", 5}});
    QVERIFY(std::abs(ventral.view().curvature[11] + bent.curvature[11]) < 1e-9);
    dorsal.live(300);
    const auto relaxed = dorsal.view();  // the body goes on straightening by itself, slowly
    QVERIFY(relaxed.effectors[effectorAt("muscle.D.6")] < 1e-4);
    QVERIFY(relaxed.curvature[11] > 0 && relaxed.curvature[11] < bent.curvature[11] / 2);
  }

  void inhibitionRelaxesAndNoMore() {
    Worm worm;
    worm.live(100, {{"muscle.D.3", 5}});
    worm.live(200, {{"muscle.D.3", -50}});
    const auto seen = worm.view();
    QVERIFY(seen.effectors[effectorAt("muscle.D.3")] < 0.01 && seen.effectors[effectorAt("muscle.D.3")] >= 0);
    worm.live(300, {{"muscle.D.3", -50}});
    QVERIFY(worm.view().curvature[5] >= 0);  // and is not bent the other way
  }

  void stretchIsFeltFromAhead() {
    Worm worm;
    worm.live(200, {{"muscle.D.4", 5}});
    const double here = worm.sensor("stretch.V.4");
    QVERIFY(here > worm.sensor("stretch.V.6"));
    worm.set("stretch_ahead", 2.0 / 12);
    QVERIFY(std::abs(worm.sensor("stretch.V.6") - here) < 1e-12);
  }

  void skinFeelsWhereItIsTouched() {
    for (const auto& [x, key] : {std::pair{-0.3, "touch.anterior"}, {-0.75, "touch.posterior"}}) {
      Worm worm;
      QCOMPARE(worm.sensor(key), 0.0);
      QVERIFY(worm.world->poke({x, 0.04}, 0.05));
      QCOMPARE(worm.sensor(key), 1.0);
      QCOMPARE(worm.sensor("nose_touch"), 0.0);
      QCOMPARE(worm.view().probe.size(), std::size_t{1});
      QVERIFY(!worm.view().contacts.empty());
      worm.live(5);
      QVERIFY(worm.view().probe.empty() && worm.view().contacts.empty());
      QCOMPARE(worm.sensor(key), 0.0);
      QVERIFY(worm.view().spine[12].y < 0 || x < -0.5);  // it was pushed away
    }
    Worm worm;
    QVERIFY(worm.world->poke({0.05, 0}, 10));
    QCOMPARE(worm.sensor("nose_touch"), 1.0);
    for (const auto seconds : {0.0, -1.0, 11.0, std::numeric_limits<double>::quiet_NaN()}) {
      QVERIFY(!worm.world->poke({0, 0}, seconds));
    }
    QVERIFY(!worm.world->poke({std::numeric_limits<double>::infinity(), 0}, 1));
  }

  void nothingGetsThroughAWall() {
    for (const double ratio : {1.0, 1.5, 40.0}) {
      Worm worm;
      worm.set("drag_ratio", ratio);
      worm.add("wall", {0.2, 0, 0.2, 4, 0});
      worm.add("obstacle", {-0.5, -0.4, 0.2});
      for (int advance = 0; advance < 40; ++advance) {  // the wall comes nearer and shoves the worm
        worm.world->save(worm.controller);
        worm.controller.objects[0].values[0] -= 0.02;
        worm.world->configure(worm.controller);
        worm.live(20);
        QVERIFY(finite(worm.view()));
        const double face = worm.controller.objects[0].values[0] - 0.1;
        for (const auto& end : worm.view().spine) {
          QVERIFY2(end.x < face + 0.01, (std::to_string(end.x) + " behind " + std::to_string(face)).c_str());
          QVERIFY(std::hypot(end.x + 0.5, end.y + 0.4) > 0.2);
        }
      }
      QVERIFY(worm.view().spine.front().x < -0.6);
      QCOMPARE(worm.view().measures[5], 1.0);  // a reversal, if not of its own will
    }
  }

  void aTurnedWallIsTurned() {
    Worm worm;
    worm.add("wall", {0, 0.5, 0.2, 3, 45});
    QCOMPARE(worm.sensor("nose_touch"), 0.0);
    worm.controller.objects[0].values[1] = 0.1;  // its face is now 0.03 from the head
    worm.world->configure(worm.controller);
    QVERIFY(worm.sensor("nose_touch") > 0);
  }

  void foodIsSmeltOnTheRightSideAndEaten() {
    Worm worm;
    worm.add("food", {0, 2, 2, 10});
    QVERIFY(worm.sensor("food.left") > 1 && worm.sensor("food.right") == 0);
    const double concentration = 10 * std::exp(-0.5);
    QVERIFY(std::abs(worm.sensor("food.here") - concentration) < 1e-12);
    QVERIFY(std::abs(worm.sensor("food.left") - concentration * 2 / 4) < 1e-3);
    QCOMPARE(worm.sensor("food.rise"), 0.0);
    worm.live(100);
    const double idle = worm.view().measures.back();
    QVERIFY2(std::abs(idle - 0.2 * 0.02 * concentration) < 1e-3, std::to_string(idle).c_str());
    QVERIFY(worm.sensor("food.fall") > 0);
    worm.live(100, {{"pharynx", 100}});
    QVERIFY(worm.view().measures.back() > 3 * idle);
    QCOMPARE(worm.view().objects[0].values[4], worm.view().measures.back());
    worm.set("eating_rate", 100);
    worm.live(3000, {{"pharynx", 100}});
    QVERIFY(std::abs(worm.view().measures.back() - 10) < 1e-6);  // all of it, and no more
    QVERIFY(worm.sensor("food.left") < 1e-6);
  }

  void stateIsExact() {
    Worm worm;
    worm.add("food", {1, 0, 2, 10});
    worm.add("wall", {0.4, 0.2, 0.2, 1, 20});
    worm.live(37, {{"muscle.D.2", 1.7}, {"muscle.V.9", 0.3}});
    QVERIFY(worm.world->poke({-0.2, 0.03}, 0.2));
    worm.live(7, {{"muscle.D.2", 1.7}});
    worm.world->save(worm.controller);
    Worm other(worm.controller);
    QCOMPARE(other.state(), worm.state());
    for (auto* one : {&worm, &other}) one->live(200, {{"muscle.V.4", 0.7}, {"pharynx", 2}});
    QCOMPARE(other.state(), worm.state());
    QVERIFY(other.view().spine == worm.view().spine && other.view().measures == worm.view().measures);
  }

  void damagedStatesAreRefusedByField_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("where");
    QTest::newRow("no JSON") << "{"
                             << "["
                             << "";
    QTest::newRow("missing") << "\"head\""
                             << "\"hat\""
                             << "head";
    QTest::newRow("short") << "\"calcium\":["
                           << "\"calcium\":[0.5,"
                           << "calcium";
    QTest::newRow("text") << "\"probe\":["
                          << "\"probe\":[\"x\",1],\"x\":["
                          << "probe";
    QTest::newRow("huge") << "\"head\":["
                          << "\"head\":[1e300,0],\"x\":["
                          << "head";
    QTest::newRow("negative") << "\"ticks\":["
                              << "\"ticks\":[-"
                              << "ticks";
    QTest::newRow("fraction") << "\"probe_ticks\":["
                              << "\"probe_ticks\":[0.5],\"x\":["
                              << "probe_ticks";
    QTest::newRow("one link") << "\"headings\":["
                              << "\"headings\":[1],\"x\":["
                              << "headings";
  }

  void damagedStatesAreRefusedByField() {
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, where);
    Worm worm;
    worm.live(10, {{"muscle.D.2", 1}});
    auto text = QString::fromStdString(worm.state());
    QVERIFY(text.contains(from));
    text.replace(text.indexOf(from), from.size(), to);
    const auto before = worm.state();
    const auto done = worm.world->restore(text.toStdString());
    QVERIFY(!done);
    QCOMPARE(QString::fromStdString(done.error().where), where);
    QCOMPARE(worm.state(), before);
  }

  void nothingMakesItInfinite() {
    const double infinity = std::numeric_limits<double>::infinity();
    Worm worm;
    worm.add("obstacle", {-0.4, 0, 2});  // right on it
    for (const double amount : {infinity, -infinity, std::numeric_limits<double>::quiet_NaN(), 1e300, -1e300, 5.0}) {
      std::vector<double> given(table().effectors.size(), amount);
      for (int tick = 0; tick < 50; ++tick) {
        worm.world->act(given);
        worm.world->step();
      }
      QVERIFY(finite(worm.view()));
    }
    for (const auto& field : table().parameters) {
      for (const double extreme : {field.minimum, field.maximum}) {
        Worm other;
        other.set(field.key.c_str(), extreme);
        other.add("obstacle", {0.2, 0.02, 0.2});
        other.add("food", {0.1, 0, 0.01, 1e6});
        for (int round = 0; round < 10; ++round) {
          other.live(5, {{"muscle.D.2", 1000}, {"pharynx", 1000}});
          other.live(5, {{"muscle.V.2", 1000}, {"muscle.D.8", 1e6}});
        }
        QVERIFY2(finite(other.view()), field.key.c_str());
      }
    }
  }

  void linksMayChangeWhileItLives() {
    Worm worm;
    worm.live(100, {{"muscle.D.6", 5}});
    const auto before = worm.view();
    worm.set("links", 12);
    const auto after = worm.view();
    QCOMPARE(after.spine.size(), std::size_t{13});
    QVERIFY(std::hypot(after.spine.back().x - before.spine.back().x, after.spine.back().y - before.spine.back().y) < 0.05);
    worm.live(100);
    // A state that was saved with another number of links fits, too.
    auto old = worm.controller;
    old.parameters[*findField(table().parameters, "links")] = 30;
    QVERIFY(makeWorld(old));
  }

  void gaitIsCounted() {
    Worm worm;
    int strides = 0;
    for (int half = 0; half < 24; ++half) {
      worm.live(100, {{half % 2 == 0 ? "muscle.D.6" : "muscle.V.6", 3}});
      strides += half % 2;
    }
    QVERIFY2(std::abs(worm.view().measures[1] - (strides - 1)) <= 1, std::to_string(worm.view().measures[1]).c_str());
    QCOMPARE(worm.view().measures[5], 0.0);
    Worm shoved;
    for (int push = 0; push < 30; ++push) {  // pushed back by its nose
      QVERIFY(shoved.world->poke({0.05 - 0.02 * push, 0}, 0.1));
      shoved.live(10);
    }
    QCOMPARE(shoved.view().measures[5], 1.0);
    QVERIFY(shoved.view().measures[0] > 0.4);
  }
};

QTEST_GUILESS_MAIN(TestWorm)
#include "tst_worm.moc"
