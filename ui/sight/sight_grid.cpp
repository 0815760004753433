#include "ui/sight/sight_grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/training/dataset_picture.h"

namespace plexarium::ui {
namespace {

std::size_t sideFor(std::size_t count) {
  return static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count)) - 1e-9));
}

/// Neurons that take from the same cell share it, as squares of one size in their order.
void seat(SightGrid& grid, const std::vector<std::size_t>& cells) {
  const auto count = grid.width * grid.height;
  std::vector<std::size_t> together(count, 0);
  for (const auto cell : cells) ++together[cell];
  std::vector<std::size_t> seated(count, 0);
  grid.seats.reserve(cells.size());
  for (const auto cell : cells) {
    const auto across = sideFor(together[cell]);
    const auto place = seated[cell]++;
    const double side = 1 / static_cast<double>(across);
    grid.seats.emplace_back(static_cast<double>(cell % grid.width) + static_cast<double>(place % across) * side,
                            static_cast<double>(cell / grid.width) + static_cast<double>(place / across) * side, side, side);
  }
}

}  // namespace

std::optional<std::size_t> SightGrid::neuronAt(QPointF place) const {
  const auto found = std::ranges::find_if(seats, [place](const QRectF& seat) {
    return place.x() >= seat.left() && place.x() < seat.right() && place.y() >= seat.top() && place.y() < seat.bottom();
  });
  if (found == seats.end()) return std::nullopt;
  return static_cast<std::size_t>(found - seats.begin());
}

SightGrid gridOf(const Feed& feed, std::size_t group) {
  SightGrid grid;
  const auto& info = feed.data().info();
  const auto sources = feed.inputEncoder(group).sources();
  if (info.picture.width > 0) {
    grid.width = info.picture.width;
    grid.height = info.picture.height;
    grid.channels = info.picture.channels;
    grid.values.resize(info.inputs);
    std::iota(grid.values.begin(), grid.values.end(), std::size_t{0});
  } else {
    std::vector<bool> listed(info.inputs, false);
    for (const auto column : sources) {
      if (!listed[column]) grid.values.push_back(column);
      listed[column] = true;
    }
    grid.width = std::max<std::size_t>(1, sideFor(grid.values.size()));
    grid.height = (grid.values.size() + grid.width - 1) / grid.width;
  }
  std::vector<std::size_t> placeOf(info.inputs, 0);
  for (std::size_t k = 0; k < grid.values.size(); ++k) placeOf[grid.values[k]] = k / grid.channels;
  std::vector<std::size_t> cells;
  cells.reserve(sources.size());
  for (const auto column : sources) cells.push_back(placeOf[column]);
  const auto neurons = feed.inputNeurons(group);
  grid.neurons.assign(neurons.begin(), neurons.end());
  seat(grid, cells);
  return grid;
}

double shareOf(const DatasetInfo& info, std::size_t input, double value) {
  const auto range = info.range(input);
  const double width = range.maximum - range.minimum;
  return width > 0 ? std::clamp((value - range.minimum) / width, 0.0, 1.0) : 0;
}

double valueOf(const DatasetInfo& info, std::size_t input, double share) {
  const auto range = info.range(input);
  return range.minimum + share * (range.maximum - range.minimum);
}

QImage imageOf(const SightGrid& grid, const DatasetInfo& info, std::span<const double> inputs) {
  if (info.picture.width > 0) return pictureOf(info, inputs, static_cast<int>(std::max(grid.width, grid.height)));
  QImage image(static_cast<int>(grid.width), static_cast<int>(grid.height), QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  for (std::size_t k = 0; k < grid.values.size(); ++k) {
    const int grey = static_cast<int>(shareOf(info, grid.values[k], inputs[grid.values[k]]) * 255 + 0.5);
    image.setPixel(static_cast<int>(k % grid.width), static_cast<int>(k / grid.width), qRgb(grey, grey, grey));
  }
  return image;
}

}  // namespace plexarium::ui
