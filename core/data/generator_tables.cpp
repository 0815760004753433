#include <algorithm>
#include <array>

#include "core/data/generator_parts.h"

namespace plexarium::generated {
namespace {

std::size_t whole(double value) { return static_cast<std::size_t>(value); }

bool isPrime(std::size_t number) {
  if (number < 2) return false;
  for (std::size_t divisor = 2; divisor * divisor <= number; ++divisor) {
    if (number % divisor == 0) return false;
  }
  return true;
}

struct Place {
  double x;
  double y;
};

/// Points in the unit square around two curves, class by class in turn. `curve(label, t)` with t in [0, 1).
template <typename Curve>
DatasetPointer pointsAround(const Generator& generator, double samples, double noise, std::uint64_t seed,
                            std::vector<std::string> classes, Curve curve) {
  auto info = infoOf(generator, samples, 2, std::move(classes));
  info.columns = {"x", "y"};
  const auto label = [](std::size_t sample) { return static_cast<std::uint32_t>(sample % 2); };
  const RandomStream draws(seed, Draws);
  const RandomStream scatter(seed, Noise);
  return std::make_shared<const Formula>(std::move(info), label, [=](std::size_t sample, std::span<double> inputs) {
    const Place place = curve(label(sample), draws.uniform(sample));
    inputs[0] = std::clamp(place.x + noise * normal(scatter, sample, 0), 0.0, 1.0);
    inputs[1] = std::clamp(place.y + noise * normal(scatter, sample, 1), 0.0, 1.0);
  });
}

}  // namespace

/// Source: the article's example of binary classification: low U(0, 0.4), high U(0.6, 1), in turn.
DatasetPointer makeHalves(const Generator& generator, std::span<const double> values, std::uint64_t seed) {
  const RandomStream draws(seed, Draws);
  const auto label = [](std::size_t sample) { return static_cast<std::uint32_t>((sample + 1) % 2); };
  return std::make_shared<const Formula>(infoOf(generator, values[1], whole(values[0]), {"high", "low"}), label,
                                         [=](std::size_t sample, std::span<double> inputs) {
                                           for (std::uint32_t k = 0; k < inputs.size(); ++k) {
                                             inputs[k] = 0.4 * draws.uniform(sample, k) + (label(sample) == 0 ? 0.6 : 0);
                                           }
                                         });
}

DatasetPointer makePrimes(const Generator& generator, std::span<const double> values, std::uint64_t /*seed*/) {
  return std::make_shared<const Formula>(
      infoOf(generator, values[0], whole(values[0]), {"no", "prime"}),
      [](std::size_t sample) { return isPrime(sample) ? 1U : 0U; },
      [](std::size_t sample, std::span<double> inputs) {
        std::ranges::fill(inputs, 0.0);
        inputs[sample] = 1;
      });
}

DatasetPointer makeSequence(const Generator& generator, std::span<const double> values, std::uint64_t /*seed*/) {
  auto info = infoOf(generator, values[0], 4, {"not yet", "eighth"});
  info.ordered = true;
  return std::make_shared<const Formula>(
      std::move(info), [](std::size_t sample) { return sample % 8 == 7 ? 1U : 0U; },
      [](std::size_t sample, std::span<double> inputs) {
        std::ranges::fill(inputs, 0.0);
        inputs[sample % 4] = 1;
      });
}

DatasetPointer makeXor(const Generator& generator, std::span<const double> values, std::uint64_t seed) {
  auto info = infoOf(generator, values[1], 2, {"same", "different"});
  info.columns = {"a", "b"};
  const RandomStream scatter(seed, Noise);
  const double noise = values[0];
  return std::make_shared<const Formula>(
      std::move(info), [](std::size_t sample) { return static_cast<std::uint32_t>((sample ^ sample / 2) & 1U); },
      [=](std::size_t sample, std::span<double> inputs) {
        inputs[0] = static_cast<double>(sample & 1U) + noise * normal(scatter, sample, 0);
        inputs[1] = static_cast<double>(sample / 2 & 1U) + noise * normal(scatter, sample, 1);
      });
}

DatasetPointer makeMoons(const Generator& generator, std::span<const double> values, std::uint64_t seed) {
  return pointsAround(generator, values[1], values[0], seed, {"upper", "lower"}, [](std::uint32_t label, double t) {
    const double angle = std::numbers::pi * t;
    const Place upper{std::cos(angle), std::sin(angle)};
    const Place place = label == 0 ? upper : Place{1 - upper.x, 0.5 - upper.y};
    return Place{0.1 + 0.8 * (place.x + 1) / 3, 0.3 + 0.8 * (place.y + 0.5) / 3};  // both lie in [-1, 2] x [-0.5, 1]
  });
}

DatasetPointer makeSpirals(const Generator& generator, std::span<const double> values, std::uint64_t seed) {
  const double turns = values[1];
  return pointsAround(generator, values[2], values[0], seed, {"one", "other"}, [turns](std::uint32_t label, double t) {
    const double along = std::sqrt(t);  // as many points per length far out as near the middle
    const double angle = 2 * std::numbers::pi * turns * along + std::numbers::pi * label;
    const double radius = 0.05 + 0.4 * along;
    return Place{0.5 + radius * std::cos(angle), 0.5 + radius * std::sin(angle)};
  });
}

DatasetPointer makeCircles(const Generator& generator, std::span<const double> values, std::uint64_t seed) {
  return pointsAround(generator, values[1], values[0], seed, {"inner", "outer"}, [](std::uint32_t label, double t) {
    const double angle = 2 * std::numbers::pi * t;
    const double radius = label == 0 ? 0.2 : 0.4;
    return Place{0.5 + radius * std::cos(angle), 0.5 + radius * std::sin(angle)};
  });
}

DatasetPointer makeSymbols(const Generator& generator, std::span<const double> values, std::uint64_t seed) {
  const auto count = static_cast<std::uint32_t>(values[0]);
  std::vector<std::string> classes;
  for (std::uint32_t k = 0; k < count; ++k) classes.push_back(std::to_string(k));
  auto info = infoOf(generator, values[1], 1, std::move(classes));
  info.columns = {"symbol"};
  info.ranges = {{0, static_cast<double>(count - 1)}};
  info.ordered = true;
  const RandomStream draws(seed, Draws);
  const auto symbol = [=](std::size_t sample) { return draws.below(count, sample); };
  return std::make_shared<const Formula>(std::move(info), symbol,
                                         [=](std::size_t sample, std::span<double> inputs) { inputs[0] = symbol(sample); });
}

/// The class says in which half of the range the first value lies.
DatasetPointer makeUniform(const Generator& generator, std::span<const double> values, std::uint64_t seed) {
  const auto [lowest, highest] = std::minmax(values[1], values[2]);
  auto info = infoOf(generator, values[3], whole(values[0]), {"lower", "upper"});
  info.ranges.assign(info.inputs, {lowest, highest});
  info.ordered = true;
  const auto value = [low = lowest, width = highest - lowest, draws = RandomStream(seed, Draws)](
                         std::size_t sample, std::uint32_t input) { return low + width * draws.uniform(sample, input); };
  return std::make_shared<const Formula>(
      std::move(info),
      [value, middle = (lowest + highest) / 2](std::size_t sample) { return value(sample, 0) < middle ? 0U : 1U; },
      [value](std::size_t sample, std::span<double> inputs) {
        for (std::uint32_t k = 0; k < inputs.size(); ++k) inputs[k] = value(sample, k);
      });
}

/// Source: the counting task of Lazar, Pipa, Triesch, Frontiers in Computational Neuroscience 2009.
DatasetPointer makeWords(const Generator& generator, std::span<const double> values, std::uint64_t seed) {
  const std::size_t length = whole(values[0]) + 2;
  const std::size_t copies = whole(values[1]);
  auto info = infoOf(generator, values[2], 6 * copies, {"a", "b", "c", "d", "e", "f"});
  info.ordered = true;
  const auto letter = [=, draws = RandomStream(seed, Draws)](std::size_t sample) {
    const std::size_t place = sample % length;
    const std::uint32_t part = place == 0 ? 0 : place + 1 < length ? 1 : 2;
    return part + 3 * draws.below(2, sample / length);
  };
  return std::make_shared<const Formula>(
      std::move(info), [letter](std::size_t sample) { return letter(sample + 1); },
      [letter, copies](std::size_t sample, std::span<double> inputs) {
        std::ranges::fill(inputs, 0.0);
        std::ranges::fill(inputs.subspan(letter(sample) * copies, copies), 1.0);
      });
}

}  // namespace plexarium::generated
