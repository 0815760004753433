#include "core/io/data_places.h"

#include <array>
#include <functional>
#include <span>

#include "core/io/json_text.h"
#include "core/io/json_tree.h"

namespace plexarium {
namespace {

namespace fs = std::filesystem;

using Change = std::function<fs::path(const fs::path&)>;
using Path = std::span<const std::string_view>;

constexpr std::string_view each = "*";  // Every element of a list.
constexpr std::array<std::string_view, 5> wayToPlaces = {"feeds", each, "plan", "source", "place"};

/// `node` as JsonTree::compact writes it, with the texts at the end of `way` changed.
void append(std::string& text, JsonTree::Node node, Path way, const Change& change) {
  const bool list = node.kind() == JsonTree::Kind::Array;
  if (way.empty() && node.kind() == JsonTree::Kind::Text && !node.text().starts_with(generatorPrefix))
    return appendQuoted(text, change(fs::path(node.text())).string());
  if (way.empty() || (!list && node.kind() != JsonTree::Kind::Object)) {
    text += JsonTree::compact(node);
    return;
  }
  const char open = list ? '[' : '{';
  text += open;
  for (const auto child : node.children()) {
    if (text.back() != open) text += ',';
    if (!list) {
      appendQuoted(text, child.key());
      text += ':';
    }
    if (list ? way.front() == each : way.front() == child.key()) {
      append(text, child, way.subspan(1), change);
    } else {
      text += JsonTree::compact(child);
    }
  }
  text += list ? ']' : '}';
}

std::string changed(std::string_view feed, const Change& change) {
  if (feed.empty()) return {};
  const auto tree = JsonTree::parse(feed, "feed");
  if (!tree) return std::string(feed);
  std::string text;
  append(text, tree->root(), wayToPlaces, change);
  return text;
}

/// Absolute, without "." and "..", and without a slash at its end.
fs::path plain(const fs::path& path) {
  std::error_code error;
  const auto absolute = fs::absolute(path, error);
  const auto normal = (error ? path : absolute).lexically_normal();
  return normal.has_filename() || !normal.has_relative_path() ? normal : normal.parent_path();
}

}  // namespace

std::string placesFor(std::string_view feed, const fs::path& file) {
  const auto folder = plain(file).parent_path();
  return changed(feed, [&](const fs::path& place) {
    const auto whole = plain(place);
    const auto seen = whole.lexically_relative(folder);
    return seen.empty() || *seen.begin() == ".." ? whole : seen;
  });
}

std::string placesOf(std::string_view feed, const fs::path& file) {
  const auto folder = plain(file).parent_path();
  return changed(feed, [&](const fs::path& place) { return plain(folder / place); });
}

}  // namespace plexarium
