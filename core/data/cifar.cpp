#include "core/data/cifar.h"

#include <algorithm>
#include <array>

namespace plexarium {
namespace {

constexpr std::size_t side = 32;
constexpr std::size_t plane = side * side;
constexpr std::array<const char*, 10> names = {"airplane", "automobile", "bird",  "cat",  "deer",
                                               "dog",      "frog",       "horse", "ship", "truck"};

class CifarDataset : public Dataset {
 public:
  CifarDataset(DatasetInfo info, std::vector<ByteFile> files, std::vector<std::uint8_t> labels)
      : Dataset(std::move(info)), files_(std::move(files)), labels_(std::move(labels)) {}

  [[nodiscard]] std::uint32_t label(std::size_t sample) const override { return labels_[sample]; }

  Result<void> read(std::size_t sample, std::span<double> inputs, std::span<double> /*targets*/) const override {
    const auto* file = files_.data();
    for (; sample >= file->size() / cifarRecord; ++file) sample -= file->size() / cifarRecord;
    std::array<std::uint8_t, 3 * plane> bytes{};
    if (auto done = file->read(sample * cifarRecord + 1, bytes); !done) return done;
    for (std::size_t pixel = 0; pixel < plane; ++pixel) {
      for (std::size_t channel = 0; channel < 3; ++channel) {
        inputs[3 * pixel + channel] = bytes[channel * plane + pixel] / 255.0;
      }
    }
    return {};
  }

 private:
  std::vector<ByteFile> files_;
  std::vector<std::uint8_t> labels_;
};

Result<void> readLabels(const ByteFile& file, std::vector<std::uint8_t>& labels, const OpeningProgress& goesOn) {
  constexpr std::size_t recordsAtOnce = 128;
  if (file.size() == 0 || file.size() % cifarRecord != 0) {
    return failure("records are 3073 bytes long, and the file ends within one", file.place(file.size()),
                   "Fetch the file again, or see whether it is CIFAR-10's binary version");
  }
  std::vector<std::uint8_t> bytes(recordsAtOnce * cifarRecord);
  for (std::uint64_t at = 0; at < file.size(); at += bytes.size()) {
    if (goesOn && !goesOn(static_cast<double>(at) / static_cast<double>(file.size())))
      return failure("given up", file.name());
    const auto part = std::span(bytes).first(std::min<std::uint64_t>(bytes.size(), file.size() - at));
    if (auto read = file.read(at, part); !read) return read;
    for (std::size_t k = 0; k < part.size(); k += cifarRecord) {
      if (part[k] >= names.size()) {
        return failure("the label " + std::to_string(part[k]) + " is above 9", file.place(at + k),
                       "See whether it is CIFAR-10's binary version");
      }
      labels.push_back(part[k]);
    }
  }
  return {};
}

}  // namespace

Result<DatasetPointer> openCifar(std::vector<ByteFile> files, const OpeningProgress& goesOn) {
  std::vector<std::uint8_t> labels;
  for (const auto& file : files) {
    if (auto read = readLabels(file, labels, goesOn); !read) return tl::unexpected(read.error());
  }
  if (labels.empty()) return failure("there are no records");
  DatasetInfo info;
  info.name = files.front().name();
  info.samples = labels.size();
  info.inputs = 3 * plane;
  info.picture = {side, side, 3};
  std::array<std::uint8_t, names.size()> classOf{};
  for (std::size_t label = 0; label < names.size(); ++label) {
    if (std::ranges::find(labels, label) == labels.end()) continue;
    classOf[label] = static_cast<std::uint8_t>(info.classes.size());
    info.classes.emplace_back(names[label]);
  }
  for (auto& label : labels) label = classOf[label];
  return std::make_shared<const CifarDataset>(std::move(info), std::move(files), std::move(labels));
}

}  // namespace plexarium
