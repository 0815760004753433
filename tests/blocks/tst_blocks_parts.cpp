#include <QtTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <span>

#include "core/base64.h"
#include "core/blocks/distortion.h"
#include "core/blocks/layers.h"
#include "core/blocks/net.h"
#include "core/blocks/optimiser.h"
#include "core/denormals.h"

using namespace plexarium;
using namespace plexarium::blocks;

namespace {

/// A block of one parameter, with these values and slopes.
class Single final : public Block {
 public:
  Single(Rule rule, std::vector<float> values, std::vector<float> slopes) : Block({}, {}) {
    parameters.push_back({"single", rule, std::move(values), std::move(slopes)});
  }
  void forward(const Pass& /*pass*/, const Ports& /*ports*/, std::size_t /*lot*/) override {}
  void backward(const Pass& /*pass*/, const Ports& /*ports*/, std::size_t /*lot*/) override {}
  double value(std::size_t k) const { return double{parameters[0].values[k]}; }
};

/// A small net of everything, taught a rule by some steps; all its parameters.
std::vector<float> taught(std::size_t threads) {
  constexpr std::size_t lots = 3;
  Net net;
  const auto weigh = [&](BlockPointer block, std::uint32_t stream) {
    drawWeights(*block, 2, 9, stream);
    net.add(std::move(block));
  };
  weigh(std::make_unique<ConvolutionBlock>(Shape{1, 8, 8}, 6, 3, 1, false), 1);
  net.add(std::make_unique<MaximumPool>(Shape{6, 8, 8}));
  net.add(std::make_unique<BatchNorm>(Shape{6, 4, 4}, true));
  weigh(std::make_unique<ConvolutionBlock>(Shape{6, 4, 4}, 9, 3, 0, true), 2);
  net.add(std::make_unique<PlanePool>(Shape{9, 2, 2}));
  net.add(std::make_unique<Dropout>(Shape{18, 1, 1}, 3, false));
  weigh(ConvolutionBlock::dense({18, 1, 1}, 2, true), 4);
  net.fit(lots, true);
  Team team(threads);
  for (std::uint64_t step = 0; step < 20; ++step) {
    const Pass pass{true, 1, step, lots};
    std::vector<Wanted> wanted(lots);
    net.forward(pass, team, [&](std::size_t lot) {
      DrawSequence draw(4, 1, step * lots + lot);
      const auto sheet = net.values(0, lot);
      for (std::size_t k = 0; k < lotSize; ++k) {
        wanted[lot].label[k] = static_cast<std::int32_t>(draw.below(2));
        for (std::size_t y = 0; y < 8; ++y) {
          for (std::size_t x = 0; x < 8; ++x) {
            const bool left = x < 4;
            sheet.at[y * sheet.row + x * lotSize + k] =
                static_cast<float>(draw.uniform()) + (left == (wanted[lot].label[k] == 0) ? 0.5F : 0.0F);
          }
        }
      }
    });
    for (std::size_t lot = 0; lot < lots; ++lot)
      crossEntropy(net.output(lot), 2, wanted[lot], 0, 1.0F / (lots * lotSize), net.outputSlopes(lot));
    net.backward(pass, team);
    for (std::size_t k = 0; k < net.size(); ++k) descend(net[k], {Optimiser::Nesterov, 0.05F, 0.9F, 1e-4F, step});
  }
  std::vector<float> all;
  for (std::size_t k = 0; k < net.size(); ++k) {
    for (const auto& parameter : net[k].parameters) all.insert(all.end(), parameter.values.begin(), parameter.values.end());
  }
  return all;
}

}  // namespace

class TestBlocksParts : public QObject {
  Q_OBJECT

 private slots:
  void threadsComputeTheSame();
  void stepsGoDownhill();
  void sharesAndFactorsStepInLogitAndLogarithm();
  void adamIsWhatItsPaperSays();
  void theCourseRisesAndFalls();
  void normRemembersMeansForAnswers();
  void distortionKeepsWhatItShould();
  void numbersSurviveAsText();

 private:
  FlushDenormals flush_;
};

void TestBlocksParts::threadsComputeTheSame() {
  const auto one = taught(1);
  for (const std::size_t threads : {2, 3}) {
    const auto many = taught(threads);
    QCOMPARE(many.size(), one.size());
    QCOMPARE(std::memcmp(many.data(), one.data(), one.size() * sizeof(float)), 0);
  }
  for (const float value : one) QVERIFY(std::isfinite(value));
}

