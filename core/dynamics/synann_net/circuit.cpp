#include "core/dynamics/synann_net/circuit.h"

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <utility>

#include "core/dynamics/synann_net/fields.h"

namespace plexarium::synann_net {
namespace {

std::vector<NeuronId> idsOf(const Graph& graph, const std::vector<std::uint32_t>& rows) {
  std::vector<NeuronId> ids;
  for (const auto row : rows) ids.push_back(graph.ids()[row]);
  return ids;
}

/// For each of `now` its place in `before`, or nobody.
std::vector<std::uint32_t> placesIn(const std::vector<NeuronId>& before, const std::vector<NeuronId>& now) {
  std::unordered_map<std::uint32_t, std::uint32_t> at;
  for (std::uint32_t k = 0; k < before.size(); ++k) at.emplace(before[k].value, k);
  std::vector<std::uint32_t> places;
  for (const auto id : now) {
    const auto found = at.find(id.value);
    places.push_back(found == at.end() ? nobody : found->second);
  }
  return places;
}

/// Moments of a table of `rows` by `columns`, from one where they stood elsewhere.
void carry(const blocks::Parameter& from, std::size_t width, const std::vector<std::uint32_t>& rows,
           const std::vector<std::uint32_t>& columns, blocks::Parameter& to) {
  for (const auto list : {&blocks::Parameter::momentum, &blocks::Parameter::spread}) {
    if ((from.*list).empty()) continue;
    (to.*list).assign(to.values.size(), 0.0F);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (std::size_t c = 0; c < columns.size(); ++c) {
        if (rows[r] != nobody && columns[c] != nobody)
          (to.*list)[r * columns.size() + c] = (from.*list)[rows[r] * width + columns[c]];
      }
    }
  }
}

}  // namespace

void Circuit::sort(const Graph& graph) {
  const auto units = graph.neuronValues<std::int32_t>(neuron::Unit);
  for (auto* list : {&pixels, &probabilities, &synapseRows, &motors, &readers, &pixelOf}) list->clear();
  number_.assign(graph.neuronCount(), nobody);
  for (std::uint32_t row = 0; row < graph.neuronCount(); ++row) {
    auto& kind = graph.roles()[row] == Role::Sensory ? pixels
                 : graph.roles()[row] == Role::Motor ? motors
                 : units[row] > 0                    ? probabilities
                                                     : synapseRows;
    number_[row] = static_cast<std::uint32_t>(kind.size());
    kind.push_back(row);
    if (&kind == &pixels) pixelOf.push_back(units[row] > 0 ? static_cast<std::uint32_t>(units[row]) - 1 : nobody);
  }
}

void Circuit::placeLinks(const Graph& graph, SynapseBlock::Wiring& wiring) {
  const auto roles = graph.roles();
  const auto units = graph.neuronValues<std::int32_t>(neuron::Unit);
  const auto channels = graph.linkValues<std::uint8_t>(link::Channel);
  const auto isSynapse = [&](std::uint32_t row) { return roles[row] == Role::Inter && units[row] <= 0; };
  places_.assign(graph.linkCount(), {});
  readerNumber_.assign(graph.neuronCount(), nobody);
  for (std::uint32_t row = 0; row < graph.neuronCount(); ++row) {
    if (roles[row] != Role::Inter) continue;
    const auto first = graph.firstLink()[row];
    const auto end = graph.firstLink()[row + 1];
    const auto targets = graph.targets();
    bool read = false;
    for (auto l = first; l < end; ++l) {
      const auto target = targets[l];
      if (roles[target] == Role::Motor) {
        read = true;
        places_[l] = {Part::Answer, number_[target]};  // finished below
      } else if (!isSynapse(row) && isSynapse(target)) {
        const bool excites = static_cast<Channel>(channels[l]) == Channel::Exciting;
        const auto beta = static_cast<std::uint32_t>(number_[row] * synapseRows.size() + number_[target]);
        places_[l] = excites ? Place{Part::Exciting, 0} : Place{Part::Beta, beta};
        if (excites) wiring.excitations.push_back({number_[target], number_[row], 1});
      }
    }
    if (!read) continue;
    readerNumber_[row] = static_cast<std::uint32_t>(readers.size());
    readers.push_back(row);
    const auto offset = isSynapse(row) ? 0 : static_cast<std::uint32_t>(synapseRows.size());
    wiring.readers.push_back(offset + number_[row]);
  }
  std::ranges::sort(wiring.excitations, {}, [](const auto& one) { return std::pair(one.synapse, one.probability); });
  for (std::uint32_t row = 0; row < graph.neuronCount(); ++row) {
    for (auto l = graph.firstLink()[row]; l < graph.firstLink()[row + 1]; ++l) {
      auto& place = places_[l];
      if (place.part == Part::Answer)
        place.index = static_cast<std::uint32_t>(place.index * readers.size() + readerNumber_[row]);
      if (place.part != Part::Exciting) continue;
      const auto found =
          std::ranges::lower_bound(wiring.excitations, std::pair(number_[graph.targets()[l]], number_[row]), {},
                                   [](const auto& one) { return std::pair(one.synapse, one.probability); });
      place.index = static_cast<std::uint32_t>(found - wiring.excitations.begin());
    }
  }
}

Circuit::Names Circuit::names(const Graph& graph) const {
  return {idsOf(graph, probabilities), idsOf(graph, synapseRows), idsOf(graph, readers), idsOf(graph, motors)};
}

