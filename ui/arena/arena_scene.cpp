#include "ui/arena/arena_scene.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace plexarium::ui {
namespace {

constexpr std::size_t longestTrack = 6000;
constexpr double trackStep = 0.02;   // body lengths between two points of the track
constexpr double gridStep = 1;       // body lengths
constexpr float halfScaleText = 46;  // pixels of layout: half of the width of what stands over the scale
constexpr int outlinePieces = 48;    // of the body's outline, per side
constexpr int circleCorners = 40;
constexpr double rowReach = 1.0 / 26;  // of the body, to either side of a row's middle
constexpr double muscleInner = 0.2;    // of the body's half width
constexpr double muscleOuter = 0.92;

ArenaPoint operator+(ArenaPoint a, ArenaPoint b) { return {a.x + b.x, a.y + b.y}; }
ArenaPoint operator-(ArenaPoint a, ArenaPoint b) { return {a.x - b.x, a.y - b.y}; }
ArenaPoint operator*(ArenaPoint a, double by) { return {a.x * by, a.y * by}; }
double length(ArenaPoint a) { return std::hypot(a.x, a.y); }

ArenaPoint placeOf(const ArenaObject& object) { return {object.values[0], object.values[1]}; }

/// `place` in the object's own axes.
ArenaPoint within(const ArenaObject& box, ArenaPoint place) {
  const double angle = box.values[4] * std::numbers::pi / 180;
  const ArenaPoint way = place - placeOf(box);
  return {way.x * std::cos(angle) + way.y * std::sin(angle), way.y * std::cos(angle) - way.x * std::sin(angle)};
}

std::vector<ArenaPoint> outlineOf(const ArenaObject& object, ObjectShape shape) {
  std::vector<ArenaPoint> corners;
  if (shape == ObjectShape::Box) {
    const double angle = object.values[4] * std::numbers::pi / 180;
    const ArenaPoint first{std::cos(angle), std::sin(angle)};
    const ArenaPoint second{-first.y, first.x};
    for (const auto& [a, b] : {std::pair{-1, -1}, {1, -1}, {1, 1}, {-1, 1}}) {
      corners.push_back(placeOf(object) + first * (a * object.values[2] / 2) + second * (b * object.values[3] / 2));
    }
    return corners;
  }
  for (int k = 0; k < circleCorners; ++k) {
    const double angle = 2 * std::numbers::pi * k / circleCorners;
    corners.push_back(placeOf(object) + ArenaPoint{std::cos(angle), std::sin(angle)} * object.values[2]);
  }
  return corners;
}

bool covers(const ArenaObject& object, ObjectShape shape, ArenaPoint place, double reach) {
  if (shape == ObjectShape::Box) {
    const ArenaPoint own = within(object, place);
    return std::fabs(own.x) <= object.values[2] / 2 + reach && std::fabs(own.y) <= object.values[3] / 2 + reach;
  }
  // A cloud is held by its middle: its reach may fill the arena.
  const double radius = shape == ObjectShape::Disc ? object.values[2] : std::min(object.values[2], 0.25);
  return length(place - placeOf(object)) <= radius + reach;
}

Spot spotOf(const Camera& camera, ArenaPoint place) { return camera.toScreen(ArenaScene::toCanvas(place)); }

Stroke line(Spot from, Spot to, Pixel colour, float width = 1) { return {from, to, colour, width, {}}; }

float pixels(const Camera& camera, double lengths) { return static_cast<float>(lengths) * ArenaScene::unit * camera.scale; }

}  // namespace

Point ArenaScene::toCanvas(ArenaPoint place) {
  return {static_cast<float>(place.x) * unit, -static_cast<float>(place.y) * unit};
}

ArenaPoint ArenaScene::toArena(Point place) { return {place.x / unit, -place.y / unit}; }

void ArenaScene::show(std::shared_ptr<const WorldView> view) {
  const bool same = view && view_ && view->controller == view_->controller && view->seconds >= view_->seconds;
  if (!same) track_.clear();
  view_ = std::move(view);
  if (!view_ || view_->spine.empty()) return;
  const ArenaPoint middle = view_->spine[view_->spine.size() / 2];
  if (track_.empty() || length(middle - track_.back()) >= trackStep) track_.push_back(middle);
  if (track_.size() > longestTrack) track_.pop_front();
}

