#include <QtTest>

#include <cmath>

#include "core/denormals.h"
#include "core/dynamics/synann/kernels.h"
#include "core/random.h"
#include "tests/dynamics/synann_net.h"
#include "tests/support/synann_reference.h"

using namespace plexarium;
using namespace plexarium::synann;

namespace {

std::vector<KernelWidth> widths() {
  std::vector<KernelWidth> all{KernelWidth::Baseline};
  if (widestKernel() >= KernelWidth::Avx2) all.push_back(KernelWidth::Avx2);
  if (widestKernel() == KernelWidth::Avx512) all.push_back(KernelWidth::Avx512);
  return all;
}

std::vector<float> drawn(std::size_t count, double least, double most, std::uint32_t stream) {
  const RandomStream random(1, stream);
  std::vector<float> values(count);
  for (std::size_t k = 0; k < count; ++k) values[k] = static_cast<float>(least + (most - least) * random.uniform(k));
  return values;
}

/// A layer with weights such that inhibition leaves about a half.
struct Layer {
  Layer(std::size_t batch, std::size_t inputs, std::size_t outputs)
      : shape{batch, inputs, outputs},
        x(drawn(batch * inputs, 0.02, 1, 1)),
        exciting(drawn(batch * outputs, 0.02, 1, 2)),
        weights(drawn(inputs * outputs, 0, std::min(1.0, 3.0 / static_cast<double>(inputs)), 3)),
        gain(drawn(outputs, 0.5, 1.5, 4)) {}

  [[nodiscard]] std::vector<float> products(KernelWidth width = widestKernel()) const {
    std::vector<float> result(shape.batch * shape.outputs, -1);
    survivals(shape, x.data(), weights.data(), result.data(), width);
    return result;
  }
  [[nodiscard]] std::vector<float> logarithms(KernelWidth width = widestKernel()) const {
    std::vector<float> result(shape.batch * shape.outputs, -1);
    inhibitions(shape, x.data(), weights.data(), result.data(), width);
    return result;
  }

  SynapseShape shape;
  std::vector<float> x, exciting, weights, gain;
};

/// All slopes of L = sum over outputs of `wanted` times y.
struct Slopes {
  Slopes(const Layer& layer, const std::vector<float>& wanted, KernelWidth width)
      : weights(layer.weights.size(), 0), gain(layer.gain.size(), 0), x(layer.x.size()), exciting(layer.exciting.size()) {
    const auto survival = layer.products(width);
    slopesOf(layer.shape, layer.x.data(), layer.exciting.data(), layer.weights.data(), layer.gain.data(), survival.data(),
             wanted.data(), {weights.data(), gain.data(), x.data(), exciting.data()}, width);
  }
  std::vector<float> weights, gain, x, exciting;
};

/// The same sum in doubles.
struct ExactLayer {
  explicit ExactLayer(const Layer& layer)
      : shape(layer.shape),
        x(layer.x.begin(), layer.x.end()),
        exciting(layer.exciting.begin(), layer.exciting.end()),
        weights(layer.weights.begin(), layer.weights.end()),
        gain(layer.gain.begin(), layer.gain.end()) {}

  [[nodiscard]] double product(std::size_t s, std::size_t i) const {
    double product = 1;
    for (std::size_t j = 0; j < shape.inputs; ++j) product *= 1 - weights[j * shape.outputs + i] * x[s * shape.inputs + j];
    return product;
  }
  [[nodiscard]] double loss(const std::vector<float>& wanted) const {
    double sum = 0;
    for (std::size_t s = 0; s < shape.batch; ++s) {
      for (std::size_t i = 0; i < shape.outputs; ++i) {
        const auto k = s * shape.outputs + i;
        sum += double{wanted[k]} * gain[i] * exciting[k] * product(s, i);
      }
    }
    return sum;
  }

  SynapseShape shape;
  std::vector<double> x, exciting, weights, gain;
};

}  // namespace

/// Whole layers against plain doubles.
class TestSynannKernels : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { flush_ = std::make_unique<FlushDenormals>(); }
  void againstTheOracle_data();
  void againstTheOracle();
  void surprisalsBelowWhatAFloatHolds();
  void everyWidthGivesTheSameBits();
  void gradients();
  void samplesDoNotMindEachOther();
  void thePublishedSumDoes();
  void aBlockDrawnAsAGraph();

 private:
  std::unique_ptr<FlushDenormals> flush_;
};

