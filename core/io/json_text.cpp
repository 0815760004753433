#include "core/io/json_text.h"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>

namespace plexarium {
namespace {

template <typename T>
void append(std::string& text, T value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  text.append(digits.data(), end.ptr);
}

template <typename T>
void appendReal(std::string& text, T value) {
  assert(std::isfinite(value));
  // A JSON reader takes "-0" for the integer 0 and loses the sign.
  if (value == 0 && std::signbit(value)) {
    text += "-0.0";
  } else {
    append(text, value);
  }
}

constexpr bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U; }

}  // namespace

void appendNumber(std::string& text, double value) { appendReal(text, value); }
void appendNumber(std::string& text, float value) { appendReal(text, value); }
void appendNumber(std::string& text, std::int64_t value) { append(text, value); }
void appendNumber(std::string& text, std::uint64_t value) { append(text, value); }

std::size_t utf8Length(std::string_view text) {
  if (text.empty()) return 0;
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return 0;
  for (std::size_t k = 1; k < length; ++k) {
    if (!continues(text[k])) return 0;
  }
  const auto second = static_cast<unsigned char>(text[1]);
  // Overlong forms, surrogates and code points beyond U+10FFFF.
  if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f)) return 0;
  if ((lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f)) return 0;
  return length;
}

void appendQuoted(std::string& text, std::string_view value) {
  constexpr std::string_view hexDigits = "0123456789abcdef";
  text += '"';
  while (!value.empty()) {
    const auto length = utf8Length(value);
    const auto byte = static_cast<unsigned char>(value[0]);
    if (length == 0) {
      text += "\xef\xbf\xbd";
    } else if (byte == '"' || byte == '\\') {
      text += '\\';
      text += value[0];
    } else if (byte == '\n') {
      text += "\\n";
    } else if (byte == '\t') {
      text += "\\t";
    } else if (byte < 0x20) {
      text += "\\u00";
      text += hexDigits[byte >> 4U];
      text += hexDigits[byte & 0xfU];
    } else {
      text.append(value.substr(0, length));
    }
    value.remove_prefix(length == 0 ? 1 : length);
  }
  text += '"';
}

}  // namespace plexarium