void ArenaScene::add(const Camera& camera, const ArenaMarks& marks, DisplayList& list) const {
  addGrid(camera, list);
  if (!view_) return;
  const auto shown = [&](const ArenaObject& object) {
    return marks.draft && marks.draft->id == object.id ? *marks.draft : object;
  };
  for (const auto& object : view_->objects) addObject(camera, shown(object), marks, list);
  if (marks.draft && std::ranges::find(view_->objects, marks.draft->id, &ArenaObject::id) == view_->objects.end()) {
    addObject(camera, *marks.draft, marks, list);
  }
  if (trackShown_) addTrack(camera, list);
  addBody(camera, list);
  addMuscles(camera, marks, list);
  addTouches(camera, list);
}

/// Lines a body length apart, and at the lower left how long that is.
void ArenaScene::addGrid(const Camera& camera, DisplayList& list) const {
  const float step = pixels(camera, gridStep);
  const Pixel faint = faded(theme_->ink, 0.05F);
  if (step >= 12) {
    const Spot origin = spotOf(camera, {0, 0});
    const auto width = static_cast<float>(camera.width);
    const auto height = static_cast<float>(camera.height);
    for (float x = std::fmod(origin.x, step); x < width; x += step) list.strokes.push_back(line({x, 0}, {x, height}, faint));
    for (float y = std::fmod(origin.y, step); y < height; y += step) list.strokes.push_back(line({0, y}, {width, y}, faint));
  }
  const float margin = 14 * camera.ratio;
  const float bottom = static_cast<float>(camera.height) - margin;
  const Pixel ink = faded(theme_->ink, 0.7F);
  if (step >= 6 && step <= static_cast<float>(camera.width) / 2) {
    list.marks.push_back(line({margin, bottom}, {margin + step, bottom}, ink, 2 * camera.ratio));
    for (const float x : {margin, margin + step}) {
      list.marks.push_back(line({x, bottom - 3 * camera.ratio}, {x, bottom + 3 * camera.ratio}, ink, camera.ratio));
    }
    const float middle = std::max(margin + step / 2, halfScaleText * camera.ratio);  // all of the text on the surface
    list.names.push_back({{middle, bottom - 18 * camera.ratio}, "1 body length", theme_->ink, theme_->shade});
  }
}

void ArenaScene::addObject(const Camera& camera, const ArenaObject& object, const ArenaMarks& marks,
                           DisplayList& list) const {
  const ObjectKind* kind = view_->description->objectKind(object.kind);
  if (kind == nullptr) return;
  const bool held = marks.selected == object.id || (marks.draft && marks.draft->id == object.id);
  const bool pointed = marks.hovered == object.id;
  const Pixel edge = held ? theme_->select : pointed ? theme_->ink : faded(theme_->ink, 0.45F);
  const float width = (held || pointed ? 2.2F : 1.2F) * camera.ratio;
  if (kind->shape == ObjectShape::Cloud) {
    const double left = object.values[3] > 0 ? std::clamp(1 - object.values[4] / object.values[3], 0.0, 1.0) : 0;
    const Spot centre = spotOf(camera, placeOf(object));
    const float reach = pixels(camera, object.values[2]);
    list.glows.push_back({centre, 2.2F * reach, faded(theme_->store, static_cast<float>(0.12 + 0.3 * left))});
    list.rings.push_back({centre, reach, camera.ratio, 1, faded(theme_->store, held || pointed ? 0.9F : 0.3F)});
    list.rings.push_back({centre, 5 * camera.ratio, 3 * camera.ratio, static_cast<float>(left), theme_->store});
    if (held) list.rings.push_back({centre, 9 * camera.ratio, 1.5F * camera.ratio, 1, theme_->select});
    list.names.push_back({{centre.x, centre.y + 12 * camera.ratio}, kind->label, theme_->ink, theme_->shade});
    return;
  }
  Hull hull;
  for (const auto corner : outlineOf(object, kind->shape)) hull.corners.push_back(spotOf(camera, corner));
  hull.fill = faded(mixed(theme_->centre, theme_->ink, 0.3F), 0.85F);
  hull.rim = edge;
  hull.width = width;
  list.hulls.push_back(std::move(hull));
}