void TestSynannKernels::againstTheOracle_data() {
  QTest::addColumn<int>("batch");
  QTest::addColumn<int>("n");
  for (const auto& [batch, n] : {std::pair{1, 1}, {3, 5}, {7, 10}, {4, 33}, {64, 64}, {5, 127}, {8, 256}, {16, 784}})
    QTest::addRow("%d x %d", batch, n) << batch << n;
}

void TestSynannKernels::againstTheOracle() {
  QFETCH(int, batch);
  QFETCH(int, n);
  const auto size = static_cast<std::size_t>(n);
  Layer layer(static_cast<std::size_t>(batch), size, size);
  const auto oracle = synapseOracle(layer.shape.batch, size, layer.x, layer.weights);
  const std::vector<float> one(size, 1);
  auto y = layer.products();
  const auto logarithms = layer.logarithms();
  openings(layer.shape, layer.x.data(), one.data(), y.data(), y.data());
  double worst = 0;
  double worstLog = 0;
  for (std::size_t k = 0; k < y.size(); ++k) {
    worst = std::max(worst, std::abs(double{y[k]} - oracle.y[k]) / oracle.y[k]);
    worstLog =
        std::max(worstLog, std::abs(double{logarithms[k]} - oracle.inhibition[k]) / std::max(1.0, oracle.inhibition[k]));
  }
  qInfo("%.1e relative, logarithm %.1e", worst, worstLog);
  QVERIFY(worst <= 1e-5 && worstLog <= 1e-5);
}

void TestSynannKernels::surprisalsBelowWhatAFloatHolds() {
  Layer layer(2, 784, 20);
  layer.weights = drawn(784 * 20, 0, 1, 5);
  layer.weights[7] = 1;
  layer.x[0] = 1;  // a factor of 0 counts as a millionth
  const auto products = layer.products();
  const auto logarithms = layer.logarithms();
  for (std::size_t s = 0; s < 2; ++s) {
    for (std::size_t i = 0; i < 20; ++i) {
      double wanted = 0;
      for (std::size_t j = 0; j < 784; ++j)
        wanted -= std::log(std::max(1e-6, 1 - double{layer.weights[j * 20 + i]} * double{layer.x[s * 784 + j]}));
      QCOMPARE(products[s * 20 + i], 0.0F);
      QVERIFY(wanted > 100 && std::abs(double{logarithms[s * 20 + i]} - wanted) < 1e-6 * wanted);
    }
  }
}

void TestSynannKernels::everyWidthGivesTheSameBits() {
  for (const auto& [batch, inputs, outputs] : {std::tuple{7, 200, 77}, {1, 64, 64}, {5, 0, 3}, {0, 4, 4}, {6, 130, 31}}) {
    const Layer layer(static_cast<std::size_t>(batch), static_cast<std::size_t>(inputs), static_cast<std::size_t>(outputs));
    const auto wanted = drawn(layer.shape.batch * layer.shape.outputs, -1, 1, 6);
    const Slopes plain(layer, wanted, KernelWidth::Baseline);
    for (const auto width : widths()) {
      QVERIFY(layer.products(width) == layer.products(KernelWidth::Baseline));
      QVERIFY(layer.logarithms(width) == layer.logarithms(KernelWidth::Baseline));
      const Slopes slopes(layer, wanted, width);
      QVERIFY(slopes.weights == plain.weights && slopes.x == plain.x && slopes.gain == plain.gain &&
              slopes.exciting == plain.exciting);
    }
  }
  const Layer nobody(3, 0, 5);
  QCOMPARE(nobody.products(), std::vector<float>(15, 1));
  QCOMPARE(nobody.logarithms(), std::vector<float>(15, 0));
}

