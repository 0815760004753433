#include "core/dynamics/synann/synann.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "core/dynamics/synann/appearance.h"
#include "core/dynamics/synann/circuit.h"
#include "core/dynamics/synann/creation.h"
#include "core/dynamics/synann/fields.h"
#include "core/dynamics/synann/gradient.h"
#include "core/dynamics/synann/learning.h"
#include "core/dynamics/synann/settle.h"
#include "core/dynamics/synann/state.h"
#include "core/random.h"

namespace plexarium::synann {
namespace {

constexpr std::uint32_t firingStream = 0x53594e46;
constexpr double half = 0.5;

/// Truth: the circuit and the course, until publish.
class SynannDynamics final : public Dynamics {
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
  void moveHistory(std::span<const NeuronId> ids);
  [[nodiscard]] std::size_t depth() const;
  void kick(const Graph& graph);
  Settling live(std::span<double> metrics);
  void learnFrom(const Moment& moment, bool settled, std::span<double> metrics);
  void fire(Network& network);
  void measure(std::span<double> metrics) const;

  Settings settings_;
  Circuit circuit_;
  Course course_;
  std::vector<NeuronId> ids_;          ///< Of the rows in the history.
  std::vector<std::uint32_t> motors_;  ///< Rows.
  std::optional<Order> order_;         ///< Of the circuit; made when it is needed.
  Gradient gradient_;
  std::vector<std::uint8_t> kicked_;     ///< By row, in the tick that is being made.
  std::vector<std::uint8_t> unsettled_;  ///< By row, in the last tick.
  std::vector<double> read_;             ///< By incoming link, in the last tick.
  std::vector<double> outputs_, lacks_, direct_;
  Tick carriedThrough_ = 0;  ///< Fires from this tick on are not in lastCarried yet.
};

Result<void> SynannDynamics::build(Network& network) {
  course_ = {};
  carriedThrough_ = network.tick;
  settings_ = Settings(network.parameters);
  read(network);
  ids_.assign(network.graph.ids().begin(), network.graph.ids().end());
  course_.history.push(circuit_.probability, 1);
  return {};
}

void SynannDynamics::read(Network& network) {
  const auto& graph = network.graph;
  circuit_.read(graph);
  order_.reset();
  unsettled_.assign(circuit_.count(), 0);
  motors_.clear();
  for (std::uint32_t row = 0; row < circuit_.count(); ++row) {
    if (graph.roles()[row] == Role::Motor) motors_.push_back(row);
  }
}

void SynannDynamics::edited(Network& network, const Edited& what) {
  settings_ = Settings(network.parameters);
  if (!what.topology && !what.neuronValues && !what.linkValues) return;
  read(network);
  if (what.topology) {
    moveHistory(network.graph.ids());
    course_.targets.clear();  // their order is void
  }
  // Who was set to another probability was that in the last tick. What is held may be the input of the next.
  auto& newest = course_.history.back(1);
  for (std::size_t row = 0; row < newest.size(); ++row) {
    if (circuit_.held[row] == 0) newest[row] = circuit_.probability[row];
  }
}

/// Newcomers have always been what they are.
void SynannDynamics::moveHistory(std::span<const NeuronId> ids) {
  History moved;
  auto tick = circuit_.probability;
  const auto ticks = course_.history.size();
  for (auto ago = ticks; ago > 0; --ago) {
    const auto& before = course_.history.back(ago);
    for (std::size_t row = 0; row < ids.size(); ++row) {
      const auto known = std::ranges::lower_bound(ids_, ids[row]);
      tick[row] = known != ids_.end() && *known == ids[row] ? before[static_cast<std::size_t>(known - ids_.begin())]
                                                            : circuit_.probability[row];
    }
    moved.push(tick, ticks);
  }
  course_.history = std::move(moved);
  ids_.assign(ids.begin(), ids.end());
}

std::size_t SynannDynamics::depth() const {
  const bool looksBack = settings_.mode == Mode::Time && !course_.targets.empty();
  return std::max<std::size_t>({1, circuit_.longestDelay, looksBack ? settings_.window + circuit_.longestDelay : 0});
}

void SynannDynamics::stimulate(Network& network, std::span<const Stimulus> stimuli) {
  for (const auto& one : stimuli) {
    assert(one.channel == 0 && one.amount >= 0 && one.amount <= 1);
    const auto row = network.graph.row(one.neuron);
    if (!row) continue;
    if (circuit_.held[*row] != 0) {
      circuit_.probability[*row] = one.amount;
    } else {
      course_.kicks.emplace_back(one.neuron, one.amount);
    }
  }
}

void SynannDynamics::kick(const Graph& graph) {
  kicked_.assign(circuit_.count(), 0);
  for (const auto& [id, probability] : course_.kicks) {
    const auto row = graph.row(id);
    if (!row) continue;  // gone since
    circuit_.probability[*row] = probability;
    kicked_[*row] = 1;
  }
  course_.kicks.clear();
}

Result<void> SynannDynamics::learn(Network& /*network*/, std::span<const double> targets) {
  if (!targets.empty() && targets.size() != motors_.size()) {
    return failure(
        std::to_string(targets.size()) + " targets do not fit " + std::to_string(motors_.size()) + " motor neurons", {},
        "Give one target for each");
  }
  for (const double target : targets) {
    if (target < 0 || target > 1)
      return failure("a target of " + std::to_string(target) + " cannot be reached", {}, "Probabilities go from 0 to 1");
  }
  course_.targets.clear();
  if (std::ranges::any_of(targets, [](double target) { return !std::isnan(target); }))
    course_.targets.assign(targets.begin(), targets.end());
  return {};
}

void SynannDynamics::step(Network& network, std::span<double> metrics) {
  assert(circuit_.count() == network.graph.neuronCount() && metrics.size() == metric::Count);
  std::ranges::fill(metrics, 0.0);
  course_.history.reach(std::max<std::size_t>(1, circuit_.longestDelay));
  kick(network.graph);
  const auto settling = live(metrics);
  metrics[metric::Residual] = settling.residual;
  metrics[metric::Sweeps] = static_cast<double>(settling.sweeps);
  metrics[metric::Unsettled] = static_cast<double>(settling.unsettled);
  measure(metrics);
  fire(network);
  course_.history.push(circuit_.probability, depth());
}

/// The tick itself, and what is learnt in it.
Settling SynannDynamics::live(std::span<double> metrics) {
  static const Order none;
  const bool relaxes = settings_.mode == Mode::Relax;
  if (relaxes && !order_) order_ = settlingOrder(circuit_);
  const Moment moment{settings_, relaxes ? *order_ : none, course_.history, kicked_};
  Settling settling;
  if (relaxes) {
    settling = settle(circuit_, moment, read_, unsettled_);
  } else {
    std::ranges::fill(unsettled_, std::uint8_t{0});
    advance(circuit_, moment, read_);
  }
  if (!course_.targets.empty()) learnFrom(moment, settling.unsettled == 0, metrics);
  return settling;
}

void SynannDynamics::learnFrom(const Moment& moment, bool settled, std::span<double> metrics) {
  outputs_.resize(motors_.size());
  lacks_.resize(motors_.size());
  for (std::size_t k = 0; k < motors_.size(); ++k) outputs_[k] = circuit_.probability[motors_[k]];
  const auto lacking = lack(settings_.loss, settings_.temperature, outputs_, course_.targets, lacks_);
  metrics[metric::Loss] = lacking.loss;
  metrics[metric::Error] = lacking.error;
  if (!settled) return;  // there is no fixed point to learn at
  direct_.assign(circuit_.count(), 0);
  for (std::size_t k = 0; k < motors_.size(); ++k) direct_[motors_[k]] = lacks_[k];
  if (settings_.mode == Mode::Relax) {
    const auto back = gradient_.ofSettled(circuit_, moment, read_, direct_);
    metrics[metric::AdjointSweeps] = static_cast<double>(back.sweeps);
    if (!back.settled) return;
  } else {
    gradient_.throughTime(circuit_, moment, direct_);
  }
  metrics[metric::Gradient] = descend(circuit_, settings_, ++course_.steps);
}

void SynannDynamics::fire(Network& network) {
  const RandomStream random(network.seed, firingStream);
  const auto ids = network.graph.ids();
  const auto lastFired = network.graph.lastFired();
  const auto& before = course_.history.back(1);
  for (std::size_t row = 0; row < circuit_.count(); ++row) {
    const double now = circuit_.probability[row];
    const bool fires = settings_.firing == Firing::Rising
                           ? now >= half && before[row] < half
                           : now > 0 && random.uniform(static_cast<std::uint64_t>(network.tick), ids[row].value) < now;
    if (fires) lastFired[row] = network.tick;
  }
}

void SynannDynamics::measure(std::span<double> metrics) const {
  std::size_t free = 0;
  for (std::size_t row = 0; row < circuit_.count(); ++row) {
    if (circuit_.held[row] != 0) continue;
    ++free;
    metrics[metric::Probability] += circuit_.probability[row];
    metrics[metric::Survival] += circuit_.survival[row];
    metrics[metric::Silenced] += circuit_.survival[row] < least ? 1 : 0;
  }
  for (const auto mean : {metric::Probability, metric::Survival})
    metrics[mean] /= static_cast<double>(std::max<std::size_t>(1, free));
}

void SynannDynamics::readout(Network& /*network*/, std::span<const std::uint32_t> rows, std::span<double> outputs) {
  for (std::size_t k = 0; k < rows.size(); ++k) outputs[k] = circuit_.probability[rows[k]];
}

void SynannDynamics::publish(Network& network, Appearance* appearance) {
  auto& graph = network.graph;
  circuit_.write(graph);
  const auto fired = std::as_const(graph).lastFired();
  const auto carried = graph.lastCarried();
  for (std::size_t row = 0; row < fired.size(); ++row) {
    if (fired[row] < carriedThrough_) continue;
    for (auto l = circuit_.firstOut[row]; l < circuit_.firstOut[row + 1]; ++l) carried[l] = std::max(carried[l], fired[row]);
  }
  carriedThrough_ = network.tick;
  if (appearance != nullptr) show(settings_.shown, circuit_, graph, unsettled_, *appearance);
}

Result<std::string> SynannDynamics::state(Network& network, const std::string* restore) {
  if (restore == nullptr) return stateText(course_);
  auto course = readState(*restore, network.graph.ids(), motors_.size());
  if (!course) return tl::unexpected(std::move(course.error()));
  course_ = std::move(*course);
  return *restore;
}

}  // namespace

DynamicsEntry entry() {
  return {description(), []() -> std::unique_ptr<Dynamics> { return std::make_unique<SynannDynamics>(); }, createNetwork};
}

}  // namespace plexarium::synann
