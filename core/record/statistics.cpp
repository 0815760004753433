#include "core/record/statistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace plexarium::statistics {
namespace {

double meanOf(std::span<const double> values) {
  return values.empty() ? 0 : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Mean of (value - mean)^power.
double moment(std::span<const double> values, double mean, int power) {
  double sum = 0;
  for (const double value : values) sum += std::pow(value - mean, power);
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

bool varies(std::span<const double> values) {
  return std::ranges::any_of(values, [&](double value) { return value != values.front(); });
}

std::vector<double> differences(std::span<const double> values) {
  std::vector<double> steps;
  for (std::size_t k = 1; k < values.size(); ++k) steps.push_back(values[k] - values[k - 1]);
  return steps;
}

bool fired(const std::vector<std::uint32_t>& step, std::uint32_t neuron) { return std::ranges::binary_search(step, neuron); }

/// Largest distance between the share of `sorted` up to a value and cumulated(value).
template <typename Cumulated>
double distance(std::span<const double> sorted, Cumulated cumulated) {
  double largest = 0;
  const auto count = static_cast<double>(sorted.size());
  for (std::size_t k = 0; k < sorted.size(); ++k) {
    const double share = cumulated(sorted[k]);
    largest = std::max(
        {largest, std::abs(share - static_cast<double>(k) / count), std::abs(share - static_cast<double>(k + 1) / count)});
  }
  return largest;
}

double normalShare(double value, const Fit& fit) {
  return 0.5 * std::erfc((fit.location - value) / (fit.spread * std::numbers::sqrt2));
}

/// ln of the sum of exp(-slope * cost(k)) over first..last.
template <typename Cost>
double logSum(double slope, std::size_t first, std::size_t last, Cost cost) {
  double largest = -std::numeric_limits<double>::infinity();
  for (auto k = first; k <= last; ++k) largest = std::max(largest, -slope * cost(k));
  double sum = 0;
  for (auto k = first; k <= last; ++k) sum += std::exp(-slope * cost(k) - largest);
  return largest + std::log(sum);
}

/// The slope of p(k) ~ exp(-slope * cost(k)) that makes a mean cost likeliest, and that likelihood's logarithm per sample.
/// The likelihood has one maximum; it is found by halving.
struct Slope {
  double value = 0;
  double likelihood = 0;
};
template <typename Cost>
Slope fitSlope(double meanCost, std::size_t first, std::size_t last, Cost cost) {
  const auto expected = [&](double slope) {
    const double norm = logSum(slope, first, last, cost);
    double sum = 0;
    for (auto k = first; k <= last; ++k) sum += cost(k) * std::exp(-slope * cost(k) - norm);
    return sum;
  };
  double low = -50;
  double high = 50;
  for (int k = 0; k < 60; ++k) {
    const double middle = (low + high) / 2;
    (expected(middle) > meanCost ? low : high) = middle;
  }
  const double slope = (low + high) / 2;
  return {slope, -slope * meanCost - logSum(slope, first, last, cost)};
}

}  // namespace

std::vector<double> populationCount(const SpikeTrain& train) {
  std::vector<double> counts;
  for (const auto& step : train.steps) counts.push_back(static_cast<double>(step.size()));
  return counts;
}

double rate(const SpikeTrain& train, std::uint32_t neuron) {
  if (train.steps.empty()) return 0;
  const auto count = std::ranges::count_if(train.steps, [&](const auto& step) { return fired(step, neuron); });
  return static_cast<double>(count) / static_cast<double>(train.steps.size());
}

double smoothness(std::span<const double> values) {
  const auto steps = differences(values);
  return std::sqrt(moment(steps, meanOf(steps), 2));
}

std::optional<double> relativeSmoothness(std::span<const double> values) {
  const double mean = meanOf(differences(values));
  if (mean == 0) return std::nullopt;
  return smoothness(values) / std::abs(mean);
}

std::optional<double> correlation(std::span<const double> one, std::span<const double> other) {
  assert(one.size() == other.size());
  if (one.empty() || !varies(one) || !varies(other)) return std::nullopt;
  const double meanOne = meanOf(one);
  const double meanOther = meanOf(other);
  double both = 0;
  double squareOne = 0;
  double squareOther = 0;
  for (std::size_t k = 0; k < one.size(); ++k) {
    both += (one[k] - meanOne) * (other[k] - meanOther);
    squareOne += (one[k] - meanOne) * (one[k] - meanOne);
    squareOther += (other[k] - meanOther) * (other[k] - meanOther);
  }
  return both / std::sqrt(squareOne * squareOther);
}

std::optional<double> autocorrelation(std::span<const double> values, std::size_t lag) {
  if (values.size() < lag + 2) return std::nullopt;
  return correlation(values.first(values.size() - lag), values.last(values.size() - lag));
}

std::vector<double> correlationMatrix(const SpikeTrain& train) {
  const auto n = train.neurons;
  std::vector<double> together(n * n, 0.0);
  for (const auto& step : train.steps) {
    for (const auto a : step) {
      for (const auto b : step) ++together[a * n + b];
    }
  }
  const auto steps = static_cast<double>(train.steps.size());
  const auto shared = [&](std::size_t a, std::size_t b) {
    return together[a * n + b] / steps - together[a * n + a] * together[b * n + b] / (steps * steps);
  };
  std::vector<double> matrix(n * n, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      const double scale = shared(a, a) * shared(b, b);
      if (scale > 0) matrix[a * n + b] = shared(a, b) / std::sqrt(scale);
    }
  }
  return matrix;
}

std::optional<double> meanCorrelation(std::span<const double> matrix) {
  std::vector<double> known;
  std::ranges::copy_if(matrix, std::back_inserter(known), [](double value) { return !std::isnan(value); });
  if (known.empty()) return std::nullopt;
  return meanOf(known);
}

std::vector<double> interSpikeIntervals(const SpikeTrain& train, std::uint32_t neuron) {
  std::vector<double> intervals;
  std::optional<std::size_t> before;
  for (std::size_t step = 0; step < train.steps.size(); ++step) {
    if (!fired(train.steps[step], neuron)) continue;
    if (before) intervals.push_back(static_cast<double>(step - *before));
    before = step;
  }
  return intervals;
}

std::vector<double> interSpikeIntervals(const SpikeTrain& train) {
  std::vector<double> intervals;
  std::vector<std::size_t> after(train.neurons, 0);  // the step after its last firing; 0: it has not fired
  for (std::size_t step = 0; step < train.steps.size(); ++step) {
    for (const auto neuron : train.steps[step]) {
      if (after[neuron] > 0) intervals.push_back(static_cast<double>(step + 1 - after[neuron]));
      after[neuron] = step + 1;
    }
  }
  return intervals;
}

std::vector<double> hammingDistance(const SpikeTrain& one, const SpikeTrain& other) {
  assert(one.steps.size() == other.steps.size());
  std::vector<double> distances;
  for (std::size_t step = 0; step < one.steps.size(); ++step) {
    std::vector<std::uint32_t> differing;
    std::ranges::set_symmetric_difference(one.steps[step], other.steps[step], std::back_inserter(differing));
    distances.push_back(static_cast<double>(differing.size()));
  }
  return distances;
}

std::optional<Fano> fanoFactor(const SpikeTrain& train, std::uint32_t neuron, std::size_t windows) {
  const auto length = windows > 0 ? train.steps.size() / windows : 0;
  if (length == 0) return std::nullopt;
  std::vector<double> counts(windows, 0.0);
  for (std::size_t step = 0; step < windows * length; ++step) {
    if (fired(train.steps[step], neuron)) ++counts[step / length];
  }
  const double mean = meanOf(counts);
  if (mean == 0) return std::nullopt;
  const double variance = moment(counts, mean, 2);
  return Fano{mean, variance, variance / mean};
}

std::vector<std::optional<Fano>> fanoFactors(const SpikeTrain& train, std::size_t windows) {
  std::vector<std::optional<Fano>> factors(train.neurons);
  const auto length = windows > 0 ? train.steps.size() / windows : 0;
  if (length == 0) return factors;
  struct Counted {
    double sum = 0;
    double squares = 0;  // of the windows before this one
    double here = 0;
    std::size_t window = 0;
  };
  std::vector<Counted> counted(train.neurons);
  for (std::size_t step = 0; step < windows * length; ++step) {
    for (const auto neuron : train.steps[step]) {
      auto& count = counted[neuron];
      if (count.window != step / length) {
        count.squares += count.here * count.here;
        count.here = 0;
        count.window = step / length;
      }
      ++count.here;
      ++count.sum;
    }
  }
  const auto all = static_cast<double>(windows);
  for (std::size_t neuron = 0; neuron < train.neurons; ++neuron) {
    const auto& count = counted[neuron];
    if (count.sum == 0) continue;
    const double mean = count.sum / all;
    const double variance = (count.squares + count.here * count.here) / all - mean * mean;
    factors[neuron] = Fano{mean, variance, variance / mean};
  }
  return factors;
}

std::optional<double> spikeSourceEntropy(const SpikeTrain& train) {
  std::vector<double> counts(train.neurons, 0.0);
  double all = 0;
  for (const auto& step : train.steps) {
    for (const auto neuron : step) ++counts[neuron];
    all += static_cast<double>(step.size());
  }
  if (all == 0 || train.neurons < 2) return std::nullopt;
  double entropy = 0;
  for (const double count : counts) {
    if (count > 0) entropy -= count / all * std::log(count / all);
  }
  return entropy / std::log(static_cast<double>(train.neurons));
}

double avalancheThreshold(std::span<const double> counts) { return std::floor(meanOf(counts) / 2); }

Avalanches avalanches(std::span<const double> counts, double threshold) {
  Avalanches found{threshold, {}, {}};
  double duration = 0;
  double size = 0;
  for (const double count : counts) {
    if (count > threshold) {
      ++duration;
      size += count - threshold;
    } else if (duration > 0) {
      found.durations.push_back(duration);
      found.sizes.push_back(size);
      duration = size = 0;
    }
  }
  return found;
}

std::optional<PowerLaw> fitPowerLaw(std::span<const double> values, std::size_t first, std::size_t last) {
  assert(first >= 1 && first < last);
  std::vector<double> inside;
  for (const double value : values) {
    if (value >= static_cast<double>(first) && value <= static_cast<double>(last)) inside.push_back(value);
  }
  if (inside.size() < 2 || !varies(inside)) return std::nullopt;
  double logs = 0;
  for (const double value : inside) logs += std::log(value);
  const auto count = static_cast<double>(inside.size());
  const auto power = fitSlope(logs / count, first, last, [](std::size_t k) { return std::log(static_cast<double>(k)); });
  const auto exponential = fitSlope(meanOf(inside), first, last, [](std::size_t k) { return static_cast<double>(k); });
  return PowerLaw{power.value, count * (power.likelihood - exponential.likelihood), inside.size()};
}

std::optional<Fit> fitExponential(std::span<const double> values, double least) {
  if (values.size() < 2 || !varies(values)) return std::nullopt;
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  const double mean = meanOf(sorted) - least;
  if (!(mean > 0)) return std::nullopt;
  return Fit{mean, mean, distance(sorted, [&](double value) { return 1 - std::exp(-(value - least) / mean); })};
}

std::optional<WeightFits> fitWeights(std::span<const double> values, double cut) {
  assert(cut > 0);
  std::vector<double> sorted;
  std::ranges::copy_if(values, std::back_inserter(sorted), [&](double value) { return value >= cut; });
  if (sorted.size() < 2 || !varies(sorted)) return std::nullopt;
  std::ranges::sort(sorted);
  std::vector<double> logs;
  for (const double value : sorted) logs.push_back(std::log(value));
  const auto fitNormal = [](std::span<const double> some) {
    Fit fit{meanOf(some), 0, 1};
    fit.spread = std::sqrt(moment(some, fit.location, 2));
    fit.distance = distance(some, [&](double value) { return normalShare(value, fit); });
    return fit;
  };
  WeightFits fits;
  fits.samples = sorted.size();
  fits.normal = fitNormal(sorted);
  fits.lognormal = fitNormal(logs);
  fits.exponential = fitExponential(sorted, cut).value_or(Fit{});
  fits.logSkew = moment(logs, fits.lognormal.location, 3) / std::pow(fits.lognormal.spread, 3);
  return fits;
}

}  // namespace plexarium::statistics
