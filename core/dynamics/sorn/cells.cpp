#include "core/dynamics/sorn/cells.h"

#include "core/dynamics/sorn/fields.h"

namespace plexarium::sorn {

Cells readCells(const Graph& graph) {
  const auto count = graph.neuronCount();
  const auto kinds = graph.neuronValues<std::uint8_t>(neuron::Kind);
  const auto thresholds = graph.neuronValues<double>(neuron::Threshold);
  const auto inputs = graph.neuronValues<double>(neuron::Input);
  const auto active = graph.neuronValues<std::uint8_t>(neuron::Active);
  const auto recurrent = graph.neuronValues<std::uint8_t>(neuron::Recurrent);
  const auto starved = graph.neuronValues<std::uint8_t>(neuron::Starved);
  Cells cells;
  cells.cellOf.resize(count);
  for (const auto kind : {Kind::Excitatory, Kind::Inhibitory}) {
    for (std::uint32_t row = 0; row < count; ++row) {
      if (kinds[row] != static_cast<std::uint8_t>(kind)) continue;
      const auto cell = static_cast<std::uint32_t>(cells.rowOf.size());
      cells.cellOf[row] = cell;
      cells.rowOf.push_back(row);
      cells.threshold.push_back(thresholds[row]);
      cells.input.push_back(inputs[row]);
      cells.course.push_back(active[row] != 0 ? 2 : 0);
      cells.recurrent.push_back(recurrent[row]);
      cells.starved.push_back(starved[row]);
      if (active[row] != 0) (kind == Kind::Excitatory ? cells.firing : cells.hindering).push_back(cell);
    }
    if (kind == Kind::Excitatory) cells.excitatory = static_cast<std::uint32_t>(cells.rowOf.size());
  }
  return cells;
}

void writeCells(const Cells& cells, Graph& graph) {
  const auto thresholds = graph.neuronValues<double>(neuron::Threshold);
  const auto inputs = graph.neuronValues<double>(neuron::Input);
  const auto active = graph.neuronValues<std::uint8_t>(neuron::Active);
  const auto recurrent = graph.neuronValues<std::uint8_t>(neuron::Recurrent);
  const auto starved = graph.neuronValues<std::uint8_t>(neuron::Starved);
  for (std::size_t cell = 0; cell < cells.count(); ++cell) {
    const auto row = cells.rowOf[cell];
    thresholds[row] = cells.threshold[cell];
    inputs[row] = cells.input[cell];
    active[row] = cells.fires(cell) ? 1 : 0;
    recurrent[row] = cells.recurrent[cell];
    starved[row] = cells.starved[cell];
  }
}

}  // namespace plexarium::sorn
