#include "core/data/idx.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>

namespace plexarium {
namespace {

enum class Element : std::uint8_t { Byte = 8, SignedByte = 9, Short = 11, Integer = 12, Single = 13, Real = 14 };

constexpr std::size_t maximumDimensions = 4;
constexpr std::size_t maximumClasses = 65536;

std::size_t sizeOf(Element element) {
  switch (element) {
    case Element::Byte:
    case Element::SignedByte:
      return 1;
    case Element::Short:
      return 2;
    case Element::Integer:
    case Element::Single:
      return 4;
    case Element::Real:
      return 8;
  }
  return 0;
}

template <typename T>
T bigEndian(const std::uint8_t* bytes) {
  T value = 0;
  for (std::size_t k = 0; k < sizeof(T); ++k) value = static_cast<T>((value << 8U) | bytes[k]);
  return value;
}

double valueOf(Element element, const std::uint8_t* bytes) {
  switch (element) {
    case Element::Byte:
      return bytes[0] / 255.0;
    case Element::SignedByte:
      return static_cast<std::int8_t>(bytes[0]);
    case Element::Short:
      return static_cast<std::int16_t>(static_cast<std::uint16_t>(bytes[0] << 8U | bytes[1]));
    case Element::Integer:
      return static_cast<std::int32_t>(bigEndian<std::uint32_t>(bytes));
    case Element::Single:
      return static_cast<double>(std::bit_cast<float>(bigEndian<std::uint32_t>(bytes)));
    case Element::Real:
      return std::bit_cast<double>(bigEndian<std::uint64_t>(bytes));
  }
  return 0;
}

struct Header {
  Element element = Element::Byte;
  std::vector<std::size_t> dimensions;
  std::uint64_t begin = 0;  ///< Byte of the first element.

  [[nodiscard]] std::size_t perSample() const {
    std::size_t product = 1;
    for (std::size_t k = 1; k < dimensions.size(); ++k) product *= dimensions[k];
    return product;
  }
};

std::optional<Element> elementOf(std::uint8_t byte) {
  for (const auto element :
       {Element::Byte, Element::SignedByte, Element::Short, Element::Integer, Element::Single, Element::Real}) {
    if (static_cast<std::uint8_t>(element) == byte) return element;
  }
  return std::nullopt;
}

/// The file must be exactly as long as its header says.
Result<void> checkSize(const ByteFile& file, const Header& header) {
  std::uint64_t wanted = sizeOf(header.element);
  for (const auto dimension : header.dimensions) {
    if (dimension != 0 && wanted > std::numeric_limits<std::uint64_t>::max() / 2 / dimension) {
      return failure("the sizes multiply to more than any file holds", file.place(4), "This is hardly an IDX file");
    }
    wanted *= dimension;
  }
  wanted += header.begin;
  if (file.size() == wanted) return {};
  return failure("the header promises " + std::to_string(wanted) + " bytes, but the file has " + std::to_string(file.size()),
                 file.place(std::min(file.size(), wanted)), "Fetch the file again");
}

Result<Header> readHeader(const ByteFile& file) {
  std::array<std::uint8_t, 4> magic{};
  if (auto read = file.read(0, magic); !read) return tl::unexpected(read.error());
  const auto element = elementOf(magic[2]);
  if (magic[0] != 0 || magic[1] != 0 || !element) {
    return failure("does not begin as an IDX file does", file.place(0), "Give a file such as train-images-idx3-ubyte.gz");
  }
  if (magic[3] < 1 || magic[3] > maximumDimensions) {
    return failure("has " + std::to_string(magic[3]) + " dimensions, not 1 to " + std::to_string(maximumDimensions),
                   file.place(3));
  }
  Header header{*element, {}, 4 + 4 * std::uint64_t{magic[3]}};
  for (std::uint64_t at = 4; at < header.begin; at += 4) {
    std::array<std::uint8_t, 4> size{};
    if (auto read = file.read(at, size); !read) return tl::unexpected(read.error());
    header.dimensions.push_back(bigEndian<std::uint32_t>(size.data()));
    if (header.dimensions.back() == 0) return failure("a dimension is 0", file.place(at));
  }
  if (auto right = checkSize(file, header); !right) return tl::unexpected(right.error());
  return header;
}

/// Every label, and how many classes they need.
Result<std::vector<std::uint16_t>> readLabels(const ByteFile& file, std::size_t samples) {
  const auto header = readHeader(file);
  if (!header) return tl::unexpected(header.error());
  if (header->dimensions.size() != 1 || header->element == Element::Single || header->element == Element::Real) {
    return failure("labels must be whole numbers in one dimension", file.place(2));
  }
  if (header->dimensions[0] != samples) {
    return failure(
        "there are " + std::to_string(header->dimensions[0]) + " labels for " + std::to_string(samples) + " samples",
        file.place(4), "Give the two files that belong together");
  }
  const auto width = sizeOf(header->element);
  std::vector<std::uint8_t> bytes(std::min<std::size_t>(samples, 1 << 16) * width);
  std::vector<std::uint16_t> labels;
  while (labels.size() < samples) {
    const auto part = std::min(samples - labels.size(), bytes.size() / width);
    const auto offset = header->begin + labels.size() * width;
    if (auto read = file.read(offset, std::span(bytes).first(part * width)); !read) return tl::unexpected(read.error());
    for (std::size_t k = 0; k < part; ++k) {
      const double raw = valueOf(header->element, &bytes[k * width]);
      const double label = header->element == Element::Byte ? bytes[k] : raw;
      if (label < 0 || label >= maximumClasses) {
        return failure("the label is not a number from 0 to 65535", file.place(offset + k * width));
      }
      labels.push_back(static_cast<std::uint16_t>(label));
    }
  }
  return labels;
}

class IdxDataset : public Dataset {
 public:
  IdxDataset(DatasetInfo info, ByteFile file, Header header, std::vector<std::uint16_t> labels)
      : Dataset(std::move(info)), file_(std::move(file)), header_(std::move(header)), labels_(std::move(labels)) {}

