#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace plexarium {

/// The first row of a table, whether it is a header or not, cut as CsvTable::parse cuts it.
struct CsvHead {
  std::vector<std::string> cells;
  char separator = ',';
};
/// Errors: nothing in the text but line ends, a quote that is never closed. `source` names the text in them.
Result<CsvHead> readCsvHead(std::string_view text, const std::string& source);

/// A table of text cells with a header row. Value type.
class CsvTable {
 public:
  /// Reads comma-, semicolon- or tab-separated UTF-8 (the header row shows which), as RFC 4180 has it: quoted cells may hold
  /// separators, line breaks and doubled quotes; a byte order mark, CR LF and empty lines are fine. Every row must have as
  /// many cells as the header. Errors name `source`, line and column.
  static Result<CsvTable> parse(std::string_view text, std::string source);

  [[nodiscard]] std::size_t rowCount() const { return lines_.size(); }
  /// Index of the column called `name`, or an error that lists what there is.
  [[nodiscard]] Result<std::size_t> column(std::string_view name) const;
  [[nodiscard]] const std::string& cell(std::size_t row, std::size_t column) const {
    return cells_[row * header_.size() + column];
  }
  /// The cell as a finite number.
  [[nodiscard]] Result<double> number(std::size_t row, std::size_t column) const;
  /// An error about a cell: "synapses.csv, line 12, column 'pre'".
  [[nodiscard]] tl::unexpected<Error> fault(std::size_t row, std::size_t column, std::string what,
                                            std::string advice = {}) const;
  [[nodiscard]] const std::string& source() const { return source_; }

 private:
  std::string source_;
  std::vector<std::string> header_;
  std::vector<std::string> cells_;  ///< Row after row.
  std::vector<std::size_t> lines_;  ///< Where each row starts; 1-based.
};

/// Appends `value` as one cell, quoted where it must be.
void appendCsvCell(std::string& text, std::string_view value);

}  // namespace plexarium
