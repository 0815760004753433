#include "ui/sight/drawing.h"

#include <algorithm>
#include <cmath>

namespace plexarium::ui {
namespace {

constexpr double leastInk = 0.05;  // fainter cells do not say how large a drawing is
constexpr double filled = 20.0 / 28.0;
constexpr int samplesAcross = 3;  // of each cell that is scaled

/// Distance of `point` from the stretch between two others.
double distance(QPointF point, QPointF from, QPointF to) {
  const QPointF way = to - from;
  const double length = QPointF::dotProduct(way, way);
  const double share = length > 0 ? std::clamp(QPointF::dotProduct(point - from, way) / length, 0.0, 1.0) : 0;
  const QPointF rest = point - (from + share * way);
  return std::hypot(rest.x(), rest.y());
}

}  // namespace

void Drawing::clear() { std::ranges::fill(ink_, 0.0); }

void Drawing::touch(std::size_t cell, double coverage, bool erase) {
  ink_[cell] = erase ? std::min(ink_[cell], 1 - coverage) : std::max(ink_[cell], coverage);
}

void Drawing::stroke(QPointF from, QPointF to, double diameter, bool erase) {
  if (diameter <= 1) return trace(from, to, erase);
  const auto bounded = [](double place, std::size_t size) {
    return static_cast<std::size_t>(std::clamp(std::floor(place), 0.0, static_cast<double>(size)));
  };
  const double reach = diameter / 2 + 1;
  const auto lastRow = bounded(std::max(from.y(), to.y()) + reach + 1, height_);
  const auto lastColumn = bounded(std::max(from.x(), to.x()) + reach + 1, width_);
  for (auto row = bounded(std::min(from.y(), to.y()) - reach, height_); row < lastRow; ++row) {
    for (auto column = bounded(std::min(from.x(), to.x()) - reach, width_); column < lastColumn; ++column) {
      const QPointF centre(static_cast<double>(column) + 0.5, static_cast<double>(row) + 0.5);
      const double covered = std::clamp(diameter / 2 + 0.5 - distance(centre, from, to), 0.0, 1.0);
      touch(row * width_ + column, covered, erase);
    }
  }
}

/// Every cell on the way, wholly.
void Drawing::trace(QPointF from, QPointF to, bool erase) {
  const double way = std::max(std::abs(to.x() - from.x()), std::abs(to.y() - from.y()));
  const auto steps = static_cast<int>(std::ceil(4 * way)) + 1;
  for (int step = 0; step <= steps; ++step) {
    const QPointF at = from + (to - from) * step / steps;
    const double column = std::floor(at.x()), row = std::floor(at.y());
    if (column < 0 || row < 0 || column >= static_cast<double>(width_) || row >= static_cast<double>(height_)) continue;
    touch(static_cast<std::size_t>(row) * width_ + static_cast<std::size_t>(column), 1, erase);
  }
}

/// Between the centres of four cells; nothing outside.
double Drawing::inkAt(double x, double y) const {
  const double left = std::floor(x - 0.5);
  const double top = std::floor(y - 0.5);
  const auto cell = [this](double column, double row) {
    const bool inside =
        column >= 0 && row >= 0 && column < static_cast<double>(width_) && row < static_cast<double>(height_);
    return inside ? ink_[static_cast<std::size_t>(row) * width_ + static_cast<std::size_t>(column)] : 0;
  };
  const double right = x - 0.5 - left;
  const double below = y - 0.5 - top;
  return (1 - below) * ((1 - right) * cell(left, top) + right * cell(left + 1, top)) +
         below * ((1 - right) * cell(left, top + 1) + right * cell(left + 1, top + 1));
}

void Drawing::centre() {
  double mass = 0;
  QPointF middle;
  auto left = width_, right = std::size_t{0}, top = height_, bottom = std::size_t{0};
  for (std::size_t cell = 0; cell < ink_.size(); ++cell) {
    const auto column = cell % width_, row = cell / width_;
    mass += ink_[cell];
    middle += ink_[cell] * QPointF(static_cast<double>(column) + 0.5, static_cast<double>(row) + 0.5);
    if (ink_[cell] < leastInk) continue;
    left = std::min(left, column);
    right = std::max(right, column + 1);
    top = std::min(top, row);
    bottom = std::max(bottom, row + 1);
  }
  if (right <= left) return;
  middle /= mass;
  const double wanted = filled * static_cast<double>(std::min(width_, height_));
  const double grows = wanted / static_cast<double>(std::max(right - left, bottom - top));
  std::vector<double> moved(ink_.size(), 0);
  for (std::size_t cell = 0; cell < ink_.size(); ++cell) {
    for (int sample = 0; sample < samplesAcross * samplesAcross; ++sample) {
      const double x = static_cast<double>(cell % width_) + (sample % samplesAcross + 0.5) / samplesAcross;
      const double y = static_cast<double>(cell / width_) + (sample / samplesAcross + 0.5) / samplesAcross;
      moved[cell] += inkAt(middle.x() + (x - static_cast<double>(width_) / 2) / grows,
                           middle.y() + (y - static_cast<double>(height_) / 2) / grows);
    }
    moved[cell] /= samplesAcross * samplesAcross;
  }
  ink_ = std::move(moved);
}

}  // namespace plexarium::ui