  [[nodiscard]] std::uint32_t label(std::size_t sample) const override { return labels_[sample]; }

  Result<void> read(std::size_t sample, std::span<double> inputs, std::span<double> /*targets*/) const override {
    const auto width = sizeOf(header_.element);
    std::vector<std::uint8_t> bytes(inputs.size() * width);
    const auto offset = header_.begin + sample * bytes.size();
    if (auto done = file_.read(offset, bytes); !done) return done;
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      inputs[k] = valueOf(header_.element, &bytes[k * width]);
      if (!std::isfinite(inputs[k])) return failure("the value is not finite", file_.place(offset + k * width));
    }
    return {};
  }

 private:
  ByteFile file_;
  Header header_;
  std::vector<std::uint16_t> labels_;
};

/// Smallest and largest value of all samples, for types that are not grey levels.
Result<ValueRange> rangeOf(const ByteFile& file, const Header& header, const OpeningProgress& goesOn) {
  const auto width = sizeOf(header.element);
  std::vector<std::uint8_t> bytes(width << 13U);
  ValueRange range{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  for (std::uint64_t at = header.begin; at < file.size(); at += bytes.size()) {
    if (goesOn && !goesOn(static_cast<double>(at) / static_cast<double>(file.size())))
      return failure("given up", file.name());
    const auto part = std::span(bytes).first(std::min<std::uint64_t>(bytes.size(), file.size() - at));
    if (auto read = file.read(at, part); !read) return tl::unexpected(read.error());
    for (std::size_t k = 0; k < part.size(); k += width) {
      const double value = valueOf(header.element, &part[k]);
      if (!std::isfinite(value)) return failure("the value is not finite", file.place(at + k));
      range = {std::min(range.minimum, value), std::max(range.maximum, value)};
    }
  }
  return range;
}

constexpr std::size_t largestSample = std::size_t{1} << 24U;

Result<DatasetInfo> infoOf(const ByteFile& file, const Header& header, const OpeningProgress& goesOn) {
  DatasetInfo info;
  info.name = file.name();
  info.samples = header.dimensions[0];
  info.inputs = header.perSample();
  if (info.inputs > largestSample) {
    return failure("a sample has " + std::to_string(info.inputs) + " values, more than 16 million", file.place(8));
  }
  const auto& sizes = header.dimensions;
  if (sizes.size() >= 3) info.picture = {sizes[2], sizes[1], sizes.size() == 4 ? sizes[3] : 1};
  if (header.element != Element::Byte) {
    const auto range = rangeOf(file, header, goesOn);
    if (!range) return tl::unexpected(range.error());
    info.ranges.assign(info.inputs, *range);
  }
  return info;
}

}  // namespace

Result<DatasetPointer> openIdx(const ByteFile& samples, const ByteFile& labels, const OpeningProgress& goesOn) {
  auto header = readHeader(samples);
  if (!header) return tl::unexpected(header.error());
  if (header->dimensions.size() < 2) {
    return failure("has one dimension, as labels have", samples.place(3), "Give the file of the samples, not of the labels");
  }
  auto info = infoOf(samples, *header, goesOn);
  if (!info) return tl::unexpected(info.error());
  auto classes = readLabels(labels, info->samples);
  if (!classes) return tl::unexpected(classes.error());
  const auto last = *std::ranges::max_element(*classes);
  for (std::size_t k = 0; k <= last; ++k) info->classes.push_back(std::to_string(k));
  return std::make_shared<const IdxDataset>(std::move(*info), samples, std::move(*header), std::move(*classes));
}

Result<DatasetPointer> openIdx(const std::filesystem::path& place, const ByteFile& samples, const OpeningProgress& goesOn) {
  auto name = place.filename().string();
  const auto replace = [&](std::string_view what, std::string_view with) {
    if (const auto at = name.find(what); at != std::string::npos) name.replace(at, what.size(), with);
  };
  replace("images", "labels");
  for (const auto* dimensions : {"idx2", "idx3", "idx4"}) replace(dimensions, "idx1");
  auto beside = place.parent_path() / name;
  if (!std::filesystem::exists(beside)) {  // one of the two may be packed and the other not
    beside = name.ends_with(".gz") ? beside.replace_extension() : std::filesystem::path(beside.string() + ".gz");
  }
  if (name == place.filename().string() || !std::filesystem::exists(beside)) {
    return failure("the labels are missing", place.string(),
                   "Put them beside it under the usual name: images-idx3 and labels-idx1");
  }
  auto labels = ByteFile::open(beside, goesOn);
  if (!labels) return tl::unexpected(labels.error());
  return openIdx(samples, *labels, goesOn);
}

bool looksLikeIdx(const ByteFile& file) {
  std::array<std::uint8_t, 4> magic{};
  return file.read(0, magic) && magic[0] == 0 && magic[1] == 0 && elementOf(magic[2]) && magic[3] >= 1 &&
         magic[3] <= maximumDimensions;
}

}  // namespace plexarium
