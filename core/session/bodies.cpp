#include "core/session/bodies.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/dynamics/embodied.h"

namespace plexarium {

Result<void> Bodies::build(const Graph& graph, const Embodiment& embodiment) {
  std::vector<Life> lives;
  for (const auto& controller : embodiment.controllers) {
    if (auto checked = checkController(controller, "controller " + controller.id); !checked) return checked;
    auto world = makeWorld(controller);
    if (!world) return tl::unexpected(std::move(world.error()));
    lives.push_back({controller.id, &findWorld(controller.type)->description, std::move(*world), {}, {}});
  }
  for (const auto& binding : embodiment.bindings) {
    const auto where = "binding of " + binding.controller + ':' + binding.port;
    if (auto fits = checkTie(description_, embodiment, binding, where); !fits) return fits;
  }
  lives_ = std::move(lives);
  tie(graph, embodiment);
  return {};
}

void Bodies::edited(const Graph& graph, const Embodiment& embodiment) {
  auto before = std::exchange(lives_, {});
  for (const auto& controller : embodiment.controllers) {
    const auto& description = findWorld(controller.type)->description;
    const auto same = std::ranges::find(before, controller.id, &Life::id);
    if (same != before.end() && same->description == &description) {
      same->world->configure(controller);
      lives_.push_back(std::move(*same));
      continue;
    }
    auto world = makeWorld(controller);
    assert(world);  // the edit has checked it
    lives_.push_back({controller.id, &description, std::move(*world), {}, {}});
  }
  tie(graph, embodiment);
}

void Bodies::tie(const Graph& graph, const Embodiment& embodiment) {
  sensors_.clear();
  effectors_.clear();
  channel_ = relayedChannel(description_).value_or(0);
  for (auto& life : lives_) {
    life.sensed.resize(life.description->sensors.size());
    life.amounts.resize(life.description->effectors.size());
  }
  for (const auto& binding : embodiment.bindings) {
    const auto life = std::ranges::find(lives_, binding.controller, &Life::id);
    assert(life != lives_.end());
    const auto port = findPort(*life->description, binding.port);
    assert(port);
    (port->sensor ? sensors_ : effectors_)
        .push_back(
            {static_cast<std::size_t>(life - lives_.begin()), port->index, binding.neuron, binding.gain, binding.offset});
  }
  findRows(graph);
}

/// A neuron that the network itself has removed says nothing.
void Bodies::findRows(const Graph& graph) {
  topology_ = graph.revisions().topology;
  rows_.clear();
  effector_.clear();
  for (std::size_t k = 0; k < effectors_.size(); ++k) {
    const auto row = graph.row(effectors_[k].neuron);
    if (!row) continue;
    rows_.push_back(static_cast<std::uint32_t>(*row));
    effector_.push_back(k);
  }
  said_.resize(rows_.size());
}

void Bodies::sense(Dynamics& dynamics, Network& network) {
  if (sensors_.empty()) return;
  for (auto& life : lives_) life.world->sense(life.sensed);
  stimuli_.clear();
  const auto& channel = description_.stimuli[channel_];
  for (const auto& tie : sensors_) {
    const double amount = tie.gain * std::max(0.0, lives_[tie.life].sensed[tie.port] - tie.offset);
    if (amount > 0) stimuli_.push_back({tie.neuron, channel_, std::min(amount, channel.maximum)});
  }
  dynamics.stimulate(network, stimuli_);
}

void Bodies::act(Dynamics& dynamics, Network& network) {
  if (lives_.empty()) return;
  if (network.graph.revisions().topology != topology_) findRows(network.graph);
  dynamics.readout(network, rows_, said_);
  for (auto& life : lives_) std::ranges::fill(life.amounts, 0.0);
  for (std::size_t k = 0; k < rows_.size(); ++k) {
    const auto& tie = effectors_[effector_[k]];
    lives_[tie.life].amounts[tie.port] += tie.gain * said_[k];
  }
  for (auto& life : lives_) {
    life.world->act(life.amounts);
    life.world->step();
  }
}

Result<void> Bodies::poke(const Poke& poke) {
  const auto life = std::ranges::find(lives_, poke.controller, &Life::id);
  if (life == lives_.end()) return failure("there is no controller '" + poke.controller + "'", "poke");
  return life->world->poke(poke.place, poke.seconds);
}

void Bodies::save(const Graph& graph, Embodiment& embodiment) const {
  std::erase_if(embodiment.bindings, [&](const Binding& binding) { return !graph.row(binding.neuron); });
  for (std::size_t k = 0; k < lives_.size(); ++k) {
    assert(embodiment.controllers[k].id == lives_[k].id);
    lives_[k].world->save(embodiment.controllers[k]);
  }
}

std::vector<std::shared_ptr<const WorldView>> Bodies::show() const {
  std::vector<std::shared_ptr<const WorldView>> views;
  for (const auto& life : lives_) {
    auto view = std::make_shared<WorldView>();
    view->controller = life.id;
    view->description = life.description;
    life.world->show(*view);
    views.push_back(std::move(view));
  }
  return views;
}

void Bodies::light(const Graph& graph, const std::vector<std::shared_ptr<const WorldView>>& views,
                   Appearance& appearance) const {
  const auto show = [&](const Tie& tie, const std::vector<double>& values) {
    if (const auto row = graph.row(tie.neuron))
      appearance.level[*row] = static_cast<float>(std::clamp(values[tie.port], 0.0, 1.0));
  };
  for (const auto& tie : sensors_) show(tie, views[tie.life]->sensors);
  for (const auto& tie : effectors_) show(tie, views[tie.life]->effectors);
}

}  // namespace plexarium
