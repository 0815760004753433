#include "core/data/csv_dataset.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <unordered_map>

#include "core/data/csv_lines.h"
#include "core/data/csv_table.h"

namespace plexarium {
namespace {

constexpr std::size_t mostClasses = 65536;
constexpr std::size_t mostGuessedClasses = 50;
constexpr std::size_t mostMarks = std::size_t{1} << 17U;
constexpr std::size_t scanBlock = std::size_t{1} << 20U;
constexpr std::size_t rowBlock = std::size_t{16} << 10U;

/// Where rows begin: every row's place while they are few, then every second, fourth, ... so that memory stays bounded.
class RowMarks {
 public:
  void add(std::uint64_t offset) {
    if (rows_++ % stride_ != 0) return;
    marks_.push_back(offset);
    if (marks_.size() < mostMarks) return;
    for (std::size_t k = 0; 2 * k < marks_.size(); ++k) marks_[k] = marks_[2 * k];
    marks_.resize((marks_.size() + 1) / 2);
    stride_ *= 2;
  }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::uint64_t before(std::size_t row) const { return marks_[row / stride_]; }
  [[nodiscard]] std::size_t skip(std::size_t row) const { return row % stride_; }

 private:
  std::vector<std::uint64_t> marks_;
  std::size_t rows_ = 0;
  std::size_t stride_ = 1;
};

/// The class of every row, one byte each while that is enough. Grows in pieces, never by a copy of the whole.
class Labels {
 public:
  void add(std::size_t label) {
    if (label > 255 && high_.empty()) high_.resize(low_.size());
    low_.push_back(static_cast<std::uint8_t>(label));
    if (label > 255 || !high_.empty()) high_.push_back(static_cast<std::uint8_t>(label >> 8U));
  }
  [[nodiscard]] std::size_t operator[](std::size_t row) const {
    return low_[row] | (high_.empty() ? std::size_t{0} : std::size_t{high_[row]} << 8U);
  }
  void clear() {
    low_ = {};
    high_ = {};
  }

 private:
  std::deque<std::uint8_t> low_;
  std::deque<std::uint8_t> high_;
};

/// Collects classes while rows go by, and notices when the column cannot be one.
class ClassCollector {
 public:
  /// False where there are too many different texts.
  bool add(std::string_view cell, bool decimalComma) {
    const auto number = csv::numberIn(cell, decimalComma);
    allWhole_ = allWhole_ && number && std::trunc(*number) == *number;
    allNumbers_ = allNumbers_ && number;
    auto found = indices_.find(cell);
    if (found == indices_.end()) {
      if (names_.size() == mostClasses) return false;
      names_.emplace_back(cell);
      found = indices_.emplace(names_.back(), names_.size() - 1).first;
    }
    labels_.add(found->second);
    return true;
  }
  [[nodiscard]] bool looksLikeClasses() const { return !allNumbers_ || (allWhole_ && names_.size() <= mostGuessedClasses); }
  [[nodiscard]] bool allNumbers() const { return allNumbers_; }

  /// Names in order: numbers by value, else by letters. `rank` gets the place of each as it was met.
  std::vector<std::string> ordered(std::vector<std::uint16_t>& rank, bool decimalComma) const {
    std::vector<std::size_t> order(names_.size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
      if (!allNumbers_) return names_[a] < names_[b];
      const auto left = *csv::numberIn(names_[a], decimalComma);
      const auto right = *csv::numberIn(names_[b], decimalComma);
      return left != right ? left < right : names_[a] < names_[b];
    });
    std::vector<std::string> sorted;
    rank.resize(names_.size());
    for (std::size_t place = 0; place < order.size(); ++place) {
      rank[order[place]] = static_cast<std::uint16_t>(place);
      sorted.push_back(names_[order[place]]);
    }
    return sorted;
  }
  Labels takeLabels() { return std::move(labels_); }

 private:
  std::deque<std::string> names_;  ///< Stay where they are: the map looks at them.
  std::unordered_map<std::string_view, std::size_t> indices_;
  Labels labels_;
  bool allNumbers_ = true;
  bool allWhole_ = true;
};

class CsvDataset : public Dataset {
 public:
  struct Rows {
    csv::Table table;
    RowMarks marks;
    Labels labels;
    std::vector<std::uint16_t> rank;  ///< Class by label as stored.
  };
  CsvDataset(DatasetInfo info, ByteFile file, Rows rows)
      : Dataset(std::move(info)), file_(std::move(file)), rows_(std::move(rows)) {}

  [[nodiscard]] std::uint32_t label(std::size_t sample) const override { return rows_.rank[rows_.labels[sample]]; }

  Result<void> read(std::size_t sample, std::span<double> inputs, std::span<double> targets) const override {
    LineReader lines(file_, rows_.marks.before(sample), 2, rowBlock);
    CellCutter cutter(rows_.table.separator);
    const auto changed = [&] { return failure("has changed since it was opened", file_.name(), "Open it again"); };
    Result<std::optional<std::string_view>> line = lines.next();
    for (auto skip = rows_.marks.skip(sample); skip > 0 && line && *line; --skip) line = lines.next();
    if (!line || !*line || !cutter.cut(**line) || cutter.cells().size() != rows_.table.names.size()) return changed();
    const auto fill = [&](const std::vector<std::size_t>& columns, std::span<double> values) {
      for (std::size_t k = 0; k < values.size(); ++k) {
        const auto number = csv::numberIn(cutter.cells()[columns[k]], rows_.table.decimalComma);
        if (!number) return false;
        values[k] = *number;
      }
      return true;
    };
    if (!fill(rows_.table.inputs, inputs) || !fill(rows_.table.targets, targets)) return changed();
    return {};
  }

