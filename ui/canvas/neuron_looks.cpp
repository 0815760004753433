#include "ui/canvas/neuron_looks.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace plexarium::ui {

NodePaint hued(const NodePaint& phase, Pixel hue, const Theme& theme) {
  return {mixed(phase.body, hue, 0.5F), hue, mixed(hue, theme.ink, 0.4F), phase.glow};
}

/// Sky, grey and orange of the groups: apart in hue and lightness.
Pixel hueOf(Role role, const Theme& theme) {
  constexpr std::uint8_t colours[] = {5, 7, 1};
  return theme.group(colours[static_cast<std::size_t>(role)]);
}

void NeuronLooks::dress(const Description& description, const Theme& theme, Colouring colouring) {
  table_.clear();
  if (std::exchange(colouring_, colouring) != colouring) roles_.reset(), groups_.reset();
  phases_ = static_cast<std::uint8_t>(description.phases.size());
  const auto add = [&](const auto& paint) {
    for (const auto& phase : description.phases) table_.push_back({paint(theme.node(phase.tint)), phase.shape});
  };
  const auto addHue = [&](Pixel hue) { add([&](const NodePaint& paint) { return hued(paint, hue, theme); }); };
  if (colouring == Colouring::Role) {
    for (const Role role : {Role::Sensory, Role::Inter, Role::Motor}) addHue(hueOf(role, theme));
  } else {
    add([](const NodePaint& paint) { return paint; });  // the phase's own; also of who is in no group
    for (std::uint8_t colour = 0; colouring == Colouring::Group && colour < groupColours; ++colour)
      addHue(theme.group(colour));
  }
  assert(!table_.empty() && table_.size() < 127);
}

void NeuronLooks::adopt(const GraphImage& graph) {
  if (graph.roles == roles_ && graph.groups == groups_ && graph.memberOf == members_) return;
  roles_ = graph.roles;
  groups_ = graph.groups;
  members_ = graph.memberOf;
  hues_.clear();
  if (colouring_ == Colouring::Phase) return;
  hues_.reserve(roles_->size());
  for (std::size_t row = 0; row < roles_->size(); ++row) {
    if (colouring_ == Colouring::Role) {
      hues_.push_back(static_cast<std::uint8_t>((*roles_)[row]));
    } else {
      const Group* group = findGroup(*groups_, (*members_)[row]);
      hues_.push_back(group ? static_cast<std::uint8_t>(1 + group->colour) : std::uint8_t{0});
    }
  }
}

}  // namespace plexarium::ui
