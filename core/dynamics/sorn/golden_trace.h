#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/dynamics/golden_report.h"
#include "core/error.h"

namespace plexarium::sorn {

inline constexpr std::string_view goldenFormat = "plexarium-sorn-trace";
/// Firings, counts and which synapses there are must be equal; weights and thresholds may stray by this, sums over them by
/// this share.
inline constexpr double goldenTolerance = 1e-12;

/// Builds the network that a golden trace (format "plexarium-sorn-trace", version 1) describes, runs it in exact precision
/// by the package's rules with the trace's inputs, noise and births, and compares what it tells. A run that strays is a
/// report with passed == false; an error means that the text is no such trace. `source` names the text in errors; `beside`
/// reads a file that it names, from the folder that it lies in. The texts are untrusted; work and memory are bounded by
/// their length. Any thread; no state.
Result<GoldenReport> verifyGoldenTrace(std::string_view jsonText, std::string_view source,
                                       const std::function<Result<std::string>(const std::string&)>& beside);

}  // namespace plexarium::sorn
