#include "ui/analysis/population.h"

#include <QObject>
#include <algorithm>

namespace plexarium::ui {

std::vector<NamedPopulation> populations(const Description& description) {
  using Of = Population::Of;
  std::vector<NamedPopulation> found{{{}, QObject::tr("All neurons")}};
  for (std::size_t field = 0; field < description.neuronFields.size(); ++field) {
    const Field& one = description.neuronFields[field];
    if (one.evolves || one.type != FieldType::Choice) continue;
    for (std::size_t value = 0; value < one.choices.size(); ++value) {
      found.push_back(
          {{Of::Value, Role::Sensory, field, static_cast<double>(value)},
           QObject::tr("%1: %2").arg(QString::fromStdString(one.label), QString::fromStdString(one.choices[value]))});
    }
  }
  found.push_back({{Of::Role, Role::Sensory, 0, 0}, QObject::tr("Role: sensory")});
  found.push_back({{Of::Role, Role::Inter, 0, 0}, QObject::tr("Role: inter")});
  found.push_back({{Of::Role, Role::Motor, 0, 0}, QObject::tr("Role: motor")});
  found.push_back({{Of::Selected, Role::Sensory, 0, 0}, QObject::tr("Selected neurons")});
  return found;
}

std::size_t usualPopulation(const Description& description, const std::vector<NamedPopulation>& populations) {
  if (description.rateTargets.empty() || !description.rateTargets.front().of) return 0;
  const auto [field, value] = *description.rateTargets.front().of;
  const Population aimed{Population::Of::Value, Role::Sensory, field, value};
  const auto found = std::ranges::find(populations, aimed, &NamedPopulation::population);
  return found == populations.end() ? 0 : static_cast<std::size_t>(found - populations.begin());
}

std::vector<std::uint32_t> membersOf(const Population& population, const GraphImage& graph,
                                     const std::vector<NeuronId>& selected) {
  const auto belongs = [&](std::size_t row) {
    switch (population.of) {
      case Population::Of::All:
        return true;
      case Population::Of::Role:
        return (*graph.roles)[row] == population.role;
      case Population::Of::Value:
        return columnValue((*graph.neuronFields)[population.field], row) == population.value;
      case Population::Of::Selected:
        return std::ranges::binary_search(selected, (*graph.ids)[row]);
    }
    return false;
  };
  std::vector<std::uint32_t> rows;
  for (std::size_t row = 0; row < graph.ids->size(); ++row) {
    if (belongs(row)) rows.push_back(static_cast<std::uint32_t>(row));
  }
  return rows;
}

}  // namespace plexarium::ui
