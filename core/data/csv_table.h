#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/csv_dataset.h"

// Private to csv_table.cpp (what the columns are) and csv_dataset.cpp (what the rows hold).
namespace plexarium::csv {

/// The cell as a finite number; spaces around it do not matter.
std::optional<double> numberIn(std::string_view cell, bool decimalComma);

/// A table's columns, with everything decided.
struct Table {
  char separator = ',';
  bool decimalComma = false;
  bool header = false;
  std::vector<std::string> names;    ///< Of all columns.
  std::vector<std::size_t> inputs;   ///< Columns, at least one.
  std::vector<std::size_t> targets;  ///< Columns, at least one; none of the inputs.
};

/// Reads the first rows and finds out what the choice leaves open.
Result<Table> readTable(const ByteFile& file, const CsvChoice& choice);

}  // namespace plexarium::csv
