#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/error.h"

namespace plexarium {

/// Asked now and then while something large is read, with the share done (0..1); false gives up.
using OpeningProgress = std::function<bool(double share)>;

/// Largest content of a compressed file: it is unpacked into memory, since nobody can read it from the middle.
inline constexpr std::size_t unpackedLimit = std::size_t{512} << 20;

/// What gzip packed (RFC 1952, any number of members). Errors name the byte of the packed data; `limit`: most bytes to
/// unpack.
Result<std::vector<std::uint8_t>> gunzip(std::span<const std::uint8_t> packed, const std::string& source,
                                         std::size_t limit = unpackedLimit, const OpeningProgress& goesOn = {});

/// Bytes of a file, read where they are wanted; nothing is kept in memory but what was packed by gzip. Copies share the
/// file. Any number of threads.
class ByteFile {
 public:
  static Result<ByteFile> open(const std::filesystem::path& file, const OpeningProgress& goesOn = {});
  /// Bytes that are no file's; unpacked where they are gzip's.
  static Result<ByteFile> of(std::vector<std::uint8_t> bytes, std::string name, const OpeningProgress& goesOn = {});

  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// The file's name without its folder, for messages.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// Fills `bytes` from `offset` on; an error that names the byte where the file ends before that.
  [[nodiscard]] Result<void> read(std::uint64_t offset, std::span<std::uint8_t> bytes) const;
  /// "train.idx, byte 16"
  [[nodiscard]] std::string place(std::uint64_t byte) const { return name_ + ", byte " + std::to_string(byte); }

 private:
  struct Descriptor;
  std::string name_;
  std::uint64_t size_ = 0;
  std::shared_ptr<const Descriptor> descriptor_;
  std::shared_ptr<const std::vector<std::uint8_t>> memory_;  ///< Instead of a descriptor.
};

}  // namespace plexarium
