#pragma once

#include <cstddef>
#include <span>
#include <utility>

namespace plexarium {

/// One result of several runs that differ in their seeds.
struct Summary {
  double mean = 0;
  double median = 0;
  double worst = 0;
  /// Half the width of the 95 % interval of the mean (Student's t, runs taken as independent); 0 for a single run, of which
  /// nothing is known.
  double margin = 0;
  [[nodiscard]] std::pair<double, double> interval() const { return {mean - margin, mean + margin}; }
};

/// `values` must not be empty. `highIsWorse`: errors; otherwise accuracies.
Summary summarize(std::span<const double> values, bool highIsWorse);

/// The value that a variable of Student's t distribution exceeds in 2.5 % of all cases; `degrees` >= 1. Exact to 0.001 up to
/// 30 degrees, to 0.0005 beyond. Source: tables of the distribution; beyond 30 the expansion of R. Fisher, 1926.
double studentQuantile(std::size_t degrees);

}  // namespace plexarium
