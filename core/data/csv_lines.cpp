#include "core/data/csv_lines.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace plexarium {
namespace {

constexpr std::size_t longestLine = std::size_t{16} << 20U;

}  // namespace

LineReader::LineReader(const ByteFile& file, std::uint64_t offset, std::uint64_t line, std::size_t block)
    : file_(file), fetched_(offset), nextLine_(line), block_(block) {}

/// Brings another block behind what is left; false at the end of the file.
Result<bool> LineReader::fetch() {
  const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(block_, file_.size() - fetched_));
  if (part == 0) return false;
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(begin_));
  begin_ = 0;
  const auto kept = buffer_.size();
  buffer_.resize(kept + part);
  if (auto read = file_.read(fetched_, std::span(buffer_).subspan(kept)); !read) return tl::unexpected(read.error());
  fetched_ += part;
  return true;
}

Result<std::optional<std::string_view>> LineReader::raw() {
  std::size_t searched = 0;
  for (;;) {
    const auto left = buffer_.size() - begin_;
    const auto* start = buffer_.data() + begin_;
    const auto* end =
        left == searched ? nullptr : static_cast<const std::uint8_t*>(std::memchr(start + searched, '\n', left - searched));
    if (end == nullptr) {
      searched = left;
      if (searched > longestLine) {
        return failure("the line is longer than 16 MiB", file_.name() + ", line " + std::to_string(nextLine_),
                       "See whether this is a table of text");
      }
      const auto more = fetch();
      if (!more) return tl::unexpected(more.error());
      if (*more) continue;
      if (left == 0) return std::nullopt;
    }
    const auto length = end == nullptr ? left : static_cast<std::size_t>(end - start);
    offset_ = fetched_ - left;
    line_ = nextLine_++;
    const std::string_view line(reinterpret_cast<const char*>(buffer_.data() + begin_), length);
    begin_ += length + (end == nullptr ? 0 : 1);
    return line;
  }
}

Result<std::optional<std::string_view>> LineReader::next() {
  for (;;) {
    auto line = raw();
    if (!line || !*line) return line;
    if (offset_ == 0 && (*line)->starts_with("\xef\xbb\xbf")) (*line)->remove_prefix(3);
    if ((*line)->ends_with('\r')) (*line)->remove_suffix(1);
    if ((*line)->find('\0') != std::string_view::npos) {
      return failure("the line holds a null byte", file_.name() + ", line " + std::to_string(line_),
                     "See whether this is a table of text");
    }
    if (!(*line)->empty()) return line;
  }
}

bool CellCutter::quoted(std::string_view& rest) {
  if (stored_ == storage_.size()) storage_.emplace_back();
  auto& cell = storage_[stored_++];
  cell.clear();
  rest.remove_prefix(1);
  for (;;) {
    const auto end = rest.find('"');
    if (end == std::string_view::npos) return false;
    cell += rest.substr(0, end);
    rest.remove_prefix(end + 1);
    if (!rest.starts_with('"')) break;
    cell += '"';
    rest.remove_prefix(1);
  }
  return rest.empty() || rest.front() == separator_;
}

bool CellCutter::cut(std::string_view line) {
  cells_.clear();
  stored_ = 0;
  // Views into strings that a growing vector would move: room for all before the first.
  const auto quotes = static_cast<std::size_t>(std::ranges::count(line, '"'));
  if (storage_.size() < quotes) storage_.resize(quotes);
  for (;;) {
    if (line.starts_with('"')) {
      if (!quoted(line)) return false;
      cells_.emplace_back(storage_[stored_ - 1]);
    } else {
      const auto end = std::min(line.find(separator_), line.size());
      cells_.push_back(line.substr(0, end));
      line.remove_prefix(end);
    }
    if (line.empty()) return true;
    line.remove_prefix(1);
  }
}

}  // namespace plexarium
