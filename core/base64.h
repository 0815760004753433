#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plexarium {

/// Floats as text, four bytes each from the lowest on, in the alphabet of RFC 4648 without padding: every bit is kept.
inline std::string base64(std::span<const float> numbers) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve(numbers.size() * 16 / 3 + 2);
  std::uint64_t waiting = 0;
  int bits = 0;
  for (const float number : numbers) {
    std::uint32_t word = 0;
    std::memcpy(&word, &number, sizeof word);
    waiting |= std::uint64_t{word} << bits;
    for (bits += 32; bits >= 6; bits -= 6, waiting >>= 6U) text += digits[waiting & 63U];
  }
  if (bits > 0) text += digits[waiting & 63U];
  return text;
}

/// Reads what base64 writes into as many numbers as there are; false where the text is not that.
inline bool readBase64(std::string_view text, std::span<float> numbers) {
  static constexpr auto values = [] {
    std::array<std::uint8_t, 256> table{};
    table.fill(64);
    for (std::uint8_t k = 0; k < 26; ++k) {
      table['A' + k] = k;
      table['a' + k] = static_cast<std::uint8_t>(k + 26);
    }
    for (std::uint8_t k = 0; k < 10; ++k) table['0' + k] = static_cast<std::uint8_t>(k + 52);
    table['+'] = 62;
    table['/'] = 63;
    return table;
  }();
  if (text.size() != (numbers.size() * 32 + 5) / 6) return false;
  std::uint64_t waiting = 0;
  int bits = 0;
  std::size_t read = 0;
  for (const char letter : text) {
    const auto value = values[static_cast<unsigned char>(letter)];
    if (value == 64) return false;
    waiting |= std::uint64_t{value} << bits;
    bits += 6;
    if (bits < 32 || read == numbers.size()) continue;
    const auto word = static_cast<std::uint32_t>(waiting);
    std::memcpy(&numbers[read++], &word, sizeof word);
    waiting >>= 32U;
    bits -= 32;
  }
  return true;
}

}  // namespace plexarium
