#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/dynamics/model.h"
#include "core/error.h"

namespace plexarium {

/// Numbers of a network side by side, to be looked at: tiles of one size, so many in a row. Value type.
struct Picture {
  std::string label;  ///< On screen.
  std::string help;   ///< A sentence for a newcomer.
  std::size_t width = 1;
  std::size_t height = 1;       ///< Of a tile, in values.
  std::size_t across = 1;       ///< Tiles in a row; the last row may be shorter.
  std::vector<float> values{};  ///< Tile by tile, each row by row. NaN: there is none.
  /// Of a picture of one tile: whose links these are, from a row's neuron to a column's. Without sources a column is a
  /// neuron's own; without targets nobody's.
  std::vector<NeuronId> sources{};
  std::vector<NeuronId> targets{};

  [[nodiscard]] std::size_t tiles() const { return values.size() / (width * height); }
};

/// What there is to be seen of a captured model that neurons and links do not show, in an order of its own. Any thread;
/// takes a fraction of a second. An error where the model's state is damaged.
using MakePictures = Result<std::vector<Picture>> (*)(const Model& model);
/// Null: networks of this dynamics (Description::key) have nothing of the kind. One line each in pictures.cpp.
MakePictures picturesOf(std::string_view dynamics);

}  // namespace plexarium
