#include "ui/canvas/scene.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>

namespace plexarium::ui {
namespace {

constexpr double looksEvery = 0.2;  // seconds between looks at what learning made of the links
constexpr float smallMark = 3;      // pixels: the radius of a neuron that shows only light; as in neuron.frag
constexpr float endsFrom = 4.5F;    // radius in layout units from which links show how they end
constexpr float dashesFrom = 3;
constexpr float palest = 0.018F;         // an opacity below this is lost in rounding
constexpr float faintest = 0.02F;        // a glow that is seen
constexpr float curvesOfPulses = 0.16F;  // length of a pulse's tail, of the link

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

}  // namespace

void Scene::open(const Description* description) {
  description_ = description;
  whole_.reset();
  snapshot_.reset();
  lens_ = Lens();
  around_.clear(), causes_.clear(), areas_.clear();
  lateAreas_.clear();
  focus_ = Focus();
  geometry_ = NetworkGeometry();
  activity_.reset();
  linkChanges_.reset();
  styles_.clear(), strengths_.clear(), ages_.clear(), order_.clear();
  dress();
}

void Scene::setTheme(const Theme& theme) {
  theme_ = &theme;
  dress();
}

void Scene::setColouring(Colouring colouring) {
  colouring_ = colouring;
  dress();
}

void Scene::setLinkAges(bool on, double seconds) {
  linkAges_ = on;
  looksTaken_ = seconds - looksEvery;
  if (whole_) see(seconds);
}

void Scene::dress() {
  agePaints_ = linkAgePaints(*theme_);
  if (description_) looks_.dress(*description_, *theme_, colouring_);
  if (snapshot_) looks_.adopt(snapshot_->graph);
  ++placesRevision_;
}

void Scene::show(std::shared_ptr<const Snapshot> snapshot, double seconds) {
  assert(description_ && snapshot);
  whole_ = std::move(snapshot);
  linkChanges_.adopt(*whole_, seconds);
  see(seconds);
}

void Scene::setFilter(const CanvasFilter& filter, double seconds) {
  lens_.setFilter(filter);
  if (whole_) see(seconds);
}

void Scene::setFocus(std::vector<NeuronId> around, std::vector<CauseLink> causes) {
  around_ = std::move(around);
  causes_ = std::move(causes);
  if (snapshot_) refocus();
}

void Scene::refocus() {
  const GraphImage& graph = snapshot_->graph;
  focus_ = causes_.empty() ? focusAround(graph, geometry_, around_) : focusOn(graph, geometry_, causes_);
  ++placesRevision_;
}

void Scene::see(double seconds) {
  snapshot_ = lens_.see(whole_, seconds);
  const NetworkGeometry::Change change = geometry_.adopt(snapshot_->graph);
  activity_.adopt(*snapshot_, seconds);
  const Appearance& appearance = snapshot_->appearance;
  assert(appearance.phase.size() == geometry_.neuronCount() && appearance.linkStyle.size() == geometry_.linkCount());
  const GraphImage& graph = snapshot_->graph;
  looks_.adopt(graph);
  if (change.moved || graph.ids != areaRows_ || graph.groups != areaGroups_ || graph.memberOf != areaMembers_) {
    areas_ = groupAreas(lens_, graph, geometry_);
    lateAreas_.clear();
    areaRows_ = graph.ids;
    areaGroups_ = graph.groups;
    areaMembers_ = graph.memberOf;
  }
  if (change.moved) ++placesRevision_;
  if (change.rewired && (!around_.empty() || !causes_.empty())) refocus();
  const bool due = change.rewired || seconds - looksTaken_ >= looksEvery;
  if (!due) return;
  auto ages = linkAges_ ? linkAgesOf(*snapshot_) : std::vector<std::uint8_t>();
  const bool relooked = styles_ != appearance.linkStyle || strengths_ != appearance.linkStrength || ages_ != ages;
  if (!change.rewired && !relooked) return;
  looksTaken_ = seconds;
  ages_ = std::move(ages);
  styles_ = appearance.linkStyle;
  strengths_ = appearance.linkStrength;
  orderLinks();
  ++linksRevision_;
}

void Scene::setPreview(std::vector<std::size_t> rows, Point offset) {
  lateAreas(geometry_.previewRows());
  lateAreas(rows);
  geometry_.setPreview(std::move(rows), offset);
  ++placesRevision_;
}

/// Takes note of the groups that these neurons are in.
void Scene::lateAreas(const std::vector<std::size_t>& rows) {
  if (areas_.empty()) return;
  const GraphImage& graph = snapshot_->graph;
  for (const std::size_t row : rows) {
    for (const Group* group = findGroup(*graph.groups, (*graph.memberOf)[row]); group;
         group = findGroup(*graph.groups, group->parent)) {
      if (std::ranges::find(lateAreas_, group->id) == lateAreas_.end()) lateAreas_.push_back(group->id);
    }
  }
}

/// A hand moves more often than there are pictures.
const std::vector<GroupArea>& Scene::areas() const {
  for (GroupArea& area : areas_) {
    if (std::ranges::find(lateAreas_, area.group) != lateAreas_.end()) outlineAnew(area, snapshot_->graph, geometry_);
  }
  lateAreas_.clear();
  return areas_;
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
  LinkLook drawn = lookOf(styles_[link], std::clamp(strengths_[link], 0.0F, 1.0F), camera);
  drawn.paint = &paintOf(link);
  if (linkStandsBack(link)) drawn.weight *= backOpacity;
  return drawn;
}

const LinkPaint& Scene::paintOf(std::size_t link) const {
  if (!ages_.empty()) return agePaints_[ages_[link]];
  const auto style = std::min<std::size_t>(styles_[link], description_->linkStyles.size() - 1);
  return theme_->link(description_->linkStyles[style].tint);
}

Scene::LinkLook Scene::lookOf(std::size_t style, float strength, const Camera& camera) const {
  LinkLook look;
  const LinkStyle& kind = description_->linkStyles[std::min(style, description_->linkStyles.size() - 1)];
  const float radius = camera.scale / camera.ratio;
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
    if (!path.mayShow(camera)) continue;
    const LinkLook drawn = look(order_[from], camera);
    const Pixel colour = faded(drawn.paint->rest, std::max(pass.opacity * drawn.weight, palest));
    const float width = pass.plain ? 1 : drawn.width;
    addPath(list.strokes, path, colour, width, drawn.dash);
    left -= visibleInk(path, camera) * (width > 1 ? width * 1.5F : 1) + 4;
    if (pass.plain || drawn.endSize <= 0) continue;
    addEnd(path, drawn.end, drawn.endSize, faded(drawn.paint->rest, std::min(1.0F, pass.opacity * drawn.weight * 1.5F)),
           list);
    left -= drawn.endSize * drawn.endSize;
  }
  return from;
}

