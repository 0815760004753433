#include "core/dynamics/transmitter/delivery.h"

#include "core/dynamics/transmitter/fields.h"

namespace plexarium::transmitter {
namespace {

// A constant of the published program's network loop, independent of returnability.
constexpr double literalDecay = 0.1;

}  // namespace

Delivery::Delivery(Graph& graph, const NeuronColumns& columns, const Wiring& wiring, Tick tick)
    : columns_(columns),
      wiring_(wiring),
      firstLink_(graph.firstLink().data()),
      targets_(graph.targets().data()),
      kind_(graph.linkValues<std::uint8_t>(link::Kind).data()),
      lastFired_(graph.lastFired().data()),
      lastCarried_(graph.lastCarried().data()),
      tick_(tick) {}

void Delivery::release(std::size_t row) {
  const Amount pool{columns_.accumulatedE[row], columns_.accumulatedI[row]};
  const double stays = columns_.returnability[row];
  const Amount kept{withoutNegligible(pool.exciting * stays), withoutNegligible(pool.inhibiting * stays)};
  const Amount taken{pool.exciting - kept.exciting, pool.inhibiting - kept.inhibiting};
  columns_.accumulatedE[row] = kept.exciting;
  columns_.accumulatedI[row] = kept.inhibiting;
  columns_.synapseE[row] = taken.exciting;
  columns_.synapseI[row] = taken.inhibiting;
  lastFired_[row] = tick_;
  ++tally_.releases;
  tally_.handedOver.exciting += taken.exciting;
  tally_.handedOver.inhibiting += taken.inhibiting;
  deliver(row, taken);
}

void Delivery::fillSynapse(std::size_t row) {
  tally_.handedOver.exciting += columns_.accumulatedE[row];
  tally_.handedOver.inhibiting += columns_.accumulatedI[row];
  columns_.synapseE[row] += columns_.accumulatedE[row];
  columns_.synapseI[row] += columns_.accumulatedI[row];
  columns_.accumulatedE[row] = withoutNegligible(columns_.accumulatedE[row] * columns_.returnability[row]);
  columns_.accumulatedI[row] = withoutNegligible(columns_.accumulatedI[row] * columns_.returnability[row]);
  lastFired_[row] = tick_;
  ++tally_.releases;
}

void Delivery::deliverFromSynapse(std::size_t row) {
  const Amount amount{withoutNegligible(columns_.synapseE[row] * literalDecay),
                      withoutNegligible(columns_.synapseI[row] * literalDecay)};
  columns_.synapseE[row] = amount.exciting;
  columns_.synapseI[row] = amount.inhibiting;
  if (amount.exciting != 0 || amount.inhibiting != 0) deliver(row, amount);
}

void Delivery::deliver(std::size_t row, Amount amount) {
  const std::uint32_t end = firstLink_[row + 1];
  const double* share = wiring_.share.data();
  double* dendriteE = columns_.dendriteE;
  double* dendriteI = columns_.dendriteI;
  if (wiring_.chemicalOnly) {
    for (std::uint32_t l = firstLink_[row]; l < end; ++l) {
      const auto target = targets_[l];
      dendriteE[target] += amount.exciting * share[l];
      dendriteI[target] += amount.inhibiting * share[l];
    }
    tally_.deliveries += end - firstLink_[row];
    return;
  }
  for (std::uint32_t l = firstLink_[row]; l < end; ++l) {
    const auto target = targets_[l];
    switch (static_cast<Kind>(kind_[l])) {
      case Kind::Chemical:
        dendriteE[target] += amount.exciting * share[l];
        dendriteI[target] += amount.inhibiting * share[l];
        ++tally_.deliveries;
        break;
      case Kind::Inverted:
        dendriteI[target] += amount.inhibiting * share[l] - amount.exciting * share[l];
        ++tally_.deliveries;
        break;
      case Kind::Electrical:
        break;
    }
  }
}

void Delivery::couple(std::size_t row) {
  ++tally_.activations;
  if (wiring_.firstContact.empty()) return;
  for (auto k = wiring_.firstContact[row]; k < wiring_.firstContact[row + 1]; ++k) {
    const auto& contact = wiring_.contacts[k];
    columns_.dendriteE[contact.neighbour] += columns_.gapGain[row] * contact.share;
    lastCarried_[contact.link] = tick_;
    ++tally_.deliveries;
  }
}

}  // namespace plexarium::transmitter