void TestBlocksParts::stepsGoDownhill() {
  // The momentum of a constant slope g grows as 1, 1.9, ...; Nesterov steps by g + 0.9 times that.
  Single block(Rule::Plain, {1}, {0.5F});
  descend(block, {Optimiser::Nesterov, 0.1F, 0.9F, 10, 0});  // no decay: it is plain
  QVERIFY(std::abs(block.value(0) - (1 - 0.1 * (0.5 + 0.9 * 0.5))) < 1e-6);
  descend(block, {Optimiser::Nesterov, 0.1F, 0.9F, 10, 1});
  QVERIFY(std::abs(block.value(0) - (1 - 0.1 * (0.5 + 0.9 * 0.5) - 0.1 * (0.5 + 0.9 * 0.95))) < 1e-6);
  Single fading(Rule::Decays, {2}, {0});
  descend(fading, {Optimiser::Nesterov, 0.1F, 0, 0.5F, 0});
  QVERIFY(std::abs(fading.value(0) - (2 - 0.1 * 0.5 * 2)) < 1e-6);
  Single partly(Rule::Plain, {1, 0}, {1, 1});
  partly.parameters[0].absent = {0, 1};
  descend(partly, {Optimiser::Nesterov, 0.1F, 0, 0, 0});
  QVERIFY(partly.value(0) < 1);
  QCOMPARE(partly.value(1), 0.0);
  Single wild(Rule::Plain, {1, 1}, {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()});
  descend(wild, {Optimiser::Nesterov, 0.1F, 0.9F, 0, 0});
  QCOMPARE(wild.value(0), 1.0);
  QCOMPARE(wild.value(1), 1.0);
}

void TestBlocksParts::sharesAndFactorsStepInLogitAndLogarithm() {
  const auto logit = [](double b) { return std::log(b / (1 - b)); };
  Single shares(Rule::Share, {0.2F, 0.99F, 0, 1}, {3, -2, 5, 5});
  const double step0 = -0.1 * 3 * 0.2 * 0.8;
  const double step1 = 0.1 * 2 * 0.99 * 0.01;
  descend(shares, {Optimiser::Nesterov, 0.1F, 0, 1, 0});
  QVERIFY(std::abs(logit(shares.value(0)) - (logit(0.2) + step0)) < 1e-5);
  QVERIFY(std::abs(logit(shares.value(1)) - (logit(0.99) + step1)) < 1e-4);
  QCOMPARE(shares.value(2), 0.0);
  QCOMPARE(shares.value(3), 1.0);
  Single factors(Rule::Factor, {0.5F, 3.9F}, {1, -100});
  descend(factors, {Optimiser::Nesterov, 0.1F, 0, 1, 0});
  QVERIFY(std::abs(std::log(factors.value(0)) - (std::log(0.5) - 0.1 * 0.5)) < 1e-6);
  QCOMPARE(factors.value(1), double{largestFactor});
}

void TestBlocksParts::adamIsWhatItsPaperSays() {
  Single block(Rule::Plain, {1}, {0});
  double value = 1;
  double mean = 0;
  double square = 0;
  for (int step = 1; step <= 5; ++step) {
    const double slope = 0.3 * step - 0.7;
    block.parameters[0].slopes[0] = static_cast<float>(slope);
    descend(block, {Optimiser::Adam, 0.01F, 0.9F, 0, static_cast<std::uint64_t>(step - 1)});
    mean = 0.9 * mean + 0.1 * slope;
    square = 0.999 * square + 0.001 * slope * slope;
    value -= 0.01 * mean / (1 - std::pow(0.9, step)) / (std::sqrt(square / (1 - std::pow(0.999, step))) + 1e-8);
    QVERIFY2(std::abs(block.value(0) - value) < 1e-5, qPrintable(QString("%1, not %2").arg(block.value(0)).arg(value)));
  }
}

void TestBlocksParts::theCourseRisesAndFalls() {
  QCOMPARE(courseRate(0.05, 0.1), 0.5);
  QCOMPARE(courseRate(0.1, 0.1), 1.0);
  for (double at = 0.1; at < 1; at += 0.07) {
    const double should = 0.5 * (1 + std::cos(std::acos(-1.0) * (at - 0.1) / 0.9));
    QVERIFY(std::abs(courseRate(at, 0.1) - should) < 1e-12);
  }
  QCOMPARE(courseRate(1, 0.1), 0.0);
  QCOMPARE(courseRate(7, 0), 0.0);
  QCOMPARE(courseRate(0, 0), 1.0);
}

