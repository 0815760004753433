#include "core/edit/deed.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <span>
#include <utility>

#include "core/edit/steps.h"

namespace plexarium {

std::string labelOf(const Deed& deed) {
  struct Label {
    std::string operator()(const ApplyEdit& deed) const { return deed.edit.label; }
    std::string operator()(const Undo&) const { return "Undo"; }
    std::string operator()(const Redo&) const { return "Redo"; }
    std::string operator()(const Stimulate&) const { return "Stimulate"; }
    std::string operator()(const Poke&) const { return "Poke"; }
    std::string operator()(const Teach&) const { return "Teach"; }
    std::string operator()(const SetFeeds&) const { return "Set feeds"; }
    std::string operator()(const SetFeeding& deed) const {
      constexpr std::array labels = {"Feeds off", "Train", "Validate", "Test", "Show sample"};
      return labels[static_cast<std::size_t>(deed.mode)];
    }
    std::string operator()(const NextSample&) const { return "Next sample"; }
    std::string operator()(const ReturnToStart&) const { return "Return to start"; }
  };
  return std::visit(Label{}, deed);
}

Edit resolved(Edit edit, const std::vector<NeuronId>& added) {
  std::span<const NeuronId> ids = added;
  std::vector<EditStep> steps;
  steps.reserve(edit.steps.size());
  for (auto& step : edit.steps) {
    if (auto* circuit = std::get_if<AddCircuit>(&step)) {
      const auto given = ids.first(circuit->neurons.size());
      auto links = edit::linksOf(*circuit, given);
      auto bindings = edit::bindingsOf(*circuit, given);
      circuit->neurons.ids.assign(given.begin(), given.end());
      ids = ids.subspan(given.size());
      steps.emplace_back(AddNeurons{std::move(circuit->neurons)});
      steps.emplace_back(std::move(links));
      if (!bindings.bindings.empty()) steps.emplace_back(std::move(bindings));
      continue;
    }
    if (auto* add = std::get_if<AddNeurons>(&step)) {
      std::copy_n(ids.begin(), add->neurons.size(), add->neurons.ids.begin());
      ids = ids.subspan(add->neurons.size());
    }
    steps.push_back(std::move(step));
  }
  assert(ids.empty());
  edit.steps = std::move(steps);
  return edit;
}

}  // namespace plexarium
