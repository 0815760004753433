#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/data/byte_file.h"
#include "core/error.h"

namespace plexarium {

/// Size of a picture; its values stand row by row, the channels of a pixel beside each other. Width 0: not pictures.
struct PictureShape {
  std::size_t width = 0;
  std::size_t height = 0;
  std::size_t channels = 0;
  [[nodiscard]] std::size_t values() const { return width * height * channels; }
  friend bool operator==(const PictureShape&, const PictureShape&) = default;
};

/// Smallest and largest value of a column.
struct ValueRange {
  double minimum = 0;
  double maximum = 1;
  friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

/// What a data set holds, known as soon as it is open.
struct DatasetInfo {
  std::string name;  ///< For people: a file name or what a generator is called.
  std::size_t samples = 0;
  std::size_t inputs = 0;              ///< Values of a sample.
  PictureShape picture{};              ///< Where samples are pictures: picture.values() == inputs.
  std::vector<std::string> columns{};  ///< Names of the inputs; empty where they are pixels.
  std::vector<ValueRange> ranges{};    ///< Of each input; empty: all lie in [0, 1].
  std::vector<std::string> classes{};  ///< Names; empty where the targets are values.
  std::vector<std::string> targets{};  ///< Names of the target values; empty where there are classes.
  bool ordered = false;                ///< A sample's neighbours belong to it (a sequence): shown as they stand, not mixed.

  /// Names the classes or the target values, whichever there are.
  [[nodiscard]] const std::vector<std::string>& targetNames() const { return classes.empty() ? targets : classes; }
  [[nodiscard]] ValueRange range(std::size_t input) const { return ranges.empty() ? ValueRange{} : ranges[input]; }
};

/// Samples behind a narrow door: told about at once, read one at a time, so that a set larger than memory is as good as a
/// small one. Immutable; any number of threads may read at once.
class Dataset {
 public:
  virtual ~Dataset() = default;
  Dataset(const Dataset&) = delete;
  Dataset& operator=(const Dataset&) = delete;

  [[nodiscard]] const DatasetInfo& info() const { return info_; }
  /// Class of a sample (< samples): an index into info().classes, which must not be empty. Cheap.
  [[nodiscard]] virtual std::uint32_t label(std::size_t sample) const = 0;
  /// Fills `inputs` (info().inputs values; pixels in [0, 1], columns of a table as they stand) and, where the targets are
  /// values, `targets` (info().targets). An error where the file has changed or broken since it was opened.
  virtual Result<void> read(std::size_t sample, std::span<double> inputs, std::span<double> targets) const = 0;

 protected:
  explicit Dataset(DatasetInfo info) : info_(std::move(info)) {}
  DatasetInfo info_;
};

using DatasetPointer = std::shared_ptr<const Dataset>;

/// Samples of each class. O(samples).
std::vector<std::size_t> countClasses(const Dataset& data);

}  // namespace plexarium
