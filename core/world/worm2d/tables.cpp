#include "core/world/worm2d/tables.h"

#include <cassert>
#include <string>

#include "core/world/worm2d/body.h"

namespace plexarium::worm2d {
namespace {

constexpr double farthest = 1000;  // body lengths

Field setting(const char* key, const char* label, const char* unit, const char* help, double minimum, double maximum,
              double initial) {
  return {key, label, unit, help, FieldType::Real, minimum, maximum, initial};
}

std::vector<Field> parameters() {
  std::vector<Field> fields = {
      setting("drag_ratio", "Drag ratio", "",
              "Drag across the body over drag along it: 40 on agar, 10 in gel, 1.5 in water. Without a difference nothing "
              "moves.",
              1, 200, 40),
      setting("muscle_gain", "Muscle gain", "", "How strongly a muscle answers what it is given.", 0, 100, 0.6),
      setting("kappa_max", "Curvature of a muscle", "per body length",
              "Half the curvature that a fully active muscle bends its row to.", 0, 20, 9),
      setting("kappa_limit", "Largest curvature", "per body length", "No row is bent further than this.", 0, 30, 14),
      setting("calcium_time", "Calcium time", "s", "How long what a muscle was given keeps acting.", 0.01, 10, 0.2),
      setting("activation_time", "Activation time", "s", "How slowly a muscle follows its calcium.", 0.01, 10, 0.2),
      setting("reference_amount", "Reference amount", "", "The amount of transmitter that counts as one.", 1e-3, 1e6, 15),
      setting("links", "Links", "", "Rigid pieces of the body.", 4, mostLinks, 24),
      setting("radius", "Radius", "body lengths", "Half of the body's width: how near a wall can come.", 0, 0.2, 0.03),
      setting("bending_rigidity", "Bending rigidity", "", "How strongly the body wants the curvature of its muscles.", 1e-3,
              10, 0.05),
      setting("bending_damping", "Bending damping", "s", "How slowly it bends.", 0, 1, 0.002),
      setting("stiffness", "Stiffness of things", "", "Force by depth of walls, obstacles and fingers.", 1, 1e4, 200),
      setting("touch_force", "Full touch", "", "The force that a touch sensor answers with 1.", 1e-4, 100, 0.05),
      setting("stretch_ahead", "Stretch from ahead", "body lengths",
              "How far in front of its row a stretch sensor feels; below 0: behind it.", -1, 1, 0),
      setting("nostril_distance", "Nostrils", "body lengths", "How far either nostril is from the middle of the head.", 1e-3,
              0.2, 0.02),
      setting("idle_pumping", "Idle pumping", "", "How much the pharynx pumps by itself; 1: fully.", 0, 1, 0.2),
      setting("eating_rate", "Eating rate", "per s", "Food eaten where its concentration is 1 while pumping fully.", 0, 100,
              0.02),
      setting("start_x", "Start, x", "body lengths", "Where the head is at the beginning.", -farthest, farthest, 0),
      setting("start_y", "Start, y", "body lengths", "Where the head is at the beginning.", -farthest, farthest, 0),
      setting("start_heading", "Start, heading", "degrees", "Where the head points at the beginning; 0 is to the right.",
              -360, 360, 0),
  };
  fields[parameter::Links].type = FieldType::Integer;
  assert(fields.size() == parameter::Count);
  return fields;
}

double alongOfRow(std::size_t row) { return (static_cast<double>(row) + 0.5) / static_cast<double>(muscleRows); }

void addRows(std::vector<Port>& ports, const std::string& series, const std::string& label, const std::string& help,
             BodySide side, double gain, double offset) {
  for (std::size_t row = 0; row < muscleRows; ++row) {
    const auto number = std::to_string(row + 1);
    ports.push_back({series + '.' + number, label + ' ' + number, "", help, series, static_cast<int>(row) + 1,
                     alongOfRow(row), side, gain, offset});
  }
}

std::vector<Port> sensors() {
  const auto alone = [](const char* key, const char* label, const char* unit, const char* help, double along, BodySide side,
                        double gain,
                        double offset) { return Port{key, label, unit, help, {}, 0, along, side, gain, offset}; };
  std::vector<Port> ports = {
      alone("nose_touch", "Nose touch", "", "Force on the tip of the head; 1 at full touch.", 0, BodySide::Middle, 3, 0.1),
      alone("touch.anterior", "Anterior touch", "", "Force on the front half; 1 at full touch.", 0.25, BodySide::Middle, 3,
            0.1),
      alone("touch.posterior", "Posterior touch", "", "Force on the rear half; 1 at full touch.", 0.75, BodySide::Middle, 3,
            0.1),
      alone("food.left", "Food to the left", "per body length", "How fast food grows towards the left of the head.", 0,
            BodySide::Dorsal, 2, 0.1),
      alone("food.right", "Food to the right", "per body length", "How fast food grows towards the right of the head.", 0,
            BodySide::Ventral, 2, 0.1),
      alone("food.here", "Food", "", "Concentration of food at the head.", 0, BodySide::Middle, 1, 0),
      alone("food.rise", "Food rises", "per s", "How fast food at the head grows.", 0, BodySide::Middle, 1, 0),
      alone("food.fall", "Food falls", "per s", "How fast food at the head dwindles.", 0, BodySide::Middle, 1, 0),
      alone("constant", "Constant", "", "Always 1.", 0.5, BodySide::Middle, 1, 0),
  };
  addRows(ports, "stretch.D", "Stretch, dorsal", "How far the dorsal side is stretched: the body bends to the other one.",
          BodySide::Dorsal, 5, 0.1);
  addRows(ports, "stretch.V", "Stretch, ventral", "How far the ventral side is stretched: the body bends to the other one.",
          BodySide::Ventral, 5, 0.1);
  assert(ports.size() == sensor::Count);
  return ports;
}

std::vector<Port> effectors() {
  std::vector<Port> ports;
  addRows(ports, "muscle.D", "Muscle, dorsal", "Bends its row to the left of the heading.", BodySide::Dorsal, 1, 0);
  addRows(ports, "muscle.V", "Muscle, ventral", "Bends its row to the right of the heading.", BodySide::Ventral, 1, 0);
  ports.push_back({"pharynx", "Pharynx", "", "Pumps food in.", {}, 0, 0.05, BodySide::Middle, 1, 0});
  assert(ports.size() == effector::Count);
  return ports;
}

std::vector<ObjectKind> objects() {
  const auto place = [](const char* key, const char* label) {
    return setting(key, label, "body lengths", "Middle.", -farthest, farthest, 0);
  };
  auto eaten = setting("eaten", "Eaten", "", "How much of the amount is gone.", 0, 1e6, 0);
  eaten.evolves = true;
  return {
      {"wall",
       "Wall",
       "A box that the body cannot enter.",
       {place("x", "x"), place("y", "y"),
        setting("width", "Width", "body lengths", "Along its own first axis.", 0.01, farthest, 0.2),
        setting("height", "Height", "body lengths", "Along its own second axis.", 0.01, farthest, 2),
        setting("angle", "Angle", "degrees", "Turned to the left.", -360, 360, 0)},
       ObjectShape::Box},
      {"obstacle",
       "Obstacle",
       "A disc that the body cannot enter.",
       {place("x", "x"), place("y", "y"), setting("radius", "Radius", "body lengths", "", 0.01, farthest, 0.3)},
       ObjectShape::Disc},
      {"food",
       "Food",
       "Smells far and is eaten where the head is.",
       {place("x", "x"), place("y", "y"),
        setting("reach", "Reach", "body lengths", "Standard deviation of its bell-shaped concentration.", 0.01, farthest, 2),
        setting("amount", "Amount", "", "Concentration in the middle as long as nothing is eaten.", 0, 1e6, 10), eaten},
       ObjectShape::Cloud}};
}

std::vector<Metric> measures() {
  return {{"distance", "Distance", "body lengths", "Way of the body's middle, from undulation to undulation."},
          {"undulations", "Undulations", "", "Waves that have passed the middle of the body."},
          {"lengths_per_undulation", "Way per undulation", "body lengths", "Mean, without the first undulation."},
          {"speed", "Speed", "body lengths per s", "Along the body, smoothed; below 0: backward."},
          {"heading", "Heading", "degrees", "Mean direction of the body; to the left grows."},
          {"reversals", "Reversals", "", "How often it turned from forward to backward."},
          {"food_eaten", "Food eaten", "", "Of all food together."}};
}

WorldDescription makeDescription() {
  WorldDescription table;
  table.key = "worm2d";
  table.label = "Worm";
  table.help = "A worm in the plane with twelve rows of muscles on either side, skin that feels, and an arena.";
  table.parameters = parameters();
  table.sensors = sensors();
  table.effectors = effectors();
  table.objects = objects();
  table.measures = measures();
  table.presets = {{"Agar", "drag_ratio", 40}, {"Gel", "drag_ratio", 10}, {"Water", "drag_ratio", 1.5}};
  table.handy = {"drag_ratio", "muscle_gain"};
  assert(table.objects.size() == object::Count && table.measures.size() == measure::Count);
  return table;
}

}  // namespace

const WorldDescription& description() {
  static const WorldDescription table = makeDescription();
  return table;
}

}  // namespace plexarium::worm2d