void Scene::addLiving(const Camera& camera, const Marks& marks, double budget, DisplayList& list) const {
  addGroups(camera, list);
  addGlowing(camera, marks, budget, list);
  addNeurons(camera, list);
  addMarks(camera, marks, list);
}

void Scene::addGlowing(const Camera& camera, const Marks& marks, double budget, DisplayList& list) const {
  if (!snapshot_) return;
  addFocus(camera, budget, list);
  addActiveLinks(camera, budget, list);
  addLinkChanges(camera, list);
  addMarkedLinks(camera, marks, list);
  addPulses(camera, list);
}

Scene::RestingLook Scene::restingLook(std::size_t link) const {
  const LinkStyle& kind =
      description_->linkStyles[std::min<std::size_t>(styles_[link], description_->linkStyles.size() - 1)];
  const float strength = std::clamp(strengths_[link], 0.0F, 1.0F);
  const float back = linkStandsBack(link) ? backOpacity : 1;
  return {faded(paintOf(link).rest, weightOf(strength) * back), strength, kind.dashed};
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
    if (!path.mayShow(camera)) continue;
    const LinkLook drawn = look(link, camera);
    const float back = linkStandsBack(link) ? backOpacity : 1;
    addEnd(path, drawn.end, drawn.endSize, faded(drawn.paint->rest, opacity * back), list);
  }
}