void ArenaScene::addTrack(const Camera& camera, DisplayList& list) const {
  const auto count = static_cast<float>(track_.size());
  for (std::size_t k = 1; k < track_.size(); ++k) {
    const float age = 1 - static_cast<float>(k) / count;
    list.strokes.push_back(line(spotOf(camera, track_[k - 1]), spotOf(camera, track_[k]),
                                faded(theme_->link(Tint::Excite).active, 0.55F - 0.4F * age), 1.4F * camera.ratio));
  }
}

/// Where a cross-section of the body lies: tapered towards both ends.
ArenaScene::Rib ArenaScene::rib(double along) const {
  const auto& spine = view_->spine;
  const double place = std::clamp(along, 0.0, 1.0) * static_cast<double>(spine.size() - 1);
  const auto link = std::min(static_cast<std::size_t>(place), spine.size() - 2);
  const ArenaPoint way = spine[link] - spine[link + 1];  // forward
  const double size = std::max(length(way), 1e-9);
  const double toEnd = std::min(along / 0.1, (1 - along) / 0.22);
  const double taper = std::sqrt(std::clamp(1 - (1 - std::min(toEnd, 1.0)) * (1 - std::min(toEnd, 1.0)), 0.0, 1.0));
  return {spine[link] - way * (place - static_cast<double>(link)),
          {-way.y / size, way.x / size},
          std::max(view_->radius, 0.012) * std::max(taper, 0.12)};
}

void ArenaScene::addBody(const Camera& camera, DisplayList& list) const {
  if (view_->spine.size() < 2) return;
  const NodePaint& paint = theme_->node(Tint::Ready);
  const Pixel skin = mixed(theme_->centre, paint.outline, 0.34F);
  std::vector<Spot> left, right;
  for (int k = 0; k <= outlinePieces; ++k) {
    const Rib here = rib(static_cast<double>(k) / outlinePieces);
    left.push_back(spotOf(camera, here.middle + here.side * here.half));
    right.push_back(spotOf(camera, here.middle - here.side * here.half));
  }
  const float width = 1.3F * camera.ratio;
  for (std::size_t k = 1; k < left.size(); ++k) {
    list.hulls.push_back({{left[k - 1], left[k], right[k], right[k - 1]}, skin, 0, 0});
    list.strokes.push_back(line(left[k - 1], left[k], paint.outline, width));
    list.strokes.push_back(line(right[k - 1], right[k], paint.outline, width));
  }
  list.strokes.push_back(line(left.front(), right.front(), paint.outline, width));
  list.strokes.push_back(line(left.back(), right.back(), paint.outline, width));
  // The head: whoever looks should know where it goes.
  const Rib head = rib(0.02);
  const float dot = std::max(1.6F * camera.ratio, pixels(camera, head.half * 0.45));
  list.rings.push_back({spotOf(camera, head.middle), dot * 0.6F, dot, 1, theme_->ink});
}

ArenaPoint ArenaScene::portPlace(const Port& port) const {
  const Rib here = rib(port.along);
  const double across = port.side == BodySide::Middle ? 0 : (muscleInner + muscleOuter) / 2;
  return here.middle + here.side * (here.half * across * (port.side == BodySide::Ventral ? -1 : 1));
}

