#include "ui/analysis/network_findings.h"

#include <QLocale>
#include <QObject>
#include <algorithm>
#include <cmath>

#include "core/record/statistics.h"
#include "ui/analysis/histogram.h"

namespace plexarium::ui {
namespace {

using Look = Finding::Look;

constexpr std::size_t bins = 40;

QString withUnit(const QString& name, const QString& unit) {
  return unit.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, unit);
}

QString labelOf(const Field& field) {
  return withUnit(QString::fromStdString(field.label), QString::fromStdString(field.unit));
}

void addDegree(Finding& finding, const std::vector<double>& degrees, const QString& name, std::size_t hue) {
  const auto found = wholeHistogram(degrees, 2 * bins);
  finding.curves.push_back(bars(found, name, hue));
  const auto [mean, spread] = momentsOf(degrees);
  if (!finding.words.isEmpty()) finding.words += QLatin1Char('\n');
  finding.words += QObject::tr("%1 on average %2 ± %3").arg(name, figure(mean), figure(spread));
  if (spread == 0) return;
  const auto share = [mean = mean, spread = spread](double value) { return normalShare(value, mean, spread); };
  finding.curves.push_back(
      expected(found, static_cast<double>(degrees.size()), share, QObject::tr("%1, normal").arg(name), hue));
}

}  // namespace

std::vector<double> valuesAmong(const FieldLook& look, const std::vector<NeuronId>& members) {
  std::vector<char> among(look.ids.size());
  for (std::size_t row = 0; row < look.ids.size(); ++row) among[row] = std::ranges::binary_search(members, look.ids[row]);
  std::vector<double> values;
  for (std::size_t row = 0; row < look.ids.size(); ++row) {
    if (!among[row]) continue;
    if (!look.ofLinks) {
      values.push_back(columnValue(*look.values, row));
      continue;
    }
    for (std::size_t link = look.firstLink[row]; link < look.firstLink[row + 1]; ++link) {
      if (among[look.targets[link]]) values.push_back(columnValue(*look.values, link));
    }
  }
  return values;
}

Finding linkFinding(std::span<const double> values, const Field& field, double cut, bool logarithmic) {
  if (values.empty()) return missing(QObject::tr("There are no links between such neurons"));
  const auto fits = statistics::fitWeights(values, cut);
  if (!fits) {
    return missing(QObject::tr("Fewer than two different values of %1 are at or above %2")
                       .arg(QString::fromStdString(field.label), figure(cut)));
  }
  double most = cut;
  for (const double value : values) {
    if (std::isfinite(value)) most = std::max(most, value);
  }
  const auto found = logarithmic ? logHistogram(values, cut, most, bins) : histogram(values, cut, most, bins);
  Finding finding{{labelOf(field), logarithmic}, {QObject::tr("links")}, {}, {}, {}, false};
  finding.curves.push_back(bars(found, QObject::tr("links")));
  const auto& [mean, spread, distance] = fits->lognormal;
  const auto share = [mean = mean, spread = spread](double value) { return normalShare(std::log(value), mean, spread); };
  finding.curves.push_back(expected(found, static_cast<double>(fits->samples), share, QObject::tr("lognormal")));
  finding.words =
      QObject::tr(
          "%1 of %2 links at or above %3: lognormal with a mean of ln %4 and a deviation of %5, skewness of ln %6\n"
          "Distance (KS) of the lognormal %7, normal %8, exponential %9")
          .arg(wholeText(fits->samples), wholeText(values.size()), figure(cut), figure(mean), figure(spread),
               figure(fits->logSkew), figure(distance), figure(fits->normal.distance), figure(fits->exponential.distance));
  return finding;
}

Finding neuronFinding(std::span<const double> values, const Field& field) {
  std::vector<double> finite;
  std::ranges::copy_if(values, std::back_inserter(finite), [](double value) { return std::isfinite(value); });
  if (finite.empty()) return missing(QObject::tr("There are no such neurons"));
  auto [low, high] = std::ranges::minmax(finite);
  if (low == high) {  // one bin's worth of room to either side
    const double room = std::max(std::abs(low) * 0.5, 0.5);
    low -= room;
    high += room;
  }
  Finding finding{{labelOf(field)}, {QObject::tr("neurons")}, {}, {}, {}, false};
  finding.curves.push_back(bars(histogram(finite, low, high, bins), QObject::tr("neurons")));
  const auto all = momentsOf(finite);
  finding.words = QObject::tr("%1 of %2 neurons: on average %3 ± %4, from %5 to %6")
                      .arg(QString::fromStdString(field.label), wholeText(finite.size()), figure(all.mean),
                           figure(all.spread), figure(std::ranges::min(finite)), figure(std::ranges::max(finite)));
  return finding;
}

Finding degreeFinding(std::span<const std::uint32_t> firstLink, std::span<const std::uint32_t> targets,
                      std::span<const std::uint32_t> rows) {
  if (rows.empty()) return missing(QObject::tr("There are no such neurons"));
  std::vector<double> in(rows.size(), 0.0), out(rows.size(), 0.0);
  std::size_t links = 0;
  for (std::size_t from = 0; from < rows.size(); ++from) {
    for (auto link = firstLink[rows[from]]; link < firstLink[rows[from] + 1]; ++link) {
      const auto to = std::ranges::lower_bound(rows, targets[link]);
      if (to == rows.end() || *to != targets[link]) continue;
      ++out[from];
      ++in[static_cast<std::size_t>(to - rows.begin())];
      ++links;
    }
  }
  if (links == 0) return missing(QObject::tr("There are no links between these neurons"));
  Finding finding{{QObject::tr("links of a neuron")}, {QObject::tr("neurons")}, {}, {}, {}, false};
  addDegree(finding, in, QObject::tr("Incoming"), 0);
  addDegree(finding, out, QObject::tr("Outgoing"), 1);
  finding.words += QObject::tr("; %1 links between %2 neurons").arg(wholeText(links), wholeText(rows.size()));
  return finding;
}

Finding courseFinding(const LongSeries& series, const QString& name, const QString& valueUnit, const QString& tickUnit,
                      bool logarithmic) {
  const auto& points = series.points();
  if (points.size() < 2) return missing(QObject::tr("Nothing is known of the past yet: let the network run"));
  Finding finding{{tickUnit, logarithmic}, {withUnit(name, valueUnit)}, {}, {}, {}, false};
  Finding::Curve curve{name, Look::Line, 0, {}, {}};
  for (const auto& point : points) {
    if (logarithmic && point.tick < 1) continue;
    curve.x.push_back(static_cast<double>(point.tick));
    curve.y.push_back(point.value);
  }
  finding.curves.push_back(std::move(curve));
  const auto least = std::ranges::min_element(points, {}, &LongSeries::Point::value);
  const auto most = std::ranges::max_element(points, {}, &LongSeries::Point::value);
  const auto tick = [&](Tick at) { return tickUnit + QLatin1Char(' ') + QLocale().toString(static_cast<qlonglong>(at)); };
  finding.words = QObject::tr("%1: now %2, least %3 at %4, most %5 at %6")
                      .arg(name, figure(points.back().value), figure(least->value), tick(least->tick), figure(most->value),
                           tick(most->tick));
  return finding;
}

}  // namespace plexarium::ui
