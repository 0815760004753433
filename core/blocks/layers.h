#pragma once

#include <cstdint>
#include <vector>

#include "core/blocks/block.h"
#include "core/blocks/kernels.h"

// The usual blocks of a net. Weights begin at 0; see drawWeights.
namespace plexarium::blocks {

/// Squares of weights over planes; parameters: weights [outputs][inputs][size][size], then a bias for each output where it
/// is asked for. A dense layer is one of size 1 over a flattened plane.
class ConvolutionBlock final : public Block {
 public:
  /// `pad` < size: rows and columns of zeros that are looked at around the plane.
  ConvolutionBlock(Shape in, std::size_t outputs, std::size_t size, std::size_t pad, bool biased);
  static BlockPointer dense(Shape in, std::size_t outputs, bool biased);

  void forward(const Pass& pass, const Ports& ports, std::size_t lot) override;
  void backward(const Pass& pass, const Ports& ports, std::size_t lot) override;
  void prepare(Way way, const Pass& pass) override;
  void slopesOf(const Pass& pass, const Ports& ports, std::size_t task) override;

 private:
  [[nodiscard]] Sheet inSheet(Tensor& tensor, std::size_t lot) const;
  void slopesOfBias(const Pass& pass, Tensor& outSlopes);

  Convolution forth_;
  Convolution back_;
  std::size_t pad_;
  bool flat_;  ///< The input's planes are one list.
  std::vector<float> turned_;
};

/// The largest of every two by two values; a last odd row or column is left out.
class MaximumPool final : public Block {
 public:
  explicit MaximumPool(Shape in) : Block(in, {in.channels, in.height / 2, in.width / 2}) {}
  void forward(const Pass& pass, const Ports& ports, std::size_t lot) override;
  void backward(const Pass& pass, const Ports& ports, std::size_t lot) override;
};

/// The largest of every plane, then the mean of every plane.
class PlanePool final : public Block {
 public:
  explicit PlanePool(Shape in) : Block(in, {2 * in.channels, 1, 1}) {}
  void forward(const Pass& pass, const Ports& ports, std::size_t lot) override;
  void backward(const Pass& pass, const Ports& ports, std::size_t lot) override;
};

/// Every channel is brought to mean 0 and variance 1 over the batch, then to `scale` and `shift` (its two parameters), then
/// cut off below 0 where it rectifies. Outside learning the running mean and variance are used, so that an answer does not
/// depend on what else is asked. Source: Ioffe and Szegedy, "Batch normalization", ICML 2015.
class BatchNorm final : public Block {
 public:
  BatchNorm(Shape shape, bool rectifies);
  void forward(const Pass& pass, const Ports& ports, std::size_t lot) override;
  void backward(const Pass& pass, const Ports& ports, std::size_t lot) override;
  void gather(Way way, const Ports& ports, std::size_t lot) override;
  void join(Way way, const Pass& pass) override;
  void prepare(Way way, const Pass& pass) override;

  static constexpr float memory = 0.1F;  ///< Share of a new batch in the running figures.
  static constexpr float least = 1e-5F;  ///< Added to the variance.
  std::vector<float> mean;               ///< Running, by channel.
  std::vector<float> variance;           ///< Running, without bias.

 private:
  [[nodiscard]] Line line(std::size_t channel, float middle, float inverse) const;
  [[nodiscard]] Sums joined(std::size_t channel, std::size_t lots) const;

  bool rectifies_;
  std::vector<Sums> sums_;      ///< By lot and channel.
  std::vector<float> middle_;   ///< Of this batch, by channel.
  std::vector<float> inverse_;  ///< 1 / root of variance.
  std::vector<Line> lines_;
  std::vector<BackLine> backLines_;
};

/// Nothing below 0.
class Rectifier final : public Block {
 public:
  explicit Rectifier(Shape shape) : Block(shape, shape) {}
  void forward(const Pass& pass, const Ports& ports, std::size_t lot) override;
  void backward(const Pass& pass, const Ports& ports, std::size_t lot) override;
};

/// While it learns, some values are 0 by chance and the others larger by as much as keeps the mean.
class Dropout final : public Block {
 public:
  /// `stream`: of random numbers, one for each Dropout of a net. `planes`: whole channels are dropped.
  Dropout(Shape shape, std::uint32_t stream, bool planes);
  void forward(const Pass& pass, const Ports& ports, std::size_t lot) override;
  void backward(const Pass& pass, const Ports& ports, std::size_t lot) override;
  void prepare(Way way, const Pass& pass) override;

  float share = 0;  ///< Of values that are dropped, below 1. Not to be changed between forth and back.

 private:
  void multiply(Sheet from, Sheet to, std::size_t lot) const;

  std::uint32_t stream_;
  bool planes_;
  std::vector<Lot> factors_;  ///< By lot and value.
};

enum class Squash : std::uint8_t {
  Sigmoid,  ///< Each for itself.
  Softmax,  ///< They sum to 1.
};
/// Numbers become probabilities; planes of one value.
class Probabilities final : public Block {
 public:
  Probabilities(std::size_t count, Squash squash) : Block({count, 1, 1}, {count, 1, 1}), squash_(squash) {}
  void forward(const Pass& pass, const Ports& ports, std::size_t lot) override;
  void backward(const Pass& pass, const Ports& ports, std::size_t lot) override;

 private:
  Squash squash_;
};

/// Normally distributed weights with a variance of `gain` over the inputs of one output, from (seed, stream); biases 0.
void drawWeights(Block& block, float gain, std::uint64_t seed, std::uint32_t stream);

/// What a sample's answer should have been.
struct Wanted {
  std::int32_t label[lotSize] = {};  ///< Below 0: nothing.
};
/// Cross-entropy between softmax of `logits` and the wanted class, of which `smoothing` is spread over all classes; summed
/// over the lot, in nats. Writes the slopes times `scale`; of those without a wish 0.
double crossEntropy(Sheet logits, std::size_t classes, const Wanted& wanted, float smoothing, float scale, Sheet slopes);
/// The softmax of a lot of logits; `shares` may be `logits`.
void softmax(Sheet logits, std::size_t classes, Sheet shares);

}  // namespace plexarium::blocks
