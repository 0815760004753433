#include "core/dynamics/sorn/sorn.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <memory>
#include <utility>

#include "core/dynamics/sorn/appearance.h"
#include "core/dynamics/sorn/creation.h"
#include "core/dynamics/sorn/fields.h"
#include "core/dynamics/sorn/reservoir.h"
#include "core/dynamics/sorn/tasks.h"

namespace plexarium::sorn {
namespace {

/// Truth: the reservoir until publish, but for lastFired. Everything it knows has a column, so there is no other state.
class SornDynamics final : public Dynamics {
 public:
  Result<void> build(Network& network) override {
    carriedThrough_ = network.tick;
    read(network);
    return {};
  }
  void edited(Network& network, const Edited& what) override;
  void stimulate(Network& network, std::span<const Stimulus> stimuli) override;
  void step(Network& network, std::span<double> metrics) override;
  void readout(Network& network, std::span<const std::uint32_t> rows, std::span<double> outputs) override;
  void publish(Network& network, Appearance* appearance) override;

 private:
  void read(const Network& network) {
    const Settings settings(network.parameters);
    if (!reservoir_ || settings.precision != settings_.precision) reservoir_ = Reservoir::make(settings.precision);
    settings_ = settings;
    reservoir_->read(network.graph, settings_);
  }
  [[nodiscard]] double meanThreshold() const;

  Settings settings_;
  std::unique_ptr<Reservoir> reservoir_;
  Tick carriedThrough_ = 0;  ///< Firings from this tick on are not in lastCarried yet.
};

/// A switch or a rate that changes while it runs costs nothing; what weights are kept in depends on precision and cap.
void SornDynamics::edited(Network& network, const Edited& what) {
  const Settings now(network.parameters);
  const bool sameKeeping = now.precision == settings_.precision && now.cap == settings_.cap;
  if (what.topology || what.neuronValues || what.linkValues || !sameKeeping) {
    read(network);
  } else if (what.parameters) {
    settings_ = now;
  }
}

void SornDynamics::stimulate(Network& network, std::span<const Stimulus> stimuli) {
  for (const auto& one : stimuli) {
    assert(one.channel == 0 && std::abs(one.amount) <= largestInput);
    if (const auto row = network.graph.row(one.neuron)) reservoir_->put(*row, one.amount);
  }
}

double SornDynamics::meanThreshold() const {
  const auto& cells = reservoir_->cells();
  double sum = 0;
  for (std::size_t cell = 0; cell < cells.excitatory; ++cell) sum += cells.threshold[cell];
  return cells.excitatory > 0 ? sum / cells.excitatory : 0;
}

void SornDynamics::step(Network& network, std::span<double> metrics) {
  assert(reservoir_->cells().count() == network.graph.neuronCount() && metrics.size() == metric::Count);
  const auto tally = reservoir_->step({settings_, network.graph, network.seed, network.tick});
  const auto neurons = std::max(1U, reservoir_->cells().excitatory);
  metrics[metric::Rate] = static_cast<double>(tally.excitatory) / neurons;
  metrics[metric::Excitatory] = static_cast<double>(tally.excitatory);
  metrics[metric::Inhibitory] = static_cast<double>(tally.inhibitory);
  metrics[metric::LinksEE] = static_cast<double>(tally.linksEE);
  metrics[metric::LinksEI] = static_cast<double>(tally.linksEI);
  metrics[metric::Born] = static_cast<double>(tally.born);
  metrics[metric::Pruned] = static_cast<double>(tally.pruned);
  metrics[metric::Strengthened] = static_cast<double>(tally.strengthened);
  metrics[metric::Weakened] = static_cast<double>(tally.weakened);
  metrics[metric::Threshold] = meanThreshold();
  metrics[metric::Starved] = static_cast<double>(tally.starved);
}

void SornDynamics::readout(Network& /*network*/, std::span<const std::uint32_t> rows, std::span<double> outputs) {
  const auto& cells = reservoir_->cells();
  for (std::size_t k = 0; k < rows.size(); ++k) outputs[k] = cells.fires(cells.cellOf[rows[k]]) ? 1 : 0;
}

void SornDynamics::publish(Network& network, Appearance* appearance) {
  reservoir_->write(network.graph, std::exchange(carriedThrough_, network.tick));
  if (appearance != nullptr) show(settings_, reservoir_->cells(), network.graph, network.tick, *appearance);
}

}  // namespace

DynamicsEntry entry() {
  return {description(), []() -> std::unique_ptr<Dynamics> { return std::make_unique<SornDynamics>(); }, createNetwork,
          tasks()};
}

}  // namespace plexarium::sorn
