#include "core/io/json_tree.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <limits>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "core/io/json_text.h"

namespace plexarium {
namespace {

/// "line 3, column 7" of the byte with the 1-based number `position`.
std::string place(std::string_view text, std::size_t position) {
  const auto before = text.substr(0, std::min(position > 0 ? position - 1 : 0, text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const auto lineStart = before.rfind('\n');
  const auto column = lineStart == std::string_view::npos ? before.size() + 1 : before.size() - lineStart;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

/// The library's "[json.exception.parse_error.101] parse error at line 1, column 2: the reason" without its front.
std::string reason(std::string message) {
  if (const auto front = message.find("] "); front != std::string::npos) message.erase(0, front + 2);
  if (message.starts_with("parse error at ")) {
    if (const auto colon = message.find(": "); colon != std::string::npos) message.erase(0, colon + 2);
  }
  return message;
}

}  // namespace

/// Receives the parser's events (the interface nlohmann::json_sax, by name) and appends entries.
class JsonTreeBuilder {
 public:
  JsonTreeBuilder(JsonTree& tree, std::string_view text, std::string_view source)
      : tree_(tree), text_(text), source_(source) {}

  bool null() { return add(JsonTree::Kind::Null, 0); }
  bool boolean(bool value) { return add(JsonTree::Kind::Flag, value ? 1 : 0); }
  bool number_integer(std::int64_t value) { return add(JsonTree::Kind::Integer, static_cast<std::uint64_t>(value)); }
  bool number_unsigned(std::uint64_t value) { return add(JsonTree::Kind::Unsigned, value); }
  bool number_float(double value, const std::string& /*digits*/) {
    return add(JsonTree::Kind::Real, std::bit_cast<std::uint64_t>(value));
  }
  bool string(std::string& value) {
    tree_.texts_.push_back(std::move(value));
    value.clear();
    return add(JsonTree::Kind::Text, tree_.texts_.size() - 1);
  }
  bool binary(std::vector<std::uint8_t>& /*value*/) { return fail("binary data in a JSON text", {}); }
  bool start_object(std::size_t /*size*/) { return open(JsonTree::Kind::Object); }
  bool start_array(std::size_t /*size*/) { return open(JsonTree::Kind::Array); }
  bool end_array() { return close(); }

  bool key(std::string& name) {
    const auto known = keyNumbers_.try_emplace(name, static_cast<std::uint32_t>(tree_.keys_.size()));
    if (known.second) tree_.keys_.push_back(name);
    key_ = known.first->second;
    return true;
  }

  bool end_object() {
    const auto object = open_.back();
    keysHere_.clear();
    for (std::size_t child = object + 1; child < tree_.entries_.size(); child += tree_.entries_[child].extent) {
      keysHere_.push_back(tree_.entries_[child].key);
    }
    std::sort(keysHere_.begin(), keysHere_.end());
    const auto twice = std::adjacent_find(keysHere_.begin(), keysHere_.end());
    if (twice != keysHere_.end()) {
      return fail("the key '" + tree_.keys_[*twice] + "' stands twice in one object", "Remove one of the two");
    }
    return close();
  }

  bool parse_error(std::size_t position, const std::string& /*token*/, const std::exception& error) {
    const bool ended = position > text_.size() && !text_.empty();
    const std::string advice =
        ended ? "The file seems to be cut off: use an earlier copy" : "Correct the text at that place";
    error_ = Error{reason(error.what()), std::string(source_) + ", " + place(text_, position), advice};
    return false;
  }

  [[nodiscard]] Error takeError() { return std::move(error_); }

 private:
  bool fail(std::string what, std::string advice) {
    error_ = Error{std::move(what), std::string(source_), std::move(advice)};
    return false;
  }

  bool add(JsonTree::Kind kind, std::uint64_t bits) {
    if (tree_.entries_.size() >= std::numeric_limits<std::uint32_t>::max()) return fail("more than 4 billion values", {});
    if (!open_.empty()) ++tree_.entries_[open_.back()].children;
    tree_.entries_.push_back({kind, key_, 0, 1, bits});
    key_ = 0;
    return true;
  }

  bool open(JsonTree::Kind kind) {
    constexpr std::size_t deepest = 64;
    if (open_.size() >= deepest) return fail("lists and objects are nested deeper than 64", "This is not a model");
    if (!add(kind, 0)) return false;
    open_.push_back(tree_.entries_.size() - 1);
    return true;
  }

  bool close() {
    auto& entry = tree_.entries_[open_.back()];
    entry.extent = static_cast<std::uint32_t>(tree_.entries_.size() - open_.back());
    open_.pop_back();
    return true;
  }

  JsonTree& tree_;
  std::string_view text_;
  std::string_view source_;
  std::unordered_map<std::string, std::uint32_t> keyNumbers_;
  std::uint32_t key_ = 0;
  std::vector<std::size_t> open_;
  std::vector<std::uint32_t> keysHere_;
  Error error_;
};

Result<JsonTree> JsonTree::parse(std::string_view text, std::string_view source) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return failure("the file is empty", std::string(source), "Use an earlier copy");
  }
  JsonTree tree;
  JsonTreeBuilder builder(tree, text, source);
  try {
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return tl::unexpected(builder.takeError());
  } catch (const std::exception& error) {  // the library's own, or no memory
    return failure(std::string("reading failed: ") + error.what(), std::string(source));
  }
  return tree;
}

JsonTree::Kind JsonTree::Node::kind() const { return tree_->entries_[index_].kind; }

std::string_view JsonTree::Node::key() const { return tree_->keys_[tree_->entries_[index_].key]; }

bool JsonTree::Node::flag() const {
  assert(kind() == Kind::Flag);
  return tree_->entries_[index_].bits != 0;
}

double JsonTree::Node::number() const {
  const auto& entry = tree_->entries_[index_];
  switch (entry.kind) {
    case Kind::Unsigned:
      return static_cast<double>(entry.bits);
    case Kind::Integer:
      return static_cast<double>(static_cast<std::int64_t>(entry.bits));
    default:
      assert(entry.kind == Kind::Real);
      return std::bit_cast<double>(entry.bits);
  }
}

std::uint64_t JsonTree::Node::wholeNumber() const {
  assert(kind() == Kind::Unsigned);
  return tree_->entries_[index_].bits;
}

std::int64_t JsonTree::Node::integer() const {
  assert(kind() == Kind::Integer);
  return static_cast<std::int64_t>(tree_->entries_[index_].bits);
}

std::string_view JsonTree::Node::text() const {
  assert(kind() == Kind::Text);
  return tree_->texts_[tree_->entries_[index_].bits];
}

std::string_view JsonTree::Node::kindName() const {
  switch (kind()) {
    case Kind::Null:
      return "null";
    case Kind::Flag:
      return "true or false";
    case Kind::Text:
      return "a text";
    case Kind::Array:
      return "a list";
    case Kind::Object:
      return "an object";
    default:
      return "a number";
  }
}

JsonTree::Node::Children JsonTree::Node::children() const {
  return {tree_, index_ + 1, index_ + tree_->entries_[index_].extent};
}

std::size_t JsonTree::Node::childCount() const { return tree_->entries_[index_].children; }

namespace {

void append(std::string& text, JsonTree::Node node) {
  using Kind = JsonTree::Kind;
  switch (node.kind()) {
    case Kind::Null:
      text += "null";
      return;
    case Kind::Flag:
      text += node.flag() ? "true" : "false";
      return;
    case Kind::Unsigned:
      appendNumber(text, node.wholeNumber());
      return;
    case Kind::Integer:
      appendNumber(text, node.integer());
      return;
    case Kind::Real:
      appendNumber(text, node.number());
      return;
    case Kind::Text:
      appendQuoted(text, node.text());
      return;
    case Kind::Array:
    case Kind::Object:
      break;
  }
  const bool object = node.kind() == Kind::Object;
  text += object ? '{' : '[';
  bool first = true;
  for (const auto child : node.children()) {
    if (!first) text += ',';
    first = false;
    if (object) {
      appendQuoted(text, child.key());
      text += ':';
    }
    append(text, child);
  }
  text += object ? '}' : ']';
}

}  // namespace

std::string JsonTree::compact(Node node) {
  std::string text;
  append(text, node);
  return text;
}

std::string compactJson(std::string_view text) {
  const auto tree = JsonTree::parse(text, {});
  return tree ? JsonTree::compact(tree->root()) : std::string(text);
}

}  // namespace plexarium
