#include <QtTest>

#include <cmath>

#include <nlohmann/json.hpp>

#include "core/random.h"
#include "core/record/statistics.h"

using namespace plexarium::statistics;
using Json = nlohmann::json;

namespace {

Json golden() {
  QFile file(QStringLiteral(PLEXARIUM_SOURCE_DIR "/tests/golden/sorn/statistics.json"));
  if (!file.open(QIODevice::ReadOnly)) qFatal("cannot open the golden values");
  return Json::parse(file.readAll().toStdString());
}

SpikeTrain trainOf(const Json& json) {
  return {json["N"].get<std::size_t>(), json["spikesA"].get<std::vector<std::vector<std::uint32_t>>>()};
}

bool near(double one, double other, double by = 1e-12) { return std::abs(one - other) <= by; }

}  // namespace

/// The analysis against values of another program, and fits against what was drawn.
class TestStatistics : public QObject {
  Q_OBJECT

 private slots:
  void goldenValues() {
    const auto json = golden();
    const auto& wanted = json["expected"];
    const auto train = trainOf(json);
    const auto counts = populationCount(train);
    QCOMPARE(counts, wanted["population_count"].get<std::vector<double>>());
    QVERIFY(near(smoothness(counts), wanted["smooth_abs"].get<double>()));
    QVERIFY(near(relativeSmoothness(counts).value(), wanted["smooth_rel"].get<double>(), 1e-9));
    for (const auto& [lag, value] : wanted["autocorr_lag"].items())
      QVERIFY(near(autocorrelation(counts, std::stoul(lag)).value(), value.get<double>()));
    const auto matrix = correlationMatrix(train);
    for (std::size_t a = 0; a < 8; ++a) {
      for (std::size_t b = 0; b < 8; ++b) QVERIFY(near(matrix[8 * a + b], wanted["corr_matrix"][a][b].get<double>()));
    }
    QVERIFY(near(meanCorrelation(matrix).value(), wanted["mean_corr_fixed"].get<double>()));
    QCOMPARE(interSpikeIntervals(train, 2), wanted["isi_neuron2"].get<std::vector<double>>());
    QVERIFY(near(rate(train, 2), wanted["rate_neuron2_fixed"].get<double>()));
    const auto fano = fanoFactor(train, 4, 10).value();
    QVERIFY(near(fano.mean, 2) && near(fano.variance, 2.4) && near(fano.factor, 1.2));
    const auto fanos = fanoFactors(train, 10);
    auto intervals = interSpikeIntervals(train);
    std::vector<double> each;
    for (std::uint32_t neuron = 0; neuron < train.neurons; ++neuron) {
      const auto one = fanoFactor(train, neuron, 10);
      QCOMPARE(fanos[neuron].has_value(), one.has_value());
      QVERIFY(!one || (near(fanos[neuron]->variance, one->variance) && near(fanos[neuron]->factor, one->factor)));
      const auto some = interSpikeIntervals(train, neuron);
      each.insert(each.end(), some.begin(), some.end());
    }
    std::ranges::sort(intervals);
    std::ranges::sort(each);
    QCOMPARE(intervals, each);
    QVERIFY(near(spikeSourceEntropy(train).value(), wanted["spike_source_entropy"].get<double>()));
    auto silent = train;
    for (auto& step : silent.steps) std::erase(step, 3U);
    QVERIFY(near(spikeSourceEntropy(silent).value(), wanted["spike_source_entropy_silent3_fixed"].get<double>()));
    auto flipped = train;
    for (const auto& one : json["flipped_in_B"]) {
      auto& step = flipped.steps[one[0].get<std::size_t>()];
      const auto neuron = one[1].get<std::uint32_t>();
      if (std::erase(step, neuron) == 0) step.insert(std::ranges::lower_bound(step, neuron), neuron);
    }
    QCOMPARE(hammingDistance(train, flipped), wanted["hamming_AB"].get<std::vector<double>>());
    const auto& storms = wanted["avalanches_half_mean"];
    QCOMPARE(avalancheThreshold(counts), storms["theta"].get<double>());
    const auto found = avalanches(counts, 1);
    QCOMPARE(found.durations, storms["durations"].get<std::vector<double>>());
    QCOMPARE(found.sizes, storms["sizes"].get<std::vector<double>>());
  }

  void powerLawsAreTold() {
    const plexarium::RandomStream chance(1, 1);
    std::vector<double> power;
    std::vector<double> exponential;
    for (std::uint64_t k = 0; k < 20'000; ++k) {
      const double u = chance.uniform(k) + 1e-9;
      power.push_back(std::floor(std::pow(u, -1 / 0.5)));  // density about k^-1.5
      exponential.push_back(std::floor(-10 * std::log(u)) + 1);
    }
    const auto one = fitPowerLaw(power, 10, 1500).value();
    QVERIFY2(std::abs(one.exponent - 1.5) < 0.05, qPrintable(QString::number(one.exponent)));
    QVERIFY(one.gain > 100 && one.samples > 3000);
    QVERIFY(fitPowerLaw(exponential, 1, 100).value().gain < -1000);
    QVERIFY(!fitPowerLaw(std::vector<double>{7, 7, 7}, 1, 9) && !fitPowerLaw({}, 1, 9));
  }

  void weightsAreFitted() {
    const plexarium::RandomStream chance(2, 1);
    std::vector<double> lognormal;
    std::vector<double> exponential;
    for (std::uint64_t k = 0; k < 20'000; ++k) {
      double z = -6;
      for (std::uint32_t d = 0; d < 12; ++d) z += chance.uniform(k, d);
      lognormal.push_back(std::exp(-2 + 0.4 * z));
      exponential.push_back(0.01 - 0.05 * std::log(chance.uniform(k, 12) + 1e-9));
    }
    const auto one = fitWeights(lognormal, 0.01).value();
    QVERIFY(near(one.lognormal.location, -2, 0.01) && near(one.lognormal.spread, 0.4, 0.01) && near(one.logSkew, 0, 0.05));
    QVERIFY(one.lognormal.distance < 0.015 && one.normal.distance > 0.05 && one.exponential.distance > 0.2);
    const auto other = fitWeights(exponential, 0.01).value();
    QVERIFY(near(other.exponential.location, 0.05, 0.002) && other.exponential.distance < 0.015);
    QVERIFY(!fitWeights(std::vector<double>{0.5, 0.5, 0.001}, 0.01));
  }

  void nothingIsNoNumber() {
    const SpikeTrain none;
    QVERIFY(populationCount(none).empty() && rate(none, 0) == 0 && !spikeSourceEntropy(none) && !fanoFactor(none, 0, 4));
    QVERIFY(!relativeSmoothness({}) && !autocorrelation({}, 1) && smoothness({}) == 0 && !meanCorrelation({}));
    QVERIFY(avalanches({}, 0).durations.empty() && !fitExponential({}, 0));
    const SpikeTrain dull{3, {{0}, {0}, {0}}};
    for (const double one : correlationMatrix(dull)) QVERIFY(std::isnan(one));
    QVERIFY(!autocorrelation(populationCount(dull), 1) && interSpikeIntervals(dull, 1).empty());
  }
};

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
