#pragma once

#include <QPointF>
#include <cstddef>
#include <span>
#include <vector>

namespace plexarium::ui {

/// A picture of one channel that is painted by hand: ink from 0 to 1 in every cell, row by row. Value type.
class Drawing {
 public:
  Drawing() = default;
  Drawing(std::size_t width, std::size_t height) : width_(width), height_(height), ink_(width * height, 0) {}

  [[nodiscard]] std::size_t width() const { return width_; }
  [[nodiscard]] std::size_t height() const { return height_; }
  [[nodiscard]] std::span<const double> ink() const { return ink_; }
  [[nodiscard]] std::span<double> ink() { return ink_; }
  void clear();

  /// A round brush goes from one place to another, in cells ((0, 0): the upper left corner); `erase`: it takes ink away. A
  /// brush of diameter 1 fills the cells that it goes through, a larger one has a soft rim of half a cell.
  void stroke(QPointF from, QPointF to, double diameter, bool erase);

  /// Scales what is drawn so that its longer side takes 20 of every 28 cells of the shorter side of the picture, and moves
  /// its centre of mass into the middle. Nothing where nothing is drawn.
  /// Source: how the MNIST set was made, Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to
  /// document recognition" (1998).
  void centre();

 private:
  void trace(QPointF from, QPointF to, bool erase);
  void touch(std::size_t cell, double coverage, bool erase);
  [[nodiscard]] double inkAt(double x, double y) const;

  std::size_t width_ = 0;
  std::size_t height_ = 0;
  std::vector<double> ink_;
};

}  // namespace plexarium::ui
