#include <QtTest>

#include <fstream>

#include <nlohmann/json.hpp>

#include "core/dynamics/sonn/settings.h"
#include "core/random.h"
#include "tests/dynamics/sonn_net.h"

using namespace plexarium;
using namespace plexarium::sonn;

namespace {

struct Sample {
  std::uint32_t wanted = 0;
  std::vector<int> inputs;
};

/// As the Python twin makes them.
Sample sampleOf(std::uint32_t receptors, std::uint32_t columns, std::uint64_t index) {
  DrawSequence draws(99, 50, index);
  Sample sample{draws.below(columns), std::vector<int>(receptors)};
  for (std::uint32_t value = 0; value < receptors / 2; ++value) {
    const bool usual = value % columns == sample.wanted;
    const bool other = draws.below(5) == 0;
    sample.inputs[2 * value + (usual != other ? 1 : 0)] = 1;
  }
  return sample;
}

}  // namespace

/// The small case of tests/support/sonn_twin.py: one by one and many at a time, both with the twin's every number.
class TestSonnGolden : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    std::ifstream file(PLEXARIUM_SOURCE_DIR "/tests/golden/sonn/small.json");
    golden_ = nlohmann::json::parse(file, nullptr, false);
    QVERIFY(golden_.is_object());
    const auto& made = golden_["case"];
    receptors_ = made["receptors"].get<std::uint32_t>();
    columns_ = made["columns"].get<std::uint32_t>();
    neurons_ = made["neurons"].get<std::uint32_t>();
    samples_ = made["samples"].get<std::uint64_t>();
  }

  void oneByOne() {
    const auto net = made();
    std::vector<std::uint32_t> rows;
    for (std::uint32_t column = 0; column < columns_; ++column) rows.push_back(receptors_ + columns_ * neurons_ + column);
    std::vector<double> said(columns_);
    for (std::uint64_t k = 0; k < samples_; ++k) {
      const auto sample = sampleOf(receptors_, columns_, k);
      std::vector<double> targets(columns_, 0.0);
      targets[sample.wanted] = 1;
      QVERIFY(net->learn(targets));
      net->show(sample.inputs);
      net->dynamics->readout(*net->network, rows, said);
      checkSpikes(k, said);
    }
    check(*net);
  }

  void manyAtATime() {
    const auto net = made();
    for (std::uint64_t begin = 0, size = 1; begin < samples_; begin += size, size = size % 150 + 37) {
      size = std::min<std::uint64_t>(size, samples_ - begin);
      std::vector<std::uint64_t> on;
      std::vector<std::int32_t> wanted;
      for (std::uint64_t k = begin; k < begin + size; ++k) {
        const auto sample = sampleOf(receptors_, columns_, k);
        wanted.push_back(static_cast<std::int32_t>(sample.wanted));
        std::uint64_t word = 0;
        for (std::size_t receptor = 0; receptor < receptors_; ++receptor)
          word |= std::uint64_t{sample.inputs[receptor] != 0} << receptor;
        on.push_back(word);
      }
      std::vector<double> metrics(size * metric::Count);
      std::vector<double> said(size * columns_);
      QVERIFY(net->dynamics->stepMany(*net->network, {size, on, 1, wanted, false, {}}, metrics, said));
      net->network->tick += static_cast<Tick>(size);
      for (std::uint64_t k = 0; k < size; ++k) checkSpikes(begin + k, std::span(said).subspan(k * columns_, columns_));
      net->metrics.assign(metrics.end() - metric::Count, metrics.end());
    }
    check(*net);
  }

 private:
  std::unique_ptr<Net> made() {
    const auto& wanted = golden_["case"];
    auto net = std::make_unique<Net>(bareModel(receptors_, columns_, neurons_, wanted["slots"].get<int>()));
    net->model.seed = wanted["seed"].get<std::uint64_t>();
    for (const auto& [key, value] : wanted["parameters"].items()) {
      const auto field = findField(description().parameters, key);
      if (!field) qFatal("no parameter is called %s", key.c_str());
      net->set(*field, value.get<double>());
    }
    net->build();
    return net;
  }

  void checkSpikes(std::uint64_t index, std::span<const double> said) {
    for (std::size_t column = 0; column < columns_; ++column)
      QCOMPARE(said[column] * neurons_, golden_["outcome"]["spikes"][index][column].get<double>());
  }

  void check(Net& net) {
    const auto& outcome = golden_["outcome"];
    QCOMPARE(net.metrics[metric::Accuracy], outcome["accuracy"].get<double>());
    QCOMPARE(net.metrics[metric::TrueMark], outcome["true_mark"].get<double>());
    QCOMPARE(net.metrics[metric::FalseMark], outcome["false_mark"].get<double>());
    std::size_t links = 0;
    for (std::uint32_t cell = 0; cell < columns_ * neurons_; ++cell) {
      for (const auto& pair : outcome["links"][cell]) {
        QCOMPARE(net.weight(pair[0].get<std::uint32_t>() + 1, receptors_ + cell + 1), pair[1].get<double>());
        ++links;
      }
    }
    QCOMPARE(net.metrics[metric::Connections], static_cast<double>(links));
    for (std::uint32_t receptor = 0; receptor < receptors_; ++receptor)
      QVERIFY(net.value(receptor + 1, neuron::Share) == outcome["share"][receptor].get<double>());
    const auto state = nlohmann::json::parse(net.dynamics->state(*net.network, nullptr).value());
    QCOMPARE(state["learned"].get<std::uint64_t>(), outcome["learned"].get<std::uint64_t>());
  }

  nlohmann::json golden_;
  std::uint32_t receptors_ = 0;
  std::uint32_t columns_ = 0;
  std::uint32_t neurons_ = 0;
  std::uint64_t samples_ = 0;
};

QTEST_GUILESS_MAIN(TestSonnGolden)
#include "tst_sonn_golden.moc"
