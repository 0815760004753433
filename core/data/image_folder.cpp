#include <algorithm>
#include <array>
#include <cctype>

#include "core/data/byte_file.h"
#include "core/data/image_file.h"

namespace plexarium {
namespace {

namespace fs = std::filesystem;

struct Picture {
  fs::path file;
  std::uint32_t label;
};

Result<std::vector<std::uint8_t>> bytesOf(const fs::path& path, std::uint64_t most) {
  const auto file = ByteFile::open(path);
  if (!file) return tl::unexpected(file.error());
  std::vector<std::uint8_t> bytes(std::min(file->size(), most));
  if (auto read = file->read(0, bytes); !read) return tl::unexpected(read.error());
  return bytes;
}

constexpr std::uint64_t wholeFile = std::uint64_t{1} << 28U;

/// A JPEG may have pages of notes before its size: more is read only where the beginning is not enough.
Result<PictureShape> shapeOf(const fs::path& path) {
  constexpr std::uint64_t start = 4096;
  for (const auto most : {start, wholeFile}) {
    const auto bytes = bytesOf(path, most);
    if (!bytes) return tl::unexpected(bytes.error());
    auto shape = imageShape(*bytes, path.string());
    if (shape || most == wholeFile) return shape;
  }
  return failure("cannot be read", path.string());
}

class ImageFolder : public Dataset {
 public:
  ImageFolder(DatasetInfo info, std::vector<Picture> pictures) : Dataset(std::move(info)), pictures_(std::move(pictures)) {}

  [[nodiscard]] std::uint32_t label(std::size_t sample) const override { return pictures_[sample].label; }

  Result<void> read(std::size_t sample, std::span<double> inputs, std::span<double> /*targets*/) const override {
    const auto& file = pictures_[sample].file;
    const auto bytes = bytesOf(file, wholeFile);
    if (!bytes) return tl::unexpected(bytes.error());
    return decodeImage(*bytes, file.string(), info_.picture, inputs);
  }

 private:
  std::vector<Picture> pictures_;
};

bool isPicture(const fs::path& file) {
  auto ending = file.extension().string();
  std::ranges::transform(ending, ending.begin(),
                         [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return ending == ".png" || ending == ".jpg" || ending == ".jpeg";
}

/// Sorted by name, so that nothing depends on the file system's own order.
std::vector<fs::path> entriesOf(const fs::path& folder, const std::function<bool(const fs::directory_entry&)>& wanted) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (wanted(*at)) found.push_back(at->path());
  }
  std::ranges::sort(found);
  return found;
}

/// Every picture, and the classes that have any.
Result<std::vector<Picture>> findPictures(const fs::path& folder, std::vector<std::string>& classes) {
  std::vector<Picture> pictures;
  const auto isFolder = [](const fs::directory_entry& entry) {
    std::error_code error;
    return entry.is_directory(error) && !error;
  };
  for (const auto& sub : entriesOf(folder, isFolder)) {
    const auto files = entriesOf(sub, [](const fs::directory_entry& entry) { return isPicture(entry.path()); });
    if (files.empty()) continue;
    for (const auto& file : files) pictures.push_back({file, static_cast<std::uint32_t>(classes.size())});
    classes.push_back(sub.filename().string());
  }
  if (!pictures.empty()) return pictures;
  return failure("no sub-folder holds PNG or JPEG pictures", folder.string(),
                 "Put the pictures of each class into a sub-folder");
}

}  // namespace

Result<DatasetPointer> openImageFolder(const fs::path& folder, const OpeningProgress& goesOn) {
  DatasetInfo info;
  auto pictures = findPictures(folder, info.classes);
  if (!pictures) return tl::unexpected(pictures.error());
  for (std::size_t k = 0; k < pictures->size(); ++k) {
    if (goesOn && !goesOn(static_cast<double>(k) / static_cast<double>(pictures->size()))) {
      return failure("given up", folder.string());
    }
    const auto& file = (*pictures)[k].file;
    const auto shape = shapeOf(file);
    if (!shape) return tl::unexpected(shape.error());
    if (k == 0) info.picture = *shape;
    if (shape->width != info.picture.width || shape->height != info.picture.height) {
      const auto size = [](const PictureShape& one) {
        return std::to_string(one.width) + " x " + std::to_string(one.height);
      };
      return failure("the picture has " + size(*shape) + " pixels, the first one " + size(info.picture), file.string(),
                     "Scale all pictures to one size");
    }
    info.picture.channels = std::max(info.picture.channels, shape->channels);
  }
  info.name = folder.filename().empty() ? folder.parent_path().filename().string() : folder.filename().string();
  info.samples = pictures->size();
  info.inputs = info.picture.values();
  return std::make_shared<const ImageFolder>(std::move(info), std::move(*pictures));
}

}  // namespace plexarium
