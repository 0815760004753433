#include "ui/window/arrangement.h"

#include <QCoreApplication>
#include <algorithm>
#include <numeric>

namespace plexarium::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("Arrangement", text); }

/// The coordinate that an alignment changes.
float Point::*axisOf(Alignment alignment) {
  switch (alignment) {
    case Alignment::Left:
    case Alignment::Centre:
    case Alignment::Right:
    case Alignment::SpreadAcross:
      return &Point::x;
    case Alignment::Top:
    case Alignment::Middle:
    case Alignment::Bottom:
    case Alignment::SpreadDown:
      break;
  }
  return &Point::y;
}

bool spreads(Alignment alignment) { return alignment == Alignment::SpreadAcross || alignment == Alignment::SpreadDown; }

/// New values in the order of the old ones.
std::vector<float> aligned(const std::vector<float>& old, Alignment alignment) {
  const auto [low, high] = std::minmax_element(old.begin(), old.end());
  if (!spreads(alignment)) {
    const bool first = alignment == Alignment::Left || alignment == Alignment::Top;
    const bool last = alignment == Alignment::Right || alignment == Alignment::Bottom;
    return std::vector<float>(old.size(), first ? *low : last ? *high : std::midpoint(*low, *high));
  }
  std::vector<std::size_t> order(old.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return old[a] < old[b]; });
  std::vector<float> even(old.size());
  for (std::size_t place = 0; place < order.size(); ++place) {
    even[order[place]] = std::lerp(*low, *high, static_cast<float>(place) / static_cast<float>(old.size() - 1));
  }
  return even;
}

}  // namespace

std::vector<AlignmentWay> alignmentWays() {
  return {
      {Alignment::Left, "alignLeft", tr("Align &left"), tr("Move what is selected to its left edge")},
      {Alignment::Centre, "alignCentre", tr("Align &centre"), tr("Move what is selected onto one vertical line")},
      {Alignment::Right, "alignRight", tr("Align &right"), tr("Move what is selected to its right edge")},
      {Alignment::Top, "alignTop", tr("Align &top"), tr("Move what is selected to its upper edge")},
      {Alignment::Middle, "alignMiddle", tr("Align &middle"), tr("Move what is selected onto one horizontal line")},
      {Alignment::Bottom, "alignBottom", tr("Align &bottom"), tr("Move what is selected to its lower edge")},
      {Alignment::SpreadAcross, "spreadAcross", tr("Distribute &across"), tr("Even distances from left to right")},
      {Alignment::SpreadDown, "spreadDown", tr("Distribute &down"), tr("Even distances from top to bottom")},
  };
}

Result<Edit> align(const GraphImage& graph, std::span<const NeuronId> neurons, Alignment alignment) {
  float Point::*const axis = axisOf(alignment);
  MoveNeurons move;
  std::vector<float> old;
  for (const NeuronId id : neurons) {
    const auto row = graph.row(id);
    if (!row) continue;
    move.positions.emplace_back(id, (*graph.positions)[*row]);
    old.push_back(move.positions.back().second.*axis);
  }
  const std::size_t least = spreads(alignment) ? 3 : 2;
  if (old.size() < least) {
    return failure(tr("Too few neurons are selected").toStdString(), {},
                   tr("Select at least %1, with Shift and drag or Ctrl and click").arg(least).toStdString());
  }
  const auto fresh = aligned(old, alignment);
  if (fresh == old) return failure(tr("They stand like this already").toStdString());
  for (std::size_t row = 0; row < fresh.size(); ++row) move.positions[row].second.*axis = fresh[row];
  const auto ways = alignmentWays();
  const auto way = std::find_if(ways.begin(), ways.end(), [&](const auto& one) { return one.alignment == alignment; });
  return Edit{QString(way->text).remove(QLatin1Char('&')).toStdString(), {std::move(move)}};
}

}  // namespace plexarium::ui
