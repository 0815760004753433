#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace plexarium {

/// A place while a layout is computed.
struct Vector2 {
  double x = 0;
  double y = 0;
};

/// Repulsion between all bodies in O(n log n): far groups count as one body at their centre of mass.
/// Source: Barnes and Hut, "A hierarchical O(N log N) force-calculation algorithm", Nature 324 (1986).
class RepulsionTree {
 public:
  /// `theta`: width over distance below which a group counts as one body.
  explicit RepulsionTree(double theta) : theta_(theta) {}

  /// forces[i] = sum over j of masses[j] (places[i] - places[j]) / |places[i] - places[j]|^2; bodies on the same spot do not
  /// push each other. All three of the same length. Keeps its storage and order, so that calling again is cheap.
  void repulsion(std::span<const Vector2> places, std::span<const double> masses, std::span<Vector2> forces);

 private:
  struct Body {
    Vector2 place;
    double mass;
    std::uint32_t index;
  };
  /// Preorder; a walk that need not look into a cell goes on at `next`.
  struct Cell {
    Vector2 centre;  ///< Of mass.
    double mass;
    double reach;  ///< Squared distance beyond which the cell counts as one body.
    std::uint32_t next;
    std::uint32_t begin, end;  ///< Bodies of a leaf; empty where there are cells within.
  };
  void build(std::uint32_t begin, std::uint32_t end, Vector2 middle, double half, int depth);
  [[nodiscard]] Vector2 push(Vector2 place) const;

  double theta_;
  std::vector<Body> bodies_;
  std::vector<Cell> cells_;
};

}  // namespace plexarium
