#include <QtTest>

#include <cmath>
#include <functional>
#include <limits>
#include <random>

#include "core/blocks/layers.h"
#include "core/denormals.h"
#include "core/dynamics/synann_net/synapse_block.h"

using namespace plexarium;
using namespace plexarium::blocks;
using synann_net::SynapseBlock;

namespace {

using List = std::vector<double>;
using Numbers = std::vector<List>;

/// What a block should do, in double: samples of its inputs and its parameters to samples of its outputs.
using Oracle = std::function<Numbers(const Numbers& inputs, const Numbers& parameters)>;

constexpr std::size_t lots = 2;
constexpr std::size_t samples = lots * lotSize;

/// A block between tensors of its own.
class Stage {
 public:
  explicit Stage(Block& block) : block_(block), random_(11) {
    in = Tensor(block.in(), block.inBorder(), lots);
    inSlopes = Tensor(block.in(), 0, lots);
    out = Tensor(block.out(), 1, lots);
    outSlopes = Tensor(block.out(), block.slopeBorder(), lots);
  }
  static float& at(Tensor& tensor, std::size_t sample, std::size_t value) {
    const auto& shape = tensor.shape();
    const auto sheet = tensor.lot(sample / lotSize);
    const auto place = value % shape.area();
    return sheet.channel(value /
                         shape.area())[place / shape.width * sheet.row + place % shape.width * lotSize + sample % lotSize];
  }
  void fill(Tensor& tensor, double low, double high) {
    std::uniform_real_distribution<double> any(low, high);
    for (std::size_t sample = 0; sample < samples; ++sample) {
      for (std::size_t k = 0; k < tensor.shape().size(); ++k) at(tensor, sample, k) = static_cast<float>(any(random_));
    }
  }
  static Numbers numbers(Tensor& tensor) {
    Numbers all(samples, List(tensor.shape().size()));
    for (std::size_t sample = 0; sample < samples; ++sample) {
      for (std::size_t k = 0; k < all[sample].size(); ++k) all[sample][k] = double{at(tensor, sample, k)};
    }
    return all;
  }
  void run() {
    const Ports ports{&in, &out, &inSlopes, &outSlopes};
    for (const auto way : {Way::Forth, Way::Back}) {
      block_.prepare(way, pass);
      if (block_.gathers()) {
        for (std::size_t lot = 0; lot < lots; ++lot) block_.gather(way, ports, lot);
        block_.join(way, pass);
      }
      for (std::size_t lot = 0; lot < lots; ++lot)
        way == Way::Forth ? block_.forward(pass, ports, lot) : block_.backward(pass, ports, lot);
    }
    for (std::size_t task = 0; task < block_.slopeTasks(); ++task) block_.slopesOf(pass, ports, task);
  }

  Pass pass{true, 5, 3, lots};
  Tensor in, inSlopes, out, outSlopes;

 private:
  Block& block_;
  std::mt19937 random_;
};

Numbers parametersOf(const Block& block) {
  Numbers all;
  for (const auto& parameter : block.parameters) all.emplace_back(parameter.values.begin(), parameter.values.end());
  return all;
}

double lossOf(const Numbers& outs, const Numbers& slopes) {
  double loss = 0;
  for (std::size_t sample = 0; sample < outs.size(); ++sample) {
    for (std::size_t k = 0; k < outs[sample].size(); ++k) loss += outs[sample][k] * slopes[sample][k];
  }
  return loss;
}

double furthest(const Numbers& list) {
  double most = 0;
  for (const auto& line : list) {
    for (const double value : line) most = std::max(most, std::abs(value));
  }
  return most;
}

/// The block does what the oracle says within 1e-5 of the largest value, and its slopes are the oracle's central differences
/// within 1e-4 of the largest slope.
void check(Block& block, const Oracle& oracle, double low = -1, double high = 1) {
  Stage stage(block);
  stage.fill(stage.in, low, high);
  stage.fill(stage.outSlopes, -1, 1);
  const auto slopes = Stage::numbers(stage.outSlopes);  // the block may change them
  auto inputs = Stage::numbers(stage.in);
  auto parameters = parametersOf(block);
  stage.run();
  const auto should = oracle(inputs, parameters);
  const auto is = Stage::numbers(stage.out);
  for (std::size_t sample = 0; sample < samples; ++sample) {
    for (std::size_t k = 0; k < should[sample].size(); ++k)
      QVERIFY2(std::abs(is[sample][k] - should[sample][k]) <= 1e-5 * furthest(should), "forward");
  }
  constexpr double step = 1e-5;
  const auto difference = [&](double& value) {
    const double before = value;
    value = before + step;
    const double above = lossOf(oracle(inputs, parameters), slopes);
    value = before - step;
    const double below = lossOf(oracle(inputs, parameters), slopes);
    value = before;
    return (above - below) / (2 * step);
  };
  const auto inSlopes = Stage::numbers(stage.inSlopes);
  const double mostIn = furthest(inSlopes);
  QVERIFY(mostIn > 0);
  std::mt19937 random(3);
  for (int trial = 0; trial < 40; ++trial) {
    const auto sample = random() % samples;
    const auto k = random() % inputs[sample].size();
    const double wanted = difference(inputs[sample][k]);
    QVERIFY2(std::abs(inSlopes[sample][k] - wanted) <= 1e-4 * mostIn,
             qPrintable(QString("input %1: %2, not %3").arg(k).arg(inSlopes[sample][k]).arg(wanted)));
  }
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    const auto& found = block.parameters[p].slopes;
    double most = 0;
    for (const float slope : found) most = std::max(most, std::abs(double{slope}));
    QVERIFY(most > 0);
    for (int trial = 0; trial < 30; ++trial) {
      const auto k = random() % found.size();
      const double wanted = difference(parameters[p][k]);
      QVERIFY2(std::abs(double{found[k]} - wanted) <= 1e-4 * most,
               qPrintable(QString("%1 %2: %3, not %4")
                              .arg(QString::fromStdString(block.parameters[p].name))
                              .arg(k)
                              .arg(double{found[k]})
                              .arg(wanted)));
    }
  }
}

