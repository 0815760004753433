#pragma once

#include <cassert>
#include <cstddef>
#include <span>
#include <vector>

namespace plexarium::synann {

/// What every neuron was at the end of past ticks, the newest first: for delays, for steps in time, and for learning
/// through time. Value type.
class History {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }
  /// By row, at the end of the tick `ago` >= 1 ticks before the one that is being made; ago <= size().
  [[nodiscard]] const std::vector<double>& back(std::size_t ago) const { return ring_[place(ago)]; }
  [[nodiscard]] std::vector<double>& back(std::size_t ago) { return ring_[place(ago)]; }

  /// Adds a tick; keeps `depth` >= 1 of them.
  void push(std::span<const double> now, std::size_t depth) {
    if (ring_.size() != depth) resize(depth);
    newest_ = (newest_ + 1) % depth;
    ring_[newest_].assign(now.begin(), now.end());
    size_ = size_ < depth ? size_ + 1 : depth;
  }
  /// Makes it at least so long, by repeating the oldest. There must be one.
  void reach(std::size_t depth) {
    if (size_ >= depth) return;
    const auto oldest = back(size_);
    const auto known = size_;
    resize(depth);
    for (auto ago = known + 1; ago <= depth; ++ago) ring_[(newest_ + depth + 1 - ago) % depth] = oldest;
    size_ = depth;
  }

 private:
  [[nodiscard]] std::size_t place(std::size_t ago) const {
    assert(ago >= 1 && ago <= size_);
    return (newest_ + ring_.size() + 1 - ago) % ring_.size();
  }
  void resize(std::size_t depth) {
    std::vector<std::vector<double>> ring(depth);
    const auto kept = size_ < depth ? size_ : depth;
    for (std::size_t ago = 1; ago <= kept; ++ago) ring[depth - ago] = std::move(ring_[place(ago)]);
    ring_ = std::move(ring);
    newest_ = depth - 1;
    size_ = kept;
  }

  std::vector<std::vector<double>> ring_;
  std::size_t newest_ = 0;
  std::size_t size_ = 0;
};

}  // namespace plexarium::synann
