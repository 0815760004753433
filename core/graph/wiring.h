#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/description/field.h"
#include "core/error.h"
#include "core/graph/tables.h"
#include "core/graph/topology.h"

namespace plexarium {

/// A wiring may not yield more links than this; larger ones are refused before they fill the memory.
inline constexpr std::size_t maximumWiredLinks = 50'000'000;

/// Between whom links are wanted.
struct WiringRequest {
  std::span<const NeuronId> sources{};       ///< Without repeats; their order is the order around a ring.
  std::span<const NeuronId> targets{};       ///< Likewise; empty for the patterns that wire one group within itself.
  std::span<const Point> sourcePositions{};  ///< One per source; only where the pattern needs positions.
  std::span<const Point> targetPositions{};
  std::span<const double> values{};  ///< Follows WiringPattern::fields.
  std::uint64_t seed = 1;
  Topology existing{};  ///< Links that are there already and therefore left out; empty: none.
};

/// One way of wiring, in tables: a dialog and a command line are generated from it.
struct WiringPattern {
  std::string key;
  std::string label;
  std::string help;
  std::vector<Field> fields;
  bool withinOneGroup = false;  ///< Wires the sources among themselves.
  bool needsPositions = false;
  /// The bare pattern on a checked request: unique keys in any order, existing links included. Callers use `wire`.
  Result<LinkTable> (*links)(const WiringRequest&);
};

std::span<const WiringPattern> wiringPatterns();
/// Null where no pattern is called that.
const WiringPattern* findWiringPattern(std::string_view key);

/// Checks the request, wires, and leaves out links that exist. The table holds keys only, ascending and unique; fields get
/// their initial values. The same request gives the same links. Time O(neurons log neurons + links), distance included.
/// Pure; any thread. Errors: values out of range, repeated neurons, lists of the wrong length, positions that are not
/// finite, more targets wanted than there are, more than maximumWiredLinks links.
Result<LinkTable> wire(const WiringPattern& pattern, const WiringRequest& request);

}  // namespace plexarium
