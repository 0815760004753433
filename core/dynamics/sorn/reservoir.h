#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/dynamics/sorn/cells.h"
#include "core/dynamics/sorn/settings.h"
#include "core/graph/graph.h"

namespace plexarium::sorn {

/// What of chance is given beforehand, instead of drawn: a golden trace.
struct Script {
  std::span<const double> noise;                                   ///< By cell.
  std::optional<std::pair<std::uint32_t, std::uint32_t>> birth{};  ///< Source and target cell; nothing: none.
};

/// What a step works with.
struct Ground {
  const Settings& settings;
  Graph& graph;  ///< Everybody who fires gets `now` into lastFired; nothing else of it is touched.
  std::uint64_t seed = 0;
  Tick now = 0;
  const Script* script = nullptr;
};

/// What happened in one step.
struct Tally {
  std::size_t excitatory = 0;
  std::size_t inhibitory = 0;
  std::size_t linksEE = 0;  ///< Before plasticity, like the next.
  std::size_t linksEI = 0;
  std::size_t born = 0;
  std::size_t pruned = 0;
  std::size_t strengthened = 0;
  std::size_t weakened = 0;
  std::size_t starved = 0;
};

/// The whole state between two publications, and the rules. docs/dynamics/sorn.md has them in order.
class Reservoir {
 public:
  /// Weights as the settings' precision asks.
  static std::unique_ptr<Reservoir> make(Precision precision);
  virtual ~Reservoir() = default;

  /// All from the graph. O(neurons + links).
  virtual void read(const Graph& graph, const Settings& settings) = 0;
  /// Makes the graph's columns and links these. A firing from tick `carriedThrough` on is written to the links that it went
  /// along. O(neurons + links).
  virtual void write(Graph& graph, Tick carriedThrough) = 0;
  virtual Tally step(const Ground& ground) = 0;
  /// Of everything that a link needs.
  [[nodiscard]] virtual std::size_t bytes() const = 0;
  [[nodiscard]] const Cells& cells() const { return cells_; }
  /// Adds to the input of the neuron in this row; what a drive takes in stays within +-largestInput.
  void put(std::size_t row, double amount);

 protected:
  Cells cells_;
};

}  // namespace plexarium::sorn
