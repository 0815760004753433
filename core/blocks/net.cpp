#include "core/blocks/net.h"

#include <atomic>
#include <iterator>
#include <utility>

namespace plexarium::blocks {
namespace {

/// Pieces of work by whoever is free.
void deal(Team& team, std::size_t pieces, const std::function<void(std::size_t)>& work) {
  if (team.size() == 1 || pieces == 1) {
    for (std::size_t piece = 0; piece < pieces; ++piece) work(piece);
    return;
  }
  std::atomic<std::size_t> next = 0;
  team.share([&](std::size_t /*member*/) {
    for (auto piece = next++; piece < pieces; piece = next++) work(piece);
  });
}

void fitTensor(Tensor& tensor, const Shape& shape, std::size_t border, std::size_t lots) {
  if (tensor.shape() == shape && tensor.border() == border && tensor.lots() == lots) return;
  tensor = Tensor(shape, border, lots);
}

}  // namespace

void Net::add(BlockPointer block) {
  assert(blocks_.empty() || blocks_.back()->out() == block->in());
  blocks_.push_back(std::move(block));
}

std::vector<BlockPointer> Net::cut(std::size_t number) {
  const auto begin = blocks_.begin() + static_cast<std::ptrdiff_t>(std::min(number, blocks_.size()));
  std::vector<BlockPointer> out(std::make_move_iterator(begin), std::make_move_iterator(blocks_.end()));
  blocks_.erase(begin, blocks_.end());
  return out;
}

void Net::fit(std::size_t lots, bool slopes) {
  assert(!blocks_.empty());
  values_.resize(blocks_.size() + 1);
  slopes_.resize(blocks_.size() + 1);
  for (std::size_t k = 0; k <= blocks_.size(); ++k) {
    const auto& shape = k < blocks_.size() ? blocks_[k]->in() : blocks_[k - 1]->out();
    fitTensor(values_[k], shape, k < blocks_.size() ? blocks_[k]->inBorder() : 0, lots);
    if (k > 0 && slopes) fitTensor(slopes_[k], shape, blocks_[k - 1]->slopeBorder(), lots);
    if (!slopes) slopes_[k] = {};
  }
}

Ports Net::ports(std::size_t number) {
  return {&values_[number], &values_[number + 1], number > 0 ? &slopes_[number] : nullptr, &slopes_[number + 1]};
}

/// Blocks up to the next that gathers are passed by a lot at once, while its values are near.
void Net::forward(const Pass& pass, Team& team, const std::function<void(std::size_t)>& arrive) {
  for (auto& block : blocks_) block->prepare(Way::Forth, pass);
  const auto waits = [&](std::size_t number) { return pass.learns && blocks_[number]->gathers(); };
  for (std::size_t begin = 0; begin < blocks_.size();) {
    auto end = begin + 1;
    while (end < blocks_.size() && !waits(end)) ++end;
    assert(begin > 0 || !waits(begin));
    deal(team, pass.lots, [&](std::size_t lot) {
      if (begin == 0) arrive(lot);
      for (auto k = begin; k < end; ++k) blocks_[k]->forward(pass, ports(k), lot);
      if (end < blocks_.size()) blocks_[end]->gather(Way::Forth, ports(end), lot);
    });
    if (end < blocks_.size()) blocks_[end]->join(Way::Forth, pass);
    begin = end;
  }
}

void Net::backward(const Pass& pass, Team& team) {
  for (auto& block : blocks_) block->prepare(Way::Back, pass);
  auto end = blocks_.size();
  if (blocks_[end - 1]->gathers()) {
    deal(team, pass.lots, [&](std::size_t lot) { blocks_[end - 1]->gather(Way::Back, ports(end - 1), lot); });
    blocks_[end - 1]->join(Way::Back, pass);
  }
  while (end > 1) {
    auto begin = end - 1;
    while (begin > 1 && !blocks_[begin - 1]->gathers()) --begin;
    deal(team, pass.lots, [&](std::size_t lot) {
      for (auto k = end; k > begin; --k) blocks_[k - 1]->backward(pass, ports(k - 1), lot);
      if (begin > 1) blocks_[begin - 1]->gather(Way::Back, ports(begin - 1), lot);
    });
    if (begin > 1) blocks_[begin - 1]->join(Way::Back, pass);
    end = begin;
  }
  slopesOfParameters(pass, team);
}

void Net::slopesOfParameters(const Pass& pass, Team& team) {
  std::vector<std::pair<std::size_t, std::size_t>> tasks;
  for (std::size_t k = 0; k < blocks_.size(); ++k) {
    for (std::size_t task = 0; task < blocks_[k]->slopeTasks(); ++task) tasks.emplace_back(k, task);
  }
  deal(team, tasks.size(), [&](std::size_t piece) {
    const auto [number, task] = tasks[piece];
    blocks_[number]->slopesOf(pass, ports(number), task);
  });
}

}  // namespace plexarium::blocks
