#include "core/blocks/layers.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/elementary.h"
#include "core/random.h"

namespace plexarium::blocks {
namespace {

/// Calls for every plane of one lot: (channel's values in `a`, in `b`).
template <typename Work>
void overPlanes(const Shape& shape, Sheet a, Sheet b, Work work) {
  for (std::size_t channel = 0; channel < shape.channels; ++channel) work(a.channel(channel), b.channel(channel));
}

float smallExponential(float x) { return static_cast<float>(exponential(double{x})); }

}  // namespace

ConvolutionBlock::ConvolutionBlock(Shape in, std::size_t outputs, std::size_t size, std::size_t pad, bool biased)
    : Block(in, {outputs, in.height + 2 * pad + 1 - size, in.width + 2 * pad + 1 - size}),
      forth_{in.channels, outputs, size, out_.height, out_.width},
      back_{outputs, in.channels, size, in.height, in.width},
      pad_(pad),
      flat_(in.area() == 1) {
  assert(pad < size && in.height + 2 * pad >= size && in.width + 2 * pad >= size);
  inBorder_ = pad;
  slopeBorder_ = size - 1 - pad;
  slopeTasks_ = slopeTiles(forth_) + (biased ? 1 : 0);
  parameters.push_back(
      {"weights", Rule::Decays, std::vector<float>(forth_.weights()), std::vector<float>(forth_.weights())});
  if (biased) parameters.push_back({"bias", Rule::Plain, std::vector<float>(outputs), std::vector<float>(outputs)});
  turned_.resize(forth_.weights());
}

BlockPointer ConvolutionBlock::dense(Shape in, std::size_t outputs, bool biased) {
  auto block = std::make_unique<ConvolutionBlock>(Shape{in.size(), 1, 1}, outputs, 1, 0, biased);
  block->in_ = in;
  block->flat_ = true;
  return block;
}

/// As it looks from the first weight.
Sheet ConvolutionBlock::inSheet(Tensor& tensor, std::size_t lot) const {
  if (flat_) return {tensor.lot(lot).at, lotSize, lotSize};
  return tensor.lot(lot).from(pad_);
}

void ConvolutionBlock::prepare(Way way, const Pass& /*pass*/) {
  if (way == Way::Back) turnWeights(forth_, parameters[0].values.data(), turned_.data());
}

void ConvolutionBlock::forward(const Pass& /*pass*/, const Ports& ports, std::size_t lot) {
  const float* bias = parameters.size() > 1 ? parameters[1].values.data() : nullptr;
  convolve(forth_, inSheet(*ports.in, lot), parameters[0].values.data(), bias, ports.out->lot(lot));
}

void ConvolutionBlock::backward(const Pass& /*pass*/, const Ports& ports, std::size_t lot) {
  const auto slopes = ports.outSlopes->lot(lot).from(slopeBorder_);
  const auto to = flat_ ? Sheet{ports.inSlopes->lot(lot).at, lotSize, lotSize} : ports.inSlopes->lot(lot);
  convolve(back_, slopes, turned_.data(), nullptr, to);
}

void ConvolutionBlock::slopesOf(const Pass& pass, const Ports& ports, std::size_t task) {
  if (task == slopeTiles(forth_)) return slopesOfBias(pass, *ports.outSlopes);
  const Lots in{inSheet(*ports.in, 0), ports.in->stride(), pass.lots};
  const Lots out{ports.outSlopes->lot(0), ports.outSlopes->stride(), pass.lots};
  slopesOfWeights(forth_, in, out, task, parameters[0].slopes.data());
}

void ConvolutionBlock::slopesOfBias(const Pass& pass, Tensor& outSlopes) {
  for (std::size_t channel = 0; channel < out_.channels; ++channel) {
    Sums sums;
    for (std::size_t lot = 0; lot < pass.lots; ++lot) {
      const auto sheet = outSlopes.lot(lot);
      sumChannel(sheet.channel(channel), sheet.row, out_.height, out_.width, sums);
    }
    double sum = 0;
    for (const float one : sums.plain) sum += double{one};
    parameters[1].slopes[channel] = static_cast<float>(sum);
  }
}

void MaximumPool::forward(const Pass& /*pass*/, const Ports& ports, std::size_t lot) {
  const auto in = ports.in->lot(lot);
  const auto out = ports.out->lot(lot);
  overPlanes(out_, in, out,
             [&](float* from, float* to) { poolChannel(from, in.row, to, out.row, out_.height, out_.width); });
}

void MaximumPool::backward(const Pass& /*pass*/, const Ports& ports, std::size_t lot) {
  const auto in = ports.in->lot(lot);
  const auto out = ports.out->lot(lot);
  const auto slopes = ports.outSlopes->lot(lot);
  const auto to = ports.inSlopes->lot(lot);
  for (std::size_t channel = 0; channel < out_.channels; ++channel) {
    unpoolChannel(in.channel(channel), in.row, out.channel(channel), out.row, slopes.channel(channel), slopes.row,
                  to.channel(channel), to.row, out_.height, out_.width);
    // What no square looks at.
    for (std::size_t y = 0; y < in_.height; ++y) {
      const auto begin = y < 2 * out_.height ? 2 * out_.width : 0;
      std::fill_n(to.channel(channel) + y * to.row + begin * lotSize, (in_.width - begin) * lotSize, 0.0F);
    }
  }
}

void PlanePool::forward(const Pass& /*pass*/, const Ports& ports, std::size_t lot) {
  const auto in = ports.in->lot(lot);
  const auto out = ports.out->lot(lot);
  const auto part = 1.0F / static_cast<float>(in_.area());
  for (std::size_t channel = 0; channel < in_.channels; ++channel) {
    float* const most = out.channel(channel);
    float* const mean = out.channel(in_.channels + channel);
    std::copy_n(in.channel(channel), lotSize, most);
    std::fill_n(mean, lotSize, 0.0F);
    for (std::size_t y = 0; y < in_.height; ++y) {
      const float* const line = in.channel(channel) + y * in.row;
      for (std::size_t x = 0; x < in_.width; ++x) {
        for (std::size_t k = 0; k < lotSize; ++k) {
          most[k] = std::max(most[k], line[x * lotSize + k]);
          mean[k] += line[x * lotSize + k];
        }
      }
    }
    for (std::size_t k = 0; k < lotSize; ++k) mean[k] *= part;
  }
}

void PlanePool::backward(const Pass& /*pass*/, const Ports& ports, std::size_t lot) {
  const auto in = ports.in->lot(lot);
  const auto out = ports.out->lot(lot);
  const auto slopes = ports.outSlopes->lot(lot);
  const auto to = ports.inSlopes->lot(lot);
  const auto part = 1.0F / static_cast<float>(in_.area());
  for (std::size_t channel = 0; channel < in_.channels; ++channel) {
    const float* const most = out.channel(channel);
    const float* const mean = slopes.channel(in_.channels + channel);
    Lot left;
    std::copy_n(slopes.channel(channel), lotSize, left.of);
    for (std::size_t y = 0; y < in_.height; ++y) {
      const float* const line = in.channel(channel) + y * in.row;
      float* const toLine = to.channel(channel) + y * to.row;
      for (std::size_t x = 0; x < in_.width; ++x) {
        for (std::size_t k = 0; k < lotSize; ++k) {
          const bool is = line[x * lotSize + k] == most[k];
          toLine[x * lotSize + k] = mean[k] * part + (is ? left.of[k] : 0.0F);
          left.of[k] = is ? 0.0F : left.of[k];  // the first of equals has it
        }
      }
    }
  }
}

BatchNorm::BatchNorm(Shape shape, bool rectifies)
    : Block(shape, shape),
      mean(shape.channels, 0.0F),
      variance(shape.channels, 1.0F),
      rectifies_(rectifies),
      middle_(shape.channels),
      inverse_(shape.channels),
      lines_(shape.channels),
      backLines_(shape.channels) {
  gathers_ = true;
  const std::vector<float> none(shape.channels);
  parameters.push_back({"scale", Rule::Plain, std::vector<float>(shape.channels, 1.0F), none});
  parameters.push_back({"shift", Rule::Plain, none, none});
}

Line BatchNorm::line(std::size_t channel, float middle, float inverse) const {
  const float scale = parameters[0].values[channel] * inverse;
  return {scale, parameters[1].values[channel] - middle * scale,
          rectifies_ ? 0.0F : -std::numeric_limits<float>::infinity()};
}

void BatchNorm::prepare(Way way, const Pass& pass) {
  sums_.resize(pass.lots * in_.channels);
  if (way == Way::Back || pass.learns) return;
  for (std::size_t channel = 0; channel < in_.channels; ++channel)
    lines_[channel] = line(channel, mean[channel], 1 / std::sqrt(variance[channel] + least));
}

void BatchNorm::gather(Way way, const Ports& ports, std::size_t lot) {
  const auto in = ports.in->lot(lot);
  for (std::size_t channel = 0; channel < in_.channels; ++channel) {
    auto& sums = sums_[lot * in_.channels + channel] = {};
    if (way == Way::Forth) {
      sumChannel(in.channel(channel), in.row, in_.height, in_.width, sums);
      continue;
    }
    const auto slopes = ports.outSlopes->lot(lot);
    sumSlopes(lines_[channel], middle_[channel], in.channel(channel), in.row, slopes.channel(channel), slopes.row,
              in_.height, in_.width, sums);
  }
}

/// Over the lots, then over their samples, in order.
Sums BatchNorm::joined(std::size_t channel, std::size_t lots) const {
  Sums all;
  for (std::size_t lot = 0; lot < lots; ++lot) {
    const auto& one = sums_[lot * in_.channels + channel];
    for (std::size_t k = 0; k < lotSize; ++k) {
      all.plain[k] += one.plain[k];
      all.squares[k] += one.squares[k];
    }
  }
  return all;
}

void BatchNorm::join(Way way, const Pass& pass) {
  const auto count = static_cast<double>(pass.lots * lotSize * in_.area());
  for (std::size_t channel = 0; channel < in_.channels; ++channel) {
    const auto sums = joined(channel, pass.lots);
    double plain = 0;
    double squares = 0;
    for (std::size_t k = 0; k < lotSize; ++k) {
      plain += double{sums.plain[k]};
      squares += double{sums.squares[k]};
    }
    if (way == Way::Forth) {
      const double middle = plain / count;
      const double spread = std::max(0.0, squares / count - middle * middle);
      middle_[channel] = static_cast<float>(middle);
      inverse_[channel] = static_cast<float>(1 / std::sqrt(spread + double{least}));
      lines_[channel] = line(channel, middle_[channel], inverse_[channel]);
      if (!(std::abs(middle) < 1e9 && spread < 1e18)) continue;  // run away
      mean[channel] += memory * (middle_[channel] - mean[channel]);
      variance[channel] += memory * (static_cast<float>(spread * count / (count - 1)) - variance[channel]);
      continue;
    }
    const float byScale = static_cast<float>(squares) * inverse_[channel];
    const float scale = lines_[channel].scale;
    const auto all = static_cast<float>(count);
    const float tilt = -scale * inverse_[channel] * byScale / all;
    parameters[0].slopes[channel] = byScale;
    parameters[1].slopes[channel] = static_cast<float>(plain);
    backLines_[channel] = {scale, tilt, -scale * static_cast<float>(plain) / all - tilt * middle_[channel]};
  }
}

void BatchNorm::forward(const Pass& /*pass*/, const Ports& ports, std::size_t lot) {
  const auto in = ports.in->lot(lot);
  const auto out = ports.out->lot(lot);
  for (std::size_t channel = 0; channel < in_.channels; ++channel)
    scaleChannel(lines_[channel], in.channel(channel), in.row, out.channel(channel), out.row, in_.height, in_.width);
}

void BatchNorm::backward(const Pass& /*pass*/, const Ports& ports, std::size_t lot) {
  const auto in = ports.in->lot(lot);
  const auto slopes = ports.outSlopes->lot(lot);
  const auto to = ports.inSlopes->lot(lot);
  for (std::size_t channel = 0; channel < in_.channels; ++channel) {
    slopeChannel(backLines_[channel], in.channel(channel), in.row, slopes.channel(channel), slopes.row, to.channel(channel),
                 to.row, in_.height, in_.width);
  }
}

void Rectifier::forward(const Pass& /*pass*/, const Ports& ports, std::size_t lot) {
  const auto in = ports.in->lot(lot);
  const auto out = ports.out->lot(lot);
  overPlanes(in_, in, out, [&](float* from, float* to) {
    scaleChannel({1, 0, 0}, from, in.row, to, out.row, in_.height, in_.width);
  });
}

void Rectifier::backward(const Pass& /*pass*/, const Ports& ports, std::size_t lot) {
  const auto out = ports.out->lot(lot);
  const auto slopes = ports.outSlopes->lot(lot);
  const auto to = ports.inSlopes->lot(lot);
  for (std::size_t channel = 0; channel < in_.channels; ++channel) {
    for (std::size_t y = 0; y < in_.height; ++y) {
      const float* const said = out.channel(channel) + y * out.row;
      const float* const slope = slopes.channel(channel) + y * slopes.row;
      float* const line = to.channel(channel) + y * to.row;
      for (std::size_t k = 0; k < in_.width * lotSize; ++k) line[k] = said[k] > 0 ? slope[k] : 0.0F;
    }
  }
}

Dropout::Dropout(Shape shape, std::uint32_t stream, bool planes) : Block(shape, shape), stream_(stream), planes_(planes) {}

void Dropout::prepare(Way way, const Pass& pass) {
  if (way == Way::Forth && pass.learns) factors_.resize(pass.lots * (planes_ ? in_.channels : in_.size()));
}

void Dropout::forward(const Pass& pass, const Ports& ports, std::size_t lot) {
  const auto count = planes_ ? in_.channels : in_.size();
  if (pass.learns) {
    DrawSequence draw(pass.seed, stream_, pass.number * 4096 + lot);
    const float kept = 1 / (1 - share);
    for (std::size_t k = 0; k < count; ++k) {
      for (float& factor : factors_[lot * count + k].of) factor = draw.uniform() < double{share} ? 0.0F : kept;
    }
    return multiply(ports.in->lot(lot), ports.out->lot(lot), lot);
  }
  const auto in = ports.in->lot(lot);
  const auto out = ports.out->lot(lot);
  overPlanes(in_, in, out, [&](float* from, float* to) {
    for (std::size_t y = 0; y < in_.height; ++y) std::copy_n(from + y * in.row, in_.width * lotSize, to + y * out.row);
  });
}

void Dropout::backward(const Pass& /*pass*/, const Ports& ports, std::size_t lot) {
  multiply(ports.outSlopes->lot(lot), ports.inSlopes->lot(lot), lot);
}

void Dropout::multiply(Sheet from, Sheet to, std::size_t lot) const {
  const auto count = planes_ ? in_.channels : in_.size();
  for (std::size_t channel = 0; channel < in_.channels; ++channel) {
    for (std::size_t place = 0; place < in_.area(); ++place) {
      const auto& factor = factors_[lot * count + (planes_ ? channel : channel * in_.area() + place)];
      const float* const x = from.channel(channel) + place / in_.width * from.row + place % in_.width * lotSize;
      float* const y = to.channel(channel) + place / in_.width * to.row + place % in_.width * lotSize;
      for (std::size_t k = 0; k < lotSize; ++k) y[k] = x[k] * factor.of[k];
    }
  }
}

void Probabilities::forward(const Pass& /*pass*/, const Ports& ports, std::size_t lot) {
  const auto in = ports.in->lot(lot);
  const auto out = ports.out->lot(lot);
  if (squash_ == Squash::Softmax) return softmax(in, in_.channels, out);
  for (std::size_t channel = 0; channel < in_.channels; ++channel) {
    for (std::size_t k = 0; k < lotSize; ++k) {
      out.channel(channel)[k] = static_cast<float>(1 / (1 + exponential(-double{in.channel(channel)[k]})));
    }
  }
}

void Probabilities::backward(const Pass& /*pass*/, const Ports& ports, std::size_t lot) {
  const auto out = ports.out->lot(lot);
  const auto slopes = ports.outSlopes->lot(lot);
  const auto to = ports.inSlopes->lot(lot);
  Lot common;
  if (squash_ == Squash::Softmax) {
    for (std::size_t channel = 0; channel < in_.channels; ++channel) {
      for (std::size_t k = 0; k < lotSize; ++k) common.of[k] += out.channel(channel)[k] * slopes.channel(channel)[k];
    }
  }
  for (std::size_t channel = 0; channel < in_.channels; ++channel) {
    for (std::size_t k = 0; k < lotSize; ++k) {
      const float share = out.channel(channel)[k];
      const float slope = slopes.channel(channel)[k];
      to.channel(channel)[k] = squash_ == Squash::Softmax ? share * (slope - common.of[k]) : share * (1 - share) * slope;
    }
  }
}

void drawWeights(Block& block, float gain, std::uint64_t seed, std::uint32_t stream) {
  auto& weights = block.parameters[0].values;
  const auto outputs = block.out().channels;
  const auto each = std::sqrt(gain * static_cast<float>(outputs) / static_cast<float>(weights.size()));
  DrawSequence draw(seed, stream, 0);
  for (float& weight : weights) {
    double normal = -6;
    for (int k = 0; k < 12; ++k) normal += draw.uniform();
    weight = each * static_cast<float>(normal);
  }
  for (std::size_t k = 1; k < block.parameters.size(); ++k) std::ranges::fill(block.parameters[k].values, 0.0F);
}

void softmax(Sheet logits, std::size_t classes, Sheet shares) {
  for (std::size_t k = 0; k < lotSize; ++k) {
    float most = logits.at[k];
    for (std::size_t c = 1; c < classes; ++c) most = std::max(most, logits.channel(c)[k]);
    float sum = 0;
    for (std::size_t c = 0; c < classes; ++c) sum += shares.channel(c)[k] = smallExponential(logits.channel(c)[k] - most);
    for (std::size_t c = 0; c < classes; ++c) shares.channel(c)[k] /= sum;
  }
}

double crossEntropy(Sheet logits, std::size_t classes, const Wanted& wanted, float smoothing, float scale, Sheet slopes) {
  double loss = 0;
  softmax(logits, classes, slopes);
  const float part = smoothing / static_cast<float>(classes);
  for (std::size_t k = 0; k < lotSize; ++k) {
    const auto label = wanted.label[k];
    for (std::size_t c = 0; c < classes; ++c) {
      float& slope = slopes.channel(c)[k];
      const float target = part + (static_cast<std::int32_t>(c) == label ? 1 - smoothing : 0.0F);
      if (label >= 0) loss -= double{target} * logarithm(std::max(double{slope}, 1e-30));
      slope = label >= 0 ? scale * (slope - target) : 0.0F;
    }
  }
  return loss;
}

}  // namespace plexarium::blocks
