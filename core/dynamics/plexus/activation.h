#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>

// What neurons make of the weighted sum of their sources. Plain arithmetic only: the C library's functions choose their code
// by the processor and may differ in the last bit.
namespace plexarium::plexus {

/// The nearest whole number to |value| < 2^51.
constexpr double nearest(double value) {
  constexpr double shift = 0x1.8p52;
  return (value + shift) - shift;
}

/// e^x for |x| <= 700 within 1e-8 of its size. Taylor's series on half an octave, in an order that does not wait long.
constexpr double exponential(double x) {
  const double twos = nearest(x * std::numbers::log2e);
  const double rest = (x - twos * 0x1.62e42fefa3800p-1) - twos * 0x1.ef35793c76730p-45;  // ln 2 in two parts
  const double square = rest * rest;
  const double low = (1 + rest) + square * (0.5 + rest * (1.0 / 6));
  const double high = (1.0 / 24 + rest * (1.0 / 120)) + square * (1.0 / 720 + rest * (1.0 / 5040));
  return (low + square * square * high) *
         std::bit_cast<double>(static_cast<std::uint64_t>(1023 + static_cast<std::int64_t>(twos)) << 52);
}

inline constexpr int sigmoidEnd = 16;    ///< Beyond, the sigmoid stands still: a float's last bit away from 0 and 1.
inline constexpr int sigmoidSteps = 64;  ///< Places for each 1 of the argument: three terms then err by 1e-8.
inline constexpr std::uint32_t sigmoidLast = 2 * sigmoidEnd * sigmoidSteps;  ///< Of the places.

/// Taylor's series of the sigmoid about each place, in two lists: a processor finds pairs of floats without reckoning.
struct SigmoidTable {
  struct Line {
    float value, slope;
  };
  std::array<Line, sigmoidLast + 1> line;
  std::array<float, sigmoidLast + 1> curve;  ///< The term of the square.
};

constexpr auto makeSigmoidTable() {
  SigmoidTable table{};
  double x = -sigmoidEnd;
  for (std::size_t place = 0; place <= sigmoidLast; ++place, x += 1.0 / sigmoidSteps) {
    const double value = 1 / (1 + exponential(-x));
    const double slope = value * (1 - value);
    const bool still = place == 0 || place == sigmoidLast;
    table.line[place] = {static_cast<float>(value), still ? 0 : static_cast<float>(slope)};
    table.curve[place] = still ? 0 : static_cast<float>(slope * (1 - 2 * value) / 2);
  }
  return table;
}
inline constexpr auto sigmoidTable = makeSigmoidTable();

/// 1 / (1 + e^-x) within 1e-7, kept away from 0 and 1, where no error could be passed on. A fire waits for this of the fire
/// before it, so a look into a table is worth it: half as long as an exponential and a division. For the same reason nothing
/// here waits longer than it must.
inline float sigmoid(float x) {
  // Added to x, the last 16 bits of the sum are the number of the nearest place.
  constexpr float shift = 0x1.8p23F / sigmoidSteps + sigmoidEnd;
  constexpr auto first = std::bit_cast<std::uint32_t>(shift - sigmoidEnd);
  static_assert((first & 0xffffU) == 0);
  const float shifted = x + shift;
  const float rest = x - (shifted - shift);
  const auto bits = std::bit_cast<std::uint32_t>(shifted);
  std::uint32_t place = bits & 0xffffU;
  if (bits - first > sigmoidLast) [[unlikely]]  // a branch: nobody waits for a guess that is right
    place = x < 0 ? 0 : sigmoidLast;
  const auto& line = sigmoidTable.line[place];
  return (line.value + line.slope * rest) + sigmoidTable.curve[place] * (rest * rest);
}

/// |sin x| for 0 <= x < 2^51, within 1e-9 where x is below 1e5.
inline double absoluteSine(double x) {
  const double halfTurns = nearest(x * std::numbers::inv_pi);
  const double rest = (x - halfTurns * 0x1.921fb54400000p+1) - halfTurns * 0x1.0b4611a626331p-33;  // pi in two parts
  const double square = rest * rest;
  const double fourth = square * square;
  const double low = (1 - square * (1.0 / 6)) + fourth * (1.0 / 120 - square * (1.0 / 5040));
  const double high =
      (1.0 / 362880 - square * (1.0 / 39916800)) + fourth * (1.0 / 6227020800.0 - square * (1.0 / 1307674368000.0));
  const double sum = low + fourth * fourth * high;
  return std::min(1.0, std::abs(rest * sum));
}

/// To so many decimals, halves away from zero. `scale` is 10 to the power of the decimals.
inline double rounded(double value, double scale) {
  const double size = static_cast<double>(static_cast<std::int64_t>(std::abs(value) * scale + 0.5)) / scale;
  return value < 0 ? -size : size;
}

}  // namespace plexarium::plexus
