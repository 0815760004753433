#include "core/data/encoding.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace plexarium {
namespace {

constexpr std::size_t mostLevels = 256;
constexpr double mostSymbols = 65536;

Result<std::vector<std::size_t>> chosen(std::vector<std::size_t> columns, std::size_t count, const char* what) {
  if (columns.empty()) {
    columns.resize(count);
    std::iota(columns.begin(), columns.end(), std::size_t{0});
  }
  for (const auto column : columns) {
    if (column >= count && column != noTarget) {
      return failure("there is no " + std::string(what) + " number " + std::to_string(column), "feed",
                     "They are counted from 0 to " + std::to_string(count - 1));
    }
  }
  return columns;
}

double unit(double value, ValueRange range) {
  return range.maximum > range.minimum ? (value - range.minimum) / (range.maximum - range.minimum) : 0;
}

}  // namespace

std::span<const std::string> inputCodeNames() {
  static const std::array<std::string, 5> names = {"as_is", "unit", "levels", "thermometer", "symbol"};
  return names;
}

Result<InputEncoder> InputEncoder::create(const DatasetInfo& info, InputCoding coding, std::vector<std::size_t> columns) {
  const auto picked = chosen(std::move(columns), info.inputs, "input column");
  if (!picked) return tl::unexpected(picked.error());
  const bool graded = coding.code == InputCode::Levels || coding.code == InputCode::Thermometer;
  if (graded && (coding.levels < 2 || coding.levels > mostLevels)) {
    return failure("there are 2 to 256 levels, not " + std::to_string(coding.levels), "feed");
  }
  InputEncoder encoder;
  encoder.coding_ = coding;
  for (const auto column : *picked) {
    if (column == noTarget) return failure("an input neuron has no column", "feed");
    const auto range = info.range(column);
    std::size_t width = graded ? coding.levels : 1;
    if (coding.code == InputCode::Symbol) {
      const double symbols = range.maximum - range.minimum + 1;
      if (std::trunc(range.minimum) != range.minimum || std::trunc(range.maximum) != range.maximum ||
          symbols > mostSymbols) {
        return failure("input column " + std::to_string(column) + " does not hold symbols", "feed",
                       "Symbols are whole numbers, at most 65536 different ones");
      }
      width = static_cast<std::size_t>(symbols);
    }
    encoder.columns_.push_back({column, range, width});
    encoder.width_ += width;
  }
  return encoder;
}

std::vector<std::size_t> InputEncoder::sources() const {
  std::vector<std::size_t> sources;
  sources.reserve(width_);
  for (const auto& column : columns_) sources.insert(sources.end(), column.width, column.index);
  return sources;
}

void InputEncoder::encode(std::span<const double> inputs, std::span<double> out) const {
  assert(out.size() == width_);
  auto* next = out.data();
  for (const auto& column : columns_) {
    const double value = inputs[column.index];
    if (coding_.code == InputCode::AsIs || coding_.code == InputCode::Unit) {
      *next++ = coding_.code == InputCode::AsIs ? value : unit(value, column.range);
      continue;
    }
    std::fill_n(next, column.width, 0.0);
    const bool symbol = coding_.code == InputCode::Symbol;
    const double place =
        symbol ? value - column.range.minimum : unit(value, column.range) * static_cast<double>(column.width);
    const auto level = static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(column.width - 1)));
    const bool fill = coding_.code == InputCode::Thermometer && level > 0;
    std::fill(next + (fill ? 1 : level), next + level + 1, 1.0);
    next += column.width;
  }
}

Result<TargetEncoder> TargetEncoder::create(const DatasetInfo& info, std::vector<std::size_t> columns, std::size_t neurons) {
  const auto count = info.targetNames().size();
  TargetEncoder encoder;
  encoder.classes_ = info.classes.size();
  encoder.single_ = columns.empty() && neurons == 1 && encoder.classes_ == 2;
  if (encoder.single_) columns = {1};
  const auto picked = chosen(std::move(columns), count, encoder.classes_ > 0 ? "class" : "target value");
  if (!picked) return tl::unexpected(picked.error());
  if (picked->size() != neurons) {
    return failure("there are " + std::to_string(neurons) + " output neurons for " + std::to_string(picked->size()) +
                       (encoder.classes_ > 0 ? " classes" : " target values"),
                   "feed", "Use as many motor neurons, or choose which of them stand for what");
  }
  encoder.columns_ = *picked;
  return encoder;
}

void TargetEncoder::encode(std::uint32_t label, std::span<const double> targets, std::span<double> out) const {
  assert(out.size() == columns_.size());
  for (std::size_t k = 0; k < out.size(); ++k) {
    const auto column = columns_[k];
    out[k] = column == noTarget ? 0.0 : classes_ == 0 ? targets[column] : column == label ? 1.0 : 0.0;
  }
}

std::uint32_t TargetEncoder::decide(std::span<const double> outputs) const {
  assert(classes_ > 0);
  if (single_) return outputs[0] >= 0.5 ? 1 : 0;
  std::size_t best = 0;
  for (std::size_t k = 0; k < outputs.size(); ++k) {
    if (columns_[k] != noTarget && (columns_[best] == noTarget || outputs[k] > outputs[best])) best = k;
  }
  return static_cast<std::uint32_t>(columns_[best]);
}

double TargetEncoder::dominance(std::span<const double> outputs) const {
  if (single_) return 2 * std::abs(outputs[0] - 0.5);
  double best = -std::numeric_limits<double>::infinity();
  double second = best;
  for (std::size_t k = 0; k < outputs.size(); ++k) {
    if (columns_[k] == noTarget) continue;
    second = std::max(second, std::min(best, outputs[k]));
    best = std::max(best, outputs[k]);
  }
  return std::isfinite(second) ? best - second : 0;
}

}  // namespace plexarium
