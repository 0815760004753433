#pragma once

#include <QString>
#include <string>

#include "core/session/sweep.h"

namespace plexarium::ui {

// What a sweep has found, as words and numbers. Pure functions; any thread.

/// "3.2: 2 values in turn, 0.51 to 0.8", of the first row. Values that lie nearer than a thousandth of `height` count as
/// one.
QString columnText(const SweepResult& result, std::size_t column, double height);
/// CSV, a line for each value: with its place upward where it is a map, else with its tick.
std::string sweepTable(const SweepResult& result, bool map);

}  // namespace plexarium::ui
