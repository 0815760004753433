#pragma once

#include <QImage>
#include <QRectF>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/feed/feed.h"

namespace plexarium::ui {

/// Where the values of a sample, and the neurons of the input group that is shown them, lie in a picture of cells. Places
/// are in cells: (0, 0) is the upper left corner of the first. Value type.
struct SightGrid {
  std::size_t width = 0;
  std::size_t height = 0;
  std::size_t channels = 1;         ///< Values of a cell.
  std::vector<std::size_t> values;  ///< Input columns, cell by cell; the last cells may have none.
  std::vector<NeuronId> neurons;    ///< Of the group.
  std::vector<QRectF> seats;        ///< Of each neuron. Those of one cell share it.

  [[nodiscard]] bool empty() const { return values.empty(); }
  /// Number among `neurons`.
  [[nodiscard]] std::optional<std::size_t> neuronAt(QPointF place) const;
};

/// Pictures as the data has them, whatever part of them the group takes; other values in their order, about as many across
/// as down. The feed must be bound.
SightGrid gridOf(const Feed& feed, std::size_t group);

/// 0 to 1 within the range of the column, and back.
double shareOf(const DatasetInfo& info, std::size_t input, double value);
double valueOf(const DatasetInfo& info, std::size_t input, double share);

/// One pixel a cell, transparent where it has no value. `inputs`: info.inputs values.
QImage imageOf(const SightGrid& grid, const DatasetInfo& info, std::span<const double> inputs);

}  // namespace plexarium::ui