void Circuit::build(const Graph& graph, blocks::Net& net, std::size_t first) {
  sort(graph);
  SynapseBlock::Wiring wiring;
  const auto units = graph.neuronValues<std::int32_t>(neuron::Unit);
  for (const auto row : probabilities) wiring.units.push_back(static_cast<std::uint32_t>(units[row]) - 1);
  wiring.synapses = synapseRows.size();
  placeLinks(graph, wiring);
  auto old = net.cut(first);
  first_ = first;
  auto synapses = std::make_unique<SynapseBlock>(net[first - 1].out().channels, std::move(wiring));
  const auto read = synapses->out();
  net.add(std::move(synapses));
  net.add(std::make_unique<blocks::BatchNorm>(read, false));
  net.add(blocks::ConvolutionBlock::dense(read, std::max<std::size_t>(1, motors.size()), true));
  const auto before = std::exchange(names_, names(graph));
  if (!old.empty()) keepMoments(before, old, net);
  this->read(graph, net);
}

void Circuit::keepMoments(const Names& before, std::vector<blocks::BlockPointer>& old, blocks::Net& net) const {
  const auto probabilityPlaces = placesIn(before.probabilities, names_.probabilities);
  const auto synapsePlaces = placesIn(before.synapses, names_.synapses);
  const auto readerPlaces = placesIn(before.readers, names_.readers);
  const auto motorPlaces = placesIn(before.motors, names_.motors);
  const std::vector<std::uint32_t> one{0};
  auto& was = old[0]->parameters;
  auto& is = net[first_].parameters;
  carry(was[SynapseBlock::Beta], before.synapses.size(), probabilityPlaces, synapsePlaces, is[SynapseBlock::Beta]);
  carry(was[SynapseBlock::Gain], before.synapses.size(), one, synapsePlaces, is[SynapseBlock::Gain]);
  if (before.readers.empty() || readers.empty() || before.motors.empty() || motors.empty()) return;
  for (std::size_t k = 0; k < 2; ++k)
    carry(old[1]->parameters[k], before.readers.size(), one, readerPlaces, net[first_ + 1].parameters[k]);
  carry(old[2]->parameters[0], before.readers.size(), motorPlaces, readerPlaces, net[first_ + 2].parameters[0]);
  carry(old[2]->parameters[1], before.motors.size(), one, motorPlaces, net[first_ + 2].parameters[1]);
}

void Circuit::read(const Graph& graph, blocks::Net& net) const {
  auto& synapse = synapses(net);
  auto& normed = norm(net);
  auto& answer = answers(net);
  auto& beta = synapse.parameters[SynapseBlock::Beta].values;
  auto& weights = answer.parameters[0];
  std::ranges::fill(beta, 0.0F);
  std::ranges::fill(weights.values, 0.0F);
  weights.absent.assign(weights.values.size(), 1);
  answer.parameters[1].absent.assign(answer.parameters[1].values.size(), motors.empty() ? 1 : 0);
  const auto values = graph.linkValues<float>(link::Weight);
  for (std::size_t l = 0; l < places_.size(); ++l) {
    const auto& place = places_[l];
    const float share = std::clamp(values[l], 0.0F, 1.0F);
    if (place.part == Part::Beta) beta[place.index] = share;
    if (place.part == Part::Exciting) synapse.excite(place.index, share);
    if (place.part != Part::Answer) continue;
    weights.values[place.index] = values[l];
    weights.absent[place.index] = 0;
  }
  const auto column = [&](std::size_t field) { return graph.neuronValues<float>(field); };
  for (std::size_t s = 0; s < synapseRows.size(); ++s)
    synapse.parameters[SynapseBlock::Gain].values[s] = column(neuron::Gain)[synapseRows[s]];
  for (std::size_t r = 0; r < readers.size(); ++r) {
    normed.parameters[0].values[r] = column(neuron::Scale)[readers[r]];
    normed.parameters[1].values[r] = column(neuron::Shift)[readers[r]];
    normed.mean[r] = column(neuron::Mean)[readers[r]];
    normed.variance[r] = column(neuron::Variance)[readers[r]];
  }
  for (std::size_t m = 0; m < motors.size(); ++m) answer.parameters[1].values[m] = column(neuron::Bias)[motors[m]];
}

void Circuit::write(Graph& graph, blocks::Net& net) const {
  const auto& synapse = synapses(net);
  const auto& normed = norm(net);
  const auto& answer = answers(net);
  const auto values = graph.linkValues<float>(link::Weight);
  for (std::size_t l = 0; l < places_.size(); ++l) {
    const auto& place = places_[l];
    // What is out of range was not taken over: it stays as it was drawn.
    if (place.part == Part::Beta && values[l] >= 0 && values[l] <= 1)
      values[l] = synapse.parameters[SynapseBlock::Beta].values[place.index];
    if (place.part == Part::Answer) values[l] = answer.parameters[0].values[place.index];
  }
  const auto column = [&](std::size_t field) { return graph.neuronValues<float>(field); };
  for (std::size_t s = 0; s < synapseRows.size(); ++s)
    column(neuron::Gain)[synapseRows[s]] = synapse.parameters[SynapseBlock::Gain].values[s];
  for (std::size_t r = 0; r < readers.size(); ++r) {
    column(neuron::Scale)[readers[r]] = normed.parameters[0].values[r];
    column(neuron::Shift)[readers[r]] = normed.parameters[1].values[r];
    column(neuron::Mean)[readers[r]] = normed.mean[r];
    column(neuron::Variance)[readers[r]] = normed.variance[r];
  }
  for (std::size_t m = 0; m < motors.size(); ++m) column(neuron::Bias)[motors[m]] = answer.parameters[1].values[m];
}

}  // namespace plexarium::synann_net
