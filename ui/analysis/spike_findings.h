#pragma once

#include <optional>

#include "ui/analysis/finding.h"
#include "ui/analysis/stretches.h"

// What firings tell: each function looks at all stretches, or says what is missing. `unit`: of a tick. Any thread.
// Definitions: core/record/statistics.h. Gaps between stretches are no ticks: intervals, windows and avalanches that would
// reach across one are left out.
namespace plexarium::ui {

/// What a rate should be.
struct RateGoal {
  double rate = 0;
  QString of{};  ///< Whose alone it is, where some of the neurons are others: then it is told and not drawn.
};
/// Firings a neuron and tick over time, as at most about a thousand means.
Finding rateFinding(const Stretches& stretches, const QString& unit, const std::optional<RateGoal>& goal);
/// Between firings of one neuron, of all neurons; with an exponential. `logarithmic`: the counts.
Finding intervalFinding(const Stretches& stretches, const QString& unit, bool logarithmic);
/// Pearson's r between neurons: of many, evenly chosen ones. `names`: of all.
Finding correlationFinding(const Stretches& stretches, const QString& unit, const std::vector<QString>& names);
/// Of every neuron, from counts in windows of so many ticks. window >= 1.
Finding fanoFinding(const Stretches& stretches, const QString& unit, std::size_t window);
/// Changes of the population's count from tick to tick, of the longest stretch.
Finding smoothnessFinding(const Stretches& stretches, const QString& unit);
/// Of the population's count, of the longest stretch.
Finding autocorrelationFinding(const Stretches& stretches, const QString& unit);
/// Who fires how much of all, the busiest first.
Finding entropyFinding(const Stretches& stretches, const QString& unit);
/// How long and how large avalanches are; without a threshold that of statistics::avalancheThreshold. Exponents are fitted
/// to durations of 6 to 60 ticks and sizes of 10 to 1,500.
Finding avalancheFinding(const Stretches& stretches, const QString& unit, std::optional<double> threshold);

}  // namespace plexarium::ui
