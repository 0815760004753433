#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "ui/canvas/scene.h"

namespace plexarium::ui {
namespace {

constexpr float namesFrom = 11;  // radius in layout units from which all names are shown
constexpr float letterWidth = 7;
constexpr float lineHeight = 16;

}  // namespace

void Scene::addGroups(const Camera& camera, DisplayList& list) const {
  for (const GroupArea& area : areas()) {
    const Pixel colour = theme_->group(area.colour);
    Hull hull{{}, faded(colour, theme_->dark ? 0.13F : 0.1F), faded(colour, 0.75F), 1.4F * camera.ratio};
    for (const Point p : area.outline) hull.corners.push_back(camera.toScreen(p));
    list.hulls.push_back(std::move(hull));
  }
}

std::optional<GroupId> Scene::groupNameAt(Spot spot, const Camera& camera) const {
  for (auto area = areas().rbegin(); area != areas().rend(); ++area) {
    const Spot top = camera.toScreen(area->top);
    const float half = (static_cast<float>(area->label.size()) * letterWidth / 2 + 6) * camera.ratio;
    const float height = (lineHeight + 4) * camera.ratio;
    if (std::fabs(spot.x - top.x) <= half && spot.y <= top.y + 3 * camera.ratio && spot.y >= top.y - height)
      return area->group;
  }
  return std::nullopt;
}

void Scene::addFocus(const Camera& camera, double budget, DisplayList& list) const {
  for (std::size_t i = 0; i < focus_.links.size() && budget > 0; ++i) {
    const LinkPath path = geometry_.path(focus_.links[i], camera);
    if (!path.mayShow(camera)) continue;
    const LinkLook drawn = look(focus_.links[i], camera);
    const float strength = focus_.strengths.empty() ? 0.6F : 0.35F + 0.65F * focus_.strengths[i];
    // Causes glow: they are a path through time.
    if (!focus_.strengths.empty()) {
      addPath(list.strokes, path, faded(theme_->node(Tint::Burst).glow, 0.25F * strength), 7 * camera.ratio, {});
    }
    addMarkedPath(path, drawn, camera, faded(drawn.paint->active, strength), focus_.strengths.empty() ? 1.4F : 2.4F, list);
    budget -= path.length * 2 + 8;
  }
}

/// A new link shines and calms down; one that is gone stays for a moment as a fading dashed line.
void Scene::addLinkChanges(const Camera& camera, DisplayList& list) const {
  const GraphImage& graph = snapshot_->graph;
  for (const auto& change : linkChanges_.changes()) {
    const auto from = graph.row(change.key.from);
    const auto to = graph.row(change.key.to);
    if (!from || !to || from == to) continue;
    const bool mutual = graph.link({change.key.to, change.key.from}).has_value();
    const LinkPath path =
        linkCourse(camera.toScreen(geometry_.position(*from)), camera.toScreen(geometry_.position(*to)), mutual, camera);
    if (!path.mayShow(camera)) continue;
    const float fresh = linkChanges_.freshness(change);
    LinkLook drawn = lookOf(change.style, std::clamp(change.strength, 0.0F, 1.0F), camera);
    if (!change.born) {
      drawn.dash.unit = std::max(dashUnit(camera), camera.ratio);
      addMarkedPath(path, drawn, camera, faded(drawn.paint->rest, 0.8F * fresh), 1.4F, list);
      continue;
    }
    addPath(list.strokes, path, faded(theme_->node(Tint::Burst).glow, 0.35F * fresh), 6 * camera.ratio, {});
    addMarkedPath(path, drawn, camera, faded(drawn.paint->active, fresh), 1.8F, list);
  }
}

/// As the link will look, in the colour of the hand.
void Scene::addNewLink(const Camera& camera, const Marks::NewLink& wish, DisplayList& list) const {
  const auto from = snapshot_->graph.row(wish.from);
  const auto to = wish.to ? snapshot_->graph.row(*wish.to) : std::nullopt;
  if (!from || (wish.to && !to)) return;
  const Spot start = camera.toScreen(geometry_.position(*from));
  const Spot end = camera.toScreen(to ? geometry_.position(*to) : wish.place);
  const bool mutual = to && snapshot_->graph.link({*wish.to, wish.from});
  const LinkPath path = to == from ? loopCourse(start, camera) : linkCourse(start, end, mutual, camera);
  LinkLook drawn = lookOf(0, 0.5F, camera);
  drawn.endSize = std::max(drawn.endSize, 6 * camera.ratio);
  Pixel colour = drawn.paint->active;
  if (wish.refused) {
    colour = faded(theme_->ink, 0.4F);
    drawn.dash.unit = camera.ratio * 0.6F;
  }
  DisplayList drawing;
  addMarkedPath(path, drawn, camera, colour, 2, drawing);
  list.marks.insert(list.marks.end(), drawing.strokes.begin(), drawing.strokes.end());
  if (!wish.refused) list.ends.insert(list.ends.end(), drawing.ends.begin(), drawing.ends.end());
  const float radius = std::max(camera.scale, 4 * camera.ratio);
  list.rings.push_back({end, to ? radius * 1.3F : radius, 2 * camera.ratio, 1, colour});
}

void Scene::addTraces(const Camera& camera, const Marks& marks, DisplayList& list) const {
  if (!marks.traces) return;
  const float width = 64 * camera.ratio, height = 20 * camera.ratio;
  for (const Marks::Trace& trace : *marks.traces) {
    const auto row = snapshot_->graph.row(trace.neuron);
    if (!row) continue;
    const Spot centre = camera.toScreen(geometry_.position(*row));
    const float left = centre.x - width / 2;
    const float bottom = centre.y - std::max(camera.scale * 1.7F, 8 * camera.ratio);
    const float middle = bottom - height / 2;
    list.marks.push_back({{left, middle}, {left + width, middle}, faded(theme_->shade, 0.7F), height, {}});
    list.marks.push_back({{left, bottom}, {left + width, bottom}, faded(theme_->ink, 0.35F), camera.ratio, {}});
    const auto at = [&](std::size_t i) {
      const float share = static_cast<float>(i) / static_cast<float>(std::max<std::size_t>(trace.levels.size() - 1, 1));
      return Spot{left + width * share, bottom - height * std::clamp(trace.levels[i], 0.0F, 1.0F)};
    };
    for (std::size_t i = 1; i < trace.levels.size(); ++i) {
      list.marks.push_back({at(i - 1), at(i), theme_->node(Tint::Active).outline, 1.4F * camera.ratio, {}});
    }
  }
}

void Scene::addMarks(const Camera& camera, const Marks& marks, DisplayList& list) const {
  if (!snapshot_) return;
  addNeuronMarks(camera, marks, list);
  addTraces(camera, marks, list);
  if (marks.newLink) addNewLink(camera, *marks.newLink, list);
  if (marks.rubberBand) addRubberBand(camera, *marks.rubberBand, list);
  addNames(camera, marks, list);
}

void Scene::addRubberBand(const Camera& camera, const Box& band, DisplayList& list) const {
  const Spot a = camera.toScreen({band.left, band.top});
  const Spot b = camera.toScreen({band.right, band.bottom});
  // A line as thick as the band is high fills it.
  const float middle = (a.y + b.y) / 2;
  list.marks.push_back({{a.x, middle}, {b.x, middle}, faded(theme_->ink, 0.08F), std::max(1.0F, b.y - a.y), {}});
  const Pixel rim = faded(theme_->ink, 0.75F);
  const std::array<Spot, 5> corners{a, Spot{b.x, a.y}, b, Spot{a.x, b.y}, a};
  for (std::size_t i = 1; i < corners.size(); ++i) {
    list.marks.push_back({corners[i - 1], corners[i], rim, camera.ratio, {camera.ratio * 0.5F, 0}});
  }
}

void Scene::addMarkedPath(const LinkPath& path, const LinkLook& drawn, const Camera& camera, Pixel colour, float width,
                          DisplayList& list) const {
  addPath(list.strokes, path, colour, std::max(width * camera.ratio, drawn.width * 1.4F), drawn.dash);
  if (drawn.endSize > 0) addEnd(path, drawn.end, drawn.endSize * 1.2F, colour, list);
}

void Scene::addMarkedLink(std::size_t link, const Camera& camera, Pixel colour, float width, DisplayList& list) const {
  const LinkPath path = geometry_.path(link, camera);
  if (path.mayShow(camera)) addMarkedPath(path, look(link, camera), camera, colour, width, list);
}

void Scene::addMarkedLinks(const Camera& camera, const Marks& marks, DisplayList& list) const {
  const GraphImage& graph = snapshot_->graph;
  if (marks.hoveredNeuron) {
    if (const auto row = graph.row(*marks.hoveredNeuron)) {
      constexpr std::size_t most = 600;
      const std::size_t first = (*graph.firstLink)[*row];
      const std::size_t last = std::min<std::size_t>((*graph.firstLink)[*row + 1], first + most);
      for (std::size_t link = first; link < last; ++link) {
        addMarkedLink(link, camera, faded(look(link, camera).paint->active, 0.7F), 1.3F, list);
      }
    }
  }
  if (marks.selectedLinks) {
    for (const LinkKey key : *marks.selectedLinks) {
      if (const auto link = graph.link(key)) addMarkedLink(*link, camera, theme_->select, 2.2F, list);
    }
  }
  if (marks.hoveredLink) {
    if (const auto link = graph.link(*marks.hoveredLink))
      addMarkedLink(*link, camera, look(*link, camera).paint->active, 2.6F, list);
  }
}

void Scene::addNeuronMarks(const Camera& camera, const Marks& marks, DisplayList& list) const {
  const GraphImage& graph = snapshot_->graph;
  const auto centreOf = [&](NeuronId id) -> std::optional<Spot> {
    const auto row = graph.row(id);
    if (!row) return std::nullopt;
    return camera.toScreen(geometry_.position(*row));
  };
  const float radius = std::max(camera.scale * 1.62F, 5 * camera.ratio);
  const float width = std::clamp(camera.scale * 0.12F, 1.4F * camera.ratio, 3 * camera.ratio);
  if (marks.selectedNeurons) {
    for (const NeuronId id : *marks.selectedNeurons) {
      if (const auto centre = centreOf(id)) list.rings.push_back({*centre, radius, width, 1, theme_->select});
    }
  }
  if (marks.hoveredNeuron) {
    if (const auto centre = centreOf(*marks.hoveredNeuron)) {
      list.rings.push_back({*centre, radius + width * 1.5F, width, 1, faded(theme_->ink, 0.5F)});
    }
  }
  if (marks.pointed) {
    for (const NeuronId id : *marks.pointed) {
      if (const auto centre = centreOf(id))
        list.rings.push_back({*centre, radius + width * 1.5F, width * 1.5F, 1, theme_->ink});
    }
  }
  if (marks.rim) {
    if (const auto centre = centreOf(*marks.rim)) {
      const float thick = std::max(camera.scale * 0.3F, 3 * camera.ratio);
      const Pixel colour = theme_->link(description_->linkStyles[0].tint).active;
      list.rings.push_back({*centre, camera.scale + thick * 0.2F, thick, 1, faded(colour, 0.8F)});
    }
  }
  for (const Marks::Ripple& ripple : marks.ripples) {
    const auto centre = centreOf(ripple.neuron);
    if (!centre) continue;
    const Pixel colour = theme_->node(ripple.strong ? Tint::Active : Tint::Ready).outline;
    const float start = std::max(camera.scale, 4 * camera.ratio);
    for (const float lag : {0.0F, 0.25F}) {
      const float age = ripple.age * 1.25F - lag;
      if (age <= 0 || age >= 1) continue;
      const float spread = start * (1 + (ripple.strong ? 4.5F : 3.0F) * std::sqrt(age));
      list.rings.push_back({*centre, spread, 2 * camera.ratio, 1, faded(colour, (1 - age) * (1 - age))});
    }
  }
}

void Scene::addNames(const Camera& camera, const Marks& marks, DisplayList& list) const {
  constexpr std::size_t most = 120;
  const std::vector<std::string>& names = *snapshot_->graph.names;
  const float radius = camera.scale / camera.ratio;
  std::vector<Spot> taken;
  const auto add = [&](std::size_t row, bool always) {
    const Spot centre = camera.toScreen(geometry_.position(row));
    if (names[row].empty() || !camera.shows(centre)) return;
    const Spot top{centre.x, centre.y + std::max(camera.scale * 1.55F, 6 * camera.ratio)};
    const float width = (static_cast<float>(names[row].size()) * letterWidth + 6) * camera.ratio;
    const bool crowded = std::any_of(taken.begin(), taken.end(), [&](Spot other) {
      return std::fabs(other.x - top.x) < width && std::fabs(other.y - top.y) < 14 * camera.ratio;
    });
    if (crowded && !always) return;
    taken.push_back(top);
    list.names.push_back({top, names[row], theme_->ink, theme_->shade});
  };
  for (const GroupArea& area : areas()) {
    const Spot top = camera.toScreen(area.top);
    const Spot place{top.x, top.y - lineHeight * camera.ratio};
    if (area.label.empty() || !camera.shows(place, 20 * camera.ratio)) continue;
    taken.push_back(place);
    list.names.push_back({place, area.label, theme_->ink, theme_->shade});
  }
  if (marks.hoveredNeuron) {
    if (const auto row = snapshot_->graph.row(*marks.hoveredNeuron)) add(*row, true);
  }
  if (radius < namesFrom) return;
  // Neighbours in a list are often neighbours in place: a stride spreads the names that find room.
  std::size_t stride = names.size() * 5 / 8 | 1;
  while (std::gcd(stride, names.size()) != 1) stride += 2;
  for (std::size_t i = 0, row = 0; i < names.size() && taken.size() < most; ++i, row = (row + stride) % names.size())
    add(row, false);
}

}  // namespace plexarium::ui
