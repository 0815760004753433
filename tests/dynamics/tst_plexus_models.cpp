#include <QtTest>

#include "core/denormals.h"
#include "core/dynamics/plexus/fields.h"
#include "core/io/document.h"
#include "core/session/simulation.h"

using namespace plexarium;
using namespace plexarium::plexus;

namespace {

/// A model of the gallery, run.
class Performance {
 public:
  explicit Performance(const char* name) {
    auto model = loadModel(registry_, std::string(PLEXARIUM_SOURCE_DIR "/models/") + name).value();
    const auto& made = **registry_.require(model.dynamics);
    simulation_ = Simulation::create(made, std::move(model)).value();
  }
  void run(int ticks) {
    const FlushDenormals flush;
    for (int k = 0; k < ticks; ++k) {
      const auto values = simulation_->step().value();
      metrics.assign(values.begin(), values.end());
    }
  }
  void input(double amount) {
    std::vector<Stimulus> stimuli;
    for (std::size_t row = 0; row < graph().neuronCount(); ++row) {
      if (graph().roles()[row] == Role::Sensory) stimuli.push_back({graph().ids()[row], 0, amount});
    }
    if (!simulation_->stimulate(stimuli)) qFatal("not stimulated");
  }
  double potential(const std::string& name) {
    const auto names = graph().names();
    const auto row = std::find(names.begin(), names.end(), name) - names.begin();
    return columnValue(graph().neuronColumn(neuron::Potential), static_cast<std::size_t>(row));
  }
  const Graph& graph() { return simulation_->graph(); }

  std::vector<double> metrics;

 private:
  Registry registry_ = builtInDynamics();
  std::unique_ptr<Simulation> simulation_;
};

}  // namespace

/// The models that come with the program do what they say.
class TestPlexusModels : public QObject {
  Q_OBJECT

 private slots:
  void waves() {
    Performance played("plexus_waves.json");
    played.run(1);
    QVERIFY(played.metrics[metric::Fires] > 0 && played.metrics[metric::Fires] < 20);
    played.run(2000);
    QVERIFY(played.potential("Out 1") > 0.9);
    QVERIFY(played.potential("Out 2") < 0.1);
  }

  void article() {
    Performance played("plexus_article.json");
    const auto links = played.graph().linkCount();
    double rewired = 0;
    for (int k = 0; k < 500; ++k) {
      played.run(1);
      rewired += played.metrics[metric::Rewired];
    }
    QVERIFY(rewired > 5);
    QVERIFY(played.graph().linkCount() != links);
    QVERIFY(played.metrics[metric::FanIn] >= 3);
  }

  void biggerOrSmaller() {
    Performance played("plexus_bigger_or_smaller.json");
    for (const double amount : {0.2, 0.8, 0.1, 0.9, 0.3, 0.7}) {
      played.input(amount);
      played.run(10);
      const bool bigger = amount > 0.5;
      QVERIFY(played.potential(bigger ? "Out 1" : "Out 2") > 0.9);
      QVERIFY(played.potential(bigger ? "Out 2" : "Out 1") < 0.1);
    }
  }
};

QTEST_GUILESS_MAIN(TestPlexusModels)
#include "tst_plexus_models.moc"
