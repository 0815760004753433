#include <QtTest>

#include <cstring>
#include <random>

#include "core/blocks/kernels.h"
#include "core/denormals.h"

using namespace plexarium;
using namespace plexarium::blocks;

namespace {

std::vector<KernelWidth> widths() {
  std::vector<KernelWidth> all;
  for (const auto width : {KernelWidth::Baseline, KernelWidth::Avx2, KernelWidth::Avx512}) {
    if (width <= widestKernel()) all.push_back(width);
  }
  return all;
}

struct Case {
  Convolution shape;
  std::size_t pad = 0;
};

/// Every size, with numbers of channels and columns that no tile divides.
std::vector<Case> cases() {
  return {{{1, 10, 5, 24, 24}, 0}, {{10, 20, 5, 8, 8}, 0}, {{3, 7, 3, 5, 9}, 1},  {{6, 5, 3, 3, 7}, 2},
          {{37, 21, 1, 1, 1}, 0},  {{5, 9, 2, 4, 10}, 1},  {{2, 3, 4, 6, 13}, 0}, {{9, 1, 3, 2, 1}, 1}};
}

class Layer {
 public:
  explicit Layer(const Case& one)
      : shape(one.shape),
        pad(one.pad),
        in({shape.inputs, shape.height + shape.size - 1 - 2 * pad, shape.width + shape.size - 1 - 2 * pad}, pad, lots),
        out({shape.outputs, shape.height, shape.width}, 0, lots),
        weights(shape.weights()) {
    std::mt19937 random(7);
    fill(in, random);
    fill(out, random);
    for (auto* list : {&weights, &bias}) {
      if (list == &bias) list->resize(shape.outputs);
      for (float& value : *list) value = normal(random);
    }
  }
  float normal(std::mt19937& random) { return std::normal_distribution<float>()(random); }
  void fill(Tensor& tensor, std::mt19937& random) {
    const auto& size = tensor.shape();
    for (std::size_t lot = 0; lot < tensor.lots(); ++lot) {
      for (std::size_t c = 0; c < size.channels; ++c) {
        for (std::size_t y = 0; y < size.height; ++y) {
          const auto sheet = tensor.lot(lot);
          for (std::size_t x = 0; x < size.width * lotSize; ++x) sheet.channel(c)[y * sheet.row + x] = normal(random);
        }
      }
    }
  }
  /// Of the framed plane.
  double input(std::size_t lot, std::size_t c, std::size_t y, std::size_t x, std::size_t sample) {
    const auto sheet = in.lot(lot).from(pad);
    return double{sheet.channel(c)[y * sheet.row + x * lotSize + sample]};
  }
  double output(std::size_t lot, std::size_t c, std::size_t y, std::size_t x, std::size_t sample) {
    const auto sheet = out.lot(lot);
    return double{sheet.channel(c)[y * sheet.row + x * lotSize + sample]};
  }
  double weight(std::size_t o, std::size_t i, std::size_t v, std::size_t u) const {
    return double{weights[((o * shape.inputs + i) * shape.size + v) * shape.size + u]};
  }

  static constexpr std::size_t lots = 2;
  Convolution shape;
  std::size_t pad;
  Tensor in, out;
  std::vector<float> weights, bias;
};

void compare(double is, double should, double size, const char* what) {
  QVERIFY2(std::abs(is - should) <= 1e-5 * size, qPrintable(QString("%1: %2, not %3").arg(what).arg(is).arg(should)));
}

}  // namespace

class TestBlocksKernels : public QObject {
  Q_OBJECT

 private slots:
  void convolutionsAreWhatTheyShouldBe();
  void slopesAreWhatTheyShouldBe();
  void allWidthsAgree();
  void aSampleKnowsNothingOfTheOthers();

 private:
  FlushDenormals flush_;
};

void TestBlocksKernels::convolutionsAreWhatTheyShouldBe() {
  for (const auto& one : cases()) {
    Layer layer(one);
    const auto& shape = layer.shape;
    convolve(shape, layer.in.lot(1).from(layer.pad), layer.weights.data(), layer.bias.data(), layer.out.lot(1));
    for (std::size_t o = 0; o < shape.outputs; ++o) {
      for (std::size_t k = 0; k < shape.height * shape.width * lotSize; k += 5) {
        const auto sample = k % lotSize;
        const auto x = k / lotSize % shape.width;
        const auto y = k / lotSize / shape.width;
        double sum = double{layer.bias[o]};
        double size = 1;
        for (std::size_t t = 0; t < shape.inputs * shape.taps(); ++t) {
          const auto i = t / shape.taps();
          const auto v = t / shape.size % shape.size;
          const auto u = t % shape.size;
          const double part = layer.weight(o, i, v, u) * layer.input(1, i, y + v, x + u, sample);
          sum += part;
          size += std::abs(part);
        }
        compare(layer.output(1, o, y, x, sample), sum, size, "output");
      }
    }
  }
}

