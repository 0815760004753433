#include "core/dynamics/plexus/plexus.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>
#include <vector>

#include "core/dynamics/plexus/activation.h"
#include "core/dynamics/plexus/appearance.h"
#include "core/dynamics/plexus/cells.h"
#include "core/dynamics/plexus/creation.h"
#include "core/dynamics/plexus/fields.h"
#include "core/dynamics/plexus/state.h"
#include "core/dynamics/plexus/waves.h"

namespace plexarium::plexus {
namespace {

/// Truth: the cells, until publish.
class PlexusDynamics final : public Dynamics {
 public:
  Result<void> build(Network& network) override;
  void edited(Network& network, const Edited& what) override;
  void stimulate(Network& network, std::span<const Stimulus> stimuli) override;
  void step(Network& network, std::span<double> metrics) override;
  Result<void> learn(Network& network, std::span<const double> targets) override;
  void readout(Network& network, std::span<const std::uint32_t> rows, std::span<double> outputs) override;
  void publish(Network& network, Appearance* appearance) override;
  Result<std::string> state(Network& network, const std::string* restore) override;

 private:
  void read(Network& network);
  void letNewcomersJoin(Network& network);
  void forgetTargets();
  [[nodiscard]] double output(std::uint32_t row) const { return rounded(double{cells_.potential[row]}, settings_.scale); }
  struct Said {
    double error, decision;
  };
  [[nodiscard]] Said said() const;

