#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/dynamics/plexus/cells.h"
#include "core/dynamics/plexus/fires.h"

namespace plexarium::plexus {

/// The cells' lists as pointers, which no store can move.
struct Lists {
  explicit Lists(Cells& cells)
      : potential(cells.potential.data()),
        desired(cells.desired.data()),
        loss(cells.loss.data()),
        plasticity(cells.plasticity.data()),
        doing(cells.doing.data()) {}

  float* potential;
  float* desired;
  float* loss;
  const float* plasticity;
  std::uint8_t* doing;
};

/// What a neuron has come to by firing.
enum class Verdict : std::uint8_t {
  Free,   ///< Nothing is wanted of it.
  Met,    ///< It is exactly what is wanted: nothing is wanted any more.
  Missed  ///< It learns.
};

/// After a neuron has fired: keeps the books, and says by `step` what it learns where it missed what was `desired`.
template <Rule rule>
[[gnu::always_inline]] inline Verdict judge(const Rates& rates, const Lists& lists, std::uint32_t row, float became,
                                            float desired, Outcome& outcome, Step& step) {
  auto doing = Doing::Fired;
  auto verdict = Verdict::Free;
  if (isWanted(desired)) {
    const float error = desired - became;
    const float size = std::abs(error);
    lists.loss[row] = size;
    outcome.loss += double{size};
    ++outcome.wanted;
    verdict = error == 0 ? Verdict::Met : Verdict::Missed;
    if (verdict == Verdict::Missed) {
      const float plasticity = lists.plasticity[row];
      step = stepOf<rule>(rates, became, error, plasticity);
      if (plasticity > 0) {
        doing = Doing::ByWeights;
        ++outcome.byWeights;
      }
    }
  }
  lists.doing[row] = std::max(lists.doing[row], static_cast<std::uint8_t>(doing));
  return verdict;
}

}  // namespace plexarium::plexus
