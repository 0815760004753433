#include "core/io/csv.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/io/json_text.h"
#include "core/io/suggestion.h"

namespace plexarium {
namespace {

/// Cuts a text into rows of cells, one row a call.
class Scanner {
 public:
  Scanner(std::string_view text, char separator, const std::string& source)
      : text_(text), separator_(separator), source_(source) {}

  [[nodiscard]] bool atEnd() const { return position_ >= text_.size(); }
  [[nodiscard]] std::size_t line() const { return line_; }

  /// Steps over line ends between rows.
  void skipEmptyLines() {
    while (!atEnd() && (text_[position_] == '\n' || text_[position_] == '\r')) line_ += text_[position_++] == '\n' ? 1 : 0;
  }

  Result<std::vector<std::string>> row() {
    std::vector<std::string> cells;
    for (;;) {
      auto cell = !atEnd() && text_[position_] == '"' ? quoted() : plain();
      if (!cell) return tl::unexpected(cell.error());
      cells.push_back(std::move(*cell));
      if (atEnd()) return cells;
      const char end = text_[position_++];
      if (end == separator_) continue;
      if (end == '\r' && !atEnd() && text_[position_] == '\n') ++position_;
      ++line_;
      return cells;
    }
  }

 private:
  [[nodiscard]] bool endsCell(char character) const {
    return character == separator_ || character == '\n' || character == '\r';
  }

  Result<std::string> plain() {
    const auto start = position_;
    while (!atEnd() && !endsCell(text_[position_])) ++position_;
    return std::string(text_.substr(start, position_ - start));
  }

  Result<std::string> quoted() {
    const auto opened = line_;
    std::string cell;
    ++position_;
    for (;;) {
      if (atEnd()) return failure("a quote is opened and never closed", where(opened));
      const char character = text_[position_++];
      if (character == '"') {
        if (atEnd() || text_[position_] != '"') break;
        ++position_;  // a doubled quote stands for one
      }
      if (character == '\n') ++line_;
      cell += character;
    }
    if (!atEnd() && !endsCell(text_[position_])) return failure("text follows a closing quote", where(line_));
    return cell;
  }

  [[nodiscard]] std::string where(std::size_t line) const { return source_ + ", line " + std::to_string(line); }

  std::string_view text_;
  char separator_;
  const std::string& source_;
  std::size_t position_ = 0;
  std::size_t line_ = 1;
};

/// The most frequent of the separators in the header row, quoted cells aside.
char separatorOf(std::string_view text) {
  std::size_t commas = 0, semicolons = 0, tabs = 0;
  bool quoted = false;
  for (const char character : text.substr(0, text.find_first_of("\r\n"))) {
    if (character == '"') quoted = !quoted;
    if (quoted) continue;
    commas += character == ',';
    semicolons += character == ';';
    tabs += character == '\t';
  }
  if (tabs > commas && tabs > semicolons) return '\t';
  return semicolons > commas ? ';' : ',';
}

Result<void> requireUtf8(std::string_view text, const std::string& source) {
  std::size_t line = 1;
  for (std::size_t position = 0; position < text.size();) {
    const auto length = utf8Length(text.substr(position, 4));
    if (length == 0 || text[position] == '\0') {
      return failure("the text is not UTF-8", source + ", line " + std::to_string(line), "Save the table as UTF-8 text");
    }
    if (text[position] == '\n') ++line;
    position += length;
  }
  return {};
}

}  // namespace

Result<CsvHead> readCsvHead(std::string_view text, const std::string& source) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const char separator = separatorOf(text.substr(std::min(text.find_first_not_of("\r\n"), text.size())));
  Scanner scanner(text, separator, source);
  scanner.skipEmptyLines();
  if (scanner.atEnd()) return failure("the file is empty", source);
  return scanner.row().map([separator](std::vector<std::string> cells) { return CsvHead{std::move(cells), separator}; });
}

Result<CsvTable> CsvTable::parse(std::string_view text, std::string source) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  if (auto valid = requireUtf8(text, source); !valid) return tl::unexpected(valid.error());
  CsvTable table;
  table.source_ = std::move(source);
  const auto header = text.substr(std::min(text.find_first_not_of("\r\n"), text.size()));
  Scanner scanner(text, separatorOf(header), table.source_);
  scanner.skipEmptyLines();
  const std::string headerPlace = table.source_ + ", line " + std::to_string(scanner.line());
  if (scanner.atEnd()) return failure("the file is empty", table.source_);
  auto names = scanner.row();
  if (!names) return tl::unexpected(names.error());
  table.header_ = std::move(*names);
  for (auto name = table.header_.begin(); name != table.header_.end(); ++name) {
    if (std::find(table.header_.begin(), name, *name) != name) {
      return failure("the column '" + *name + "' stands twice", headerPlace);
    }
  }
  for (scanner.skipEmptyLines(); !scanner.atEnd(); scanner.skipEmptyLines()) {
    const auto line = scanner.line();
    auto cells = scanner.row();
    if (!cells) return tl::unexpected(cells.error());
    if (cells->size() != table.header_.size()) {
      return failure(
          "the row has " + std::to_string(cells->size()) + " cells, but the header " + std::to_string(table.header_.size()),
          table.source_ + ", line " + std::to_string(line));
    }
    table.lines_.push_back(line);
    std::move(cells->begin(), cells->end(), std::back_inserter(table.cells_));
  }
  return table;
}

Result<std::size_t> CsvTable::column(std::string_view name) const {
  const auto found = std::find(header_.begin(), header_.end(), name);
  if (found != header_.end()) return static_cast<std::size_t>(found - header_.begin());
  const std::vector<std::string_view> known(header_.begin(), header_.end());
  return failure("the column '" + std::string(name) + "' is missing", source_ + ", header", suggestion(name, known));
}

Result<double> CsvTable::number(std::size_t row, std::size_t column) const {
  const auto& text = cell(row, column);
  double value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec == std::errc{} && end.ptr == text.data() + text.size() && std::isfinite(value)) return value;
  return fault(row, column, "'" + text + "' is not a number");
}

tl::unexpected<Error> CsvTable::fault(std::size_t row, std::size_t column, std::string what, std::string advice) const {
  return failure(std::move(what), source_ + ", line " + std::to_string(lines_[row]) + ", column '" + header_[column] + "'",
                 std::move(advice));
}

void appendCsvCell(std::string& text, std::string_view value) {
  if (value.find_first_of(",;\t\"\r\n") == std::string_view::npos) {
    text += value;
    return;
  }
  text += '"';
  for (const char character : value) {
    if (character == '"') text += '"';
    text += character;
  }
  text += '"';
}

}  // namespace plexarium
