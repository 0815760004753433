#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/description/description.h"
#include "core/description/field.h"

namespace plexarium {

/// Where a port lies across the body.
enum class BodySide : std::uint8_t { Dorsal, Middle, Ventral };

/// One thing that a body tells (sensor) or does (effector). A number; what it means stands in `unit` and `help`.
struct Port {
  std::string key;    ///< Stable name in files: "muscle.D.3", "nose_touch".
  std::string label;  ///< On screen.
  std::string unit;
  std::string help;
  std::string series;  ///< Ports that are alike share it, and `row` counts them along the body: "muscle.D"; empty: alone.
  int row = 0;         ///< From 1; 0: alone.
  double along = 0;    ///< Place on the body, 0 (front) to 1 (rear).
  BodySide side = BodySide::Middle;
  double usualGain = 1;    ///< What a new binding starts with.
  double usualOffset = 0;  ///< Sensors only.
};

/// How a thing in an arena looks, and what its fields after the place ("x", "y") begin with.
enum class ObjectShape : std::uint8_t {
  Box,    ///< Width, height, angle in degrees.
  Disc,   ///< Radius.
  Cloud,  ///< Standard deviation, amount in the middle, amount that is gone.
};

/// A sort of thing that stands in an arena. Its first two fields are the place ("x", "y", body lengths).
struct ObjectKind {
  std::string key;
  std::string label;
  std::string help;
  std::vector<Field> fields;
  ObjectShape shape = ObjectShape::Box;
};

/// A parameter value with a name, for a menu: "Agar" sets the drag ratio to 40.
struct Preset {
  std::string label;
  std::string parameter;  ///< Field::key.
  double value = 0;
};

/// Everything the rest of the program knows of a sort of body with its arena. Constant; one per sort. Lengths are body
/// lengths, times seconds, angles radians, x to the right and y up.
struct WorldDescription {
  std::string key;
  std::string label;
  std::string help;
  double tickSeconds = 0.01;  ///< Simulated time of a tick.
  std::vector<Field> parameters;
  std::vector<Port> sensors;
  std::vector<Port> effectors;
  std::vector<ObjectKind> objects;
  std::vector<Metric> measures;  ///< What is told about a run.
  std::vector<Preset> presets;
  std::vector<std::string> handy;  ///< Parameters to have at hand while it lives: Field::key.

  [[nodiscard]] const ObjectKind* objectKind(std::string_view kind) const;
};

/// Where a port stands in its list.
struct PortIndex {
  bool sensor = true;
  std::size_t index = 0;
};
std::optional<PortIndex> findPort(const WorldDescription& description, std::string_view key);
const Port& portAt(const WorldDescription& description, PortIndex index);

}  // namespace plexarium