/// Each muscle as a strip in its place: the more active, the brighter and the wider; a bar over those that stand out.
void ArenaScene::addMuscles(const Camera& camera, const ArenaMarks& marks, DisplayList& list) const {
  if (view_->spine.size() < 2) return;
  const auto& ports = view_->description->effectors;
  const NodePaint& active = theme_->node(Tint::Active);
  const Pixel rest = mixed(theme_->centre, theme_->node(Tint::Ready).outline, 0.55F);
  for (std::size_t k = 0; k < ports.size() && k < view_->effectors.size(); ++k) {
    const Port& port = ports[k];
    const auto share = static_cast<float>(std::clamp(view_->effectors[k], 0.0, 1.0));
    const Pixel colour = mixed(rest, active.outline, share);
    const bool lit = std::ranges::binary_search(marks.lit, k);
    const Spot middle = spotOf(camera, portPlace(port));
    const Rib here = rib(port.along);
    if (port.side == BodySide::Middle) {
      const float radius = std::max(1.5F, pixels(camera, here.half * 0.4)) * (0.7F + 0.5F * share);
      list.rings.push_back({middle, radius * 0.6F, radius, 1, colour});
      if (lit) list.rings.push_back({middle, radius * 1.8F, 2 * camera.ratio, 1, theme_->select});
      continue;
    }
    const double sign = port.side == BodySide::Ventral ? -1 : 1;
    const auto at = [&](double along, double across) {
      const Rib r = rib(along);
      return spotOf(camera, r.middle + r.side * (sign * r.half * across));
    };
    const double from = port.along - rowReach;
    const double to = port.along + rowReach;
    const double inner = muscleOuter - (muscleOuter - muscleInner) * (0.35 + 0.65 * share);
    list.hulls.push_back({{at(from, inner), at(port.along, inner), at(to, inner), at(to, muscleOuter),
                           at(port.along, muscleOuter), at(from, muscleOuter)},
                          colour,
                          0,
                          0});
    if (share > 0.05F) {
      list.glows.push_back({middle, pixels(camera, here.half) * 1.6F, faded(active.glow, 0.3F * share)});
    }
    if (lit) list.marks.push_back(line(at(from, 1.35), at(to, 1.35), theme_->select, 2.5F * camera.ratio));
  }
}

void ArenaScene::addTouches(const Camera& camera, DisplayList& list) const {
  const NodePaint& burst = theme_->node(Tint::Burst);
  for (const auto& contact : view_->contacts) {
    const Spot spot = spotOf(camera, contact.place);
    list.glows.push_back({spot, 12 * camera.ratio, faded(burst.glow, 0.8F)});
  }
  for (const auto finger : view_->probe) {
    const Spot spot = spotOf(camera, finger);
    list.glows.push_back({spot, 20 * camera.ratio, faded(theme_->ink, 0.35F)});
    list.rings.push_back({spot, 8 * camera.ratio, 2 * camera.ratio, 1, theme_->ink});
  }
}

Box ArenaScene::bodyBounds() const {
  Box box;
  if (view_) {
    for (const auto place : view_->spine) box.include(toCanvas(place));
  }
  return box;
}

Box ArenaScene::bounds() const {
  Box box = bodyBounds();
  if (!view_) return box;
  for (const auto& object : view_->objects) {
    const ObjectKind* kind = view_->description->objectKind(object.kind);
    if (kind == nullptr) continue;
    if (kind->shape == ObjectShape::Cloud) {
      box.include(toCanvas(placeOf(object)));
      continue;
    }
    for (const auto corner : outlineOf(object, kind->shape)) box.include(toCanvas(corner));
  }
  return box;
}

bool ArenaScene::onBody(ArenaPoint place, double reach) const {
  if (!view_ || view_->spine.size() < 2) return false;
  for (std::size_t k = 1; k < view_->spine.size(); ++k) {
    const ArenaPoint from = view_->spine[k - 1];
    const ArenaPoint way = view_->spine[k] - from;
    const double square = way.x * way.x + way.y * way.y;
    const ArenaPoint to = place - from;
    const double t = square > 0 ? std::clamp((to.x * way.x + to.y * way.y) / square, 0.0, 1.0) : 0;
    if (length(to - way * t) <= view_->radius + reach) return true;
  }
  return false;
}

std::optional<ArenaObject> ArenaScene::objectAt(ArenaPoint place, double reach) const {
  if (!view_) return std::nullopt;
  for (auto object = view_->objects.rbegin(); object != view_->objects.rend(); ++object) {
    const ObjectKind* kind = view_->description->objectKind(object->kind);
    if (kind != nullptr && covers(*object, kind->shape, place, reach)) return *object;
  }
  return std::nullopt;
}

std::optional<std::size_t> ArenaScene::effectorAt(ArenaPoint place, double reach) const {
  if (!onBody(place, reach)) return std::nullopt;
  std::optional<std::size_t> nearest;
  double least = view_->radius * 1.5 + reach;
  const auto& ports = view_->description->effectors;
  for (std::size_t k = 0; k < ports.size(); ++k) {
    const double distance = length(place - portPlace(ports[k]));
    if (distance > least) continue;
    least = distance;
    nearest = k;
  }
  return nearest;
}

}  // namespace plexarium::ui
