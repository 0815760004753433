#include "ui/analysis/twin_finding.h"

#include <QObject>
#include <algorithm>
#include <numeric>

namespace plexarium::ui {
namespace {

constexpr std::size_t mostPoints = 1'000;

QString nameOf(const Graph& graph, NeuronId neuron) {
  const auto row = graph.row(neuron);
  const auto name = row ? QString::fromStdString(graph.names()[*row]) : QString();
  return name.isEmpty() ? QObject::tr("neuron %1").arg(neuron.value) : name;
}

double meanOf(std::span<const std::uint32_t> counts) {
  return std::accumulate(counts.begin(), counts.end(), 0.0) / static_cast<double>(counts.size());
}

QString wordsOf(const std::vector<std::uint32_t>& differing, std::size_t counted, const QString& unit) {
  const auto most = std::ranges::max_element(differing);
  const auto last = std::find_if(differing.rbegin(), differing.rend(), [](std::uint32_t count) { return count > 0; });
  if (last == differing.rend()) return QObject::tr("None of %1 neurons ever fired otherwise.").arg(wholeText(counted));
  const auto together = static_cast<std::size_t>(last - differing.rbegin());  // ticks at the end without a difference
  const QString far = QObject::tr("At most %1 of %2 neurons fired otherwise, %3 %4s later; ")
                          .arg(wholeText(*most), wholeText(counted),
                               wholeText(static_cast<std::size_t>(most - differing.begin()) + 1), unit);
  if (together > differing.size() / 10) {
    return far + QObject::tr("alike again after %1 %2s.").arg(wholeText(differing.size() - together), unit);
  }
  const auto tail = std::max<std::size_t>(differing.size() / 10, 1);
  return far +
         QObject::tr("%1 on average in the last %2.").arg(figure(meanOf(std::span(differing).last(tail))), wholeText(tail));
}

}  // namespace

Finding twinFinding(const DynamicsEntry& entry, const Model& model, NeuronId disturbed, std::span<const NeuronId> counted,
                    Tick ticks, const QString& unit, const std::function<bool(double)>& goesOn) {
  const auto run = runTwin(entry, model, disturbed, counted, ticks, goesOn);
  if (!run) return missing(QString::fromStdString(run.error().text()));
  if (!*run) return missing(QObject::tr("Ended early"));
  const auto& differing = (*run)->differing;
  Finding finding{
      {QObject::tr("%1s after the disturbance").arg(unit)}, {QObject::tr("neurons that fire otherwise")}, {}, {}, {}, false};
  Finding::Curve curve{QObject::tr("distance"), Finding::Look::Line, 0, {}, {}};
  const auto width = (differing.size() + mostPoints - 1) / mostPoints;
  for (std::size_t begin = 0; begin < differing.size(); begin += width) {
    const auto part = std::span(differing).subspan(begin, std::min(width, differing.size() - begin));
    curve.x.push_back(static_cast<double>(begin) + static_cast<double>(part.size() + 1) / 2);
    curve.y.push_back(meanOf(part));
  }
  finding.curves.push_back(std::move(curve));
  finding.words =
      ((*run)->flipped ? QObject::tr("%1 was turned round at %2 %L3. ") : QObject::tr("%1 was stimulated at %2 %L3. "))
          .arg(nameOf(model.graph, disturbed), unit)
          .arg(static_cast<qlonglong>(model.tick)) +
      wordsOf(differing, counted.size(), unit);
  return finding;
}

}  // namespace plexarium::ui
