#include "core/feed/summary.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <vector>

namespace plexarium {

double studentQuantile(std::size_t degrees) {
  static constexpr std::array table = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
                                       2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
                                       2.080,  2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
  assert(degrees >= 1);
  if (degrees <= table.size()) return table[degrees - 1];
  constexpr double z = 1.959964;
  const auto v = static_cast<double>(degrees);
  return z + (z * z * z + z) / (4 * v) + (5 * std::pow(z, 5) + 16 * z * z * z + 3 * z) / (96 * v * v);
}

Summary summarize(std::span<const double> values, bool highIsWorse) {
  assert(!values.empty());
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  const auto count = sorted.size();
  Summary summary;
  for (const double value : sorted) summary.mean += value / static_cast<double>(count);
  summary.median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
  summary.worst = highIsWorse ? sorted.back() : sorted.front();
  if (count < 2) return summary;
  double squares = 0;
  for (const double value : sorted) squares += (value - summary.mean) * (value - summary.mean);
  const double deviation = std::sqrt(squares / static_cast<double>(count - 1));
  summary.margin = studentQuantile(count - 1) * deviation / std::sqrt(static_cast<double>(count));
  return summary;
}

}  // namespace plexarium
