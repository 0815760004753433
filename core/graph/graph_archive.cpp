#include "core/graph/graph_archive.h"

#include <bit>
#include <cstring>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace plexarium {

/// The one list of a graph's columns.
struct GraphParts {
  /// Calls visit(vector) for every column, in an order that depends on the kinds of columns only.
  template <typename AnyGraph, typename Visit>
  static void each(AnyGraph& graph, Visit visit) {
    visit(graph.ids_);
    visit(graph.names_);
    visit(graph.roles_);
    visit(graph.positions_);
    visit(graph.memberOf_);
    visit(graph.groups_);
    visit(graph.lastFired_);
    for (auto& column : graph.neuronColumns_) std::visit(visit, column);
    visit(graph.firstLink_);
    visit(graph.targets_);
    visit(graph.lastCarried_);
    for (auto& column : graph.linkColumns_) std::visit(visit, column);
  }

  /// The graph without its columns' values.
  static Graph skeleton(const Graph& graph) {
    Graph bare;
    bare.neuronInitial_ = graph.neuronInitial_;
    bare.linkInitial_ = graph.linkInitial_;
    bare.neuronColumns_ = emptied(graph.neuronColumns_);
    bare.linkColumns_ = emptied(graph.linkColumns_);
    bare.nextId_ = graph.nextId_;
    bare.revisions_ = graph.revisions_;
    return bare;
  }

 private:
  static std::vector<Column> emptied(const std::vector<Column>& columns) {
    std::vector<Column> empty;
    for (const auto& column : columns) {
      empty.push_back(std::visit([](const auto& values) { return Column(std::decay_t<decltype(values)>()); }, column));
    }
    return empty;
  }
};

namespace {

template <typename T>
bool sameBits(const std::vector<T>& one, const std::vector<T>& other) {
  if constexpr (std::is_trivially_copyable_v<T>) {  // 0 and -0 differ, a nan equals itself
    return one.size() == other.size() && (one.empty() || std::memcmp(one.data(), other.data(), one.size() * sizeof(T)) == 0);
  } else {
    return one == other;
  }
}

template <typename T>
std::size_t bytesOf(const std::vector<T>& values) {
  return values.size() * sizeof(T);
}

std::size_t bytesOf(const std::vector<std::string>& texts) {
  std::size_t bytes = texts.size() * sizeof(std::string);
  for (const auto& text : texts) bytes += text.size() > std::string().capacity() ? text.size() : 0;
  return bytes;
}

}  // namespace

GraphArchive::GraphArchive(const Graph& graph, const GraphArchive* earlier) : skeleton_(GraphParts::skeleton(graph)) {
  std::size_t index = 0;
  GraphParts::each(graph, [&](const auto& values) {
    using Values = std::decay_t<decltype(values)>;
    const auto* const old = earlier != nullptr ? &earlier->parts_[index] : nullptr;
    ++index;
    if (old != nullptr && sameBits(*static_cast<const Values*>(old->values.get()), values)) {
      parts_.push_back(*old);
    } else {
      parts_.push_back({std::make_shared<const Values>(values), bytesOf(values)});
    }
  });
}

Graph GraphArchive::restored() const {
  Graph graph = skeleton_;
  auto part = parts_.begin();
  GraphParts::each(graph, [&](auto& values) {
    values = *static_cast<const std::decay_t<decltype(values)>*>(part->values.get());
    ++part;
  });
  return graph;
}

std::size_t GraphArchive::bytes(std::unordered_set<const void*>& counted) const {
  std::size_t bytes = 0;
  for (const auto& part : parts_) bytes += counted.insert(part.values.get()).second ? part.bytes : 0;
  return bytes;
}

std::size_t GraphArchive::bytes(const Graph& graph) {
  std::size_t bytes = 0;
  GraphParts::each(graph, [&](const auto& values) {
    bytes += values.size() * sizeof(typename std::decay_t<decltype(values)>::value_type);
  });
  return bytes;
}

}  // namespace plexarium