void drawAll(Block& block, double low, double high) {
  std::mt19937 random(17);
  std::uniform_real_distribution<double> any(low, high);
  for (auto& parameter : block.parameters) {
    for (float& value : parameter.values) value = static_cast<float>(any(random));
  }
}

Oracle ofEachSample(std::function<List(const List&)> one) {
  return [one](const Numbers& inputs, const Numbers& /*parameters*/) {
    Numbers outs;
    for (const auto& input : inputs) outs.push_back(one(input));
    return outs;
  };
}

Oracle convolution(Shape in, std::size_t outputs, std::size_t size, std::size_t pad) {
  return [=](const Numbers& inputs, const Numbers& parameters) {
    const auto height = in.height + 2 * pad + 1 - size;
    const auto width = in.width + 2 * pad + 1 - size;
    Numbers outs(inputs.size(), List(outputs * height * width));
    for (std::size_t sample = 0; sample < inputs.size(); ++sample) {
      for (std::size_t k = 0; k < outs[sample].size(); ++k) {
        const auto o = k / height / width;
        double sum = parameters.size() > 1 ? parameters[1][o] : 0;
        for (std::size_t t = 0; t < in.channels * size * size; ++t) {
          const auto y = k / width % height + t / size % size;
          const auto x = k % width + t % size;
          if (y < pad || x < pad || y - pad >= in.height || x - pad >= in.width) continue;
          sum += parameters[0][o * in.channels * size * size + t] *
                 inputs[sample][(t / size / size * in.height + y - pad) * in.width + x - pad];
        }
        outs[sample][k] = sum;
      }
    }
    return outs;
  };
}

Oracle batchNorm(Shape shape, bool rectifies) {
  return [=](const Numbers& inputs, const Numbers& parameters) {
    auto outs = inputs;
    for (std::size_t channel = 0; channel < shape.channels; ++channel) {
      double sum = 0;
      double squares = 0;
      const auto over = [&](const auto& work) {
        for (auto& line : outs) {
          for (std::size_t k = 0; k < shape.area(); ++k) work(line[channel * shape.area() + k]);
        }
      };
      const auto count = static_cast<double>(inputs.size() * shape.area());
      over([&](double value) { sum += value; });
      over([&](double value) { squares += (value - sum / count) * (value - sum / count); });
      const double inverse = 1 / std::sqrt(squares / count + double{BatchNorm::least});
      over([&](double& value) {
        value = (value - sum / count) * inverse * parameters[0][channel] + parameters[1][channel];
        if (rectifies) value = std::max(0.0, value);
      });
    }
    return outs;
  };
}

}  // namespace

class TestBlocksGradients : public QObject {
  Q_OBJECT

 private slots:
  void convolutions();
  void denseLayers();
  void maximumPool();
  void planePool();
  void batchNorms();
  void rectifier();
  void dropout();
  void probabilities();
  void synapses();
  void crossEntropies();

 private:
  FlushDenormals flush_;
};

