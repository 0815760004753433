#pragma once

#include <string>

#include "core/denormals.h"
#include "core/edit/ports.h"
#include "core/io/document.h"
#include "core/session/simulation.h"
#include "core/world/world.h"

namespace plexarium {

/// A transmitter network without neurons that has a body called worm1.
inline Model bareWorm() {
  const auto registry = builtInDynamics();
  Model model = emptyModel(registry.find("transmitter")->description);
  model.name = "Bare worm";
  model.embodiment.controllers.push_back(makeController("worm1", findWorld("worm2d")->description));
  return model;
}

inline Model galleryModel(const char* name) {
  return loadModel(builtInDynamics(), std::string(PLEXARIUM_SOURCE_DIR "/models/") + name).value();
}

/// A simulation with what its tests ask for.
struct Life {
  explicit Life(Model model)
      : description(registry.find(model.dynamics)->description),
        simulation(Simulation::create(*registry.find(description.key), std::move(model)).value()) {}

  Life& live(double seconds) {
    const FlushDenormals flush;
    for (int tick = 0; tick < static_cast<int>(seconds * 100 + 0.5); ++tick) simulation->step();
    return *this;
  }
  [[nodiscard]] WorldView view(std::size_t body = 0) const { return *simulation->bodies()[body]; }
  [[nodiscard]] double measure(const char* key) const {
    const auto seen = view();
    for (std::size_t k = 0; k < seen.measures.size(); ++k) {
      if (seen.description->measures[k].key == key) return seen.measures[k];
    }
    qFatal("there is no measure %s", key);
  }
  [[nodiscard]] double sensor(const char* key) const {
    const auto seen = view();
    return seen.sensors[findPort(*seen.description, key)->index];
  }
  [[nodiscard]] std::string hash() const { return stateHash(description, simulation->capture().value()); }
  [[nodiscard]] std::string text() const { return writeModel(description, simulation->capture().value()); }
  [[nodiscard]] std::string canonical() const { return canonicalDump(description, simulation->capture().value()); }
  /// Empty where it was done, else the error.
  std::string edit(EditStep step) {
    const auto done = simulation->edit({"Edit", {std::move(step)}});
    return done ? std::string() : done.error().text();
  }

  Registry registry = builtInDynamics();
  const Description& description;
  std::unique_ptr<Simulation> simulation;
};

inline void setWorldParameter(Model& model, const char* key, double value) {
  auto& controller = model.embodiment.controllers.front();
  controller.parameters[*findField(findWorld(controller.type)->description.parameters, key)] = value;
}

}  // namespace plexarium