  Settings settings_;
  Cells cells_;
  Waves waves_;
  NeuronId nextNewcomer_;    ///< Neurons from this id on have not been seen yet.
  Tick carriedThrough_ = 0;  ///< Fires from this tick on are not in lastCarried yet.
};

Result<void> PlexusDynamics::build(Network& network) {
  waves_.course = {};
  nextNewcomer_ = network.graph.nextId();
  carriedThrough_ = network.tick;
  read(network);
  return {};
}

void PlexusDynamics::read(Network& network) {
  settings_ = Settings(network.parameters);
  cells_.read(network.graph, settings_);
  waves_.rebuild(cells_);
}

void PlexusDynamics::edited(Network& network, const Edited& what) {
  if (what.topology) {
    read(network);
    letNewcomersJoin(network);
    forgetTargets();  // their order is void
  } else {
    settings_ = Settings(network.parameters);
    if (what.neuronValues || what.linkValues) {
      cells_.read(network.graph, settings_);
    } else {
      cells_.limit(settings_);
    }
  }
}

/// Undone removals and pasted circuits come back with ids or links that tell them from newcomers.
void PlexusDynamics::letNewcomersJoin(Network& network) {
  auto& graph = network.graph;
  const auto known = std::exchange(nextNewcomer_, graph.nextId());
  if (!settings_.join) return;
  std::vector<std::uint32_t> newcomers;
  for (auto row = static_cast<std::uint32_t>(cells_.count()); row-- > 0 && graph.ids()[row] >= known;) {
    const bool read = graph.firstLink()[row] != graph.firstLink()[row + 1];
    if (!read && cells_.subscriptions.sources(row).empty()) newcomers.push_back(row);
  }
  for (const auto row : newcomers) graph.addLinks(linksToJoin(settings_, cells_, graph.ids(), row, network.seed));
  if (!newcomers.empty()) read(network);
}

void PlexusDynamics::stimulate(Network& network, std::span<const Stimulus> stimuli) {
  for (const auto& one : stimuli) {
    assert(one.channel == 0 && std::abs(one.amount) <= largestPotential);
    const auto row = network.graph.row(one.neuron);
    if (!row) continue;
    cells_.potential[*row] = static_cast<float>(one.amount);
    if (cells_.roles[*row] == Role::Sensory) waves_.course.loaded = true;
  }
}

Result<void> PlexusDynamics::learn(Network& /*network*/, std::span<const double> targets) {
  if (!targets.empty() && targets.size() != cells_.motors.size()) {
    return failure(
        std::to_string(targets.size()) + " targets do not fit " + std::to_string(cells_.motors.size()) + " motor neurons",
        {}, "Give one target for each");
  }
  for (const double target : targets) {
    if (target < 0 || target > 1) {
      return failure("a target of " + std::to_string(target) + " cannot be reached", {}, "Potentials go from 0 to 1");
    }
  }
  const std::vector<float> wanted(targets.begin(), targets.end());
  if (std::ranges::none_of(wanted, isWanted)) {
    forgetTargets();
    return {};
  }
  auto& course = waves_.course;
  const auto same = [](float one, float other) { return one == other || (!isWanted(one) && !isWanted(other)); };
  course.loaded = course.loaded || !std::ranges::equal(wanted, course.targets, same);
  course.targets = wanted;
  return {};
}

/// Test mode: under the article's rule the others keep what their subscribers want of them, as its code did.
void PlexusDynamics::forgetTargets() {
  if (std::exchange(waves_.course.targets, {}).empty()) return;
  for (const auto row : settings_.byTrial() ? cells_.motors : cells_.firing) cells_.desired[row] = noDesire;
}

void PlexusDynamics::step(Network& network, std::span<double> metrics) {
  assert(cells_.count() == network.graph.neuronCount() && metrics.size() == metric::Count);
  const auto tally = waves_.tick({settings_, cells_, network.graph, network.seed, network.tick});
  const auto mean = [](double sum, std::size_t count) { return count > 0 ? sum / static_cast<double>(count) : 0; };
  const auto said = this->said();
  metrics[metric::Error] = said.error;
  metrics[metric::Loss] = mean(tally.loss, tally.wanted);
  metrics[metric::Decision] = said.decision;
  metrics[metric::Fires] = static_cast<double>(tally.fires);
  metrics[metric::Wanted] = static_cast<double>(tally.wanted);
  metrics[metric::ByWeights] = static_cast<double>(tally.byWeights);
  metrics[metric::ByBlame] = static_cast<double>(tally.byBlame);
  metrics[metric::Rewired] = static_cast<double>(tally.rewired);
  metrics[metric::FanIn] = mean(static_cast<double>(cells_.subscriptions.count()), cells_.firing.size());
}

/// How far the outputs are from their targets, and the largest of them above the next.
PlexusDynamics::Said PlexusDynamics::said() const {
  const auto& targets = waves_.course.targets;
  double sum = 0;
  int wanted = 0;
  double largest = 0;
  double next = 0;
  for (std::size_t k = 0; k < cells_.motors.size(); ++k) {
    const double one = output(cells_.motors[k]);
    next = std::max(next, std::min(one, largest));
    largest = std::max(largest, one);
    if (k >= targets.size() || !isWanted(targets[k])) continue;
    sum += std::abs(double{targets[k]} - one);
    ++wanted;
  }
  return {wanted == 0 ? 0 : sum / wanted, largest - next};
}

void PlexusDynamics::readout(Network& /*network*/, std::span<const std::uint32_t> rows, std::span<double> outputs) {
  for (std::size_t k = 0; k < rows.size(); ++k) outputs[k] = output(rows[k]);
}

void PlexusDynamics::publish(Network& network, Appearance* appearance) {
  auto& graph = network.graph;
  cells_.write(graph);
  // A link carries when its target fires: that is when the target reads it.
  const auto targets = graph.targets();
  const auto fired = std::as_const(graph).lastFired();
  const auto carried = graph.lastCarried();
  for (std::size_t l = 0; l < targets.size(); ++l) {
    const auto tick = fired[targets[l]];
    if (tick >= carriedThrough_ && cells_.roles[targets[l]] != Role::Sensory) carried[l] = std::max(carried[l], tick);
  }
  carriedThrough_ = network.tick;
  if (appearance == nullptr) return;
  show(settings_, cells_, graph, static_cast<double>(waves_.course.wave), waves_.order(), *appearance);
}

Result<std::string> PlexusDynamics::state(Network& network, const std::string* restore) {
  const auto ids = network.graph.ids();
  if (restore == nullptr) return stateText(waves_.course, ids);
  auto course = readState(*restore, ids, cells_);
  if (!course) return tl::unexpected(std::move(course.error()));
  waves_.course = std::move(*course);
  return *restore;
}

}  // namespace

DynamicsEntry entry() {
  return {description(), []() -> std::unique_ptr<Dynamics> { return std::make_unique<PlexusDynamics>(); }, createNetwork};
}

}  // namespace plexarium::plexus
