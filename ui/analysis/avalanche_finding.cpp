#include <QObject>
#include <algorithm>
#include <cmath>

#include "ui/analysis/histogram.h"
#include "ui/analysis/spike_findings.h"

namespace plexarium::ui {
namespace {

using Look = Finding::Look;

constexpr double binRatio = 1.3;
constexpr std::size_t fitPoints = 30;

/// Where exponents are fitted: the research code's ranges.
struct Range {
  std::size_t first;
  std::size_t last;
};
constexpr Range durations{6, 60};  // ticks
constexpr Range sizes{10, 1'500};  // firings

/// An avalanche that was under way when the stretch began is not whole.
std::span<const double> fromRest(std::span<const double> counts, double threshold) {
  const auto rest = std::ranges::find_if(counts, [&](double count) { return count <= threshold; });
  return counts.subspan(static_cast<std::size_t>(rest - counts.begin()));
}

/// Bins of whole numbers whose widths grow with them.
Histogram growingBins(std::span<const double> values) {
  Histogram found;
  found.edges.push_back(0.5);
  const double largest = *std::ranges::max_element(values);
  while (found.edges.back() < largest) {
    const double edge = found.edges.back();
    found.edges.push_back(std::floor(std::max(edge + 1, edge * binRatio) - 0.5) + 0.5);
  }
  found.counts.assign(found.edges.size() - 1, 0.0);
  for (const double value : values) {
    ++found.counts[static_cast<std::size_t>(std::ranges::upper_bound(found.edges, value) - found.edges.begin()) - 1];
  }
  return found;
}

/// How likely each whole number is.
Finding::Curve densities(std::span<const double> values, QString name, std::size_t hue) {
  Finding::Curve curve{std::move(name), Look::Points, hue, {}, {}};
  const auto found = growingBins(values);
  for (std::size_t k = 0; k < found.counts.size(); ++k) {
    if (found.counts[k] == 0) continue;
    const double low = found.edges[k], high = found.edges[k + 1];
    curve.x.push_back(std::sqrt((low + 0.5) * (high - 0.5)));
    curve.y.push_back(found.counts[k] / static_cast<double>(values.size()) / (high - low));
  }
  return curve;
}

Finding::Curve powerLaw(const statistics::PowerLaw& law, Range range, double share, std::size_t hue) {
  Finding::Curve curve{QObject::tr("exponent %1").arg(figure(law.exponent)), Look::Fit, hue, {}, {}};
  double all = 0;
  for (auto k = range.first; k <= range.last; ++k) all += std::pow(static_cast<double>(k), -law.exponent);
  const auto first = static_cast<double>(range.first), last = static_cast<double>(range.last);
  for (std::size_t k = 0; k < fitPoints; ++k) {
    const double at = first * std::pow(last / first, static_cast<double>(k) / (fitPoints - 1));
    curve.x.push_back(at);
    curve.y.push_back(share * std::pow(at, -law.exponent) / all);
  }
  return curve;
}

/// One of the two distributions with its fit, and what is said of it.
void add(Finding& finding, std::span<const double> values, Range range, const QString& name, const QString& unit,
         std::size_t hue) {
  finding.curves.push_back(densities(values, name, hue));
  const auto law = statistics::fitPowerLaw(values, range.first, range.last);
  if (!law) {
    finding.words +=
        QObject::tr("\n%1: too few of %2 to %3 %4 for a fit").arg(name, wholeText(range.first), wholeText(range.last), unit);
    return;
  }
  const double share = static_cast<double>(law->samples) / static_cast<double>(values.size());
  finding.curves.push_back(powerLaw(*law, range, share, hue));
  finding.words +=
      QObject::tr("\n%1: exponent %2 for %3 to %4 %5 (%6 avalanches); %7 than an exponential (ln %8)")
          .arg(name, figure(law->exponent), wholeText(range.first), wholeText(range.last), unit, wholeText(law->samples),
               law->gain > 0 ? QObject::tr("likelier") : QObject::tr("less likely"), figure(law->gain));
}

}  // namespace

Finding avalancheFinding(const Stretches& stretches, const QString& unit, std::optional<double> threshold) {
  std::vector<double> counts;
  for (const auto& stretch : stretches) {
    const auto some = statistics::populationCount(stretch.train);
    counts.insert(counts.end(), some.begin(), some.end());
  }
  if (counts.empty()) {
    return missing(QObject::tr("No %1 has been looked at yet: let the network run while this is open").arg(unit));
  }
  const double limit = threshold.value_or(statistics::avalancheThreshold(counts));
  statistics::Avalanches found{limit, {}, {}};
  for (const auto& stretch : stretches) {
    const auto some = statistics::populationCount(stretch.train);
    const auto here = statistics::avalanches(fromRest(some, limit), limit);
    found.durations.insert(found.durations.end(), here.durations.begin(), here.durations.end());
    found.sizes.insert(found.sizes.end(), here.sizes.begin(), here.sizes.end());
  }
  if (found.durations.empty()) {
    return missing(QObject::tr("No avalanche with more than %1 firings per %2 began and ended in %3 %2s")
                       .arg(figure(limit), unit, wholeText(counts.size())));
  }
  Finding finding{{QObject::tr("duration (%1s), size (firings)").arg(unit), true},
                  {QObject::tr("share of avalanches"), true},
                  {},
                  {},
                  {},
                  false};
  finding.words = QObject::tr("%1 avalanches of more than %2 firings per %3, in %4 %3s")
                      .arg(wholeText(found.durations.size()), figure(limit), unit, wholeText(counts.size()));
  add(finding, found.durations, durations, QObject::tr("Duration"), unit + QLatin1Char('s'), 0);
  add(finding, found.sizes, sizes, QObject::tr("Size"), QObject::tr("firings"), 1);
  return finding;
}

}  // namespace plexarium::ui
