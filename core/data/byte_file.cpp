#include "core/data/byte_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <system_error>

namespace plexarium {
namespace {

bool isPacked(std::span<const std::uint8_t> bytes) { return bytes.size() >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b; }

/// Takes the state of zlib down again.
class Inflation {
 public:
  explicit Inflation(std::span<const std::uint8_t> packed) : packed_(packed) {
    feed();
    ready_ = inflateInit2(&stream_, 16 + MAX_WBITS) == Z_OK;  // 16: with gzip's own header
  }
  ~Inflation() {
    if (ready_) inflateEnd(&stream_);
  }
  Inflation(const Inflation&) = delete;
  Inflation& operator=(const Inflation&) = delete;

  [[nodiscard]] bool ready() const { return ready_; }
  [[nodiscard]] std::size_t consumed() const { return handed_ - stream_.avail_in; }
  [[nodiscard]] bool atEnd() const { return consumed() == packed_.size(); }

  /// Appends to `unpacked`; Z_OK, Z_STREAM_END or an error of zlib's.
  int step(std::vector<std::uint8_t>& unpacked) {
    if (stream_.avail_in == 0) feed();
    stream_.next_out = block_.data();
    stream_.avail_out = static_cast<uInt>(block_.size());
    const int state = inflate(&stream_, Z_NO_FLUSH);
    const auto made = block_.size() - stream_.avail_out;
    unpacked.insert(unpacked.end(), block_.begin(), block_.begin() + static_cast<std::ptrdiff_t>(made));
    return state;
  }
  bool nextMember() { return inflateReset(&stream_) == Z_OK; }

 private:
  void feed() {
    const auto part = std::min<std::size_t>(packed_.size() - handed_, std::numeric_limits<uInt>::max());
    stream_.next_in = const_cast<Bytef*>(packed_.data() + handed_);  // zlib never writes there
    stream_.avail_in = static_cast<uInt>(part);
    handed_ += part;
  }

  std::span<const std::uint8_t> packed_;
  std::size_t handed_ = 0;
  z_stream stream_{};
  bool ready_ = false;
  std::array<std::uint8_t, 1 << 16> block_;
};

}  // namespace

struct ByteFile::Descriptor {
  explicit Descriptor(int descriptor) : number(descriptor) {}
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number;
};

Result<std::vector<std::uint8_t>> gunzip(std::span<const std::uint8_t> packed, const std::string& source, std::size_t limit,
                                         const OpeningProgress& goesOn) {
  constexpr std::size_t stepsBetweenQuestions = 16;
  Inflation inflation(packed);
  if (!inflation.ready()) return failure("there is no memory to unpack it", source);
  std::vector<std::uint8_t> unpacked;
  for (std::size_t steps = 0;; ++steps) {
    if (goesOn && steps % stepsBetweenQuestions == 0 &&
        !goesOn(static_cast<double>(inflation.consumed()) / static_cast<double>(packed.size()))) {
      return failure("given up", source);
    }
    const int state = inflation.step(unpacked);
    const auto place = source + ", byte " + std::to_string(inflation.consumed());
    if (unpacked.size() > limit) {
      return failure("unpacks to more than " + std::to_string(limit >> 20U) + " MiB", source,
                     "Unpack it with gunzip and open the unpacked file, which is read piece by piece");
    }
    if (state == Z_STREAM_END) {
      if (inflation.atEnd()) return unpacked;
      if (!inflation.nextMember()) return failure("the packed data is damaged", place, "Fetch the file again");
    } else if (state != Z_OK && !(state == Z_BUF_ERROR && !inflation.atEnd())) {
      return failure(inflation.atEnd() ? "the packed data ends early" : "the packed data is damaged", place,
                     "Fetch the file again");
    }
  }
}

Result<ByteFile> ByteFile::open(const std::filesystem::path& file, const OpeningProgress& goesOn) {
  const auto broken = [&](const char* what) {
    return failure(std::string(what) + ": " + std::generic_category().message(errno), file.string());
  };
  // Not blocking, so that opening a pipe that nobody fills returns.
  const auto descriptor = std::make_shared<const Descriptor>(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (descriptor->number < 0) return broken("cannot open");
  struct stat status {};
  if (::fstat(descriptor->number, &status) != 0) return broken("cannot read");
  if (!S_ISREG(status.st_mode)) return failure("is not an ordinary file", file.string(), "Give the name of a file");
  ByteFile opened;
  opened.name_ = file.filename().string();
  opened.size_ = static_cast<std::uint64_t>(status.st_size);
  opened.descriptor_ = descriptor;
  std::array<std::uint8_t, 2> start{};
  if (opened.size_ < start.size()) return opened;
  if (auto read = opened.read(0, start); !read) return tl::unexpected(std::move(read.error()));
  if (!isPacked(start)) return opened;
  if (opened.size_ > unpackedLimit) return failure("is too large to be unpacked", file.string(), "Unpack it with gunzip");
  std::vector<std::uint8_t> packed(opened.size_);
  if (auto read = opened.read(0, packed); !read) return tl::unexpected(std::move(read.error()));
  return of(std::move(packed), opened.name_, goesOn);
}

Result<ByteFile> ByteFile::of(std::vector<std::uint8_t> bytes, std::string name, const OpeningProgress& goesOn) {
  if (isPacked(bytes)) {
    auto unpacked = gunzip(bytes, name, unpackedLimit, goesOn);
    if (!unpacked) return tl::unexpected(std::move(unpacked.error()));
    bytes = std::move(*unpacked);
  }
  ByteFile file;
  file.name_ = std::move(name);
  file.size_ = bytes.size();
  file.memory_ = std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes));
  return file;
}

Result<void> ByteFile::read(std::uint64_t offset, std::span<std::uint8_t> bytes) const {
  const auto ended = [&](std::uint64_t byte) {
    return failure("the file ends here, " + std::to_string(offset + bytes.size() - byte) + " bytes too early", place(byte),
                   "Fetch the file again");
  };
  if (memory_) {
    if (offset > memory_->size() || bytes.size() > memory_->size() - offset) {
      return ended(std::max<std::uint64_t>(offset, memory_->size()));
    }
    std::copy_n(memory_->begin() + static_cast<std::ptrdiff_t>(offset), bytes.size(), bytes.begin());
    return {};
  }
  for (std::size_t done = 0; done < bytes.size();) {
    const auto got =
        ::pread(descriptor_->number, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failure("cannot read: " + std::generic_category().message(errno), place(offset + done));
    if (got == 0) return ended(offset + done);
    done += static_cast<std::size_t>(got);
  }
  return {};
}

}  // namespace plexarium
