#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plexarium {

/// Appends the shortest decimal that reads back as the same bits, as JSON: "12", "0.1", "-0.0". Finite values only
/// (asserted).
void appendNumber(std::string& text, double value);
/// The same for a value that is stored as a float: "0.1", not "0.10000000149011612".
void appendNumber(std::string& text, float value);
void appendNumber(std::string& text, std::int64_t value);
void appendNumber(std::string& text, std::uint64_t value);

/// Appends `value` as a quoted JSON string. Bytes that are not UTF-8 become U+FFFD, so that the document can be read again.
void appendQuoted(std::string& text, std::string_view value);

/// Length in bytes of the valid UTF-8 character at the start of `text`; 0 where there is none.
std::size_t utf8Length(std::string_view text);

}  // namespace plexarium
