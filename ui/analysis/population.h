#pragma once

#include <QString>
#include <cstdint>
#include <vector>

#include "core/session/snapshot.h"

namespace plexarium::ui {

/// Which neurons an analysis is of. GUI thread.
struct Population {
  enum class Of { All, Role, Value, Selected };
  Of of = Of::All;
  Role role = Role::Sensory;
  std::size_t field = 0;  ///< A neuron field with named values that only edits change, and one of them.
  double value = 0;
  bool operator==(const Population&) const = default;
};

struct NamedPopulation {
  Population population;
  QString name;
};
/// Those that can be told apart by a dynamics' tables.
std::vector<NamedPopulation> populations(const Description& description);
/// Which of them is looked at first: those whom a rate target is of, otherwise all.
std::size_t usualPopulation(const Description& description, const std::vector<NamedPopulation>& populations);
/// Which rows of the graph belong to it, ascending. `selected` ascending.
std::vector<std::uint32_t> membersOf(const Population& population, const GraphImage& graph,
                                     const std::vector<NeuronId>& selected);

}  // namespace plexarium::ui
