#pragma once

#include "core/description/description.h"
#include "core/graph/graph.h"
#include "core/session/snapshot.h"

namespace plexarium {

/// Keeps the image of a graph for publishing and renews only the parts whose revision moved. Simulation thread.
class GraphImager {
 public:
  /// Keeps a reference to `description`.
  explicit GraphImager(const Description& description) : description_(description) {}

  /// Brings the image up to date: O(1) and without allocation when nothing moved.
  const GraphImage& image(const Graph& graph);
  /// The graph was replaced as a whole: its revisions say nothing about the image.
  void forget() { built_ = {0, 0, 0, 0, 0, 0}; }

 private:
  const Description& description_;
  GraphImage image_;
  Graph::Revisions built_{0, 0, 0, 0, 0, 0};
};

}  // namespace plexarium