void TestSynannKernels::gradients() {
  const Layer layer(3, 21, 18);
  const auto wanted = drawn(3 * 18, -1, 1, 6);
  const Slopes slopes(layer, wanted, widestKernel());
  ExactLayer exact(layer);
  const auto check = [&](std::vector<double>& values, const std::vector<float>& found) {
    double worst = 0;
    double largest = 0;
    for (const float one : found) largest = std::max(largest, std::abs(double{one}));
    for (std::size_t k = 0; k < values.size(); ++k) {
      const double before = values[k];
      values[k] = before + 1e-5;
      const double up = exact.loss(wanted);
      values[k] = before - 1e-5;
      const double down = exact.loss(wanted);
      values[k] = before;
      const double difference = (up - down) / 2e-5;
      worst = std::max(worst, std::abs(double{found[k]} - difference) / std::max(std::abs(difference), 1e-2 * largest));
    }
    return worst;
  };
  QVERIFY(check(exact.weights, slopes.weights) < 1e-4);
  QVERIFY(check(exact.x, slopes.x) < 1e-4);
  QVERIFY(check(exact.gain, slopes.gain) < 1e-4);
  QVERIFY(check(exact.exciting, slopes.exciting) < 1e-4);
}

/// The same answer to a sample in batches of 1, 7, 100 and 10,000: to the bit.
void TestSynannKernels::samplesDoNotMindEachOther() {
  const Layer all(10'000, 24, 40);
  const auto together = all.products();
  const auto logarithms = all.logarithms();
  for (const std::size_t size : {1U, 7U, 100U}) {
    std::vector<float> pieces(together.size());
    std::vector<float> logs(together.size());
    for (std::size_t first = 0; first < 10'000; first += size) {
      const SynapseShape shape{std::min<std::size_t>(size, 10'000 - first), 24, 40};
      survivals(shape, all.x.data() + first * 24, all.weights.data(), pieces.data() + first * 40);
      inhibitions(shape, all.x.data() + first * 24, all.weights.data(), logs.data() + first * 40);
    }
    QVERIFY(pieces == together && logs == logarithms);
  }
}

/// The compatibility function computes what the published program computes, and that is what it is good for: what it
/// answers depends on who else is asked.
void TestSynannKernels::thePublishedSumDoes() {
  const Layer layer(20, 16, 16);
  std::vector<float> coupled(16);
  batchSurvivals(layer.shape, layer.x.data(), layer.weights.data(), coupled.data());
  const auto published = referenceShapedSynapse(20, 16, layer.x, layer.weights, true);
  const auto meant = referenceShapedSynapse(20, 16, layer.x, layer.weights, false);
  const auto own = layer.products();
  for (std::size_t k = 0; k < published.size(); ++k) {
    const double scale = std::max(1e-30, std::abs(double{published[k]}));
    QVERIFY(std::abs(double{layer.x[k]} * double{coupled[k % 16]} - double{published[k]}) < 1e-4 * scale);
    QVERIFY(std::abs(double{layer.x[k]} * double{own[k]} - double{meant[k]}) < 1e-5 * double{meant[k]});
  }
  // The first sample alone, and among twenty: one answer is thousands of times the other.
  std::vector<float> alone(16);
  batchSurvivals({1, 16, 16}, layer.x.data(), layer.weights.data(), alone.data());
  for (std::size_t i = 0; i < 16; ++i) {
    QVERIFY(std::abs(alone[i] - own[i]) < 1e-6F);
    QVERIFY(alone[i] > 1000 * coupled[i]);
  }
}

/// Two columns of neurons, everybody of the second excited by one and inhibited by all of the first. A link is exciting or
/// inhibiting, so the own input comes twice.
void TestSynannKernels::aBlockDrawnAsAGraph() {
  constexpr std::uint32_t n = 24;
  const Layer layer(1, n, n);
  Net net;
  std::vector<NeuronId> inputs;
  for (std::uint32_t j = 0; j < n; ++j) inputs.push_back(net.input(double{layer.x[j]}));
  auto y = layer.products();
  openings(layer.shape, layer.x.data(), layer.gain.data(), y.data(), y.data());
  std::vector<NeuronId> outputs;
  for (std::uint32_t i = 0; i < n; ++i) {
    const auto again = net.input(double{layer.x[i]});
    outputs.push_back(net.add({.gain = double{layer.gain[i]}}));
    net.excite(again, outputs.back());
    for (std::uint32_t j = 0; j < n; ++j) net.inhibit(inputs[j], outputs.back(), double{layer.weights[j * n + i]});
  }
  net.build();
  net.step();
  for (std::uint32_t i = 0; i < n; ++i) {
    const double drawn = net.value(outputs[i]);
    QVERIFY(std::abs(drawn - std::min(1.0, double{y[i]})) < 1e-5 * drawn);
  }
}

QTEST_GUILESS_MAIN(TestSynannKernels)
#include "tst_synann_kernels.moc"
