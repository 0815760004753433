#include "core/feed/sample_stream.h"

#include <algorithm>
#include <cassert>

namespace plexarium {
namespace {

/// Stream of random numbers of cursor 0; the next cursors follow.
constexpr std::uint32_t orderStream = 0x6f726400;

}  // namespace

SampleStream::SampleStream(const Dataset& data, const Split& split, Part part, FeedOrder order, std::uint64_t seed)
    : data_(&data), split_(split), part_(part), order_(order), seed_(seed) {
  assert(split.size(part) > 0);
  if (order_ == FeedOrder::Interleaved && data.info().classes.empty()) order_ = FeedOrder::Shuffled;
  state_.cursors.resize(order_ == FeedOrder::Interleaved ? data.info().classes.size() : 1);
  for (std::size_t cursor = 0; cursor < state_.cursors.size(); ++cursor) shuffles_.push_back(shuffle(cursor));
  met_.assign(state_.cursors.size(), false);
  absent_.assign(state_.cursors.size(), false);
}

Permutation SampleStream::shuffle(std::size_t cursor) const {
  return {split_.size(part_), seed_, orderStream + static_cast<std::uint32_t>(cursor), state_.cursors[cursor].round};
}

void SampleStream::endRound(std::size_t cursor) {
  auto& at = state_.cursors[cursor];
  at.place = 0;
  ++at.round;
  shuffles_[cursor] = shuffle(cursor);
}

std::size_t SampleStream::next() {
  if (order_ != FeedOrder::Interleaved) return nextOf(0);
  for (;;) {
    const auto turn = state_.turn;
    state_.turn = (turn + 1) % state_.cursors.size();
    if (absent_[turn]) continue;
    const auto sample = nextOf(turn);
    if (!absent_[turn]) return sample;
  }
}

/// Walks on from the cursor to a sample that it stands for.
std::size_t SampleStream::nextOf(std::size_t cursor) {
  const auto size = split_.size(part_);
  auto& at = state_.cursors[cursor];
  for (;;) {
    if (at.place == size) {
      endRound(cursor);
      if (order_ == FeedOrder::Interleaved && !met_[cursor]) {
        absent_[cursor] = true;
        return size;
      }
      met_[cursor] = false;
    }
    const auto place = at.place++;
    const auto sample = split_.sample(part_, order_ == FeedOrder::Stored ? place : shuffles_[cursor](place));
    if (order_ == FeedOrder::Interleaved && data_->label(sample) != cursor) continue;
    met_[cursor] = true;
    return sample;
  }
}

bool SampleStream::restore(const State& state) {
  if (state.cursors.size() != state_.cursors.size() || state.turn >= state.cursors.size()) return false;
  const auto size = split_.size(part_);
  if (std::ranges::any_of(state.cursors, [&](const State::Cursor& one) { return one.place > size; })) return false;
  state_ = state;
  for (std::size_t cursor = 0; cursor < state_.cursors.size(); ++cursor) {
    shuffles_[cursor] = shuffle(cursor);
    // What was met before the place is not known; at worst one more round finds the class absent again.
    met_[cursor] = state_.cursors[cursor].place > 0;
    absent_[cursor] = false;
  }
  return true;
}

bool standsGrouped(const Dataset& data) {
  constexpr std::size_t looks = 2000;
  const auto& info = data.info();
  if (info.classes.size() < 2 || info.samples < 2) return false;
  const auto count = std::min(looks, info.samples - 1);
  std::vector<double> met(info.classes.size(), 0);
  std::size_t changes = 0;
  for (std::size_t k = 0; k < count; ++k) {
    const auto sample = k * (info.samples - 1) / count;
    const auto label = data.label(sample);
    met[label] += 1;
    changes += label != data.label(sample + 1) ? 1 : 0;
  }
  double same = 0;
  for (const double share : met) same += share / static_cast<double>(count) * share / static_cast<double>(count);
  return static_cast<double>(changes) < 0.5 * (1 - same) * static_cast<double>(count);
}

}  // namespace plexarium
