#include "core/session/breakpoints.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>

namespace plexarium {
namespace {

bool crosses(std::optional<double> before, std::optional<double> now, double value, Crossing crossing) {
  if (!before || !now) return false;
  const bool rising = *before < value && *now >= value;
  const bool falling = *before > value && *now <= value;
  return (rising && crossing != Crossing::Falling) || (falling && crossing != Crossing::Rising);
}

bool touches(const std::vector<LinkKey>& links, NeuronId neuron) {
  if (!neuron) return !links.empty();
  return std::ranges::any_of(links, [&](LinkKey key) { return key.from == neuron || key.to == neuron; });
}

std::vector<LinkKey> keysOf(const Graph& graph) {
  std::vector<LinkKey> keys;
  keys.reserve(graph.linkCount());
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    for (std::size_t link = graph.firstLink()[row]; link < graph.firstLink()[row + 1]; ++link) {
      keys.push_back({graph.ids()[row], graph.ids()[graph.targets()[link]]});
    }
  }
  return keys;
}

Result<void> checkPlace(std::size_t index, std::size_t count, const char* kind, double value) {
  if (index >= count) return failure(std::string("there is no ") + kind + " number " + std::to_string(index), "breakpoint");
  if (!std::isfinite(value)) return failure("the value is not finite", "breakpoint");
  return {};
}

}  // namespace

Result<void> BreakpointWatch::set(std::vector<Breakpoint> breakpoints) {
  for (const auto& one : breakpoints) {
    Result<void> checked;
    if (const auto* field = std::get_if<FieldCrosses>(&one)) {
      checked = checkPlace(field->field, description_.neuronFields.size(), "neuron field", field->value);
    } else if (const auto* metric = std::get_if<MetricCrosses>(&one)) {
      checked = checkPlace(metric->metric, description_.metrics.size(), "metric", metric->value);
    }
    if (!checked) return checked;
  }
  breakpoints_ = std::move(breakpoints);
  before_.assign(breakpoints_.size(), std::nullopt);
  watchesLinks_ =
      std::ranges::any_of(breakpoints_, [](const auto& one) { return std::holds_alternative<LinksChange>(one); });
  return {};
}

std::optional<double> BreakpointWatch::valueOf(const Graph& graph, const FieldCrosses& wanted) const {
  const auto row = graph.row(wanted.neuron);
  if (!row) return std::nullopt;
  return columnValue(graph.neuronColumn(wanted.field), *row);
}

void BreakpointWatch::rebase(const Graph& graph, bool journey) {
  for (std::size_t k = 0; k < breakpoints_.size(); ++k) {
    if (const auto* field = std::get_if<FieldCrosses>(&breakpoints_[k])) before_[k] = valueOf(graph, *field);
    if (journey && std::holds_alternative<MetricCrosses>(breakpoints_[k])) before_[k].reset();
  }
  links_ = watchesLinks_ ? keysOf(graph) : std::vector<LinkKey>{};
  topology_ = graph.revisions().topology;
}

/// Which links came and went since the tick before.
void BreakpointWatch::lookAtLinks(const Graph& graph) {
  born_.clear();
  died_.clear();
  if (!watchesLinks_ || std::exchange(topology_, graph.revisions().topology) == graph.revisions().topology) return;
  auto now = keysOf(graph);
  std::ranges::set_difference(now, links_, std::back_inserter(born_));
  std::ranges::set_difference(links_, now, std::back_inserter(died_));
  links_ = std::move(now);
}

std::optional<BreakpointHit> BreakpointWatch::look(const Graph& graph, Tick tick, std::span<const double> metrics) {
  lookAtLinks(graph);
  BreakpointHit hit{tick, {}};
  for (std::size_t k = 0; k < breakpoints_.size(); ++k) {
    const auto& one = breakpoints_[k];
    bool met = false;
    if (const auto* fires = std::get_if<NeuronFires>(&one)) {
      const auto row = graph.row(fires->neuron);
      met = row && graph.lastFired()[*row] == tick - 1;
    } else if (const auto* field = std::get_if<FieldCrosses>(&one)) {
      const auto now = valueOf(graph, *field);
      met = crosses(std::exchange(before_[k], now), now, field->value, field->crossing);
    } else if (const auto* metric = std::get_if<MetricCrosses>(&one)) {
      const auto now = metrics[metric->metric];
      met = crosses(std::exchange(before_[k], now), now, metric->value, metric->crossing);
    } else if (const auto* links = std::get_if<LinksChange>(&one)) {
      met = (links->born && touches(born_, links->neuron)) || (links->dies && touches(died_, links->neuron));
    }
    if (met) hit.breakpoints.push_back(k);
  }
  return hit.breakpoints.empty() ? std::nullopt : std::optional(std::move(hit));
}

}  // namespace plexarium
