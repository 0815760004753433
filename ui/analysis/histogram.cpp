#include "ui/analysis/histogram.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace plexarium::ui {
namespace {

void count(Histogram& histogram, std::span<const double> values) {
  histogram.counts.assign(histogram.edges.size() - 1, 0.0);
  for (const double value : values) {
    if (!(value >= histogram.edges.front() && value <= histogram.edges.back())) continue;
    const auto above = std::ranges::upper_bound(histogram.edges, value) - histogram.edges.begin();
    ++histogram.counts[std::min(static_cast<std::size_t>(above), histogram.counts.size()) - 1];
  }
}

}  // namespace

Histogram histogram(std::span<const double> values, double low, double high, std::size_t bins) {
  assert(low < high && bins >= 1);
  Histogram found;
  for (std::size_t k = 0; k < bins; ++k) {
    found.edges.push_back(low + (high - low) * static_cast<double>(k) / static_cast<double>(bins));
  }
  found.edges.push_back(high);
  count(found, values);
  return found;
}

Histogram logHistogram(std::span<const double> values, double low, double high, std::size_t bins) {
  assert(0 < low && low < high && bins >= 1);
  Histogram found;
  const double ratio = std::log(high / low);
  for (std::size_t k = 0; k < bins; ++k) {
    found.edges.push_back(low * std::exp(ratio * static_cast<double>(k) / static_cast<double>(bins)));
  }
  found.edges.push_back(high);
  count(found, values);
  return found;
}

Histogram wholeHistogram(std::span<const double> values, std::size_t most) {
  Histogram found;
  if (values.empty()) return found;
  const auto [least, largest] = std::ranges::minmax(values);
  const double width = std::ceil((largest - least + 1) / static_cast<double>(most));
  found.edges.push_back(least - 0.5);
  while (found.edges.back() <= largest) found.edges.push_back(found.edges.back() + width);
  count(found, values);
  return found;
}

Finding::Curve bars(const Histogram& histogram, QString name, std::size_t hue) {
  Finding::Curve curve{std::move(name), Finding::Look::Bars, hue, histogram.edges, histogram.counts};
  curve.y.push_back(0);
  return curve;
}

Finding::Curve expected(const Histogram& histogram, double samples, const std::function<double(double)>& share, QString name,
                        std::size_t hue) {
  Finding::Curve curve{std::move(name), Finding::Look::Fit, hue, {}, {}};
  for (std::size_t k = 0; k + 1 < histogram.edges.size(); ++k) {
    const double low = histogram.edges[k], high = histogram.edges[k + 1];
    curve.x.push_back((low + high) / 2);
    curve.y.push_back(samples * (share(high) - share(low)));
  }
  return curve;
}

double normalShare(double value, double mean, double spread) {
  return 0.5 * std::erfc((mean - value) / (spread * std::numbers::sqrt2));
}

Moments momentsOf(std::span<const double> values) {
  if (values.empty()) return {};
  const auto all = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / all;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / all)};
}

}  // namespace plexarium::ui
