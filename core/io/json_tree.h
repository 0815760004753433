#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace plexarium {

/// A JSON text as one flat list of nodes in order of appearance: 24 bytes a value, no allocation per value, so that a
/// million rows of links cost memory in proportion to the text. Value type; read-only once parsed.
class JsonTree {
 public:
  enum class Kind : std::uint8_t { Null, Flag, Unsigned, Integer, Real, Text, Array, Object };

  /// One value of a tree that outlives it.
  class Node {
   public:
    [[nodiscard]] Kind kind() const;
    /// The name under which the value stands in its object; empty elsewhere.
    [[nodiscard]] std::string_view key() const;
    [[nodiscard]] bool isNumber() const {
      return kind() == Kind::Unsigned || kind() == Kind::Integer || kind() == Kind::Real;
    }
    [[nodiscard]] bool flag() const;                  ///< Flag only.
    [[nodiscard]] double number() const;              ///< Numbers only; nearest double.
    [[nodiscard]] std::uint64_t wholeNumber() const;  ///< Unsigned only; exact.
    [[nodiscard]] std::int64_t integer() const;       ///< Integer only (below 0); exact.
    [[nodiscard]] std::string_view text() const;      ///< Text only.
    /// "a number", "a list", ... for messages.
    [[nodiscard]] std::string_view kindName() const;

    /// Values of an array or object, in order. Empty for anything else.
    class Children;
    [[nodiscard]] Children children() const;
    [[nodiscard]] std::size_t childCount() const;

   private:
    friend class JsonTree;
    Node(const JsonTree* tree, std::size_t index) : tree_(tree), index_(index) {}
    const JsonTree* tree_;
    std::size_t index_;
  };

  /// The only value that stands outside any other.
  [[nodiscard]] Node root() const { return {this, 0}; }

  /// Any text gives a tree or an error with line and column. Refused: everything that is not JSON in UTF-8, numbers beyond a
  /// double, nesting deeper than 64, and an object that says the same key twice.
  static Result<JsonTree> parse(std::string_view text, std::string_view source);

  /// The value as JSON without spaces; numbers in shortest exact form.
  static std::string compact(Node node);

 private:
  friend class JsonTreeBuilder;
  struct Entry {
    Kind kind = Kind::Null;
    std::uint32_t key = 0;       ///< Index into keys_; 0: none.
    std::uint32_t children = 0;  ///< Array, Object.
    std::uint32_t extent = 1;    ///< Entries from this one to the end of its last descendant.
    std::uint64_t bits = 0;      ///< The flag or number, or the index of the text.
  };
  std::vector<Entry> entries_;
  std::vector<std::string> keys_{std::string{}};
  std::vector<std::string> texts_;
};

/// `text` as JsonTree::compact writes it; as it stands where it is empty or no JSON.
std::string compactJson(std::string_view text);

class JsonTree::Node::Children {
 public:
  class Iterator {
   public:
    Iterator(const JsonTree* tree, std::size_t index) : tree_(tree), index_(index) {}
    Node operator*() const { return {tree_, index_}; }
    Iterator& operator++() {
      index_ += tree_->entries_[index_].extent;
      return *this;
    }
    friend bool operator!=(const Iterator& a, const Iterator& b) { return a.index_ != b.index_; }

   private:
    const JsonTree* tree_;
    std::size_t index_;
  };
  [[nodiscard]] Iterator begin() const { return {tree_, first_}; }
  [[nodiscard]] Iterator end() const { return {tree_, end_}; }

 private:
  friend class Node;
  Children(const JsonTree* tree, std::size_t first, std::size_t end) : tree_(tree), first_(first), end_(end) {}
  const JsonTree* tree_;
  std::size_t first_;
  std::size_t end_;
};

}  // namespace plexarium
