#include "app/cli/command.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iostream>

#include "core/io/suggestion.h"

namespace plexarium::cli {

CLI::Validator atLeast(long long minimum) {
  return CLI::Validator(
      [minimum](std::string& text) {
        double value = 0;
        if (!CLI::detail::lexical_cast(text, value)) return text + " is not a number";
        return value < static_cast<double>(minimum) ? text + " is below " + std::to_string(minimum) : std::string{};
      },
      "AT LEAST " + std::to_string(minimum));
}

namespace {

std::string screenText(const nlohmann::ordered_json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return readable(value.get<double>());
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (!value.is_object()) return value.dump();
  std::string text;
  for (const auto& [key, one] : value.items()) {
    text += (text.empty() ? "" : "; ") + key + (one.is_object() ? ": " : " ") + screenText(one);
  }
  return text;
}

}  // namespace

Report& Report::add(std::string key, std::string label, nlohmann::ordered_json value, std::string unit) {
  lines_.push_back({std::move(key), std::move(label), std::move(value), std::move(unit)});
  return *this;
}

void Report::print(bool asJson) const {
  if (asJson) {
    nlohmann::ordered_json object;
    for (const auto& line : lines_) object[line.key] = line.value;
    std::cout << object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
    return;
  }
  std::size_t width = 0;
  for (const auto& line : lines_) width = std::max(width, line.label.size());
  for (const auto& line : lines_) {
    std::cout << line.label << std::string(width - line.label.size() + 2, ' ') << screenText(line.value);
    std::cout << (line.unit.empty() ? "" : " ") << line.unit << '\n';
  }
}

std::string readable(double value) {
  std::array<char, 64> text{};
  if (std::abs(value) < 1000 || !std::isfinite(value)) {
    std::snprintf(text.data(), text.size(), "%.4g", value);
    return text.data();
  }
  std::snprintf(text.data(), text.size(), "%.0f", value);
  std::string digits = text.data();
  const std::size_t first = digits[0] == '-' ? 1 : 0;
  for (auto place = digits.size(); place > first + 3;) digits.insert(place -= 3, 1, ',');
  return digits;
}

Result<void> setValues(std::span<const Field> fields, const std::vector<std::string>& settings, const std::string& kind,
                       const std::string& option, std::vector<double>& values) {
  for (const auto& setting : settings) {
    const auto equals = setting.find('=');
    if (equals == std::string::npos) return failure("'" + setting + "' is not of the form key=value", option);
    const auto key = setting.substr(0, equals);
    const auto field = findField(fields, key);
    if (!field) {
      std::vector<std::string_view> known;
      for (const auto& one : fields) known.emplace_back(one.key);
      return failure("there is no " + kind + " '" + key + "'", option, suggestion(key, known));
    }
    const auto value = parseValue(fields[*field], setting.substr(equals + 1), option);
    if (!value) return tl::unexpected(value.error());
    values[*field] = *value;
  }
  return {};
}

Result<std::vector<double>> creationValues(const Description& description, const std::vector<std::string>& settings) {
  auto values = initialValues(description.creationFields);
  const auto kind = "creation field of " + description.key;
  return setValues(description.creationFields, settings, kind, "--set", values).map([&] { return std::move(values); });
}

}  // namespace plexarium::cli
