#include <QtTest>

#include <cmath>
#include <set>

#include "core/random.h"
#include "tests/world/worm_model.h"

using namespace plexarium;

namespace {

constexpr int usualCircuits = 60;
constexpr int usualSeconds = 10;
constexpr std::uint32_t stream = 9;

int fromEnvironment(const char* name, int usual) {
  return qEnvironmentVariableIsSet(name) ? qEnvironmentVariableIntValue(name) : usual;
}

/// Neurons of any settings, linked to each other and to every port by chance, in an arena full of things.
Model randomWorm(std::uint64_t seed) {
  const RandomStream random(seed, stream);
  std::uint64_t draws = 0;
  const auto uniform = [&](double least, double most) { return least + (most - least) * random.uniform(draws++); };
  const auto below = [&](std::uint32_t bound) { return random.below(bound, draws++); };
  Model model = bareWorm();
  model.seed = seed;
  const auto registry = builtInDynamics();
  const auto& description = registry.find("transmitter")->description;
  Life life(model);
  const auto ports = makePorts(description, model.embodiment, "worm1", {}, {}, {1});
  if (!ports || !life.simulation->edit(*ports)) qFatal("no ports");
  model = life.simulation->capture().value();
  model.parameters[0] = below(4) == 0 ? 1 : 0;
  if (below(3) == 0) model.parameters[1] = uniform(0, 20);

  NeuronTable table;
  table.values.resize(description.neuronFields.size());
  const auto neurons = 5 + below(40);
  const auto set = [&](const char* key, double value) {
    table.values[*findField(description.neuronFields, key)].push_back(value);
  };
  const auto first = model.graph.nextId().value;
  for (std::uint32_t k = 0; k < neurons; ++k) {
    table.ids.push_back({first + k});
    table.names.emplace_back();
    table.roles.push_back(Role::Inter);
    table.positions.push_back({});
    set("threshold", uniform(0, 20));
    set("returnability", uniform(0, 1));
    set("speed", 1 + below(100));
    set("recovery", below(50));
    set("production_e", below(3) == 0 ? 0 : std::pow(10, uniform(-2, 6)));
    set("production_i", below(3) == 0 ? -std::pow(10, uniform(-2, 6)) : 0);
    set("leak", uniform(0, 0.3));
    set("sta", below(2) == 0 ? below(100) : 0);
  }
  model.graph.addNeurons(table);
  LinkTable links;
  links.values.resize(description.linkFields.size());
  std::set<LinkKey> keys;
  const auto all = model.graph.nextId().value - 1;
  for (std::uint32_t k = 0; k < 4 * all; ++k) keys.insert(LinkKey{{1 + below(all)}, {1 + below(all)}});
  for (const auto& key : keys) {
    links.keys.push_back(key);
    links.values[0].push_back(std::pow(10, uniform(-2, 3)));
    links.values[1].push_back(below(3));
  }
  model.graph.addLinks(links);
  auto& controller = model.embodiment.controllers[0];
  const auto things = below(8);
  for (std::uint32_t id = 1; id <= things; ++id) {
    const double x = uniform(-2, 2);
    const double y = uniform(-2, 2);
    switch (below(3)) {
      case 0:
        controller.objects.push_back({id, "wall", {x, y, uniform(0.01, 1), uniform(0.01, 2), uniform(-180, 180)}});
        break;
      case 1:
        controller.objects.push_back({id, "obstacle", {x, y, uniform(0.01, 1)}});
        break;
      default:
        controller.objects.push_back({id, "food", {x, y, uniform(0.01, 3), uniform(0, 1000), 0}});
    }
  }
  setWorldParameter(model, "drag_ratio", uniform(1, 100));
  setWorldParameter(model, "muscle_gain", uniform(0, 10));
  return model;
}

/// Empty, or what is not finite.
std::string fault(const WorldView& view) {
  for (const auto& point : view.spine) {
    if (!(std::hypot(point.x, point.y) < 1e6)) return "the body is nowhere";
  }
  for (const auto& [name, list] : {std::pair("curvature", &view.curvature),
                                   {"sensors", &view.sensors},
                                   {"effectors", &view.effectors},
                                   {"measures", &view.measures}}) {
    for (const double value : *list) {
      if (!std::isfinite(value)) return name;
    }
  }
  return {};
}

}  // namespace

/// Whatever circuit drives it, the body stays finite. PLEXARIUM_CIRCUITS and PLEXARIUM_CIRCUIT_SECONDS ask for more of them.
class TestRandomCircuits : public QObject {
  Q_OBJECT

 private slots:
  void theBodyStaysFinite() {
    const int circuits = fromEnvironment("PLEXARIUM_CIRCUITS", usualCircuits);
    const int seconds = fromEnvironment("PLEXARIUM_CIRCUIT_SECONDS", usualSeconds);
    double moved = 0;
    for (int circuit = 0; circuit < circuits; ++circuit) {
      Life life(randomWorm(static_cast<std::uint64_t>(circuit)));
      for (int second = 0; second < seconds; ++second) {
        life.live(1);
        const auto wrong = fault(life.view());
        QVERIFY2(wrong.empty(), qPrintable(QString("circuit %1: %2").arg(circuit).arg(wrong.c_str())));
      }
      moved += life.measure("distance");
    }
    qInfo("%d circuits of %d s: %.2f body lengths each", circuits, seconds, moved / circuits);
    QVERIFY(moved > 0.1 * circuits);  // they do act on it
  }
};

QTEST_GUILESS_MAIN(TestRandomCircuits)
#include "tst_random_circuits.moc"
