#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/data/dataset.h"
#include "core/data/split.h"

namespace plexarium::ui {

/// What a network is being shown right now.
struct Fed {
  DatasetPointer data{};   ///< Null: nothing.
  std::size_t sample = 0;  ///< Its number in the data.
  Part part = Part::Train;
  std::uint32_t label = 0;        ///< Class, where the data has classes.
  std::vector<double> inputs{};   ///< As the data has them: info().inputs values.
  std::vector<double> targets{};  ///< Where the data has target values.
  std::size_t feed = 0;           ///< Which of the feeds shows it.
};

}  // namespace plexarium::ui
