#pragma once

#include <cassert>

#include "core/denormals.h"
#include "core/dynamics/registry.h"
#include "core/session/simulation.h"
#include "tests/support/toy/toy.h"

namespace plexarium {

/// The dynamics of the program and the toy, which alone has state without a column.
inline Registry testRegistry() { return builtInDynamics().add(toy::entry()); }

/// `model` after so many ticks.
inline Model after(const Registry& registry, Model model, int ticks) {
  const FlushDenormals flush;
  const DynamicsEntry& entry = **registry.require(model.dynamics);
  auto simulation = Simulation::create(entry, std::move(model)).value();
  for (int tick = 0; tick < ticks; ++tick) simulation->step();
  return simulation->capture().value();
}

/// A transmitter network in the middle of its run: 60 neurons, 4 links each, most fields off their initial values.
inline Model livingTransmitter(const Registry& registry, int ticks = 137) {
  const auto& entry = **registry.require("transmitter");
  auto values = initialValues(entry.description.creationFields);
  values[*findField(entry.description.creationFields, "neurons")] = 60;
  auto model = create(entry, values, 7).value();
  model.name = "Living \"network\" \xc3\xa4\n\t\x01";
  model.description = "A line\\with everything";
  model.pace = 12.5;
  model.view = {{1.5F, -0.1F}, 0.3F};
  return after(registry, std::move(model), ticks);
}

}  // namespace plexarium
