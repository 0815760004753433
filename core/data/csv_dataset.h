#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/data/byte_file.h"
#include "core/data/dataset.h"

namespace plexarium {

enum class TargetKind : std::uint8_t { Classes, Values };

/// How a table is to be read; what is left open is found out from its first rows.
struct CsvChoice {
  std::optional<char> separator{};     ///< ',' ';' or tab.
  std::optional<bool> decimalComma{};  ///< "0,5" rather than "0.5".
  std::optional<bool> header{};        ///< The first row holds names.
  std::vector<std::string> inputs{};   ///< Names, or numbers from 1; empty: every column that is no target.
  std::vector<std::string> targets{};  ///< Names, or numbers from 1; empty: the last column.
  std::optional<TargetKind> kind{};    ///< Left open: classes where the only target is text or at most 50 whole numbers.
  friend bool operator==(const CsvChoice&, const CsvChoice&) = default;
};

/// The beginning of a table as a person sees it before opening it.
struct CsvPreview {
  CsvChoice choice;                            ///< Separator, decimal comma and header decided.
  std::vector<std::string> columns;            ///< Names, "column 1" ... where there is no header.
  std::vector<std::vector<std::string>> rows;  ///< Cells; without the header. A row may have more or fewer than columns.
  std::vector<std::size_t> inputs;             ///< Columns that openCsv would take; both empty where there is one column.
  std::vector<std::size_t> targets;
};

/// `rows`: how many to show at most. Reads no more than it needs. An error also where the choice names columns that are not
/// there.
Result<CsvPreview> previewCsv(const ByteFile& file, const CsvChoice& choice, std::size_t rows = 20);

/// A table of numbers with a class or target values in chosen columns; UTF-8, one row a line, cells may stand in quotes. The
/// whole file is checked once and errors name line and column; then rows are read from the file where they are wanted.
/// Memory: one byte a row where there are up to 256 classes, two where there are up to 65,536, and at most 2 MiB besides.
Result<DatasetPointer> openCsv(const ByteFile& file, const CsvChoice& choice, const OpeningProgress& goesOn = {});

}  // namespace plexarium
