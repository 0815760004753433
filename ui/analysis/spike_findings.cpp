#include "ui/analysis/spike_findings.h"

#include <QObject>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/analysis/histogram.h"

namespace plexarium::ui {
namespace {

using Look = Finding::Look;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t mostPoints = 1'000;
constexpr std::size_t mostCorrelated = 400;  // neurons
constexpr std::size_t mostLags = 200;
constexpr std::size_t bins = 40;

std::size_t ticksOf(const Stretches& stretches) {
  std::size_t ticks = 0;
  for (const auto& stretch : stretches) ticks += stretch.train.steps.size();
  return ticks;
}

/// "in 10,000 steps"
QString during(std::size_t ticks, const QString& unit) { return QObject::tr("in %1 %2s").arg(wholeText(ticks), unit); }

/// What every analysis of firings needs; empty: it is there.
QString lacking(const Stretches& stretches, const QString& unit) {
  if (stretches.empty()) {
    return QObject::tr("No %1 has been looked at yet: let the network run while this is open").arg(unit);
  }
  if (stretches.front().train.neurons == 0) return QObject::tr("There are no such neurons");
  for (const auto& stretch : stretches) {
    if (std::ranges::any_of(stretch.train.steps, [](const auto& step) { return !step.empty(); })) return {};
  }
  return QObject::tr("None of these neurons fired %1").arg(during(ticksOf(stretches), unit));
}

std::vector<double> allCounts(const Stretches& stretches) {
  std::vector<double> counts;
  for (const auto& stretch : stretches) {
    const auto some = statistics::populationCount(stretch.train);
    counts.insert(counts.end(), some.begin(), some.end());
  }
  return counts;
}

/// Every so many-th neuron.
statistics::SpikeTrain thinned(statistics::SpikeTrain train, std::size_t every) {
  if (every <= 1) return train;
  train.neurons = (train.neurons + every - 1) / every;
  for (auto& step : train.steps) {
    std::erase_if(step, [&](std::uint32_t neuron) { return neuron % every != 0; });
    for (auto& neuron : step) neuron /= static_cast<std::uint32_t>(every);
  }
  return train;
}

}  // namespace

Finding rateFinding(const Stretches& stretches, const QString& unit, const std::optional<RateGoal>& goal) {
  if (const auto what = lacking(stretches, unit); !what.isEmpty()) return missing(what);
  const auto neurons = static_cast<double>(stretches.front().train.neurons);
  const auto span =
      stretches.back().first + static_cast<Tick>(stretches.back().train.steps.size()) - stretches.front().first;
  const auto width = (static_cast<std::size_t>(span) + mostPoints - 1) / mostPoints;
  Finding finding{{unit}, {QObject::tr("rate (per %1)").arg(unit)}, {}, {}, {}, false};
  Finding::Curve curve{QObject::tr("rate"), Look::Line, 0, {}, {}};
  for (const auto& stretch : stretches) {
    const auto counts = statistics::populationCount(stretch.train);
    for (std::size_t begin = 0; begin < counts.size(); begin += width) {
      const auto some = std::span(counts).subspan(begin, std::min(width, counts.size() - begin));
      curve.x.push_back(static_cast<double>(stretch.first) + static_cast<double>(begin) +
                        static_cast<double>(some.size() - 1) / 2);
      curve.y.push_back(momentsOf(some).mean / neurons);
    }
    curve.x.push_back(static_cast<double>(stretch.first) + static_cast<double>(counts.size()));
    curve.y.push_back(nan);
  }
  const auto counts = allCounts(stretches);
  const auto all = momentsOf(counts);
  finding.words = QObject::tr("%1 firings per neuron and %2: on average %3 of %4 neurons, deviation %5, %6")
                      .arg(figure(all.mean / neurons), unit, figure(all.mean), wholeText(stretches.front().train.neurons),
                           figure(all.spread), during(counts.size(), unit));
  if (width > 1) finding.words += QObject::tr("; each point is the mean of %1").arg(wholeText(width));
  const double begin = curve.x.front(), end = curve.x.back();
  finding.curves.push_back(std::move(curve));
  if (goal && goal->of.isEmpty()) {
    finding.curves.push_back(
        {QObject::tr("target %1").arg(figure(goal->rate)), Look::Fit, 1, {begin, end}, {goal->rate, goal->rate}});
    finding.words += QObject::tr("; the target is %1").arg(figure(goal->rate));
  } else if (goal) {
    finding.words += QObject::tr("; the target of %1 is for %2 alone").arg(figure(goal->rate), goal->of);
  }
  return finding;
}

Finding intervalFinding(const Stretches& stretches, const QString& unit, bool logarithmic) {
  if (const auto what = lacking(stretches, unit); !what.isEmpty()) return missing(what);
  std::vector<double> intervals;
  for (const auto& stretch : stretches) {
    const auto some = statistics::interSpikeIntervals(stretch.train);
    intervals.insert(intervals.end(), some.begin(), some.end());
  }
  if (intervals.empty()) return missing(QObject::tr("None of these neurons fired twice in a row of %1s").arg(unit));
  const auto found = wholeHistogram(intervals, 2 * bins);
  Finding finding{{QObject::tr("interval (%1s)").arg(unit)}, {QObject::tr("intervals"), logarithmic}, {}, {}, {}, false};
  finding.curves.push_back(bars(found, QObject::tr("intervals")));
  finding.words = QObject::tr("%1 intervals, on average %2 %3s")
                      .arg(wholeText(intervals.size()), figure(momentsOf(intervals).mean), unit);
  const auto fit = statistics::fitExponential(intervals, 1);
  if (!fit) {
    finding.words += QObject::tr("; all alike, so there is nothing to fit");
    return finding;
  }
  // A whole number stands for what lies around it, so the continuous curve begins half a tick earlier.
  const auto share = [mean = fit->location](double value) { return 1 - std::exp(-std::max(value - 0.5, 0.0) / mean); };
  finding.curves.push_back(expected(found, static_cast<double>(intervals.size()), share, QObject::tr("exponential")));
  finding.words += QObject::tr("; exponential from 1 on with a mean of %1 %2s, distance (KS) %3")
                       .arg(figure(fit->location), unit, figure(fit->distance));
  return finding;
}

Finding correlationFinding(const Stretches& stretches, const QString& unit, const std::vector<QString>& names) {
  if (const auto what = lacking(stretches, unit); !what.isEmpty()) return missing(what);
  const auto neurons = stretches.front().train.neurons;
  const auto every = (neurons + mostCorrelated - 1) / mostCorrelated;
  const auto train = thinned(joined(stretches), every);
  Finding finding{{QObject::tr("neuron")}, {QObject::tr("neuron")}, {}, {}, {}, false};
  Finding::Matrix matrix{train.neurons, statistics::correlationMatrix(train), 0, {}};
  for (std::size_t k = 0; k < neurons; k += every) matrix.names.push_back(names[k]);
  for (std::size_t k = 0; k < matrix.values.size(); ++k) {
    if (k % (matrix.side + 1) != 0 && !std::isnan(matrix.values[k])) {
      matrix.reach = std::max(matrix.reach, std::abs(matrix.values[k]));
    }
  }
  const auto mean = statistics::meanCorrelation(matrix.values);
  if (!mean) return missing(QObject::tr("No neuron both fired and was silent: nothing varies"));
  if (matrix.reach == 0) matrix.reach = 1;
  finding.words = QObject::tr("Mean correlation %1 (diagonal included), strongest between two neurons %2, %3")
                      .arg(figure(*mean), figure(matrix.reach), during(train.steps.size(), unit));
  if (train.neurons < neurons) {
    finding.words += QObject::tr("; %1 of %2 neurons").arg(wholeText(train.neurons), wholeText(neurons));
  }
  finding.matrix = std::move(matrix);
  return finding;
}

Finding fanoFinding(const Stretches& stretches, const QString& unit, std::size_t window) {
  if (const auto what = lacking(stretches, unit); !what.isEmpty()) return missing(what);
  const auto train = joined(stretches, window);
  const auto windows = train.steps.size() / window;
  if (windows < 2) {
    return missing(QObject::tr("Not two windows of %1 %2s were looked at without a gap").arg(wholeText(window), unit));
  }
  std::vector<double> factors;
  for (const auto& fano : statistics::fanoFactors(train, windows)) {
    if (fano) factors.push_back(fano->factor);
  }
  if (factors.empty()) return missing(QObject::tr("None of these neurons fired in a whole window"));
  const double most = *std::ranges::max_element(factors);
  Finding finding{{QObject::tr("Fano factor")}, {QObject::tr("neurons")}, {}, {}, {}, false};
  finding.curves.push_back(bars(histogram(factors, 0, std::max(most * 1.05, 0.1), bins), QObject::tr("neurons")));
  const auto all = momentsOf(factors);
  finding.words =
      QObject::tr("On average %1 ± %2 over %3 neurons, from %4 windows of %5 %6s; 1 is chance (Poisson)")
          .arg(figure(all.mean), figure(all.spread), wholeText(factors.size()), wholeText(windows), wholeText(window), unit);
  return finding;
}

Finding smoothnessFinding(const Stretches& stretches, const QString& unit) {
  if (const auto what = lacking(stretches, unit); !what.isEmpty()) return missing(what);
  const auto counts = statistics::populationCount(longest(stretches).train);
  if (counts.size() < 3) return missing(QObject::tr("It takes three %1s in a row").arg(unit));
  std::vector<double> changes;
  for (std::size_t k = 1; k < counts.size(); ++k) changes.push_back(counts[k] - counts[k - 1]);
  Finding finding{
      {QObject::tr("change of the firings per %1").arg(unit)}, {QObject::tr("%1s").arg(unit)}, {}, {}, {}, false};
  finding.curves.push_back(bars(wholeHistogram(changes, 2 * bins), QObject::tr("changes")));
  finding.words = QObject::tr("Smoothness %1 firings (deviation of the changes), %2 without a gap")
                      .arg(figure(statistics::smoothness(counts)), during(counts.size(), unit));
  if (const auto relative = statistics::relativeSmoothness(counts)) {
    finding.words += QObject::tr("; %1 times the mean change").arg(figure(*relative));
  }
  return finding;
}

Finding autocorrelationFinding(const Stretches& stretches, const QString& unit) {
  if (const auto what = lacking(stretches, unit); !what.isEmpty()) return missing(what);
  const auto counts = statistics::populationCount(longest(stretches).train);
  Finding finding{{QObject::tr("lag (%1s)").arg(unit)}, {QObject::tr("autocorrelation")}, {}, {}, {}, false};
  Finding::Curve curve{QObject::tr("autocorrelation"), Look::Line, 0, {}, {}};
  for (std::size_t lag = 0; lag <= std::min(mostLags, counts.size() / 4); ++lag) {
    const auto r = statistics::autocorrelation(counts, lag);
    curve.x.push_back(static_cast<double>(lag));
    curve.y.push_back(r.value_or(nan));
  }
  if (std::ranges::all_of(curve.y, [](double r) { return std::isnan(r); })) {
    return missing(QObject::tr("The number of firings did not vary, or too few %1s were looked at in a row").arg(unit));
  }
  const auto below = std::ranges::find_if(curve.y, [](double r) { return r < std::exp(-1); }) - curve.y.begin();
  if (curve.x.size() > 1) finding.words = QObject::tr("r = %1 at lag 1; ").arg(figure(curve.y[1]));
  finding.words += static_cast<std::size_t>(below) < curve.y.size()
                       ? QObject::tr("below 1/e from lag %1 on").arg(below)
                       : QObject::tr("above 1/e up to lag %1").arg(curve.y.size() - 1);
  finding.words += QObject::tr(", %1 without a gap").arg(during(counts.size(), unit));
  finding.curves.push_back(std::move(curve));
  return finding;
}

Finding entropyFinding(const Stretches& stretches, const QString& unit) {
  if (const auto what = lacking(stretches, unit); !what.isEmpty()) return missing(what);
  const auto train = joined(stretches);
  const auto entropy = statistics::spikeSourceEntropy(train);
  if (!entropy) return missing(QObject::tr("It takes two neurons"));
  std::vector<double> shares(train.neurons, 0.0);
  double all = 0;
  for (const auto& step : train.steps) {
    for (const auto neuron : step) ++shares[neuron];
    all += static_cast<double>(step.size());
  }
  for (auto& share : shares) share /= all;
  std::ranges::sort(shares, std::greater());
  const auto silent = std::ranges::count(shares, 0.0);
  const auto alike = 1 / static_cast<double>(train.neurons);
  Finding finding{{QObject::tr("neuron, the busiest first")}, {QObject::tr("share of all firings")}, {}, {}, {}, false};
  Finding::Curve curve{QObject::tr("share"), Look::Bars, 0, {}, std::move(shares)};
  for (std::size_t k = 0; k <= train.neurons; ++k) curve.x.push_back(static_cast<double>(k) + 0.5);
  curve.y.push_back(0);
  finding.curves.push_back({QObject::tr("all alike"), Look::Fit, 1, {curve.x.front(), curve.x.back()}, {alike, alike}});
  finding.curves.insert(finding.curves.begin(), std::move(curve));
  finding.words =
      QObject::tr("Entropy of the source of a firing %1 (1: all neurons fire alike), %2; %3 of %4 neurons silent")
          .arg(figure(*entropy), during(train.steps.size(), unit), wholeText(static_cast<std::size_t>(silent)),
               wholeText(train.neurons));
  return finding;
}

}  // namespace plexarium::ui
