#pragma once

#include <functional>
#include <span>
#include <vector>

#include "ui/analysis/finding.h"

namespace plexarium::ui {

/// Bins that adjoin: one more edge than counts, ascending. A bin has its lower edge, the last one its upper edge, too.
struct Histogram {
  std::vector<double> edges;
  std::vector<double> counts;
};

/// Values outside low..high are left out. low < high, bins >= 1.
Histogram histogram(std::span<const double> values, double low, double high, std::size_t bins);
/// Bins of equal ratio. 0 < low < high.
Histogram logHistogram(std::span<const double> values, double low, double high, std::size_t bins);
/// Of whole numbers from the least to the largest, every bin equally many numbers wide, at most so many bins; around the
/// numbers, so that a bin of one number has it in its middle. Empty without values.
Histogram wholeHistogram(std::span<const double> values, std::size_t most);

Finding::Curve bars(const Histogram& histogram, QString name, std::size_t hue = 0);
/// How many of `samples` values fall into each bin where share(v) of them lie at or below v.
Finding::Curve expected(const Histogram& histogram, double samples, const std::function<double(double)>& share, QString name,
                        std::size_t hue = 0);
/// Share of a normal distribution at or below a value; spread > 0.
double normalShare(double value, double mean, double spread);

struct Moments {
  double mean = 0;
  double spread = 0;  ///< Deviation over n.
};
Moments momentsOf(std::span<const double> values);

}  // namespace plexarium::ui
