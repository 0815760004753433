#include "core/description/field.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace plexarium {
namespace {

std::string number(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end.ptr};
}

std::string range(const Field& field) {
  const std::string unit = field.unit.empty() ? "" : " " + field.unit;
  if (std::isinf(field.minimum) && std::isinf(field.maximum)) return "any number";
  if (std::isinf(field.maximum)) return "at least " + number(field.minimum) + unit;
  if (std::isinf(field.minimum)) return "at most " + number(field.maximum) + unit;
  return "from " + number(field.minimum) + " to " + number(field.maximum) + unit;
}

std::string choiceList(const Field& field) {
  std::string list;
  for (const auto& choice : field.choices) list += (list.empty() ? "" : ", ") + choice;
  return list;
}

}  // namespace

Result<void> checkValue(const Field& field, double value, std::string_view where) {
  const auto refuse = [&](const std::string& what) {
    return failure(field.key + " " + what, std::string(where), "It may be " + range(field));
  };
  if (std::isnan(value)) return refuse("is not a number");
  if (field.unlimited && std::isinf(value) && value > 0) return {};
  if (std::isinf(value)) return refuse("is infinite");
  switch (field.type) {
    case FieldType::Choice:
      if (value != std::floor(value) || value < 0 || value >= static_cast<double>(field.choices.size())) {
        return failure(field.key + " " + number(value) + " names no choice", std::string(where),
                       "It may be " + choiceList(field));
      }
      return {};
    case FieldType::Flag:
      if (value != 0 && value != 1) return failure(field.key + " is neither yes nor no", std::string(where));
      return {};
    case FieldType::Integer:
      if (value != std::floor(value)) return refuse(number(value) + " is not a whole number");
      if (std::abs(value) > 2147483647.0) return refuse(number(value) + " is too large");
      break;
    case FieldType::Real:
    case FieldType::Single:
      break;
  }
  if (value < field.minimum) return refuse(number(value) + " is below " + number(field.minimum));
  if (value > field.maximum) return refuse(number(value) + " is above " + number(field.maximum));
  return {};
}

std::optional<std::size_t> findField(std::span<const Field> fields, std::string_view key) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.key == key; });
  if (found == fields.end()) return std::nullopt;
  return static_cast<std::size_t>(found - fields.begin());
}

std::string formatValue(const Field& field, double value) {
  if (field.unlimited && std::isinf(value)) return "unlimited";
  switch (field.type) {
    case FieldType::Choice: {
      const auto index = static_cast<std::size_t>(value);
      return value >= 0 && index < field.choices.size() ? field.choices[index] : number(value);
    }
    case FieldType::Flag:
      return value != 0 ? "yes" : "no";
    case FieldType::Single: {
      std::array<char, 32> text{};
      const auto end = std::to_chars(text.data(), text.data() + text.size(), static_cast<float>(value));
      return {text.data(), end.ptr};
    }
    case FieldType::Real:
    case FieldType::Integer:
      break;
  }
  return number(value);
}

Result<double> parseValue(const Field& field, std::string_view text, std::string_view where) {
  double value = 0;
  const auto choice = std::find(field.choices.begin(), field.choices.end(), text);
  if (field.type == FieldType::Choice && choice != field.choices.end()) {
    value = static_cast<double>(choice - field.choices.begin());
  } else if (field.type == FieldType::Choice) {
    return failure(field.key + " '" + std::string(text) + "' names no choice", std::string(where),
                   "It may be " + choiceList(field));
  } else if (field.type == FieldType::Flag && (text == "yes" || text == "true")) {
    value = 1;
  } else if (field.type == FieldType::Flag && (text == "no" || text == "false")) {
    value = 0;
  } else if (field.unlimited && text == "unlimited") {
    value = std::numeric_limits<double>::infinity();
  } else {
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc{} || end.ptr != text.data() + text.size()) {
      return failure(field.key + " '" + std::string(text) + "' is not a number", std::string(where),
                     "It may be " + range(field));
    }
  }
  if (auto checked = checkValue(field, value, where); !checked) return tl::unexpected(checked.error());
  return value;
}

std::vector<double> initialValues(std::span<const Field> fields) {
  std::vector<double> values;
  values.reserve(fields.size());
  for (const auto& field : fields) values.push_back(field.initial);
  return values;
}

}  // namespace plexarium
