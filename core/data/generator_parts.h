#pragma once

#include <cmath>
#include <functional>
#include <memory>
#include <numbers>
#include <utility>

#include "core/data/generator.h"
#include "core/random.h"

// Private to the files that make data: generator.cpp (the list), generator_tables.cpp and generator_digits.cpp.
namespace plexarium::generated {

enum Stream : std::uint32_t { Draws = 0x67656e31, Noise = 0x67656e32 };

/// A generator's data: two formulas over the number of the sample.
class Formula : public Dataset {
 public:
  using Label = std::function<std::uint32_t(std::size_t sample)>;
  using Fill = std::function<void(std::size_t sample, std::span<double> inputs)>;
  Formula(DatasetInfo info, Label label, Fill fill)
      : Dataset(std::move(info)), label_(std::move(label)), fill_(std::move(fill)) {}

  [[nodiscard]] std::uint32_t label(std::size_t sample) const override { return label_(sample); }
  Result<void> read(std::size_t sample, std::span<double> inputs, std::span<double> /*targets*/) const override {
    fill_(sample, inputs);
    return {};
  }

 private:
  Label label_;
  Fill fill_;
};

/// Normal with mean 0 and deviation 1 from draws 2 `pair` and 2 `pair` + 1. Source: G. Box, M. Muller, 1958.
inline double normal(const RandomStream& random, std::uint64_t index, std::uint32_t pair) {
  const double radius = std::sqrt(-2 * std::log(1 - random.uniform(index, 2 * pair)));
  return radius * std::cos(2 * std::numbers::pi * random.uniform(index, 2 * pair + 1));
}

/// Begins the description of a data set of a generator.
inline DatasetInfo infoOf(const Generator& generator, double samples, std::size_t inputs, std::vector<std::string> classes) {
  DatasetInfo info;
  info.name = generator.label;
  info.samples = static_cast<std::size_t>(samples);
  info.inputs = inputs;
  info.classes = std::move(classes);
  return info;
}

/// How many samples there are; the data is not stored, so many cost nothing.
inline Field sampleCount(double initial) {
  return {"samples", "Samples", "", "How many different samples there are.", FieldType::Integer, 1, 2147483647, initial};
}

DatasetPointer makeHalves(const Generator& generator, std::span<const double> values, std::uint64_t seed);
DatasetPointer makePrimes(const Generator& generator, std::span<const double> values, std::uint64_t seed);
DatasetPointer makeSequence(const Generator& generator, std::span<const double> values, std::uint64_t seed);
DatasetPointer makeXor(const Generator& generator, std::span<const double> values, std::uint64_t seed);
DatasetPointer makeMoons(const Generator& generator, std::span<const double> values, std::uint64_t seed);
DatasetPointer makeSpirals(const Generator& generator, std::span<const double> values, std::uint64_t seed);
DatasetPointer makeCircles(const Generator& generator, std::span<const double> values, std::uint64_t seed);
DatasetPointer makeSymbols(const Generator& generator, std::span<const double> values, std::uint64_t seed);
DatasetPointer makeUniform(const Generator& generator, std::span<const double> values, std::uint64_t seed);
DatasetPointer makeWords(const Generator& generator, std::span<const double> values, std::uint64_t seed);
DatasetPointer makeDigits(const Generator& generator, std::span<const double> values, std::uint64_t seed);

}  // namespace plexarium::generated
