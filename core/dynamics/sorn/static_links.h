#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace plexarium::sorn {

/// Links that never change, into the inhibitory neurons: weights by source, those of inhibitory sources below 0. A source
/// that reaches every target needs no list of them, and its weights are one dense row: as fast as memory allows.
template <typename Real>
class StaticLinks {
 public:
  void clear(std::size_t targets) {
    targets_ = targets;
    rows_.clear();
    weights_.clear();
    reached_.clear();
  }
  /// The next source's; the targets ascend.
  void append(const std::vector<std::uint32_t>& targets, const std::vector<double>& weights) {
    rows_.push_back({weights_.size(), reached_.size(), targets.size()});
    for (const double weight : weights) weights_.push_back(static_cast<Real>(weight));
    if (targets.size() < targets_) reached_.insert(reached_.end(), targets.begin(), targets.end());
  }
  /// Adds the source's weights to its targets' places.
  void gather(std::size_t source, Real* sums) const {
    const auto& row = rows_[source];
    const Real* weights = weights_.data() + row.weights;
    if (row.count == targets_) {
      for (std::size_t k = 0; k < row.count; ++k) sums[k] += weights[k];
    } else {
      const std::uint32_t* reached = reached_.data() + row.reached;
      for (std::size_t k = 0; k < row.count; ++k) sums[reached[k]] += weights[k];
    }
  }
  [[nodiscard]] std::size_t count() const { return weights_.size(); }
  [[nodiscard]] std::size_t bytes() const {
    return weights_.capacity() * sizeof(Real) + reached_.capacity() * sizeof(std::uint32_t);
  }

 private:
  struct Row {
    std::size_t weights = 0;
    std::size_t reached = 0;
    std::size_t count = 0;
  };
  std::size_t targets_ = 0;
  std::vector<Row> rows_;
  std::vector<Real> weights_;
  std::vector<std::uint32_t> reached_;
};

}  // namespace plexarium::sorn
