#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/graph/ids.h"
#include "core/world/embodiment.h"
#include "core/world/world_description.h"

namespace plexarium {

/// A place in an arena, body lengths, y up.
struct ArenaPoint {
  double x = 0;
  double y = 0;
  friend bool operator==(const ArenaPoint&, const ArenaPoint&) = default;
};

/// A person's finger: a small disc at `place` for `seconds`, which the body feels and which pushes it. The next one takes
/// its place. A deed like a stimulus: logged, not undone.
struct Poke {
  std::string controller;
  ArenaPoint place;
  double seconds = 0.1;  ///< Above 0, at most 10.
};

/// One look at a body and its arena after a tick. Immutable once published.
struct WorldView {
  struct Contact {
    ArenaPoint place;
    ArenaPoint force;  ///< On the body.
  };

  std::string controller;
  const WorldDescription* description = nullptr;  ///< Constant; never null.
  std::vector<double> parameters;
  double seconds = 0;             ///< Simulated time since it began.
  std::vector<ArenaPoint> spine;  ///< Ends of the links, front to rear: links + 1.
  double radius = 0;              ///< Half of the body's width.
  double heading = 0;             ///< Mean of the links' directions; not wrapped.
  std::vector<double> curvature;  ///< Per joint, front to rear, per body length; bent towards dorsal is positive.
  std::vector<double> sensors;    ///< Values of the sensor ports.
  std::vector<double> effectors;  ///< Activation of the effector ports, 0..1.
  std::vector<Contact> contacts;
  std::vector<ArenaObject> objects;
  std::vector<ArenaPoint> probe;  ///< Where a finger is; empty: none.
  std::vector<double> measures;   ///< Follows WorldDescription::measures.
};

/// A living body in its arena. One object per controller; the simulation thread alone calls it.
///
/// Per tick: sense, the network's tick, act, step. State, parameters, objects and what `act` is given decide every bit of
/// the way on, and nothing that is given to it makes the state infinite or no number.
class World {
 public:
  virtual ~World() = default;
  /// Takes over parameters and objects (checked, evolving values included) of its own controller; the body goes on from
  /// where it is.
  virtual void configure(const Controller& controller) = 0;
  /// One value per sensor port, finite.
  virtual void sense(std::span<double> values) const = 0;
  /// One amount per effector port for the step that follows. What is no finite number counts as 0.
  virtual void act(std::span<const double> amounts) = 0;
  /// One tick.
  virtual void step() = 0;
  /// Refuses places and times that are out of range.
  virtual Result<void> poke(ArenaPoint place, double seconds) = 0;
  /// Writes the state, as exact JSON text, and the objects' evolving values to its own controller.
  virtual void save(Controller& controller) const = 0;
  /// Adopts such a text. Untrusted: an error names the field, and nothing has changed.
  virtual Result<void> restore(std::string_view state) = 0;
  /// Fills everything but controller and description.
  virtual void show(WorldView& view) const = 0;
};

/// A sort of body as the rest of the program meets it.
struct WorldEntry {
  const WorldDescription& description;
  std::unique_ptr<World> (*make)(const Controller& controller);  ///< The controller must have passed checkController.
};

/// Every sort of the program: one line each in worlds.cpp.
std::span<const WorldEntry> worlds();
/// Null where nobody is called that.
const WorldEntry* findWorld(std::string_view key);
/// An error that lists what there is.
Result<const WorldEntry*> requireWorld(std::string_view key, const std::string& where);

/// The world of a controller with its state; the error of a state that does not fit.
Result<std::unique_ptr<World>> makeWorld(const Controller& controller);

}  // namespace plexarium
