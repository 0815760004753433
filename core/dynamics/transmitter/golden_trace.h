#pragma once

#include <string_view>

#include "core/dynamics/golden_report.h"
#include "core/error.h"

namespace plexarium::transmitter {

/// Amounts pass when |run - trace| <= absolute or <= relative * |trace|; phases and counters must be equal.
inline constexpr double goldenAbsoluteTolerance = 1e-12;
inline constexpr double goldenRelativeTolerance = 1e-9;

/// Builds the circuit that a golden trace (format "plexarium-transmitter-trace", version 1) describes, runs it in its mode
/// and compares every value of every cycle. A run that strays is a report with passed == false; an error means that the text
/// is no such trace, and names the place ("neurons[3].threshold"). `source` names the text in errors.
/// The text is untrusted; work and memory are bounded by its length. Any thread; no state.
Result<GoldenReport> verifyGoldenTrace(std::string_view jsonText, std::string_view source);

}  // namespace plexarium::transmitter
