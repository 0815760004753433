#include "core/session/touch_test.h"

#include <algorithm>
#include <cctype>

#include "core/denormals.h"
#include "core/session/simulation.h"

namespace plexarium {
namespace {

bool isCalled(std::string_view name, std::string_view wanted) {
  if (!wanted.ends_with('*')) return name == wanted;
  wanted.remove_suffix(1);
  if (!name.starts_with(wanted) || name.size() == wanted.size()) return false;
  const auto rest = name.substr(wanted.size());
  return std::ranges::all_of(rest, [](char letter) { return std::isdigit(static_cast<unsigned char>(letter)) != 0; });
}

std::vector<std::size_t> rowsOf(const Graph& graph, const NeuronPool& pool) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    const auto& name = graph.names()[row];
    if (std::ranges::any_of(pool.neurons, [&](const auto& wanted) { return isCalled(name, wanted); })) rows.push_back(row);
  }
  return rows;
}

}  // namespace

std::span<const NeuronPool> touches() {
  static const std::vector<NeuronPool> all = {
      {"anterior", "Anterior touch", {"ALML", "ALMR", "AVM"}},
      {"posterior", "Posterior touch", {"PLML", "PLMR"}},
      {"nose", "Nose touch", {"ASHL", "ASHR", "FLPL", "FLPR"}},
  };
  return all;
}

std::span<const NeuronPool> answeringPools() {
  static const std::vector<NeuronPool> all = {
      {"forward", "Forward command", {"AVBL", "AVBR", "PVCL", "PVCR"}},
      {"backward", "Backward command", {"AVAL", "AVAR", "AVDL", "AVDR", "AVEL", "AVER"}},
      {"forward_motor", "Forward motor", {"DB*", "VB*"}},
      {"backward_motor", "Backward motor", {"DA*", "VA*"}},
  };
  return all;
}

Result<std::vector<PoolAnswer>> touch(const Registry& registry, const Model& model, const NeuronPool& touched,
                                      std::span<const NeuronPool> pools, const TouchSettings& settings) {
  const FlushDenormals flush;
  const auto entry = registry.require(model.dynamics);
  if (!entry) return tl::unexpected(entry.error());
  Model alone = model;
  alone.feed.clear();  // nothing but the touch
  const auto simulation = Simulation::create(**entry, std::move(alone));
  if (!simulation) return tl::unexpected(simulation.error());
  std::vector<Stimulus> stimuli;
  for (const auto row : rowsOf(model.graph, touched)) stimuli.push_back({model.graph.ids()[row], 0, settings.amount});
  if (stimuli.empty()) {
    return failure("the model has no neuron called " + touched.neurons.front(), touched.label,
                   "Import a connectome whose neurons have these names");
  }
  std::vector<std::vector<std::size_t>> rows;
  std::vector<PoolAnswer> answers;
  for (const auto& pool : pools) {
    rows.push_back(rowsOf(model.graph, pool));
    answers.push_back({pool.key, rows.back().size(), 0, {}});
  }
  for (Tick tick = 0; tick < settings.ticks; ++tick) {
    if (tick < settings.stimulusTicks) {
      if (auto done = (*simulation)->stimulate(stimuli); !done) return tl::unexpected(done.error());
    }
    const auto now = (*simulation)->tick();
    if (auto stepped = (*simulation)->step(); !stepped) return tl::unexpected(std::move(stepped.error()));
    const auto fired = (*simulation)->graph().lastFired();
    for (std::size_t pool = 0; pool < pools.size(); ++pool) {
      for (const auto row : rows[pool]) {
        if (fired[row] != now) continue;
        ++answers[pool].releases;
        if (!answers[pool].first) answers[pool].first = tick + 1;
      }
    }
  }
  return answers;
}

}  // namespace plexarium
