#include <QtTest>

#include <algorithm>
#include <cmath>

#include "core/denormals.h"
#include "core/dynamics/pictures.h"
#include "core/dynamics/synann_net/creation.h"
#include "core/dynamics/synann_net/fields.h"
#include "core/dynamics/synann_net/synann_net.h"
#include "core/session/trainer.h"

using namespace plexarium;
using namespace plexarium::synann_net;

namespace {

Model newModel(Features features, bool synapse = true, std::size_t side = 28) {
  const auto edge = static_cast<double>(side);
  return createNetwork(std::vector<double>{static_cast<double>(features), synapse ? 1.0 : 0.0, edge, edge, 10, 0}, 5)
      .value();
}

std::vector<Picture> look(const Model& model) { return picturesOf(model.dynamics)(model).value(); }

const Picture& called(const std::vector<Picture>& pictures, const char* label) {
  const auto found = std::ranges::find(pictures, label, &Picture::label);
  if (found == pictures.end()) qFatal("there is no %s", label);
  return *found;
}

/// A few batches of drawn digits.
Model taught(Model model, Tick samples) {
  FeedPlan plan;
  plan.source.place = "generator:digits";
  plan.source.settings = {{"samples", 500}};
  plan.duration = plan.examDuration = 1;
  plan.inputs[0].coding.code = InputCode::Unit;
  std::vector<Feed> feeds;
  feeds.push_back(Feed::create(plan, openData(plan.source).value(), description()).value());
  auto simulation = Simulation::create(entry(), std::move(model)).value();
  simulation->feed(Feeder(std::move(feeds)));
  if (train(*simulation, samples).value() != samples) qFatal("it does not learn");
  return simulation->capture().value();
}

}  // namespace

/// What is to be seen of a network beside its neurons and links.
class TestSynannPictures : public QObject {
  Q_OBJECT

 private slots:
  void everyKindHasItsLayers_data();
  void everyKindHasItsLayers();
  void linksAreWhatTheColumnsSay();
  void learningShows();
  void damagedStatesAreRefused();

 private:
  FlushDenormals flush_;
};

void TestSynannPictures::everyKindHasItsLayers_data() {
  QTest::addColumn<int>("features");
  QTest::addColumn<bool>("synapse");
  QTest::addColumn<QStringList>("wanted");  // label: tiles of width x height, so many in a row
  const QStringList layers{"Beta 1 %1x%1", "Alpha 1 %1x1", "Answers 1 10x%1"};
  const auto add = [&](const char* name, Features features, bool synapse, const QStringList& own, int count) {
    QStringList all = own;
    for (const auto& layer : synapse ? layers : QStringList{layers.back()})
      all << QString(layer).replace("%1", QString::number(count));
    QTest::newRow(name) << static_cast<int>(features) << synapse << all;
  };
  add("small", Features::Small, true, {"Convolution 1 10 5x5", "Convolution 2 200 5x5", "Dense layer 1 1280 4x4"}, 64);
  add("dense", Features::Dense, true, {"Dense layer 1 280 28x28"}, 280);
  add("without synapses", Features::Small, false,
      {"Convolution 1 10 5x5", "Convolution 2 200 5x5", "Dense layer 1 1280 4x4"}, 64);
  add("fast", Features::Fast, true,
      {"Convolution 1 32 5x5", "Convolution 2 1024 3x3", "Convolution 3 1024 3x3", "Convolution 4 2048 3x3",
       "Convolution 5 4096 3x3", "Dense layer 1 12288 1x1"},
      96);
}

void TestSynannPictures::everyKindHasItsLayers() {
  QFETCH(int, features);
  QFETCH(bool, synapse);
  QFETCH(QStringList, wanted);
  QStringList found;
  for (const auto& picture : look(newModel(Features(features), synapse))) {
    found << QStringLiteral("%1 %2 %3x%4")
                 .arg(QString::fromStdString(picture.label))
                 .arg(picture.tiles())
                 .arg(picture.width)
                 .arg(picture.height);
    QVERIFY(!picture.help.empty() && picture.across >= 1 && picture.across <= picture.tiles());
    QCOMPARE(picture.values.size() % (picture.width * picture.height), std::size_t{0});
    QVERIFY(std::ranges::any_of(picture.values, [](float value) { return value != 0; }));
    QVERIFY(picture.sources.empty() ||
            (picture.sources.size() == picture.height && picture.targets.size() == picture.width));
  }
  QCOMPARE(found, wanted);
}

void TestSynannPictures::linksAreWhatTheColumnsSay() {
  auto model = newModel(Features::Small);
  auto& graph = model.graph;
  const auto before = look(model);
  const auto& beta = called(before, "Beta");
  const NeuronId from = beta.sources[3], to = beta.targets[7];
  graph.linkValues<float>(link::Weight)[*graph.link({from, to})] = 0.625F;
  graph.removeLinks(std::vector{*graph.link({beta.sources[0], beta.targets[1]})});
  const auto after = look(model);
  for (const char* label : {"Beta", "Answers"}) {
    const auto& picture = called(after, label);
    for (std::size_t row = 0; row < picture.height; ++row) {
      for (std::size_t column = 0; column < picture.width; ++column) {
        const auto l = graph.link({picture.sources[row], picture.targets[column]});
        const float value = picture.values[row * picture.width + column];
        const bool excites = l && graph.linkValues<std::uint8_t>(link::Channel)[*l] == 0 && picture.label == "Beta";
        QCOMPARE(std::isnan(value), !l || excites);
        if (!std::isnan(value)) QCOMPARE(value, graph.linkValues<float>(link::Weight)[*l]);
      }
    }
  }
  QVERIFY(std::isnan(called(after, "Beta").values[1]));
  QCOMPARE(called(after, "Beta").values[3 * beta.width + 7], 0.625F);
  graph.neuronValues<float>(neuron::Gain)[*graph.row(beta.targets[2])] = 3;
  QCOMPARE(called(look(model), "Alpha").values[2], 3.0F);
}

/// Every layer moves, and a saved network shows what it had learnt.
void TestSynannPictures::learningShows() {
  const auto model = newModel(Features::Small);
  const auto later = taught(model, 4 * 96);
  const auto before = look(model), after = look(later);
  QCOMPARE(before.size(), after.size());
  for (std::size_t k = 0; k < before.size(); ++k) {
    QCOMPARE(before[k].values.size(), after[k].values.size());
    QVERIFY2(before[k].values != after[k].values, after[k].label.c_str());
  }
  // Read into a network that goes on, its features are these.
  const auto on = taught(later, 1);
  QCOMPARE(called(look(on), "Convolution 1").values, called(after, "Convolution 1").values);
}

void TestSynannPictures::damagedStatesAreRefused() {
  auto model = taught(newModel(Features::Small), 96);
  model.dynamicsState.replace(model.dynamicsState.find("\"features\":\"") + 12, 8, "");
  QVERIFY(!picturesOf(model.dynamics)(model));
}

QTEST_GUILESS_MAIN(TestSynannPictures)
#include "tst_synann_pictures.moc"
