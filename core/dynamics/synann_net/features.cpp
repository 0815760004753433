#include "core/dynamics/synann_net/features.h"

#include <memory>
#include <utility>

#include "core/blocks/layers.h"

namespace plexarium::synann_net {
namespace {

using namespace blocks;

/// Streams of random numbers from here on: weights, then what is left out.
constexpr std::uint32_t weightStream = 200;
constexpr std::uint32_t dropStream = 240;

/// Adds blocks to a net, each fitted to the one before.
class Builder {
 public:
  Builder(Net& net, blocks::Shape in, std::uint64_t seed) : net_(net), shape_(in), seed_(seed) {}

  Builder& convolve(std::size_t outputs, std::size_t size, std::size_t pad, bool biased) {
    return weigh(std::make_unique<ConvolutionBlock>(shape_, outputs, size, pad, biased));
  }
  Builder& dense(std::size_t outputs, bool biased) { return weigh(ConvolutionBlock::dense(shape_, outputs, biased)); }
  Builder& pool() { return add(std::make_unique<MaximumPool>(shape_)); }
  Builder& poolPlanes() { return add(std::make_unique<PlanePool>(shape_)); }
  Builder& norm(bool rectifies = true) { return add(std::make_unique<BatchNorm>(shape_, rectifies)); }
  Builder& rectify() { return add(std::make_unique<Rectifier>(shape_)); }
  Builder& drop(bool planes) { return add(std::make_unique<Dropout>(shape_, dropStream + drops_++, planes)); }
  Builder& squash(Squash squash) { return add(std::make_unique<Probabilities>(shape_.channels, squash)); }

 private:
  Builder& weigh(BlockPointer block) {
    drawWeights(*block, 2, seed_, weightStream + weights_++);
    return add(std::move(block));
  }
  Builder& add(BlockPointer block) {
    shape_ = block->out();
    net_.add(std::move(block));
    return *this;
  }

  Net& net_;
  blocks::Shape shape_;
  std::uint64_t seed_;
  std::uint32_t weights_ = 0;
  std::uint32_t drops_ = 0;
};

}  // namespace

std::size_t featureCount(Features features) {
  switch (features) {
    case Features::Small:
      return 64;
    case Features::Fast:
      return 96;
    case Features::Dense:
      return 280;
  }
  return 0;
}

void addFeatures(Net& net, const Settings& settings, std::uint64_t seed) {
  Builder build(net, {1, settings.height, settings.width}, seed);
  const auto count = featureCount(settings.features);
  switch (settings.features) {
    case Features::Small:
      build.convolve(10, 5, 0, true).pool().rectify();
      build.convolve(20, 5, 0, true).drop(true).pool().rectify();
      build.dense(count, true).rectify().drop(false).squash(Squash::Softmax);
      return;
    case Features::Fast:
      build.convolve(32, 5, 0, false).pool().norm();
      build.convolve(32, 3, 1, false).norm();
      build.convolve(32, 3, 1, false).pool().norm();
      build.convolve(64, 3, 1, false).norm();
      build.convolve(64, 3, 0, false).norm().poolPlanes().drop(false);
      build.dense(count, false).norm(false).squash(Squash::Sigmoid);
      return;
    case Features::Dense:
      build.dense(count, false).norm(false).drop(false).squash(Squash::Sigmoid);
      return;
  }
}

}  // namespace plexarium::synann_net
