#pragma once

#include <cstddef>
#include <memory>
#include <unordered_set>
#include <vector>

#include "core/graph/graph.h"

namespace plexarium {

/// A graph put aside: its columns one by one, those shared with an earlier archive that hold the same values. A row of
/// archives of one living network therefore costs what changes in it, not what it is.
/// Immutable value; copies share everything. Any thread.
class GraphArchive {
 public:
  /// O(neurons + links), mostly comparing. `earlier` may be null.
  GraphArchive(const Graph& graph, const GraphArchive* earlier);

  /// The graph as it was, revisions included.
  [[nodiscard]] Graph restored() const;
  /// What the columns occupy that `counted` does not know yet; they are added to it.
  [[nodiscard]] std::size_t bytes(std::unordered_set<const void*>& counted) const;
  /// What an archive of the graph would occupy that shares nothing; texts that do not fit into a string object left out.
  static std::size_t bytes(const Graph& graph);

 private:
  struct Part {
    std::shared_ptr<const void> values;
    std::size_t bytes = 0;
  };
  Graph skeleton_;  ///< Everything but the columns' values.
  std::vector<Part> parts_;
};

}  // namespace plexarium
