#include "core/io/field_json.h"

#include <bit>
#include <cassert>
#include <cmath>
#include <limits>
#include <optional>

#include "core/io/json_text.h"

namespace plexarium {
namespace {

/// JSON has no numbers for what a state that ran away may hold; four words stand for them: inf, -inf, nan, -nan.
void appendState(std::string& text, auto value) {
  if (std::isfinite(value)) return appendNumber(text, value);
  text += std::signbit(value) ? "\"-" : "\"";
  text += std::isnan(value) ? "nan\"" : "inf\"";
}

/// What the writer writes for a state that is no finite number.
std::optional<double> stateCalled(std::string_view word) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  for (const auto& [name, value] :
       {std::pair("inf", infinity), std::pair("-inf", -infinity), std::pair("nan", nan), std::pair("-nan", -nan)}) {
    if (word == name) return value;
  }
  return std::nullopt;
}

}  // namespace

void appendKey(std::string& text, std::string_view key) {
  appendQuoted(text, key);
  text += ':';
}

void appendValue(std::string& text, const Field& field, double value) {
  if (field.unlimited && std::isinf(value)) {
    text += "null";
    return;
  }
  switch (field.type) {
    case FieldType::Real:
      return appendState(text, value);
    case FieldType::Single:
      return appendState(text, static_cast<float>(value));
    case FieldType::Integer:
      return appendNumber(text, static_cast<std::int64_t>(value));
    case FieldType::Flag:
      text += value != 0 ? "true" : "false";
      return;
    case FieldType::Choice:
      assert(value >= 0 && value < static_cast<double>(field.choices.size()));
      return appendQuoted(text, field.choices[static_cast<std::size_t>(value)]);
  }
}

bool isInitial(const Field& field, double value) {
  const double initial = field.type == FieldType::Single ? static_cast<float>(field.initial) : field.initial;
  return std::bit_cast<std::uint64_t>(initial) == std::bit_cast<std::uint64_t>(value);
}

namespace json {

Result<double> fieldValue(const Field& field, Node node) {
  double value = 0;
  if (node.kind() == Kind::Null && field.unlimited) {
    value = std::numeric_limits<double>::infinity();
  } else if (field.type == FieldType::Choice) {
    if (node.kind() != Kind::Text) return wrongKind(node, "the name of a choice", {});
    return parseValue(field, node.text());
  } else if (field.type == FieldType::Flag) {
    if (node.kind() != Kind::Flag) return wrongKind(node, "true or false", {});
    value = node.flag() ? 1 : 0;
  } else if (node.kind() == Kind::Text && field.evolves && field.type != FieldType::Integer) {
    const auto state = stateCalled(node.text());
    return state ? Result<double>(*state) : wrongKind(node, "a number", {});
  } else {
    if (!node.isNumber()) return wrongKind(node, "a number", {});
    value = node.number();
  }
  if (auto checked = checkValue(field, value); !checked) return tl::unexpected(checked.error());
  return value;
}

}  // namespace json

}  // namespace plexarium