 private:
  ByteFile file_;
  Rows rows_;
};

/// One pass over a table: every number is checked, every row's place kept.
class Scan {
 public:
  Scan(const ByteFile& file, CsvDataset::Rows& rows, const CsvChoice& choice)
      : file_(file), rows_(rows), kind_(choice.kind), ranges_(rows.table.inputs.size(), emptyRange) {
    if (rows.table.targets.size() > 1 && !kind_) kind_ = TargetKind::Values;
  }

  Result<void> run(const OpeningProgress& goesOn) {
    const auto& table = rows_.table;
    LineReader lines(file_, 0, 1, scanBlock);
    CellCutter cutter(table.separator);
    for (bool first = table.header;; first = false) {
      const auto line = lines.next();
      if (!line) return tl::unexpected(line.error());
      if (!*line) break;
      if (first) continue;
      if ((rows_.marks.rows() & 0xfffU) == 0 && goesOn &&
          !goesOn(static_cast<double>(lines.offset()) / static_cast<double>(file_.size()))) {
        return failure("given up", file_.name());
      }
      rows_.marks.add(lines.offset());
      if (auto done = take(lines, cutter, **line); !done) return done;
    }
    return rows_.marks.rows() > 0 ? Result<void>{} : failure("there are no rows", file_.name());
  }

  /// What the rows turned out to be.
  DatasetInfo info() {
    const auto& table = rows_.table;
    DatasetInfo info;
    info.name = file_.name();
    info.samples = rows_.marks.rows();
    info.inputs = table.inputs.size();
    for (const auto column : table.inputs) info.columns.push_back(table.names[column]);
    info.ranges = ranges_;
    if (kind_.value_or(collector_.looksLikeClasses() ? TargetKind::Classes : TargetKind::Values) == TargetKind::Classes) {
      info.classes = collector_.ordered(rows_.rank, table.decimalComma);
      rows_.labels = collector_.takeLabels();
    } else {
      for (const auto column : table.targets) info.targets.push_back(table.names[column]);
    }
    return info;
  }

 private:
  static constexpr ValueRange emptyRange{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};

  Result<void> take(const LineReader& lines, CellCutter& cutter, std::string_view line) {
    const auto where = file_.name() + ", line " + std::to_string(lines.line());
    if (!cutter.cut(line)) return failure("a quote is not closed on its line, or text follows it", where);
    const auto& cells = cutter.cells();
    if (cells.size() != rows_.table.names.size()) {
      return failure(
          "the row has " + std::to_string(cells.size()) + " cells instead of " + std::to_string(rows_.table.names.size()),
          where);
    }
    for (std::size_t k = 0; k < ranges_.size(); ++k) {
      const auto number = numberOf(cells, rows_.table.inputs[k], where);
      if (!number) return tl::unexpected(number.error());
      ranges_[k] = {std::min(ranges_[k].minimum, *number), std::max(ranges_[k].maximum, *number)};
    }
    if (kind_ != TargetKind::Values) {
      const auto target = rows_.table.targets[0];
      if (collector_.add(cells[target], rows_.table.decimalComma)) return {};
      if (kind_ || !collector_.allNumbers()) {
        return failure("there are more than 65536 classes", where + ", column '" + rows_.table.names[target] + "'",
                       "Choose another target column");
      }
      kind_ = TargetKind::Values;  // every one before was a number
      collector_ = {};
    }
    for (const auto column : rows_.table.targets) {
      if (auto number = numberOf(cells, column, where); !number) return tl::unexpected(number.error());
    }
    return {};
  }

  Result<double> numberOf(const std::vector<std::string_view>& cells, std::size_t column, const std::string& where) const {
    if (const auto number = csv::numberIn(cells[column], rows_.table.decimalComma)) return *number;
    return failure(
        cells[column].empty() ? "a value is missing" : "'" + std::string(cells[column].substr(0, 40)) + "' is not a number",
        where + ", column '" + rows_.table.names[column] + "'", "Correct it, or leave the column out");
  }

  const ByteFile& file_;
  CsvDataset::Rows& rows_;
  std::optional<TargetKind> kind_;
  std::vector<ValueRange> ranges_;
  ClassCollector collector_;
};

}  // namespace

Result<DatasetPointer> openCsv(const ByteFile& file, const CsvChoice& choice, const OpeningProgress& goesOn) {
  auto table = csv::readTable(file, choice);
  if (!table) return tl::unexpected(table.error());
  CsvDataset::Rows rows{std::move(*table), {}, {}, {}};
  if (choice.kind == TargetKind::Classes && rows.table.targets.size() != 1) {
    return failure("classes stand in one column, not in " + std::to_string(rows.table.targets.size()), file.name());
  }
  Scan scan(file, rows, choice);
  if (auto done = scan.run(goesOn); !done) return tl::unexpected(done.error());
  auto info = scan.info();
  return std::make_shared<const CsvDataset>(std::move(info), file, std::move(rows));
}

}  // namespace plexarium
