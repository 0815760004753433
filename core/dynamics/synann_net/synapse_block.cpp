#include "core/dynamics/synann_net/synapse_block.h"

#include <algorithm>

#include "core/dynamics/synann/kernels.h"

namespace plexarium::synann_net {

using blocks::lotSize;

SynapseBlock::SynapseBlock(std::size_t features, Wiring wiring)
    : Block({features, 1, 1}, {std::max<std::size_t>(1, wiring.readers.size()), 1, 1}), wiring_(std::move(wiring)) {
  const std::vector<float> pairs(wiring_.units.size() * wiring_.synapses);
  const std::vector<float> singles(wiring_.synapses);
  parameters.push_back({"beta", blocks::Rule::Share, pairs, pairs});
  parameters.push_back({"gain", blocks::Rule::Factor, singles, singles});
  slopeTasks_ = 1;
}

void SynapseBlock::prepare(blocks::Way way, const blocks::Pass& pass) {
  const auto xs = wiring_.units.size() * lotSize;
  const auto ys = wiring_.synapses * lotSize;
  if (lots_.size() < pass.lots) lots_.resize(pass.lots);
  for (auto& values : lots_) {
    values.x.resize(xs);
    for (auto* list : {&values.excitation, &values.survival, &values.y}) list->resize(ys);
    if (way == blocks::Way::Forth) continue;
    values.xSlope.resize(xs);
    for (auto* list : {&values.ySlope, &values.excitationSlope}) list->resize(ys);
    values.betaSlope.resize(parameters[Beta].values.size());
    values.gainSlope.resize(wiring_.synapses);
  }
}

void SynapseBlock::collect(const blocks::Sheet& in, Values& values) const {
  const auto xs = wiring_.units.size();
  for (std::size_t j = 0; j < xs; ++j) {
    for (std::size_t k = 0; k < lotSize; ++k)
      values.x[k * xs + j] = wiring_.units[j] < in_.channels ? in.channel(wiring_.units[j])[k] : 0.0F;
  }
  std::ranges::fill(values.excitation, 0.0F);
  for (const auto& one : wiring_.excitations) {
    for (std::size_t k = 0; k < lotSize; ++k)
      values.excitation[k * wiring_.synapses + one.synapse] += one.weight * values.x[k * xs + one.probability];
  }
}

void SynapseBlock::forward(const blocks::Pass& /*pass*/, const blocks::Ports& ports, std::size_t lot) {
  auto& values = lots_[lot];
  collect(ports.in->lot(lot), values);
  const auto xs = wiring_.units.size();
  const synann::SynapseShape shape{lotSize, xs, wiring_.synapses};
  synann::survivals(shape, values.x.data(), parameters[Beta].values.data(), values.survival.data());
  synann::openings(shape, values.excitation.data(), parameters[Gain].values.data(), values.survival.data(), values.y.data());
  const auto out = ports.out->lot(lot);
  for (std::size_t r = 0; r < wiring_.readers.size(); ++r) {
    const auto reader = wiring_.readers[r];
    for (std::size_t k = 0; k < lotSize; ++k) {
      out.channel(r)[k] =
          reader < wiring_.synapses ? values.y[k * wiring_.synapses + reader] : values.x[k * xs + reader - wiring_.synapses];
    }
  }
}

void SynapseBlock::backward(const blocks::Pass& /*pass*/, const blocks::Ports& ports, std::size_t lot) {
  auto& values = lots_[lot];
  const auto xs = wiring_.units.size();
  const auto ys = wiring_.synapses;
  const auto slopes = ports.outSlopes->lot(lot);
  for (auto* list : {&values.ySlope, &values.betaSlope, &values.gainSlope}) std::ranges::fill(*list, 0.0F);
  for (std::size_t r = 0; r < wiring_.readers.size(); ++r) {
    if (wiring_.readers[r] >= ys) continue;
    for (std::size_t k = 0; k < lotSize; ++k) values.ySlope[k * ys + wiring_.readers[r]] = slopes.channel(r)[k];
  }
  synann::slopesOf({lotSize, xs, ys}, values.x.data(), values.excitation.data(), parameters[Beta].values.data(),
                   parameters[Gain].values.data(), values.survival.data(), values.ySlope.data(),
                   {values.betaSlope.data(), values.gainSlope.data(), values.xSlope.data(), values.excitationSlope.data()});
  for (const auto& one : wiring_.excitations) {
    for (std::size_t k = 0; k < lotSize; ++k)
      values.xSlope[k * xs + one.probability] += one.weight * values.excitationSlope[k * ys + one.synapse];
  }
  for (std::size_t r = 0; r < wiring_.readers.size(); ++r) {
    if (wiring_.readers[r] < ys) continue;
    for (std::size_t k = 0; k < lotSize; ++k) values.xSlope[k * xs + wiring_.readers[r] - ys] += slopes.channel(r)[k];
  }
  const auto to = ports.inSlopes->lot(lot);
  for (std::size_t feature = 0; feature < in_.channels; ++feature) std::fill_n(to.channel(feature), lotSize, 0.0F);
  for (std::size_t j = 0; j < xs; ++j) {
    if (wiring_.units[j] >= in_.channels) continue;
    for (std::size_t k = 0; k < lotSize; ++k) to.channel(wiring_.units[j])[k] += values.xSlope[k * xs + j];
  }
}

void SynapseBlock::slopesOf(const blocks::Pass& pass, const blocks::Ports& /*ports*/, std::size_t /*task*/) {
  for (auto& parameter : parameters) std::ranges::fill(parameter.slopes, 0.0F);
  for (std::size_t lot = 0; lot < pass.lots; ++lot) {
    const auto& values = lots_[lot];
    for (std::size_t k = 0; k < values.betaSlope.size(); ++k) parameters[Beta].slopes[k] += values.betaSlope[k];
    for (std::size_t k = 0; k < values.gainSlope.size(); ++k) parameters[Gain].slopes[k] += values.gainSlope[k];
  }
}

}  // namespace plexarium::synann_net
