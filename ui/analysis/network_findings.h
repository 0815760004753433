#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/description/field.h"
#include "core/graph/ids.h"
#include "ui/analysis/finding.h"
#include "ui/analysis/long_series.h"
#include "ui/plots/field_reader.h"

// What the values and the links of a network tell. Any thread.
namespace plexarium::ui {

/// Of these neurons (ascending), and of links both of whose ends are among them.
std::vector<double> valuesAmong(const FieldLook& look, const std::vector<NeuronId>& members);
/// Values of links with the lognormal that fits those at or above `cut` > 0 best. `logarithmic`: bins of equal ratio.
Finding linkFinding(std::span<const double> values, const Field& field, double cut, bool logarithmic);
/// How often each value stands, with mean and deviation.
Finding neuronFinding(std::span<const double> values, const Field& field);
/// Links between the neurons of these rows (ascending) alone, by who sends and who gets them, each with a normal fit.
/// `firstLink` and `targets` as in Graph.
Finding degreeFinding(std::span<const std::uint32_t> firstLink, std::span<const std::uint32_t> targets,
                      std::span<const std::uint32_t> rows);
/// A quantity over the whole run. `logarithmic`: the time.
Finding courseFinding(const LongSeries& series, const QString& name, const QString& valueUnit, const QString& tickUnit,
                      bool logarithmic);

}  // namespace plexarium::ui
