#include "ui/canvas/scene.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numeric>

namespace plexarium::ui {
namespace {

constexpr double looksEvery = 0.2;  // seconds between looks at what learning made of the links
constexpr float endsFrom = 4.5F;    // radius in layout units from which links show how they end
constexpr float dashesFrom = 3;
constexpr float namesFrom = 11;
constexpr float palest = 0.018F;         // an opacity below this is lost in rounding
constexpr float curvesOfPulses = 0.16F;  // length of a pulse's tail, of the link

bool onSurface(Spot s, float reach, const Camera& camera) {
  return s.x > -reach && s.y > -reach && s.x < static_cast<float>(camera.width) + reach &&
         s.y < static_cast<float>(camera.height) + reach;
}

bool mayShow(const LinkPath& path, const Camera& camera) {
  if (path.count < 2) return false;
  float left = path.spots[0].x, right = left, top = path.spots[0].y, bottom = top;
  for (int i = 1; i < path.count; ++i) {
    left = std::min(left, path.spots[i].x), right = std::max(right, path.spots[i].x);
    top = std::min(top, path.spots[i].y), bottom = std::max(bottom, path.spots[i].y);
  }
  return right > 0 && bottom > 0 && left < static_cast<float>(camera.width) && top < static_cast<float>(camera.height);
}

/// Pixels of the path that lie on the surface, about.
double visibleInk(const LinkPath& path, const Camera& camera) {
  if (path.count > 2) return std::min<double>(path.length, camera.width + camera.height);
  Spot a = path.spots[0];
  Spot b = path.spots[1];
  if (!clipLine(a.x, a.y, b.x, b.y, 0, 0, static_cast<float>(camera.width), static_cast<float>(camera.height))) return 0;
  return std::max(std::fabs(b.x - a.x), std::fabs(b.y - a.y));
}

/// Weak links are paler too.
float weightOf(float strength) { return 0.45F + 0.55F * strength; }

void addEnd(const LinkPath& path, LinkEnd end, float size, Pixel colour, DisplayList& list) {
  const Spot a = path.spots[path.count - 2];
  const Spot b = path.spots[path.count - 1];
  const float length = std::hypot(b.x - a.x, b.y - a.y);
  if (length > 0) list.ends.push_back({b, {(b.x - a.x) / length, (b.y - a.y) / length}, size, colour, end});
}

}  // namespace

/// How one link is drawn at rest.
struct Scene::LinkLook {
  const LinkPaint* paint = nullptr;
  LinkEnd end = LinkEnd::Arrow;
  Dash dash;
  float width = 1;
  float weight = 1;   // of its opacity
  float endSize = 0;  // 0: no end
};

void Scene::open(const Description* description) {
  description_ = description;
  snapshot_.reset();
  geometry_ = NetworkGeometry();
  activity_.reset();
  styles_.clear(), strengths_.clear(), order_.clear();
  ++placesRevision_;
}

void Scene::setTheme(const Theme& theme) {
  theme_ = &theme;
  ++placesRevision_;
}

void Scene::show(std::shared_ptr<const Snapshot> snapshot, double seconds) {
  assert(description_ && snapshot);
  snapshot_ = std::move(snapshot);
  const NetworkGeometry::Change change = geometry_.adopt(snapshot_->graph);
  activity_.adopt(*snapshot_, seconds);
  const Appearance& appearance = snapshot_->appearance;
  assert(appearance.phase.size() == geometry_.neuronCount() && appearance.linkStyle.size() == geometry_.linkCount());
  if (change.moved) ++placesRevision_;
  const bool relooked =
      seconds - looksTaken_ >= looksEvery && (styles_ != appearance.linkStyle || strengths_ != appearance.linkStrength);
  if (!change.rewired && !relooked) return;
  looksTaken_ = seconds;
  styles_ = appearance.linkStyle;
  strengths_ = appearance.linkStrength;
  orderLinks();
  ++linksRevision_;
}

void Scene::setPreview(std::vector<std::size_t> rows, Point offset) {
  geometry_.setPreview(std::move(rows), offset);
  ++placesRevision_;
}

void Scene::orderLinks() {
  constexpr std::size_t classes = 8;
  const auto classOf = [this](std::uint32_t link) {
    const auto weakness = static_cast<int>((1 - strengths_[link]) * static_cast<float>(classes));
    return static_cast<std::size_t>(std::clamp(weakness, 0, static_cast<int>(classes) - 1));
  };
  std::array<std::size_t, classes + 1> next{};
  for (const std::uint32_t link : geometry_.shuffled()) ++next[classOf(link) + 1];
  for (std::size_t i = 1; i <= classes; ++i) next[i] += next[i - 1];
  order_.resize(geometry_.linkCount());
  for (const std::uint32_t link : geometry_.shuffled()) order_[next[classOf(link)]++] = link;
}

float Scene::opacity(double total, const Camera& camera) {
  const double cover = total / std::max(1.0, static_cast<double>(camera.width) * camera.height / camera.ratio);
  return static_cast<float>(std::clamp(0.6 * std::pow(std::max(cover, 0.06) / 0.06, -0.55), 0.02, 0.6));
}

Scene::LinkLook Scene::look(std::size_t link, const Camera& camera) const {
  LinkLook look;
  const std::size_t style = std::min<std::size_t>(styles_[link], description_->linkStyles.size() - 1);
  const LinkStyle& kind = description_->linkStyles[style];
  const float radius = camera.scale / camera.ratio;
  const float strength = std::clamp(strengths_[link], 0.0F, 1.0F);
  look.paint = &theme_->link(kind.tint);
  look.end = kind.end;
  if (kind.dashed && dashesShow(camera)) look.dash.unit = dashUnit(camera);
  look.weight = weightOf(strength);
  look.width = camera.ratio + widthRoom(camera) * strength;
  if (look.width < 1.25F) look.width = 1;
  if (radius >= endsFrom) look.endSize = std::clamp(radius * 0.5F, 3.5F, 13.0F) * camera.ratio;
  return look;
}

std::size_t Scene::addLinks(const Camera& camera, std::size_t from, const LinkPass& pass, DisplayList& list) const {
  for (double left = pass.budget; from < order_.size() && left > 0; ++from) {
    const LinkPath path = geometry_.path(order_[from], camera);
    if (!mayShow(path, camera)) continue;
    const LinkLook drawn = look(order_[from], camera);
    const Pixel colour = faded(drawn.paint->rest, std::max(pass.opacity * drawn.weight, palest));
    const float width = pass.plain ? 1 : drawn.width;
    addPath(list.strokes, path, colour, width, drawn.dash);
    left -= visibleInk(path, camera) * (width > 1 ? width * 1.5F : 1) + 4;
    if (pass.plain || drawn.endSize <= 0) continue;
    addEnd(path, drawn.end, drawn.endSize, faded(drawn.paint->rest, std::min(1.0F, pass.opacity * 1.5F)), list);
    left -= drawn.endSize * drawn.endSize;
  }
  return from;
}

void Scene::addLiving(const Camera& camera, const Marks& marks, double budget, DisplayList& list) const {
  addGlowing(camera, marks, budget, list);
  addNeurons(camera, list);
  addMarks(camera, marks, list);
}

void Scene::addGlowing(const Camera& camera, const Marks& marks, double budget, DisplayList& list) const {
  if (!snapshot_) return;
  addActiveLinks(camera, budget, list);
  addMarkedLinks(camera, marks, list);
  addPulses(camera, list);
}

void Scene::addMarks(const Camera& camera, const Marks& marks, DisplayList& list) const {
  if (!snapshot_) return;
  addNeuronMarks(camera, marks, list);
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

Scene::RestingLook Scene::restingLook(std::size_t link) const {
  const LinkStyle& kind =
      description_->linkStyles[std::min<std::size_t>(styles_[link], description_->linkStyles.size() - 1)];
  const float strength = std::clamp(strengths_[link], 0.0F, 1.0F);
  return {faded(theme_->link(kind.tint).rest, weightOf(strength)), strength, kind.dashed};
}

float Scene::widthRoom(const Camera& camera) {
  return std::clamp((camera.scale / camera.ratio - 5) * 0.14F, 0.0F, 2.6F) * camera.ratio;
}

float Scene::dashUnit(const Camera& camera) {
  return std::clamp(camera.scale / camera.ratio * 0.08F, 0.5F, 1.1F) * camera.ratio;
}

bool Scene::dashesShow(const Camera& camera) { return camera.scale >= dashesFrom * camera.ratio; }

void Scene::addEnds(const Camera& camera, DisplayList& list) const {
  if (!snapshot_ || camera.scale < endsFrom * camera.ratio) return;
  const float opacity = std::min(1.0F, Scene::opacity(ink(camera), camera) * 1.5F);
  for (const std::uint32_t link : order_) {
    const LinkPath path = geometry_.path(link, camera);
    if (!mayShow(path, camera)) continue;
    const LinkLook drawn = look(link, camera);
    addEnd(path, drawn.end, drawn.endSize, faded(drawn.paint->rest, opacity), list);
  }
}

void Scene::addActiveLinks(const Camera& camera, double budget, DisplayList& list) const {
  const std::vector<Tick>& carried = snapshot_->appearance.lastCarried;
  const float radius = camera.scale / camera.ratio;
  // While many glow, thin lines: their mass is bright enough.
  std::size_t glowing = 0;
  for (const Tick tick : carried) glowing += activity_.glow(tick) > 0.02F;
  if (glowing == 0) return;
  const float crowd = std::clamp(400.0F / static_cast<float>(glowing), 0.12F, 1.0F);
  const float width = crowd < 0.6F ? 1 : std::clamp(1.2F + radius * 0.12F, 1.3F, 3.4F) * camera.ratio;
  for (const std::uint32_t link : order_) {
    const float glow = activity_.glow(carried[link]);
    if (glow <= 0.02F) continue;
    const LinkPath path = geometry_.path(link, camera);
    if (!mayShow(path, camera)) continue;
    const LinkLook drawn = look(link, camera);
    const float strength = glow * std::max(std::sqrt(crowd), 0.35F);
    if (width > 1) {
      addPath(list.strokes, path, faded(drawn.paint->active, strength * 0.22F), width * 3, {});
    }
    addPath(list.strokes, path, faded(drawn.paint->active, strength * 0.9F), width, drawn.dash);
    if (drawn.endSize > 0) addEnd(path, drawn.end, drawn.endSize * 1.15F, faded(drawn.paint->active, glow), list);
    budget -= visibleInk(path, camera) * (width > 1 ? width * 4 : 1) + 4;
    if (budget <= 0) break;
  }
}

void Scene::addPulses(const Camera& camera, DisplayList& list) const {
  constexpr int most = 3000;
  const Appearance& now = snapshot_->appearance;
  const auto& first = *snapshot_->graph.firstLink;
  const float size = std::clamp(camera.scale * 0.34F, 1.6F * camera.ratio, 7 * camera.ratio);
  int count = 0;
  for (std::size_t row = 0; row < geometry_.neuronCount() && count < most; ++row) {
    const float progress = activity_.progress(row, now.progress);
    if (progress < 0) continue;
    for (std::size_t link = first[row]; link < first[row + 1] && count < most; ++link) {
      const LinkPath path = geometry_.path(link, camera);
      if (!mayShow(path, camera)) continue;
      ++count;
      const Pixel colour = look(link, camera).paint->active;
      addPath(list.strokes, path, faded(colour, 0.85F), std::max(1.0F, size * 0.5F), {}, progress - curvesOfPulses,
              progress);
      list.glows.push_back({placeOn(path, progress), size * 2.2F, colour});
    }
  }
}

void Scene::addMarkedLink(std::size_t link, const Camera& camera, Pixel colour, float width, DisplayList& list) const {
  const LinkPath path = geometry_.path(link, camera);
  if (!mayShow(path, camera)) return;
  const LinkLook drawn = look(link, camera);
  addPath(list.strokes, path, colour, std::max(width * camera.ratio, drawn.width * 1.4F), drawn.dash);
  if (drawn.endSize > 0) addEnd(path, drawn.end, drawn.endSize * 1.2F, colour, list);
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

void Scene::addNeurons(const Camera& camera, DisplayList& list) const {
  if (!snapshot_) return;
  const Appearance& now = snapshot_->appearance;
  const std::vector<Role>& roles = *snapshot_->graph.roles;
  const float radius = camera.scale;
  list.nodes.reserve(list.nodes.size() + geometry_.neuronCount());
  for (std::size_t row = 0; row < geometry_.neuronCount(); ++row) {
    const Spot centre = camera.toScreen(geometry_.position(row));
    if (!onSurface(centre, radius * 3, camera)) continue;
    const PhaseStyle& phase = description_->phases[std::min<std::size_t>(now.phase[row], description_->phases.size() - 1)];
    const NodePaint& paint = theme_->node(phase.tint);
    const float flash = activity_.glow(now.lastFired[row]);
    NodeMark node{centre, radius, phase.shape, roles[row], {}, now.store[row], theme_->store, theme_->storeRest};
    node.paint = {paint.body, paint.fill, paint.outline, now.level[row], std::max(1.0F, radius * 0.13F)};
    if (flash > 0.02F) {
      const Pixel light = theme_->node(Tint::Burst).glow;
      const float reach = std::max(radius * (1.7F + 1.5F * flash), 3 * camera.ratio);
      if (radius >= 1) list.glows.push_back({centre, reach, faded(light, flash * 0.75F)});
      node.paint.body = mixed(node.paint.body, light, flash * 0.6F);
      node.paint.fill = mixed(node.paint.fill, light, flash * 0.8F);
      if (theme_->dark || radius < 3) node.paint.outline = mixed(node.paint.outline, light, flash * 0.7F);
    }
    list.nodes.push_back(node);
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
    if (names[row].empty() || !onSurface(centre, 0, camera)) return;
    const Spot top{centre.x, centre.y + std::max(camera.scale * 1.55F, 6 * camera.ratio)};
    const float width = (static_cast<float>(names[row].size()) * 7 + 6) * camera.ratio;
    const bool crowded = std::any_of(taken.begin(), taken.end(), [&](Spot other) {
      return std::fabs(other.x - top.x) < width && std::fabs(other.y - top.y) < 14 * camera.ratio;
    });
    if (crowded && !always) return;
    taken.push_back(top);
    list.names.push_back({top, names[row], theme_->ink, theme_->shade});
  };
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
