#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/session/snapshot.h"
#include "ui/canvas/theme.h"

namespace plexarium::ui {

/// How long ago links came by themselves, in powers of ten: class k is younger than 10^(k+1) ticks; the last class is older,
/// or was always there.
inline constexpr std::uint8_t linkAgeClasses = 7;
inline std::uint8_t linkAgeClass(Tick now, Tick born) {
  if (born == never) return linkAgeClasses - 1;
  std::uint8_t age = 0;
  for (Tick limit = 10; age + 1 < linkAgeClasses && now - born >= limit; limit *= 10) ++age;
  return age;
}

/// Per link row; empty where links of this dynamics do not come by themselves. O(links).
std::vector<std::uint8_t> linkAgesOf(const Snapshot& snapshot);

/// From bright for the young to dull for the old: apart in lightness as well as in hue.
std::array<LinkPaint, linkAgeClasses> linkAgePaints(const Theme& theme);

}  // namespace plexarium::ui
