#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace plexarium {

/// How far one column of a run strays from its golden trace.
struct GoldenColumn {
  std::string name;                ///< As in the trace: "accumulated_e", "x", "WEE", ...
  bool exact = false;              ///< Must be equal; others may stray by the tolerances of their kind of trace.
  double largestAbsolute = 0;      ///< Largest |run - trace|.
  double largestRelative = 0;      ///< Largest |run - trace| / |trace| where that exceeds the absolute tolerance; else 0.
  std::size_t outOfTolerance = 0;  ///< Values that fail.
};

/// What a comparison with a golden trace found.
struct GoldenReport {
  std::string circuit;
  std::string mode;  ///< Of the rules, as the trace names it.
  std::size_t neurons = 0;
  std::size_t links = 0;
  std::size_t ticks = 0;
  std::vector<GoldenColumn> columns;  ///< In the trace's order.
  std::size_t phaseMismatches = 0;    ///< 0 where the trace has no phases.
  std::string firstMismatch;          ///< "cycle 12, neuron B: phase X instead of C"; empty when all is well.
  bool passed = false;
};

}  // namespace plexarium
