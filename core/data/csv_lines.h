#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/data/byte_file.h"

namespace plexarium {

/// The lines of a file, one after the other, holding no more than one of them and a block of bytes at a time. Empty lines
/// are stepped over. One thread.
class LineReader {
 public:
  /// Begins at byte `offset`, which is where line number `line` (from 1) starts. `block`: bytes to fetch at once.
  LineReader(const ByteFile& file, std::uint64_t offset, std::uint64_t line, std::size_t block);

  /// The next line without its end, valid until the next call; nothing at the end of the file. An error where a line is
  /// longer than 16 MiB or holds a null byte.
  Result<std::optional<std::string_view>> next();
  /// Of the line returned last.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }
  [[nodiscard]] std::uint64_t line() const { return line_; }

 private:
  Result<bool> fetch();
  Result<std::optional<std::string_view>> raw();

  const ByteFile& file_;
  std::vector<std::uint8_t> buffer_;
  std::size_t begin_ = 0;  ///< Of what is left in the buffer.
  std::uint64_t fetched_;  ///< Byte of the file after the buffer's last.
  std::uint64_t offset_ = 0;
  std::uint64_t line_ = 0;
  std::uint64_t nextLine_;
  std::size_t block_;
};

/// Cuts a line into cells; quotes are taken off, doubled ones within them become one. `cells` is used again; `storage` holds
/// what had quotes. False where a quote is not closed, or text follows it.
class CellCutter {
 public:
  explicit CellCutter(char separator) : separator_(separator) {}
  [[nodiscard]] bool cut(std::string_view line);
  [[nodiscard]] const std::vector<std::string_view>& cells() const { return cells_; }

 private:
  bool quoted(std::string_view& rest);
  char separator_;
  std::vector<std::string_view> cells_;
  std::vector<std::string> storage_;
  std::size_t stored_ = 0;
};

}  // namespace plexarium