void TestBlocksGradients::convolutions() {
  for (const auto& [size, pad, biased] : {std::tuple{5, 0, true}, {3, 1, false}, {3, 0, true}, {2, 1, false}}) {
    const Shape in{3, 7, 8};
    ConvolutionBlock block(in, 5, static_cast<std::size_t>(size), static_cast<std::size_t>(pad), biased);
    drawAll(block, -1, 1);
    check(block, convolution(in, 5, static_cast<std::size_t>(size), static_cast<std::size_t>(pad)));
  }
}

void TestBlocksGradients::denseLayers() {
  const Shape in{4, 3, 2};
  const auto block = ConvolutionBlock::dense(in, 11, true);
  drawAll(*block, -1, 1);
  check(*block, convolution({in.size(), 1, 1}, 11, 1, 0));
}

void TestBlocksGradients::maximumPool() {
  const Shape in{2, 5, 6};  // an odd row
  MaximumPool block(in);
  check(block, ofEachSample([in](const List& input) {
          List outs;
          for (std::size_t k = 0; k < in.channels * (in.height / 2) * (in.width / 2); ++k) {
            const auto channel = k / (in.height / 2) / (in.width / 2);
            const auto y = 2 * (k / (in.width / 2) % (in.height / 2));
            const auto x = 2 * (k % (in.width / 2));
            const auto at = [&](std::size_t dy, std::size_t dx) {
              return input[(channel * in.height + y + dy) * in.width + x + dx];
            };
            outs.push_back(std::max({at(0, 0), at(0, 1), at(1, 0), at(1, 1)}));
          }
          return outs;
        }));
}

void TestBlocksGradients::planePool() {
  const Shape in{3, 4, 5};
  PlanePool block(in);
  check(block, ofEachSample([in](const List& input) {
          List outs(2 * in.channels);
          for (std::size_t channel = 0; channel < in.channels; ++channel) {
            const auto* begin = input.data() + channel * in.area();
            outs[channel] = *std::max_element(begin, begin + in.area());
            for (std::size_t k = 0; k < in.area(); ++k)
              outs[in.channels + channel] += begin[k] / static_cast<double>(in.area());
          }
          return outs;
        }));
}

void TestBlocksGradients::batchNorms() {
  for (const bool rectifies : {false, true}) {
    const Shape shape{3, 4, 5};
    BatchNorm block(shape, rectifies);
    drawAll(block, 0.5, 1.5);
    check(block, batchNorm(shape, rectifies), -2, 3);
  }
  BatchNorm flat({6, 1, 1}, false);
  drawAll(flat, -1, 1);
  check(flat, batchNorm({6, 1, 1}, false));
}

void TestBlocksGradients::rectifier() {
  Rectifier block({3, 2, 4});
  check(block, ofEachSample([](const List& input) {
          List outs;
          for (const double value : input) outs.push_back(std::max(0.0, value));
          return outs;
        }));
}

void TestBlocksGradients::dropout() {
  for (const bool planes : {false, true}) {
    const Shape shape{40, 2, 2};
    Dropout block(shape, 1, planes);
    block.share = 0.25F;
    Stage stage(block);
    for (std::size_t sample = 0; sample < samples; ++sample) {
      for (std::size_t k = 0; k < shape.size(); ++k) Stage::at(stage.in, sample, k) = 1;
    }
    stage.run();
    const auto factors = Stage::numbers(stage.out);
    double dropped = 0;
    for (std::size_t sample = 0; sample < samples; ++sample) {
      for (std::size_t k = 0; k < shape.size(); ++k) {
        const double factor = factors[sample][k];
        QVERIFY(factor == 0 || std::abs(factor - 1 / 0.75) < 1e-6);
        if (planes) QCOMPARE(factor, factors[sample][k / shape.area() * shape.area()]);
        dropped += factor == 0 ? 1.0 : 0.0;
      }
    }
    const double share = dropped / static_cast<double>(samples * shape.size());
    QVERIFY2(std::abs(share - 0.25) < (planes ? 0.06 : 0.03), qPrintable(QString::number(share)));
    check(block, [&](const Numbers& inputs, const Numbers& /*parameters*/) {
      auto outs = inputs;
      for (std::size_t sample = 0; sample < samples; ++sample) {
        for (std::size_t k = 0; k < shape.size(); ++k) outs[sample][k] *= factors[sample][k];
      }
      return outs;
    });
    const Pass answers{false, 5, 3, lots};
    const Ports ports{&stage.in, &stage.out, nullptr, nullptr};
    block.prepare(Way::Forth, answers);
    for (std::size_t lot = 0; lot < lots; ++lot) block.forward(answers, ports, lot);
    for (const auto& line : Stage::numbers(stage.out)) {
      for (const double value : line) QCOMPARE(value, 1.0);
    }
  }
}

