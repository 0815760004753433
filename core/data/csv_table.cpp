#include "core/data/csv_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/data/csv_lines.h"
#include "core/io/json_text.h"
#include "core/io/suggestion.h"

namespace plexarium {
namespace csv {
namespace {

constexpr std::size_t rowsLookedAt = 100;
constexpr std::size_t block = std::size_t{64} << 10U;

using Row = std::vector<std::string>;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The most frequent of the separators outside quotes.
char separatorOf(std::string_view line) {
  std::size_t commas = 0;
  std::size_t semicolons = 0;
  std::size_t tabs = 0;
  bool quoted = false;
  for (const char character : line) {
    if (character == '"') quoted = !quoted;
    if (quoted) continue;
    commas += character == ',' ? 1 : 0;
    semicolons += character == ';' ? 1 : 0;
    tabs += character == '\t' ? 1 : 0;
  }
  if (tabs > commas && tabs > semicolons) return '\t';
  // "1,5;2,5" has more commas than semicolons and yet is separated by these: nobody separates by commas and uses both.
  return semicolons > 0 ? ';' : ',';
}

bool utf8(std::string_view text) {
  while (!text.empty()) {
    const auto length = utf8Length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

/// Whether cells are numbers only when a comma is their decimal point.
bool usesDecimalComma(const std::vector<Row>& rows) {
  bool comma = false;
  for (const auto& row : rows) {
    for (const auto& cell : row) {
      if (cell.find('.') != std::string::npos && numberIn(cell, false)) return false;
      comma = comma || (cell.find(',') != std::string::npos && numberIn(cell, true));
    }
  }
  return comma;
}

bool looksLikeHeader(const Row& row, bool decimalComma) {
  return std::ranges::none_of(row, [&](const std::string& cell) { return cell.empty() || numberIn(cell, decimalComma); });
}

/// The first rows, header included, and the choice with separator, decimal comma and header decided.
struct Beginning {
  CsvChoice choice;
  std::vector<Row> rows;
};

Result<Beginning> begin(const ByteFile& file, const CsvChoice& choice, std::size_t count) {
  LineReader lines(file, 0, 1, block);
  Beginning beginning{choice, {}};
  while (beginning.rows.size() <= count) {
    const auto line = lines.next();
    if (!line) return tl::unexpected(line.error());
    if (!*line) break;
    const auto where = file.name() + ", line " + std::to_string(lines.line());
    if (!utf8(**line)) return failure("the text is not UTF-8", where, "Save the table as UTF-8 text");
    if (!beginning.choice.separator) beginning.choice.separator = separatorOf(**line);
    CellCutter cutter(*beginning.choice.separator);
    if (!cutter.cut(**line)) return failure("a quote is not closed on its line, or text follows it", where);
    beginning.rows.emplace_back(cutter.cells().begin(), cutter.cells().end());
  }
  if (beginning.rows.empty()) return failure("the file is empty", file.name());
  auto& decided = beginning.choice;
  if (!decided.decimalComma) decided.decimalComma = *decided.separator != ',' && usesDecimalComma(beginning.rows);
  if (!decided.header) decided.header = looksLikeHeader(beginning.rows.front(), *decided.decimalComma);
  return beginning;
}

std::vector<std::string> namesOf(const Beginning& beginning) {
  if (*beginning.choice.header) return beginning.rows.front();
  std::vector<std::string> names;
  for (std::size_t k = 1; k <= beginning.rows.front().size(); ++k) names.push_back("column " + std::to_string(k));
  return names;
}

/// A column by its name, else by its number from 1.
Result<std::size_t> columnCalled(const std::string& wanted, const std::vector<std::string>& names,
                                 const std::string& source) {
  const auto found = std::ranges::find(names, wanted);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  std::size_t number = 0;
  const auto end = std::from_chars(wanted.data(), wanted.data() + wanted.size(), number);
  if (end.ec == std::errc{} && end.ptr == wanted.data() + wanted.size() && number >= 1 && number <= names.size()) {
    return number - 1;
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  return failure("there is no column '" + wanted + "'", source, suggestion(wanted, known));
}

Result<std::vector<std::size_t>> columnsCalled(const std::vector<std::string>& wanted, const std::vector<std::string>& names,
                                               const std::string& source) {
  std::vector<std::size_t> columns;
  for (const auto& name : wanted) {
    const auto column = columnCalled(name, names, source);
    if (!column) return tl::unexpected(column.error());
    if (std::ranges::find(columns, *column) != columns.end())
      return failure("the column '" + name + "' is chosen twice", source);
    columns.push_back(*column);
  }
  return columns;
}

}  // namespace

std::optional<double> numberIn(std::string_view cell, bool decimalComma) {
  cell = trimmed(cell);
  if (cell.starts_with('+')) cell.remove_prefix(1);
  std::string changed;
  if (decimalComma) {
    changed = cell;
    if (changed.find('.') != std::string::npos) return std::nullopt;
    if (const auto comma = changed.find(','); comma != std::string::npos) changed[comma] = '.';
    cell = changed;
  }
  double value = 0;
  const auto end = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (end.ec != std::errc{} || end.ptr != cell.data() + cell.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

namespace {

/// What the columns are for.
Result<Table> tableOf(const Beginning& beginning, const std::string& source) {
  const auto& choice = beginning.choice;
  Table table{*choice.separator, *choice.decimalComma, *choice.header, namesOf(beginning), {}, {}};
  if (table.names.size() < 2) {
    return failure("the table has one column", source, "It needs inputs and a target; see whether the separator is right");
  }
  auto targets = columnsCalled(choice.targets, table.names, source);
  if (!targets) return tl::unexpected(targets.error());
  if (targets->empty()) targets->push_back(table.names.size() - 1);
  auto inputs = columnsCalled(choice.inputs, table.names, source);
  if (!inputs) return tl::unexpected(inputs.error());
  const auto isTarget = [&](std::size_t column) { return std::ranges::find(*targets, column) != targets->end(); };
  if (std::ranges::any_of(*inputs, isTarget)) return failure("a column is both input and target", source);
  for (std::size_t column = 0; choice.inputs.empty() && column < table.names.size(); ++column) {
    if (!isTarget(column)) inputs->push_back(column);
  }
  if (inputs->empty()) return failure("every column is a target", source, "Leave some for the inputs");
  table.inputs = std::move(*inputs);
  table.targets = std::move(*targets);
  return table;
}

}  // namespace

Result<Table> readTable(const ByteFile& file, const CsvChoice& choice) {
  const auto beginning = begin(file, choice, rowsLookedAt);
  if (!beginning) return tl::unexpected(beginning.error());
  return tableOf(*beginning, file.name());
}

}  // namespace csv

Result<CsvPreview> previewCsv(const ByteFile& file, const CsvChoice& choice, std::size_t rows) {
  auto beginning = csv::begin(file, choice, std::max(rows, csv::rowsLookedAt));
  if (!beginning) return tl::unexpected(beginning.error());
  CsvPreview preview{beginning->choice, csv::namesOf(*beginning), {}, {}, {}};
  if (preview.columns.size() > 1) {
    auto table = csv::tableOf(*beginning, file.name());
    if (!table) return tl::unexpected(table.error());
    preview.inputs = std::move(table->inputs);
    preview.targets = std::move(table->targets);
  }
  preview.rows = std::move(beginning->rows);
  if (*preview.choice.header) preview.rows.erase(preview.rows.begin());
  if (preview.rows.size() > rows) preview.rows.resize(rows);
  return preview;
}

}  // namespace plexarium
