#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace plexarium {

// Arrays in NumPy's own file format, version 1.0, little-endian, row-major ("C order"): what numpy.load reads.
// Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".

/// The element types that can be written, by NumPy's names for them.
template <typename T>
inline constexpr std::string_view npyType = {};
template <>
inline constexpr std::string_view npyType<double> = "<f8";
template <>
inline constexpr std::string_view npyType<float> = "<f4";
template <>
inline constexpr std::string_view npyType<std::int32_t> = "<i4";
template <>
inline constexpr std::string_view npyType<std::int64_t> = "<i8";
template <>
inline constexpr std::string_view npyType<std::uint8_t> = "|u1";

template <typename T>
concept NpyElement = !npyType<T>.empty();

/// An array that grows row by row in a file. The number of rows is written by `close`, so that nothing but one row is ever
/// held in memory. Until then the file is called `file` + ".part": under its own name only whole arrays are found.
/// One thread at a time. Movable.
class NpyWriter {
 public:
  /// `rowShape`: shape of one row; empty: each row is a single value. Errors: the file cannot be written.
  template <NpyElement T>
  static Result<NpyWriter> create(const std::filesystem::path& file, std::span<const std::size_t> rowShape) {
    return create(file, npyType<T>, sizeof(T), rowShape);
  }
  /// Without `close` before: takes the unfinished file away.
  ~NpyWriter();
  NpyWriter(NpyWriter&&) noexcept = default;
  NpyWriter& operator=(NpyWriter&&) noexcept;

  /// Any number of whole rows, of the type the writer was created for (asserted). Errors: disk full and the like; then the
  /// file is lost.
  template <NpyElement T>
  Result<void> append(std::span<const T> rows) {
    return append(std::as_bytes(rows), npyType<T>);
  }
  [[nodiscard]] std::size_t rowCount() const { return rows_; }
  /// Writes the shape and gives the file its name, replacing what was there. Nothing can be appended afterwards.
  Result<void> close();

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  NpyWriter() = default;
  static Result<NpyWriter> create(const std::filesystem::path& file, std::string_view type, std::size_t elementSize,
                                  std::span<const std::size_t> rowShape);
  Result<void> append(std::span<const std::byte> bytes, std::string_view type);
  [[nodiscard]] std::string header() const;
  [[nodiscard]] std::filesystem::path part() const;
  void discard();

  std::filesystem::path file_;
  std::unique_ptr<std::FILE, CloseFile> stream_;  ///< Null once closed or failed.
  std::string_view type_;
  std::vector<std::size_t> rowShape_;
  std::size_t rowSize_ = 0;  ///< Bytes.
  std::size_t rows_ = 0;
};

/// A whole array at once; the product of `shape` must be the number of values (asserted). An empty shape is a scalar.
std::string npyHeader(std::string_view type, std::span<const std::size_t> shape);
Result<void> writeNpyBytes(const std::filesystem::path& file, std::string_view type, std::span<const std::byte> values,
                           std::span<const std::size_t> shape);
template <NpyElement T>
Result<void> writeNpy(const std::filesystem::path& file, std::span<const T> values, std::span<const std::size_t> shape) {
  return writeNpyBytes(file, npyType<T>, std::as_bytes(values), shape);
}

}  // namespace plexarium
