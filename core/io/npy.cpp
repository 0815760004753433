#include "core/io/npy.h"

#include <bit>
#include <cassert>
#include <cerrno>
#include <functional>
#include <numeric>
#include <system_error>

#include "core/io/document.h"

namespace plexarium {
namespace {

static_assert(std::endian::native == std::endian::little, "the arrays are written as they lie in memory");

tl::unexpected<Error> writeFailure(const std::filesystem::path& file, int reason) {
  return failure("cannot write: " + std::generic_category().message(reason), file.string(),
                 "Choose another place or make room on the disk");
}

/// `reserved`: digits to keep room for in the first dimension, so that it can be written anew with more rows.
std::string makeHeader(std::string_view type, std::span<const std::size_t> shape, std::size_t reserved) {
  std::string text = "{'descr': '" + std::string(type) + "', 'fortran_order': False, 'shape': (";
  for (std::size_t k = 0; k < shape.size(); ++k) text += (k == 0 ? "" : ", ") + std::to_string(shape[k]);
  text += shape.size() == 1 ? ",), }" : "), }";
  const auto used = shape.empty() ? 0 : std::to_string(shape[0]).size();
  if (reserved > used) text.append(reserved - used, ' ');
  // Magic, version and length take ten bytes; the values begin at a multiple of 64.
  constexpr std::size_t prefix = 10;
  text.append(63 - (prefix + text.size()) % 64, ' ');
  text += '\n';
  assert(text.size() <= 0xffff);
  std::string header = "\x93NUMPY";
  header += '\x01';
  header += '\0';
  header += static_cast<char>(text.size() & 0xff);
  header += static_cast<char>(text.size() >> 8);
  return header + text;
}

}  // namespace

std::string npyHeader(std::string_view type, std::span<const std::size_t> shape) { return makeHeader(type, shape, 0); }

Result<void> writeNpyBytes(const std::filesystem::path& file, std::string_view type, std::span<const std::byte> values,
                           std::span<const std::size_t> shape) {
  assert(std::accumulate(shape.begin(), shape.end(), static_cast<std::size_t>(type.back() - '0'), std::multiplies<>{}) ==
         values.size());
  std::string text = npyHeader(type, shape);
  text.append(reinterpret_cast<const char*>(values.data()), values.size());
  return saveAtomically(file, text);
}

Result<NpyWriter> NpyWriter::create(const std::filesystem::path& file, std::string_view type, std::size_t elementSize,
                                    std::span<const std::size_t> rowShape) {
  NpyWriter writer;
  writer.file_ = file;
  writer.type_ = type;
  writer.rowShape_.assign(rowShape.begin(), rowShape.end());
  writer.rowSize_ = std::accumulate(rowShape.begin(), rowShape.end(), elementSize, std::multiplies<>{});
  writer.stream_.reset(std::fopen(writer.part().c_str(), "wb"));
  if (!writer.stream_) return writeFailure(file, errno);
  const auto header = writer.header();
  if (std::fwrite(header.data(), 1, header.size(), writer.stream_.get()) != header.size()) return writeFailure(file, errno);
  return writer;
}

NpyWriter::~NpyWriter() { discard(); }

NpyWriter& NpyWriter::operator=(NpyWriter&& other) noexcept {
  if (this == &other) return *this;
  discard();
  file_ = std::move(other.file_);
  stream_ = std::move(other.stream_);
  type_ = other.type_;
  rowShape_ = std::move(other.rowShape_);
  rowSize_ = other.rowSize_;
  rows_ = other.rows_;
  return *this;
}

std::filesystem::path NpyWriter::part() const { return file_.string() + ".part"; }

/// Of the same length whatever the number of rows.
std::string NpyWriter::header() const {
  std::vector<std::size_t> shape{rows_};
  shape.insert(shape.end(), rowShape_.begin(), rowShape_.end());
  return makeHeader(type_, shape, 20);
}

void NpyWriter::discard() {
  if (!stream_) return;
  stream_.reset();
  std::error_code ignored;  // Nothing can be done about a file that will not go.
  std::filesystem::remove(part(), ignored);
}

Result<void> NpyWriter::append(std::span<const std::byte> bytes, [[maybe_unused]] std::string_view type) {
  assert(type == type_ && (rowSize_ == 0 ? bytes.empty() : bytes.size() % rowSize_ == 0));
  if (!stream_) return failure("the array is closed", file_.string());
  if (bytes.empty()) return {};
  if (std::fwrite(bytes.data(), 1, bytes.size(), stream_.get()) != bytes.size()) {
    const int reason = errno;
    discard();
    return writeFailure(file_, reason);
  }
  rows_ += bytes.size() / rowSize_;
  return {};
}

Result<void> NpyWriter::close() {
  if (!stream_) return failure("the array is closed", file_.string());
  const auto text = header();
  const bool patched = std::fseek(stream_.get(), 0, SEEK_SET) == 0 &&
                       std::fwrite(text.data(), 1, text.size(), stream_.get()) == text.size() &&
                       std::fflush(stream_.get()) == 0;
  if (!patched) {
    const int reason = errno;
    discard();
    return writeFailure(file_, reason);
  }
  stream_.reset();
  std::error_code problem;
  std::filesystem::rename(part(), file_, problem);
  if (problem) return failure("cannot write: " + problem.message(), file_.string(), "Choose another place");
  return {};
}

}  // namespace plexarium
