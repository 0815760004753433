#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

// What a run's firings and weights tell. Pure functions; any thread. Definitions: docs/dynamics/sorn.md's source package,
// with its slips mended.
namespace plexarium::statistics {

/// Firings of a population: for each step who fired, ascending numbers below `neurons`.
struct SpikeTrain {
  std::size_t neurons = 0;
  std::vector<std::vector<std::uint32_t>> steps;
};

/// How many fired, by step.
std::vector<double> populationCount(const SpikeTrain& train);
/// Share of the steps in which the neuron fired; 0 without steps.
double rate(const SpikeTrain& train, std::uint32_t neuron);
/// Deviation (over n) of the differences from step to step. 0 for fewer than two values.
double smoothness(std::span<const double> values);
/// The same over the size of their mean; nothing where that is 0.
std::optional<double> relativeSmoothness(std::span<const double> values);
/// Pearson's r; nothing where one of them does not vary. Lists of one length.
std::optional<double> correlation(std::span<const double> one, std::span<const double> other);
/// Of values with themselves `lag` steps later; nothing where too few are left or nothing varies.
std::optional<double> autocorrelation(std::span<const double> values, std::size_t lag);
/// Pearson's r between all neurons' firings, row by row; NaN where a neuron does not vary. O(neurons^2 + firings^2 / steps).
std::vector<double> correlationMatrix(const SpikeTrain& train);
/// Mean over the whole matrix, diagonal included; what is no number is left out. Nothing where nothing is left.
std::optional<double> meanCorrelation(std::span<const double> matrix);
/// Steps between a neuron's firings.
std::vector<double> interSpikeIntervals(const SpikeTrain& train, std::uint32_t neuron);
/// The same of all neurons, by the step in which they end. O(neurons + firings).
std::vector<double> interSpikeIntervals(const SpikeTrain& train);
/// How many units differ, by step. Trains of one length.
std::vector<double> hammingDistance(const SpikeTrain& one, const SpikeTrain& other);
/// Of the neuron's counts in so many windows of equal length; a rest at the end is left out.
struct Fano {
  double mean = 0;
  double variance = 0;  ///< Over n.
  double factor = 0;
};
/// Nothing where a window would be empty or the neuron never fired in them.
std::optional<Fano> fanoFactor(const SpikeTrain& train, std::uint32_t neuron, std::size_t windows);
/// The same for every neuron. O(neurons + steps + firings).
std::vector<std::optional<Fano>> fanoFactors(const SpikeTrain& train, std::size_t windows);
/// -sum p ln p / ln neurons with p the share of all firings that are the neuron's: 1 where all fire alike. Nothing without
/// firings or for fewer than two neurons.
std::optional<double> spikeSourceEntropy(const SpikeTrain& train);

/// Runs of steps with more firings than the threshold; one that has not ended is left out.
struct Avalanches {
  double threshold = 0;
  std::vector<double> durations;  ///< Steps.
  std::vector<double> sizes;      ///< Firings above the threshold.
};
/// floor(mean / 2), the usual threshold.
double avalancheThreshold(std::span<const double> counts);
Avalanches avalanches(std::span<const double> counts, double threshold);

/// Discrete power law k^-exponent on first..last by maximum likelihood, against an exponential on the same range.
struct PowerLaw {
  double exponent = 0;
  double gain = 0;          ///< Log-likelihood of the power law less the exponential's; above 0 favours the power law.
  std::size_t samples = 0;  ///< In the range.
};
/// Nothing for fewer than two different values in the range. 1 <= first < last.
std::optional<PowerLaw> fitPowerLaw(std::span<const double> values, std::size_t first, std::size_t last);

/// A distribution's two numbers and the largest distance of its cumulated share from that of the values (Kolmogorov,
/// Smirnov).
struct Fit {
  double location = 0;  ///< Normal: mean. Lognormal: mean of ln. Exponential: mean.
  double spread = 0;    ///< Deviation (over n), likewise; exponential: the mean again.
  double distance = 1;
};
struct WeightFits {
  std::size_t samples = 0;
  Fit normal, lognormal, exponential;  ///< The exponential begins at the cut.
  double logSkew = 0;                  ///< Skewness of ln.
};
/// Of the values at or above `cut` > 0. Nothing for fewer than two different ones.
std::optional<WeightFits> fitWeights(std::span<const double> values, double cut);
/// Exponential of intervals that are 1 or more: 1 is the least, so the mean excess over it is fitted.
std::optional<Fit> fitExponential(std::span<const double> values, double least);

}  // namespace plexarium::statistics
