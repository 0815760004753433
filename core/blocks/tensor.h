#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <vector>

namespace plexarium::blocks {

/// Samples go through the blocks sixteen at a time, beside each other: every value is a lot of sixteen, one for each sample,
/// and every operation of a block treats the sixteen alike. No sample knows of the others, so an answer does not depend on
/// what else is shown; and wide processors are used whatever the number of channels is.
inline constexpr std::size_t lotSize = 16;
struct alignas(64) Lot {
  float of[lotSize] = {};
};

/// What one sample is, between two blocks.
struct Shape {
  std::size_t channels = 1;
  std::size_t height = 1;
  std::size_t width = 1;
  [[nodiscard]] std::size_t area() const { return height * width; }
  [[nodiscard]] std::size_t size() const { return channels * area(); }
  friend bool operator==(const Shape&, const Shape&) = default;
};

/// The values of sixteen samples: value (channel, y, x) of sample k is at[channel * plane + y * row + x * lotSize + k].
struct Sheet {
  float* at = nullptr;
  std::size_t row = 0;    ///< Floats from one row to the next.
  std::size_t plane = 0;  ///< Floats from one channel to the next.
  [[nodiscard]] float* channel(std::size_t number) const { return at + number * plane; }
  /// As it looks from `up` rows above and as many columns to the left.
  [[nodiscard]] Sheet from(std::size_t up) const { return {at - up * (row + lotSize), row, plane}; }
};

/// Values of several lots of samples. Around every channel stand `border` rows and columns of zeros that nobody writes.
class Tensor {
 public:
  Tensor() = default;
  Tensor(Shape shape, std::size_t border, std::size_t lots)
      : shape_(shape),
        border_(border),
        row_((shape.width + 2 * border) * lotSize),
        plane_((shape.height + 2 * border) * row_),
        lots_(lots),
        values_(lots * shape.channels * plane_ / lotSize) {}

  [[nodiscard]] const Shape& shape() const { return shape_; }
  [[nodiscard]] std::size_t border() const { return border_; }
  [[nodiscard]] std::size_t lots() const { return lots_; }
  [[nodiscard]] Sheet lot(std::size_t number) {
    assert(number < lots_);
    float* const begin = values_.data()->of;
    return {begin + number * shape_.channels * plane_ + border_ * (row_ + lotSize), row_, plane_};
  }
  /// Floats from one lot of samples to the next.
  [[nodiscard]] std::size_t stride() const { return shape_.channels * plane_; }

 private:
  Shape shape_{0, 0, 0};
  std::size_t border_ = 0;
  std::size_t row_ = 0;
  std::size_t plane_ = 0;
  std::size_t lots_ = 0;
  std::vector<Lot> values_;
};

}  // namespace plexarium::blocks
