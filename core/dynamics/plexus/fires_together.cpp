#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/dynamics/plexus/activation.h"
#include "core/dynamics/plexus/fires.h"

namespace plexarium::plexus {
namespace {

/// One fire between its two halves.
struct Fire {
  bool wanted = false;
  bool learns = false;
  Step step;
};

/// A generation in two halves with a rest between them: every neuron fires (a member of the team has some of the neurons),
/// then everybody learns what is wanted of it and of its weights (a member has some of the sources and goes through all who
/// read them, in their order). Nobody writes what another one reads or writes.
template <Rule rule>
class Generation {
 public:
  Generation(const Rates& rates, Cells& cells, std::span<const std::uint32_t> order, std::span<const float> before)
      : rates_(rates), cells_(cells), order_(order), before_(before), fires_(order.size()) {}

  Outcome run(Team& team) {
    team.share([&](std::size_t member) { fireThoseOf(member, team.size()); });
    team.share([&](std::size_t member) {
      const auto count = cells_.count();
      learnFrom(member * count / team.size(), (member + 1) * count / team.size());
    });
    return outcome();
  }

 private:
  void fireThoseOf(std::size_t member, std::size_t members) {
    std::vector<float> read(cells_.subscriptions.longest());
    for (std::size_t k = 0; k < order_.size(); ++k) {
      if (order_[k] % members == member) fires_[k] = fire(order_[k], read.data());
    }
  }

  Fire fire(std::uint32_t row, float* read) {
    const auto sources = std::as_const(cells_.subscriptions).sources(row);
    const auto weights = std::as_const(cells_.subscriptions).weights(row);
    const float became = sigmoid(weightedSum(before_.data(), sources.data(), weights.data(), sources.size(), read));
    cells_.potential[row] = became;
    auto& desired = cells_.desired[row];
    if (!isWanted(desired)) return {};
    const float error = desired - became;
    cells_.loss[row] = std::abs(error);
    if (error != 0) return {true, true, stepOf<rule>(rates_, became, error, cells_.plasticity[row])};
    desired = noDesire;
    return {true, false, {}};
  }

  /// Sources in rows [first, last).
  void learnFrom(std::size_t first, std::size_t last) {
    for (std::size_t k = 0; k < order_.size(); ++k) {
      if (!fires_[k].learns) continue;
      const auto sources = cells_.subscriptions.sources(order_[k]);
      const auto weights = cells_.subscriptions.weights(order_[k]);
      const auto begin = std::ranges::lower_bound(sources, first) - sources.begin();
      for (auto s = static_cast<std::size_t>(begin); s < sources.size() && sources[s] < last; ++s) {
        float wish = 0;
        plexus::learnFrom<rule>(fires_[k].step, before_[sources[s]], weights[s], wish);
        weights[s] = std::min(std::max(weights[s], -largestWeight), largestWeight);
        cells_.desired[sources[s]] = std::min(std::max(wish, 0.0F), 1.0F);
      }
    }
  }

  Outcome outcome() {
    Outcome outcome;
    for (std::size_t k = 0; k < order_.size(); ++k) {
      const auto row = order_[k];
      const bool moved = fires_[k].learns && cells_.plasticity[row] > 0;
      outcome.byWeights += moved ? 1 : 0;
      auto& shown = cells_.doing[row];
      shown = std::max(shown, static_cast<std::uint8_t>(moved ? Doing::ByWeights : Doing::Fired));
      if (!fires_[k].wanted) continue;
      ++outcome.wanted;
      outcome.loss += double{cells_.loss[row]};
    }
    return outcome;
  }

  const Rates& rates_;
  Cells& cells_;
  std::span<const std::uint32_t> order_;
  std::span<const float> before_;
  std::vector<Fire> fires_;
};

}  // namespace

Outcome fireTogether(Rule rule, const Rates& rates, Cells& cells, std::span<const std::uint32_t> order,
                     std::span<const float> before, Team& team) {
  assert(rule != Rule::Article && before.size() == cells.potential.size());
  if (rule == Rule::Sign) return Generation<Rule::Sign>(rates, cells, order, before).run(team);
  if (rule == Rule::SignRepaired) return Generation<Rule::SignRepaired>(rates, cells, order, before).run(team);
  return Generation<Rule::Gradient>(rates, cells, order, before).run(team);
}

}  // namespace plexarium::plexus