void TestBlocksKernels::slopesAreWhatTheyShouldBe() {
  for (const auto& one : cases()) {
    Layer layer(one);
    const auto& shape = layer.shape;
    std::vector<float> slopes(shape.weights(), 1e30F);
    const Lots in{layer.in.lot(0).from(layer.pad), layer.in.stride(), Layer::lots};
    const Lots out{layer.out.lot(0), layer.out.stride(), Layer::lots};
    for (std::size_t tile = 0; tile < slopeTiles(shape); ++tile) slopesOfWeights(shape, in, out, tile, slopes.data());
    for (std::size_t w = 0; w < shape.weights(); ++w) {
      const auto o = w / shape.taps() / shape.inputs;
      const auto i = w / shape.taps() % shape.inputs;
      const auto v = w / shape.size % shape.size;
      const auto u = w % shape.size;
      double sum = 0;
      double size = 1;
      for (std::size_t k = 0; k < Layer::lots * shape.height * shape.width * lotSize; ++k) {
        const auto sample = k % lotSize;
        const auto x = k / lotSize % shape.width;
        const auto y = k / lotSize / shape.width % shape.height;
        const auto lot = k / lotSize / shape.width / shape.height;
        const double part = layer.output(lot, o, y, x, sample) * layer.input(lot, i, y + v, x + u, sample);
        sum += part;
        size += std::abs(part);
      }
      compare(double{slopes[w]}, sum, size, "slope");
    }
  }
}

void TestBlocksKernels::allWidthsAgree() {
  QVERIFY(widths().size() >= 1);
  if (widths().size() == 1) QSKIP("this processor has one width");
  for (const auto& one : cases()) {
    std::vector<std::vector<float>> outs;
    std::vector<std::vector<float>> slopes;
    for (const auto width : widths()) {
      Layer layer(one);
      const auto& shape = layer.shape;
      slopes.emplace_back(shape.weights());
      const Lots in{layer.in.lot(0).from(layer.pad), layer.in.stride(), Layer::lots};
      const Lots out{layer.out.lot(0), layer.out.stride(), Layer::lots};
      for (std::size_t tile = 0; tile < slopeTiles(shape); ++tile)
        slopesOfWeights(shape, in, out, tile, slopes.back().data(), width);
      convolve(shape, layer.in.lot(0).from(layer.pad), layer.weights.data(), nullptr, layer.out.lot(0), width);
      auto& values = outs.emplace_back(layer.out.lot(0).at, layer.out.lot(0).at + layer.out.stride());
      // The passes over single channels, one after the other on what there is.
      const auto sheet = layer.out.lot(0);
      const auto add = [&](const Sums& sums) {
        values.insert(values.end(), sums.plain, sums.plain + lotSize);
        values.insert(values.end(), sums.squares, sums.squares + lotSize);
      };
      Sums sums;
      sumChannel(sheet.channel(0), sheet.row, shape.height, shape.width, sums, width);
      add(sums);
      std::vector<Lot> scaled(shape.height * shape.width), back(scaled.size());
      scaleChannel({1.3F, 0.2F, 0.1F}, sheet.channel(0), sheet.row, scaled[0].of, sheet.row, shape.height, shape.width,
                   width);
      sumSlopes({1.3F, 0.2F, 0.1F}, 0.3F, sheet.channel(0), sheet.row, scaled[0].of, sheet.row, shape.height, shape.width,
                sums, width);
      add(sums);
      slopeChannel({1.1F, -0.2F, 0.7F}, sheet.channel(0), sheet.row, scaled[0].of, sheet.row, back[0].of, sheet.row,
                   shape.height, shape.width, width);
      for (const auto& lot : back) values.insert(values.end(), lot.of, lot.of + lotSize);
    }
    for (std::size_t k = 1; k < outs.size(); ++k) {
      QCOMPARE(std::memcmp(outs[k].data(), outs[0].data(), outs[0].size() * sizeof(float)), 0);
      QCOMPARE(std::memcmp(slopes[k].data(), slopes[0].data(), slopes[0].size() * sizeof(float)), 0);
    }
  }
}

void TestBlocksKernels::aSampleKnowsNothingOfTheOthers() {
  Layer layer(cases()[2]);
  Layer other(cases()[2]);
  const auto& shape = layer.shape;
  const auto sheet = other.in.lot(0);
  for (std::size_t c = 0; c < shape.inputs; ++c) {
    for (std::size_t k = 0; k < lotSize; ++k) {
      if (k != 5) sheet.channel(c)[k] = -100;
    }
  }
  for (auto* one : {&layer, &other})
    convolve(shape, one->in.lot(0).from(one->pad), one->weights.data(), nullptr, one->out.lot(0));
  bool differs = false;
  for (std::size_t k = 0; k < layer.out.stride(); ++k) {
    const bool same = layer.out.lot(0).at[k] == other.out.lot(0).at[k];
    if (k % lotSize == 5) QVERIFY(same);
    differs = differs || !same;
  }
  QVERIFY(differs);
}

QTEST_GUILESS_MAIN(TestBlocksKernels)
#include "tst_blocks_kernels.moc"
