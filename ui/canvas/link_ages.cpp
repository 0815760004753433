#include "ui/canvas/link_ages.h"

#include <algorithm>

namespace plexarium::ui {

std::vector<std::uint8_t> linkAgesOf(const Snapshot& snapshot) {
  const auto& born = snapshot.appearance.linkBorn;
  std::vector<std::uint8_t> ages(born.size());
  std::ranges::transform(born, ages.begin(), [&](Tick tick) { return linkAgeClass(snapshot.tick, tick); });
  return ages;
}

std::array<LinkPaint, linkAgeClasses> linkAgePaints(const Theme& theme) {
  const Pixel young = theme.link(Tint::Burst).rest;
  const Pixel middle = theme.link(Tint::Inhibit).rest;
  const Pixel old = mixed(theme.link(Tint::Neutral).rest, theme.corner, 0.35F);
  std::array<LinkPaint, linkAgeClasses> paints;
  for (std::size_t age = 0; age < paints.size(); ++age) {
    const float way = 2 * static_cast<float>(age) / (linkAgeClasses - 1);
    const Pixel hue = way < 1 ? mixed(young, middle, way) : mixed(middle, old, way - 1);
    paints[age] = {hue, mixed(hue, theme.ink, 0.4F)};
  }
  return paints;
}

}  // namespace plexarium::ui
