#include "core/dynamics/sonn/marks.h"

#include <algorithm>

namespace plexarium::sonn {

Verdict Marks::judge(const Settings& settings, double rate, std::span<const std::uint32_t> spikes, std::uint32_t wanted,
                     std::span<const std::uint8_t> takesPart) {
  Verdict verdict;
  std::uint64_t sum = 0;
  std::uint32_t columns = 0;
  std::uint32_t best = 0;
  for (std::uint32_t column = 0; column < spikes.size(); ++column) {
    if (takesPart[column] == 0) continue;
    sum += spikes[column];
    ++columns;
    if (column != wanted) best = std::max(best, spikes[column]);
  }
  const double own = spikes[wanted];
  verdict.margin = own - best;

  const bool shared = settings.marks == MarkKind::Shared;
  auto& mark = ofTrue[shared ? 0 : wanted];
  const bool worst = settings.trueRule == TrueRule::Worst;
  verdict.strengthen = worst ? verdict.margin < mark : verdict.margin > mark;
  const double step = settings.markStep * (verdict.strengthen ? 1 - rate : -rate);
  mark += worst ? -step : step;

  weakened.clear();
  const double falseRate = rate / settings.falseShare;
  const double measure = settings.falseMeasure == FalseMeasure::TrueColumn ? own : static_cast<double>(sum) / columns;
  for (std::uint32_t column = 0; column < spikes.size(); ++column) {
    if (takesPart[column] == 0 || column == wanted) continue;
    auto& limit = ofFalse[shared ? 0 : column];
    const bool above = spikes[column] - measure > limit;
    limit += settings.markStep * (above ? 1 - falseRate : -falseRate);
    if (above) weakened.push_back(column);
  }
  verdict.weakened = static_cast<std::uint32_t>(weakened.size());
  return verdict;
}

}  // namespace plexarium::sonn
