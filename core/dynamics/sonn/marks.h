#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/dynamics/sonn/settings.h"

namespace plexarium::sonn {

/// What a sample makes of the columns.
struct Verdict {
  double margin = 0;           ///< Spikes of the true column above the best false one.
  bool strengthen = false;     ///< The true column learns.
  std::uint32_t weakened = 0;  ///< How many false columns learn; they are listed in Marks::weakened.
};

/// Quantilizers: a mark that moves by `up` for each value above it and by `down` for each below settles where a share
/// down / (up + down) of the values lies above. They decide which samples teach. One entry a column; the shared kind uses
/// the first. Source: the article; the measures and the sharing are those of docs/dynamics/sonn.md.
struct Marks {
  void resize(std::size_t columns) {
    ofTrue.resize(columns, 0.0);
    ofFalse.resize(columns, 0.0);
  }
  /// `spikes`: of every column. `wanted`: the true column. `takesPart`: the columns that may be taught, the true one among
  /// them. `rate`: share of the samples that are to teach the true column. Moves the marks.
  Verdict judge(const Settings& settings, double rate, std::span<const std::uint32_t> spikes, std::uint32_t wanted,
                std::span<const std::uint8_t> takesPart);

  std::vector<double> ofTrue;
  std::vector<double> ofFalse;
  std::vector<std::uint32_t> weakened;  ///< By the last sample.
};

}  // namespace plexarium::sonn
