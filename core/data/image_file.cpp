#include "core/data/image_file.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string_view>

// The decoder is compiled here alone, with nothing but what is used: two formats, from memory, bounded in size.
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#define STBI_MAX_DIMENSIONS 16384
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb/stb_image.h>
#pragma GCC diagnostic pop

namespace plexarium {
namespace {

constexpr std::size_t mostBytes = std::size_t{1} << 28U;
constexpr std::size_t mostValues = std::size_t{1} << 26U;

constexpr std::uint8_t pngMark = 0x89;  // its first byte

tl::unexpected<Error> noPicture(const std::string& source) {
  return failure("is not a PNG or JPEG picture that can be read", source, "Open it elsewhere and save it again");
}

/// A JPEG table of code lengths (after its marker and length) must not name more codes than there are bytes: the decoder
/// would write past its own tables. `tables` may be longer than what belongs to it.
bool lengthsFit(std::span<const std::uint8_t> tables) {
  constexpr std::size_t head = 17;  // which one, and how many codes of each length
  while (!tables.empty() && tables[0] >> 4U <= 1 && (tables[0] & 15U) <= 3) {
    std::size_t codes = 0;
    for (std::size_t k = 1; k < std::min(head, tables.size()); ++k) codes += tables[k];  // beyond the end there are zeros
    if (codes > 256) return false;
    tables = tables.subspan(std::min(tables.size(), head + codes));
  }
  return true;
}

/// Of a JPEG: whether every table of code lengths in it can be read safely. Up to the first scan the file is gone through
/// segment by segment; after that every place that looks like such a table counts.
bool tablesFit(std::span<const std::uint8_t> bytes) {
  constexpr std::uint8_t tables = 0xc4;
  constexpr std::uint8_t scan = 0xda;
  constexpr std::uint8_t start = 0xd8;  // has no length
  bool scanned = false;
  for (std::size_t at = 0; at + 3 < bytes.size();) {
    if (bytes[at] != 0xff) {
      ++at;
      continue;
    }
    while (at + 1 < bytes.size() && bytes[at + 1] == 0xff) ++at;
    if (at + 3 >= bytes.size()) return true;
    const auto marker = bytes[at + 1];
    const auto length = static_cast<std::size_t>(bytes[at + 2]) << 8U | bytes[at + 3];
    if (marker == tables && !lengthsFit(bytes.subspan(at + 4))) return false;
    scanned = scanned || marker == scan;
    at += scanned || marker == start ? 2 : 2 + length;
  }
  return true;
}

/// Of a PNG: whether its chunks end where the file does at the latest, and the first one of pixels holds any: the decoder
/// takes as much memory as a chunk says it needs, and none is not a place.
bool chunksFit(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t signature = 8;
  constexpr std::size_t frame = 12;  // length, name and checksum of a chunk
  bool anyPixels = false;
  for (auto rest = bytes.subspan(std::min(signature, bytes.size())); rest.size() >= frame;) {
    std::size_t length = 0;
    for (std::size_t k = 0; k < 4; ++k) length = length << 8U | rest[k];
    if (length > rest.size() - frame) return false;
    const auto is = [&](std::string_view kind) { return std::equal(kind.begin(), kind.end(), rest.begin() + 4); };
    if (is("IEND")) break;
    if (is("IDAT") && !anyPixels && length == 0) return false;
    anyPixels = anyPixels || is("IDAT");
    rest = rest.subspan(frame + length);
  }
  return anyPixels;
}

struct FreePixels {
  void operator()(stbi_uc* pixels) const { stbi_image_free(pixels); }
};

}  // namespace

Result<PictureShape> imageShape(std::span<const std::uint8_t> bytes, const std::string& source) {
  int width = 0;
  int height = 0;
  int channels = 0;
  if (bytes.size() > mostBytes) return failure("is larger than 256 MiB", source);
  const bool isJpeg = !bytes.empty() && bytes[0] == 0xff;  // more of them may follow before the start
  if (isJpeg && !tablesFit(bytes)) return noPicture(source);
  if (stbi_info_from_memory(bytes.data(), static_cast<int>(bytes.size()), &width, &height, &channels) == 0) {
    return noPicture(source);
  }
  const PictureShape shape{static_cast<std::size_t>(width), static_cast<std::size_t>(height),
                           channels >= 3 ? std::size_t{3} : std::size_t{1}};
  if (width < 1 || height < 1 || shape.values() > mostValues) {
    return failure("the picture has " + std::to_string(width) + " x " + std::to_string(height) + " pixels", source,
                   "Scale it down");
  }
  return shape;
}

Result<void> decodeImage(std::span<const std::uint8_t> bytes, const std::string& source, PictureShape shape,
                         std::span<double> values) {
  const auto now = imageShape(bytes, source);
  if (!now) return tl::unexpected(now.error());
  if (now->width != shape.width || now->height != shape.height) return failure("has changed since it was opened", source);
  if (bytes[0] == pngMark && !chunksFit(bytes)) return noPicture(source);
  int width = 0;
  int height = 0;
  int channels = 0;
  const std::unique_ptr<stbi_uc, FreePixels> pixels(stbi_load_from_memory(
      bytes.data(), static_cast<int>(bytes.size()), &width, &height, &channels, static_cast<int>(shape.channels)));
  if (!pixels) return noPicture(source);
  for (std::size_t k = 0; k < values.size(); ++k) values[k] = pixels.get()[k] / 255.0;
  return {};
}

}  // namespace plexarium