void TestBlocksParts::normRemembersMeansForAnswers() {
  constexpr std::size_t lots = 4;
  BatchNorm block({1, 1, 1}, false);
  Tensor in({1, 1, 1}, 0, lots), out({1, 1, 1}, 0, lots);
  const Ports ports{&in, &out, nullptr, nullptr};
  std::mt19937 random(3);
  std::normal_distribution<float> any(5, 2);
  for (int round = 0; round < 200; ++round) {
    const Pass pass{true, 1, 0, lots};
    for (std::size_t lot = 0; lot < lots; ++lot) {
      for (std::size_t k = 0; k < lotSize; ++k) in.lot(lot).at[k] = any(random);
    }
    block.prepare(Way::Forth, pass);
    for (std::size_t lot = 0; lot < lots; ++lot) block.gather(Way::Forth, ports, lot);
    block.join(Way::Forth, pass);
  }
  QVERIFY2(std::abs(block.mean[0] - 5) < 0.3F, qPrintable(QString::number(double{block.mean[0]})));
  QVERIFY2(std::abs(block.variance[0] - 4) < 1, qPrintable(QString::number(double{block.variance[0]})));
  // One sample alone is answered by these.
  const Pass answers{false, 1, 0, 1};
  in.lot(0).at[0] = 9;
  block.prepare(Way::Forth, answers);
  block.forward(answers, ports, 0);
  const float should = (9 - block.mean[0]) / std::sqrt(block.variance[0] + BatchNorm::least);
  QVERIFY(std::abs(out.lot(0).at[0] - should) < 1e-4F);
}

void TestBlocksParts::distortionKeepsWhatItShould() {
  constexpr std::size_t side = 28;
  std::vector<float> picture(side * side);
  for (std::size_t y = 10; y < 18; ++y) {
    for (std::size_t x = 8; x < 20; ++x) picture[y * side + x] = 1;
  }
  std::vector<float> made(side * side), room;
  DrawSequence draw(1, 1, 1);
  distort({}, picture, side, side, draw, room, made.data(), 1);
  QCOMPARE(made, picture);
  double mass = 0;
  for (const float value : picture) mass += double{value};
  bool differs = false;
  for (std::uint64_t trial = 0; trial < 100; ++trial) {
    DrawSequence other(1, 1, trial);
    distort({0.2, 0.2, 0.12, 2}, picture, side, side, other, room, made.data(), 1);
    double sum = 0;
    for (const float value : made) {
      QVERIFY(value >= 0 && value <= 1);
      sum += double{value};
    }
    QVERIFY2(sum > mass * 0.7 && sum < mass * 1.4, qPrintable(QString::number(sum / mass)));
    differs = differs || made != picture;
  }
  QVERIFY(differs);
  // A shift alone moves everything by as much.
  DrawSequence moved(2, 1, 1);
  distort({0, 0, 0, 2}, picture, side, side, moved, room, made.data(), 1);
  double sum = 0;
  for (const float value : made) sum += double{value};
  QVERIFY(std::abs(sum - mass) < 1e-3 * mass);
}

void TestBlocksParts::numbersSurviveAsText() {
  std::mt19937 random(1);
  for (const std::size_t count : {0, 1, 2, 3, 4, 100}) {
    std::vector<float> numbers(count);
    for (float& number : numbers) {
      const auto word = static_cast<std::uint32_t>(random());
      std::memcpy(&number, &word, sizeof number);
    }
    const auto text = base64(numbers);
    std::vector<float> read(count);
    QVERIFY(readBase64(text, read));
    QVERIFY(std::ranges::equal(std::as_bytes(std::span(read)), std::as_bytes(std::span(numbers))));  // NaNs, too
    QVERIFY(!readBase64(text + "A", read));
    if (count == 0) continue;
    auto damaged = text;
    damaged[text.size() / 2] = '!';
    QVERIFY(!readBase64(damaged, read));
  }
}

QTEST_GUILESS_MAIN(TestBlocksParts)
#include "tst_blocks_parts.moc"