void TestBlocksGradients::probabilities() {
  Probabilities sigmoid(9, Squash::Sigmoid);
  check(sigmoid, ofEachSample([](const List& input) {
          List outs;
          for (const double value : input) outs.push_back(1 / (1 + std::exp(-value)));
          return outs;
        }),
        -3, 3);
  Probabilities shares(9, Squash::Softmax);
  check(shares, ofEachSample([](const List& input) {
          List outs;
          double sum = 0;
          for (const double value : input) sum += std::exp(value);
          for (const double value : input) outs.push_back(std::exp(value) / sum);
          return outs;
        }),
        -3, 3);
}

void TestBlocksGradients::synapses() {
  // Six probabilities of five features (one of them twice, one that is none), four synapses, of which one has two exciting
  // links and one none; a synapse and a probability that nobody reads.
  SynapseBlock::Wiring wiring;
  wiring.units = {0, 1, 2, 3, 1, 99};
  wiring.synapses = 4;
  wiring.excitations = {{0, 0, 1}, {1, 1, 0.5F}, {1, 2, 0.75F}, {2, 3, 1}};
  wiring.readers = {0, 1, 2, 4, 6, 8};
  SynapseBlock block(5, wiring);
  drawAll(block, 0.05, 0.9);
  check(
      block,
      [&](const Numbers& inputs, const Numbers& parameters) {
        Numbers outs;
        for (const auto& input : inputs) {
          List x;
          for (const auto unit : wiring.units) x.push_back(unit < 5 ? input[unit] : 0);
          List said;
          for (std::size_t i = 0; i < 4; ++i) {
            double excitation = 0;
            for (const auto& one : wiring.excitations)
              excitation += one.synapse == i ? double{one.weight} * x[one.probability] : 0;
            double survives = 1;
            for (std::size_t j = 0; j < 6; ++j) survives *= 1 - parameters[SynapseBlock::Beta][j * 4 + i] * x[j];
            said.push_back(parameters[SynapseBlock::Gain][i] * excitation * survives);
          }
          said.insert(said.end(), x.begin(), x.end());
          List out;
          for (const auto reader : wiring.readers) out.push_back(said[reader]);
          outs.push_back(out);
        }
        return outs;
      },
      0.05, 0.95);
}

void TestBlocksGradients::crossEntropies() {
  constexpr std::size_t classes = 7;
  constexpr double smoothing = 0.1;
  Tensor logits({classes, 1, 1}, 0, 1);
  Tensor slopes({classes, 1, 1}, 0, 1);
  std::mt19937 random(5);
  std::uniform_real_distribution<double> any(-3, 3);
  Numbers x(lotSize, List(classes));
  Wanted wanted;
  for (std::size_t k = 0; k < lotSize; ++k) {
    wanted.label[k] = k == 4 ? -1 : static_cast<std::int32_t>(k % classes);
    for (std::size_t c = 0; c < classes; ++c) {
      const auto value = static_cast<float>(any(random));
      logits.lot(0).channel(c)[k] = value;
      x[k][c] = double{value};
    }
  }
  const auto lossOfSample = [&](const List& logit, std::int32_t label) {
    if (label < 0) return 0.0;
    double sum = 0;
    for (const double value : logit) sum += std::exp(value);
    double loss = 0;
    for (std::size_t c = 0; c < classes; ++c) {
      const double target = smoothing / classes + (static_cast<std::int32_t>(c) == label ? 1 - smoothing : 0);
      loss -= target * (logit[c] - std::log(sum));
    }
    return loss;
  };
  double should = 0;
  for (std::size_t k = 0; k < lotSize; ++k) should += lossOfSample(x[k], wanted.label[k]);
  const double is = crossEntropy(logits.lot(0), classes, wanted, static_cast<float>(smoothing), 0.5F, slopes.lot(0));
  QVERIFY2(std::abs(is - should) < 1e-4, qPrintable(QString("%1, not %2").arg(is).arg(should)));
  for (std::size_t k = 0; k < lotSize; ++k) {
    for (std::size_t c = 0; c < classes; ++c) {
      constexpr double step = 1e-5;
      auto above = x[k];
      auto below = x[k];
      above[c] += step;
      below[c] -= step;
      const double wantedSlope =
          0.5 * (lossOfSample(above, wanted.label[k]) - lossOfSample(below, wanted.label[k])) / (2 * step);
      QVERIFY(std::abs(double{slopes.lot(0).channel(c)[k]} - wantedSlope) < 1e-5);
    }
  }
}

QTEST_GUILESS_MAIN(TestBlocksGradients)
#include "tst_blocks_gradients.moc"
