#include "core/dynamics/transmitter/wiring.h"

#include <algorithm>

#include "core/dynamics/transmitter/fields.h"

namespace plexarium::transmitter {
namespace {

bool electrical(std::uint8_t kind) { return kind == static_cast<std::uint8_t>(Kind::Electrical); }

void shareReleases(const Graph& graph, Wiring& wiring) {
  const auto first = graph.firstLink();
  const auto weight = graph.linkValues<double>(link::Weight);
  const auto kind = graph.linkValues<std::uint8_t>(link::Kind);
  wiring.share.assign(graph.linkCount(), 0.0);
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    double sum = 0;
    for (std::size_t l = first[row]; l < first[row + 1]; ++l) sum += electrical(kind[l]) ? 0.0 : weight[l];
    if (sum <= 0) continue;
    for (std::size_t l = first[row]; l < first[row + 1]; ++l) wiring.share[l] = electrical(kind[l]) ? 0.0 : weight[l] / sum;
  }
}

/// Weight of each link's electrical contact; 0 where there is none.
std::vector<double> electricalWeights(const Graph& graph) {
  const auto weight = graph.linkValues<double>(link::Weight);
  const auto kind = graph.linkValues<std::uint8_t>(link::Kind);
  const auto gap = graph.linkValues<double>(link::GapWeight);
  std::vector<double> weights(gap.begin(), gap.end());
  for (std::size_t l = 0; l < weights.size(); ++l) weights[l] += electrical(kind[l]) ? weight[l] : 0.0;
  return weights;
}

void connectElectrically(const Graph& graph, Wiring& wiring) {
  const auto weights = electricalWeights(graph);
  if (std::none_of(weights.begin(), weights.end(), [](double weight) { return weight > 0; })) return;
  const auto neurons = graph.neuronCount();
  const auto first = graph.firstLink();
  const auto targets = graph.targets();
  const auto eachEnd = [&](auto&& visit) {
    for (std::size_t row = 0; row < neurons; ++row) {
      for (std::size_t l = first[row]; l < first[row + 1]; ++l) {
        if (weights[l] <= 0) continue;
        visit(row, std::size_t{targets[l]}, l);
        if (targets[l] != row) visit(std::size_t{targets[l]}, row, l);
      }
    }
  };
  std::vector<double> sum(neurons, 0.0);
  wiring.firstContact.assign(neurons + 1, 0);
  eachEnd([&](std::size_t row, std::size_t, std::size_t l) {
    sum[row] += weights[l];
    ++wiring.firstContact[row + 1];
  });
  for (std::size_t row = 0; row < neurons; ++row) wiring.firstContact[row + 1] += wiring.firstContact[row];
  wiring.contacts.resize(wiring.firstContact.back());
  auto next = wiring.firstContact;
  eachEnd([&](std::size_t row, std::size_t neighbour, std::size_t l) {
    const double share = weights[l] / sum[row];
    wiring.contacts[next[row]++] = {static_cast<std::uint32_t>(neighbour), static_cast<std::uint32_t>(l), share};
  });
}

}  // namespace

Wiring makeWiring(const Graph& graph) {
  Wiring wiring;
  const auto kind = graph.linkValues<std::uint8_t>(link::Kind);
  wiring.chemicalOnly = std::all_of(kind.begin(), kind.end(), [](std::uint8_t one) { return one == 0; });
  shareReleases(graph, wiring);
  const auto gapWeight = graph.linkValues<double>(link::GapWeight);
  if (std::any_of(kind.begin(), kind.end(), electrical) ||
      std::any_of(gapWeight.begin(), gapWeight.end(), [](double one) { return one > 0; })) {
    connectElectrically(graph, wiring);
  }
  return wiring;
}

}  // namespace plexarium::transmitter
