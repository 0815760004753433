#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace plexarium::transmitter {

/// How far one column of a run strays from its golden trace.
struct GoldenColumn {
  std::string name;                ///< As in the trace: "accumulated_e", ..., "sta", "str".
  bool exact = false;              ///< Counters must be equal; amounts may stray by the tolerances below.
  double largestAbsolute = 0;      ///< Largest |run - trace|.
  double largestRelative = 0;      ///< Largest |run - trace| / |trace| where that exceeds the absolute tolerance; else 0.
  std::size_t outOfTolerance = 0;  ///< Values that fail.
};

/// What a comparison with a golden trace found.
struct GoldenReport {
  std::string circuit;
  std::string mode;  ///< "sync" or "literal"
  std::size_t neurons = 0;
  std::size_t links = 0;
  std::size_t ticks = 0;
  std::vector<GoldenColumn> columns;  ///< In the trace's order.
  std::size_t phaseMismatches = 0;
  std::string firstMismatch;  ///< "cycle 12, neuron B: phase X instead of C"; empty when all is well.
  bool passed = false;
};

/// Amounts pass when |run - trace| <= absolute or <= relative * |trace|; phases and counters must be equal.
inline constexpr double goldenAbsoluteTolerance = 1e-12;
inline constexpr double goldenRelativeTolerance = 1e-9;

/// Builds the circuit that a golden trace (format "plexarium-transmitter-trace", version 1) describes, runs it in its mode
/// and compares every value of every cycle. A run that strays is a report with passed == false; an error means that the text
/// is no such trace, and names the place ("neurons[3].threshold"). `source` names the text in errors.
/// The text is untrusted; work and memory are bounded by its length. Any thread; no state.
Result<GoldenReport> verifyGoldenTrace(std::string_view jsonText, std::string_view source);

}  // namespace plexarium::transmitter
