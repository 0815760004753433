#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/dataset.h"
#include "core/description/field.h"

namespace plexarium {

/// Data that a formula and a seed make, sample by sample: nothing is stored, and each sample is the same whenever it is
/// asked for.
struct Generator {
  std::string key;    ///< On the command line and in documents: "generator:moons".
  std::string label;  ///< On screen.
  std::string help;   ///< One sentence.
  std::vector<Field> fields;
  /// `values` follow `fields` and are checked.
  DatasetPointer (*make)(const Generator& generator, std::span<const double> values, std::uint64_t seed);
};

/// All that there are, in the order for a menu.
std::span<const Generator> generators();

/// Checks the values (empty: the initial ones), then makes. An error lists what there is where nobody is called `key`.
Result<DatasetPointer> generateData(std::string_view key, std::span<const double> values, std::uint64_t seed);
/// An error that lists what there is where nobody is called `key`.
Result<const Generator*> requireGenerator(std::string_view key);

}  // namespace plexarium