/// Marks the links that glow visibly; how many there are.
std::size_t Scene::findGlowing() const {
  const Appearance& now = snapshot_->appearance;
  const auto& first = *snapshot_->graph.firstLink;
  const auto& targets = *snapshot_->graph.targets;
  const Tick lit = activity_.litSince(faintest);
  std::size_t count = 0;
  glowing_.assign(targets.size(), 0);
  if (!now.lastCarried.empty()) {
    for (std::size_t link = 0; link < targets.size(); ++link) count += glowing_[link] = now.lastCarried[link] >= lit ? 1 : 0;
    return count;
  }
  std::vector<std::uint8_t> ends(now.lastFired.size());  // one byte each stays in the fastest cache
  std::ranges::transform(now.lastFired, ends.begin(), [lit](Tick fired) { return static_cast<std::uint8_t>(fired >= lit); });
  for (std::size_t row = 0; row < ends.size(); ++row) {
    if (ends[row] == 0) continue;
    for (std::size_t link = first[row]; link < first[row + 1]; ++link) count += glowing_[link] = ends[targets[link]];
  }
  return count;
}

void Scene::addActiveLinks(const Camera& camera, double budget, DisplayList& list) const {
  const Appearance& now = snapshot_->appearance;
  const float radius = camera.scale / camera.ratio;
  const std::size_t glowing = findGlowing();
  if (glowing == 0) return;
  // While many glow, thin lines: their mass is bright enough.
  const float crowd = std::clamp(400.0F / static_cast<float>(glowing), 0.12F, 1.0F);
  const float width = crowd < 0.6F ? 1 : std::clamp(1.2F + radius * 0.12F, 1.3F, 3.4F) * camera.ratio;
  for (const std::uint32_t link : order_) {
    if (glowing_[link] == 0) continue;
    const float glow = activity_.glow(now.carried(link, geometry_.source(link), geometry_.target(link)));
    const LinkPath path = geometry_.path(link, camera);
    if (!path.mayShow(camera)) continue;
    const LinkLook drawn = look(link, camera);
    const float back = linkStandsBack(link) ? backOpacity : 1;
    const float strength = back * glow * std::max(std::sqrt(crowd), 0.35F);
    if (width > 1) {
      addPath(list.strokes, path, faded(drawn.paint->active, strength * 0.22F), width * 3, {});
    }
    addPath(list.strokes, path, faded(drawn.paint->active, strength * 0.9F), width, drawn.dash);
    if (drawn.endSize > 0) addEnd(path, drawn.end, drawn.endSize * 1.15F, faded(drawn.paint->active, glow * back), list);
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
      if (!path.mayShow(camera)) continue;
      ++count;
      const Pixel colour = faded(look(link, camera).paint->active, linkStandsBack(link) ? backOpacity : 1);
      addPath(list.strokes, path, faded(colour, 0.85F), std::max(1.0F, size * 0.5F), {}, progress - curvesOfPulses,
              progress);
      list.glows.push_back({placeOn(path, progress), size * 2.2F, colour});
    }
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
    if (!camera.shows(centre, radius * 3)) continue;
    const auto& [paint, shape] = looks_.table()[looks_.index(row, now.phase[row])];
    const float flash = activity_.glow(now.lastFired[row]);
    NodeMark node{centre, radius, shape, roles[row], {}, now.store[row], theme_->store, theme_->storeRest};
    node.paint = {paint.body, paint.fill, paint.outline, now.level[row], std::max(1.0F, radius * 0.13F)};
    const float back = standsBack(row) ? backOpacity : 1;
    if (flash > faintest) {
      const Pixel light = theme_->node(Tint::Burst).glow;
      const float reach = std::max(radius * (1.7F + 1.5F * flash), 3 * camera.ratio);
      if (radius >= 1) list.glows.push_back({centre, reach, faded(light, flash * 0.75F * back)});
      // A halo tells who fires, and the mark what it is about; what is too small for a halo lights up itself.
      const float wash = flash * (radius < smallMark ? 1.0F : 0.4F);
      node.paint.body = mixed(node.paint.body, light, wash * 0.6F);
      node.paint.fill = mixed(node.paint.fill, light, wash * 0.8F);
      if (theme_->dark || radius < smallMark) node.paint.outline = mixed(node.paint.outline, light, wash * 0.7F);
    }
    if (back < 1) {
      for (Pixel* part : {&node.paint.body, &node.paint.fill, &node.paint.outline, &node.storeColour, &node.storeRest}) {
        *part = faded(*part, back);
      }
    }
    list.nodes.push_back(node);
  }
}

}  // namespace plexarium::ui
