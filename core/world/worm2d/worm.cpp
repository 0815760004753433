#include "core/world/worm2d/worm.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "core/world/worm2d/worm2d.h"

namespace plexarium::worm2d {
namespace {

constexpr double tickSeconds = 0.01;
constexpr double largestAmount = 1e6;  // more in one tick says no more to a muscle
constexpr double negligible = 1e-30;   // smaller ones would be slow to compute with
constexpr double probeRadius = 0.05;
constexpr double farthest = 1e4;

Body bodyOf(std::span<const double> parameters) {
  return {static_cast<int>(parameters[parameter::Links]),
          {parameters[parameter::StartX], parameters[parameter::StartY]},
          parameters[parameter::StartHeading] * std::numbers::pi / 180};
}

}  // namespace

Worm::Worm(const Controller& controller)
    : parameters_(controller.parameters),
      objects_(controller.objects),
      arena_(makeArena(objects_)),
      body_(bodyOf(parameters_)) {
  gait_.begin(body_);
  foodNow_ = foodBefore_ = arena_.foodAt(body_.head());
  touches_ = touches();
}

void Worm::configure(const Controller& controller) {
  const auto links = static_cast<int>(controller.parameters[parameter::Links]);
  if (static_cast<std::size_t>(links) != body_.links()) body_ = body_.withLinks(links);
  parameters_ = controller.parameters;
  objects_ = controller.objects;
  arena_ = makeArena(objects_);
  touches_ = touches();
}

/// Tip of the head, then the middles of the other links, against everything solid.
std::vector<Worm::Touch> Worm::touches() const {
  std::vector<Touch> found;
  if (arena_.solids.empty() && probe_.ticks == 0) return found;
  const auto spine = body_.spine();
  const double radius = value(parameter::Radius);
  const auto feel = [&](const Solid& solid) {
    for (std::size_t link = 0; link < body_.links(); ++link) {
      const double fraction = link == 0 ? 0 : 0.5;
      const Vector place = link == 0 ? spine[0] : Vector(0.5 * (spine[link] + spine[link + 1]));
      const auto clearance = solid.clearance(place);
      if (clearance.distance >= radius) continue;
      found.push_back(
          {{link, fraction, clearance.outward, radius - clearance.distance, value(parameter::Stiffness)}, place});
    }
  };
  for (const auto& solid : arena_.solids) feel(solid);
  if (probe_.ticks > 0) {
    Solid finger;
    finger.middle = probe_.place;
    finger.radius = probeRadius;
    feel(finger);
  }
  return found;
}

void Worm::sense(std::span<double> values) const {
  assert(values.size() == sensor::Count);
  senseTouch(values);
  senseFood(values);
  senseStretch(values);
  values[sensor::Constant] = 1;
}

void Worm::senseTouch(std::span<double> values) const {
  std::array<double, 3> force{};
  for (const auto& touch : touches_) {
    const std::size_t part = touch.push.link == 0 ? 0 : touch.push.link < body_.links() / 2 ? 1 : 2;
    force[part] += touch.push.depth * touch.push.stiffness;
  }
  for (std::size_t part = 0; part < force.size(); ++part) {
    values[sensor::NoseTouch + part] = std::min(1.0, force[part] / value(parameter::TouchForce));
  }
}

void Worm::senseFood(std::span<double> values) const {
  const double heading = body_.headings()[0];
  const Vector aside = value(parameter::NostrilDistance) * Vector{-std::sin(heading), std::cos(heading)};
  const double slope =
      (arena_.foodAt(body_.head() + aside) - arena_.foodAt(body_.head() - aside)) / (2 * value(parameter::NostrilDistance));
  const double change = (foodNow_ - foodBefore_) / tickSeconds;
  values[sensor::FoodLeft] = std::max(0.0, slope);
  values[sensor::FoodRight] = std::max(0.0, -slope);
  values[sensor::FoodHere] = arena_.foodAt(body_.head());
  values[sensor::FoodRise] = std::max(0.0, change);
  values[sensor::FoodFall] = std::max(0.0, -change);
}

/// Mean over the three joints nearest to that place on the body.
double Worm::meanCurvature(double along) const {
  const auto joints = static_cast<double>(body_.links() - 1);
  const double place = along * static_cast<double>(body_.links()) - 1;
  const auto middle = static_cast<std::size_t>(std::clamp(std::round(place), 1.0, joints - 2));
  return (body_.curvature(middle - 1) + body_.curvature(middle) + body_.curvature(middle + 1)) / 3;
}

void Worm::senseStretch(std::span<double> values) const {
  const auto& ports = description().sensors;
  const double unit = std::max(value(parameter::LargestCurvature), 1.0);
  for (std::size_t row = 0; row < muscleRows; ++row) {
    const double along = ports[sensor::StretchDorsal + row].along - value(parameter::StretchAhead);
    const double bend = meanCurvature(along) / unit;
    values[sensor::StretchDorsal + row] = std::max(0.0, -bend);
    values[sensor::StretchVentral + row] = std::max(0.0, bend);
  }
}

/// Source: calcium and activation as two first-order lags, after Boyle, Berri and Cohen 2012 (there one, of 0.1 s).
/// Departs: inhibition takes calcium away and never makes it negative.
void Worm::act(std::span<const double> amounts) {
  assert(amounts.size() == effector::Count);
  const double kept = std::exp(-tickSeconds / value(parameter::CalciumTime));
  const double follows = 1 - std::exp(-tickSeconds / value(parameter::ActivationTime));
  const double gain = value(parameter::MuscleGain) / value(parameter::Reference);
  for (std::size_t k = 0; k < amounts.size(); ++k) {
    auto& muscle = muscles_[k];
    const double given = std::isfinite(amounts[k]) ? std::clamp(amounts[k], -largestAmount, largestAmount) : 0;
    muscle.calcium = std::max(0.0, muscle.calcium * kept + gain * given);
    if (muscle.calcium < negligible) muscle.calcium = 0;
    muscle.activation += (muscle.calcium - muscle.activation) * follows;
    if (muscle.activation < negligible) muscle.activation = 0;
  }
}

/// One per joint: the rows' curvatures, interpolated between the middles of the rows.
std::vector<double> Worm::wantedCurvatures() const {
  std::array<double, muscleRows> rows{};
  const double limit = value(parameter::CurvatureLimit);
  for (std::size_t row = 0; row < muscleRows; ++row) {
    const double dorsal = std::min(1.0, muscles_[effector::Dorsal + row].activation);
    const double ventral = std::min(1.0, muscles_[effector::Ventral + row].activation);
    rows[row] = std::clamp(2 * value(parameter::LargestCurvature) * (dorsal - ventral), -limit, limit);
  }
  std::vector<double> wanted(body_.links() - 1);
  for (std::size_t joint = 0; joint < wanted.size(); ++joint) {
    const double along = static_cast<double>(joint + 1) / static_cast<double>(body_.links());
    const double place = std::clamp(along * static_cast<double>(muscleRows) - 0.5, 0.0, static_cast<double>(muscleRows - 1));
    const auto below = std::min(static_cast<std::size_t>(place), muscleRows - 2);
    const double share = place - static_cast<double>(below);
    wanted[joint] = (1 - share) * rows[below] + share * rows[below + 1];
  }
  return wanted;
}

void Worm::step() {
  const BodyMaterial material{value(parameter::DragRatio), value(parameter::Rigidity), value(parameter::Damping)};
  std::vector<Push> pushes;
  pushes.reserve(touches_.size());
  for (const auto& touch : touches_) pushes.push_back(touch.push);
  body_.step(tickSeconds, material, wantedCurvatures(), pushes);
  if (probe_.ticks > 0) --probe_.ticks;
  ++ticks_;
  eat();
  foodBefore_ = std::exchange(foodNow_, arena_.foodAt(body_.head()));
  gait_.look(body_, tickSeconds);
  touches_ = touches();
}

/// Every food in proportion to its concentration at the head.
void Worm::eat() {
  const double pumping =
      std::min(1.0, value(parameter::IdlePumping) + std::min(1.0, muscles_[effector::Pharynx].activation));
  for (auto& food : arena_.foods) {
    const double bite = pumping * value(parameter::EatingRate) * food.at(body_.head()) * tickSeconds;
    food.eaten = std::min(food.amount, food.eaten + bite);
  }
}

Result<void> Worm::poke(ArenaPoint place, double seconds) {
  if (!std::isfinite(place.x) || !std::isfinite(place.y) || std::abs(place.x) > farthest || std::abs(place.y) > farthest) {
    return failure("the place is out of range", "poke");
  }
  if (!(seconds > 0 && seconds <= 10)) return failure("a poke lasts above 0 and at most 10 seconds", "poke");
  probe_ = {{place.x, place.y}, std::max<std::int64_t>(1, std::llround(seconds / tickSeconds))};
  touches_ = touches();
  return {};
}

void Worm::show(WorldView& view) const {
  const auto point = [](const Vector& vector) { return ArenaPoint{vector.x(), vector.y()}; };
  view.parameters = parameters_;
  view.seconds = static_cast<double>(ticks_) * tickSeconds;
  for (const auto& end : body_.spine()) view.spine.push_back(point(end));
  view.radius = value(parameter::Radius);
  view.heading = body_.meanHeading();
  for (std::size_t joint = 0; joint + 1 < body_.links(); ++joint) view.curvature.push_back(body_.curvature(joint));
  view.sensors.resize(sensor::Count);
  sense(view.sensors);
  for (const auto& muscle : muscles_) view.effectors.push_back(std::min(1.0, muscle.activation));
  for (const auto& touch : touches_) {
    view.contacts.push_back({point(touch.place), point(touch.push.depth * touch.push.stiffness * touch.push.direction)});
  }
  view.objects = presentObjects();
  double eaten = 0;
  for (const auto& food : arena_.foods) eaten += food.eaten;
  if (probe_.ticks > 0) view.probe.push_back(point(probe_.place));
  view.measures.resize(measure::Count);
  view.measures[measure::Distance] = gait_.distance();
  view.measures[measure::Undulations] = std::max(0, gait_.undulations - 1);
  view.measures[measure::Stride] = gait_.stride();
  view.measures[measure::Speed] = gait_.speed;
  view.measures[measure::Heading] = view.heading * 180 / std::numbers::pi;
  view.measures[measure::Reversals] = gait_.reversals;
  view.measures[measure::FoodEaten] = eaten;
}

std::vector<ArenaObject> Worm::presentObjects() const {
  auto objects = objects_;
  for (const auto& food : arena_.foods) objects[food.object].values[object::FoodEaten] = food.eaten;
  return objects;
}

void Worm::save(Controller& controller) const {
  controller.objects = presentObjects();
  controller.state = state();
}

WorldEntry entry() {
  return {description(),
          [](const Controller& controller) -> std::unique_ptr<World> { return std::make_unique<Worm>(controller); }};
}

}  // namespace plexarium::worm2d
