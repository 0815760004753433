#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <numbers>

// Plain arithmetic only: the C library's functions choose their code by the processor and may differ in the last bit.
namespace plexarium {

/// 1 / n for the series below.
inline constexpr auto inverses = [] {
  std::array<double, 25> table{};
  for (std::size_t n = 1; n < table.size(); ++n) table[n] = 1.0 / static_cast<double>(n);
  return table;
}();

/// e^x within 1e-15 of its size; beyond +-700 as at 700. Taylor's series on half an octave.
constexpr double exponential(double x) {
  x = x < -700 ? -700 : x > 700 ? 700 : x;
  constexpr double shift = 0x1.8p52;
  const double twos = (x * std::numbers::log2e + shift) - shift;
  const double rest = (x - twos * 0x1.62e42fefa3800p-1) - twos * 0x1.ef35793c76730p-45;  // ln 2 in two parts
  double sum = 1;
  for (std::size_t n = 14; n > 0; --n) sum = 1 + sum * rest * inverses[n];
  return sum * std::bit_cast<double>(static_cast<std::uint64_t>(1023 + static_cast<std::int64_t>(twos)) << 52);
}

/// ln x for normal x > 0, within 1e-15 of max(1, |ln x|). The series of artanh on half an octave.
constexpr double logarithm(double x) {
  assert(x >= 0x1p-1022);
  const auto bits = std::bit_cast<std::uint64_t>(x);
  auto twos = static_cast<double>(static_cast<std::int64_t>(bits >> 52) - 1023);
  double part = std::bit_cast<double>((bits & 0x000fffffffffffffU) | 0x3ff0000000000000U);
  if (part > std::numbers::sqrt2) {
    part /= 2;
    twos += 1;
  }
  const double s = (part - 1) / (part + 1);
  const double square = s * s;
  double sum = 0;
  for (std::size_t n = 25; n > 1; n -= 2) sum = sum * square + inverses[n - 2];
  return twos * 0x1.62e42fefa3800p-1 + (2 * s * sum + twos * 0x1.ef35793c76730p-45);
}

}  // namespace plexarium
