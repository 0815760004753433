#include <QtTest>

#include "core/denormals.h"
#include "core/dynamics/sonn/creation.h"
#include "core/dynamics/sonn/fields.h"
#include "core/dynamics/sonn/sonn.h"
#include "core/session/trainer.h"

using namespace plexarium;
using namespace plexarium::sonn;

namespace {

struct Outcome {
  double accuracy = 0;
  double connections = 0;
  std::ptrdiff_t hidden = 0;  ///< Of them, from neurons that feed others.
};

/// Trains and tests on a generator's samples, a tenth of them kept for the test.
Outcome learn(const char* source, std::vector<double> wish, InputCoding coding, std::uint64_t dataSeed, Tick samples) {
  const FlushDenormals flush;
  FeedPlan plan;
  plan.source.place = source;
  plan.source.seed = dataSeed;
  plan.duration = plan.examDuration = 1;
  plan.order = FeedOrder::Shuffled;
  plan.inputs[0].coding = coding;
  std::vector<Feed> feeds;
  feeds.push_back(Feed::create(plan, openData(plan.source).value(), description()).value());
  const auto simulation = Simulation::create(entry(), createNetwork(wish, dataSeed).value()).value();
  simulation->feed(Feeder(std::move(feeds)));
  if (!train(*simulation, samples) || !test(*simulation, Part::Test, 500)) qFatal("not trained");
  const auto& graph = simulation->graph();
  std::ptrdiff_t hidden = 0;
  for (std::size_t l = 0; l < graph.linkCount(); ++l) {
    const bool between = graph.roles()[graph.source(l)] == Role::Inter && graph.roles()[graph.targets()[l]] == Role::Inter;
    hidden += between ? 1 : 0;
  }
  return {simulation->feeding().feeder().feeds()[0].score(0, Part::Test).accuracy(),
          static_cast<double>(graph.linkCount()) - wish[creation::Columns] * wish[creation::Neurons], hidden};
}

}  // namespace

/// Small networks learn what has been drawn for them.
class TestSonnLearning : public QObject {
  Q_OBJECT

 private slots:
  void drawnDigits() {
    const auto outcome =
        learn("generator:digits", {28, 28, 1, 4, 10, 2, 60, 20, 0, 0, 50000}, {InputCode::Thermometer, 4}, 1, 50000);
    qInfo("drawn digits, 12,000 slots, 50,000 samples: %.1f %% right, %.0f connections", 100 * outcome.accuracy,
          outcome.connections);
    QVERIFY(outcome.accuracy > 0.93);
    QVERIFY(outcome.connections > 6000 && outcome.connections <= 12000);
    QCOMPARE(outcome.hidden, std::ptrdiff_t{0});
  }

  void drawnDigitsThroughHiddenNeurons() {
    const auto outcome =
        learn("generator:digits", {28, 28, 1, 4, 10, 2, 30, 20, 0.5, 0, 20000}, {InputCode::Thermometer, 4}, 1, 20000);
    qInfo("half of the neurons feed the others: %.1f %% right, %td of %.0f connections from them", 100 * outcome.accuracy,
          outcome.hidden, outcome.connections);
    QVERIFY(outcome.accuracy > 0.8);
    QVERIFY(outcome.hidden > 20);
  }

  void pointsOfTwoMoons() {
    const auto outcome =
        learn("generator:moons", {2, 1, 1, 16, 2, 2, 100, 6, 0, 0, 20000}, {InputCode::Thermometer, 16}, 2, 20000);
    qInfo("two moons: %.1f %% right", 100 * outcome.accuracy);
    QVERIFY(outcome.accuracy > 0.85);
  }

  void sizesKeepToTheirConnections() {
    const auto& description = sonn::description();
    for (const int size : {0, 1}) {
      for (const double columns : {10.0, 2.0}) {
        auto wish = initialValues(description.creationFields);
        wish[creation::Size] = size;
        wish[creation::Columns] = columns;
        const auto model = createNetwork(wish, 1).value();
        const auto cells = static_cast<double>(model.graph.linkCount());  // votes
        QCOMPARE(cells * wish[creation::Slots], size == 0 ? 80000.0 : 750000.0);
        for (std::size_t k = 0; k < description.parameters.size(); ++k)
          QVERIFY(checkValue(description.parameters[k], model.parameters[k]));
      }
    }
  }

  void tooManyAreRefused() {
    auto wish = initialValues(sonn::description().creationFields);
    wish[creation::Width] = 65536;
    wish[creation::Height] = 4096;
    QVERIFY(!createNetwork(wish, 1));
  }
};

QTEST_GUILESS_MAIN(TestSonnLearning)
#include "tst_sonn_learning.moc"
