#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/data/dataset.h"

namespace plexarium {

/// How a value becomes what neurons are given.
enum class InputCode : std::uint8_t {
  AsIs,         ///< The value itself.
  Unit,         ///< Scaled from the column's range to [0, 1].
  Levels,       ///< One of `levels` grey levels of the range: the neuron of that level gets 1, the others 0.
  Thermometer,  ///< As Levels, but every level from 1 up to the value's gets 1; level 0 alone where the value is in the
                ///< lowest.
  Symbol,  ///< The value is a whole number: the neuron of that symbol gets 1 (a column has maximum - minimum + 1 of them).
};

struct InputCoding {
  InputCode code = InputCode::AsIs;
  std::size_t levels = 4;  ///< Levels, Thermometer: 2 to 256.
  friend bool operator==(const InputCoding&, const InputCoding&) = default;
};

/// Names in documents and on the command line, in order of InputCode.
std::span<const std::string> inputCodeNames();

/// Turns chosen columns of a sample into values for neurons, column after column. Value type.
class InputEncoder {
 public:
  /// `columns` empty: all. Errors: a column that is not there, levels out of range, symbols that are not whole numbers or
  /// more than 65,536.
  static Result<InputEncoder> create(const DatasetInfo& info, InputCoding coding, std::vector<std::size_t> columns);

  /// Values that neurons are given.
  [[nodiscard]] std::size_t width() const { return width_; }
  /// The input column that each of the width() values comes from.
  [[nodiscard]] std::vector<std::size_t> sources() const;
  /// `inputs`: a whole sample; `out`: width() values.
  void encode(std::span<const double> inputs, std::span<double> out) const;

 private:
  struct Column {
    std::size_t index;
    ValueRange range;
    std::size_t width;
  };
  InputCoding coding_;
  std::vector<Column> columns_;
  std::size_t width_ = 0;
};

/// Stands for "wanted to be silent" among the targets of an output group.
inline constexpr std::size_t noTarget = static_cast<std::size_t>(-1);

/// What is wanted of output neurons, and what they say: one neuron for each class or target value, or a single neuron that
/// tells the second class (1) from the first (0). Value type.
class TargetEncoder {
 public:
  /// `columns[k]` is the class or target value that neuron k stands for, or noTarget (its target is always 0); empty: all in
  /// order. `neurons` must fit.
  static Result<TargetEncoder> create(const DatasetInfo& info, std::vector<std::size_t> columns, std::size_t neurons);

  [[nodiscard]] std::size_t width() const { return columns_.size(); }
  [[nodiscard]] std::size_t classCount() const { return classes_; }
  /// What each neuron stands for: a class or target value, or noTarget.
  [[nodiscard]] const std::vector<std::size_t>& columns() const { return columns_; }
  /// `label` where there are classes, `targets` where there are values; `out`: width() values.
  void encode(std::uint32_t label, std::span<const double> targets, std::span<double> out) const;
  /// The class that the outputs name: of the greatest (the first of equals); with a single neuron, the second from 0.5 on.
  /// Where there are classes only.
  [[nodiscard]] std::uint32_t decide(std::span<const double> outputs) const;
  /// How far the decision stands above the next best, in units of the outputs; a single neuron: distance from 0.5, doubled.
  [[nodiscard]] double dominance(std::span<const double> outputs) const;

 private:
  std::vector<std::size_t> columns_;
  std::size_t classes_ = 0;
  bool single_ = false;
};

}  // namespace plexarium
