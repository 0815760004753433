#include "core/session/twin_run.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <memory>
#include <utility>

#include "core/denormals.h"
#include "core/session/simulation.h"

namespace plexarium {
namespace {

constexpr Tick askEvery = 64;

/// Which of `counted` fired in the last tick.
void firedOf(const Simulation& simulation, std::span<const NeuronId> counted, std::vector<Spike>& spikes,
             std::vector<NeuronId>& fired) {
  spikes.clear();
  fired.clear();
  simulation.appendSpikes(0, spikes);
  auto next = counted.begin();
  for (const auto& spike : spikes) {
    next = std::lower_bound(next, counted.end(), spike.neuron);
    if (next != counted.end() && *next == spike.neuron) fired.push_back(spike.neuron);
  }
}

Result<std::unique_ptr<Simulation>> twinOf(const DynamicsEntry& entry, Model model, NeuronId disturbed) {
  const auto& field = entry.description.firedField;
  const auto row = model.graph.row(disturbed);
  assert(row);
  if (field) model.graph.setNeuronValue(*row, *field, columnValue(model.graph.neuronColumn(*field), *row) == 0 ? 1 : 0);
  auto twin = Simulation::create(entry, std::move(model));
  if (!twin || field) return twin;
  const auto& stimuli = entry.description.stimuli;
  if (stimuli.empty()) return failure("nothing can be put into neurons of this kind of network");
  if (auto done = (*twin)->stimulate({{disturbed, 0, stimuli.front().usual}}); !done) return tl::unexpected(done.error());
  return twin;
}

}  // namespace

Result<std::optional<Divergence>> runTwin(const DynamicsEntry& entry, const Model& model, NeuronId disturbed,
                                          std::span<const NeuronId> counted, Tick ticks,
                                          const std::function<bool(double)>& goesOn) {
  const FlushDenormals flush;
  const auto own = Simulation::create(entry, model);
  if (!own) return tl::unexpected(own.error());
  const auto twin = twinOf(entry, model, disturbed);
  if (!twin) return tl::unexpected(twin.error());
  Divergence found;
  found.flipped = entry.description.firedField.has_value();
  std::vector<Spike> spikes;
  std::vector<NeuronId> fired, firedToo, differing;
  for (Tick k = 0; k < ticks; ++k) {
    if (k % askEvery == 0 && goesOn && !goesOn(static_cast<double>(k) / static_cast<double>(ticks))) return std::nullopt;
    for (Simulation* one : {own->get(), twin->get()}) {
      if (auto done = one->step(); !done) return tl::unexpected(done.error());
    }
    firedOf(**own, counted, spikes, fired);
    firedOf(**twin, counted, spikes, firedToo);
    differing.clear();
    std::ranges::set_symmetric_difference(fired, firedToo, std::back_inserter(differing));
    found.differing.push_back(static_cast<std::uint32_t>(differing.size()));
  }
  return found;
}

}  // namespace plexarium
