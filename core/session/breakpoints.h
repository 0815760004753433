#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "core/description/description.h"
#include "core/error.h"
#include "core/graph/graph.h"

namespace plexarium {

/// Which way a value must go. Rising: it was below and is not any more; falling: it was above and is not any more.
enum class Crossing : std::uint8_t { Rising, Falling, Either };

struct NeuronFires {
  NeuronId neuron;
};
/// A neuron field passes `value` from one tick to the next; an edit that sets it does not count, a stimulus does.
struct FieldCrosses {
  NeuronId neuron;
  std::size_t field = 0;
  double value = 0;
  Crossing crossing = Crossing::Either;
};
struct MetricCrosses {
  std::size_t metric = 0;
  double value = 0;
  Crossing crossing = Crossing::Either;
};
/// The network makes a link or takes one away by itself.
struct LinksChange {
  NeuronId neuron;  ///< At either end of the link; nobody: any link.
  bool born = true;
  bool dies = true;
};
using Breakpoint = std::variant<NeuronFires, FieldCrosses, MetricCrosses, LinksChange>;

/// What stopped a network, and when: `tick` ticks are done, and the last of them brought it about.
struct BreakpointHit {
  Tick tick = 0;
  std::vector<std::size_t> breakpoints;  ///< Indices into the list, ascending.
};

/// Looks after every tick whether one of the breakpoints is met. Simulation thread.
class BreakpointWatch {
 public:
  /// Keeps a reference.
  explicit BreakpointWatch(const Description& description) : description_(description) {}

  /// Replaces the list. Refuses fields and metrics that there are not, and values that are no numbers. A neuron that is not
  /// there never does anything.
  Result<void> set(std::vector<Breakpoint> breakpoints);
  [[nodiscard]] bool empty() const { return breakpoints_.empty(); }
  /// What is now counts as what was: after an edit, a journey through time or set(). After a journey the metrics are
  /// forgotten, too.
  void rebase(const Graph& graph, bool journey);
  /// After a tick, with the graph up to date; `tick`: ticks done.
  std::optional<BreakpointHit> look(const Graph& graph, Tick tick, std::span<const double> metrics);

 private:
  void lookAtLinks(const Graph& graph);
  [[nodiscard]] std::optional<double> valueOf(const Graph& graph, const FieldCrosses& wanted) const;

  const Description& description_;
  std::vector<Breakpoint> breakpoints_;
  std::vector<std::optional<double>> before_;  ///< Per breakpoint: the value after the tick before.
  bool watchesLinks_ = false;
  std::uint64_t topology_ = 0;        ///< Revision that links_ shows.
  std::vector<LinkKey> links_;        ///< After the tick before; only where watchesLinks_.
  std::vector<LinkKey> born_, died_;  ///< In the last tick.
};

}  // namespace plexarium
