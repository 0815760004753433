#include <algorithm>
#include <array>

#include "core/data/source.h"
#include "core/io/json_text.h"

namespace plexarium {
namespace {

constexpr std::array<std::pair<const char*, char>, 3> separators = {{{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}}};

void appendNames(std::string& text, std::string_view key, const std::vector<std::string>& names) {
  if (names.empty()) return;
  text += ",\"" + std::string(key) + "\":[";
  for (const auto& name : names) {
    if (text.back() != '[') text += ',';
    appendQuoted(text, name);
  }
  text += ']';
}

void appendFlag(std::string& text, std::string_view key, const std::optional<bool>& flag) {
  if (flag) text += ",\"" + std::string(key) + "\":" + (*flag ? "true" : "false");
}

Result<std::vector<std::string>> readNames(json::Node node, const std::string& place) {
  if (node.kind() != json::Kind::Array) return json::wrongKind(node, "a list", place);
  std::vector<std::string> names;
  for (const auto child : node.children()) {
    if (child.kind() != json::Kind::Text) return json::wrongKind(child, "a text", json::element(place, names.size()));
    names.emplace_back(child.text());
  }
  return names;
}

Result<std::optional<bool>> readFlag(json::Node object, std::string_view key, std::string_view place) {
  const auto node = json::find(object, key);
  if (!node) return std::nullopt;
  if (node->kind() != json::Kind::Flag) return json::wrongKind(*node, "true or false", json::member(place, key));
  return node->flag();
}

Result<void> readSettings(json::Node node, const std::string& place, DataSource& source) {
  if (auto object = json::requireObject(node, place); !object) return object;
  for (const auto child : node.children()) {
    if (!child.isNumber()) return json::wrongKind(child, "a number", json::member(place, child.key()));
    source.settings.emplace_back(child.key(), child.number());
  }
  return {};
}

Result<void> readSeparator(json::Node node, const std::string& place, CsvChoice& choice) {
  if (node.kind() != json::Kind::Text) return json::wrongKind(node, "a text", place);
  const auto found = std::ranges::find(separators, node.text(), [](const auto& one) { return std::string_view(one.first); });
  if (found == separators.end()) return failure("is not comma, semicolon or tab", place);
  choice.separator = found->second;
  return {};
}

Result<void> readKind(json::Node node, const std::string& place, CsvChoice& choice) {
  if (node.kind() != json::Kind::Text) return json::wrongKind(node, "a text", place);
  if (node.text() != "classes" && node.text() != "values") return failure("is neither classes nor values", place);
  choice.kind = node.text() == "classes" ? TargetKind::Classes : TargetKind::Values;
  return {};
}

Result<CsvChoice> readChoice(json::Node object, std::string_view place) {
  CsvChoice choice;
  for (const auto child : object.children()) {
    const auto where = json::member(place, child.key());
    Result<void> done;
    if (child.key() == "separator") done = readSeparator(child, where, choice);
    if (child.key() == "target_kind") done = readKind(child, where, choice);
    if (!done) return tl::unexpected(done.error());
    if (child.key() != "inputs" && child.key() != "targets") continue;
    auto names = readNames(child, where);
    if (!names) return tl::unexpected(names.error());
    (child.key() == "inputs" ? choice.inputs : choice.targets) = std::move(*names);
  }
  for (const auto& [key, flag] : {std::pair("decimal_comma", &choice.decimalComma), std::pair("header", &choice.header)}) {
    auto read = readFlag(object, key, place);
    if (!read) return tl::unexpected(read.error());
    *flag = *read;
  }
  return choice;
}

}  // namespace

std::string writeSource(const DataSource& source) {
  std::string text = "{\"place\":";
  appendQuoted(text, source.place);
  if (!source.settings.empty()) {
    text += ",\"settings\":{";
    for (const auto& [key, value] : source.settings) {
      if (text.back() != '{') text += ',';
      appendQuoted(text, key);
      text += ':';
      appendNumber(text, value);
    }
    text += '}';
  }
  if (source.seed != 1) {
    text += ",\"seed\":";
    appendNumber(text, source.seed);
  }
  const auto& csv = source.csv;
  if (csv.separator) {
    const auto found = std::ranges::find(separators, *csv.separator, [](const auto& one) { return one.second; });
    text += std::string(",\"separator\":\"") + (found == separators.end() ? "comma" : found->first) + '"';
  }
  appendFlag(text, "decimal_comma", csv.decimalComma);
  appendFlag(text, "header", csv.header);
  appendNames(text, "inputs", csv.inputs);
  appendNames(text, "targets", csv.targets);
  if (csv.kind) text += std::string(",\"target_kind\":\"") + (*csv.kind == TargetKind::Classes ? "classes" : "values") + '"';
  return text + '}';
}

Result<DataSource> readSource(json::Node node, std::string_view place) {
  if (auto object = json::requireObject(node, place); !object) return tl::unexpected(object.error());
  const json::Keys known = {"place",  "settings", "seed",    "separator",  "decimal_comma",
                            "header", "inputs",   "targets", "target_kind"};
  if (auto only = json::allowOnly(node, known, place); !only) return tl::unexpected(only.error());
  DataSource source;
  const auto where = json::require(node, "place", json::Kind::Text, "a text", place);
  if (!where) return tl::unexpected(where.error());
  source.place = where->text();
  if (const auto settings = json::find(node, "settings")) {
    if (auto read = readSettings(*settings, json::member(place, "settings"), source); !read)
      return tl::unexpected(read.error());
  }
  if (const auto seed = json::find(node, "seed")) {
    const auto read = json::wholeNumber(*seed, 0, std::numeric_limits<std::uint64_t>::max(), json::member(place, "seed"));
    if (!read) return tl::unexpected(read.error());
    source.seed = *read;
  }
  auto csv = readChoice(node, place);
  if (!csv) return tl::unexpected(csv.error());
  source.csv = std::move(*csv);
  return source;
}

}  // namespace plexarium
